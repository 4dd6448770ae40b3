//! A customer of the platform: the controller.

use sea_orm::entity::prelude::*;

/// A row of `tenant`.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "tenant")]
pub struct Model {
    /// The tenant.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Registered name.
    pub name: String,
    /// Swedish organisation number, unique on the platform.
    pub organisation_number: Option<String>,
    /// Where it is established, ISO 3166-1.
    pub country: String,
    /// Language of its letters and records, `sv` or `en`.
    pub language: String,
    /// Who receives notices.
    pub privacy_contact_name: String,
    /// Where to write.
    pub privacy_contact_email: String,
    /// Where to call.
    pub privacy_contact_phone: Option<String>,
    /// The data protection officer, where designated (Art. 37).
    pub dpo_name: Option<String>,
    /// Where to write to the officer.
    pub dpo_email: Option<String>,
    /// Where to call the officer.
    pub dpo_phone: Option<String>,
    /// First day of the customer relationship.
    pub relationship_started_on: Date,
    /// Last day of it, once known.
    pub relationship_ends_on: Option<Date>,
    /// Last day of the return of its data, once the last day of the relationship is known.
    pub return_ends_on: Option<Date>,
    /// Since when its data is being erased; nothing is served from then on.
    pub erasing_since: Option<DateTimeUtc>,
    /// When all was erased.
    pub closed_at: Option<DateTimeUtc>,
    /// How a person is told who acted on their data, by code.
    pub access_log_actors: String,
    /// When the row was made.
    pub created_at: DateTimeUtc,
}

/// Joins are written where they are used.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
