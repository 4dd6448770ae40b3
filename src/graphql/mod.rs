//! The GraphQL surface: what the schema says, resolved by the use cases.

mod answer;
pub mod api;
mod call;
pub mod cost;
mod documents;
mod errors;
mod found;
mod gate;
mod items;
pub mod limits;
#[cfg(test)]
mod nullability;
mod operation;
mod operator;
mod publishing;
mod scalars;
mod sdl;
mod secrecy;
mod tenant;
mod till;
mod view;
mod vocabulary;

pub use errors::ErrorCode;
pub use gate::{PolicyError, PolicyTable};
pub use operator::OperatorSchema;
pub use publishing::{DocumentFault, DocumentInspector};
pub use secrecy::Secrecy;
pub use tenant::TenantSchema;
pub use view::IntrospectionView;
