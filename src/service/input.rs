//! Reading what a client sent: every fault is found, each with its place.

use domain::invalid::Invalid;
use domain::language::Language;
use jiff::Timestamp;
use jiff::civil::Date;

use super::refusal::{Refusal, UserError, UserErrorCode};

/// Collects faults while an input is read, so that a client hears of all of them at once.
#[derive(Debug, Default)]
pub struct Faults(Vec<UserError>);

impl Faults {
    /// A member that must have the right form; `None` after a fault.
    pub fn take<T>(&mut self, member: &'static str, read: Result<T, Invalid>) -> Option<T> {
        read.map_err(|reason| self.0.push(UserError::invalid(member, reason))).ok()
    }

    /// A member that may be absent; `None` when it is, and after a fault.
    pub fn take_optional<T>(&mut self, member: &'static str, read: Option<Result<T, Invalid>>) -> Option<T> {
        read.and_then(|read| self.take(member, read))
    }

    /// Any other fault.
    pub fn add(&mut self, error: UserError) {
        self.0.push(error);
    }

    /// Whether nothing is wrong so far.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Ends the reading.
    ///
    /// # Errors
    /// [`Refusal::User`] with every fault that was found.
    pub fn finish(self) -> Result<(), Refusal> {
        if self.0.is_empty() { Ok(()) } else { Err(Refusal::User(self.0)) }
    }
}

/// An identifier that must name something of this tenant: what is malformed names nothing, so it reads as missing.
///
/// # Errors
/// `NOT_FOUND` at the member.
pub fn identifier<T, E>(member: &'static str, read: Result<T, E>) -> Result<T, UserError> {
    read.map_err(|_| UserError::at(UserErrorCode::NotFound, member))
}

/// An instant, RFC 3339 with an offset.
///
/// # Errors
/// [`Invalid::NotAnInstant`].
pub fn instant(text: &str) -> Result<Timestamp, Invalid> {
    let at: Timestamp = text.parse().map_err(|_| Invalid::NotAnInstant)?;
    // Instants are stored in whole milliseconds.
    Timestamp::from_millisecond(at.as_millisecond()).map_err(|_| Invalid::NotAnInstant)
}

/// A calendar date, ISO 8601.
///
/// # Errors
/// [`Invalid::NotADate`].
pub fn date(text: &str) -> Result<Date, Invalid> {
    text.parse().map_err(|_| Invalid::NotADate)
}

/// A language that letters can be written in.
///
/// # Errors
/// [`Invalid::NotALanguage`].
pub fn language(tag: &str) -> Result<Language, Invalid> {
    Language::from_tag(tag).ok_or(Invalid::NotALanguage)
}
