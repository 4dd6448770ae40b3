//! Systems outside that hear from the gateway. Their addresses and secrets are sealed under the tenant's key: the one often
//! holds a credential, the other is one. A system that was removed keeps its row, without secrets, for what was sent to it.

pub(crate) mod circuit;
pub(crate) mod delivery;
pub(crate) mod secret;

use std::collections::HashMap;

use domain::category::Categories;
use domain::id::SystemId;
use domain::system::{DownstreamMessage, SubjectIdentifier, SystemConnector};
use entity::audit_delivery;
use entity::downstream_system::{ActiveModel, Column, Entity, Model};
use jiff::Timestamp;
use sea_orm::sea_query::{Expr, Order};
use sea_orm::{ActiveValue::Set, ColumnTrait as _};
use serde_json::Value;
use uuid::Uuid;

use crate::backend::{Bound, categories_of};
use crate::error::StoreError;
use crate::job::JobKind;
use crate::tenant_tx::{Processing, Sees, TenantTx};
use crate::time;
use crate::vault::{Place, Vault};

pub use circuit::Circuit;
pub use delivery::{Consistency, DueDelivery, HeadTurn};

const TABLE: &str = "downstream_system";

/// A system to be registered. No `Debug`: it holds a secret.
pub struct NewSystem<'s> {
    /// The system.
    pub id: SystemId,
    /// How it is reached.
    pub connector: SystemConnector,
    /// Its name.
    pub name: String,
    /// Where messages are posted, or a person goes.
    pub endpoint: String,
    /// Categories that it holds.
    pub categories: Categories,
    /// By what it is told whom a message is about.
    pub identifiers: Vec<SubjectIdentifier>,
    /// What it is sent.
    pub receives: Vec<DownstreamMessage>,
    /// What signs messages to it; `None` for one that nothing is posted to.
    pub secret: Option<&'s str>,
}

/// A system that is about to be changed.
#[derive(Debug, Clone, Copy)]
pub struct LockedSystem {
    /// The system.
    pub id: SystemId,
    /// How it is reached.
    pub connector: SystemConnector,
    /// Whether it was removed.
    pub is_removed: bool,
}

/// A system as stored. No `Debug`: its address may hold a credential.
#[derive(Clone)]
pub struct StoredSystem {
    /// The system.
    pub id: SystemId,
    /// How it is reached.
    pub connector: SystemConnector,
    /// Its name.
    pub name: String,
    /// Where messages are posted, or a person goes.
    pub endpoint: String,
    /// Categories that it holds.
    pub categories: Categories,
    /// By what it is told whom a message is about.
    pub identifiers: Vec<SubjectIdentifier>,
    /// What it is sent.
    pub receives: Vec<DownstreamMessage>,
    /// When it was registered.
    pub created_at: Timestamp,
    /// When it was removed.
    pub removed_at: Option<Timestamp>,
    /// How deliveries stand where the last one failed; `None` while all is well, and of a system that was removed.
    pub circuit: Option<Circuit>,
    /// How the delivery of heads stands; `None` for a system that receives none, or no more.
    pub audit_delivery: Option<AuditDelivery>,
}

/// How the delivery of the audit log's heads to a system stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditDelivery {
    /// Size of the head that the system last confirmed; `None` before the first.
    pub size: Option<u64>,
    /// When it did.
    pub delivered_at: Option<Timestamp>,
    /// When the first of the failures since then was; `None` while all is well.
    pub failing_since: Option<Timestamp>,
    /// Why the last delivery failed.
    pub last_error: Option<String>,
}

impl<S: Sees> TenantTx<S> {
    /// A system by identifier, a removed one too.
    ///
    /// # Errors
    /// When a database fails or a row is inconsistent.
    pub async fn find_system(&self, id: SystemId) -> Result<Option<StoredSystem>, StoreError> {
        let row = self.bound.find::<Entity>().filter(Column::Id.eq(id.uuid())).all(&self.bound).await?;
        Ok(self.with_deliveries(row).await?.pop())
    }

    /// The tenant's systems, oldest first, without those that were removed.
    ///
    /// # Errors
    /// When a database fails or a row is inconsistent.
    pub async fn list_systems(&self) -> Result<Vec<StoredSystem>, StoreError> {
        let rows = self.bound.find::<Entity>().filter(Column::RemovedAt.is_null());
        self.with_deliveries(rows.order_by(Column::Id, Order::Asc).all(&self.bound).await?).await
    }

    /// Every system that the tenant ever registered, oldest first.
    ///
    /// # Errors
    /// When a database fails or a row is inconsistent.
    pub async fn list_all_systems(&self) -> Result<Vec<StoredSystem>, StoreError> {
        let rows = self.bound.find::<Entity>().order_by(Column::Id, Order::Asc);
        self.with_deliveries(rows.all(&self.bound).await?).await
    }

    async fn with_deliveries(&self, rows: Vec<Model>) -> Result<Vec<StoredSystem>, StoreError> {
        if rows.is_empty() {
            return Ok(Vec::new());
        }
        let of = audit_delivery::Column::SystemId.is_in(rows.iter().map(|row| row.id));
        let states = self.bound.find::<audit_delivery::Entity>().filter(of).all(&self.bound).await?;
        let mut states: HashMap<Uuid, _> = states.into_iter().map(|row| (row.system_id, row)).collect();
        let mut systems = Vec::with_capacity(rows.len());
        for row in rows {
            let delivery = states.remove(&row.id).map(AuditDelivery::try_from).transpose()?;
            let endpoint = endpoint_of(&self.vault, &row).await?;
            systems.push(StoredSystem::read(row, endpoint, delivery)?);
        }
        Ok(systems)
    }
}

impl TenantTx<Processing> {
    /// Registers a system.
    ///
    /// # Errors
    /// [`StoreError::Taken`] when another one has the name.
    pub async fn put_system(&self, new: NewSystem<'_>) -> Result<(), StoreError> {
        let place = endpoint_place(&self.bound, new.id.uuid());
        let row = ActiveModel {
            id: Set(new.id.uuid()),
            name: Set(new.name),
            endpoint: Set(self.vault.seal_of_tenant(place, new.endpoint.as_bytes()).await?),
            data_categories: Set(codes(new.categories.iter().map(|category| category.code()))),
            identifiers: Set(codes(new.identifiers.iter().map(|identifier| identifier.code()))),
            receives: Set(codes(new.receives.iter().map(|message| message.code()))),
            created_at: Set(time::to_row(self.now)),
            removed_at: Set(None),
            connector: Set(new.connector.code().to_owned()),
            failures: Set(0),
            ..Default::default()
        };
        self.bound.put::<Entity>(row).await?;
        if let Some(secret) = new.secret {
            self.put_secret(new.id, secret).await?;
        }
        if new.receives.contains(&DownstreamMessage::AuditCheckpoint) {
            // No work yet: the entry about this registration makes the next head, and that the first delivery.
            let row = audit_delivery::ActiveModel { system_id: Set(new.id.uuid()), ..Default::default() };
            self.bound.put::<audit_delivery::Entity>(row).await?;
        }
        Ok(())
    }

    /// Holds a system's row until the transaction ends; `None` where there is none.
    ///
    /// # Errors
    /// When the database fails or the row is inconsistent.
    pub async fn lock_system(&self, id: SystemId) -> Result<Option<LockedSystem>, StoreError> {
        let row = self.bound.find::<Entity>().filter(Column::Id.eq(id.uuid())).locked();
        let Some(row) = row.one(&self.bound).await? else { return Ok(None) };
        let inconsistent = StoreError::Inconsistent { table: TABLE, column: "connector" };
        let connector = SystemConnector::from_code(&row.connector).ok_or(inconsistent)?;
        Ok(Some(LockedSystem { id, connector, is_removed: row.removed_at.is_some() }))
    }

    /// Removes a system: its secrets go, its open tasks have failed, and nothing more is sent to it.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn remove_system(&self, id: SystemId) -> Result<(), StoreError> {
        let change = self.bound.amend::<Entity>().filter(Column::Id.eq(id.uuid()));
        let now = Expr::value(time::to_row(self.now));
        change.set(Column::RemovedAt, now).run(&self.bound).await?;
        self.remove_secrets(id).await?;
        let state = self.bound.remove::<audit_delivery::Entity>();
        state.filter(audit_delivery::Column::SystemId.eq(id.uuid())).run(&self.bound).await?;
        self.unschedule(JobKind::DeliverCheckpoint, id.uuid()).await?;
        self.end_tasks_of_system(id).await?;
        self.unschedule(JobKind::DeliverTask, id.uuid()).await
    }
}

fn endpoint_place(bound: &Bound, system: Uuid) -> Place<'static> {
    let tenant = bound.tenant().uuid();
    Place { tenant, subject: Uuid::nil(), table: TABLE, column: "endpoint", row: system }
}

pub(crate) async fn endpoint_of(vault: &Vault, row: &Model) -> Result<String, StoreError> {
    let (tenant, subject) = (row.tenant_id, Uuid::nil());
    let place = Place { tenant, subject, table: TABLE, column: "endpoint", row: row.id };
    Ok(vault.open_of_tenant(place, &row.endpoint).await?.to_string())
}

fn codes(codes: impl Iterator<Item = &'static str>) -> Value {
    codes.collect::<Vec<_>>().into()
}

/// The values that a JSON list of codes names; `None` when one is unknown.
fn values_of<T>(list: &Value, read: impl Fn(&str) -> Option<T>) -> Option<Vec<T>> {
    list.as_array()?.iter().map(|code| read(code.as_str()?)).collect()
}

impl StoredSystem {
    fn read(row: Model, endpoint: String, audit_delivery: Option<AuditDelivery>) -> Result<Self, StoreError> {
        let inconsistent = |column| StoreError::Inconsistent { table: TABLE, column };
        let identifiers = values_of(&row.identifiers, SubjectIdentifier::from_code);
        let circuit = Circuit::read(&row).filter(|_| row.removed_at.is_none());
        Ok(Self {
            circuit,
            id: SystemId::from_uuid(row.id),
            connector: SystemConnector::from_code(&row.connector).ok_or(inconsistent("connector"))?,
            name: row.name,
            endpoint,
            categories: categories_of(&row.data_categories).ok_or(inconsistent("data_categories"))?,
            identifiers: identifiers.ok_or(inconsistent("identifiers"))?,
            receives: values_of(&row.receives, DownstreamMessage::from_code)
                .ok_or(inconsistent("receives"))?,
            created_at: time::from_row(row.created_at),
            removed_at: row.removed_at.map(time::from_row),
            audit_delivery,
        })
    }
}

impl TryFrom<audit_delivery::Model> for AuditDelivery {
    type Error = StoreError;

    fn try_from(row: audit_delivery::Model) -> Result<Self, StoreError> {
        let inconsistent = StoreError::Inconsistent { table: "audit_delivery", column: "tree_size" };
        Ok(Self {
            size: row.tree_size.map(u64::try_from).transpose().map_err(|_| inconsistent)?,
            delivered_at: row.delivered_at.map(time::from_row),
            failing_since: row.failing_since.map(time::from_row),
            last_error: row.last_error,
        })
    }
}
