//! The places of the certificate that a language fills.

use domain::language::Language;

use super::kind::Stage;
use super::{en, sv};
use crate::package::certificate::Section;

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
    /// Who is what: processor, controller.
    pub(super) roles: fn(&str, &str) -> String,
    /// What is certified: how far it went, processor, controller.
    pub(super) certified: fn(Stage, &str, &str) -> String,
    /// What the document says of the person.
    pub(super) person: &'static str,
    /// Which erasure it is.
    pub(super) course: Course,
    /// What was erased.
    pub(super) erased: Erased,
    /// What is kept.
    pub(super) kept: Kept,
    /// Which keys are gone.
    pub(super) keys: Section<3>,
    /// What other systems say.
    pub(super) systems: Section<3>,
    /// A system that has not confirmed.
    pub(super) not_confirmed: &'static str,
}

/// Which erasure it is.
pub(super) struct Course {
    /// Heading.
    pub(super) heading: &'static str,
    /// Headers: item, content.
    pub(super) headers: [&'static str; 2],
    /// The request.
    pub(super) request: &'static str,
    /// When it came in.
    pub(super) received: &'static str,
    /// When it was granted.
    pub(super) decided: &'static str,
    /// What was to be erased.
    pub(super) scope: &'static str,
    /// All that was held.
    pub(super) everything: &'static str,
    /// The person's identifier.
    pub(super) subject: &'static str,
    /// When it was carried out.
    pub(super) completed: &'static str,
    /// How far it went.
    pub(super) stage: &'static str,
    /// When the files were rewritten.
    pub(super) compacted: &'static str,
    /// The digest of the statement before.
    pub(super) previous: &'static str,
}

/// What was erased.
pub(super) struct Erased {
    /// Heading.
    pub(super) heading: &'static str,
    /// What the list shows.
    pub(super) introduction: &'static str,
    /// Nothing was.
    pub(super) none: &'static str,
    /// A category with its number of accounting records.
    pub(super) records: fn(&str, u32) -> String,
    /// Of which there was nothing.
    pub(super) nothing_held: fn(&str) -> String,
}

/// What is kept.
pub(super) struct Kept {
    /// Heading, headers and what the table shows.
    pub(super) section: Section<3>,
    /// Legitimate interests as a ground, told of the controller by another.
    pub(super) outweighing: &'static str,
    /// No ground is noted.
    pub(super) no_ground: &'static str,
    /// No last day is known.
    pub(super) open_ended: &'static str,
    /// What becomes of it.
    pub(super) afterwards: &'static str,
}
