//! Attempts that fail, and what they say.

use std::time::Duration;

use connector::{AddressKind, SendError};
use tokio::net::TcpListener;

use crate::receiver::{Answer, Receiver, post, post_signed, reachable, refused, settings};

async fn failure(url: &str) -> Option<SendError> {
    post(url, settings(reachable())).await.err()
}

#[tokio::test]
async fn a_status_other_than_success_is_a_failure_and_no_redirect_is_followed() {
    let elsewhere = Receiver::answering(Answer::Text("HTTP/1.1 200 OK\r\n\r\n")).await;
    for status in [301, 302, 303, 304, 307, 308, 400, 401, 404, 410, 429, 500, 503] {
        let head =
            format!("HTTP/1.1 {status} X\r\nlocation: {}\r\ncontent-length: 0\r\n\r\n", elsewhere.url());
        let receiver = Receiver::answering(Answer::Text(head.leak())).await;
        assert_eq!(failure(&receiver.url()).await, Some(SendError::Status(status)));
    }
    assert!(!elsewhere.was_reached());
}

#[tokio::test]
async fn an_endpoint_that_does_not_answer_times_out() {
    for head in ["", "HTTP/1.1 200", "HTTP/1.1 200 OK\r\nx: y\r\n"] {
        let receiver = Receiver::answering(Answer::Stalling(head)).await;
        let mut settings = settings(reachable());
        settings.total_timeout = Duration::from_millis(300);
        assert_eq!(post(&receiver.url(), settings).await.err(), Some(SendError::TimedOut), "{head:?}");
    }
}

#[tokio::test]
async fn a_connection_that_ends_without_an_answer_is_no_delivery() {
    for text in ["", "HTTP/1.1 200 OK\r\n", "SSH-2.0-OpenSSH_9\r\n"] {
        let receiver = Receiver::answering(Answer::Text(text)).await;
        assert_eq!(failure(&receiver.url()).await, Some(SendError::Unreachable), "{text:?}");
    }
    let closed = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    assert_eq!(failure(&format!("http://{closed}/")).await, Some(SendError::Unreachable));
}

#[tokio::test]
async fn a_server_without_tls_is_not_taken_for_one_with_it() {
    let receiver = Receiver::answering(Answer::Text("HTTP/1.1 200 OK\r\n\r\n")).await;
    assert_eq!(failure(&receiver.url().replace("http:", "https:")).await, Some(SendError::Tls));
}

#[tokio::test]
async fn a_name_that_leads_to_the_machine_itself_is_not_followed() {
    let receiver = Receiver::answering(Answer::Text("HTTP/1.1 200 OK\r\n\r\n")).await;
    let port = receiver.address.port();
    for url in [format!("https://localhost:{port}/"), format!("http://localhost:{port}/"), receiver.url()] {
        let refusal = post(&url, settings(refused())).await.err();
        assert_eq!(refusal, Some(SendError::Forbidden(AddressKind::Loopback)), "{url}");
    }
    assert!(!receiver.was_reached());
}

#[tokio::test]
async fn a_name_is_reached_at_the_addresses_that_were_checked() {
    let receiver = Receiver::answering(Answer::Text("HTTP/1.1 200 OK\r\n\r\n")).await;
    let url = format!("http://LOCALHOST:{}/", receiver.address.port());
    assert_eq!(failure(&url).await, None);
    assert!(receiver.request().await.contains("\r\nhost: localhost:"));
}

#[tokio::test]
async fn the_gateways_own_listeners_are_not_reached() {
    for own in ["127.0.0.1", "0.0.0.0", "[::]", "[::ffff:127.0.0.1]"] {
        let receiver = Receiver::answering(Answer::Text("HTTP/1.1 200 OK\r\n\r\n")).await;
        let mut allowed = reachable();
        allowed.own = vec![format!("{own}:{}", receiver.address.port()).parse().unwrap()];
        let refusal = post(&receiver.url(), settings(allowed)).await.err();
        assert_eq!(refusal, Some(SendError::Forbidden(AddressKind::OwnListener)), "{own}");
        assert!(!receiver.was_reached());
    }
}

#[tokio::test]
async fn a_name_without_an_address_is_unresolved() {
    // RFC 6761 section 6.4: `invalid` never resolves.
    assert_eq!(failure("https://crm.invalid/").await, Some(SendError::Unresolved));
}

#[tokio::test]
async fn no_message_leaves_without_a_signature() {
    let receiver = Receiver::answering(Answer::Text("HTTP/1.1 200 OK\r\n\r\n")).await;
    let refusal = post_signed(&receiver.url(), settings(reachable()), &[]).await.err();
    assert_eq!(refusal, Some(SendError::Unsendable));
    assert!(!receiver.was_reached());
}
