//! The store, and the doors by which a tenant is opened.

use std::sync::Arc;
use std::time::Duration;

use auth::Authority;
use domain::calendar::civil_date;
use domain::clock::{Clock, Entropy};
use domain::id::TenantId;
use domain::language::Language;
use domain::tenant::{Agreed, Life, TenantStatus};
use jiff::Timestamp;

use crate::audit::AuditWriter;
use crate::backend::{Address, Bound, Database, Standing, postgres};
use crate::compaction::Compaction;
use crate::error::StoreError;
use crate::migrate;
use crate::tenant_tx::{
    Processing, Reading, Signing, TenantStanding, TenantTx, Unserved, Viewing, WindingDown,
};
use crate::vault::{MasterKeys, PlatformKeys, Vault};

/// What a store is made of.
pub struct StoreConfig {
    /// The database of sealed data.
    pub data: Address,
    /// PostgreSQL: the same database as the operator's role reaches it; `None` on `SQLite`, which has no roles.
    pub operator: Option<Address>,
    /// The key store; another file or another database.
    pub keys: Address,
    /// The keys above all others.
    pub masters: MasterKeys,
    /// How long an unwrapped key is kept in memory.
    pub keep_keys: Duration,
    /// What the names of audit logs begin with.
    pub audit_name: String,
}

/// Both databases, the vault and the audit writer.
#[derive(Clone)]
pub struct Store {
    pub(crate) data: Database,
    /// The data's database as the operator's role reaches it.
    pub(crate) platform: Database,
    pub(crate) vault: Arc<Vault>,
    pub(crate) audit: AuditWriter,
    pub(crate) clock: Arc<dyn Clock>,
    /// The last compaction.
    pub(crate) compacted: Arc<tokio::sync::Mutex<Option<Compaction>>>,
    pub(crate) audit_name: Arc<str>,
    known: moka::sync::Cache<TenantId, ()>,
}

/// A tenant could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// There is no such tenant.
    #[error("no such tenant")]
    UnknownTenant,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// What a tenant opened for reading turns out to be.
pub enum ReadingDoor {
    /// Served: personal data can be read.
    Served(TenantTx<Reading>),
    /// Not served, and why ([`TenantTx::unserved`]).
    Viewing(TenantTx<Viewing>),
}

/// What a tenant opened for writing turns out to be.
pub enum WritingDoor {
    /// The agreement is in force.
    Processing(TenantTx<Processing>),
    /// The relationship is ending.
    WindingDown(TenantTx<WindingDown>),
    /// Not served.
    Signing(TenantTx<Signing>),
}

impl Store {
    /// Connects both databases and refuses those that are unfit to serve from: not migrated, one database for both
    /// purposes, a role that row-level security does not hold, or keys under another master key than those that are given.
    ///
    /// # Errors
    /// [`StoreError::Unfit`] says what to do; others say which database failed.
    pub async fn open(
        config: StoreConfig,
        clock: Arc<dyn Clock>,
        entropy: Arc<dyn Entropy>,
    ) -> Result<Self, StoreError> {
        if config.data.url == config.keys.url {
            return Err(StoreError::Unfit(
                "the key store must be a database of its own (docs/operations.md)".to_owned(),
            ));
        }
        let data = Database::connect(&config.data).await?;
        let keys = Database::connect(&config.keys).await?;
        for database in [&data, &keys] {
            if database.is_postgres() {
                postgres::check_role(database.platform()).await?;
                postgres::check_isolation(database.platform()).await?;
            }
        }
        let platform = match (&config.operator, data.is_postgres()) {
            (Some(address), true) => {
                let platform = Database::connect(address).await?;
                postgres::check_role(platform.platform()).await?;
                postgres::check_operator(platform.platform()).await?;
                platform
            }
            (None, true) => {
                return Err(StoreError::Unfit(
                    "PostgreSQL needs a role of its own for the operator: set database.operator_url \
                     (docs/operations.md)"
                        .to_owned(),
                ));
            }
            (_, false) => data.clone(),
        };
        migrate::check(data.platform(), keys.platform()).await?;
        let platform_keys =
            PlatformKeys::open(&keys, &config.masters, (entropy.as_ref(), clock.now())).await?;
        let vault = Arc::new(Vault::new(keys, (config.masters, platform_keys), config.keep_keys, entropy));
        Ok(Self {
            audit: AuditWriter::start(&data, Arc::clone(&vault), Arc::clone(&clock)),
            compacted: Arc::default(),
            audit_name: config.audit_name.into(),
            known: moka::sync::Cache::builder().max_capacity(100_000).build(),
            data,
            platform,
            vault,
            clock,
        })
    }

    /// Whether every migration that this build knows is applied to both databases.
    ///
    /// # Errors
    /// [`StoreError::Unfit`] where one is missing.
    pub async fn check_migrated(&self) -> Result<(), StoreError> {
        migrate::check(self.data.platform(), self.vault.database().platform()).await
    }

    /// Whether the data database answers.
    ///
    /// # Errors
    /// When it does not.
    pub async fn ping_data(&self) -> Result<(), StoreError> {
        self.data.ping().await
    }

    /// Whether the key store answers.
    ///
    /// # Errors
    /// When it does not.
    pub async fn ping_keys(&self) -> Result<(), StoreError> {
        self.vault.database().ping().await
    }

    /// Statements sent to both databases so far, transaction brackets left out.
    #[must_use]
    pub fn statements(&self) -> u64 {
        self.data.statements() + self.vault.database().statements()
    }

    /// The clock that the store keeps its time by.
    #[must_use]
    pub fn clock(&self) -> &dyn Clock {
        self.clock.as_ref()
    }

    /// Whether the token's tenant exists. Tenants never vanish, so a yes is remembered.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn knows_tenant_of(&self, authority: &Authority) -> Result<bool, StoreError> {
        let tenant = authority.tenant();
        if self.known.contains_key(&tenant) {
            return Ok(true);
        }
        let today = civil_date(self.clock.now());
        let found = Bound::reading_with_standing(&self.data, tenant, today).await?.is_some();
        if found {
            self.known.insert(tenant, ());
        }
        Ok(found)
    }

    /// Opens the token's tenant for reading: one consistent snapshot.
    ///
    /// # Errors
    /// [`OpenError::UnknownTenant`] for a tenant that does not exist.
    pub async fn open_reading(&self, authority: &Authority) -> Result<ReadingDoor, OpenError> {
        self.reading(authority.tenant()).await
    }

    /// For a door whose proof names the tenant: a lease.
    pub(crate) async fn reading(&self, tenant: TenantId) -> Result<ReadingDoor, OpenError> {
        let now = self.clock.now();
        let opened = Bound::reading_with_standing(&self.data, tenant, civil_date(now)).await?;
        let (bound, standing) = opened.ok_or(OpenError::UnknownTenant)?;
        let standing = judge(&standing, now)?;
        let vault = Arc::clone(&self.vault);
        Ok(match standing.unserved {
            None => ReadingDoor::Served(TenantTx::new(bound, vault, now, standing)),
            Some(_) => ReadingDoor::Viewing(TenantTx::new(bound, vault, now, standing)),
        })
    }

    /// Opens the token's tenant for one unit of writing.
    ///
    /// # Errors
    /// [`OpenError::UnknownTenant`] for a tenant that does not exist.
    pub async fn open_writing(&self, authority: &Authority) -> Result<WritingDoor, OpenError> {
        self.writing(authority.tenant()).await
    }

    /// For doors that judge by themselves.
    pub(crate) async fn bind_writing<S>(&self, tenant: TenantId) -> Result<TenantTx<S>, OpenError> {
        let now = self.clock.now();
        let opened = Bound::writing_with_standing(&self.data, tenant, civil_date(now)).await?;
        let (bound, standing) = opened.ok_or(OpenError::UnknownTenant)?;
        Ok(TenantTx::new(bound, Arc::clone(&self.vault), now, judge(&standing, now)?))
    }

    /// For doors whose proof names the tenant: a lease, a ticket.
    pub(crate) async fn writing(&self, tenant: TenantId) -> Result<WritingDoor, OpenError> {
        let now = self.clock.now();
        let opened = Bound::writing_with_standing(&self.data, tenant, civil_date(now)).await?;
        let (bound, standing) = opened.ok_or(OpenError::UnknownTenant)?;
        let standing = judge(&standing, now)?;
        let vault = Arc::clone(&self.vault);
        Ok(match (standing.unserved, standing.status) {
            (Some(_), _) => WritingDoor::Signing(TenantTx::new(bound, vault, now, standing)),
            (None, TenantStatus::Offboarding) => {
                WritingDoor::WindingDown(TenantTx::new(bound, vault, now, standing))
            }
            (None, _) => WritingDoor::Processing(TenantTx::new(bound, vault, now, standing)),
        })
    }
}

/// Who is served: whoever has an agreement in force today; while it is leaving, whoever had one (contract rule 2).
fn judge(standing: &Standing, now: Timestamp) -> Result<TenantStanding, StoreError> {
    let inconsistent = |column| StoreError::Inconsistent { table: "tenant", column };
    let language = Language::from_tag(&standing.language).ok_or(inconsistent("language"))?;
    let today = civil_date(now);
    let life = Life {
        relationship_ends_on: standing.relationship_ends_on,
        closed_on: standing.closed_at.map(civil_date),
        agreed: if standing.agreement.is_some() { Agreed::Once } else { Agreed::Never },
    };
    let status = life.status(today);
    let governs = standing
        .agreement
        .as_ref()
        .filter(|(_, terms)| status == TenantStatus::Offboarding || terms.in_force_on(today));
    let over = status == TenantStatus::Closed || standing.erasing_since.is_some();
    let unserved = match (over, governs) {
        (true, _) => Some(Unserved::Closed),
        (false, None) => Some(Unserved::AgreementRequired),
        (false, Some(_)) => None,
    };
    let agreed = governs.map(|(_, terms)| terms.categories.clone()).unwrap_or_default();
    let agreement = standing.agreement.as_ref().map(|(id, _)| *id);
    Ok(TenantStanding { status, language, agreed, agreement, unserved })
}
