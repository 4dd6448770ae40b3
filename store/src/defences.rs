//! For tests alone: takes one of the two defences of the tenant boundary away, to see that the other holds by itself.
//! Compiled only with the feature `defences-apart`.

use std::cell::Cell;

tokio::task_local! {
    static WITHOUT_SCOPE: Cell<bool>;
}

/// Runs `work` with queries that do not filter by tenant, so that only the policies keep tenants apart.
pub async fn without_scope<F: Future>(work: F) -> F::Output {
    WITHOUT_SCOPE.scope(Cell::new(true), work).await
}

pub(crate) fn scope_is_off() -> bool {
    WITHOUT_SCOPE.try_with(Cell::get).unwrap_or(false)
}
