//! Systems outside that hear from the gateway: registered, given a new secret, removed. Their secret is told once, in the
//! answer of the mutation that made it, and lies nowhere but sealed.
//!
//! None of these mutations takes an idempotency key: the same key would have to give the same secret again. A registration
//! that is repeated finds its name taken, a removal its system removed; whoever lost the answer with the secret has a new
//! one made, and the lost one ends by itself.

pub mod connector;
pub mod delivery;
pub mod endpoint;
pub mod receipt;
pub mod task;

use domain::category::{Categories, DataCategory};
use domain::id::SystemId;
use domain::system::{DownstreamMessage, MOST_SECRETS, SubjectIdentifier, SystemClaim, SystemConnector};
use domain::text::Text;
pub use store::{AuditDelivery, Circuit, StoredSystem};
use store::{AuditEvent, LockedSystem, NewSystem, Processing, StoreError, TenantTx, Unique};

use super::Gateway;
use super::caller::Caller;
use super::input::{Faults, identifier};
use super::reading::Reading;
use super::refusal::{Refusal, UserError, UserErrorCode};

/// A system as a client sends it.
pub struct SystemInput {
    /// How it is reached.
    pub connector: SystemConnector,
    /// Its name.
    pub name: String,
    /// Where messages are posted, or a person goes.
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
    /// The secret's text, `whsec_…`; `None` where nothing is signed.
    pub secret: Option<String>,
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
        let id = SystemId::new(tx.now(), tx.entropy());
        let secret = connector::of(input.connector).make_secret.map(|make| make(tx.entropy()));
        let hears_of_persons = input.receives.iter().any(|message| message.is_about_a_person());
        let put = tx.put_system(NewSystem {
            id,
            connector: input.connector,
            name: name.as_str().to_owned(),
            endpoint,
            categories: input.categories.iter().copied().collect(),
            identifiers: if hears_of_persons { input.identifiers.clone() } else { Vec::new() },
            receives: input.receives.clone(),
            secret: secret.as_ref().map(|text| text.as_str()),
        });
        put.await.map_err(|error| match error {
            StoreError::Taken(Unique::SystemName) => {
                Refusal::from(UserError::at(UserErrorCode::AlreadyExists, "name"))
            }
            other => other.into(),
        })?;
        tx.commit(event(caller, "downstreamSystem.register", shown)).await?;
        Ok(NewSecret { system: id, secret: secret.map(|text| text.to_string()) })
    }

    fn read_system(&self, input: &SystemInput) -> Result<(Text, String), Refusal> {
        let mut faults = Faults::default();
        let name = faults.take("name", Text::parse(&input.name));
        let endpoint = (connector::of(input.connector).read_endpoint)(self, &input.endpoint);
        if let Err(reason) = &endpoint {
            faults.add(UserError::endpoint("endpoint", *reason));
        }
        let claim = SystemClaim {
            connector: input.connector,
            categories: &input.categories,
            identifiers: &input.identifiers,
            receives: &input.receives,
        };
        for (part, reason) in claim.faults() {
            faults.add(UserError::invalid(part, reason));
        }
        faults.finish()?;
        match (name, endpoint) {
            (Some(name), Ok(endpoint)) => Ok((name, endpoint)),
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
        let (tx, LockedSystem { id: system, connector, .. }) = self.open_system(caller, system).await?;
        let conflict = || UserError::at(UserErrorCode::Conflict, "systemId");
        let make = connector::of(connector).make_secret.ok_or_else(conflict)?;
        let signing = tx.count_secrets(system).await?;
        if usize::try_from(signing).is_ok_and(|signing| signing >= MOST_SECRETS) {
            return Err(conflict().into());
        }
        let secret = make(tx.entropy());
        tx.rotate_secret(system, &secret).await?;
        tx.commit(event(caller, "downstreamSystem.rotateSecret", shown)).await?;
        Ok(NewSecret { system, secret: Some(secret.to_string()) })
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
        let (tx, LockedSystem { id: system, .. }) = self.open_system(caller, system).await?;
        tx.remove_system(system).await?;
        tx.commit(event(caller, "downstreamSystem.remove", shown)).await?;
        Ok(system)
    }

    /// The system that an input names, held until the transaction ends; one that was removed is a conflict.
    async fn open_system(
        &self,
        caller: &Caller,
        system: &str,
    ) -> Result<(TenantTx<Processing>, LockedSystem), Refusal> {
        let tx = self.processing(caller).await?;
        let system = identifier("systemId", SystemId::parse(system))?;
        match tx.lock_system(system).await? {
            None => Err(UserError::at(UserErrorCode::NotFound, "systemId").into()),
            Some(found) if found.is_removed => Err(UserError::at(UserErrorCode::Conflict, "systemId").into()),
            Some(found) => Ok((tx, found)),
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
