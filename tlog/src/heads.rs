//! The heads of a log as they come: which are taken at their word, and what the others are.

use crate::checkpoint::Checkpoint;
use crate::finding::{Fault, Finding, Findings};
use crate::key::VerifierKey;
use crate::note::Note;

/// What was heard from heads so far.
pub(crate) struct Heads<'k> {
    origin: &'k str,
    trusted: &'k [VerifierKey],
    /// How many there were.
    pub(crate) all: u64,
    /// The trusted one that states most entries.
    pub(crate) newest: Option<Checkpoint>,
    /// How many entries were vouched for before that one.
    pub(crate) before_newest: u64,
    /// The size that the trusted one before stated.
    last_size: u64,
    /// Refused ones since the last trusted one, as one finding for each kind in a row.
    refused: Option<Finding>,
}

impl<'k> Heads<'k> {
    pub(crate) const fn new(origin: &'k str, trusted: &'k [VerifierKey]) -> Self {
        Self { origin, trusted, all: 0, newest: None, before_newest: 0, last_size: 0, refused: None }
    }

    /// How many entries a trusted head vouches for.
    pub(crate) fn vouched(&self) -> u64 {
        self.newest.as_ref().map_or(0, |newest| newest.size)
    }

    /// Whether a checkpoint is of this log.
    pub(crate) fn foreign(&self, checkpoint: &Checkpoint) -> Option<Fault> {
        (checkpoint.origin != self.origin)
            .then(|| Fault::ForeignHead { origin: checkpoint.origin.clone(), heads: 1 })
    }

    /// Hears a head: gives what it states when it is trusted.
    pub(crate) fn hear(&mut self, note: &str, findings: &mut Findings) -> Option<Checkpoint> {
        self.all += 1;
        match self.read(note) {
            Ok(head) => {
                self.end_refused(findings);
                if head.size < self.last_size {
                    let fault = Fault::RollBack { size: head.size, after: self.last_size };
                    findings.add(Finding::between(head.size, self.last_size, fault));
                }
                self.last_size = head.size;
                if self.newest.is_none() || head.size > self.vouched() {
                    self.before_newest = self.vouched();
                    self.newest = Some(head.clone());
                }
                Some(head)
            }
            Err((fault, stated)) => {
                self.refuse(fault, stated, findings);
                None
            }
        }
    }

    /// What a trusted head states, or else what is wrong with it and the size that it states.
    fn read(&self, note: &str) -> Result<Checkpoint, (Fault, Option<u64>)> {
        let malformed = (Fault::MalformedHead { heads: 1 }, None);
        let Ok(note) = Note::parse(note) else { return Err(malformed) };
        let Ok(head) = Checkpoint::parse(note.text()) else { return Err(malformed) };
        if let Some(fault) = self.foreign(&head) {
            return Err((fault, Some(head.size)));
        }
        if !note.is_signed_by_any(self.trusted) {
            return Err((Fault::UntrustedHead { size: head.size, heads: 1 }, Some(head.size)));
        }
        Ok(head)
    }

    fn refuse(&mut self, fault: Fault, stated: Option<u64>, findings: &mut Findings) {
        if let Some(refused) = &mut self.refused
            && refused.fault.count_head_like(&fault)
        {
            refused.last_entry = refused.last_entry.max(stated.and_then(|size| size.checked_sub(1)));
            return;
        }
        self.end_refused(findings);
        // The size that it states is not to be relied upon either.
        self.refused = Some(Finding::between(self.vouched(), stated.unwrap_or(u64::MAX), fault));
    }

    /// Ends the row of refused heads. Gives the end of the entries that nothing else vouches for therefore.
    pub(crate) fn end_refused(&mut self, findings: &mut Findings) -> Option<u64> {
        let refused = self.refused.take()?;
        let end = refused.last_entry.map_or(u64::MAX, |last| last.saturating_add(1));
        findings.add(refused);
        Some(end)
    }
}
