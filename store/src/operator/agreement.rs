//! Templates, and agreements as the platform offers them.

use domain::agreement::{AgreementParty, SubprocessorAuthorisation};
use domain::category::Categories;
use domain::id::{AgreementId, AgreementTemplateId, TenantId};
use domain::language::Language;
use entity::{agreement, agreement_signature, agreement_template, tenant};
use jiff::Timestamp;
use jiff::civil::Date;
use sea_orm::{ActiveValue::Set, ColumnTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _};
use serde_json::json;

use super::platform_tx::PlatformTx;
use super::{Operator, codes};
use crate::agreement::{StoredAgreement, StoredSignature};
use crate::audit::AuditEvent;
use crate::error::StoreError;
use crate::time;

/// A text that agreements are made from, to be published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewTemplate {
    /// Name and version.
    pub name: String,
    /// Language of the text.
    pub language: Language,
    /// Markdown with placeholders.
    pub text: String,
    /// Digest of the text, in lower-case hexadecimal digits.
    pub text_sha256: String,
}

/// A published text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredTemplate {
    /// The template.
    pub id: AgreementTemplateId,
    /// What was published.
    pub published: NewTemplate,
}

/// Who signs, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewSignature {
    /// Name of the signatory.
    pub name: String,
    /// The signatory's role.
    pub title: String,
    /// When.
    pub at: Timestamp,
}

/// An agreement to be recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewAgreement {
    /// The agreement.
    pub id: AgreementId,
    /// With whom.
    pub tenant: TenantId,
    /// Its version, one more than the tenant's newest.
    pub version: u16,
    /// Language of the text.
    pub language: Language,
    /// The text that it was made from.
    pub template: Option<AgreementTemplateId>,
    /// Subject matter of the processing.
    pub subject_matter: String,
    /// Nature and purpose of the processing.
    pub nature_and_purpose: String,
    /// Categories of personal data.
    pub categories: Categories,
    /// Categories of data subjects.
    pub subject_categories: Vec<String>,
    /// The controller's documented instructions.
    pub instructions: Vec<String>,
    /// Technical and organisational measures.
    pub security_measures: Vec<String>,
    /// How sub-processors are authorised.
    pub authorisation: SubprocessorAuthorisation,
    /// Days to object to a sub-processor.
    pub objection_period_days: u16,
    /// Days that the return lasts after the end of the relationship.
    pub return_period_days: u16,
    /// First day in force, once signed.
    pub effective_from: Date,
    /// Last day in force.
    pub effective_to: Option<Date>,
    /// The document.
    pub document: String,
    /// Its digest, in lower-case hexadecimal digits.
    pub document_sha256: String,
    /// The platform's signature: an offer bears it.
    pub processor: NewSignature,
    /// The tenant's, on an agreement that both had signed before the gateway came to know of it; an offer has none.
    pub controller: Option<NewSignature>,
}

impl Operator<'_> {
    /// Publishes a template.
    ///
    /// # Errors
    /// [`StoreError::Taken`] when there is one of that name in that language.
    pub async fn put_template(&self, new: &NewTemplate) -> Result<AgreementTemplateId, StoreError> {
        let tx = self.writing().await?;
        let id = AgreementTemplateId::from_uuid(tx.new_uuid(self));
        tx.put::<agreement_template::Entity>(agreement_template::ActiveModel {
            id: Set(id.uuid()),
            name: Set(new.name.clone()),
            language: Set(new.language.code().to_owned()),
            text: Set(new.text.clone()),
            text_sha256: Set(new.text_sha256.clone()),
            published_at: Set(time::to_row(tx.now)),
        })
        .await?;
        tx.commit().await?;
        Ok(id)
    }

    /// All templates, oldest first.
    ///
    /// # Errors
    /// When the database fails or a row is inconsistent.
    pub async fn list_templates(&self) -> Result<Vec<StoredTemplate>, StoreError> {
        let tx = self.reading().await?;
        let rows = tx.find::<agreement_template::Entity>().order_by_asc(agreement_template::Column::Id);
        rows.all(tx.connection()).await?.into_iter().map(StoredTemplate::try_from).collect()
    }

    /// A template by identifier.
    ///
    /// # Errors
    /// When the database fails or the row is inconsistent.
    pub async fn find_template(&self, id: AgreementTemplateId) -> Result<Option<StoredTemplate>, StoreError> {
        let tx = self.reading().await?;
        let row =
            tx.find::<agreement_template::Entity>().filter(agreement_template::Column::Id.eq(id.uuid()));
        row.one(tx.connection()).await?.map(StoredTemplate::try_from).transpose()
    }

    /// Records an agreement; `event` tells the tenant so.
    ///
    /// # Errors
    /// [`StoreError::Taken`] when the tenant has one of that version by now.
    pub async fn put_agreement(&self, new: NewAgreement, event: &AuditEvent) -> Result<(), StoreError> {
        let tx = self.writing().await?;
        let of = new.tenant;
        // Of two offers at once one waits for the other, and finds its version taken.
        let row = tx.find::<tenant::Entity>().filter(tenant::Column::Id.eq(of.uuid())).lock_exclusive();
        row.one(tx.connection()).await?;
        tx.put_signed(new).await?;
        tx.tell(self, &[of], event).await?;
        tx.commit().await
    }

    /// All agreements of several tenants, newest first.
    ///
    /// # Errors
    /// When the database fails or a row is inconsistent.
    pub async fn list_agreements(&self, of: &[TenantId]) -> Result<Vec<StoredAgreement>, StoreError> {
        let tx = self.reading().await?;
        tx.agreements(of).await
    }

    /// Whose agreement it is; `None` for none.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn tenant_of_agreement(&self, id: AgreementId) -> Result<Option<TenantId>, StoreError> {
        let tx = self.reading().await?;
        let row = tx.find::<agreement::Entity>().filter(agreement::Column::Id.eq(id.uuid()));
        Ok(row.one(tx.connection()).await?.map(|row| TenantId::from_uuid(row.tenant_id)))
    }
}

impl PlatformTx {
    async fn put_signed(&self, new: NewAgreement) -> Result<(), StoreError> {
        let signature = |party, signature: &NewSignature| {
            let signed = StoredSignature {
                agreement: new.id,
                party,
                name: signature.name.clone(),
                title: signature.title.clone(),
                signed_at: signature.at,
                document_sha256: new.document_sha256.clone(),
            };
            agreement_signature::ActiveModel { tenant_id: Set(new.tenant.uuid()), ..signed.row() }
        };
        let mut signatures = vec![signature(AgreementParty::Processor, &new.processor)];
        signatures.extend(new.controller.iter().map(|signed| signature(AgreementParty::Controller, signed)));
        self.put::<agreement::Entity>(row(new)).await?;
        self.put_all::<agreement_signature::Entity>(signatures).await
    }
}

/// The offer is of the instant at which its annex was read: what is announced after that is no part of it.
fn row(new: NewAgreement) -> agreement::ActiveModel {
    let offered_at = new.processor.at;
    agreement::ActiveModel {
        tenant_id: Set(new.tenant.uuid()),
        id: Set(new.id.uuid()),
        version: Set(new.version.into()),
        language: Set(new.language.code().to_owned()),
        template_id: Set(new.template.map(AgreementTemplateId::uuid)),
        subject_matter: Set(new.subject_matter),
        nature_and_purpose: Set(new.nature_and_purpose),
        data_categories: Set(codes(&new.categories)),
        subject_categories: Set(json!(new.subject_categories)),
        instructions: Set(json!(new.instructions)),
        security_measures: Set(json!(new.security_measures)),
        subprocessor_authorisation: Set(new.authorisation.code().to_owned()),
        objection_period_days: Set(new.objection_period_days.into()),
        return_period_days: Set(new.return_period_days.into()),
        document: Set(new.document),
        document_sha256: Set(new.document_sha256),
        effective_from: Set(Some(time::date_to_row(new.effective_from))),
        effective_to: Set(new.effective_to.map(time::date_to_row)),
        controller_signed_at: Set(new.controller.map(|signed| time::to_row(signed.at))),
        processor_signed_at: Set(Some(time::to_row(new.processor.at))),
        created_at: Set(time::to_row(offered_at)),
    }
}

impl TryFrom<agreement_template::Model> for StoredTemplate {
    type Error = StoreError;

    fn try_from(row: agreement_template::Model) -> Result<Self, StoreError> {
        let inconsistent = StoreError::Inconsistent { table: "agreement_template", column: "language" };
        Ok(Self {
            id: AgreementTemplateId::from_uuid(row.id),
            published: NewTemplate {
                name: row.name,
                language: Language::from_tag(&row.language).ok_or(inconsistent)?,
                text: row.text,
                text_sha256: row.text_sha256,
            },
        })
    }
}
