//! Notices that are of no use any more, and what is left of notices.

use std::time::Duration;

use serde_json::{Value, json};
use support::{Kind, Tenant, TestGateway, on_both_databases, person};

use super::sink::{Manner, Sink};
use super::{reports, seen, with_a_mail_server};

with_a_mail_server! {
    a_reminder_is_not_sent_once_it_is_overtaken_or_the_request_answered_or_extended,
    a_notice_that_waited_too_long_is_not_sent,
    a_process_without_a_mail_server_leaves_notices_to_others,
    of_a_tenant_that_has_ended_no_notice_goes_out_and_none_is_left,
    an_export_of_the_tenant_holds_its_notices,
}

mod without_a_mail_server {
    super::on_both_databases! { no_notice_is_made_and_none_is_sent_of_history }

    use super::no_notice_is_made_and_none_is_sent_of_history;
}

async fn kinds(tenant: &Tenant<'_>) -> Vec<String> {
    let told = |notice: &Value| {
        format!("{} {}", notice["kind"].as_str().unwrap(), notice["status"].as_str().unwrap())
    };
    seen(tenant, "kind status").await.iter().map(told).collect()
}

async fn received(tenant: &Tenant<'_>) -> String {
    let id = tenant.registers(person("Ada Prov")).await;
    let letter = json!({ "channel": "LETTER", "receivedAt": "2026-03-02T08:00:00Z" });
    tenant.tries("ACCESS", &id, letter).await.made()
}

async fn reminded_on(gateway: &TestGateway, day: &str) {
    gateway.on(day);
    gateway.work().await;
}

async fn a_reminder_is_not_sent_once_it_is_overtaken_or_the_request_answered_or_extended(
    gateway: &TestGateway,
    sink: &Sink,
) {
    let (answered, overtaken, extended) =
        (gateway.tenant().await, gateway.tenant().await, gateway.tenant().await);
    let request = received(&answered).await;
    received(&overtaken).await;
    let longer = received(&extended).await;
    reminded_on(gateway, "2026-03-30").await;
    answered.verifies(&request).await;
    answered.refuses(&request).await;
    extended.verifies(&longer).await;
    extended.takes("extendDeadline", &longer).await.succeeded();
    gateway.work().await;
    reminded_on(gateway, "2026-04-01").await;
    gateway.send_notices().await;
    assert_eq!(kinds(&answered).await, ["RESPONSE_DUE_SOON SKIPPED"]);
    assert_eq!(kinds(&overtaken).await, ["RESPONSE_DUE_SOON SENT", "RESPONSE_DUE_SOON SKIPPED"]);
    assert_eq!(kinds(&extended).await, ["RESPONSE_DUE_SOON SKIPPED"]);
    assert_eq!(sink.received().len(), 1, "{:?}", sink.subjects());
}

async fn a_notice_that_waited_too_long_is_not_sent(gateway: &TestGateway, sink: &Sink) {
    let tenant = gateway.tenant().await;
    reports(gateway, &[&tenant], json!({})).await;
    crate::announcements::announces(gateway, json!({})).await.succeeded();
    gateway.clock.advance(Duration::from_hours(73));
    gateway.send_notices().await;
    assert_eq!(kinds(&tenant).await, ["SUBPROCESSOR_ANNOUNCED SKIPPED", "BREACH_REPORTED SENT"]);
    reports(gateway, &[&tenant], json!({})).await;
    gateway.clock.advance(Duration::from_hours(24 * 15));
    gateway.send_notices().await;
    assert_eq!(kinds(&tenant).await[0], "BREACH_REPORTED SKIPPED");
    assert_eq!(sink.received().len(), 1);
}

async fn a_process_without_a_mail_server_leaves_notices_to_others(gateway: &TestGateway, sink: &Sink) {
    let tenant = gateway.tenant().await;
    reports(gateway, &[&tenant], json!({})).await;
    let without = gateway.another(|config| config.mail.host = None).await.gateway;
    assert!(gateway::worker::mail::send_once(&without, support::LEASE).await.unwrap());
    assert_eq!(kinds(&tenant).await, ["BREACH_REPORTED PENDING"]);
    gateway.clock.advance(Duration::from_hours(1));
    assert_eq!(gateway.send_notices().await, 1);
    assert_eq!((kinds(&tenant).await, sink.received().len()), (vec!["BREACH_REPORTED SENT".to_owned()], 1));
}

async fn of_a_tenant_that_has_ended_no_notice_goes_out_and_none_is_left(gateway: &TestGateway, sink: &Sink) {
    let (tenant, other) = (gateway.tenant().await, gateway.tenant().await);
    reports(gateway, &[&tenant, &other], json!({})).await;
    gateway.send_notices().await;
    sink.behaves(Manner { answers: Some(("RCPT", 451)), ..Manner::default() });
    reports(gateway, &[&tenant, &other], json!({})).await;
    gateway.send_notices().await;
    tenant.is_closed().await;
    sink.behaves(Manner::default());
    reports(gateway, &[&tenant, &other], json!({})).await;
    gateway.clock.advance(Duration::from_mins(1));
    gateway.send_notices().await;
    let of = gateway.databases.literal(tenant.id.uuid());
    for table in ["notice", "job"] {
        let left = format!("SELECT 'row' FROM {table} WHERE tenant_id = {of}");
        assert_eq!(gateway.databases.texts(Kind::Data, &left).await.len(), 0, "{table}");
    }
    let sent = sink.received().len();
    assert!((3..=4).contains(&sent), "two at first, and of the other tenant alone after that: {sent}");
    assert_eq!(kinds(&other).await[0], "BREACH_REPORTED SENT");
}

async fn an_export_of_the_tenant_holds_its_notices(gateway: &TestGateway, _: &Sink) {
    let tenant = gateway.tenant().await;
    let breach = reports(gateway, &[&tenant], json!({})).await;
    gateway.send_notices().await;
    tenant.exports().await;
    let export = tenant.unpacks_export().await;
    let (records, rows) = (export.records("notices"), export.rows("notices"));
    let own = seen(&tenant, "id kind aboutId status createdAt endedAt failures lastError").await;
    assert_eq!((records.len(), rows.len(), own.len()), (1, 1, 1));
    for member in ["id", "kind", "aboutId", "status", "failures", "lastError"] {
        assert_eq!(records[0][member], own[0][member], "{member}");
    }
    assert_eq!((&rows[0]["aboutId"], &rows[0]["status"][..]), (&breach, "SENT"));
}

async fn no_notice_is_made_and_none_is_sent_of_history(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    reports(gateway, &[&tenant], json!({})).await;
    crate::announcements::announces(gateway, json!({})).await.succeeded();
    received(&tenant).await;
    reminded_on(gateway, "2026-03-19").await;
    assert_eq!(gateway.send_notices().await, 0);
    assert_eq!(seen(&tenant, "id").await, Vec::<Value>::new());
    let sink = Sink::start().await;
    let with = gateway.another(|config| sink.configure(config)).await.gateway;
    for day in ["2026-03-20", "2026-03-26"] {
        gateway.on(day);
        while gateway::worker::work_once(&with, support::LEASE).await.unwrap() {}
        while gateway::worker::mail::send_once(&with, support::LEASE).await.unwrap() {}
    }
    assert_eq!(kinds(&tenant).await, ["RESPONSE_DUE_SOON SENT"], "what comes from then on is told of");
    assert_eq!(sink.received().len(), 1);
}
