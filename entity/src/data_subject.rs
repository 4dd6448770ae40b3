//! A person; the values are sealed under the person's own keys.

use sea_orm::entity::prelude::*;

/// A row of `data_subject`.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "data_subject")]
pub struct Model {
    /// The tenant.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: Uuid,
    /// The person.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// `SubjectStatus`.
    pub status: String,
    /// Map from category code to sealed value.
    #[sea_orm(column_type = "JsonBinary")]
    pub profile: Json,
    /// The tenant's own key for the person, sealed.
    pub external_reference: Option<String>,
    /// When registered.
    pub created_at: DateTimeUtc,
    /// When last changed.
    pub updated_at: DateTimeUtc,
    /// When erased.
    pub erased_at: Option<DateTimeUtc>,
    /// Whether a restriction is in force.
    pub restricted: bool,
    /// Codes of the purposes that an objection has ended.
    #[sea_orm(column_type = "JsonBinary")]
    pub ended_purposes: Json,
    /// When the person last objected to direct marketing or withdrew the consent to it.
    pub marketing_objected_at: Option<DateTimeUtc>,
    /// The key that ordinary values are sealed under; null before it was first changed.
    pub ordinary_key: Option<Uuid>,
    /// The key that accounting records are sealed under; null where there is none yet.
    pub statutory_key: Option<Uuid>,
}

/// Joins are written where they are used.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
