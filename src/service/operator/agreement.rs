//! Agreements are offered. The exact text is made here and kept: its digest is what both parties sign.

use domain::agreement::{OfferClaim, SubprocessorAuthorisation};
use domain::calendar::civil_date;
use domain::category::DataCategory;
use domain::id::{AgreementId, AgreementTemplateId, TenantId};
use domain::tenant::TenantStatus;
use domain::text::{Description, Text};
use jiff::civil::Date;
use store::{NewAgreement, NewSignature, OperatorTenant, StoreError, StoredTemplate};

use super::OperatorCaller;
use super::template::sha256;
use crate::package::agreement::{self, Particulars, Signatory};
use crate::package::answer::{Contact, Controller, Processor};
use crate::service::agreement::{AgreementEntry, entries};
use crate::service::input::{Faults, date, identifier};
use crate::service::refusal::{Refusal, UserError, UserErrorCode};
use crate::service::{Gateway, ProcessorIdentity};

/// An offer as a client sends it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfferInput {
    /// To whom.
    pub tenant_id: String,
    /// From which template.
    pub template_id: String,
    /// Subject matter.
    pub subject_matter: String,
    /// Nature and purpose.
    pub nature_and_purpose: String,
    /// Categories of personal data.
    pub data_categories: Vec<DataCategory>,
    /// Categories of data subjects.
    pub subject_categories: Vec<String>,
    /// The controller's documented instructions.
    pub instructions: Vec<String>,
    /// Technical and organisational measures.
    pub security_measures: Vec<String>,
    /// How sub-processors are authorised.
    pub authorisation: SubprocessorAuthorisation,
    /// Days to object.
    pub objection_period_days: i64,
    /// Days that the return lasts.
    pub return_period_days: i64,
    /// First day in force, once signed.
    pub effective_from: String,
    /// Last day in force.
    pub effective_to: Option<String>,
    /// Who signs for the processor.
    pub signatory_name: String,
    /// The signatory's role.
    pub signatory_title: String,
}

/// An offer whose form is right.
struct Offer {
    tenant: TenantId,
    template: AgreementTemplateId,
    subject_matter: Text,
    nature_and_purpose: Text,
    subject_categories: Vec<String>,
    instructions: Vec<String>,
    security_measures: Vec<String>,
    objection_period_days: u16,
    return_period_days: u16,
    effective_from: Date,
    effective_to: Option<Date>,
    signatory: Signatory,
}

impl Gateway {
    /// The agreement of each tenant that is in force, or else offered, or else its newest.
    ///
    /// # Errors
    /// When the database fails or a row is inconsistent.
    pub async fn current_agreements(&self, of: &[TenantId]) -> Result<Vec<AgreementEntry>, StoreError> {
        use domain::agreement::AgreementStatus::{InForce, Offered};
        let all = self.store.operator().list_agreements(of).await?;
        let today = civil_date(self.store.clock().now());
        let current = |tenant: &TenantId| {
            let own = all.iter().filter(|agreement| agreement.tenant == *tenant).cloned().collect();
            let own = entries(own, today);
            let with = |status| own.iter().find(|entry: &&AgreementEntry| entry.status == status);
            with(InForce).or_else(|| with(Offered)).or_else(|| own.first()).cloned()
        };
        Ok(of.iter().filter_map(current).collect())
    }

    /// An agreement by identifier.
    ///
    /// # Errors
    /// When the database fails or a row is inconsistent.
    pub async fn find_agreement(&self, id: AgreementId) -> Result<Option<AgreementEntry>, StoreError> {
        let operator = self.store.operator();
        let Some(tenant) = operator.tenant_of_agreement(id).await? else {
            return Ok(None);
        };
        let all = operator.list_agreements(&[tenant]).await?;
        let found = entries(all, civil_date(self.store.clock().now()));
        Ok(found.into_iter().find(|entry| entry.stored.id == id))
    }

    /// Offers an agreement, signed for the processor.
    ///
    /// # Errors
    /// [`Refusal`] says why not; of two offers at once the second is refused.
    pub async fn offer_agreement(
        &self,
        caller: &OperatorCaller,
        input: &OfferInput,
    ) -> Result<AgreementId, Refusal> {
        let operator = self.store.operator();
        let now = self.store.clock().now();
        let offer = read(input, civil_date(now))?;
        let missing = |member| UserError::at(UserErrorCode::NotFound, member);
        let tenant = self.find_tenants(&[offer.tenant]).await?.remove(&offer.tenant);
        let tenant = tenant.ok_or_else(|| missing("tenantId"))?;
        let template = operator.find_template(offer.template).await?.ok_or_else(|| missing("templateId"))?;
        if matches!(tenant.status, TenantStatus::Offboarding | TenantStatus::Closed) {
            return Err(UserError::at(UserErrorCode::Conflict, "tenantId").into());
        }
        let former = operator.list_agreements(&[offer.tenant]).await?;
        let version = former.first().map_or(1, |newest| newest.version.saturating_add(1));
        let id = AgreementId::new(now, operator.entropy());
        let signature = NewSignature {
            name: offer.signatory.name.clone(),
            title: offer.signatory.title.clone(),
            at: now,
        };
        let particulars = self.particulars(&tenant, offer, (input, version, &template)).await?;
        let document = agreement::document(&template.published.text, &particulars);
        let new = NewAgreement {
            id,
            tenant: tenant.stored.id,
            version,
            language: template.published.language,
            template: Some(template.id),
            subject_matter: particulars.subject_matter,
            nature_and_purpose: particulars.nature_and_purpose,
            categories: particulars.categories,
            subject_categories: particulars.subject_categories,
            instructions: particulars.instructions,
            security_measures: particulars.security_measures,
            authorisation: particulars.authorisation,
            objection_period_days: particulars.objection_period_days,
            return_period_days: particulars.return_period_days,
            effective_from: particulars.effective_from,
            effective_to: particulars.effective_to,
            document_sha256: sha256(&document),
            document,
            processor: signature,
            controller: None,
        };
        match operator.put_agreement(new, &caller.event("agreement.offer")).await {
            Err(StoreError::Taken(_)) => Err(UserError::at(UserErrorCode::Conflict, "tenantId").into()),
            put => put.map(|()| id).map_err(Into::into),
        }
    }

    async fn particulars(
        &self,
        tenant: &OperatorTenant,
        offer: Offer,
        (input, version, template): (&OfferInput, u16, &StoredTemplate),
    ) -> Result<Particulars, StoreError> {
        Ok(Particulars {
            language: template.published.language,
            version,
            controller: controller(&tenant.stored),
            processor: processor(&self.settings.processor),
            subject_matter: offer.subject_matter.as_str().to_owned(),
            nature_and_purpose: offer.nature_and_purpose.as_str().to_owned(),
            categories: input.data_categories.iter().copied().collect(),
            subject_categories: offer.subject_categories,
            instructions: offer.instructions,
            security_measures: offer.security_measures,
            authorisation: input.authorisation,
            objection_period_days: offer.objection_period_days,
            return_period_days: offer.return_period_days,
            effective_from: offer.effective_from,
            effective_to: offer.effective_to,
            subprocessors: self.annex(tenant.stored.id).await?,
            signatory: offer.signatory,
        })
    }
}

/// The tenant as documents name it.
#[must_use]
pub fn controller(tenant: &store::StoredTenant) -> Controller {
    let contact = |contact: &store::StoredContact| Contact {
        name: contact.name.clone(),
        email: contact.email.clone(),
        phone: contact.phone.clone(),
    };
    Controller {
        name: tenant.name.clone(),
        organisation_number: tenant.organisation_number.clone(),
        country: tenant.country.clone(),
        contact: contact(&tenant.privacy_contact),
        data_protection_officer: tenant.data_protection_officer.as_ref().map(contact),
    }
}

/// The vendor as documents name it.
#[must_use]
pub fn processor(identity: &ProcessorIdentity) -> Processor {
    Processor {
        name: identity.name.clone(),
        organisation_number: identity.organisation_number.clone(),
        address_lines: identity.address_lines.clone(),
        email: identity.email.clone(),
    }
}

fn read(input: &OfferInput, today: Date) -> Result<Offer, Refusal> {
    let mut faults = Faults::default();
    let subject_matter = faults.take("subjectMatter", Text::parse(&input.subject_matter));
    let nature_and_purpose = faults.take("natureAndPurpose", Text::parse(&input.nature_and_purpose));
    let subject_categories = list(&mut faults, "subjectCategories", &input.subject_categories);
    let instructions = list(&mut faults, "instructions", &input.instructions);
    let security_measures = list(&mut faults, "securityMeasures", &input.security_measures);
    let name = faults.take("signatoryName", Text::parse(&input.signatory_name));
    let title = faults.take("signatoryTitle", Text::parse(&input.signatory_title));
    let from = faults.take("effectiveFrom", date(&input.effective_from));
    let to = faults.take_optional("effectiveTo", input.effective_to.as_deref().map(date));
    let periods = from.map(|from| claim(input, from, to).check(today));
    let periods = match periods {
        Some(Err((member, reason))) => {
            faults.add(UserError::invalid(member, reason));
            None
        }
        Some(Ok(periods)) => Some(periods),
        None => None,
    };
    faults.finish()?;
    let tenant = identifier("tenantId", TenantId::parse(&input.tenant_id))?;
    let template = identifier("templateId", AgreementTemplateId::parse(&input.template_id))?;
    let read = (|| {
        let (objection_period_days, return_period_days) = periods?;
        let signatory = Signatory { name: name?.as_str().to_owned(), title: title?.as_str().to_owned() };
        Some(Offer {
            tenant,
            template,
            subject_matter: subject_matter?,
            nature_and_purpose: nature_and_purpose?,
            subject_categories,
            instructions,
            security_measures,
            objection_period_days,
            return_period_days,
            effective_from: from?,
            effective_to: to,
            signatory,
        })
    })();
    read.ok_or_else(|| UserError::new(UserErrorCode::Invalid).into())
}

fn claim(input: &OfferInput, effective_from: Date, effective_to: Option<Date>) -> OfferClaim<'_> {
    OfferClaim {
        data_categories: &input.data_categories,
        subject_categories: &input.subject_categories,
        instructions: &input.instructions,
        security_measures: &input.security_measures,
        objection_period_days: input.objection_period_days,
        return_period_days: input.return_period_days,
        effective_from,
        effective_to,
    }
}

/// A list of statements, each of the length of a description.
fn list(faults: &mut Faults, member: &'static str, texts: &[String]) -> Vec<String> {
    let mut read = Vec::with_capacity(texts.len());
    for (at, text) in texts.iter().enumerate() {
        match Description::parse(text) {
            Ok(text) => read.push(text.as_str().to_owned()),
            Err(reason) => faults.add(UserError::invalid(member, reason).within(&[&at.to_string()])),
        }
    }
    read
}
