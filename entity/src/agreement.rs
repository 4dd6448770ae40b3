//! A version of the data processing agreement between the tenant and the platform, Art. 28(3).

use sea_orm::entity::prelude::*;

/// A row of `agreement`.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "agreement")]
pub struct Model {
    /// The tenant.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: Uuid,
    /// The agreement.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// 1 for the first, counting up.
    pub version: i32,
    /// Language of the text.
    pub language: String,
    /// The text that it was made from; none for one that was recorded without.
    pub template_id: Option<Uuid>,
    /// Subject matter of the processing.
    pub subject_matter: String,
    /// Nature and purpose of the processing.
    pub nature_and_purpose: String,
    /// Categories of data subjects.
    #[sea_orm(column_type = "JsonBinary")]
    pub subject_categories: Json,
    /// The controller's documented instructions.
    #[sea_orm(column_type = "JsonBinary")]
    pub instructions: Json,
    /// Technical and organisational measures.
    #[sea_orm(column_type = "JsonBinary")]
    pub security_measures: Json,
    /// `SubprocessorAuthorisation`.
    pub subprocessor_authorisation: String,
    /// Days that the controller has to object to a sub-processor.
    pub objection_period_days: i32,
    /// Days that the return lasts after the end of the relationship.
    pub return_period_days: i32,
    /// The document as it was or is to be signed.
    pub document: String,
    /// Digest of the document.
    pub document_sha256: String,
    /// Codes of the categories that it covers.
    #[sea_orm(column_type = "JsonBinary")]
    pub data_categories: Json,
    /// First day in force.
    pub effective_from: Option<Date>,
    /// Last day in force.
    pub effective_to: Option<Date>,
    /// When the tenant signed.
    pub controller_signed_at: Option<DateTimeUtc>,
    /// When the platform signed.
    pub processor_signed_at: Option<DateTimeUtc>,
    /// When it was offered.
    pub created_at: DateTimeUtc,
}

/// Joins are written where they are used.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
