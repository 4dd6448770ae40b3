//! The controller's instructions (Art. 28(3)(a)): every decision of its staff, under the agreement that it was taken under,
//! with its entry in the audit log.

use domain::id::{AgreementId, AuditEventId, InstructionId};
use domain::instruction::{InstructionKind, of_action};
use entity::instruction::{ActiveModel, Column, Entity, Model};
use jiff::Timestamp;
use sea_orm::sea_query::Order;
use sea_orm::{ActiveValue::Set, ColumnTrait as _};

use crate::audit::AuditEvent;
use crate::error::StoreError;
use crate::tenant_tx::{TenantTx, Writes};
use crate::time;

/// An instruction as an entry of the audit log tells it.
pub(crate) struct Given {
    kind: InstructionKind,
    by: String,
}

impl Given {
    /// The instruction that an entry is about; `None` for whatever is no decision of the controller.
    pub(crate) fn of(event: &AuditEvent) -> Option<Self> {
        let kind = of_action(event.action).filter(|_| event.allowed)?;
        Some(Self { kind, by: event.by.id().to_owned() })
    }
}

/// An instruction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredInstruction {
    /// The instruction.
    pub id: InstructionId,
    /// What was decided.
    pub kind: InstructionKind,
    /// When.
    pub given_at: Timestamp,
    /// By which actor.
    pub given_by: String,
    /// Its entry in the audit log.
    pub event: AuditEventId,
}

impl<S: Writes> TenantTx<S> {
    /// Keeps an instruction. A tenant that never had an agreement can give none.
    pub(crate) async fn put_instruction(&self, given: Given, event: AuditEventId) -> Result<(), StoreError> {
        let Some(agreement) = self.agreement() else {
            return Ok(());
        };
        let row = ActiveModel {
            id: Set(InstructionId::new(self.now, self.entropy()).uuid()),
            agreement_id: Set(agreement.uuid()),
            kind: Set(given.kind.code().to_owned()),
            given_at: Set(time::to_row(self.now)),
            given_by: Set(given.by),
            event_id: Set(event.uuid()),
            ..Default::default()
        };
        self.bound.put::<Entity>(row).await
    }
}

impl<S> TenantTx<S> {
    /// Instructions under an agreement, newest first, from behind one of them on.
    ///
    /// # Errors
    /// When the database fails or a row is inconsistent.
    pub async fn list_instructions(
        &self,
        agreement: AgreementId,
        after: Option<InstructionId>,
        limit: u64,
    ) -> Result<Vec<StoredInstruction>, StoreError> {
        let mut rows = self.bound.find::<Entity>().filter(Column::AgreementId.eq(agreement.uuid()));
        if let Some(after) = after {
            rows = rows.filter(Column::Id.lt(after.uuid()));
        }
        let rows = rows.order_by(Column::Id, Order::Desc).limit(limit).all(&self.bound).await?;
        rows.into_iter().map(StoredInstruction::try_from).collect()
    }

    /// An instruction by identifier.
    ///
    /// # Errors
    /// When the database fails or the row is inconsistent.
    pub async fn find_instruction(&self, id: InstructionId) -> Result<Option<StoredInstruction>, StoreError> {
        let row = self.bound.find::<Entity>().filter(Column::Id.eq(id.uuid())).one(&self.bound).await?;
        row.map(StoredInstruction::try_from).transpose()
    }

    /// How many instructions were given under an agreement.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn count_instructions(&self, agreement: AgreementId) -> Result<u64, StoreError> {
        self.bound.find::<Entity>().filter(Column::AgreementId.eq(agreement.uuid())).count(&self.bound).await
    }
}

impl TryFrom<Model> for StoredInstruction {
    type Error = StoreError;

    fn try_from(row: Model) -> Result<Self, StoreError> {
        let inconsistent = StoreError::Inconsistent { table: "instruction", column: "kind" };
        Ok(Self {
            id: InstructionId::from_uuid(row.id),
            kind: InstructionKind::from_code(&row.kind).ok_or(inconsistent)?,
            given_at: time::from_row(row.given_at),
            given_by: row.given_by,
            event: AuditEventId::from_uuid(row.event_id),
        })
    }
}
