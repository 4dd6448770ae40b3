//! The places in an agreement template that are filled when an agreement is offered: `{{subjectMatter}}`.

use std::collections::BTreeSet;

use crate::coded::coded;
use crate::language::Language;

const OPENING: &str = "{{";
const CLOSING: &str = "}}";

/// How much of an unknown name is told, in characters.
const MOST_OF_A_NAME: usize = 60;

coded! {
    /// A place in a template. What Art. 28(3) wants an agreement to set out is required.
    Placeholder {
        /// Subject matter of the processing.
        SubjectMatter = "subjectMatter",
        /// First day.
        EffectiveFrom = "effectiveFrom",
        /// Nature and purpose of the processing.
        NatureAndPurpose = "natureAndPurpose",
        /// Categories of personal data.
        DataCategories = "dataCategories",
        /// Categories of data subjects.
        SubjectCategories = "subjectCategories",
        /// The controller's documented instructions, Art. 28(3)(a).
        Instructions = "instructions",
        /// Technical and organisational measures, Art. 28(3)(c) and 32.
        SecurityMeasures = "securityMeasures",
        /// How sub-processors are authorised, Art. 28(2).
        SubprocessorAuthorisation = "subprocessorAuthorisation",
        /// Last day, or that there is none.
        EffectiveTo = "effectiveTo",
        /// Days to object to a sub-processor.
        ObjectionPeriodDays = "objectionPeriodDays",
        /// Days in which the data is returned at the end, Art. 28(3)(g).
        ReturnPeriodDays = "returnPeriodDays",
        /// The number of the version.
        Version = "version",
        /// The controller's registered name.
        ControllerName = "controllerName",
        /// The controller's organisation number.
        ControllerOrganisationNumber = "controllerOrganisationNumber",
        /// Where the controller is established.
        ControllerCountry = "controllerCountry",
        /// Who receives notices for the controller.
        ControllerContact = "controllerContact",
        /// The controller's data protection officer.
        DataProtectionOfficer = "dataProtectionOfficer",
        /// The processor's registered name.
        ProcessorName = "processorName",
        /// The processor's organisation number.
        ProcessorOrganisationNumber = "processorOrganisationNumber",
        /// The processor's postal address.
        ProcessorAddress = "processorAddress",
        /// The processor's e-mail address.
        ProcessorEmail = "processorEmail",
        /// The sub-processors at the time of the offer.
        Subprocessors = "subprocessors",
        /// Who signs for the processor.
        SignatoryName = "signatoryName",
        /// That person's role.
        SignatoryTitle = "signatoryTitle",
    }
}

impl Placeholder {
    /// Whether a template without it is refused.
    #[must_use]
    pub const fn is_required(self) -> bool {
        matches!(
            self,
            Self::SubjectMatter
                | Self::EffectiveFrom
                | Self::NatureAndPurpose
                | Self::DataCategories
                | Self::SubjectCategories
                | Self::Instructions
                | Self::SecurityMeasures
                | Self::SubprocessorAuthorisation
        )
    }
}

/// What is wrong with a template.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
#[error("{}", self.message(Language::En))]
pub enum TemplateFault {
    /// A place that nothing fills, by its name, cut to 60 characters.
    Unknown(String),
    /// A required place that the text does not have.
    Missing(Placeholder),
    /// Two opening braces without the closing ones on the same line.
    Unclosed,
}

impl TemplateFault {
    /// One sentence for a person that says what to do.
    #[must_use]
    pub fn message(&self, language: Language) -> String {
        match (self, language) {
            (Self::Unknown(name), Language::Sv) => {
                format!("Ta bort {{{{{name}}}}}; det finns ingen plats med det namnet.")
            }
            (Self::Unknown(name), Language::En) => {
                format!("Remove {{{{{name}}}}}; no placeholder has that name.")
            }
            (Self::Missing(place), Language::Sv) => {
                format!("Lägg till {{{{{}}}}}; ett avtal måste ange det (artikel 28.3).", place.code())
            }
            (Self::Missing(place), Language::En) => {
                format!("Add {{{{{}}}}}; an agreement has to set it out (Art. 28(3)).", place.code())
            }
            (Self::Unclosed, Language::Sv) => "Avsluta varje {{ med }} på samma rad.".to_owned(),
            (Self::Unclosed, Language::En) => "Close every {{ with }} on the same line.".to_owned(),
        }
    }
}

/// Whether a text can serve as a template: every place in it is known, and every required one is there.
///
/// # Errors
/// Each fault once: those in the text as they come, then what is missing.
pub fn check(text: &str) -> Result<(), Vec<TemplateFault>> {
    let (mut faults, mut told, mut found) = (Vec::new(), BTreeSet::new(), BTreeSet::new());
    for piece in pieces(text) {
        let fault = match piece {
            Piece::Text(_) => continue,
            Piece::Unclosed => TemplateFault::Unclosed,
            Piece::Place(name) => match Placeholder::from_code(name) {
                Some(place) => {
                    found.insert(place);
                    continue;
                }
                None => TemplateFault::Unknown(name.chars().take(MOST_OF_A_NAME).collect()),
            },
        };
        if told.insert(fault.clone()) {
            faults.push(fault);
        }
    }
    let required = Placeholder::ALL.iter().copied().filter(|place| place.is_required());
    faults.extend(required.filter(|place| !found.contains(place)).map(TemplateFault::Missing));
    if faults.is_empty() { Ok(()) } else { Err(faults) }
}

/// The text with every known place filled. The text is read once: a value that looks like a place stays as it is. So
/// does what [`check`] refuses.
#[must_use]
pub fn fill(text: &str, value: impl Fn(Placeholder) -> String) -> String {
    let mut filled = String::with_capacity(text.len());
    for piece in pieces(text) {
        match piece {
            Piece::Text(text) => filled.push_str(text),
            Piece::Unclosed => filled.push_str(OPENING),
            Piece::Place(name) => match Placeholder::from_code(name) {
                Some(place) => filled.push_str(&value(place)),
                None => filled.extend([OPENING, name, CLOSING]),
            },
        }
    }
    filled
}

/// A piece of a template.
enum Piece<'a> {
    /// Words that stay.
    Text(&'a str),
    /// A place, by what stands between its braces.
    Place(&'a str),
    /// Opening braces alone.
    Unclosed,
}

fn pieces(text: &str) -> impl Iterator<Item = Piece<'_>> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let (piece, after) = next_piece(rest)?;
        rest = after;
        Some(piece)
    })
}

fn next_piece(rest: &str) -> Option<(Piece<'_>, &str)> {
    let Some(inside) = rest.strip_prefix(OPENING) else {
        let (text, after) = rest.split_at(rest.find(OPENING).unwrap_or(rest.len()));
        return (!text.is_empty()).then_some((Piece::Text(text), after));
    };
    let place = &inside[..end_of_place(inside)];
    let after = inside[place.len()..].strip_prefix(CLOSING);
    Some(after.map_or((Piece::Unclosed, inside), |after| (Piece::Place(place), after)))
}

/// Where the first closing braces, the next opening ones or the line's end are, whichever comes first.
fn end_of_place(inside: &str) -> usize {
    let ends = |at: usize| ["\n", CLOSING, OPENING].into_iter().any(|end| inside[at..].starts_with(end));
    inside.char_indices().map(|(at, _)| at).find(|at| ends(*at)).unwrap_or(inside.len())
}

#[cfg(test)]
mod tests;
