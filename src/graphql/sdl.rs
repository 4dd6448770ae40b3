//! A schema in the schema definition language: what is kept under `schema/`, served to clients, and enforced.

use async_graphql::{EmptySubscription, ObjectType, SDLExportOptions, Schema};

/// How deep the engine follows a document; introspection by code generators needs 18.
pub const RECURSION: usize = 32;

/// The schema in the schema definition language, in a stable order.
#[must_use]
pub fn print<Q, M>(schema: &Schema<Q, M, EmptySubscription>) -> String
where
    Q: ObjectType + 'static,
    M: ObjectType + 'static,
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
