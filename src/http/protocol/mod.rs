//! GraphQL over HTTP (draft of 2025) as pure functions: what a request says, in which media type it is answered, and
//! with which status.

mod batch;
mod bulk;
mod coding;
mod csrf;
mod document_id;
mod media;
mod method;
mod request;
mod status;
mod wording;

pub use batch::{BatchError, is_batch, parse_batch};
pub use coding::{Coding, Effort};
pub use csrf::{CrossSite, PREFLIGHT_HEADERS, Provenance, check_provenance};
pub use media::{
    NotAcceptable, ResponseMedia, UnsupportedMedia, check_content_type, negotiate, prefers_page,
};
pub use method::{ALLOWED_METHODS, Method, MethodNotAllowed};
pub use request::{Call, CallError, Origin, parse_body, parse_message, parse_query_string};
pub use status::{Outcome, status};
