//! Issuers change their keys while people work.

use std::sync::Arc;
use std::time::Duration;

use auth::{KeySource, Refusal};
use serde_json::json;

use crate::door::{Door, file};
use crate::forge::{Signer, good_claims, key_set, with};
use crate::published::{Published, good};

#[tokio::test]
async fn keys_rotate_without_one_failed_valid_request() {
    let (old, new) = (Signer::es256("old"), Signer::es256("new"));
    let published = Published::new(&key_set(&[&old])).await;
    let door = Arc::new(Door::trusting(published.source()).await);
    let token = |signer: &Signer, number: usize| {
        signer.token(&with(&good_claims(), "jti", json!(number.to_string())))
    };

    published.publish(&key_set(&[&old, &new]));
    let mut requests = tokio::task::JoinSet::new();
    for number in 0..100 {
        let token = token(if number % 2 == 0 { &old } else { &new }, number);
        let door = Arc::clone(&door);
        requests.spawn(async move { door.refusal(&token).await });
    }
    assert!(requests.join_all().await.into_iter().all(|refusal| refusal.is_none()));
    assert_eq!(published.fetches().await, 2);

    published.publish(&key_set(&[&new]));
    door.refresh().await;
    assert_eq!(door.refusal(&token(&new, 1)).await, None);
    assert_eq!(door.refusal(&token(&new, 1000)).await, None);
    assert_eq!(door.refusal(&token(&old, 1000)).await, Some(Refusal::UnknownKey));
}

#[tokio::test]
async fn a_verified_token_goes_when_its_key_goes() {
    let (gone, stays) = (Signer::es256("gone"), Signer::es256("stays"));
    let published = Published::new(&key_set(&[&gone, &stays])).await;
    let door = Door::trusting(published.source()).await;
    let token = gone.token(&good_claims());
    assert_eq!(door.refusal(&token).await, None);

    published.publish(&key_set(&[&stays]));
    door.refresh().await;

    assert_eq!(door.refusal(&token).await, Some(Refusal::UnknownKey));
    assert_eq!(door.refusal(&stays.token(&good_claims())).await, None);
}

#[tokio::test]
async fn a_verified_token_goes_when_another_key_takes_over_the_name() {
    let (first, second) = (Signer::es256("k1"), Signer::es256("k1"));
    let published = Published::new(&key_set(&[&first])).await;
    let door = Door::trusting(published.source()).await;
    let token = first.token(&good_claims());
    assert_eq!(door.refusal(&token).await, None);

    published.publish(&key_set(&[&second]));
    door.refresh().await;

    assert_eq!(door.refusal(&token).await, Some(Refusal::BadSignature));
    assert_eq!(door.refusal(&second.token(&good_claims())).await, None);
}

#[tokio::test]
async fn a_key_file_is_read_again() {
    let (old, new) = (Signer::es256("old"), Signer::es256("new"));
    let source = file(&key_set(&[&old]));
    let KeySource::File(path) = source.clone() else { unreachable!() };
    let door = Door::trusting(source).await;

    std::fs::write(&path, key_set(&[&new]).to_string()).unwrap();
    assert_eq!(door.refusal(&new.token(&good_claims())).await, None);
    assert_eq!(door.refusal(&old.token(&good_claims())).await, Some(Refusal::UnknownKey));

    std::fs::remove_file(&path).unwrap();
    door.refresh().await;
    assert_eq!(door.refusal(&new.token(&good_claims())).await, None);
}

#[tokio::test]
async fn a_known_key_does_not_wait_for_a_fetch() {
    let signer = Signer::es256("k1");
    let published = Published::new(&key_set(&[&signer])).await;
    let door = Door::trusting(published.source()).await;
    published.answer_with(good(&key_set(&[&signer])).set_delay(Duration::from_secs(2)));

    let authenticator = Arc::clone(door.authenticator());
    let refresh = tokio::spawn(async move { authenticator.refresh().await });
    tokio::task::yield_now().await;

    assert_eq!(door.refusal(&signer.token(&good_claims())).await, None);
    assert!(!refresh.is_finished());
}

#[tokio::test]
async fn keys_are_refreshed_in_the_background_for_as_long_as_anyone_asks() {
    let (old, new) = (Signer::es256("old"), Signer::es256("new"));
    let published = Published::new(&key_set(&[&old])).await;
    let door = Door::trusting(published.source()).await;
    let background = Arc::clone(door.authenticator()).keep_fresh(Duration::from_millis(10));

    published.publish(&key_set(&[&old, &new]));
    let refreshed = async {
        while door.keys() < 2 {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(10), refreshed).await.unwrap();

    drop(door);
    tokio::time::timeout(Duration::from_secs(10), background).await.unwrap().unwrap();
}
