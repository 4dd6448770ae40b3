//! A schema in the schema definition language: what is kept under `schema/`, served to clients, and enforced.

use async_graphql::{ObjectType, SDLExportOptions, Schema, SubscriptionType};

/// How deep the engine follows a document; introspection by code generators needs 18.
pub const RECURSION: usize = 32;

/// The schema in the schema definition language, in a stable order.
#[must_use]
pub fn print<Q, M, S>(schema: &Schema<Q, M, S>) -> String
where
    Q: ObjectType + 'static,
    M: ObjectType + 'static,
    S: SubscriptionType + 'static,
{
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
