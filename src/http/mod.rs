//! HTTP.
pub mod graphiql;
pub mod protocol;
