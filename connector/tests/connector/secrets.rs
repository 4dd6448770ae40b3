//! The text of secrets and of messages' identifiers.

use connector::{InvalidMessageId, InvalidSecret, MessageId, Secret};
use domain::clock::Entropy;

/// Counts upwards.
struct Counting;

impl Entropy for Counting {
    fn fill(&self, bytes: &mut [u8]) {
        bytes.iter_mut().zip(0_u8..).for_each(|(byte, value)| *byte = value);
    }
}

#[test]
fn a_new_secret_is_32_random_bytes() {
    let text = Secret::generate(&Counting).to_text();
    assert_eq!(text.as_str(), "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=");
    assert_eq!(Secret::parse(&text).unwrap().to_text(), text);
}

#[test]
fn a_secret_is_its_prefix_and_24_to_64_bytes() {
    let of = |digits: &str| format!("whsec_{digits}");
    for (text, accepted) in [
        (of(&"AAAA".repeat(8)), true),
        (of(&("AAAA".repeat(21) + "AA==")), true),
        (of(&("AAAA".repeat(7) + "AAA=")), false),
        (of(&("AAAA".repeat(21) + "AAA=")), false),
        (of(&("AAAA".repeat(8) + "AA")), false),
        (of(&("____".repeat(8))), false),
        ("AAAA".repeat(8), false),
        (format!("WHSEC_{}", "AAAA".repeat(8)), false),
        (of(&format!("{}\n", "AAAA".repeat(8))), false),
        (of(""), false),
        (String::new(), false),
    ] {
        assert_eq!(Secret::parse(&text).err(), (!accepted).then_some(InvalidSecret), "{text}");
    }
}

#[test]
fn an_identifier_holds_nothing_that_could_shift_what_is_signed() {
    for (text, accepted) in [
        ("msg_p5jXN8AQM9LWM0D4loKWxJek".to_owned(), true),
        ("0198b6f0-0000-7000-8000-000000000000".to_owned(), true),
        ("x".repeat(255), true),
        ("x".repeat(256), false),
        (String::new(), false),
        ("msg.1614265330".to_owned(), false),
        ("msg 1".to_owned(), false),
        ("msg\r\nx: y".to_owned(), false),
        ("msgå".to_owned(), false),
    ] {
        assert_eq!(MessageId::parse(&text).err(), (!accepted).then_some(InvalidMessageId), "{text}");
    }
}
