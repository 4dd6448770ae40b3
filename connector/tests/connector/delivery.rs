//! Messages that arrive, and what is read of the reply.

use std::time::{Duration, Instant};

use connector::{REPLY_LIMIT, Received, Secret};

use crate::receiver::{Answer, BODY, Receiver, post, post_signed, reachable, settings};

fn header<'a>(request: &'a str, name: &str) -> Vec<&'a str> {
    let head = request.split("\r\n\r\n").next().unwrap();
    head.lines()
        .filter_map(|line| line.split_once(": "))
        .filter(|(key, _)| key.eq_ignore_ascii_case(name))
        .map(|(_, value)| value)
        .collect()
}

#[tokio::test]
async fn a_message_bears_its_headers_and_its_body_unchanged() {
    let receiver = Receiver::answering(Answer::Text("HTTP/1.1 204 No Content\r\n\r\n")).await;
    let host = receiver.address.to_string();
    let reply = post(&receiver.url(), settings(reachable())).await.unwrap();
    assert_eq!((reply.status, reply.body.len()), (204, 0));

    let request = receiver.request().await;
    assert!(request.starts_with("POST /privacy?key=k HTTP/1.1\r\n"), "{request}");
    assert!(request.ends_with(std::str::from_utf8(BODY).unwrap()), "{request}");
    for (name, value) in [
        ("host", host.as_str()),
        ("content-type", "application/json"),
        ("user-agent", "privacy-gateway"),
        ("webhook-id", "delivery_01h2xcejqtf2nbrexx3vqjhp41"),
        ("webhook-timestamp", "1614265330"),
        ("content-length", "24"),
    ] {
        assert_eq!(header(&request, name), [value], "{name}");
    }
    for absent in ["cookie", "referer", "authorization"] {
        assert!(header(&request, absent).is_empty(), "{absent}");
    }
}

#[tokio::test]
async fn each_of_two_secrets_verifies_the_message_that_both_signed() {
    let receiver = Receiver::answering(Answer::Text("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n")).await;
    let old = Secret::parse("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").unwrap();
    let new = Secret::parse("whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD").unwrap();
    let other = Secret::parse("whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA").unwrap();
    post_signed(&receiver.url(), settings(reachable()), &[&new, &old]).await.unwrap();

    let request = receiver.request().await;
    let signatures = header(&request, "webhook-signature");
    assert_eq!(signatures.iter().flat_map(|header| header.split(' ')).count(), 2);
    let arrived = Received {
        id: header(&request, "webhook-id")[0],
        timestamp: header(&request, "webhook-timestamp")[0],
        signature: signatures[0],
        body: BODY,
    };
    for (secret, accepted) in [(&old, true), (&new, true), (&other, false)] {
        assert_eq!(arrived.verify(&[secret], 1_614_265_330).is_ok(), accepted);
    }
}

#[tokio::test]
async fn a_reply_that_never_ends_is_cut_at_its_limit() {
    for head in [
        "HTTP/1.1 200 OK\r\n\r\n",
        "HTTP/1.1 200 OK\r\ncontent-length: 9000000000\r\n\r\n",
        "HTTP/1.1 202 Accepted\r\ntransfer-encoding: chunked\r\n\r\nfffffff\r\n",
    ] {
        let receiver = Receiver::answering(Answer::Endless(head)).await;
        let reply = post(&receiver.url(), settings(reachable())).await.unwrap();
        assert_eq!((reply.body.len(), reply.body.iter().all(|b| *b == b'x')), (REPLY_LIMIT, true), "{head}");
        // The server ends only when its connection is closed.
        receiver.request().await;
    }
}

#[tokio::test]
async fn the_status_alone_says_that_a_message_was_delivered() {
    for (answer, body) in [
        (Answer::Text("HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\ntaken"), "taken"),
        (Answer::Text("HTTP/1.1 200 OK\r\ncontent-length: 50\r\n\r\nbroken off"), "broken off"),
        (Answer::Stalling("HTTP/1.1 201 Created\r\ncontent-length: 50\r\n\r\nstalled"), "stalled"),
    ] {
        let receiver = Receiver::answering(answer).await;
        let mut settings = settings(reachable());
        settings.total_timeout = Duration::from_secs(2);
        let reply = post(&receiver.url(), settings).await.unwrap();
        assert_eq!(String::from_utf8(reply.body).unwrap(), body);
    }
}

#[tokio::test]
async fn a_trickling_reply_does_not_outlast_the_time_allowed() {
    let receiver = Receiver::answering(Answer::Stalling("HTTP/1.1 200 OK\r\n\r\n")).await;
    let mut settings = settings(reachable());
    settings.total_timeout = Duration::from_millis(300);
    let begun = Instant::now();
    post(&receiver.url(), settings).await.unwrap();
    assert!(begun.elapsed() < Duration::from_secs(5));
}
