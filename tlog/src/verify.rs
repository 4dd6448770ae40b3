//! The verification of a whole log, entry by entry, with little memory.

use std::collections::BTreeMap;

use crate::checkpoint::Checkpoint;
use crate::finding::{Altered, Fault, Finding, Findings, MAX_LISTED, Report};
use crate::frontier::Frontier;
use crate::hash::{Hash, leaf_hash};
use crate::heads::Heads;
use crate::key::VerifierKey;

/// Verifies a log: its entries are fed in their order, its heads in the order in which they were signed. A head
/// may come at any time before the entry after its size: all at once, or shortly before, which bounds the memory.
///
/// Two trees grow: that of the entries, and, from the first entry on that is not what was recorded, that of the
/// recorded hashes. The next head tells which of them is right, and both go on from there.
pub struct Verifier<'k> {
    heads: Heads<'k>,
    tree: Frontier,
    record: Option<Frontier>,
    due: BTreeMap<u64, Due>,
    next_due: u64,
    confirmed_heads: u64,
    /// How many of the first entries a head or an earlier checkpoint was found to agree with.
    confirmed: u64,
    /// The same of earlier checkpoints alone.
    extended: u64,
    /// The first earlier checkpoint that did not agree: its size, and where the fault begins if the heads are true.
    not_extended: Option<(u64, u64)>,
    /// Where the fault begins because of which the last head did not agree, so that those after it cannot either.
    failing: Option<u64>,
    /// Entries that are not what was recorded, since the last head.
    differences: Vec<Finding>,
    findings: Findings,
}

/// What is to be compared with the tree when it has a certain size.
#[derive(Default)]
struct Due {
    head: Option<Hash>,
    heads: u64,
    earlier: Vec<Hash>,
}

impl<'k> Verifier<'k> {
    /// Begins with the log of that name, whose heads must be signed by one of these keys.
    #[must_use]
    pub fn new(origin: &'k str, trusted: &'k [VerifierKey]) -> Self {
        Self {
            heads: Heads::new(origin, trusted),
            tree: Frontier::new(),
            record: None,
            due: BTreeMap::new(),
            next_due: u64::MAX,
            confirmed_heads: 0,
            confirmed: 0,
            extended: 0,
            not_extended: None,
            failing: None,
            differences: Vec::new(),
            findings: Findings::default(),
        }
    }

    /// Demands that the log extend what it was known to be at an earlier time. The caller vouches for the
    /// checkpoint. Before the first entry; may be called for several.
    pub fn must_extend(&mut self, earlier: &Checkpoint) {
        if let Some(fault) = self.heads.foreign(earlier) {
            self.findings.add(Finding::between(0, earlier.size, fault));
        } else if earlier.size < self.tree.size() {
            self.late(earlier.size);
        } else {
            self.due.entry(earlier.size).or_default().earlier.push(earlier.root);
            self.look_ahead();
        }
    }

    /// Expects that the tree will have the root that a signed head states.
    pub fn expect_head(&mut self, note: &str) {
        let Some(head) = self.heads.hear(note, &mut self.findings) else { return };
        let size = head.size;
        let newest =
            self.heads.newest.as_ref().filter(|newest| newest.size == size).map(|newest| newest.root);
        let due = self.due.get(&size).and_then(|due| due.head);
        if due.or(newest).is_some_and(|root| root != head.root) {
            let begin = self.vouched_before(size);
            self.findings.add(Finding::between(begin, size, Fault::TwoRoots { size }));
        } else if size >= self.tree.size() {
            let due = self.due.entry(size).or_default();
            due.head = Some(head.root);
            due.heads += 1;
            self.look_ahead();
        } else if newest.is_none() || size != self.confirmed {
            self.late(size);
        }
    }

    /// Feeds the next entry, with the hash that the log keeps of it if there is one.
    pub fn entry(&mut self, bytes: &[u8], recorded: Option<&Hash>) {
        let leaf = leaf_hash(bytes);
        let recorded = recorded.copied().unwrap_or(leaf);
        if leaf != recorded {
            self.differs(Fault::EntryDiffers(Altered::Undecided));
        }
        self.append(leaf, recorded);
    }

    /// Feeds the hash that the log keeps of the next entry when the entry itself is not there.
    pub fn missing(&mut self, recorded: &Hash) {
        self.differs(Fault::EntryMissing);
        self.append(*recorded, *recorded);
    }

    /// How many trusted heads wait for entries to come.
    #[must_use]
    pub fn pending_heads(&self) -> usize {
        self.due.values().filter(|due| due.head.is_some()).count()
    }

    /// Ends with what was found.
    #[must_use]
    pub fn finish(mut self) -> Report {
        self.settle(Altered::Undecided);
        self.judge_end();
        self.judge_extension();
        let (findings, all_findings) = self.findings.into_parts();
        Report {
            entries: self.tree.size(),
            heads: self.heads.all,
            confirmed_heads: self.confirmed_heads,
            confirmed_entries: self.confirmed,
            last_root: self.tree.root(),
            findings,
            all_findings,
        }
    }

    fn late(&mut self, size: u64) {
        self.findings.add(Finding::between(size, self.tree.size(), Fault::LateHead { size }));
    }

    /// The size of the trusted head before one of that size.
    fn vouched_before(&self, size: u64) -> u64 {
        if size == self.heads.vouched() {
            return self.heads.before_newest;
        }
        let pending = self.due.range(..size).rev().find(|(_, due)| due.head.is_some());
        pending.map_or(self.confirmed.min(size), |(before, _)| *before)
    }

    fn look_ahead(&mut self) {
        if self.due.contains_key(&self.tree.size()) {
            self.judge();
        }
        self.next_due = self.due.first_key_value().map_or(u64::MAX, |(size, _)| *size);
    }

    fn append(&mut self, leaf: Hash, recorded: Hash) {
        if leaf != recorded && self.record.is_none() {
            self.record = Some(self.tree.clone());
        }
        self.tree.push(leaf);
        if let Some(record) = &mut self.record {
            record.push(recorded);
        }
        if self.tree.size() == self.next_due {
            self.look_ahead();
        }
    }

    /// Notes that the next entry is not what was recorded; neighbours become one finding.
    fn differs(&mut self, fault: Fault) {
        let index = self.tree.size();
        if let Some(last) = self.differences.last_mut()
            && last.fault == fault
            && last.last_entry.is_some_and(|last| last + 1 == index)
        {
            last.last_entry = Some(index);
            return;
        }
        if self.differences.len() >= MAX_LISTED {
            self.settle(Altered::Undecided);
        }
        self.differences.push(Finding { first_entry: index, last_entry: Some(index), fault });
    }

    /// Compares the trees with what is due at their size.
    fn judge(&mut self) {
        let size = self.tree.size();
        let Some(due) = self.due.remove(&size) else { return };
        if let Some(root) = due.head {
            if self.agrees(root) {
                self.confirmed_heads += due.heads;
            } else if self.failing.is_none() {
                let begin = self.fault_begin();
                self.failing = Some(begin);
                let fault = Fault::HeadDiffers { size, confirmed: self.confirmed };
                self.settle(Altered::Undecided);
                self.findings.add(Finding::between(begin, size, fault));
            }
        }
        for root in due.earlier {
            if self.agrees(root) {
                self.extended = size;
            } else {
                self.not_extended = self.not_extended.or(Some((size, self.fault_begin())));
            }
        }
    }

    /// Where the fault begins because of which the tree has not the root that it should have.
    fn fault_begin(&self) -> u64 {
        let different = || self.differences.first().map(|finding| finding.first_entry);
        self.failing.or_else(different).unwrap_or(self.confirmed)
    }

    /// Whether one of the trees has that root. If so, that is the right one.
    fn agrees(&mut self, root: Hash) -> bool {
        let altered = if self.tree.root() == root {
            Altered::Record
        } else if let Some(record) = self.record.take_if(|record| record.root() == root) {
            self.tree = record;
            Altered::Entry
        } else {
            return false;
        };
        self.record = None;
        self.settle(altered);
        self.confirmed = self.tree.size();
        self.failing = None;
        true
    }

    /// Reports the differences since the last head, of which it is known now what was altered.
    fn settle(&mut self, altered: Altered) {
        for mut finding in self.differences.drain(..) {
            if let Fault::EntryDiffers(kind) = &mut finding.fault {
                *kind = altered;
            }
            self.findings.add(finding);
        }
    }

    /// Compares the number of entries with the heads.
    fn judge_end(&mut self) {
        let (entries, vouched) = (self.tree.size(), self.heads.vouched());
        let refused_end = self.heads.end_refused(&mut self.findings).unwrap_or(0);
        if vouched > entries {
            let fault = Fault::EntriesCutOff { size: vouched, confirmed: self.confirmed };
            self.findings.add(Finding::between(entries, vouched, fault));
        } else if entries > vouched.max(refused_end) {
            self.findings.add(Finding::between(vouched, entries, Fault::EntriesWithoutHead));
        }
    }

    /// Says where the log parts from earlier checkpoints.
    fn judge_extension(&mut self) {
        if let Some((size, begin)) = self.not_extended {
            // Heads that agree with entries which contradict an earlier one are a second history under the same key:
            // then none of them tells where it parts from the first.
            let begin = if self.confirmed >= size { self.extended.min(size) } else { begin };
            self.findings.add(Finding::between(begin, size, Fault::NotExtended { size }));
        }
        let beyond = self.due.iter().rev().find(|(_, due)| !due.earlier.is_empty());
        if let Some((size, _)) = beyond.filter(|(size, _)| **size > self.heads.vouched()) {
            let fault = Fault::NotExtended { size: *size };
            self.findings.add(Finding::between(self.tree.size(), *size, fault));
        }
    }
}
