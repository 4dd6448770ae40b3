//! A party's signature on a processor agreement.

use sea_orm::entity::prelude::*;

/// A row of `agreement_signature`.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "agreement_signature")]
pub struct Model {
    /// The tenant.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: Uuid,
    /// The agreement.
    #[sea_orm(primary_key, auto_increment = false)]
    pub agreement_id: Uuid,
    /// `AgreementParty`.
    #[sea_orm(primary_key, auto_increment = false)]
    pub party: String,
    /// Name of the signatory.
    pub signatory_name: String,
    /// The signatory's role.
    pub signatory_title: String,
    /// When.
    pub signed_at: DateTimeUtc,
    /// Digest of the document that the signature covers.
    pub document_sha256: String,
}

/// Joins are written where they are used.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
