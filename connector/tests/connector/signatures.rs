//! Signatures of messages, given and received.

use connector::{MessageId, NotAuthentic, Received, Secret, sign};

const ID: &str = "msg_p5jXN8AQM9LWM0D4loKWxJek";
const SENT: i64 = 1_614_265_330;
const BODY: &[u8] = br#"{"test": 2432232314}"#;
const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const SIGNATURE: &str = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
const FOREIGN: &str = "v1,Ceo5qEr07ixe2NLpvHk3FH9bwy/WavXrAFQ/9tdO6mc=";

fn secret(text: &str) -> Secret {
    Secret::parse(text).unwrap()
}

fn received() -> Received<'static> {
    Received { id: ID, timestamp: "1614265330", signature: SIGNATURE, body: BODY }
}

/// The refusal of a message that differs from the good one.
fn refusal(change: impl FnOnce(&mut Received<'static>)) -> Option<NotAuthentic> {
    let mut message = received();
    change(&mut message);
    message.verify(&[&secret(SECRET)], SENT).err()
}

/// The vector of the specification's own libraries, and others that Python's hmac module made.
#[test]
fn a_signature_is_the_one_that_standard_webhooks_prescribes() {
    const OF_32: &str = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
    const OF_64: &str =
        "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8gISIjJCUmJygpKissLS4vMDEyMzQ1Njc4OTo7PD0+Pw==";
    let named = r#"{"namn":"Åsa Exempelsson"}"#.as_bytes();
    for (key, id, timestamp, body, signature) in [
        (SECRET, ID, SENT, BODY, SIGNATURE),
        (OF_32, "delivery_1", 0, named, "v1,7g5lGdzCy0M2UhdnMfLLdu4a1/4z0dT1GXv+0m4v144="),
        (OF_64, "delivery_1", 0, named, "v1,bfIMOFQ/OQau/i+kdyH/g1sEVNakDHyzHl2mpKIw6wg="),
        (OF_32, "delivery_1", 1_795_427_400, b"", "v1,Mg4uubIbpzr0i47fnOsoD67m4u1GP1Yg+x/CkueFcJg="),
    ] {
        let id = MessageId::parse(id).unwrap();
        assert_eq!(sign(&id, timestamp, body, &[&secret(key)]), signature);
    }
}

#[test]
fn a_message_is_signed_by_each_secret_in_turn() {
    let (old, new) = (secret(SECRET), secret("whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD"));
    let id = MessageId::parse(ID).unwrap();
    let both = sign(&id, SENT, BODY, &[&new, &old]);
    assert_eq!(both, format!("{} {SIGNATURE}", sign(&id, SENT, BODY, &[&new])));
}

#[test]
fn a_message_is_believed_within_five_minutes_either_way() {
    let secret = secret(SECRET);
    for (now, fault) in [
        (SENT, None),
        (SENT + 300, None),
        (SENT - 300, None),
        (SENT + 301, Some(NotAuthentic::Untimely)),
        (SENT - 301, Some(NotAuthentic::Untimely)),
        (i64::MAX, Some(NotAuthentic::Untimely)),
        (i64::MIN, Some(NotAuthentic::Untimely)),
    ] {
        assert_eq!(received().verify(&[&secret], now).err(), fault, "{now}");
    }
    assert_eq!(received().verify(&[&secret], SENT).unwrap().as_str(), ID);
}

#[test]
fn one_good_signature_among_others_is_enough() {
    for (signature, believed) in [
        (format!("{FOREIGN} v2,AAAA {SIGNATURE} {FOREIGN}"), true),
        (format!("v1a,AAAA  {SIGNATURE}"), true),
        (format!("{SIGNATURE} nonsense"), true),
        (FOREIGN.to_owned(), false),
        (SIGNATURE.replace("v1,", "v2,"), false),
        (SIGNATURE.replace("v1,", "v1a,"), false),
        (SIGNATURE.replace("v1,", ""), false),
        (SIGNATURE.replace("v1,", "V1,"), false),
        (SIGNATURE.trim_end_matches('=').to_owned(), false),
        (SIGNATURE[..40].to_owned(), false),
        (format!("{SIGNATURE}AAAA"), false),
        (SIGNATURE.replace("g0hM", "g0hN"), false),
        ("v1,".to_owned(), false),
        (String::new(), false),
    ] {
        let message = Received { signature: &signature, ..received() };
        let fault = (!believed).then_some(NotAuthentic::NotSigned);
        assert_eq!(message.verify(&[&secret(SECRET)], SENT).err(), fault, "{signature}");
    }
}

#[test]
fn any_of_several_secrets_may_have_signed() {
    let (good, other) = (secret(SECRET), secret("whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD"));
    for (secrets, believed) in
        [(&[&good, &other][..], true), (&[&other, &good], true), (&[&other], false), (&[], false)]
    {
        assert_eq!(received().verify(secrets, SENT).is_ok(), believed);
    }
}

#[test]
fn a_change_of_what_was_signed_is_noticed() {
    assert_eq!(refusal(|message| message.body = br#"{"test":2432232314}"#), Some(NotAuthentic::NotSigned));
    assert_eq!(refusal(|message| message.body = b""), Some(NotAuthentic::NotSigned));
    assert_eq!(refusal(|message| message.id = "msg_p5jXN8AQM9LWM0D4loKWxJel"), Some(NotAuthentic::NotSigned));
    assert_eq!(refusal(|message| message.timestamp = "1614265331"), Some(NotAuthentic::NotSigned));
}

#[test]
fn headers_that_could_be_read_in_two_ways_are_not_read() {
    for timestamp in ["", "+1614265330", "01614265330", "1614265330.0", " 1614265330", "1614265330s", "1e9"] {
        assert_eq!(
            refusal(|message| message.timestamp = timestamp),
            Some(NotAuthentic::Malformed),
            "{timestamp}"
        );
    }
    for id in ["", "msg.1", "msg 1", "msg\n1"] {
        assert_eq!(refusal(|message| message.id = id), Some(NotAuthentic::Malformed), "{id}");
    }
}
