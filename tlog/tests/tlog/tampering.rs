//! Ten thousand tamperings with a log of 2,000 events: each is found, and the first bad entry is the right one.

use std::borrow::Cow;

use tlog::{Checkpoint, Hash, Report, Verifier, VerifierKey, leaf_hash, sign};

use crate::made::{ORIGIN, Random, event, head, key, roots, verifier};

const EVENTS: usize = 2_000;
const HEADS: usize = 60;
const CASES: u64 = 10_500;

/// The log as it was written.
struct Written {
    events: Vec<Vec<u8>>,
    leaves: Vec<Hash>,
    roots: Vec<Hash>,
    /// Size and note of each.
    heads: Vec<(usize, String)>,
}

/// What whoever verifies gets to see of it.
struct Shown<'w> {
    /// `None` when an event is not there though it is recorded.
    events: Vec<Option<Cow<'w, [u8]>>>,
    /// Empty when nothing is recorded.
    recorded: Vec<Hash>,
    heads: Vec<(usize, String)>,
    /// Sizes at which the log was seen before.
    earlier: Vec<usize>,
}

#[derive(Debug, Clone, Copy)]
enum Tampering {
    EditByte,
    Delete,
    Swap,
    Insert,
    Duplicate,
    CutEvents,
    CutEventsAndHeads,
    SignHeadAgain,
    NameAnotherLog,
    GarbleHead,
    ForgeRoot,
    RollBack,
    SwapHeads,
    EditRecord,
    EditEventAndRecord,
    EditEventAndRecordApart,
    RemoveButRecord,
    RebuildWithAnotherKey,
    RebuildWithTheKey,
}

const ALL: [Tampering; 19] = [
    Tampering::EditByte,
    Tampering::Delete,
    Tampering::Swap,
    Tampering::Insert,
    Tampering::Duplicate,
    Tampering::CutEvents,
    Tampering::CutEventsAndHeads,
    Tampering::SignHeadAgain,
    Tampering::NameAnotherLog,
    Tampering::GarbleHead,
    Tampering::ForgeRoot,
    Tampering::RollBack,
    Tampering::SwapHeads,
    Tampering::EditRecord,
    Tampering::EditEventAndRecord,
    Tampering::EditEventAndRecordApart,
    Tampering::RemoveButRecord,
    Tampering::RebuildWithAnotherKey,
    Tampering::RebuildWithTheKey,
];

fn written() -> Written {
    let mut random = Random(11);
    let events: Vec<_> = (0..EVENTS).map(|number| event(number, &mut random)).collect();
    let leaves: Vec<_> = events.iter().map(|event| leaf_hash(event)).collect();
    let roots = roots(&leaves);
    let mut sizes: Vec<_> = (1..HEADS).map(|_| random.between(1, EVENTS)).chain([EVENTS]).collect();
    sizes.sort_unstable();
    sizes.dedup();
    let heads = sizes.into_iter().map(|size| (size, head(size, roots[size], &[&key(1)]))).collect();
    Written { events, leaves, roots, heads }
}

impl<'w> Shown<'w> {
    fn of(written: &'w Written, random: &mut Random) -> Self {
        let kept = random.between(1, 10);
        let mut heads = written.heads.clone();
        heads.retain(|(size, _)| *size == EVENTS || random.chance(kept));
        if heads.len() < 3 {
            heads.clone_from(&written.heads);
        }
        let earlier = (0..random.between(0, 3)).map(|_| random.between(1, EVENTS + 1)).collect();
        Self {
            events: written.events.iter().map(|event| Some(Cow::Borrowed(event.as_slice()))).collect(),
            recorded: if random.chance(5) { written.leaves.clone() } else { Vec::new() },
            heads,
            earlier,
        }
    }

    /// The size of the last head of at most so many entries.
    fn head_up_to(&self, size: usize) -> usize {
        self.heads.iter().map(|(head, _)| *head).filter(|head| *head <= size).max().unwrap_or(0)
    }

    fn earlier_up_to(&self, size: usize) -> usize {
        self.earlier.iter().copied().filter(|earlier| *earlier <= size).max().unwrap_or(0)
    }

    /// Up to where the log is known to be good when entry `index` is the first bad one and nothing names it.
    fn known_up_to(&self, index: usize) -> usize {
        self.head_up_to(index).max(self.earlier_up_to(index))
    }

    /// The first bad entry when the events from `index` on are not what they were.
    fn first_bad(&self, index: usize) -> usize {
        if self.recorded.is_empty() && index < EVENTS { self.known_up_to(index) } else { index }
    }

    fn record(&mut self, written: &Written) {
        self.recorded.clone_from(&written.leaves);
    }

    fn edit(&mut self, index: usize, random: &mut Random) -> Hash {
        let event = self.events[index].as_mut().unwrap().to_mut();
        let place = random.between(0, event.len());
        event[place] ^= 1 << random.between(0, 8);
        leaf_hash(event)
    }

    /// Writes the events from `index` on anew and signs the heads after it with this key.
    fn rebuild(&mut self, index: usize, seed: u8, random: &mut Random) {
        for number in index..EVENTS {
            self.events[number] = Some(Cow::Owned(event(number, random)));
        }
        let leaves: Vec<_> = self.events.iter().flatten().map(|event| leaf_hash(event)).collect();
        let roots = roots(&leaves);
        for (size, note) in self.heads.iter_mut().filter(|(size, _)| *size > index) {
            *note = head(*size, roots[*size], &[&key(seed)]);
        }
        if !self.recorded.is_empty() {
            self.recorded = leaves;
        }
    }

    fn verified(&self, written: &Written, trusted: &[VerifierKey]) -> Report {
        let mut verifier = Verifier::new(ORIGIN, trusted);
        for size in &self.earlier {
            let (root, size) = (written.roots[*size], (*size).try_into().unwrap());
            verifier.must_extend(&Checkpoint { origin: ORIGIN.into(), size, root });
        }
        self.heads.iter().for_each(|(_, note)| verifier.expect_head(note));
        for (index, event) in self.events.iter().enumerate() {
            match event {
                Some(event) => verifier.entry(event, self.recorded.get(index)),
                None => verifier.missing(&self.recorded[index]),
            }
        }
        verifier.finish()
    }
}

/// Does it, and gives the first bad entry.
fn tamper(shown: &mut Shown<'_>, written: &Written, tampering: Tampering, random: &mut Random) -> usize {
    let index = random.between(0, EVENTS);
    match tampering {
        Tampering::EditByte
        | Tampering::Delete
        | Tampering::Swap
        | Tampering::Insert
        | Tampering::Duplicate
        | Tampering::CutEvents
        | Tampering::CutEventsAndHeads => tamper_with_events(shown, tampering, index, random),
        Tampering::SignHeadAgain
        | Tampering::NameAnotherLog
        | Tampering::GarbleHead
        | Tampering::ForgeRoot
        | Tampering::RollBack
        | Tampering::SwapHeads => tamper_with_heads(shown, written, tampering, random),
        _ => tamper_with_more(shown, written, tampering, random),
    }
}

fn tamper_with_events(
    shown: &mut Shown<'_>,
    tampering: Tampering,
    index: usize,
    random: &mut Random,
) -> usize {
    match tampering {
        Tampering::EditByte => {
            shown.edit(index, random);
            shown.first_bad(index)
        }
        Tampering::Delete => {
            shown.events.remove(index);
            // Without records and before nothing that could be compared, it looks like a cut.
            let compared = shown.head_up_to(EVENTS - 1).max(shown.earlier_up_to(EVENTS - 1)) > index;
            if compared || !shown.recorded.is_empty() { shown.first_bad(index) } else { EVENTS - 1 }
        }
        Tampering::Swap => {
            let other = random.between(0, EVENTS);
            shown.events.swap(index, if other == index { (index + 1) % EVENTS } else { other });
            let first = if other == index { index.min((index + 1) % EVENTS) } else { index.min(other) };
            shown.first_bad(first)
        }
        Tampering::Insert => {
            let place = random.between(0, EVENTS + 1);
            shown.events.insert(place, Some(Cow::Owned(event(index, random))));
            shown.first_bad(place)
        }
        Tampering::Duplicate => {
            let place = random.between(index + 1, EVENTS + 1);
            shown.events.insert(place, shown.events[index].clone());
            shown.first_bad(place)
        }
        Tampering::CutEvents => {
            shown.events.truncate(index);
            index
        }
        _ => {
            let left = random.between(0, shown.heads.len() - 1);
            shown.heads.truncate(left);
            let size = shown.heads.last().map_or(0, |(size, _)| *size);
            shown.events.truncate(size);
            shown.earlier.push(random.between(size + 1, EVENTS + 1));
            size
        }
    }
}

fn tamper_with_heads(
    shown: &mut Shown<'_>,
    written: &Written,
    tampering: Tampering,
    random: &mut Random,
) -> usize {
    let number = random.between(0, shown.heads.len());
    let size = shown.heads[number].0;
    let before = shown.head_up_to(size - 1);
    let note = &mut shown.heads[number].1;
    match tampering {
        Tampering::SignHeadAgain => {
            *note = head(size, written.roots[size], &[&key(2)]);
            before
        }
        Tampering::NameAnotherLog => {
            let root = written.roots[size];
            let other =
                Checkpoint { origin: "example.com/other".into(), size: size.try_into().unwrap(), root };
            *note = sign(&other.to_string(), ORIGIN, &[&key(1)]).unwrap();
            before
        }
        Tampering::GarbleHead => {
            let places: Vec<_> = note.char_indices().map(|(place, _)| place).collect();
            note.remove(places[random.between(0, places.len())]);
            before
        }
        Tampering::ForgeRoot => {
            *note = head(size, written.roots[size - 1], &[&key(1)]);
            shown.known_up_to(size - 1)
        }
        Tampering::RollBack => {
            let earlier = random.between(0, shown.heads.len() - 1);
            shown.heads.push(shown.heads[earlier].clone());
            shown.heads[earlier].0
        }
        _ => {
            let first = random.between(0, shown.heads.len() - 1);
            let second = random.between(first + 1, shown.heads.len());
            shown.heads.swap(first, second);
            shown.heads[second].0
        }
    }
}

fn tamper_with_more(
    shown: &mut Shown<'_>,
    written: &Written,
    tampering: Tampering,
    random: &mut Random,
) -> usize {
    let index = random.between(0, EVENTS);
    match tampering {
        Tampering::EditRecord => {
            shown.record(written);
            shown.recorded[index] = Hash::from_bytes([9; 32]);
            index
        }
        Tampering::EditEventAndRecord => {
            shown.record(written);
            shown.recorded[index] = shown.edit(index, random);
            shown.known_up_to(index)
        }
        Tampering::EditEventAndRecordApart => {
            shown.record(written);
            shown.edit(index, random);
            shown.recorded[index] = Hash::from_bytes([9; 32]);
            index
        }
        Tampering::RemoveButRecord => {
            shown.record(written);
            shown.events[index] = None;
            index
        }
        Tampering::RebuildWithAnotherKey => {
            shown.rebuild(index, 2, random);
            shown.head_up_to(index)
        }
        _ => {
            shown.rebuild(index, 1, random);
            // Only what was seen earlier can tell.
            shown.earlier.push(random.between(index + 1, EVENTS + 1));
            shown.earlier_up_to(index)
        }
    }
}

#[test]
fn every_tampering_is_found_and_its_first_bad_entry_named() {
    let written = written();
    let trusted = [verifier(1)];
    for seed in 0..CASES {
        let mut random = Random(seed);
        let mut shown = Shown::of(&written, &mut random);
        let tampering = ALL[random.between(0, ALL.len())];
        let expected = tamper(&mut shown, &written, tampering, &mut random);
        let report = shown.verified(&written, &trusted);
        let first = report.first_bad_entry().map(|first| usize::try_from(first).unwrap());
        assert_eq!(first, Some(expected), "seed {seed}, {tampering:?}: {:?}", report.findings);
        assert!(report.all_findings <= 4, "seed {seed}, {tampering:?}: {:?}", report.findings);
    }
}

#[test]
fn what_nobody_tampered_with_is_sound() {
    let written = written();
    let trusted = [verifier(1)];
    for seed in 0..200 {
        let report = Shown::of(&written, &mut Random(seed)).verified(&written, &trusted);
        assert!(report.is_sound(), "seed {seed}: {:?}", report.findings);
    }
}
