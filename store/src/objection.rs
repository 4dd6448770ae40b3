//! Purposes that an objection has ended for a person (Art. 21).

use std::collections::BTreeSet;

use domain::purpose::Purpose;
use entity::data_subject::{Column, Entity};
use sea_orm::ColumnTrait as _;
use sea_orm::sea_query::Expr;
use serde_json::json;

use crate::error::StoreError;
use crate::subject::StoredSubject;
use crate::tenant_tx::{CarriesOutRights, TenantTx};

impl<S: CarriesOutRights> TenantTx<S> {
    /// Sets the purposes that are ended for a person, whose row this transaction holds.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn set_ended_purposes(
        &self,
        person: &StoredSubject,
        ended: &BTreeSet<Purpose>,
    ) -> Result<(), StoreError> {
        let codes: Vec<_> = ended.iter().map(|purpose| purpose.code()).collect();
        let row = self.bound.amend::<Entity>().filter(Column::Id.eq(person.id.uuid()));
        row.set(Column::EndedPurposes, Expr::value(json!(codes))).run(&self.bound).await?;
        Ok(())
    }
}
