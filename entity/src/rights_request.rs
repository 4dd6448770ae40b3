//! A data subject's request under Chapter III.

use sea_orm::entity::prelude::*;

/// A row of `rights_request`.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "rights_request")]
pub struct Model {
    /// The tenant.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: Uuid,
    /// The request.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Year of submission in Stockholm.
    pub reference_year: i32,
    /// Number within tenant and year.
    pub reference_number: i32,
    /// Whose data.
    pub subject_id: Uuid,
    /// Which right.
    pub kind: String,
    /// Where it stands.
    pub status: String,
    /// How it came in.
    pub channel: String,
    /// When it came in.
    pub received_at: DateTimeUtc,
    /// When it was recorded.
    pub submitted_at: DateTimeUtc,
    /// Last instant for the answer.
    pub due_at: DateTimeUtc,
    /// The same without the pause.
    pub unpaused_due_at: DateTimeUtc,
    /// When identification was asked for.
    pub identity_asked_at: Option<DateTimeUtc>,
    /// How the requester was identified.
    pub identified_by_method: Option<String>,
    /// When.
    pub identified_at: Option<DateTimeUtc>,
    /// By which actor.
    pub identified_by: Option<String>,
    /// The controller's decision.
    pub verdict: Option<String>,
    /// When.
    pub decided_at: Option<DateTimeUtc>,
    /// By which actor.
    pub decided_by: Option<String>,
    /// Why refused.
    pub refusal_ground: Option<String>,
    /// Reasons as the person is told them, sealed.
    pub reasons: Option<String>,
    /// When completed, refused or withdrawn.
    pub finished_at: Option<DateTimeUtc>,
    /// Per category, what was done.
    #[sea_orm(column_type = "JsonBinary")]
    pub outcomes: Json,
    /// For an objection or a withdrawal of consent: the purpose.
    pub purpose: Option<String>,
    /// For a restriction: the ground.
    pub restriction_ground: Option<String>,
    /// For an erasure of some categories: their codes.
    #[sea_orm(column_type = "JsonBinary")]
    pub erasure_categories: Option<Json>,
    /// For an approved erasure: digest of the plan.
    pub plan_sha256: Option<String>,
    /// For an erasure: when the data went, before its keys were destroyed.
    pub carried_out_at: Option<DateTimeUtc>,
    /// When the deadline was extended.
    pub extended_at: Option<DateTimeUtc>,
    /// Codes of the grounds of the extension.
    #[sea_orm(column_type = "JsonBinary")]
    pub extension_grounds: Option<Json>,
    /// Why it was extended, as the person is told, sealed.
    pub extension_reason: Option<String>,
    /// Why identification was asked for, as the person is told, sealed.
    pub identity_reason: Option<String>,
    /// For an objection: the person's grounds, sealed.
    pub objection_grounds: Option<String>,
    /// For a rectification: what is to be corrected, sealed.
    pub rectifications: Option<String>,
}

/// Joins are written where they are used.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
