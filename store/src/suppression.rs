//! The suppression list: who must not be reached by direct marketing (Art. 21(3), 7(3)). It outlives the person's data,
//! or whoever was erased and registered again would be written to again; so it holds keyed digests, never addresses.

use std::collections::BTreeSet;

use domain::id::SubjectId;
use entity::data_subject;
use entity::suppression::{ActiveModel, Column, Entity};
use jiff::Timestamp;
use sea_orm::sea_query::{Expr, ExprTrait as _, OnConflict, Order};
use sea_orm::{ActiveValue::Set, ColumnTrait as _, Condition, EntityTrait as _};

use crate::error::StoreError;
use crate::tenant_tx::{CarriesOutRights, Sees, TenantTx};
use crate::time;
use crate::vault::{IndexKind, Term, Token};

impl<S: Sees> TenantTx<S> {
    /// Since when any of the e-mail addresses and telephone numbers is suppressed, the latest where several are; `None`
    /// where none is. Terms of other kinds are passed over.
    ///
    /// # Errors
    /// When a database fails.
    pub async fn suppressed_since(&self, terms: &[Term]) -> Result<Option<Timestamp>, StoreError> {
        let digests = self.suppressing(terms).await?;
        if digests.is_empty() {
            return Ok(None);
        }
        let any = digests.into_iter().fold(Condition::any(), |any, (kind, token)| {
            any.add(Condition::all().add(Column::Kind.eq(kind)).add(Column::Token.eq(token)))
        });
        let rows = self.bound.find::<Entity>().filter(any).order_by(Column::Since, Order::Desc);
        Ok(rows.one(&self.bound).await?.map(|row| time::from_row(row.since)))
    }

    /// Kind and digest of each address that marketing could use.
    async fn suppressing(&self, terms: &[Term]) -> Result<BTreeSet<(&'static str, Vec<u8>)>, StoreError> {
        let keys = self.vault.tenant_keys(self.tenant()).await?;
        let addresses = terms.iter().filter(|term| matches!(term.kind, IndexKind::Email | IndexKind::Phone));
        let digest = |term: &Term| (term.kind.code(), Token::suppressing(&keys.index, term).into_bytes());
        Ok(addresses.map(digest).collect())
    }
}

impl<S: CarriesOutRights> TenantTx<S> {
    /// Keeps the e-mail addresses and telephone numbers from marketing since an instant; one that is suppressed since
    /// later stays so. Terms of other kinds are passed over.
    ///
    /// # Errors
    /// When a database fails.
    pub async fn suppress(&self, terms: &[Term], since: Timestamp) -> Result<(), StoreError> {
        // Sorted and each once: a statement may meet a row once only, and two at a time must not wait for each other.
        let rows = self.suppressing(terms).await?.into_iter().map(|(kind, token)| ActiveModel {
            tenant_id: Set(self.tenant().uuid()),
            kind: Set(kind.to_owned()),
            token: Set(token),
            since: Set(time::to_row(since)),
        });
        let later = Expr::col((Entity, Column::Since)).lt(Expr::col(("excluded", Column::Since)));
        let keep_the_later = OnConflict::columns([Column::TenantId, Column::Kind, Column::Token])
            .update_column(Column::Since)
            .action_and_where(later)
            .to_owned();
        let insert = Entity::insert_many(rows).on_conflict(keep_the_later);
        insert.exec_without_returning(self.bound.connection()).await?;
        Ok(())
    }

    /// Notes when the person objected to direct marketing or withdrew the consent to it; a later one that stands
    /// already stays.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn mark_marketing_objection(
        &self,
        subject: SubjectId,
        since: Timestamp,
    ) -> Result<(), StoreError> {
        let since = time::to_row(since);
        let objected_at = data_subject::Column::MarketingObjectedAt;
        self.bound
            .amend::<data_subject::Entity>()
            .filter(data_subject::Column::Id.eq(subject.uuid()))
            .filter(Condition::any().add(objected_at.is_null()).add(objected_at.lt(since)))
            .set(objected_at, Expr::value(since))
            .run(&self.bound)
            .await?;
        Ok(())
    }
}
