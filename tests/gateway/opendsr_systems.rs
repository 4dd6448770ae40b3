//! Systems that speak OpenDSR are told in it, and believed when their certificate's key has signed.

mod processor;

use std::collections::BTreeSet;
use std::time::Duration;

use domain::opendsr::SubjectRequestId;
use reqwest::Method;
use serde_json::{Value, json};
use support::{Tenant, TestGateway, complete_person};

use crate::tasks::{hears_of_requests, tasks_of};
use processor::{DOMAIN, Leaf, Processor, leaves, trusts};

/// Two test cases of each function, whose gateways trust the tests' authority.
macro_rules! trusting {
    ($($name:ident,)+) => {
        mod on_sqlite {
            $(#[test]
            fn $name() {
                support::run(async {
                    let gateway = support::TestGateway::sqlite_with(super::trusts).await;
                    super::$name(&gateway).await;
                    gateway.stop().await;
                });
            })+
        }

        mod on_postgres {
            $(#[test]
            fn $name() {
                support::run(async {
                    let Some(gateway) = support::TestGateway::postgres_with(super::trusts).await else {
                        return support::postgres::skipped_loudly(stringify!($name));
                    };
                    super::$name(&gateway).await;
                    gateway.stop().await;
                });
            })+
        }
    };
}

trusting! {
    a_task_is_passed_on_and_ends_with_a_signed_callback,
    a_callback_that_is_not_authentic_is_answered_like_any_other,
    a_changed_certificate_is_fetched_anew,
    a_cancelled_request_fails_and_a_later_completion_counts,
    what_a_processor_cannot_take_fails_at_once,
    what_a_processor_names_as_an_extension_is_sent_as_one,
    a_processor_that_does_not_call_back_is_asked,
    a_repetition_that_is_refused_stands_where_it_is_known,
}

/// A tenant with a person and a system that speaks OpenDSR; with its bearer token.
async fn with_processor(gateway: &TestGateway) -> (Tenant<'_>, String, Processor, String) {
    let (tenant, processor) = (gateway.tenant().await, Processor::start().await);
    let person = tenant.registers(complete_person("delad")).await;
    let input = json!({
        "name": "Utskick", "endpoint": processor.url(), "connector": "OPENDSR", "dataCategories": ["NAME", "EMAIL"],
        "identifiers": ["EXTERNAL_REFERENCE", "SUBJECT_ID", "EMAIL", "PHONE"],
    });
    let answer =
        tenant.admin().change("registerDownstreamSystem", input, "system { id connector } secret").await;
    answer.succeeded();
    assert_eq!(answer.payload("/system/connector"), "OPENDSR");
    let token = answer.payload("/secret").as_str().unwrap().to_owned();
    (tenant, person, processor, token)
}

/// A request is approved and passed on, or tried to be.
async fn passed_on(gateway: &TestGateway, tenant: &Tenant<'_>, (kind, person): (&str, &str)) -> String {
    let request = tenant.approved(kind, person, json!({})).await;
    gateway.work().await;
    gateway.deliver().await;
    request
}

async fn task_of(tenant: &Tenant<'_>, request: &str) -> Value {
    let [task] = &tasks_of(tenant, request).await[..] else { panic!("one task") };
    task.clone()
}

/// The name under which a task was passed on.
fn name_of(task: &Value) -> String {
    let id = domain::id::TaskId::parse(task["id"].as_str().unwrap()).unwrap();
    SubjectRequestId::of_task(id).to_string()
}

fn said(gateway: &TestGateway, name: &str, status: &str) -> String {
    let url = format!("{}/opendsr/v2/callbacks", gateway.address());
    json!({ "subject_request_id": name, "request_status": status, "status_callback_url": url }).to_string()
}

/// Posts a callback; gives status and text of the answer.
async fn calls_back(gateway: &TestGateway, (domain, leaf): (&str, &Leaf), body: &str) -> (u16, String) {
    let request = gateway.request(Method::POST, "opendsr/v2/callbacks").body(body.to_owned());
    let request = request.header("x-opendsr-processor-domain", domain);
    let answer = gateway.send(request.header("x-opendsr-signature", leaf.signs(body))).await;
    (answer.status, answer.text())
}

async fn says(gateway: &TestGateway, task: &Value, status: &str) -> u16 {
    let body = said(gateway, &name_of(task), status);
    calls_back(gateway, (DOMAIN, &leaves().own), &body).await.0
}

async fn a_task_is_passed_on_and_ends_with_a_signed_callback(gateway: &TestGateway) {
    let (tenant, person, processor, token) = with_processor(gateway).await;
    let request = passed_on(gateway, &tenant, ("ERASURE", &person)).await;
    let task = task_of(&tenant, &request).await;
    assert_eq!(task["status"], "DELIVERED");
    let [(bearer, body)] = &processor.posted()[..] else { panic!("one request") };
    assert_eq!(*bearer, format!("Bearer {token}"));
    let expected = json!({
        "regulation": "gdpr", "subject_request_id": name_of(&task), "subject_request_type": "erasure",
        "submitted_time": body["submitted_time"], "api_version": "2.0",
        "subject_identities": [{
            "identity_type": "email", "identity_value": "asa.delad@provstad.example", "identity_format": "raw",
        }],
        "status_callback_urls": [format!("{}/opendsr/v2/callbacks", gateway.address())],
    });
    assert_eq!(*body, expected, "by nothing that it cannot look up");
    for status in ["pending", "in_progress"] {
        assert_eq!(says(gateway, &task, status).await, 202, "{status}");
        assert_eq!(task_of(&tenant, &request).await["status"], "DELIVERED", "{status}");
    }
    for _ in 0..2 {
        assert_eq!(says(gateway, &task, "completed").await, 202);
        assert_eq!(task_of(&tenant, &request).await["status"], "ACKNOWLEDGED");
    }
    gateway.work().await;
    assert_eq!(tenant.status_of(&request).await, "COMPLETED");
    for (status, answer) in [("in_progress", 202), ("completed", 202), ("cancelled", 409), ("lost", 400)] {
        assert_eq!(says(gateway, &task, status).await, answer, "late: {status}");
    }
    assert_eq!(tenant.events("downstreamTask.confirm").await, 1, "a repetition is no event");
    gateway.clock.advance(Duration::from_hours(2));
    gateway.deliver().await;
    assert_eq!(processor.behaviour.lock().unwrap().asked, 0, "what has ended is not asked about");
}

async fn a_callback_that_is_not_authentic_is_answered_like_any_other(gateway: &TestGateway) {
    let (tenant, person, processor, _) = with_processor(gateway).await;
    let request = passed_on(gateway, &tenant, ("ACCESS", &person)).await;
    let task = task_of(&tenant, &request).await;
    let (other, others_person) = (gateway.tenant().await, "grannen");
    let neighbour = other.registers(complete_person(others_person)).await;
    hears_of_requests(&other, "Kundregister", ("http://127.0.0.1:9/", &["EMAIL"])).await;
    let theirs = other.approved("ACCESS", &neighbour, json!({})).await;
    let theirs = name_of(&task_of(&other, &theirs).await);
    let body = said(gateway, &name_of(&task), "completed");
    let unknown = said(gateway, "a7551968-d5d6-44b2-9831-815ac9017798", "completed");
    let made = leaves();
    let mut told = BTreeSet::new();
    for (domain, leaf, body) in [
        (DOMAIN, &made.other_domain, &*body),
        (DOMAIN, &made.self_signed, &body),
        (DOMAIN, &made.expired, &body),
        ("other.prov.example", &made.other_domain, &body),
        ("", &made.own, &body),
        (DOMAIN, &made.own, &unknown),
        (DOMAIN, &made.own, &said(gateway, &theirs, "completed")),
        (DOMAIN, &made.own, "{}"),
        (DOMAIN, &made.own, "no JSON"),
    ] {
        let (status, text) = calls_back(gateway, (domain, leaf), body).await;
        assert_eq!(status, 401, "{domain} {body}");
        told.insert(text);
    }
    let bare = gateway.request(Method::POST, "opendsr/v2/callbacks").body(body.clone());
    told.insert(gateway.send(bare).await.text());
    assert_eq!(told.len(), 1, "{told:?}");
    for published in [&made.other_domain, &made.self_signed, &made.expired] {
        gateway.clock.advance(Duration::from_hours(2));
        processor.behaviour.lock().unwrap().publishes = published;
        let (status, _) = calls_back(gateway, (DOMAIN, published), &body).await;
        assert_eq!(status, 401, "what is published must be trusted too");
    }
    assert_eq!(task_of(&tenant, &request).await["status"], "DELIVERED");
    gateway.clock.advance(Duration::from_hours(2));
    processor.behaviour.lock().unwrap().publishes = &made.own;
    let elsewhere = body.replace("/opendsr/v2/callbacks", "/elsewhere");
    assert_eq!(calls_back(gateway, (DOMAIN, &made.own), &elsewhere).await.0, 400, "meant for somebody else");
    assert_eq!(calls_back(gateway, (DOMAIN, &made.own), &body).await.0, 202);
}

async fn a_changed_certificate_is_fetched_anew(gateway: &TestGateway) {
    let (tenant, person, processor, _) = with_processor(gateway).await;
    processor.behaviour.lock().unwrap().publishes = &leaves().expired;
    let request = passed_on(gateway, &tenant, ("ACCESS", &person)).await;
    let task = task_of(&tenant, &request).await;
    assert_eq!(says(gateway, &task, "completed").await, 401);
    processor.behaviour.lock().unwrap().publishes = &leaves().own;
    assert_eq!(says(gateway, &task, "completed").await, 401, "not so soon again");
    gateway.clock.advance(Duration::from_secs(61));
    assert_eq!(says(gateway, &task, "completed").await, 202);
}

async fn a_cancelled_request_fails_and_a_later_completion_counts(gateway: &TestGateway) {
    let (tenant, person, _processor, _) = with_processor(gateway).await;
    let request = passed_on(gateway, &tenant, ("ACCESS", &person)).await;
    let task = task_of(&tenant, &request).await;
    assert_eq!(says(gateway, &task, "cancelled").await, 202);
    let failed = task_of(&tenant, &request).await;
    assert_eq!((&failed["status"], &failed["endedAt"]), (&json!("FAILED"), &Value::Null));
    gateway.work().await;
    assert_eq!(tenant.status_of(&request).await, "IN_PROGRESS");
    assert_eq!(says(gateway, &task, "completed").await, 202);
    gateway.work().await;
    assert_eq!(tenant.status_of(&request).await, "COMPLETED");
}

async fn what_a_processor_cannot_take_fails_at_once(gateway: &TestGateway) {
    let (tenant, _, processor, _) = with_processor(gateway).await;
    let nameless = json!({ "name": "Ada Prov", "externalReference": "K-namnlos" });
    let nameless = tenant.registers(nameless).await;
    let known = tenant.registers(complete_person("kand")).await;
    for (kind, person, reason) in [
        ("PORTABILITY", &known, "takes no requests of this kind"),
        ("RESTRICTION", &known, "takes no requests of this kind"),
        ("ACCESS", &nameless, "knows persons by nothing"),
    ] {
        let request = passed_on(gateway, &tenant, (kind, person)).await;
        let task = task_of(&tenant, &request).await;
        assert_eq!(task["status"], "FAILED", "{kind}");
        assert!(task["lastError"].as_str().unwrap().contains(reason), "{kind}: {task}");
        assert_eq!(task["endedAt"], Value::Null, "{kind}: it waits for a person");
    }
    assert_eq!(processor.posted().len(), 0);
}

async fn what_a_processor_names_as_an_extension_is_sent_as_one(gateway: &TestGateway) {
    let (tenant, person, processor, _) = with_processor(gateway).await;
    processor.behaviour.lock().unwrap().discovery["extensions"] = json!({ DOMAIN: {
        "supported_subject_request_types": ["restriction"],
        "supported_identities": [{ "identity_type": "phone", "identity_format": "raw" }],
    } });
    let request = passed_on(gateway, &tenant, ("RESTRICTION", &person)).await;
    assert_eq!(task_of(&tenant, &request).await["status"], "DELIVERED");
    let (_, body) = processor.posted().remove(0);
    let phone =
        json!({ "identity_type": "phone", "identity_value": "+46701740605", "identity_format": "raw" });
    let extension = json!({ DOMAIN: { "ground": "UNLAWFUL_PROCESSING", "identities": [phone] } });
    assert_eq!(body["extensions"], extension);
    assert_eq!(body["subject_request_type"], "restriction");
}

async fn a_processor_that_does_not_call_back_is_asked(gateway: &TestGateway) {
    let (tenant, person, processor, _) = with_processor(gateway).await;
    let request = passed_on(gateway, &tenant, ("ACCESS", &person)).await;
    let asked = || processor.behaviour.lock().unwrap().asked;
    for (minutes, status, times) in
        [(59, Some("completed"), 0), (2, None, 1), (30, Some("completed"), 1), (31, Some("in_progress"), 2)]
    {
        processor.behaviour.lock().unwrap().status = status;
        gateway.clock.advance(Duration::from_mins(minutes));
        gateway.deliver().await;
        assert_eq!(asked(), times, "{minutes}");
        assert_eq!(task_of(&tenant, &request).await["status"], "DELIVERED", "{minutes}");
    }
    {
        let mut behaviour = processor.behaviour.lock().unwrap();
        (behaviour.status, behaviour.publishes) = (Some("completed"), &leaves().self_signed);
    }
    gateway.clock.advance(Duration::from_hours(4));
    gateway.deliver().await;
    assert_eq!(task_of(&tenant, &request).await["status"], "DELIVERED", "signed by nobody who is trusted");
    processor.behaviour.lock().unwrap().publishes = &leaves().own;
    gateway.clock.advance(Duration::from_hours(25));
    gateway.deliver().await;
    assert_eq!(task_of(&tenant, &request).await["status"], "ACKNOWLEDGED");
    gateway.work().await;
    assert_eq!(tenant.status_of(&request).await, "COMPLETED");
}

async fn a_repetition_that_is_refused_stands_where_it_is_known(gateway: &TestGateway) {
    let (tenant, _, processor, _) = with_processor(gateway).await;
    for (tag, answers, known, status, attempts) in [
        ("upprepad", 409, Some("pending"), "DELIVERED", 1),
        ("upprepad2", 400, Some("pending"), "DELIVERED", 1),
        ("okand", 400, None, "FAILED", 1),
        ("trasig", 500, None, "PENDING", 1),
    ] {
        let person = tenant.registers(complete_person(tag)).await;
        {
            let mut behaviour = processor.behaviour.lock().unwrap();
            (behaviour.answers, behaviour.status) = (answers, known);
        }
        let request = passed_on(gateway, &tenant, ("ACCESS", &person)).await;
        let task = task_of(&tenant, &request).await;
        assert_eq!((&task["status"], &task["attempts"]), (&json!(status), &json!(attempts)), "{tag}");
    }
}
