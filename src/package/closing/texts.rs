//! The places of the certificate that a language fills.

use domain::language::Language;

use super::{en, sv};
pub(super) use crate::package::certificate::Section;

/// The texts of a language.
pub(super) const fn of(language: Language) -> &'static Texts {
    match language {
        Language::Sv => &sv::TEXTS,
        Language::En => &en::TEXTS,
    }
}

/// All texts of one language.
pub(super) struct Texts {
    /// The title.
    pub(super) title: &'static str,
    /// What it certifies: processor, controller.
    pub(super) introduction: fn(&str, &str) -> String,
    /// What happened when.
    pub(super) course: Course,
    /// What was handed back.
    pub(super) returned: Section<4>,
    /// An export that nobody fetched.
    pub(super) not_downloaded: &'static str,
    /// What was erased.
    pub(super) erased: Section<2>,
    /// Which keys are gone.
    pub(super) keys: Section<2>,
    /// What is kept.
    pub(super) kept: Section<3>,
    /// What sub-processors say.
    pub(super) confirmations: Section<2>,
    /// A sub-processor that has said nothing.
    pub(super) not_confirmed: &'static str,
    /// Between groups of three digits.
    pub(super) thousands: char,
}

/// What happened when.
pub(super) struct Course {
    /// Heading.
    pub(super) heading: &'static str,
    /// Headers: what, when.
    pub(super) headers: [&'static str; 2],
    /// The relationship's last day.
    pub(super) relationship_ended: &'static str,
    /// The last day of the return.
    pub(super) return_ended: &'static str,
    /// The erasure began.
    pub(super) erasure_began: &'static str,
    /// The keys were gone.
    pub(super) keys_destroyed: &'static str,
    /// The tenant was closed.
    pub(super) closed: &'static str,
}
