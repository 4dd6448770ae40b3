//! Processor agreements. All of it is open to a tenant that is not served, so that it can read and sign one.

mod instruction;
mod list;
mod mutation;
mod siblings;

use std::sync::Arc;

use async_graphql::{Context, ID, Object, Result, SimpleObject};
use domain::id::AgreementId;
use domain::scope::Scope;

use crate::graphql::errors;
use crate::graphql::gate::{any_of, requires_scopes};
use crate::graphql::items::Items;
use crate::graphql::operation::operation;
use crate::graphql::scalars::{Date, DateTime, LanguageTag, Sha256};
use crate::graphql::vocabulary::{AgreementParty, AgreementStatus, DataCategory, SubprocessorAuthorisation};
use crate::service::agreement::AgreementEntry;
use crate::service::reading::Opened;
use crate::service::records::StoredSignature;

pub use instruction::{Instruction, InstructionConnection, one_instruction};
pub use list::{ProcessorAgreementConnection, page_of};
pub use mutation::AgreementMutation;
use siblings::Siblings;

/// A data processing agreement (personuppgiftsbiträdesavtal) between the tenant and the platform, Art. 28(3).
pub struct ProcessorAgreement {
    entry: AgreementEntry,
    siblings: Arc<Siblings>,
}

impl ProcessorAgreement {
    /// Versions that stand together.
    fn together(entries: Vec<AgreementEntry>, opened: &Opened) -> Vec<Self> {
        let siblings = Arc::new(Siblings::new(opened.clone(), &entries));
        entries.into_iter().map(|entry| Self { entry, siblings: Arc::clone(&siblings) }).collect()
    }

    const fn agreement(&self) -> AgreementId {
        self.entry.stored.id
    }
}

/// A version by identifier.
pub async fn one_agreement(opened: &Opened, id: AgreementId) -> Result<Option<ProcessorAgreement>> {
    first(opened, |entry| entry.stored.id == id).await
}

/// The version in force today.
pub async fn agreement_in_force(opened: &Opened) -> Result<Option<ProcessorAgreement>> {
    first(opened, |entry| entry.status == domain::agreement::AgreementStatus::InForce).await
}

async fn first(
    opened: &Opened,
    which: impl Fn(&AgreementEntry) -> bool,
) -> Result<Option<ProcessorAgreement>> {
    let all = opened.list_agreements().await.map_err(|error| errors::internal(&error))?;
    let found = all.into_iter().filter(which).take(1).collect();
    Ok(ProcessorAgreement::together(found, opened).pop())
}

/// A data processing agreement (personuppgiftsbiträdesavtal) between the tenant and the platform, Art. 28(3).
#[Object]
impl ProcessorAgreement {
    /// Global identifier.
    pub async fn id(&self) -> ID {
        self.agreement().to_string().into()
    }

    /// 1 for the tenant's first, counting up.
    async fn version(&self) -> i32 {
        self.entry.stored.version.into()
    }

    /// Where it is in its life.
    async fn status(&self) -> AgreementStatus {
        self.entry.status.into()
    }

    /// Language of the legal text.
    async fn language(&self) -> LanguageTag {
        LanguageTag(self.entry.stored.language.code().to_owned())
    }

    /// Subject matter of the processing.
    async fn subject_matter(&self) -> &str {
        &self.entry.stored.subject_matter
    }

    /// Nature and purpose of the processing.
    async fn nature_and_purpose(&self) -> &str {
        &self.entry.stored.nature_and_purpose
    }

    /// Categories of personal data.
    async fn data_categories(&self) -> Vec<DataCategory> {
        self.entry.stored.categories.iter().map(|category| (*category).into()).collect()
    }

    /// Categories of data subjects.
    async fn subject_categories(&self) -> &[String] {
        &self.entry.stored.subject_categories
    }

    /// The controller's documented instructions, Art. 28(3)(a).
    async fn instructions(&self) -> &[String] {
        &self.entry.stored.instructions
    }

    /// What the controller decided under the agreement, newest first: each decision is an instruction to the platform, Art. 28(3)(a). `first` defaults to 20, at most 100.
    #[graphql(directive = requires_scopes::apply(any_of(&[Scope::AgreementsRead])))]
    async fn instruction_log(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many at most; the default and the limit stand in the field's description.")]
        first: Option<i32>,
        #[graphql(desc = "Cursor of the edge that the page starts after.")] after: Option<String>,
    ) -> Result<InstructionConnection> {
        let operation = operation(ctx)?;
        operation.gate("ProcessorAgreement", ctx)?;
        instruction::page_of(operation, (self.siblings.opened(), self.agreement()), (first, after)).await
    }

    /// Technical and organisational measures, Art. 32.
    async fn security_measures(&self) -> &[String] {
        &self.entry.stored.security_measures
    }

    /// How sub-processors are authorised, Art. 28(2).
    async fn subprocessor_authorisation(&self) -> SubprocessorAuthorisation {
        self.entry.stored.authorisation.into()
    }

    /// Days that the controller has to object to a sub-processor change.
    async fn objection_period_days(&self) -> i32 {
        self.entry.stored.objection_period_days.into()
    }

    /// Days after the end of the customer relationship in which the controller can have its data back, Art. 28(3)(g).
    async fn return_period_days(&self) -> i32 {
        self.entry.stored.return_period_days.into()
    }

    /// First day in force, once signed.
    async fn effective_from(&self) -> Option<Date> {
        Some(self.entry.first_day().into())
    }

    /// Last day in force, where set.
    async fn effective_to(&self) -> Option<Date> {
        self.entry.last_day.map(Into::into)
    }

    /// Digest of the exact document that was or is to be signed.
    async fn document_sha256(&self) -> Sha256 {
        Sha256(self.entry.stored.document_sha256.clone())
    }

    /// The document as it was or is to be signed (Markdown).
    async fn document(&self) -> &str {
        &self.entry.stored.document
    }

    /// Both parties' signatures.
    async fn signatures(&self) -> Result<Items<AgreementSignature>> {
        let all = self.siblings.signatures().await?;
        Ok(all.get(&self.agreement()).into_iter().flatten().map(Into::into).collect())
    }
}

/// One party's signature on an agreement.
#[derive(SimpleObject)]
pub struct AgreementSignature {
    /// Which party signed.
    party: AgreementParty,
    /// Name of the signatory.
    signatory_name: String,
    /// The signatory's role.
    signatory_title: String,
    /// When.
    signed_at: DateTime,
    /// Digest of the document that this signature covers.
    document_sha256: Sha256,
}

impl From<&StoredSignature> for AgreementSignature {
    fn from(signature: &StoredSignature) -> Self {
        Self {
            party: signature.party.into(),
            signatory_name: signature.name.clone(),
            signatory_title: signature.title.clone(),
            signed_at: signature.signed_at.into(),
            document_sha256: Sha256(signature.document_sha256.clone()),
        }
    }
}
