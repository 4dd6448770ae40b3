//! A mail server that refuses, hangs or goes away, and workers that die.

use std::time::Duration;

use serde_json::{Value, json};
use support::{LEASE, Tenant, TestGateway, tokio};

use super::sink::{Manner, Sink};
use super::{reports, seen, with_a_mail_server};
use crate::announcements::{announces, entries};

with_a_mail_server! {
    a_refused_recipient_is_given_up_at_once_and_shown_to_the_platform_as_a_number,
    a_server_that_cannot_now_is_tried_again_until_the_notice_is_of_no_use,
    what_is_wrong_with_the_gateway_itself_is_tried_again,
    a_server_that_hangs_or_goes_away_is_tried_again_with_the_same_message_id,
    a_worker_that_dies_leads_to_the_same_message_again_and_to_one_end,
    of_several_workers_one_sends_a_notice,
    a_mail_server_that_hangs_keeps_nothing_else_waiting,
}

const STATE: &str = "kind status failures lastError";

async fn failed(gateway: &TestGateway, tenant: &Tenant<'_>) -> Value {
    let text = "{ tenants(first: 50) { edges { node { id failedNotices } } } }";
    let listed = gateway.operator("operator:tenants").query(text, Value::Null).await.data("/tenants/edges");
    let own = |edge: &&Value| edge["node"]["id"] == tenant.id.to_string();
    listed.as_array().unwrap().iter().find(own).unwrap()["node"]["failedNotices"].clone()
}

async fn a_refused_recipient_is_given_up_at_once_and_shown_to_the_platform_as_a_number(
    gateway: &TestGateway,
    sink: &Sink,
) {
    let other = gateway.tenant().await;
    for (at, code, told) in [("RCPT", 550, "recipient"), ("RCPT", 553, "recipient"), (".", 554, "message")] {
        let tenant = gateway.tenant().await;
        sink.behaves(Manner { answers: Some((at, code)), ..Manner::default() });
        reports(gateway, &[&tenant], json!({})).await;
        assert_eq!(gateway.send_notices().await, 1);
        let error = format!("the mail server refused the {told} with {code}");
        let end = json!({ "kind": "BREACH_REPORTED", "status": "FAILED", "failures": 1, "lastError": error });
        assert_eq!(seen(&tenant, STATE).await, [end]);
        assert_eq!(failed(gateway, &tenant).await, 1);
        assert_eq!(entries(&tenant, "notice.giveUp").await, 1);
        gateway.clock.advance(Duration::from_hours(24));
        assert_eq!(gateway.send_notices().await, 0, "nothing is left of it to be tried");
    }
    assert_eq!(failed(gateway, &other).await, 0);
    assert!(sink.received().is_empty());
}

async fn a_server_that_cannot_now_is_tried_again_until_the_notice_is_of_no_use(
    gateway: &TestGateway,
    sink: &Sink,
) {
    let tenant = gateway.tenant().await;
    sink.behaves(Manner { answers: Some(("RCPT", 451)), ..Manner::default() });
    let begun = gateway.now();
    reports(gateway, &[&tenant], json!({})).await;
    announces(gateway, json!({})).await.succeeded();
    let mut ended = [None, None];
    let mut tried = 0;
    while ended.contains(&None) {
        tried += gateway.send_notices().await;
        for notice in seen(&tenant, STATE).await {
            let at = usize::from(notice["kind"] == "BREACH_REPORTED");
            if notice["status"] == "FAILED" && ended[at].is_none() {
                assert_eq!(notice["lastError"], "the mail server answered 451");
                ended[at] = Some(gateway.now().duration_since(begun).as_hours());
            }
        }
        gateway.clock.advance(Duration::from_mins(90));
    }
    let [announced, breach] = ended.map(Option::unwrap);
    assert!((68..=74).contains(&announced), "three days: {announced} hours");
    assert!((330..=338).contains(&breach), "fourteen days: {breach} hours");
    assert!(tried > 200, "{tried} attempts");
    assert!(sink.received().is_empty());

    // One whose server comes back in time goes out.
    sink.behaves(Manner { answers: Some(("MAIL", 421)), ..Manner::default() });
    reports(gateway, &[&tenant], json!({})).await;
    gateway.send_notices().await;
    assert_eq!(gateway.send_notices().await, 0, "not before its pause is over");
    sink.behaves(Manner::default());
    gateway.clock.advance(Duration::from_secs(5));
    assert_eq!(gateway.send_notices().await, 1);
    let end = json!({ "kind": "BREACH_REPORTED", "status": "SENT", "failures": 1, "lastError": null });
    assert_eq!(seen(&tenant, STATE).await[0], end);
}

async fn what_is_wrong_with_the_gateway_itself_is_tried_again(gateway: &TestGateway, sink: &Sink) {
    for (at, code) in [("CONNECT", 554), ("EHLO", 502), ("MAIL", 550), ("RCPT", 530), ("DATA", 503)] {
        let tenant = gateway.tenant().await;
        sink.behaves(Manner { answers: Some((at, code)), ..Manner::default() });
        reports(gateway, &[&tenant], json!({})).await;
        assert_eq!(gateway.send_notices().await, 1);
        let state = &seen(&tenant, "status failures").await[0];
        assert_eq!(*state, json!({ "status": "PENDING", "failures": 1 }), "{at} {code}");
        assert_eq!(failed(gateway, &tenant).await, 0);
    }
}

async fn a_server_that_hangs_or_goes_away_is_tried_again_with_the_same_message_id(
    gateway: &TestGateway,
    sink: &Sink,
) {
    for (manner, error, kept) in [
        (Manner { hangs_at: Some("CONNECT"), ..Manner::default() }, "did not answer in time", 0),
        (Manner { hangs_at: Some("RCPT"), ..Manner::default() }, "did not answer in time", 0),
        (Manner { drops_at: Some("DATA"), ..Manner::default() }, "no connection", 0),
        // It has the message, and nobody knows.
        (Manner { drops_at: Some("."), ..Manner::default() }, "no connection", 1),
        // Whatever becomes of the goodbye, the message was taken.
        (Manner { hangs_at: Some("QUIT"), ..Manner::default() }, "", 1),
        (Manner { drops_at: Some("QUIT"), ..Manner::default() }, "", 1),
    ] {
        let tenant = gateway.tenant().await;
        let before = sink.received().len();
        sink.behaves(manner);
        reports(gateway, &[&tenant], json!({})).await;
        assert_eq!(gateway.send_notices().await, 1);
        let state = &seen(&tenant, "status lastError").await[0];
        let told = state["lastError"].as_str().unwrap_or_default();
        assert!(told.contains(error) && told.is_empty() == error.is_empty(), "{told}");
        assert_eq!(sink.received().len(), before + kept);
        sink.behaves(Manner::default());
        gateway.clock.advance(Duration::from_secs(5));
        gateway.send_notices().await;
        assert_eq!(seen(&tenant, "status").await[0]["status"], "SENT");
        let mails = sink.received();
        let ids: std::collections::BTreeSet<_> = mails[before..].iter().map(|mail| &mail.bytes).collect();
        assert_eq!(ids.len(), 1, "byte for byte the same, after: {error}");
        assert_eq!(entries(&tenant, "notice.send").await, 1);
    }
}

async fn a_worker_that_dies_leads_to_the_same_message_again_and_to_one_end(
    gateway: &TestGateway,
    sink: &Sink,
) {
    for (place, twice) in [("notice.read", false), ("notice.sent", true)] {
        let tenant = gateway.tenant().await;
        let before = sink.received().len();
        reports(gateway, &[&tenant], json!({})).await;
        let sending = gateway::worker::mail::send_once(gateway.service(), LEASE);
        assert!(store::failpoint::stop_at(place, sending).await.is_err(), "{place}");
        gateway.databases.come_to_rest().await;
        assert_eq!(seen(&tenant, "status").await[0]["status"], "PENDING");
        assert_eq!(gateway.send_notices().await, 0, "its lease runs on");
        gateway.clock.advance(LEASE);
        assert_eq!(gateway.send_notices().await, 1);
        assert_eq!(seen(&tenant, "status").await[0]["status"], "SENT");
        let mails = &sink.received()[before..];
        assert_eq!(mails.len(), if twice { 2 } else { 1 }, "{place}");
        assert!(mails.iter().all(|mail| mail.bytes == mails[0].bytes));
        assert_eq!(entries(&tenant, "notice.send").await, 1);
    }
}

async fn of_several_workers_one_sends_a_notice(gateway: &TestGateway, sink: &Sink) {
    let tenant = gateway.tenant().await;
    reports(gateway, &[&tenant], json!({})).await;
    let worker = || async { gateway::worker::mail::send_once(gateway.service(), LEASE).await.unwrap() };
    let tried = futures::future::join_all((0..4).map(|_| worker())).await;
    assert_eq!(tried.into_iter().filter(|tried| *tried).count(), 1);
    assert_eq!(sink.received().len(), 1);
}

/// More notices than are sent at a time, while a worker with a short poll does the rest.
async fn a_mail_server_that_hangs_keeps_nothing_else_waiting(gateway: &TestGateway, sink: &Sink) {
    let (tenant, receiver) =
        (gateway.tenant().await, crate::audit_delivery::receiver::Receiver::start().await);
    crate::audit_delivery::registers(&tenant, "Revision", &receiver.url()).await;
    sink.behaves(Manner { hangs_at: Some("RCPT"), ..Manner::default() });
    for _ in 0..6 {
        reports(gateway, &[&tenant], json!({})).await;
    }
    let rhythm = gateway::worker::Rhythm {
        poll: Duration::from_millis(10),
        lease: LEASE,
        sequence: Duration::from_secs(1),
    };
    let stop = tokio::sync::watch::Sender::new(false);
    let mail = gateway::worker::mail::run(gateway.service().clone(), rhythm, stop.subscribe());
    let systems = gateway::worker::delivery::run(gateway.service().clone(), rhythm, stop.subscribe());
    let running = tokio::spawn(async { tokio::join!(mail, systems) });
    while sink.commands().iter().filter(|command| *command == "RCPT").count() < 4 {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    gateway.work().await;
    let came = tokio::time::timeout(Duration::from_millis(800), async {
        while receiver.received().is_empty() {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    });
    assert!(came.await.is_ok(), "a system outside waits for the mail server");
    running.abort();
}
