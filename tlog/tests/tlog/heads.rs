//! Honest logs, of which nothing bad is to be said.

use tlog::{Checkpoint, Fault, Hash, Report, Verifier, VerifierKey, leaf_hash};

use crate::made::{ORIGIN, Random, event, head, key, roots, verifier};

struct Log {
    entries: Vec<Vec<u8>>,
    leaves: Vec<Hash>,
    roots: Vec<Hash>,
    /// Sizes in their order, the last one that of the log.
    heads: Vec<usize>,
}

fn log(entries: usize, heads: usize, random: &mut Random) -> Log {
    let entries: Vec<_> = (0..entries).map(|number| event(number, random)).collect();
    let leaves: Vec<_> = entries.iter().map(|entry| leaf_hash(entry)).collect();
    let mut sizes: Vec<_> = (0..heads).map(|_| random.between(0, entries.len() + 1)).collect();
    sizes.sort_unstable();
    sizes.push(entries.len());
    Log { roots: roots(&leaves), entries, leaves, heads: sizes }
}

/// The keys that sign a head: the new one from `changed` on, and that one head under both.
fn signed(log: &Log, number: usize, changed: usize) -> String {
    let size = log.heads[number];
    let both = [&key(1), &key(2)];
    let keys = match number.cmp(&changed) {
        std::cmp::Ordering::Less => &both[..1],
        std::cmp::Ordering::Equal => &both[..],
        std::cmp::Ordering::Greater => &both[1..],
    };
    head(size, log.roots[size], keys)
}

fn verified(log: &Log, changed: usize, trusted: &[VerifierKey]) -> Report {
    let mut verifier = Verifier::new(ORIGIN, trusted);
    (0..log.heads.len()).for_each(|number| verifier.expect_head(&signed(log, number, changed)));
    log.entries.iter().for_each(|entry| verifier.entry(entry, None));
    verifier.finish()
}

#[test]
fn an_honest_log_gives_no_finding_wherever_its_heads_are_and_however_it_is_fed() {
    let trusted = [verifier(1), verifier(2)];
    for seed in 0..400 {
        let mut random = Random(seed);
        let (entries, heads) = (random.between(0, 600), random.between(0, 20));
        let log = log(entries, heads, &mut random);
        let changed = random.between(0, log.heads.len() + 1);
        let mut verifier = Verifier::new(ORIGIN, &trusted);
        for _ in 0..random.between(0, 4) {
            let size = random.between(0, log.entries.len() + 1);
            let earlier =
                Checkpoint { origin: ORIGIN.into(), size: size.try_into().unwrap(), root: log.roots[size] };
            verifier.must_extend(&earlier);
        }
        let (all_first, recorded) = (random.chance(5), random.chance(5));
        let mut next = 0;
        for index in 0..=log.entries.len() {
            // Either all heads come first, or each before the entry that reaches its size.
            while next < log.heads.len() && (all_first || log.heads[next] <= index + 1) {
                verifier.expect_head(&signed(&log, next, changed));
                next += 1;
            }
            assert!(all_first || verifier.pending_heads() <= 1, "seed {seed}");
            let Some(entry) = log.entries.get(index) else { break };
            verifier.entry(entry, log.leaves.get(index).filter(|_| recorded));
        }
        let report = verifier.finish();
        assert!(report.is_sound(), "seed {seed}: {report:?}");
        assert_eq!((report.first_bad_entry(), report.confirmed_heads), (None, report.heads), "seed {seed}");
        assert_eq!(
            (report.entries, report.confirmed_entries),
            (number(entries), number(entries)),
            "seed {seed}"
        );
        assert_eq!(
            (report.last_root, report.heads),
            (log.roots[entries], number(log.heads.len())),
            "seed {seed}"
        );
    }
}

fn number(count: usize) -> u64 {
    count.try_into().unwrap()
}

#[test]
fn a_key_that_is_no_longer_trusted_leaves_the_beginning_without_a_head_of_its_own() {
    let mut random = Random(7);
    let log = log(500, 10, &mut random);
    assert!(verified(&log, 5, &[verifier(1), verifier(2)]).is_sound());

    let report = verified(&log, 5, &[verifier(2)]);
    assert_eq!(report.first_bad_entry(), Some(0));
    let faults: Vec<_> = report.findings.iter().map(|finding| &finding.fault).collect();
    assert_eq!(faults, [&Fault::UntrustedHead { size: number(log.heads[0]), heads: 5 }]);
    assert_eq!((report.confirmed_heads, report.confirmed_entries), (6, 500));

    let report = verified(&log, 5, &[verifier(1)]);
    assert_eq!(report.first_bad_entry(), Some(number(log.heads[5])));
    assert_eq!(report.all_findings, 1, "{report:?}");
    assert_eq!(report.confirmed_heads, 6);
}

#[test]
fn a_log_without_entries_needs_no_head_and_may_have_one() {
    let trusted = [verifier(1)];
    assert!(Verifier::new(ORIGIN, &trusted).finish().is_sound());
    let mut verifier = Verifier::new(ORIGIN, &trusted);
    verifier.expect_head(&head(0, roots(&[])[0], &[&key(1)]));
    let report = verifier.finish();
    assert!(report.is_sound());
    assert_eq!((report.confirmed_heads, report.last_root), (1, roots(&[])[0]));
}
