//! Tokens that name keys nobody has heard of.

use std::sync::Arc;
use std::time::Duration;

use auth::Refusal;
use serde_json::json;

use crate::door::Door;
use crate::forge::{Signer, good_claims, key_set, with};
use crate::published::{Published, good};

/// Sends a thousand tokens with made-up key names, and between them valid ones; gives the refusals of either kind.
async fn flood(door: &Arc<Door>, signer: &Signer) -> (Vec<Refusal>, Vec<Refusal>) {
    let mut strangers = tokio::task::JoinSet::new();
    let mut honest = tokio::task::JoinSet::new();
    for number in 0..1000 {
        let header = with(&signer.header(), "kid", json!(format!("made-up-{number}"))).to_string();
        let made_up = signer.signed(&header, &good_claims().to_string());
        let valid = signer.token(&with(&good_claims(), "jti", json!(number.to_string())));
        let (one, other) = (Arc::clone(door), Arc::clone(door));
        strangers.spawn(async move { one.refusal(&made_up).await });
        honest.spawn(async move { other.refusal(&valid).await });
    }
    let refusals = |all: Vec<Option<Refusal>>| all.into_iter().flatten().collect();
    (refusals(strangers.join_all().await), refusals(honest.join_all().await))
}

#[tokio::test]
async fn a_flood_of_them_causes_one_fetch_in_30_seconds_and_no_harm() {
    let signer = Signer::es256("k1");
    let published = Published::new(&key_set(&[&signer])).await;
    let door = Arc::new(Door::trusting(published.source()).await);

    for (seconds, fetches) in [(0, 2), (29, 2), (1, 3), (0, 3), (30, 4)] {
        door.advance(Duration::from_secs(seconds));
        let (strangers, honest) = flood(&door, &signer).await;
        assert_eq!(strangers, vec![Refusal::UnknownKey; 1000]);
        assert_eq!(honest, []);
        assert_eq!(published.fetches().await, fetches);
    }
}

#[tokio::test]
async fn the_limit_holds_when_no_key_is_held() {
    let signer = Signer::es256("k1");
    let published = Published::new(&json!({ "keys": [] })).await;
    let door = Arc::new(Door::trusting(published.source()).await);

    for (seconds, fetches) in [(0, 2), (29, 2), (1, 3)] {
        door.advance(Duration::from_secs(seconds));
        let (strangers, honest) = flood(&door, &signer).await;
        assert_eq!(strangers, vec![Refusal::KeysUnavailable; 1000]);
        assert_eq!(honest, vec![Refusal::KeysUnavailable; 1000]);
        assert_eq!(published.fetches().await, fetches);
    }
}

#[tokio::test]
async fn one_who_hangs_up_does_not_break_off_the_fetch_for_the_others() {
    let (old, new) = (Signer::es256("old"), Signer::es256("new"));
    let published = Published::new(&key_set(&[&old])).await;
    let door = Door::trusting(published.source()).await;
    published.answer_with(good(&key_set(&[&old, &new])).set_delay(Duration::from_millis(300)));
    let token = new.token(&good_claims());

    let hung_up = tokio::time::timeout(Duration::from_millis(50), door.ask(&token)).await;
    assert!(hung_up.is_err());

    assert_eq!(door.refusal(&token).await, None);
    assert_eq!(published.fetches().await, 2);
}

#[tokio::test]
async fn a_clock_that_is_set_back_does_not_shut_new_keys_out() {
    let (old, new) = (Signer::es256("old"), Signer::es256("new"));
    let published = Published::new(&key_set(&[&old])).await;
    let door = Door::trusting(published.source()).await;
    door.advance(Duration::from_hours(365 * 24));
    assert_eq!(door.refusal(&new.token(&good_claims())).await, Some(Refusal::UnknownKey));

    door.set_clock(crate::forge::NOW);
    published.publish(&key_set(&[&new]));

    assert_eq!(door.refusal(&new.token(&good_claims())).await, None);
}
