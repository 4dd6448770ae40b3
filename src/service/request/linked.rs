//! Restrictions that belong to a request (contract rule 12).

use domain::id::RestrictionId;
use domain::restriction::RestrictionGround;
use store::{CarriesOutRights, NewRestriction, StoreError, StoredRequest, TenantTx};

/// Restricts processing because of a request, from now on.
pub(super) async fn restrict<S: CarriesOutRights>(
    tx: &TenantTx<S>,
    request: &StoredRequest,
    ground: RestrictionGround,
) -> Result<(), StoreError> {
    let id = RestrictionId::new(tx.now(), tx.entropy());
    let (subject, request) = (request.subject, request.id);
    tx.put_restriction(NewRestriction { id, subject, request, ground }).await?;
    tx.refresh_processing(subject).await
}

/// Lifts the restriction of a request, if it still has one. The answer is the information that Art. 18(3) asks for.
pub(super) async fn lift<S: CarriesOutRights>(
    tx: &TenantTx<S>,
    request: &StoredRequest,
) -> Result<(), StoreError> {
    let Some(restriction) = tx.find_restriction_of(request.id).await? else {
        return Ok(());
    };
    tx.lift_restriction(restriction.id, tx.now()).await?;
    tx.refresh_processing(request.subject).await
}
