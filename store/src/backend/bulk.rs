//! Many rows at a time.

use sea_orm::{EntityTrait, IntoActiveModel, Iterable as _};

use super::Bound;
use crate::error::StoreError;

/// Values that one statement binds at most: SQLite takes 32,766 and PostgreSQL 65,535.
const VALUES: usize = 30_000;

/// Inserts rows as they are, in as few statements as the databases take. Nobody is told of them, and each must bear the tenant
/// of the transaction; PostgreSQL refuses those that do not.
pub(crate) async fn insert<E: EntityTrait>(bound: &Bound, rows: Vec<E::ActiveModel>) -> Result<(), StoreError>
where
    E::Model: IntoActiveModel<E::ActiveModel>,
{
    let at_once = VALUES / E::Column::iter().count().max(1);
    let mut rows = rows.into_iter();
    loop {
        let part: Vec<_> = rows.by_ref().take(at_once).collect();
        if part.is_empty() {
            return Ok(());
        }
        E::insert_many(part).exec_without_returning(bound.connection()).await?;
    }
}
