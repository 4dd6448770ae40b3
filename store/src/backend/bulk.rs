//! Many rows at a time.

use sea_orm::{EntityTrait, IntoActiveModel, Iterable as _};

use super::Bound;
use crate::error::StoreError;

/// Values that one statement binds at most: SQLite takes 32,766 and PostgreSQL 65,535.
const VALUES: usize = 30_000;

/// Inserts rows as they are, in few statements. Nobody is told of them, and each must bear the tenant of the transaction;
/// PostgreSQL refuses those that do not.
pub(crate) async fn insert<E: EntityTrait>(bound: &Bound, rows: Vec<E::ActiveModel>) -> Result<(), StoreError>
where
    E::Model: IntoActiveModel<E::ActiveModel>,
{
    let most = VALUES / E::Column::iter().count().max(1);
    let mut rows = rows.into_iter();
    while rows.len() > 0 {
        let next = at_once(rows.len(), most);
        let part: Vec<_> = rows.by_ref().take(next).collect();
        E::insert_many(part).exec_without_returning(bound.connection()).await?;
    }
    Ok(())
}

/// Rows of the next statement: powers of two, so that a connection prepares a handful of statements for each table and not one
/// for every number of rows.
const fn at_once(left: usize, most: usize) -> usize {
    let fitting = if left < most { left } else { most };
    match fitting.checked_ilog2() {
        Some(power) => 1 << power,
        None => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_rows_are_taken_in_powers_of_two_that_fit() {
        for (rows, most, expected) in [
            (0, 10, vec![]),
            (1, 10, vec![1]),
            (7, 10, vec![4, 2, 1]),
            (40, 10, vec![8, 8, 8, 8, 8]),
            (3, 0, vec![1, 1, 1]),
        ] {
            let (mut left, mut taken) = (rows, Vec::new());
            while left > 0 {
                taken.push(at_once(left, most));
                left -= at_once(left, most);
            }
            assert_eq!(taken, expected, "{rows} of at most {most}");
        }
    }
}
