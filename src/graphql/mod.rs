//! The GraphQL surface: what the schema says, resolved by the use cases.

pub mod api;
pub mod cost;
mod documents;
mod errors;
mod gate;
pub mod limits;
mod operation;
mod scalars;
mod tenant;
mod vocabulary;

pub use errors::ErrorCode;
pub use gate::{PolicyError, PolicyTable};
pub use tenant::TenantSchema;
