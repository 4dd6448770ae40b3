//! A system that holds a person's data returns it with its receipt, and the person gets it in one answer with all the rest.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use support::{Canary, Kind, LEASE, Search, Tenant, TestGateway, complete_person, on_both_databases};

use crate::audit_delivery::receiver::Receiver;
use crate::tasks::{answers, hears_of_requests, tasks_of, with_system};

on_both_databases! {
    what_a_system_returns_is_in_the_package_under_its_name,
    what_is_returned_is_sealed_at_once_and_removed_once_it_is_handed_out,
    a_receipt_that_is_said_again_changes_nothing_and_another_one_contradicts,
    what_has_no_place_in_the_answer_is_refused_and_not_echoed,
    how_each_system_answered_is_named_in_package_and_letter,
    what_was_returned_of_an_erased_person_is_gone,
    nothing_that_was_returned_is_lost_wherever_the_worker_dies,
    of_two_requests_of_a_person_each_gets_what_was_returned_for_it,
}

const VALUE: &str = "zåreturqz-4711";

async fn returns(gateway: &TestGateway, secret: &str, (task, data): (&Value, Value)) -> u16 {
    let body = json!({ "taskId": task["id"], "outcome": "done", "data": data });
    answers(gateway, secret, &body).await
}

async fn package(tenant: &Tenant<'_>, request: &str, format: &str) -> support::Answer {
    let file = tenant.gateway().get(&tenant.link(request, format).await).await;
    assert_eq!(file.status, 200);
    file
}

async fn told(tenant: &Tenant<'_>, request: &str) -> Value {
    let task = tasks_of(tenant, request).await.remove(0);
    assert_eq!(tenant.status_of(request).await, "IN_PROGRESS");
    task
}

async fn asked(tenant: &Tenant<'_>, kind: &str, person: &str) -> (String, Value) {
    let request = tenant.approved(kind, person, json!({})).await;
    tenant.gateway().work().await;
    tenant.gateway().deliver().await;
    let task = told(tenant, &request).await;
    (request, task)
}

async fn what_a_system_returns_is_in_the_package_under_its_name(gateway: &TestGateway) {
    let (tenant, person, _, (_, secret)) = with_system(gateway).await;
    for (kind, schema) in [("ACCESS", "access"), ("PORTABILITY", "portability")] {
        let (request, task) = asked(&tenant, kind, &person).await;
        let interim = package(&tenant, &request, "JSON").await.json();
        assert_eq!(
            interim["systems"][0]["answer"], "NOT_ANSWERED",
            "{kind}: what is held here is there at once"
        );
        let data = json!({ "EMAIL": [VALUE], "ADDRESS": { "rad/1": "Provgatan 1\nPort B", "våning": 3 } });
        assert_eq!(returns(gateway, &secret, (&task, data.clone())).await, 204);
        gateway.work().await;
        assert_eq!(tenant.status_of(&request).await, "COMPLETED", "{kind}");
        let file = package(&tenant, &request, "JSON").await.json();
        let [system] = &file["systems"].as_array().unwrap()[..] else { panic!("{kind}: one system") };
        assert_eq!((&system["name"], &system["answer"]), (&json!("Kundregister"), &json!("ANSWERED")));
        assert_eq!(system["data"], data, "{kind}");
        let schema = gateway.get(&format!("schema/{schema}-package.schema.json")).await.json();
        let validator = jsonschema::validator_for(&schema).unwrap();
        let problems: Vec<String> = validator.iter_errors(&file).map(|error| error.to_string()).collect();
        assert_eq!(problems, [""; 0], "{kind}");
        assert!(package(&tenant, &request, "PDF").await.body.starts_with(b"%PDF-"));
        let archive = package(&tenant, &request, "CSV_ZIP").await.body;
        let mut archive = zip::ZipArchive::new(std::io::Cursor::new(archive)).unwrap();
        let mut rows = String::new();
        std::io::Read::read_to_string(&mut archive.by_name("returned.csv").unwrap(), &mut rows).unwrap();
        assert!(rows.contains(&format!("\"Kundregister\",\"EMAIL\",\"/0\",\"{VALUE}\"\r\n")), "{rows}");
        assert!(rows.contains("\"/rad~11\""), "{rows}");
    }
}

/// What lies in the rows of what was returned: whether there is any, and the keyed digests.
async fn kept(gateway: &TestGateway) -> (usize, usize) {
    let count = async |column: &str| {
        let query = format!("SELECT id || '' FROM downstream_task WHERE {column} IS NOT NULL");
        let query =
            if gateway.databases.postgres.is_some() { query } else { query.replace("id || ''", "hex(id)") };
        gateway.databases.texts(Kind::Data, &query).await.len()
    };
    (count("returned").await, count("returned_mac").await)
}

async fn is_on_disk(gateway: &TestGateway) -> bool {
    let canaries = [Canary::new(VALUE)];
    let search = Search::new(&canaries);
    let all = gateway.databases.everything_on_disk().await;
    all.iter().any(|(_, bytes)| !search.run(bytes).is_empty())
}

async fn task_keys(gateway: &TestGateway) -> usize {
    gateway.databases.texts(Kind::Keys, "SELECT class FROM tenant_key WHERE class LIKE 'TASK:%'").await.len()
}

async fn what_is_returned_is_sealed_at_once_and_removed_once_it_is_handed_out(gateway: &TestGateway) {
    let (tenant, person, _, (_, secret)) = with_system(gateway).await;
    let (request, task) = asked(&tenant, "ACCESS", &person).await;
    assert_eq!(returns(gateway, &secret, (&task, json!({ "NAME": VALUE }))).await, 204);
    assert_eq!(kept(gateway).await, (1, 1));
    assert!(!is_on_disk(gateway).await, "it lies sealed");
    gateway.work().await;
    assert_eq!(tenant.status_of(&request).await, "COMPLETED");
    assert_eq!((kept(gateway).await, task_keys(gateway).await), ((0, 1), 0));
    assert!(!is_on_disk(gateway).await);
    let events = "query { auditEvents(filter: { action: \"downstreamTask.confirm\" }) { edges { node { subjectIds dataCategories } } } }";
    let events = tenant.admin().query(events, Value::Null).await.data("/auditEvents/edges/0/node");
    assert_eq!(events, json!({ "subjectIds": [person], "dataCategories": ["NAME"] }));
}

async fn a_receipt_that_is_said_again_changes_nothing_and_another_one_contradicts(gateway: &TestGateway) {
    let (tenant, person, _, (_, secret)) = with_system(gateway).await;
    let (request, task) = asked(&tenant, "ACCESS", &person).await;
    let data = json!({ "NAME": VALUE, "EMAIL": null });
    assert_eq!(returns(gateway, &secret, (&task, data.clone())).await, 204);
    for _ in ["before the answer is made", "and after it"] {
        assert_eq!(returns(gateway, &secret, (&task, data.clone())).await, 204);
        assert_eq!(returns(gateway, &secret, (&task, json!({ "NAME": "another" }))).await, 409);
        assert_eq!(returns(gateway, &secret, (&task, json!({}))).await, 409);
        let bare = json!({ "taskId": task["id"], "outcome": "done" });
        assert_eq!(answers(gateway, &secret, &bare).await, 204);
        gateway.work().await;
    }
    assert_eq!(package(&tenant, &request, "JSON").await.json()["systems"][0]["data"], data);
    let (_, task) = asked(&tenant, "ACCESS", &person).await;
    let bare = json!({ "taskId": task["id"], "outcome": "done" });
    assert_eq!(answers(gateway, &secret, &bare).await, 204);
    assert_eq!(returns(gateway, &secret, (&task, data)).await, 409, "it said that it had nothing");
}

async fn what_has_no_place_in_the_answer_is_refused_and_not_echoed(gateway: &TestGateway) {
    let (tenant, person, receiver, (_, secret)) = with_system(gateway).await;
    let (_, task) = asked(&tenant, "ACCESS", &person).await;
    let deep = (0..9).fold(json!(VALUE), |inner, _| json!([inner]));
    for (data, status) in [
        (json!([VALUE]), 400),
        (json!(VALUE), 400),
        (json!({ "SHOES": VALUE }), 400),
        (json!({ "PASSWORD": VALUE }), 400),
        (json!({ "NAME": deep }), 400),
        (json!({ "NAME": format!("{VALUE}\u{0}") }), 400),
        (json!({ "NAME": VALUE.repeat(400) }), 400),
        (json!({ "NAME": vec![0; 5_001] }), 400),
        (json!({ "NAME": vec!["å".repeat(1_600); 83] }), 413),
        (json!({ "NAME": "a".repeat(300_000) }), 413),
    ] {
        assert_eq!(
            returns(gateway, &secret, (&task, data.clone())).await,
            status,
            "{}",
            data.to_string().len()
        );
    }
    let failed = json!({ "taskId": task["id"], "outcome": "failed", "data": { "NAME": VALUE } });
    assert_eq!(answers(gateway, &secret, &failed).await, 400);
    assert_eq!(kept(gateway).await, (0, 0));
    let (_, narrow) = hears_of_requests(&tenant, "Utskick", (&receiver.url(), &["EMAIL"])).await;
    let request = tenant.approved("PORTABILITY", &person, json!({})).await;
    gateway.work().await;
    let tasks = tasks_of(&tenant, &request).await;
    let task = tasks.iter().find(|task| task["system"]["name"] == "Utskick").unwrap();
    assert_eq!(returns(gateway, &narrow, (task, json!({ "NAME": VALUE }))).await, 400, "not the task's");
    let erasure = tenant.approved("ERASURE", &person, json!({ "categories": ["POSITION"] })).await;
    gateway.work().await;
    let task = tasks_of(&tenant, &erasure).await.remove(0);
    assert_eq!(returns(gateway, &secret, (&task, json!({ "POSITION": VALUE }))).await, 400, "nobody asked");
    assert!(!is_on_disk(gateway).await);
}

async fn how_each_system_answered_is_named_in_package_and_letter(gateway: &TestGateway) {
    let (tenant, person, receiver, (_, secret)) = with_system(gateway).await;
    let bare = Receiver::start().await;
    let (_, silent) = hears_of_requests(&tenant, "Utskick", (&bare.url(), &["EMAIL"])).await;
    hears_of_requests(&tenant, "Arkiv", (&receiver.url(), &["EMAIL"])).await;
    let (gone, _) = hears_of_requests(&tenant, "Gammalt", (&receiver.url(), &["EMAIL"])).await;
    for kind in ["ACCESS", "PORTABILITY"] {
        let request = tenant.approved(kind, &person, json!({})).await;
        gateway.work().await;
        gateway.deliver().await;
        for task in tasks_of(&tenant, &request).await {
            match task["system"]["name"].as_str().unwrap() {
                "Kundregister" => {
                    assert_eq!(returns(gateway, &secret, (&task, json!({ "EMAIL": VALUE }))).await, 204);
                }
                "Utskick" => {
                    let body = json!({ "taskId": task["id"], "outcome": "done" });
                    assert_eq!(answers(gateway, &silent, &body).await, 204);
                }
                _ if kind == "ACCESS" && task["system"]["name"] == "Gammalt" => {
                    let input = json!({ "systemId": gone });
                    tenant.admin().change("removeDownstreamSystem", input, "system { id }").await.succeeded();
                }
                _ => {
                    let input = json!({ "taskId": task["id"], "note": "Utfört för hand." });
                    tenant
                        .admin()
                        .change("acknowledgeDownstreamTask", input, "task { id }")
                        .await
                        .succeeded();
                }
            }
        }
        gateway.work().await;
        let file = package(&tenant, &request, "JSON").await.json();
        let told: BTreeSet<String> = file["systems"]
            .as_array()
            .unwrap()
            .iter()
            .map(|system| format!("{} {} {}", system["name"], system["answer"], system["data"].is_null()))
            .collect();
        assert!(told.contains("\"Kundregister\" \"ANSWERED\" false"), "{told:?}");
        assert!(told.contains("\"Utskick\" \"ANSWERED\" true"), "{told:?}");
        assert!(told.contains("\"Arkiv\" \"DEALT_WITH_BY_HAND\" true"), "{told:?}");
        let letter = tenant.letter(&request, "sv").await;
        for said in ["Kundregister: svarade den", "Utskick: svarade den", "Arkiv: hanterades av en person"] {
            assert!(letter.contains(said), "{kind}: {said} in {letter}");
        }
        let of = |name: &str| letter.lines().find(|line| line.contains(name)).unwrap_or_default();
        assert!(of("Kundregister: ").ends_with(" och lämnade uppgifter."), "{letter}");
        assert!(!of("Utskick: ").contains("lämnade"), "{letter}");
        if kind == "ACCESS" {
            assert!(told.contains("\"Gammalt\" \"NOT_ANSWERED\" true"), "{told:?}");
            assert!(letter.contains("Gammalt: har inte svarat"), "{letter}");
            let english = tenant.letter(&request, "en").await;
            assert!(english.contains("Gammalt: has not answered"), "{english}");
        }
    }
}

async fn what_was_returned_of_an_erased_person_is_gone(gateway: &TestGateway) {
    let (tenant, person, receiver, (_, secret)) = with_system(gateway).await;
    let (_, other) = hears_of_requests(&tenant, "Arkiv", (&receiver.url(), &["EMAIL"])).await;
    let request = tenant.approved("ACCESS", &person, json!({})).await;
    gateway.work().await;
    let tasks = tasks_of(&tenant, &request).await;
    let task = tasks.iter().find(|task| task["system"]["name"] == "Kundregister").unwrap();
    assert_eq!(returns(gateway, &secret, (task, json!({ "NAME": VALUE }))).await, 204);
    let query = if gateway.databases.postgres.is_some() {
        "SELECT encode(returned, 'hex') FROM downstream_task WHERE returned IS NOT NULL"
    } else {
        "SELECT lower(hex(returned)) FROM downstream_task WHERE returned IS NOT NULL"
    };
    let sealed = gateway.databases.texts(Kind::Data, query).await;
    let erasure = tenant.approved("ERASURE", &person, json!({})).await;
    gateway.work().await;
    assert_eq!(kept(gateway).await, (0, 0));
    for task in tasks_of(&tenant, &erasure).await {
        let own = if task["system"]["name"] == "Arkiv" { &other } else { &secret };
        let body = json!({ "taskId": task["id"], "outcome": "done" });
        assert_eq!(answers(gateway, own, &body).await, 204);
    }
    gateway.work().await;
    assert_eq!(tenant.status_of(&erasure).await, "COMPLETED");
    assert_eq!(tenant.status_of(&request).await, "COMPLETED");
    assert_eq!(task_keys(gateway).await, 0);
    gateway.databases.compact().await;
    let middle = hex::decode(&sealed[0][60..100]).unwrap();
    for (place, bytes) in gateway.databases.everything_on_disk().await {
        assert!(!bytes.windows(middle.len()).any(|window| window == middle), "sealed in {place}");
    }
    assert!(!is_on_disk(gateway).await);
}

async fn nothing_that_was_returned_is_lost_wherever_the_worker_dies(gateway: &TestGateway) {
    let (tenant, _, _, (_, secret)) = with_system(gateway).await;
    for (number, place) in ["export.rendered", "task.completing"].into_iter().enumerate() {
        let person = tenant.registers(complete_person(&format!("retur{number}"))).await;
        let (request, task) = asked(&tenant, "ACCESS", &person).await;
        assert_eq!(returns(gateway, &secret, (&task, json!({ "NAME": VALUE }))).await, 204);
        assert!(gateway.dies_at(place).await, "{place}");
        gateway.clock.advance(LEASE);
        gateway.work().await;
        let statuses = tenant.statuses_of(&request).await;
        assert_eq!(
            statuses,
            ["RECEIVED", "UNDER_REVIEW", "IN_PROGRESS", "IN_PROGRESS", "COMPLETED"],
            "{place}"
        );
        let file = package(&tenant, &request, "JSON").await.json();
        assert_eq!(file["systems"][0]["data"], json!({ "NAME": VALUE }), "{place}");
        assert_eq!((kept(gateway).await.0, task_keys(gateway).await), (0, 0), "{place}");
    }
}

async fn of_two_requests_of_a_person_each_gets_what_was_returned_for_it(gateway: &TestGateway) {
    let (tenant, person, _, (_, secret)) = with_system(gateway).await;
    let mut asked = Vec::new();
    for kind in ["ACCESS", "PORTABILITY"] {
        asked.push(self::asked(&tenant, kind, &person).await);
    }
    for (number, (_, task)) in asked.iter().enumerate() {
        assert_eq!(returns(gateway, &secret, (task, json!({ "NAME": number }))).await, 204);
    }
    gateway.work().await;
    for (number, (request, _)) in asked.iter().enumerate() {
        assert_eq!(tenant.status_of(request).await, "COMPLETED");
        let file = package(&tenant, request, "JSON").await.json();
        assert_eq!(file["systems"][0]["data"], json!({ "NAME": number }));
    }
    assert_eq!(task_keys(gateway).await, 0);
}
