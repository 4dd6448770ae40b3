//! What the law and the agreement say about personal data, as values and pure functions.
//!
//! Nothing here reads a clock, a file, a database or the network: instants and random bytes are arguments
//! ([`clock`]), and every rule can be tried on a table of cases.

mod checked_text;
mod coded;

pub mod accounting;
pub mod actor;
pub mod address;
pub mod agreement;
pub mod breach;
pub mod calendar;
pub mod category;
pub mod circuit;
pub mod clock;
pub mod closing;
pub mod consent;
pub mod country;
pub mod deadline;
pub mod disclosure;
pub mod email;
pub mod erasure;
pub mod export;
pub mod external_reference;
pub mod hold;
pub mod holiday;
pub mod id;
pub mod instruction;
pub mod invalid;
pub mod language;
pub mod login_name;
pub mod notice;
pub mod opendsr;
pub mod organisation_number;
pub mod outcome;
pub mod password;
pub mod person_name;
pub mod personal;
pub mod phone;
pub mod purpose;
pub mod request;
pub mod restriction;
pub mod retention;
pub mod returned;
pub mod scope;
pub mod subject;
pub mod subprocessor;
pub mod system;
pub mod task;
pub mod tenant;
pub mod text;
pub mod trusted;
pub mod wording;
