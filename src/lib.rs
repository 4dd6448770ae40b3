//! Placeholder.

pub mod config;

/// The GraphQL layer.
pub mod graphql {
    pub mod cost;
    pub mod limits;
}
/// The HTTP layer.
pub mod http {
    pub mod graphiql;
    pub mod protocol;
}
