//! The places of the letters about a request: receipt, questions, delays and refusals.

use domain::purpose::Purpose;
use domain::request::extension::ExtensionGround;
use domain::request::kind::RequestKind;
use domain::request::refusal::RefusalGround;

use super::ReadmeFacts;
use super::answers::Answers;

/// What the letters about a request say.
pub struct Requests {
    /// The request in running text, as the reader's own: `your request for erasure`.
    pub request: fn(RequestKind, Option<Purpose>) -> &'static str,
    /// Who received it, and when: controller, request, date.
    pub came_in: fn(&str, &str, &str) -> String,
    /// Of which law the articles are.
    pub articles: &'static str,
    /// The last day for the answer.
    pub due: fn(&str) -> String,
    /// The confirmation of receipt.
    pub receipt: Receipt,
    /// The question who asks.
    pub identity: Identity,
    /// The extension.
    pub extension: Extension,
    /// The word that it is being carried out.
    pub progress: Progress,
    /// The refusal.
    pub refusal: Refusal,
    /// A restriction that holds while the request is examined.
    pub meanwhile: Meanwhile,
    /// The person took it back.
    pub withdrawn: Withdrawn,
    /// What was done.
    pub answers: Answers,
    /// The text file in an archive of a portability package's tables.
    pub portability_readme: fn(&ReadmeFacts<'_>) -> String,
}

/// The confirmation of receipt.
pub struct Receipt {
    /// The title: request.
    pub title: fn(&str) -> String,
    /// It is known who asks.
    pub identified: &'static str,
    /// It is not.
    pub unidentified: &'static str,
    /// What it costs (Art. 12(5)).
    pub free: &'static str,
}

/// The question who asks, Art. 12(6).
pub struct Identity {
    /// The title.
    pub title: &'static str,
    /// What was asked, and why: the date.
    pub asked: fn(&str) -> String,
    /// The controller's reason.
    pub reason: fn(&str) -> String,
    /// Heading of the means.
    pub how: &'static str,
    /// What the list shows.
    pub means_introduction: &'static str,
    /// The means.
    pub means: &'static [&'static str],
    /// No copy of an identity document is wanted or kept.
    pub no_copy: &'static str,
    /// Heading of the time.
    pub time: &'static str,
    /// The clock stands, which is a reading: the last day if it did not.
    pub pauses: fn(&str) -> String,
    /// The clock runs on, which is a reading: the last day.
    pub runs_on: fn(&str) -> String,
    /// What follows if nothing comes.
    pub otherwise: &'static str,
}

/// The extension, Art. 12(3).
pub struct Extension {
    /// The title: request.
    pub title: fn(&str) -> String,
    /// How long, and by what rule.
    pub told: &'static str,
    /// Heading of the reasons.
    pub why: &'static str,
    /// A ground as a sentence.
    pub ground: fn(ExtensionGround) -> &'static str,
}

/// The word that it is being carried out.
pub struct Progress {
    /// The title: request.
    pub title: fn(&str) -> String,
    /// It was approved.
    pub told: &'static str,
}

/// The refusal, Art. 12(4).
pub struct Refusal {
    /// The title: request.
    pub title: fn(&str) -> String,
    /// That nothing is done.
    pub told: &'static str,
    /// Heading of the reasons.
    pub why: &'static str,
    /// Where the conditions are that were not met: the article, as [`RequestKind::article`] gives it.
    pub conditions: fn(&str) -> String,
    /// What follows from the ground, where that is not plain.
    pub consequence: fn(RefusalGround) -> Option<&'static str>,
    /// The title when the data was erased meanwhile: request.
    pub erased_title: fn(&str) -> String,
    /// The data was erased meanwhile.
    pub erased: &'static str,
    /// The judicial remedy, Art. 79.
    pub court: &'static str,
}

/// A restriction that holds while the request is examined, Art. 18(1)(a) and (d).
pub struct Meanwhile {
    /// It stands: since when.
    pub in_force: fn(&str) -> String,
    /// It is lifted, of which this is the information (Art. 18(3)): since when, until when.
    pub lifted: fn(&str, &str) -> String,
}

/// The person took it back.
pub struct Withdrawn {
    /// The title: request.
    pub title: fn(&str) -> String,
    /// What that means: the date.
    pub told: fn(&str) -> String,
    /// A new one can be made.
    pub again: &'static str,
}
