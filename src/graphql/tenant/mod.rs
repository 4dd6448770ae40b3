//! The tenant API: one file per noun, with its type, its queries and its mutations.

#![expect(clippy::unused_async, reason = "the engine takes asynchronous resolvers alone")]

mod accounting;
mod audit;
mod consent;
mod export;
mod hold;
mod node;
mod page;
mod request;
mod restriction;
mod retention;
mod subject;
#[expect(clippy::module_inception, reason = "the noun `tenant` has its file here as in every room")]
mod tenant;
mod user_error;
mod viewer;

use async_graphql::{EmptySubscription, MergedObject, SDLExportOptions, Schema};

use super::gate::{PolicyError, PolicyTable};

/// Everything that can be read.
#[derive(MergedObject, Default)]
pub struct Query(
    viewer::ViewerQuery,
    node::NodeQuery,
    subject::SubjectQuery,
    request::RequestQuery,
    retention::RetentionQuery,
    audit::AuditQuery,
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
);

/// The executable schema.
pub type TenantSchema = Schema<Query, Mutation, EmptySubscription>;

/// How deep the engine follows a document; introspection by code generators needs 18.
const RECURSION: usize = 32;

/// The schema with its policy, read from its own print.
///
/// # Errors
/// [`PolicyError`] for a schema that may not be served.
pub fn build() -> Result<(TenantSchema, PolicyTable), PolicyError> {
    let schema = Schema::build(Query::default(), Mutation::default(), EmptySubscription)
        .disable_suggestions()
        .limit_recursive_depth(RECURSION)
        .register_output_type::<node::Node>()
        .finish();
    let policy = PolicyTable::read(&print(&schema))?;
    Ok((schema, policy))
}

/// The schema in the schema definition language, in a stable order.
#[must_use]
pub fn print(schema: &TenantSchema) -> String {
    schema.sdl_with_options(
        SDLExportOptions::new()
            .sorted_fields()
            .sorted_arguments()
            .sorted_enum_items()
            .include_specified_by()
            .prefer_single_line_descriptions()
            .use_space_ident(),
    )
}
