//! The surface towards the network: a thin layer on actix-web that turns requests into calls and outcomes into answers.
//!
//! What touches a database never runs inside an actix handler, whose future is dropped when the client hangs up, but
//! in a task of its own on the process's runtime, which goes on to its end (pitfall 6).

mod admission;
mod audit_log;
mod body;
mod caller;
mod connections;
mod console;
mod cors;
mod downloads;
mod endpoint;
mod envelope;
pub mod graphiql;
mod headers;
mod health;
mod opendsr;
mod packing;
mod pages;
pub mod protocol;
mod range;
mod receipts;
mod rejection;
mod representation;
mod request_id;
mod schema;
mod scrape;
mod server;
mod signed;
mod socket;
mod surface;
mod tenant_export;

pub use admission::AdmissionTerms;
pub use console::Manifest;
#[cfg(test)]
pub use rejection::Kind as Rejected;
pub use scrape::start as start_metrics;
pub use server::{Server, start};
pub use socket::SocketTerms;
pub use surface::{Settings, Surface, SurfaceParts};
