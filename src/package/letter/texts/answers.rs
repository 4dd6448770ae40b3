//! The places of the letters that tell what was done, right by right.

use domain::accounting::AccountingRecordKind;
use domain::outcome::RetentionGround;

/// What was done.
pub struct Answers {
    /// The title: request.
    pub title: fn(&str) -> String,
    /// Words for what it was done to.
    pub items: Items,
    /// The files.
    pub files: Files,
    /// Recipients are told, Art. 19.
    pub recipients: &'static str,
    /// Art. 15.
    pub access: Access,
    /// Art. 16.
    pub rectification: Rectification,
    /// Art. 17.
    pub erasure: Erasure,
    /// Art. 18.
    pub restriction: Restriction,
    /// Art. 20.
    pub portability: Portability,
    /// Art. 21.
    pub objection: Objection,
    /// Art. 7(3).
    pub consent: Consent,
    /// The second letter after an erasure in part.
    pub later: Later,
}

/// Words for what something was done to.
pub struct Items {
    /// An accounting record: kind, number.
    pub record: fn(AccountingRecordKind, &str) -> String,
    /// Accounting records whose names are gone: how many.
    pub nameless_records: fn(usize) -> String,
    /// There was nothing: a list of categories.
    pub nothing_held: fn(&str) -> String,
}

/// The files of an access or portability request.
pub struct Files {
    /// Until when they can be had: date and time of day.
    pub until: fn(&str) -> String,
    /// They are gone.
    pub gone: &'static str,
}

/// What was handed out, Art. 15.
pub struct Access {
    /// What the list shows.
    pub copy: &'static str,
    /// Where the whole answer is.
    pub whole: &'static str,
    /// There was nothing to copy.
    pub none: &'static str,
}

/// What was corrected, Art. 16.
pub struct Rectification {
    /// What the list shows.
    pub corrected: &'static str,
    /// The right to a supplementary statement.
    pub statement: &'static str,
}

/// What was erased and what was kept, Art. 17.
pub struct Erasure {
    /// Heading of what was erased.
    pub erased: &'static str,
    /// What the list shows.
    pub erased_introduction: &'static str,
    /// What became of backups.
    pub backups: &'static str,
    /// What stays as proof (Art. 5(2)).
    pub proof: &'static str,
    /// Heading of what is kept.
    pub kept: &'static str,
    /// What the table shows.
    pub kept_introduction: &'static str,
    /// Headers: what, why, until and including when.
    pub kept_headers: [&'static str; 3],
    /// The ground in plain words, with its legal source.
    pub ground: fn(RetentionGround) -> &'static str,
    /// No ground is registered.
    pub no_ground: &'static str,
    /// No last day is known.
    pub open_ended: &'static str,
    /// What has a last day goes by itself.
    pub by_itself: &'static str,
    /// What has none goes with its ground.
    pub with_its_ground: &'static str,
    /// What it is used for meanwhile, and what the person can still ask for.
    pub meanwhile: &'static str,
}

/// What was restricted, Art. 18.
pub struct Restriction {
    /// What the list shows: since when, where known.
    pub restricted: fn(Option<&str>) -> String,
    /// What stays allowed, Art. 18(2): before the list.
    pub allowed_introduction: &'static str,
    /// What stays allowed, Art. 18(2).
    pub allowed: &'static [&'static str],
    /// The person is told before it is lifted, Art. 18(3).
    pub lifting: &'static str,
}

/// What was handed out, Art. 20.
pub struct Portability {
    /// What the list shows.
    pub copy: &'static str,
    /// There was nothing to hand out.
    pub none: &'static str,
    /// The formats.
    pub formats: &'static str,
    /// Where it may go, Art. 20(2).
    pub onward: &'static str,
    /// The data stays, Art. 20(3).
    pub stays: &'static str,
    /// Heading of what was left out.
    pub excluded: &'static str,
    /// What the list shows, and how else to have it.
    pub excluded_introduction: &'static str,
}

/// What was stopped, Art. 21.
pub struct Objection {
    /// Direct marketing was, at once.
    pub marketing: &'static str,
    /// The right is absolute, Art. 21(2) and (3).
    pub absolute: &'static str,
    /// What goes on.
    pub unaffected: &'static str,
    /// What the suppression list holds.
    pub suppressed: &'static str,
    /// Another purpose was: what the list shows.
    pub ended: &'static str,
    /// Another purpose was, of which nothing was held.
    pub ended_without_data: &'static str,
}

/// What a withdrawal of consent did, Art. 7(3).
pub struct Consent {
    /// At once.
    pub stopped: &'static str,
    /// What was done before stays lawful.
    pub lawful_before: &'static str,
    /// Nothing had been given.
    pub never_given: &'static str,
    /// Nothing had been given, and yet no marketing will come.
    pub still_suppressed: &'static str,
}

/// The second letter after an erasure in part.
pub struct Later {
    /// The title: request.
    pub title: fn(&str) -> String,
    /// What went before.
    pub told: &'static str,
    /// Heading of what is gone now.
    pub erased: &'static str,
    /// What the list shows.
    pub erased_introduction: &'static str,
    /// Nothing of it is left.
    pub nothing_left: &'static str,
}
