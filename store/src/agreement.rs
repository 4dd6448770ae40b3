//! Processor agreements (Art. 28(3)) as the tenant reads, signs and ends them.

use domain::agreement::timeline::Version;
use domain::agreement::{AgreementParty, SubprocessorAuthorisation};
use domain::calendar::civil_date;
use domain::category::Categories;
use domain::id::{AgreementId, AgreementTemplateId, TenantId};
use domain::language::Language;
use entity::agreement::{Column, Entity, Model};
use entity::agreement_signature;
use jiff::Timestamp;
use jiff::civil::Date;
use sea_orm::sea_query::{Expr, Order};
use sea_orm::{ActiveValue::Set, ColumnTrait as _, Condition};

use crate::backend::categories_of;
use crate::error::StoreError;
use crate::tenant_tx::{TenantTx, Writes};
use crate::time;

/// A version of a tenant's agreement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredAgreement {
    /// The agreement.
    pub id: AgreementId,
    /// Whose.
    pub tenant: TenantId,
    /// 1 for the first, counting up.
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
    /// Last day in force, where set.
    pub effective_to: Option<Date>,
    /// The document as it was or is to be signed.
    pub document: String,
    /// Digest of the document, in lower-case hexadecimal digits.
    pub document_sha256: String,
    /// When it was offered.
    pub offered_at: Timestamp,
    /// When the tenant signed.
    pub signed_at: Option<Timestamp>,
}

impl StoredAgreement {
    /// What of it decides its place in time.
    #[must_use]
    pub fn timed(&self) -> Version {
        Version {
            number: self.version,
            signed_on: self.signed_at.map(civil_date),
            effective_from: self.effective_from,
            effective_to: self.effective_to,
        }
    }
}

/// A party's signature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredSignature {
    /// On which agreement.
    pub agreement: AgreementId,
    /// Which party.
    pub party: AgreementParty,
    /// Name of the signatory.
    pub name: String,
    /// The signatory's role.
    pub title: String,
    /// When.
    pub signed_at: Timestamp,
    /// Digest of the document that it covers.
    pub document_sha256: String,
}

/// Whether an agreement is signed by both and has begun on a day.
pub(crate) fn has_begun(today: Date) -> Condition {
    Condition::all()
        .add(Column::ControllerSignedAt.is_not_null())
        .add(Column::ProcessorSignedAt.is_not_null())
        .add(Column::EffectiveFrom.lte(time::date_to_row(today)))
}

impl<S> TenantTx<S> {
    /// All versions, newest first.
    ///
    /// # Errors
    /// When the database fails or a row is inconsistent.
    pub async fn list_agreements(&self) -> Result<Vec<StoredAgreement>, StoreError> {
        let rows =
            self.bound.find::<Entity>().order_by(Column::Version, Order::Desc).all(&self.bound).await?;
        rows.into_iter().map(StoredAgreement::try_from).collect()
    }

    /// The signatures on several agreements, the processor's first.
    ///
    /// # Errors
    /// When the database fails or a row is inconsistent.
    pub async fn list_signatures(&self, on: &[AgreementId]) -> Result<Vec<StoredSignature>, StoreError> {
        let on = agreement_signature::Column::AgreementId.is_in(on.iter().map(|id| id.uuid()));
        let rows = self.bound.find::<agreement_signature::Entity>().filter(on);
        let rows = rows.order_by(agreement_signature::Column::Party, Order::Desc).all(&self.bound).await?;
        rows.into_iter().map(StoredSignature::try_from).collect()
    }
}

impl<S: Writes> TenantTx<S> {
    /// All versions, newest first, held until the transaction ends.
    ///
    /// # Errors
    /// When the database fails or a row is inconsistent.
    pub async fn lock_agreements(&self) -> Result<Vec<StoredAgreement>, StoreError> {
        let rows = self.bound.find::<Entity>().order_by(Column::Version, Order::Desc).locked();
        rows.all(&self.bound).await?.into_iter().map(StoredAgreement::try_from).collect()
    }

    /// Puts the controller's signature under an agreement.
    ///
    /// # Errors
    /// [`StoreError::Taken`] when it bears one.
    pub async fn sign_agreement(&self, signature: &StoredSignature) -> Result<(), StoreError> {
        let at = time::to_row(signature.signed_at);
        let change = self.bound.amend::<Entity>().filter(Column::Id.eq(signature.agreement.uuid()));
        change.set(Column::ControllerSignedAt, Expr::value(at)).run(&self.bound).await?;
        self.bound.put::<agreement_signature::Entity>(signature.row()).await
    }

    /// Sets the last day of an agreement.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn end_agreement(&self, id: AgreementId, effective_to: Date) -> Result<(), StoreError> {
        let change = self.bound.amend::<Entity>().filter(Column::Id.eq(id.uuid()));
        let to = Expr::value(time::date_to_row(effective_to));
        change.set(Column::EffectiveTo, to).run(&self.bound).await?;
        Ok(())
    }
}

impl StoredSignature {
    pub(crate) fn row(&self) -> agreement_signature::ActiveModel {
        agreement_signature::ActiveModel {
            agreement_id: Set(self.agreement.uuid()),
            party: Set(self.party.code().to_owned()),
            signatory_name: Set(self.name.clone()),
            signatory_title: Set(self.title.clone()),
            signed_at: Set(time::to_row(self.signed_at)),
            document_sha256: Set(self.document_sha256.clone()),
            ..Default::default()
        }
    }
}

impl TryFrom<agreement_signature::Model> for StoredSignature {
    type Error = StoreError;

    fn try_from(row: agreement_signature::Model) -> Result<Self, StoreError> {
        let party = AgreementParty::from_code(&row.party);
        Ok(Self {
            agreement: AgreementId::from_uuid(row.agreement_id),
            party: party.ok_or(StoreError::Inconsistent { table: "agreement_signature", column: "party" })?,
            name: row.signatory_name,
            title: row.signatory_title,
            signed_at: time::from_row(row.signed_at),
            document_sha256: row.document_sha256,
        })
    }
}

impl TryFrom<Model> for StoredAgreement {
    type Error = StoreError;

    fn try_from(row: Model) -> Result<Self, StoreError> {
        let inconsistent = |column| StoreError::Inconsistent { table: "agreement", column };
        let days = |days: i32, column| u16::try_from(days).map_err(|_| inconsistent(column));
        let list = |list, column| serde_json::from_value(list).map_err(|_| inconsistent(column));
        let authorisation = SubprocessorAuthorisation::from_code(&row.subprocessor_authorisation);
        Ok(Self {
            id: AgreementId::from_uuid(row.id),
            tenant: TenantId::from_uuid(row.tenant_id),
            version: days(row.version, "version")?,
            language: Language::from_tag(&row.language).ok_or(inconsistent("language"))?,
            template: row.template_id.map(AgreementTemplateId::from_uuid),
            subject_matter: row.subject_matter,
            nature_and_purpose: row.nature_and_purpose,
            categories: categories_of(&row.data_categories).ok_or(inconsistent("data_categories"))?,
            subject_categories: list(row.subject_categories, "subject_categories")?,
            instructions: list(row.instructions, "instructions")?,
            security_measures: list(row.security_measures, "security_measures")?,
            authorisation: authorisation.ok_or(inconsistent("subprocessor_authorisation"))?,
            objection_period_days: days(row.objection_period_days, "objection_period_days")?,
            return_period_days: days(row.return_period_days, "return_period_days")?,
            effective_from: row
                .effective_from
                .map(time::date_from_row)
                .ok_or(inconsistent("effective_from"))?,
            effective_to: row.effective_to.map(time::date_from_row),
            document: row.document,
            document_sha256: row.document_sha256,
            offered_at: time::from_row(row.created_at),
            signed_at: row.controller_signed_at.map(time::from_row),
        })
    }
}
