//! Purpose limitation: what each purpose shows, and by which way a person is read for which (contract rule 3).

use domain::agreement::AgreementTerms;
use domain::category::DataCategory;
use jiff::civil::date;
use serde_json::{Value, json};
use support::{Tenant, TestGateway, complete_person, on_both_databases};

on_both_databases! {
    each_purpose_shows_its_categories_and_no_other,
    the_way_to_a_person_decides_the_purpose,
    a_category_that_left_the_agreement_is_shown_for_rights_handling_alone,
}

const MEMBERS: [(&str, DataCategory); 7] = [
    ("name", DataCategory::Name),
    ("position", DataCategory::Position),
    ("phone", DataCategory::Phone),
    ("address", DataCategory::Address),
    ("email", DataCategory::Email),
    ("loginName", DataCategory::LoginName),
    ("hasPassword", DataCategory::Password),
];

const ALL: &[&str] = &["name", "position", "phone", "address", "email", "loginName", "hasPassword"];

fn shown(person: &Value) -> Vec<&'static str> {
    MEMBERS.iter().map(|(member, _)| *member).filter(|member| !person[*member].is_null()).collect()
}

async fn each_purpose_shows_its_categories_and_no_other(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let person = tenant.registers(complete_person("matris")).await;
    tenant.records_consent(&person, "DIRECT_MARKETING").await;
    for (purpose, expected) in [
        ("SERVICE_DELIVERY", ALL),
        ("DIRECT_MARKETING", &["name", "position", "phone", "address", "email"]),
        ("BOOKKEEPING", &["name", "address"]),
        ("RIGHTS_HANDLING", ALL),
        ("LEGAL_CLAIMS", ALL),
    ] {
        let one = tenant.staff("subjects:read").reads_for(&person, purpose).await;
        assert_eq!(shown(&one.data("/dataSubject")), expected, "{purpose}, one person");
        let text = "query($purpose: Purpose!) { dataSubjects(purpose: $purpose) { edges { node { name position phone \
                    email loginName hasPassword address { locality } } } } }";
        let list = tenant.staff("subjects:read").query(text, json!({ "purpose": purpose })).await;
        assert_eq!(shown(&list.data("/dataSubjects/edges/0/node")), expected, "{purpose}, list");
    }
}

/// The agreement no longer covers telephone and e-mail.
async fn narrowed(tenant: &Tenant<'_>) {
    let mut categories: domain::category::Categories = DataCategory::ALL.into_iter().collect();
    categories.remove(&DataCategory::Phone);
    categories.remove(&DataCategory::Email);
    tenant
        .signs(2, AgreementTerms { categories, effective_from: date(2026, 1, 1), effective_to: None })
        .await;
}

const PERSON: &str = "id name position phone email loginName hasPassword address { locality }";

async fn the_way_to_a_person_decides_the_purpose(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let person = tenant.registers(complete_person("vagen")).await;
    let request = tenant.submits_access(&person).await;
    narrowed(&tenant).await;
    let without: &[&str] = &["name", "position", "address", "loginName", "hasPassword"];
    let ids = json!({ "person": person, "request": request });
    for (text, pointer, expected) in [
        ("query($person: ID!) { node(id: $person) { ... on DataSubject { PERSON } } }", "/node", without),
        (
            "query($person: ID!) { nodes(ids: [$person]) { ... on DataSubject { PERSON } } }",
            "/nodes/0",
            without,
        ),
        (
            "query($request: ID!) { rightsRequest(id: $request) { subject { PERSON } } }",
            "/rightsRequest/subject",
            ALL,
        ),
        (
            "{ rightsRequests { edges { node { subject { PERSON } } } } }",
            "/rightsRequests/edges/0/node/subject",
            ALL,
        ),
        (
            "query($request: ID!) { node(id: $request) { ... on RightsRequest { subject { PERSON } } } }",
            "/node/subject",
            ALL,
        ),
    ] {
        let answer = tenant.admin().query(&text.replace("PERSON", PERSON), ids.clone()).await;
        assert_eq!(shown(&answer.data(pointer)), expected, "{text}");
    }
    let input = json!({ "subjectId": person, "position": "Provledare" });
    let updated =
        tenant.admin().change("updateDataSubject", input, &format!("dataSubject {{ {PERSON} }}")).await;
    assert_eq!(shown(&updated.data("/updateDataSubject/dataSubject")), without);
    let me = tenant.person(&person).query(&format!("{{ me {{ {PERSON} }} }}"), Value::Null).await;
    assert_eq!(shown(&me.data("/me")), ALL, "the person sees all of it");
}

async fn a_category_that_left_the_agreement_is_shown_for_rights_handling_alone(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let person = tenant.registers(complete_person("avtal")).await;
    tenant.records_consent(&person, "DIRECT_MARKETING").await;
    narrowed(&tenant).await;
    for (purpose, sees) in [
        ("SERVICE_DELIVERY", false),
        ("DIRECT_MARKETING", false),
        ("BOOKKEEPING", false),
        ("LEGAL_CLAIMS", false),
        ("RIGHTS_HANDLING", true),
    ] {
        let answer = tenant.staff("subjects:read").reads_for(&person, purpose).await;
        assert_eq!(!answer.data("/dataSubject/email").is_null(), sees, "{purpose}");
        assert_eq!(answer.data("/dataSubject/name"), "Åsa avtal Exempelsson", "{purpose}");
        let text = "query($purpose: Purpose!) { dataSubjects(purpose: $purpose, filter: { email: \
                    \"asa.avtal@provstad.example\" }) { totalCount } }";
        let found = tenant.staff("subjects:read").query(text, json!({ "purpose": purpose })).await;
        assert_eq!(found.data("/dataSubjects/totalCount"), json!(i32::from(sees)), "{purpose}");
    }
    let input = json!({ "subjectId": person, "email": "ny@provstad.example", "position": "Ny" });
    let refused = tenant.admin().change("updateDataSubject", input, "dataSubject { id }").await;
    assert_eq!(refused.user_errors(), ["OUTSIDE_AGREEMENT input.email"]);
    let input = json!({ "name": "Bo Utanför", "phone": "070-174 06 05", "email": "bo@provstad.example" });
    let refused = tenant.admin().change("registerDataSubject", input, "dataSubject { id }").await;
    let mut errors = refused.user_errors();
    errors.sort();
    assert_eq!(errors, ["OUTSIDE_AGREEMENT input.email", "OUTSIDE_AGREEMENT input.phone"]);
    let input = json!({ "subjectId": person, "email": null });
    let removed = tenant.admin().change("updateDataSubject", input, "dataSubject { id }").await;
    assert_eq!(removed.user_errors(), Vec::<String>::new(), "what is outside may always go");
}
