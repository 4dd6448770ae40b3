//! The marketing list: only those who consented are listed, counted and found (contract rule 3).

use serde_json::{Value, json};
use support::{TestGateway, complete_person, on_both_databases};

on_both_databases! {
    the_marketing_list_holds_those_who_consented_and_counts_and_finds_no_other,
    a_person_outside_the_marketing_list_is_not_there_for_marketing,
    a_new_consent_stands_before_the_older_one_which_stays_as_evidence,
    a_consent_is_refused_with_where_and_why,
}

const LIST: &str = "query($filter: DataSubjectFilter) { dataSubjects(purpose: DIRECT_MARKETING, filter: $filter) { \
                    totalCount edges { node { name } } } }";

async fn the_marketing_list_holds_those_who_consented_and_counts_and_finds_no_other(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let yes = tenant.registers(complete_person("ja")).await;
    let no = tenant.registers(complete_person("nej")).await;
    tenant.records_consent(&yes, "DIRECT_MARKETING").await;
    tenant.records_consent(&no, "SERVICE_DELIVERY").await;
    let caller = tenant.staff("subjects:read consents:read");
    let one = json!({ "totalCount": 1, "edges": [{ "node": { "name": "Åsa ja Exempelsson" } }] });
    let none = json!({ "totalCount": 0, "edges": [] });
    for (filter, expected) in [
        (Value::Null, &one),
        (json!({}), &one),
        (json!({ "email": "asa.ja@provstad.example" }), &one),
        (json!({ "email": "asa.nej@provstad.example" }), &none),
        (json!({ "phone": "0701740605" }), &one),
        (json!({ "nameWords": "nej" }), &none),
        (json!({ "nameWords": "exempelsson" }), &one),
        (json!({ "externalReference": "K-nej" }), &none),
        (json!({ "status": ["ACTIVE"] }), &one),
        (json!({ "status": ["RESTRICTED", "ERASED"] }), &none),
    ] {
        let answer = caller.query(LIST, json!({ "filter": filter })).await;
        assert_eq!(&answer.data("/dataSubjects"), expected, "{filter}");
    }
    let everybody = caller.query("{ dataSubjects { totalCount } }", Value::Null).await;
    assert_eq!(everybody.data("/dataSubjects/totalCount"), 2, "both are there for the service");
}

async fn a_person_outside_the_marketing_list_is_not_there_for_marketing(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let person = tenant.registers(complete_person("utan")).await;
    let caller = tenant.staff("subjects:read");
    gateway.clock.advance(std::time::Duration::from_millis(1));
    assert_eq!(caller.reads_for(&person, "DIRECT_MARKETING").await.data("/dataSubject"), Value::Null);
    let log = "{ auditEvents(first: 1) { edges { node { action allowed dataCategories purpose } } } }";
    let event = tenant.staff("audit:read").query(log, Value::Null).await.data("/auditEvents/edges/0/node");
    let expected = json!({ "action": "dataSubject.read", "allowed": false, "dataCategories": [], "purpose": "DIRECT_MARKETING" });
    assert_eq!(event, expected, "the refused use is on record");
    tenant.records_consent(&person, "DIRECT_MARKETING").await;
    assert_ne!(caller.reads_for(&person, "DIRECT_MARKETING").await.data("/dataSubject"), Value::Null);
}

async fn a_new_consent_stands_before_the_older_one_which_stays_as_evidence(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let person = tenant.registers(complete_person("om")).await;
    for (at, version) in [("2024-05-06T07:08:09Z", "2024-01"), ("2026-02-01T10:00:00+01:00", "2026-01")] {
        let input = json!({ "subjectId": person, "purpose": "DIRECT_MARKETING", "source": " webben ",
                            "textVersion": version, "grantedAt": at });
        let answer = tenant.admin().change("grantConsent", input, "consent { status source }").await;
        assert_eq!(answer.data("/grantConsent/consent"), json!({ "status": "GRANTED", "source": "webben" }));
    }
    let text =
        "query($id: ID!) { dataSubject(id: $id) { consents { status grantedAt withdrawnAt textVersion } } }";
    let consents = tenant.admin().query(text, json!({ "id": person })).await.data("/dataSubject/consents");
    assert_eq!(
        consents,
        json!([
            { "status": "GRANTED", "grantedAt": "2026-02-01T09:00:00.000Z", "withdrawnAt": null, "textVersion": "2026-01" },
            { "status": "GRANTED", "grantedAt": "2024-05-06T07:08:09.000Z", "withdrawnAt": null, "textVersion": "2024-01" },
        ])
    );
}

async fn a_consent_is_refused_with_where_and_why(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let person = tenant.registers(complete_person("fel")).await;
    let right =
        json!({ "subjectId": person, "purpose": "DIRECT_MARKETING", "source": "webben", "textVersion": "1" });
    for (member, value, expected) in [
        ("subjectId", json!("subject_01h2xcejqtf2nbrexx3vqjhp41"), "NOT_FOUND input.subjectId"),
        ("subjectId", json!("request_01h2xcejqtf2nbrexx3vqjhp41"), "NOT_FOUND input.subjectId"),
        ("subjectId", json!("nonsense"), "NOT_FOUND input.subjectId"),
        ("source", json!("  "), "INVALID input.source"),
        ("source", json!("å".repeat(501)), "INVALID input.source"),
        ("textVersion", json!("1\u{0}"), "INVALID input.textVersion"),
        ("grantedAt", json!("2026-03-02T09:00:01Z"), "INVALID input.grantedAt"),
        ("grantedAt", json!("yesterday"), "INVALID input.grantedAt"),
    ] {
        let mut input = right.clone();
        input[member] = value;
        let answer = tenant.admin().change("grantConsent", input, "consent { id }").await;
        assert_eq!(answer.user_errors(), [expected]);
        assert_eq!(answer.data("/grantConsent/consent"), Value::Null);
    }
}
