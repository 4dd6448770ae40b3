//! Signed notes, their keys, and the checkpoints in them.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use tlog::{Checkpoint, Hash, InvalidKey, Note, SigningKey, VerifierKey, leaf_hash, sign};

use crate::made::{ORIGIN, key, verifier};

/// The example of golang.org/x/mod/sumdb/note: type and seed, public key, text and signature.
const SECRET: &str = "AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";
const PUBLIC: &str = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
const TEXT: &str =
    "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n";
const SIGNATURE: &str = "— PeterNeumann \
    x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";

/// The examples of the specifications, whose keys are not published.
const POEM: &str = "Ognuno sta solo sul cuor della terra\ntrafitto da un raggio di sole:\n\ned è subito sera.\n\n\
    — quasimodo.example/salvatore \
    NnugSzTjtVAewIS+Z/iJhUPeFDkO/5QQ2i5ddnGITLlC+EhfLW9oJKONrMouFSQU0xMcXxj99ihAQwaqP3ZekRwNtIc=\n";
const CHECKPOINT: &str = "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n\
    — example.com/behind-the-sofa \
    Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n";

#[test]
fn the_published_example_is_signed_and_verified() {
    let secret = STANDARD.decode(SECRET).unwrap();
    let key = SigningKey::from_seed(secret[1..].try_into().unwrap()).unwrap();
    let verifier = VerifierKey::parse(PUBLIC).unwrap();
    assert_eq!(key.verifier("PeterNeumann").as_ref(), Some(&verifier));
    assert_eq!(verifier.to_string(), PUBLIC);
    assert_eq!(verifier.name(), "PeterNeumann");
    let note = sign(TEXT, "PeterNeumann", &[&key]).unwrap();
    assert_eq!(note, format!("{TEXT}\n{SIGNATURE}"));
    let note = Note::parse(&note).unwrap();
    assert_eq!(note.text(), TEXT);
    assert!(note.is_signed_by(&verifier));
}

#[test]
fn the_examples_of_the_specifications_are_read() {
    let poem = Note::parse(POEM).unwrap();
    assert!(poem.text().ends_with("sole:\n\ned è subito sera.\n"));
    assert!(!poem.is_signed_by(&verifier(1)));
    let checkpoint = Checkpoint::parse(Note::parse(CHECKPOINT).unwrap().text()).unwrap();
    assert_eq!((checkpoint.origin.as_str(), checkpoint.size), ("example.com/behind-the-sofa", 20_852_163));
    assert_eq!(checkpoint.root.to_base64(), "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=");
    assert!(CHECKPOINT.starts_with(&checkpoint.to_string()));
}

#[test]
fn the_key_of_a_public_log_is_read() {
    let text = "sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8";
    assert_eq!(VerifierKey::parse(text).unwrap().to_string(), text);
}

#[test]
fn a_key_of_another_form_is_refused() {
    let (name, rest) = PUBLIC.split_once('+').unwrap();
    for text in [
        "",
        "+",
        "++",
        name,
        &format!("{name}+c74f20a3"),
        &format!("{name}+c74f20a3+"),
        &format!("+{rest}"),
        &format!("Peter Neumann+{rest}"),
        &PUBLIC.replace("c74f20a3", "c74f20a4"),
        &PUBLIC.replace("c74f20a3", "C74F20A3"),
        &PUBLIC.replace("c74f20a3", "0c74f20a3"),
        &PUBLIC.replace("Peter", "peter"),
        &PUBLIC.replace("ARpc", "AhpC"),
        &PUBLIC.replace("ARpc", "ARp"),
        &PUBLIC.replace("y10TW", "y10T"),
        &format!("{PUBLIC}="),
        &format!("{PUBLIC}\n"),
        &format!(" {PUBLIC}"),
    ] {
        assert_eq!(VerifierKey::parse(text), Err(InvalidKey), "{text}");
    }
    for name in ["", "a b", "a+b", "a\nb", "a\u{1}b", "a\u{a0}b", "a\u{2003}b"] {
        assert_eq!(VerifierKey::new(name, [1; 32]), None, "{name:?}");
        assert!(sign("text\n", name, &[&key(1)]).is_err(), "{name:?}");
    }
}

#[test]
fn a_note_of_another_form_is_refused() {
    let note = format!("{TEXT}\n{SIGNATURE}");
    let line = |name: &str, bytes: &[u8]| format!("text\n\n— {name} {}\n", STANDARD.encode(bytes));
    for wrong in [
        "",
        "\n",
        "\n\n",
        TEXT,
        SIGNATURE,
        &format!("{TEXT}\n"),
        &format!("{TEXT}{SIGNATURE}"),
        note.trim_end(),
        &format!("{note}\n"),
        &format!("{note}x\n"),
        &note.replace('\n', "\r\n"),
        &note.replace("think", "th\tink"),
        &note.replace("— ", "- "),
        &note.replace("— ", "—"),
        &note.replace("— ", " — "),
        &note.replace("PeterNeumann ", "PeterNeumann  "),
        &note.replace("PeterNeumann ", "Peter+Neumann "),
        &note.replace("PeterNeumann ", "Peter\u{2003}Neumann "),
        &note.replace("PeterNeumann ", ""),
        &note.replace("AM=", "AM"),
        &note.replace("AM=", "AN="),
        &note.replace("AM=\n", "AM= \n"),
        &line("name", &[1; 4]),
        &line("name", &[]),
        &format!("{note}{}", SIGNATURE.repeat(100)),
        &format!("{}{note}", "x".repeat(1_000_000)),
    ] {
        assert!(Note::parse(wrong).is_err(), "{wrong}");
    }
    assert!(Note::parse(&line("name", &[1; 5])).is_ok());
    assert!(Note::parse(&format!("\n\n{SIGNATURE}")).is_ok_and(|note| note.text() == "\n"));
}

#[test]
fn only_a_text_that_can_be_read_back_is_signed() {
    let (one, other) = (key(1), key(2));
    for text in ["", "x", "x\r\n", "x\ty\n"] {
        assert!(sign(text, ORIGIN, &[&one]).is_err(), "{text:?}");
    }
    assert!(sign("x\n", ORIGIN, &[]).is_err());
    assert!(sign("x\n", ORIGIN, &[&one, &other, &one]).is_err());
    for text in ["\n", "x\n\ny\n", "x\n\n", "— a b\n", "x\n\n— a AAAAAAA=\n"] {
        let note = sign(text, ORIGIN, &[&one, &other]).unwrap();
        assert_eq!(Note::parse(&note).unwrap().text(), text);
    }
}

#[test]
fn a_signature_holds_for_its_text_and_its_key_alone() {
    let [one, two, stranger] = [verifier(1), verifier(2), verifier(3)];
    let signed = sign("a text\n", ORIGIN, &[&key(1), &key(2)]).unwrap();
    let note = Note::parse(&signed).unwrap();
    assert!(note.is_signed_by(&one) && note.is_signed_by(&two) && !note.is_signed_by(&stranger));
    assert!(!note.is_signed_by(&key(1).verifier("example.com/other").unwrap()));
    assert!(note.is_signed_by_any(&[stranger.clone(), one.clone()]));
    assert!(!note.is_signed_by_any(std::slice::from_ref(&stranger)) && !note.is_signed_by_any(&[]));
    let other = Note::parse(&signed.replace("a text", "b text")).unwrap();
    assert!(!other.is_signed_by(&one) && !other.is_signed_by_any(&[one, two]));
}

#[test]
fn one_wrong_line_of_a_trusted_key_spoils_the_note_and_those_of_others_do_not() {
    let line_of = |text: &str, seed| {
        let note = sign(text, ORIGIN, &[&key(seed)]).unwrap();
        note.rsplit_once("\n\n").unwrap().1.to_owned()
    };
    let good = sign("a text\n", ORIGIN, &[&key(1)]).unwrap();
    let with = |line: &str| Note::parse(&format!("{good}{line}")).unwrap();
    let trusted = [verifier(1), verifier(2)];
    assert!(with(&line_of("a text\n", 1)).is_signed_by_any(&trusted), "the same line twice");
    assert!(!with(&line_of("b text\n", 1)).is_signed_by_any(&trusted), "a second, wrong one");
    assert!(!with(&line_of("b text\n", 2)).is_signed_by_any(&trusted), "a wrong one of another trusted key");
    assert!(with(&line_of("b text\n", 3)).is_signed_by_any(&trusted), "one of a stranger");
}

#[test]
fn a_checkpoint_has_a_name_a_size_and_a_root() {
    let root = leaf_hash(b"");
    let text = |origin: &str, size: &str, root: &str| format!("{origin}\n{size}\n{root}\n");
    let hash = root.to_base64();
    for size in ["0", "1", "9223372036854775807"] {
        let checkpoint = Checkpoint { origin: "a log".into(), size: size.parse().unwrap(), root };
        assert_eq!(checkpoint.to_string(), text("a log", size, &hash));
        assert_eq!(Checkpoint::parse(&checkpoint.to_string()), Ok(checkpoint.clone()));
        assert_eq!(Checkpoint::parse(&format!("{checkpoint}more\nand more\n")), Ok(checkpoint));
    }
    for size in
        ["", "00", "01", "-1", "+1", " 1", "1 ", "1e3", "9223372036854775808", "99999999999999999999", "١"]
    {
        assert!(Checkpoint::parse(&text("a", size, &hash)).is_err(), "{size:?}");
    }
    let good = text("a", "1", &hash);
    for wrong in [
        "",
        "\n",
        "a\n1\n",
        good.trim_end(),
        &format!("\n{good}"),
        &format!("{good}\n"),
        &format!("{good}more\n\nmore\n"),
        &good.replace('\n', "\r\n"),
        &format!("{good}mo\tre\n"),
        &text("", "1", &hash),
        &text("a", "1", &hash[..43]),
        &text("a", "1", &hex::encode(root.as_bytes())),
        &text("a", "1", &STANDARD.encode([1; 31])),
        &text("a", "1", &STANDARD.encode([1; 33])),
    ] {
        assert!(Checkpoint::parse(wrong).is_err(), "{wrong:?}");
    }
}

#[test]
fn a_hash_has_one_spelling_in_base64() {
    let hash = Hash::from_bytes([0xfb; 32]);
    let text = hash.to_base64();
    assert_eq!(text, "+/v7+/v7+/v7+/v7+/v7+/v7+/v7+/v7+/v7+/v7+/s=");
    assert_eq!(Hash::parse_base64(&text), Some(hash));
    assert_eq!(format!("{hash:?}"), text);
    for wrong in [
        "",
        &text[..43],
        &text.replace("s=", "t="),
        &text.replace('/', "_"),
        &format!("{text}\n"),
        &format!(" {text}"),
    ] {
        assert_eq!(Hash::parse_base64(wrong), None, "{wrong:?}");
    }
}
