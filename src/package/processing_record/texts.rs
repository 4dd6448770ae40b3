//! The places of the record that a language fills.

use domain::language::Language;

use super::{en, sv};

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
    /// What it is: processor, controller, the day.
    pub(super) introduction: fn(&str, &str, &str) -> String,
    /// Who is who.
    pub(super) parties: Parties,
    /// Heading of the agreement.
    pub(super) agreement: &'static str,
    /// The agreement in force: version, first day, last day.
    pub(super) in_force: fn(u16, &str, Option<&str>) -> String,
    /// There is none.
    pub(super) no_agreement: &'static str,
    /// What becomes of the data at the end: days of return.
    pub(super) end: fn(u16) -> String,
    /// What is done.
    pub(super) processing: List,
    /// Whose data.
    pub(super) subjects: List,
    /// Which data.
    pub(super) categories: List,
    /// Who else processes.
    pub(super) subprocessors: Subprocessors,
    /// What leaves the EU/EEA.
    pub(super) transfers: Transfers,
    /// How the data is protected.
    pub(super) measures: List,
}

/// Who is who.
pub(super) struct Parties {
    /// Heading.
    pub(super) heading: &'static str,
    /// Headers: role, name, where to reach them.
    pub(super) headers: [&'static str; 3],
    /// Role of the processor.
    pub(super) processor: &'static str,
    /// Role of the controller.
    pub(super) controller: &'static str,
    /// Role of the controller's data protection officer.
    pub(super) officer: &'static str,
    /// None is designated.
    pub(super) no_officer: &'static str,
}

/// A heading and a list.
pub(super) struct List {
    /// Heading.
    pub(super) heading: &'static str,
    /// The list is empty.
    pub(super) none: &'static str,
}

/// Who else processes.
pub(super) struct Subprocessors {
    /// Heading.
    pub(super) heading: &'static str,
    /// Headers: name and seat, what it does, categories, where, since when.
    pub(super) headers: [&'static str; 5],
    /// There are none.
    pub(super) none: &'static str,
    /// Accounting information is outside the Union: what is to be checked, before the list of those who have it.
    pub(super) accounting: &'static str,
}

/// What leaves the EU/EEA.
pub(super) struct Transfers {
    /// Heading.
    pub(super) heading: &'static str,
    /// Headers: sub-processor, countries, mechanism.
    pub(super) headers: [&'static str; 3],
    /// Nothing does.
    pub(super) none: &'static str,
}
