//! What is said of each fault.

use tlog::{Checkpoint, Hash, Report, Verifier, VerifierKey, leaf_hash, sign};

use crate::made::{ORIGIN, head, key, roots, verifier};

/// The first ten entries, their leaves and the roots of the trees of 0 to 10 of them.
struct Ten {
    entries: Vec<Vec<u8>>,
    leaves: Vec<Hash>,
    roots: Vec<Hash>,
}

fn ten() -> Ten {
    let entries: Vec<_> = (0..10).map(|number| format!("entry {number}").into_bytes()).collect();
    let leaves: Vec<_> = entries.iter().map(|entry| leaf_hash(entry)).collect();
    Ten { roots: roots(&leaves), entries, leaves }
}

impl Ten {
    fn head(&self, size: usize) -> String {
        head(size, self.roots[size], &[&key(1)])
    }

    fn checkpoint(&self, size: usize) -> Checkpoint {
        Checkpoint { origin: ORIGIN.into(), size: size.try_into().unwrap(), root: self.roots[size] }
    }

    fn feed(&self, verifier: &mut Verifier<'_>, entries: std::ops::Range<usize>) {
        self.entries[entries].iter().for_each(|entry| verifier.entry(entry, None));
    }
}

/// What is said of a log of ten entries that is fed in this way.
fn said(fed: impl FnOnce(&mut Verifier<'_>, &Ten)) -> Vec<String> {
    let report = report(fed);
    assert_eq!(report.first_bad_entry(), report.findings.iter().map(|finding| finding.first_entry).min());
    assert_eq!(report.all_findings, u64::try_from(report.findings.len()).unwrap());
    report.findings.iter().map(ToString::to_string).collect()
}

fn report(fed: impl FnOnce(&mut Verifier<'_>, &Ten)) -> Report {
    let trusted: [VerifierKey; 1] = [verifier(1)];
    let mut verifier = Verifier::new(ORIGIN, &trusted);
    fed(&mut verifier, &ten());
    verifier.finish()
}

/// Heads of 4, 7 and 10 entries, and these entries and recorded hashes.
fn fed(changed: &'static [(usize, &'static str)], recorded: &'static [(usize, &'static str)]) -> Vec<String> {
    said(|verifier, ten| {
        for size in [4, 7, 10] {
            verifier.expect_head(&ten.head(size));
        }
        for index in 0..10 {
            let of = |list: &'static [(usize, &'static str)]| list.iter().find(|(at, _)| *at == index);
            let entry = of(changed).map_or(ten.entries[index].as_slice(), |(_, text)| text.as_bytes());
            let leaf = of(recorded).map_or(ten.leaves[index], |(_, text)| leaf_hash(text.as_bytes()));
            verifier.entry(entry, Some(&leaf));
        }
    })
}

#[test]
fn an_entry_that_is_not_what_was_recorded_is_named() {
    const CONFIRMED: &str =
        "altered since being logged: the next signed head confirms the recorded hash, not what is here";
    assert_eq!(fed(&[(5, "x")], &[]), [format!("entry 5: {CONFIRMED}")]);
    assert_eq!(
        fed(&[(2, "x"), (3, "y"), (4, "z"), (8, "x")], &[]),
        [format!("entries 2 to 4: {CONFIRMED}"), format!("entry 8: {CONFIRMED}")]
    );
}

#[test]
fn a_recorded_hash_that_was_altered_is_told_from_an_altered_entry() {
    assert_eq!(
        fed(&[], &[(5, "x")]),
        [
            "entry 5: intact, but the recorded hash was altered: the next signed head confirms what is here, not the hash"
        ]
    );
}

#[test]
fn an_entry_and_a_recorded_hash_that_were_altered_together_lie_between_two_heads() {
    assert_eq!(
        fed(&[(5, "x")], &[(5, "x")]),
        [
            "entries 4 to 6: altered, added, removed or reordered somewhere here, for the signed head of 7 entries does not \
         follow from them; the 4 entries before agree with their heads"
        ]
    );
}

#[test]
fn where_neither_agrees_with_the_head_the_entry_is_named_all_the_same() {
    let said = fed(&[(5, "x")], &[(5, "y")]);
    assert_eq!(
        said[0],
        "entry 5: altered, or the recorded hash was: the two differ, and no signed head tells which is right"
    );
    assert_eq!(
        said[1],
        "entries 5 to 6: the signed head of 7 entries follows neither from these nor from what is recorded of them, so \
         that others from entry 4 on may have been altered together with their record"
    );
    assert_eq!(said.len(), 2);
}

#[test]
fn an_entry_that_is_recorded_but_not_there_is_missing() {
    let said = said(|verifier, ten| {
        verifier.expect_head(&ten.head(10));
        ten.feed(verifier, 0..3);
        verifier.missing(&ten.leaves[3]);
        verifier.missing(&ten.leaves[4]);
        ten.feed(verifier, 5..10);
    });
    assert_eq!(said, ["entries 3 to 4: removed, for what is recorded states more than is there"]);
}

#[test]
fn entries_that_are_cut_off_or_added_at_the_end_are_named() {
    let cut = said(|verifier, ten| {
        for size in [4, 7, 10] {
            verifier.expect_head(&ten.head(size));
        }
        ten.feed(verifier, 0..6);
    });
    assert_eq!(
        cut,
        ["entries 6 to 9: cut off, for a signed head states 10 entries; heads vouch for the first 4"]
    );
    let added = said(|verifier, ten| {
        verifier.expect_head(&ten.head(7));
        ten.feed(verifier, 0..10);
    });
    assert_eq!(added, ["entries 7 to 9: added after the last head, for no trusted head vouches for them"]);
}

#[test]
fn heads_that_are_refused_are_counted_in_one_sentence() {
    let untrusted = said(|verifier, ten| {
        verifier.expect_head(&ten.head(4));
        for size in [7, 10] {
            verifier.expect_head(&head(size, ten.roots[size], &[&key(2)]));
        }
        ten.feed(verifier, 0..10);
    });
    assert_eq!(
        untrusted,
        ["entries 4 to 9: not vouched for by 2 heads without a trusted signature, the first for 7 entries"]
    );
    let foreign = said(|verifier, ten| {
        let other = Checkpoint { origin: "example.com/other".into(), ..ten.checkpoint(4) };
        verifier.expect_head(&sign(&other.to_string(), ORIGIN, &[&key(1)]).unwrap());
        verifier.expect_head(&ten.head(10));
        ten.feed(verifier, 0..10);
    });
    assert_eq!(foreign, ["entries 0 to 3: not vouched for by a head of another log, \"example.com/other\""]);
    let malformed = said(|verifier, ten| {
        verifier.expect_head(&ten.head(4));
        verifier.expect_head("nothing");
        verifier.expect_head(&sign("nothing\n", ORIGIN, &[&key(1)]).unwrap());
        ten.feed(verifier, 0..10);
    });
    assert_eq!(malformed, ["entries from 4 on: not vouched for by 2 heads that cannot be read"]);
}

#[test]
fn heads_that_contradict_each_other_are_named() {
    let back = said(|verifier, ten| {
        for size in [4, 10, 6, 7, 10] {
            verifier.expect_head(&ten.head(size));
        }
        ten.feed(verifier, 0..10);
    });
    assert_eq!(back, ["entries 6 to 9: taken back, for a head of 6 entries follows one of 10"]);
    let two = said(|verifier, ten| {
        for size in [4, 10] {
            verifier.expect_head(&ten.head(size));
        }
        verifier.expect_head(&head(10, ten.roots[9], &[&key(1)]));
        ten.feed(verifier, 0..10);
    });
    assert_eq!(
        two,
        [
            "entries 4 to 9: told in two ways, for two signed heads of 10 entries differ, and whoever signed both shows \
         different logs to different readers"
        ]
    );
    let two_afterwards = said(|verifier, ten| {
        verifier.expect_head(&ten.head(4));
        ten.feed(verifier, 0..10);
        verifier.expect_head(&ten.head(10));
        verifier.expect_head(&head(10, ten.roots[9], &[&key(1)]));
    });
    assert_eq!(two_afterwards, two);
    let late = said(|verifier, ten| {
        ten.feed(verifier, 0..8);
        for size in [7, 10] {
            verifier.expect_head(&ten.head(size));
        }
        ten.feed(verifier, 8..10);
    });
    assert_eq!(late, ["entry 7: the head of 7 entries came after entries beyond it and was not checked"]);
}

#[test]
fn a_false_head_does_not_hide_that_the_next_one_agrees() {
    let report = report(|verifier, ten| {
        verifier.expect_head(&ten.head(4));
        verifier.expect_head(&head(7, ten.roots[6], &[&key(1)]));
        verifier.expect_head(&ten.head(9));
        verifier.expect_head(&head(10, ten.roots[6], &[&key(1)]));
        ten.feed(verifier, 0..10);
    });
    let ranges: Vec<_> =
        report.findings.iter().map(|finding| (finding.first_entry, finding.last_entry)).collect();
    assert_eq!(ranges, [(4, Some(6)), (9, Some(9))]);
    assert_eq!((report.heads, report.confirmed_heads, report.confirmed_entries), (4, 2, 9));
}

#[test]
fn a_head_of_no_entries_has_the_root_of_none() {
    let report = report(|verifier, ten| {
        verifier.expect_head(&head(0, ten.roots[1], &[&key(1)]));
        verifier.expect_head(&ten.head(10));
        ten.feed(verifier, 0..10);
    });
    assert_eq!((report.first_bad_entry(), report.all_findings, report.confirmed_heads), (Some(0), 1, 1));
}

#[test]
fn a_log_that_does_not_extend_an_earlier_checkpoint_is_named() {
    let rewritten = said(|verifier, ten| {
        verifier.must_extend(&ten.checkpoint(3));
        verifier.must_extend(&Checkpoint { root: ten.roots[1], ..ten.checkpoint(6) });
        for size in [4, 10] {
            verifier.expect_head(&ten.head(size));
        }
        ten.feed(verifier, 0..10);
    });
    assert_eq!(
        rewritten,
        [
            "entries 3 to 5: rewritten or removed somewhere here since the earlier checkpoint of 6 entries, which the log \
         does not extend; whoever did it may have had the signing key"
        ]
    );
    let shortened = said(|verifier, ten| {
        verifier.must_extend(&ten.checkpoint(9));
        verifier.expect_head(&ten.head(7));
        ten.feed(verifier, 0..7);
    });
    assert!(shortened[0].starts_with("entries 7 to 8: rewritten or removed somewhere here"), "{shortened:?}");
    let foreign = said(|verifier, ten| {
        verifier.must_extend(&Checkpoint { origin: "example.com/other".into(), ..ten.checkpoint(9) });
    });
    assert_eq!(foreign.len(), 1);
    let late = said(|verifier, ten| {
        verifier.expect_head(&ten.head(10));
        ten.feed(verifier, 0..10);
        verifier.must_extend(&ten.checkpoint(9));
    });
    assert_eq!(late.len(), 1);
}

#[test]
fn of_very_many_findings_the_first_hundred_are_listed_and_all_are_counted() {
    let report = report(|verifier, _| {
        let recorded = leaf_hash(b"recorded");
        for number in 0..1_000 {
            verifier.entry(b"entry", if number % 2 == 0 { Some(&recorded) } else { None });
        }
    });
    assert_eq!((report.findings.len(), report.all_findings), (100, 501));
    assert_eq!(report.first_bad_entry(), Some(0));
    assert!(!report.is_sound());
}
