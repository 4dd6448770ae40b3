//! Systems outside that hear from the gateway: registered, given a new secret, removed. Their secret is told once, in the
//! answer of the mutation that made it, and lies nowhere but sealed.
//!
//! None of these mutations takes an idempotency key: the same key would have to give the same secret again. A registration
//! that is repeated finds its name taken, a removal its system removed; whoever lost the answer with the secret has a new
//! one made, and the lost one ends by itself.

pub mod delivery;
pub mod endpoint;
pub mod receipt;
pub mod task;

use domain::category::{Categories, DataCategory};
use domain::id::SystemId;
use domain::system::{DownstreamMessage, MOST_SECRETS, SubjectIdentifier, SystemClaim};
use domain::text::Text;
pub use store::{AuditDelivery, StoredSystem};
use store::{AuditEvent, NewSystem, Processing, StoreError, TenantTx, Unique};

use super::Gateway;
use super::caller::Caller;
use super::input::{Faults, identifier};
use super::reading::Reading;
use super::refusal::{Refusal, UserError, UserErrorCode};

/// A system as a client sends it.
pub struct SystemInput {
    /// Its name.
    pub name: String,
    /// Where messages are posted.
    pub endpoint: String,
    /// Categories that it holds.
    pub categories: Vec<DataCategory>,
    /// By what it is told whom a message is about.
    pub identifiers: Vec<SubjectIdentifier>,
    /// What it is sent.
    pub receives: Vec<DownstreamMessage>,
}

/// A system and the secret that was made for it, to be told this once. No `Debug`.
pub struct NewSecret {
    /// The system.
    pub system: SystemId,
    /// The secret's text, `whsec_…`.
    pub secret: String,
}

impl Gateway {
    /// Registers a system.
    ///
    /// # Errors
    /// [`Refusal`] says why not.
    pub async fn register_system(
        &self,
        caller: &Caller,
        input: &SystemInput,
        shown: &Categories,
    ) -> Result<NewSecret, Refusal> {
        let tx = self.processing(caller).await?;
        let (name, endpoint) = self.read_system(input)?;
        let (id, secret) = (SystemId::new(tx.now(), tx.entropy()), connector::Secret::generate(tx.entropy()));
        let hears_of_persons = input.receives.iter().any(|message| message.is_about_a_person());
        let text = secret.to_text();
        let put = tx.put_system(NewSystem {
            id,
            name: name.as_str().to_owned(),
            endpoint,
            categories: input.categories.iter().copied().collect(),
            identifiers: if hears_of_persons { input.identifiers.clone() } else { Vec::new() },
            receives: input.receives.clone(),
            secret: &text,
        });
        put.await.map_err(|error| match error {
            StoreError::Taken(Unique::SystemName) => {
                Refusal::from(UserError::at(UserErrorCode::AlreadyExists, "name"))
            }
            other => other.into(),
        })?;
        tx.commit(event(caller, "downstreamSystem.register", shown)).await?;
        Ok(NewSecret { system: id, secret: text.to_string() })
    }

    fn read_system(&self, input: &SystemInput) -> Result<(Text, String), Refusal> {
        let mut faults = Faults::default();
        let name = faults.take("name", Text::parse(&input.name));
        let endpoint = self.endpoint(&input.endpoint);
        if let Err(reason) = &endpoint {
            faults.add(UserError::endpoint("endpoint", *reason));
        }
        let claim = SystemClaim {
            categories: &input.categories,
            identifiers: &input.identifiers,
            receives: &input.receives,
        };
        for (part, reason) in claim.faults() {
            faults.add(UserError::invalid(part, reason));
        }
        faults.finish()?;
        match (name, endpoint) {
            (Some(name), Ok(endpoint)) => Ok((name, endpoint.as_str().to_owned())),
            _ => Err(UserError::new(UserErrorCode::Invalid).into()),
        }
    }

    /// Makes a new secret for a system; the one before signs beside it for 24 hours more.
    ///
    /// # Errors
    /// [`Refusal`] says why not.
    pub async fn rotate_system_secret(
        &self,
        caller: &Caller,
        system: &str,
        shown: &Categories,
    ) -> Result<NewSecret, Refusal> {
        let (tx, system) = self.open_system(caller, system).await?;
        let signing = tx.count_secrets(system).await?;
        if usize::try_from(signing).is_ok_and(|signing| signing >= MOST_SECRETS) {
            return Err(UserError::at(UserErrorCode::Conflict, "systemId").into());
        }
        let secret = connector::Secret::generate(tx.entropy()).to_text();
        tx.rotate_secret(system, &secret).await?;
        tx.commit(event(caller, "downstreamSystem.rotateSecret", shown)).await?;
        Ok(NewSecret { system, secret: secret.to_string() })
    }

    /// Removes a system: nothing more is sent to it.
    ///
    /// # Errors
    /// [`Refusal`] says why not.
    pub async fn remove_system(
        &self,
        caller: &Caller,
        system: &str,
        shown: &Categories,
    ) -> Result<SystemId, Refusal> {
        let (tx, system) = self.open_system(caller, system).await?;
        tx.remove_system(system).await?;
        tx.commit(event(caller, "downstreamSystem.remove", shown)).await?;
        Ok(system)
    }

    /// The system that an input names, held until the transaction ends; one that was removed is a conflict.
    async fn open_system(
        &self,
        caller: &Caller,
        system: &str,
    ) -> Result<(TenantTx<Processing>, SystemId), Refusal> {
        let tx = self.processing(caller).await?;
        let system = identifier("systemId", SystemId::parse(system))?;
        match tx.lock_system(system).await? {
            None => Err(UserError::at(UserErrorCode::NotFound, "systemId").into()),
            Some(false) => Err(UserError::at(UserErrorCode::Conflict, "systemId").into()),
            Some(true) => Ok((tx, system)),
        }
    }
}

/// An entry about a system, which is about no person.
fn event(caller: &Caller, action: &'static str, shown: &Categories) -> AuditEvent {
    AuditEvent { categories: shown.clone(), ..caller.event_about_nobody(action) }
}

impl Reading {
    /// The tenant's systems, oldest first, without those that were removed.
    ///
    /// # Errors
    /// When a database fails or a row is inconsistent.
    pub async fn list_systems(&self) -> Result<Vec<StoredSystem>, StoreError> {
        self.tx.list_systems().await
    }

    /// Every system that the tenant ever registered, oldest first.
    ///
    /// # Errors
    /// When a database fails or a row is inconsistent.
    pub async fn list_all_systems(&self) -> Result<Vec<StoredSystem>, StoreError> {
        self.tx.list_all_systems().await
    }

    /// A system by identifier, a removed one too.
    ///
    /// # Errors
    /// When a database fails or the row is inconsistent.
    pub async fn find_system(&self, id: SystemId) -> Result<Option<StoredSystem>, StoreError> {
        self.tx.find_system(id).await
    }
}
