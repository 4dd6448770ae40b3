//! What the verification of a log finds.

use crate::hash::Hash;

/// How many findings a report lists at most.
pub(crate) const MAX_LISTED: usize = 100;

/// What a whole log was found to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// How many entries there were, those that are missing but recorded included.
    pub entries: u64,
    /// How many heads there were.
    pub heads: u64,
    /// How many of them are trusted and agree with the entries.
    pub confirmed_heads: u64,
    /// How many of the first entries the last confirmed head vouches for.
    pub confirmed_entries: u64,
    /// The root of the tree of all entries; where a head confirms the recorded hash of an altered entry, with that.
    pub last_root: Hash,
    /// What is wrong, by first entry; the first 100.
    pub findings: Vec<Finding>,
    /// How many findings there were, listed or not.
    pub all_findings: u64,
}

impl Report {
    /// Whether nothing is wrong.
    #[must_use]
    pub const fn is_sound(&self) -> bool {
        self.all_findings == 0
    }

    /// The number of the first entry that cannot be relied upon, from 0; `None` when nothing is wrong. It is the
    /// number of entries when all are good and others are missing after them.
    #[must_use]
    pub fn first_bad_entry(&self) -> Option<u64> {
        self.findings.first().map(|finding| finding.first_entry)
    }
}

/// Something that is wrong with a log. `Display` is one English sentence about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The number of the first entry that it concerns, from 0.
    pub first_entry: u64,
    /// The number of the last one, as far as it is known.
    pub last_entry: Option<u64>,
    /// What is wrong.
    pub fault: Fault,
}

/// What can be wrong with a log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// Entries are not what was recorded: exactly these.
    EntryDiffers(Altered),
    /// Entries are recorded but not there: exactly these.
    EntryMissing,
    /// The entries up to a trusted head do not give its root, nor does what is recorded of them. The first entry is
    /// one that differs from its record, if there is one since the last head that agreed.
    HeadDiffers {
        /// The size of the tree that the head signs.
        size: u64,
        /// How many of the first entries an earlier head vouches for.
        confirmed: u64,
    },
    /// Trusted heads state more entries than there are: the end was cut off.
    EntriesCutOff {
        /// The size that the last head states.
        size: u64,
        /// How many of the first entries a head vouches for: the others before the cut can be checked against what
        /// is recorded of them only.
        confirmed: u64,
    },
    /// No trusted head states these entries at the end.
    EntriesWithoutHead,
    /// Heads have not the form of one.
    MalformedHead {
        /// How many in a row.
        heads: u64,
    },
    /// Heads are those of another log.
    ForeignHead {
        /// The name of that log.
        origin: String,
        /// How many in a row.
        heads: u64,
    },
    /// No trusted key signed these heads.
    UntrustedHead {
        /// The size that the first of them states.
        size: u64,
        /// How many in a row.
        heads: u64,
    },
    /// A head states fewer entries than one before it.
    RollBack {
        /// The size that it states.
        size: u64,
        /// The size that was stated before.
        after: u64,
    },
    /// Two trusted heads of one size have different roots.
    TwoRoots {
        /// That size.
        size: u64,
    },
    /// A head came too late to be checked, after entries beyond its size.
    LateHead {
        /// The size that it states.
        size: u64,
    },
    /// The log is no continuation of what it was at an earlier time.
    NotExtended {
        /// The size of the earlier checkpoint.
        size: u64,
    },
}

/// Which of the two was altered when an entry and its recorded hash differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Altered {
    /// The entry: the next head agrees with what is recorded.
    Entry,
    /// The recorded hash: the next head agrees with the entry.
    Record,
    /// No head tells.
    Undecided,
}

impl Finding {
    /// A fault of the entries from `first` up to, but without, `end`; of all from there on when these are none.
    pub(crate) fn between(first: u64, end: u64, fault: Fault) -> Self {
        let last_entry = end.checked_sub(1).filter(|last| *last >= first && end < u64::MAX);
        Self { first_entry: first, last_entry, fault }
    }
}

impl Fault {
    /// Counts a refused head of the same kind as these; `false` when it is of another.
    pub(crate) fn count_head_like(&mut self, other: &Self) -> bool {
        match (self, other) {
            (Self::MalformedHead { heads }, Self::MalformedHead { .. })
            | (Self::UntrustedHead { heads, .. }, Self::UntrustedHead { .. }) => *heads += 1,
            (Self::ForeignHead { heads, origin }, Self::ForeignHead { origin: other, .. })
                if origin == other =>
            {
                *heads += 1;
            }
            _ => return false,
        }
        true
    }
}

/// The findings so far: all are counted, and those that begin first are kept.
#[derive(Debug, Default)]
pub(crate) struct Findings {
    kept: Vec<Finding>,
    all: u64,
}

impl Findings {
    /// Adds a finding; one that goes on where another of the same fault ended becomes part of that.
    pub(crate) fn add(&mut self, finding: Finding) {
        let place = self.kept.partition_point(|kept| kept.first_entry <= finding.first_entry);
        if let Some(before) = place.checked_sub(1).and_then(|before| self.kept.get_mut(before))
            && before.fault == finding.fault
            && before.last_entry.and_then(|last| last.checked_add(1)) == Some(finding.first_entry)
        {
            before.last_entry = finding.last_entry;
            return;
        }
        self.all += 1;
        self.kept.insert(place, finding);
        self.kept.truncate(MAX_LISTED);
    }

    pub(crate) fn into_parts(self) -> (Vec<Finding>, u64) {
        (self.kept, self.all)
    }
}
