//! What is put into an agreement beside what was typed, in both languages. It stands in texts that others write, so it
//! uses the law's own words for the parties.

use domain::agreement::SubprocessorAuthorisation;
use domain::language::Language;

/// The words of a language.
#[must_use]
pub(super) const fn of(language: Language) -> &'static Words {
    match language {
        Language::Sv => &SWEDISH,
        Language::En => &ENGLISH,
    }
}

/// The words of one language.
pub(super) struct Words {
    /// The controller has no organisation number.
    pub(super) no_number: &'static str,
    /// The controller has no data protection officer.
    pub(super) no_officer: &'static str,
    /// The agreement has no last day.
    pub(super) no_last_day: &'static str,
    /// No sub-processor is engaged.
    pub(super) no_subprocessors: &'static str,
    /// Headers: name, seat, where, what it does, categories, what makes the place lawful.
    pub(super) subprocessor_headers: [&'static str; 6],
    /// How sub-processors are authorised (Art. 28(2)), with the days to answer a notice; the day of the notice is not
    /// counted.
    pub(super) authorisation: fn(SubprocessorAuthorisation, u16) -> String,
}

static SWEDISH: Words = Words {
    no_number: "saknas",
    no_officer: "inget utsett",
    no_last_day: "ingen bestämd; avtalet gäller tills vidare",
    no_subprocessors: "Inga underbiträden anlitas när avtalet ingås.",
    subprocessor_headers: [
        "Namn",
        "Säte",
        "Behandlar uppgifter i",
        "Uppgift",
        "Kategorier av personuppgifter",
        "Grund för platsen",
    ],
    authorisation: swedish_authorisation,
};

static ENGLISH: Words = Words {
    no_number: "none",
    no_officer: "none appointed",
    no_last_day: "none set; the agreement applies until further notice",
    no_subprocessors: "No sub-processors are engaged when the agreement is entered into.",
    subprocessor_headers: [
        "Name",
        "Seat",
        "Processes data in",
        "Task",
        "Categories of personal data",
        "Basis for the place",
    ],
    authorisation: english_authorisation,
};

fn swedish_authorisation(authorisation: SubprocessorAuthorisation, days: u16) -> String {
    let by = match days {
        0 => "samma dag som underrättelsen lämnas".to_owned(),
        1 => "senast dagen efter underrättelsen".to_owned(),
        days => format!("senast {days} dagar efter dagen för underrättelsen"),
    };
    match authorisation {
        SubprocessorAuthorisation::General => format!(
            "Den personuppgiftsansvarige ger personuppgiftsbiträdet ett allmänt skriftligt förhandstillstånd att \
             anlita underbiträden. Personuppgiftsbiträdet ska skriftligen underrätta den personuppgiftsansvarige \
             innan ett underbiträde läggs till eller ersätts. Den personuppgiftsansvarige får invända mot ändringen \
             {by}. Den som inte har invänt då har godtagit ändringen."
        ),
        SubprocessorAuthorisation::Specific => format!(
            "Personuppgiftsbiträdet får inte anlita ett underbiträde utan den personuppgiftsansvariges särskilda \
             skriftliga förhandstillstånd för just det underbiträdet. Personuppgiftsbiträdet ska skriftligen \
             underrätta den personuppgiftsansvarige om varje underbiträde som ska läggas till eller ersätta ett \
             annat, och den personuppgiftsansvarige ska svara {by}. Ett uteblivet svar är inget tillstånd."
        ),
    }
}

fn english_authorisation(authorisation: SubprocessorAuthorisation, days: u16) -> String {
    let by = match days {
        0 => "on the day of the notice".to_owned(),
        1 => "no later than the day after the notice".to_owned(),
        days => format!("no later than {days} days after the day of the notice"),
    };
    match authorisation {
        SubprocessorAuthorisation::General => format!(
            "The controller gives the processor a prior general written authorisation to engage sub-processors. The \
             processor shall notify the controller in writing before a sub-processor is added or replaced. The \
             controller may object to the change {by}. A controller that has not objected by then has accepted the \
             change."
        ),
        SubprocessorAuthorisation::Specific => format!(
            "The processor may not engage a sub-processor without the controller's prior specific written \
             authorisation of that sub-processor. The processor shall notify the controller in writing of every \
             sub-processor that is to be added or to replace another, and the controller shall answer {by}. Silence \
             is no authorisation."
        ),
    }
}
