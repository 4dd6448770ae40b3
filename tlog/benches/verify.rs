//! How fast a log is verified, beside the bare hashing of its entries: `cargo bench -p tlog`.
#![expect(clippy::print_stdout, reason = "a measure is printed")]

use std::hint::black_box;
use std::time::{Duration, Instant};

use aws_lc_rs::digest::{SHA256, digest};
use tlog::{Checkpoint, Frontier, SigningKey, Verifier, VerifierKey, leaf_hash, sign};

const ORIGIN: &str = "example.com/log";
const ENTRIES: u32 = 1_000_000;
const ENTRIES_PER_HEAD: u32 = 1_000;
const ROUNDS: u32 = 3;

fn main() {
    let Ok(key) = SigningKey::from_seed(&[7; 32]) else { return };
    let Some(verifier) = key.verifier(ORIGIN) else { return };
    let trusted = [verifier];
    let entries: Vec<_> = (0..ENTRIES).map(entry).collect();
    let leaves: Vec<_> = entries.iter().map(|entry| leaf_hash(entry)).collect();
    let heads = heads(&leaves, &key);

    let bytes: usize = entries.iter().map(Vec::len).sum();
    println!("{ENTRIES} entries of {} bytes, {} heads", bytes / entries.len(), heads.len());
    let bare = fastest(|| {
        for entry in &entries {
            black_box(digest(&SHA256, entry));
        }
    });
    report("bare SHA-256", bare, bare);
    report("entries and heads", fastest(|| verify(&entries, None, &heads, &trusted)), bare);
    report("with recorded leaves", fastest(|| verify(&entries, Some(&leaves), &heads, &trusted)), bare);
}

fn entry(number: u32) -> Vec<u8> {
    format!(r#"{{"id":"event_{number:026}","text":"{}"}}"#, "0123456789".repeat(34)).into_bytes()
}

fn heads(leaves: &[tlog::Hash], key: &SigningKey) -> Vec<String> {
    let mut frontier = Frontier::new();
    let mut heads = Vec::new();
    for leaf in leaves {
        frontier.push(*leaf);
        if frontier.size().is_multiple_of(ENTRIES_PER_HEAD.into()) {
            let head = Checkpoint { origin: ORIGIN.into(), size: frontier.size(), root: frontier.root() };
            heads.extend(sign(&head.to_string(), ORIGIN, &[key]));
        }
    }
    heads
}

fn verify(entries: &[Vec<u8>], leaves: Option<&[tlog::Hash]>, heads: &[String], trusted: &[VerifierKey]) {
    let mut verifier = Verifier::new(ORIGIN, trusted);
    for head in heads {
        verifier.expect_head(head);
    }
    for (index, entry) in entries.iter().enumerate() {
        verifier.entry(entry, leaves.and_then(|leaves| leaves.get(index)));
    }
    assert!(verifier.finish().is_sound());
}

fn fastest(run: impl Fn()) -> Duration {
    let time = || {
        let began = Instant::now();
        run();
        began.elapsed()
    };
    (0..ROUNDS).map(|_| time()).min().unwrap_or_default()
}

fn report(what: &str, time: Duration, bare: Duration) {
    let rate = f64::from(ENTRIES) / time.as_secs_f64();
    println!(
        "{what}: {rate:.0} entries/s, {:.2} times bare SHA-256",
        time.as_secs_f64() / bare.as_secs_f64()
    );
}
