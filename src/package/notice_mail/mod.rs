//! Notices by e-mail to a tenant's privacy contact, in plain text, Swedish or English. E-mail is read by others on its way and
//! kept where nobody erases: a notice names no person and repeats no free text of a request or a breach. It says that there
//! is something to see, and where.

mod en;
mod sv;
#[cfg(test)]
mod tests;

use domain::agreement::SubprocessorAuthorisation;
use domain::calendar::local_time;
use domain::language::Language;
use domain::notice::NoticeKind;
use domain::request::kind::RequestKind;
use domain::request::reference::Reference;
use domain::request::status::RequestStatus;
use jiff::Timestamp;
use jiff::civil::Date;

use super::letter::{country, date, texts};

/// A notice, ready to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoticeMail {
    /// Subject, in one line.
    pub subject: String,
    /// Text, lines parted by line feeds.
    pub body: String,
}

/// What a notice is made from.
#[derive(Debug, Clone)]
pub struct Notice<'a> {
    /// What it tells of.
    pub kind: NoticeKind,
    /// The tenant's own language.
    pub language: Language,
    /// Name of the tenant.
    pub controller: &'a str,
    /// Name of the platform.
    pub processor: &'a str,
    /// Where more is to be seen.
    pub link: &'a str,
    /// What it tells.
    pub facts: Facts<'a>,
}

/// What a notice tells.
#[derive(Debug, Clone)]
pub enum Facts<'a> {
    /// Of a request of a data subject.
    Request {
        /// How it is named.
        reference: Reference,
        /// Which right.
        right: RequestKind,
        /// Where it stands.
        status: RequestStatus,
        /// The last day for the answer.
        due_on: Date,
    },
    /// Of a breach.
    Breach {
        /// When the tenant was told of it.
        notified_at: Timestamp,
        /// When its own duty to the authority ends (Art. 33(1)).
        authority_deadline: Timestamp,
    },
    /// Of a sub-processor.
    Subprocessor {
        /// Registered name.
        name: &'a str,
        /// ISO 3166-1 alpha-2.
        country: &'a str,
        /// First day that it may process.
        effective_on: Date,
        /// How the tenant's agreement has sub-processors authorised.
        authorisation: SubprocessorAuthorisation,
        /// Last day on which the tenant can object or authorise.
        last_day_to_object: Date,
    },
}

/// What notices say in one language.
struct Texts {
    greeting: &'static str,
    controller: &'static str,
    request: &'static str,
    right: fn(&str, &str) -> (&'static str, String),
    due: &'static str,
    status: &'static str,
    awaits: fn(RequestStatus) -> &'static str,
    notified: &'static str,
    authority: &'static str,
    subprocessor: &'static str,
    country: &'static str,
    effective: &'static str,
    answer_by: fn(SubprocessorAuthorisation) -> &'static str,
    moment: fn(&str, i8, i8) -> String,
    subject: fn(&Notice<'_>, &str) -> String,
    opening: fn(&Notice<'_>) -> String,
    closing: fn(NoticeKind) -> &'static str,
    footer: fn(&str) -> String,
}

impl Texts {
    const fn of(language: Language) -> &'static Self {
        match language {
            Language::Sv => &sv::TEXTS,
            Language::En => &en::TEXTS,
        }
    }
}

/// Writes a notice. The same facts give the same text.
#[must_use]
pub fn write(notice: &Notice<'_>) -> NoticeMail {
    let texts = Texts::of(notice.language);
    let mut particulars = vec![(texts.controller, one_line(notice.controller))];
    particulars.extend(particulars_of(notice, texts));
    let particulars: Vec<_> =
        particulars.into_iter().map(|(label, value)| format!("{label}: {value}")).collect();
    let body = [
        texts.greeting.to_owned(),
        (texts.opening)(notice),
        particulars.join("\n"),
        format!("{}\n{}", (texts.closing)(notice.kind), notice.link),
        (texts.footer)(&one_line(notice.processor)),
    ];
    let named = match &notice.facts {
        Facts::Request { due_on, .. } => day(*due_on, notice.language),
        Facts::Subprocessor { effective_on, .. } => day(*effective_on, notice.language),
        Facts::Breach { .. } => String::new(),
    };
    let subject = one_line(&(texts.subject)(notice, &named));
    NoticeMail { subject, body: format!("{}\n", body.join("\n\n")) }
}

fn particulars_of(notice: &Notice<'_>, texts: &Texts) -> Vec<(&'static str, String)> {
    let language = notice.language;
    match &notice.facts {
        Facts::Request { reference, right, status, due_on } => vec![
            (texts.request, reference.to_string()),
            (texts.right)(right.name(language), right.article()),
            (texts.due, day(*due_on, language)),
            (texts.status, format!("{}; {}", status.name(language), (texts.awaits)(*status))),
        ],
        Facts::Breach { notified_at, authority_deadline } => vec![
            (texts.notified, moment(*notified_at, language, texts)),
            (texts.authority, moment(*authority_deadline, language, texts)),
        ],
        Facts::Subprocessor { name, country, effective_on, authorisation, last_day_to_object } => vec![
            (texts.subprocessor, one_line(name)),
            (texts.country, country::name(country, language).to_owned()),
            (texts.effective, day(*effective_on, language)),
            ((texts.answer_by)(*authorisation), day(*last_day_to_object, language)),
        ],
    }
}

/// The text without what would begin a new line or hide in one.
fn one_line(text: &str) -> String {
    let words: Vec<_> = text.split(|letter: char| letter.is_whitespace() || letter.is_control()).collect();
    words.into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

fn day(at: Date, language: Language) -> String {
    one_line(&date::civil(at, texts::of(language)))
}

fn moment(at: Timestamp, language: Language, texts: &Texts) -> String {
    let local = local_time(at);
    (texts.moment)(&day(local.date(), language), local.hour(), local.minute())
}
