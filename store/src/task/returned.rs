//! What systems return of a person's data: sealed at once under the key of the request's tasks, handed out into the answer, then
//! removed. A keyed digest stays for as long as the person's data does, so that a repeated receipt is told from another one.

use aws_lc_rs::hmac;
use domain::id::{RequestId, SystemId, TaskId};
use domain::request::kind::RequestKind;
use domain::returned::Returned;
use entity::downstream_task::{Column, Entity, Model};
use entity::rights_request;
use sea_orm::ColumnTrait as _;
use sea_orm::sea_query::Expr;

use super::{StoredTask, TABLE};
use crate::error::StoreError;
use crate::tenant_tx::{CarriesOutRights, TenantTx, Writes};
use crate::vault::{Place, SealKey};

/// Whether what a receipt returns may be taken.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Fit {
    /// It may.
    Fits,
    /// The task is of another kind of request, or does not name one of the categories.
    Unfit,
}

impl<S: CarriesOutRights> TenantTx<S> {
    /// Whether a system may return this for a task.
    pub(super) async fn fit(&self, task: &StoredTask, returned: &Returned) -> Result<Fit, StoreError> {
        let of = self.bound.find::<rights_request::Entity>();
        let of = of.filter(rights_request::Column::Id.eq(task.request.uuid()));
        let kinds: Vec<(String,)> = of.columns([rights_request::Column::Kind]).tuples(&self.bound).await?;
        let asked = [RequestKind::Access, RequestKind::Portability].map(RequestKind::code);
        let is_asked = kinds.iter().any(|(kind,)| asked.contains(&kind.as_str()));
        let fits = is_asked && returned.categories().is_subset(&task.categories);
        Ok(if fits { Fit::Fits } else { Fit::Unfit })
    }

    /// Keeps what was returned for a task that has not ended.
    pub(super) async fn keep_returned(&self, task: TaskId, returned: &Returned) -> Result<(), StoreError> {
        let row = self.bound.find::<Entity>().filter(Column::Id.eq(task.uuid())).one(&self.bound).await?;
        let row = row.ok_or(StoreError::KeyGone)?;
        let sealed = row.sealed.as_deref().ok_or(StoreError::KeyGone)?;
        let key = self.key_of(&row, sealed).await?;
        let bytes = returned.to_bytes();
        let kept = key.seal(place(&row), &bytes, self.entropy())?;
        let mac = self.mac_of(task, &bytes).await?;
        let change = self.bound.amend::<Entity>().filter(Column::Id.eq(task.uuid()));
        let change = change.set(Column::Returned, Expr::value(Some(kept)));
        change.set(Column::ReturnedMac, Expr::value(Some(mac))).run(&self.bound).await?;
        Ok(())
    }

    /// Whether a task's system has returned just this before.
    pub(super) async fn has_returned(&self, task: TaskId, returned: &Returned) -> Result<bool, StoreError> {
        let row = self.bound.find::<Entity>().filter(Column::Id.eq(task.uuid())).one(&self.bound).await?;
        let Some(kept) = row.and_then(|row| row.returned_mac) else { return Ok(false) };
        let mac = self.mac_of(task, &returned.to_bytes()).await?;
        Ok(aws_lc_rs::constant_time::verify_slices_are_equal(&kept, &mac).is_ok())
    }

    /// What the systems returned for a request and that was not handed out yet, by system.
    ///
    /// # Errors
    /// [`StoreError::KeyGone`] when the key of the request's tasks was destroyed.
    pub async fn open_returned(&self, request: RequestId) -> Result<Vec<(SystemId, Returned)>, StoreError> {
        let rows = self.bound.find::<Entity>().filter(Column::RequestId.eq(request.uuid()));
        let mut all = Vec::new();
        for row in rows.filter(Column::Returned.is_not_null()).all(&self.bound).await? {
            let Some(kept) = row.returned.as_deref() else { continue };
            let key = self.key_of(&row, kept).await?;
            let bytes = key.open(place(&row), kept)?;
            let returned = Returned::from_bytes(&bytes).ok_or(StoreError::Tampered { table: TABLE })?;
            all.push((SystemId::from_uuid(row.system_id), returned));
        }
        Ok(all)
    }

    /// Removes what the systems returned for a request, which is in the answer now.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn remove_returned(&self, request: RequestId) -> Result<(), StoreError> {
        let change = self.bound.amend::<Entity>().filter(Column::RequestId.eq(request.uuid()));
        let change = change.filter(Column::Returned.is_not_null());
        change.set(Column::Returned, Expr::value(None::<Vec<u8>>)).run(&self.bound).await?;
        Ok(())
    }

    async fn key_of(&self, row: &Model, sealed: &[u8]) -> Result<SealKey, StoreError> {
        let key = SealKey::id_of(sealed).ok_or(StoreError::Tampered { table: TABLE })?;
        self.vault.task_key(self.tenant(), (RequestId::from_uuid(row.request_id), key)).await
    }

    /// A digest that says nothing to whoever has not the tenant's index key.
    async fn mac_of(&self, task: TaskId, bytes: &[u8]) -> Result<Vec<u8>, StoreError> {
        let keys = self.vault.tenant_keys(self.tenant()).await?;
        let mut context = hmac::Context::with_key(&keys.index);
        context.update(b"returned\0");
        context.update(task.uuid().as_bytes());
        context.update(bytes);
        Ok(context.sign().as_ref().to_vec())
    }
}

impl<S: Writes> TenantTx<S> {
    /// Forgets what systems returned of a person whose data is erased, or for a request that was taken back.
    pub(super) async fn forget_returned(&self, of: sea_orm::sea_query::SimpleExpr) -> Result<(), StoreError> {
        let change = self.bound.amend::<Entity>().filter(of).filter(Column::ReturnedMac.is_not_null());
        let none = || Expr::value(None::<Vec<u8>>);
        change.set(Column::Returned, none()).set(Column::ReturnedMac, none()).run(&self.bound).await?;
        Ok(())
    }
}

/// Sealed bytes belong to their task and person, and open in no other one's row.
fn place(row: &Model) -> Place<'static> {
    let Model { tenant_id: tenant, subject_id: subject, id, .. } = *row;
    Place { tenant, subject, table: TABLE, column: "returned", row: id }
}
