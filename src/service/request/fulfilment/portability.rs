//! Answering a request for portability (Art. 20).

use domain::category::{Categories, DataCategory};
use domain::language::Language;
use domain::outcome::Outcome;
use domain::personal::Personal;
use domain::request::portability::{self, Facts, Plan};
use store::{CarriesOutRights, Sees, StoreError, StoredRequest, StoredSubject, TenantTx};

use super::asked;
use super::export::typeset;
use super::unfit;
use crate::package::asked::ReturnedData;
use crate::package::letter::request::{Answer, Stage};
use crate::package::portability::{PortabilityAnswer, Provided};
use crate::package::render_portability;
use crate::service::Gateway;
use crate::service::correspondence::{address, value};
use crate::service::refusal::Refusal;
use crate::service::request::letter::{Told, lines};

/// What the right reaches, as the register and the person's data are now.
pub(in crate::service) async fn plan<S: Sees>(
    tx: &TenantTx<S>,
    request: &StoredRequest,
    person: &StoredSubject,
) -> Result<Plan, StoreError> {
    let activities = tx.list_activities(tx.language()).await?;
    let mut held: Categories = person.held().collect();
    if !tx.list_record_facts(&[person.id]).await?.is_empty() {
        held.insert(DataCategory::Accounting);
    }
    let processing = activities.into_iter().map(|entry| (entry.legal_basis, entry.categories)).collect();
    let facts = Facts { identified: request.state.identification().cloned(), held, processing };
    portability::assess(&facts, tx.now()).map_err(unfit)
}

/// What is left out, each with the reason in the reader's language.
pub(in crate::service) fn excluded(plan: &Plan, language: Language) -> Vec<(DataCategory, String)> {
    plan.excluded.iter().map(|(category, why)| (*category, why.text(language).to_owned())).collect()
}

impl Gateway {
    /// Answers with a package; gives what came of it and the categories that are in it.
    pub(super) async fn put_portability_package<S: CarriesOutRights>(
        &self,
        tx: &TenantTx<S>,
        request: &StoredRequest,
        person: &StoredSubject,
    ) -> Result<(Vec<Outcome>, Categories), Refusal> {
        let plan = plan(tx, request, person).await?;
        let mut asked = asked::with_returned(tx, request).await?;
        for system in &mut asked {
            if let ReturnedData::These(returned) = &mut system.returned {
                // What the right does not reach is left out wherever it lies.
                returned.retain(&plan.included);
            }
        }
        let language = tx.language();
        let stage = Stage::Answered(Answer {
            outcomes: lines(&plan.outcomes, &[]),
            excluded: excluded(&plan, language),
            asked,
            package_until: Some(tx.now() + self.settings.exports.package_lifetime),
            ..Answer::default()
        });
        let told = Told { stage, made_at: tx.now(), language };
        let answer = PortabilityAnswer {
            request_id: request.id.to_string(),
            schema_url: self.address("schema/portability-package.schema.json"),
            provided: provided(person, &plan.included)?,
            case: self.case(tx, (request, person), told).await?,
        };
        let files = typeset(move |format| render_portability(&answer, format)).await?;
        self.put_files(tx, request, files).await?;
        let mut handed_out: Categories = person.held().collect();
        handed_out.retain(|category| plan.included.contains(category));
        Ok((plan.outcomes, handed_out))
    }
}

fn provided(person: &StoredSubject, included: &Categories) -> Result<Provided, StoreError> {
    let text = |category| -> Result<Option<Personal<String>>, StoreError> {
        if included.contains(&category) { value(person, category) } else { Ok(None) }
    };
    Ok(Provided {
        name: text(DataCategory::Name)?,
        position: text(DataCategory::Position)?,
        phone: text(DataCategory::Phone)?,
        address: if included.contains(&DataCategory::Address) { address(person)? } else { None },
        email: text(DataCategory::Email)?,
        login_name: text(DataCategory::LoginName)?,
    })
}
