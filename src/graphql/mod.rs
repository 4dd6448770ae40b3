//! The GraphQL surface: what the schema says, resolved by the use cases.

mod answer;
pub mod api;
mod call;
pub mod cost;
mod documents;
mod errors;
mod gate;
pub mod limits;
mod operation;
mod operator;
mod scalars;
mod sdl;
mod secrecy;
mod tenant;
mod view;
mod vocabulary;

pub use errors::ErrorCode;
pub use gate::{PolicyError, PolicyTable};
pub use operator::OperatorSchema;
pub use secrecy::Secrecy;
pub use tenant::TenantSchema;
pub use view::IntrospectionView;
