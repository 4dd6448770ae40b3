//! The operator API: one file per noun, with its type, its queries and its mutations. No type of it carries data of data
//! subjects; what it knows of them is counts (contract rule 7).

#![expect(clippy::unused_async, reason = "the engine takes asynchronous resolvers alone")]

mod agreement;
mod batch;
mod breach;
mod contact;
mod document;
mod node;
mod operation;
mod page;
mod scalars;
mod subprocessor;
mod tenant;
mod user_error;
mod vocabulary;

use async_graphql::{EmptySubscription, MergedObject, Schema, SchemaBuilder, ValidationMode};

use super::gate::{PolicyError, PolicyTable};
use super::sdl::{RECURSION, print};

pub use node::WAYS;
pub use operation::Operation;

/// Everything that an operator can read.
#[derive(MergedObject, Default)]
pub struct Query(
    node::NodeQuery,
    tenant::TenantQuery,
    agreement::TemplateQuery,
    subprocessor::SubprocessorQuery,
    breach::BreachQuery,
);

/// Everything that an operator can change.
#[derive(MergedObject, Default)]
pub struct Mutation(
    tenant::TenantMutation,
    agreement::AgreementMutation,
    subprocessor::SubprocessorMutation,
    breach::BreachMutation,
);

/// The executable schema.
pub type OperatorSchema = Schema<Query, Mutation, EmptySubscription>;

type Builder = SchemaBuilder<Query, Mutation, EmptySubscription>;

/// The schema with every rule of validation, not finished yet.
pub fn builder() -> Builder {
    Schema::build(Query::default(), Mutation::default(), EmptySubscription)
        .disable_suggestions()
        .limit_recursive_depth(RECURSION)
        .register_output_type::<node::Node>()
}
/// The schema that executes, with its policy, read from its own print. It validates nothing that [`builder`] has validated.
///
/// # Errors
/// [`PolicyError`] for a schema that may not be served.
pub fn build() -> Result<(OperatorSchema, PolicyTable), PolicyError> {
    let schema = builder().validation_mode(ValidationMode::Fast).finish();
    let policy = PolicyTable::read(&print(&schema))?;
    Ok((schema, policy))
}
