//! The tenant API: one file per noun, with its type, its queries and its mutations.

#![expect(clippy::unused_async, reason = "the engine takes asynchronous resolvers alone")]

mod accounting;
mod agreement;
mod audit;
mod breach;
mod closing;
mod consent;
mod document;
mod export;
mod hold;
mod node;
mod notice;
mod organisation;
mod page;
mod privacy_notice;
mod processing_record;
mod request;
mod restriction;
mod retention;
mod subject;
mod subprocessor;
mod subscription;
mod system;
mod task;
#[expect(clippy::module_inception, reason = "the noun `tenant` has its file here as in every room")]
mod tenant;
mod tenant_export;
mod user_error;
mod viewer;

use async_graphql::{MergedObject, Schema, SchemaBuilder, ValidationMode};

use super::gate::{PolicyError, PolicyTable};
use super::sdl::{RECURSION, print};

pub use node::WAYS;
pub use subscription::{Occasion, Subscription};

/// Everything that can be read.
#[derive(MergedObject, Default)]
pub struct Query(
    viewer::ViewerQuery,
    node::NodeQuery,
    subject::SubjectQuery,
    request::RequestQuery,
    retention::RetentionQuery,
    audit::AuditQuery,
    processing_record::ProcessingRecordQuery,
    privacy_notice::PrivacyNoticeQuery,
    subprocessor::SubprocessorQuery,
    system::SystemQuery,
    breach::BreachQuery,
    notice::NoticeQuery,
    tenant_export::TenantExportQuery,
);

/// Everything that can be changed.
#[derive(MergedObject, Default)]
pub struct Mutation(
    subject::SubjectMutation,
    accounting::AccountingMutation,
    consent::ConsentMutation,
    request::SubmissionMutation,
    request::DecisionMutation,
    restriction::RestrictionMutation,
    hold::HoldMutation,
    retention::RetentionMutation,
    audit::AccessLogMutation,
    agreement::AgreementMutation,
    subprocessor::SubprocessorMutation,
    system::SystemMutation,
    task::TaskMutation,
    breach::BreachMutation,
    tenant_export::TenantExportMutation,
);

/// The executable schema.
pub type TenantSchema = Schema<Query, Mutation, Subscription>;

type Builder = SchemaBuilder<Query, Mutation, Subscription>;

/// The schema with every rule of validation, not finished yet.
pub fn builder() -> Builder {
    Schema::build(Query::default(), Mutation::default(), Subscription)
        .disable_suggestions()
        .limit_recursive_depth(RECURSION)
        .register_output_type::<node::Node>()
}
/// The schema that executes, with its policy, read from its own print. It validates nothing that [`builder`] has validated.
///
/// # Errors
/// [`PolicyError`] for a schema that may not be served.
pub fn build() -> Result<(TenantSchema, PolicyTable), PolicyError> {
    let schema = builder().validation_mode(ValidationMode::Fast).finish();
    let policy = PolicyTable::read(&print(&schema))?;
    Ok((schema, policy))
}
