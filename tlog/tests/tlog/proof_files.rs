//! Proofs in files of their own, as tlog-proof has them.

use tlog::{Checkpoint, Hash, InvalidProof, LogProof, Tiles, leaf_hash, sign};

use crate::made::{ORIGIN, head, key, roots, verifier};

const SIZE: usize = 300;

fn entry(number: u64) -> Vec<u8> {
    format!("entry {number}").into_bytes()
}

fn proof(index: u64, extra: Option<&[u8]>) -> LogProof {
    let leaves: Vec<Hash> = (0..300).map(|number| leaf_hash(&entry(number))).collect();
    let mut tiles = Tiles::new();
    tiles.append(0, &leaves).unwrap();
    LogProof {
        extra: extra.map(<[u8]>::to_vec),
        index,
        hashes: tiles.inclusion(index, 300).unwrap(),
        checkpoint: head(SIZE, roots(&leaves)[SIZE], &[&key(1)]),
    }
}

#[test]
fn a_proof_is_read_back_and_holds_for_its_entry_alone() {
    for (index, extra) in [(0, None), (299, Some(b"".as_slice())), (123, Some(&entry(123)))] {
        let proof = proof(index, extra);
        assert_eq!(LogProof::parse(&proof.to_string()).as_ref(), Ok(&proof));
        let checkpoint = proof.verify(&entry(index), &[verifier(2), verifier(1)]).unwrap();
        assert_eq!((checkpoint.origin.as_str(), checkpoint.size), (ORIGIN, 300));
        assert_eq!(proof.stated_checkpoint(), Ok(checkpoint));
        assert_eq!(proof.verify(&entry(index + 1), &[verifier(1)]), Err(InvalidProof::NotIncluded));
        let moved = LogProof { index: index + 1, ..proof };
        assert_eq!(moved.verify(&entry(index), &[verifier(1)]), Err(InvalidProof::NotIncluded));
    }
}

#[test]
fn the_lines_are_those_of_the_specification() {
    let text = proof(7, Some(b"extra")).to_string();
    let mut lines = text.split('\n');
    assert_eq!(lines.next(), Some("c2sp.org/tlog-proof@v1"));
    assert_eq!(lines.next(), Some("extra ZXh0cmE="));
    assert_eq!(lines.next(), Some("index 7"));
    assert_eq!(lines.by_ref().take_while(|line| !line.is_empty()).filter(|line| line.len() == 44).count(), 9);
    assert_eq!(lines.next(), Some(ORIGIN));
    assert_eq!(lines.next(), Some("300"));
}

#[test]
fn a_proof_counts_under_a_key_of_the_log_alone() {
    let proof = proof(5, None);
    let elsewhere = key(1).verifier("example.com/other").unwrap();
    for keys in [vec![], vec![verifier(2)], vec![elsewhere.clone()]] {
        assert_eq!(proof.verify(&entry(5), &keys), Err(InvalidProof::Untrusted));
    }
    // A key of another log must not vouch for this one.
    let text = proof.stated_checkpoint().unwrap().to_string();
    let checkpoint = sign(&text, "example.com/other", &[&key(1)]).unwrap();
    assert_eq!(
        LogProof { checkpoint, ..proof }.verify(&entry(5), &[elsewhere]),
        Err(InvalidProof::Untrusted)
    );
}

#[test]
fn every_changed_character_spoils_a_proof_or_its_claim() {
    let entry = entry(77);
    let text = proof(77, None).to_string();
    for (place, was) in text.char_indices() {
        let other = if was == 'A' { 'B' } else { 'A' };
        let (before, after) = (&text[..place], &text[place + was.len_utf8()..]);
        for changed in [format!("{before}{other}{after}"), format!("{before}{after}")] {
            let verdict = LogProof::parse(&changed).and_then(|proof| proof.verify(&entry, &[verifier(1)]));
            assert!(verdict.is_err(), "at {place}: {changed}");
        }
    }
}

#[test]
fn a_proof_of_another_form_is_refused() {
    let good = proof(7, Some(b"extra")).to_string();
    let first_hash = good.split('\n').nth(3).unwrap().to_owned();
    for wrong in [
        "",
        "\n\n",
        "c2sp.org/tlog-proof@v1\n\n",
        "c2sp.org/tlog-proof@v1\nindex 0\n\n",
        good.trim_end(),
        &good.replace("@v1", "@v2"),
        &good.replace('\n', "\r\n"),
        &good.replace("extra Z", "extra  Z"),
        &good.replace("ZXh0cmE=", "ZXh0cmE"),
        &good.replace("extra ", "Extra "),
        &good.replace("index 7", "index 07"),
        &good.replace("index 7", "index +7"),
        &good.replace("index 7", "index 9223372036854775808"),
        &good.replace("index 7", "index"),
        &good.replace("index 7\n", ""),
        &good.replace("index 7\n", "index 7\nindex 7\n"),
        &good.replace("extra ZXh0cmE=\nindex 7\n", "index 7\nextra ZXh0cmE=\n"),
        &good.replace("index 7\n", "index 7\n\n"),
        &good.replace(&first_hash, &first_hash[..43]),
        &good.replace(&first_hash, &[first_hash.as_str(); 60].join("\n")),
        &good.replace("\n300\n", "\n0300\n"),
        &format!(" {good}"),
        &format!("{good}\n"),
    ] {
        assert!(LogProof::parse(wrong).is_err(), "{wrong}");
    }
}

#[test]
fn a_proof_in_a_tree_of_one_has_no_hashes() {
    let root = leaf_hash(b"only");
    let checkpoint = Checkpoint { origin: ORIGIN.into(), size: 1, root };
    let note = sign(&checkpoint.to_string(), ORIGIN, &[&key(1)]).unwrap();
    let text = format!("c2sp.org/tlog-proof@v1\nindex 0\n\n{note}");
    let proof = LogProof::parse(&text).unwrap();
    assert_eq!(proof.to_string(), text);
    assert_eq!(proof.verify(b"only", &[verifier(1)]), Ok(checkpoint));
}
