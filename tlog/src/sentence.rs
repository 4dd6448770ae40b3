//! What is said of each finding, in one English sentence.

use std::fmt;

use crate::finding::{Altered, Fault, Finding};

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let entries = Numbers(self);
        match &self.fault {
            Fault::EntryDiffers(altered) => write!(f, "{entries}: {}", altered.sentence()),
            Fault::EntryMissing => {
                write!(f, "{entries}: removed, for what is recorded states more than is there")
            }
            Fault::HeadDiffers { size, confirmed } if self.first_entry > *confirmed => write!(
                f,
                "{entries}: the signed head of {size} entries follows neither from these nor from what is recorded of \
                 them, so that others from entry {confirmed} on may have been altered together with their record"
            ),
            Fault::HeadDiffers { size, confirmed } => write!(
                f,
                "{entries}: altered, added, removed or reordered somewhere here, for the signed head of {size} entries \
                 does not follow from them; the {confirmed} entries before agree with their heads"
            ),
            Fault::EntriesCutOff { size, confirmed } => write!(
                f,
                "{entries}: cut off, for a signed head states {size} entries; heads vouch for the first {confirmed}"
            ),
            Fault::EntriesWithoutHead => {
                write!(f, "{entries}: added after the last head, for no trusted head vouches for them")
            }
            Fault::NotExtended { size } => write!(
                f,
                "{entries}: rewritten or removed somewhere here since the earlier checkpoint of {size} entries, which \
                 the log does not extend; whoever did it may have had the signing key"
            ),
            head => head.fmt_head(f, &entries),
        }
    }
}

impl Fault {
    fn fmt_head(&self, f: &mut fmt::Formatter<'_>, entries: &Numbers<'_>) -> fmt::Result {
        match self {
            Self::MalformedHead { heads } => {
                write!(f, "{entries}: not vouched for by {} that cannot be read", Heads(*heads))
            }
            Self::ForeignHead { origin, heads } => {
                write!(f, "{entries}: not vouched for by {} of another log, {origin:?}", Heads(*heads))
            }
            Self::UntrustedHead { size, heads } => write!(
                f,
                "{entries}: not vouched for by {} without a trusted signature, the first for {size} entries",
                Heads(*heads)
            ),
            Self::RollBack { size, after } => {
                write!(f, "{entries}: taken back, for a head of {size} entries follows one of {after}")
            }
            Self::TwoRoots { size } => write!(
                f,
                "{entries}: told in two ways, for two signed heads of {size} entries differ, and whoever signed both \
                 shows different logs to different readers"
            ),
            Self::LateHead { size } => {
                write!(
                    f,
                    "{entries}: the head of {size} entries came after entries beyond it and was not checked"
                )
            }
            _ => Ok(()),
        }
    }
}

impl Altered {
    const fn sentence(self) -> &'static str {
        match self {
            Self::Entry => {
                "altered since being logged: the next signed head confirms the recorded hash, not what is here"
            }
            Self::Record => {
                "intact, but the recorded hash was altered: the next signed head confirms what is here, not the hash"
            }
            Self::Undecided => {
                "altered, or the recorded hash was: the two differ, and no signed head tells which is right"
            }
        }
    }
}

/// "a head", "2 heads".
struct Heads(u64);

impl fmt::Display for Heads {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0 == 1 { f.write_str("a head") } else { write!(f, "{} heads", self.0) }
    }
}

/// "entry 7", "entries 7 to 9", "entries from 7 on".
struct Numbers<'f>(&'f Finding);

impl fmt::Display for Numbers<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let first = self.0.first_entry;
        match self.0.last_entry {
            Some(last) if last == first => write!(f, "entry {first}"),
            Some(last) => write!(f, "entries {first} to {last}"),
            None => write!(f, "entries from {first} on"),
        }
    }
}
