//! What takes effect when it is submitted: a withdrawal of consent (Art. 7(3)) and an objection to direct marketing
//! (Art. 21(3)). Nobody weighs it, and nobody waits for it.

use domain::category::{Categories, DataCategory};
use domain::outcome::Outcome;
use domain::purpose::Purpose;
use domain::request::consent_withdrawal::{self, Given};
use domain::request::kind::RequestKind;
use domain::request::objection;
use store::{CarriesOutRights, StoreError, StoredRequest, StoredSubject, TenantTx, Term};

use super::fulfilment::erasure::wake_remainders;
use crate::service::person::read_one;
use crate::service::refusal::Refusal;

/// Carries the request out in the submitting transaction; gives what came of it.
pub(super) async fn take_effect<S: CarriesOutRights>(
    tx: &TenantTx<S>,
    person: &StoredSubject,
    request: &StoredRequest,
) -> Result<Vec<Outcome>, Refusal> {
    let purpose = request.purpose.unwrap_or(Purpose::DirectMarketing);
    let held: Categories = person.held().collect();
    tx.withdraw_consents(person.id, purpose, request.received_at).await?;
    if purpose == Purpose::DirectMarketing {
        keep_from_marketing(tx, person, request).await?;
    }
    if request.kind == RequestKind::ConsentWithdrawal {
        let ever = tx.list_consents(&[person.id]).await?.iter().any(|consent| consent.purpose == purpose);
        let given = if ever { Given::Yes } else { Given::Never };
        return Ok(consent_withdrawal::assess(given, &held, purpose));
    }
    let mut ended = person.ended.clone();
    ended.insert(purpose);
    tx.set_ended_purposes(person, &ended).await?;
    wake_remainders(tx, person.id).await?;
    let facts = objection::Facts { identified: request.state.identification().cloned(), held, purpose };
    let inconsistent = |_| StoreError::Inconsistent { table: "rights_request", column: "purpose" };
    Ok(objection::assess(&facts).map_err(inconsistent)?)
}

/// The person and the person's addresses are kept from marketing from the receipt on; the addresses as keyed digests,
/// which outlive the person's data.
async fn keep_from_marketing<S: CarriesOutRights>(
    tx: &TenantTx<S>,
    person: &StoredSubject,
    request: &StoredRequest,
) -> Result<(), StoreError> {
    let mut terms: Vec<Term> = Vec::new();
    for category in [DataCategory::Email, DataCategory::Phone] {
        if let Some(value) = person.open(category)? {
            terms.extend(read_one(category, value.reveal()).into_iter().flat_map(|(_, terms)| terms));
        }
    }
    tx.suppress(&terms, request.received_at).await?;
    tx.mark_marketing_objection(person.id, request.received_at).await
}
