//! Data portability (Art. 20): what the person provided, on consent or contract, in a form that machines read.

use std::io::{Cursor, Read as _};

use serde_json::{Value, json};
use support::{Answer, Tenant, Terms, TestGateway, complete_person, on_both_databases, person};

on_both_databases! {
    the_package_holds_what_the_person_provided_and_fits_its_published_schema,
    what_is_left_out_is_named_with_the_reason,
    the_tables_hold_the_same,
    what_rests_on_another_basis_is_not_portable,
    what_is_not_held_is_said_to_be_nothing,
    access_hands_out_the_records_that_portability_leaves_out,
}

async fn package(tenant: &Tenant<'_>, id: &str, format: &str) -> (String, Answer) {
    let request = tenant.carries_out("PORTABILITY", id, json!({})).await;
    let file = tenant.gateway().get(&tenant.link(&request, format).await).await;
    assert_eq!(file.status, 200);
    (request, file)
}

fn problems(schema: &Value, document: &Value) -> Vec<String> {
    let validator = jsonschema::validator_for(schema).unwrap();
    validator.iter_errors(document).map(|error| error.to_string()).collect()
}

async fn furnished(tenant: &Tenant<'_>, tag: &str) -> String {
    let id = tenant.registers(complete_person(tag)).await;
    tenant.files_invoice(&id, &format!("F-{tag}"), "2025-12-31").await;
    tenant.records_consent(&id, "DIRECT_MARKETING").await;
    id
}

async fn the_package_holds_what_the_person_provided_and_fits_its_published_schema(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let id = furnished(&tenant, "flytt").await;
    let (request, file) = package(&tenant, &id, "JSON").await;
    let schema = gateway.get("schema/portability-package.schema.json").await;
    assert_eq!(schema.status, 200);
    assert_eq!(problems(&schema.json(), &file.json()), Vec::<String>::new());
    assert_ne!(problems(&schema.json(), &json!({})), Vec::<String>::new(), "the schema asks for something");
    let text = file.text();
    for value in [
        "Åsa flytt Exempelsson",
        "Provledare flytt",
        "+46701740605",
        "Provgatan 1 flytt",
        "Provstad flytt",
        "asa.flytt@provstad.example",
        "asa-flytt",
    ] {
        assert!(text.contains(value), "{value} in {text}");
    }
    for left_out in ["hemligt lösenord", "argon2", "Ett års abonnemang", "F-flytt"] {
        assert!(!text.contains(left_out), "{left_out} in {text}");
    }
    let answer = tenant.request(&request, "status reference package { formats sha256(format: JSON) }").await;
    assert_eq!(answer["status"], "COMPLETED");
    assert_eq!(answer["package"]["formats"], json!(["CSV_ZIP", "JSON", "PDF"]));
    let digest = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, &file.body);
    assert_eq!(answer["package"]["sha256"], json!(hex::encode(digest)));
    assert!(text.contains(answer["reference"].as_str().unwrap()));
    let letter = gateway.get(&tenant.link(&request, "PDF").await).await;
    assert!(letter.body.starts_with(b"%PDF-"));
}

async fn what_is_left_out_is_named_with_the_reason(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let id = furnished(&tenant, "utan").await;
    let (request, file) = package(&tenant, &id, "JSON").await;
    let excluded = file.text();
    for category in ["PASSWORD", "ACCOUNTING"] {
        assert!(excluded.contains(category), "{category} is named as left out: {excluded}");
    }
    let disclosed = tenant.outcomes_of(&request).await;
    assert_eq!(disclosed.len(), 6, "{disclosed:?}");
    let letter = tenant.letter(&request, "sv").await.to_lowercase();
    for word in ["lösenord", "bokföring"] {
        assert!(letter.contains(word), "{word} in {letter}");
    }
}

async fn the_tables_hold_the_same(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let id = furnished(&tenant, "tabell").await;
    let (_, file) = package(&tenant, &id, "CSV_ZIP").await;
    let mut archive = zip::ZipArchive::new(Cursor::new(file.body)).unwrap();
    let mut all = String::new();
    for index in 0..archive.len() {
        archive.by_index(index).unwrap().read_to_string(&mut all).unwrap();
    }
    for value in ["Åsa tabell Exempelsson", "asa.tabell@provstad.example", "Provstad tabell", "asa-tabell"] {
        assert!(all.contains(value), "{value}");
    }
    assert!(!all.contains("Ett års abonnemang") && !all.contains("argon2"));
}

async fn what_rests_on_another_basis_is_not_portable(gateway: &TestGateway) {
    let basis = domain::purpose::LegalBasis::LegitimateInterests;
    let tenant = gateway.tenant_with(Terms { basis, ..Terms::default() }).await;
    let id = furnished(&tenant, "intresse").await;
    let (request, file) = package(&tenant, &id, "JSON").await;
    let schema = gateway.get("schema/portability-package.schema.json").await.json();
    assert_eq!(problems(&schema, &file.json()), Vec::<String>::new());
    for value in ["asa-intresse", "asa.intresse@provstad.example", "Provledare intresse", "Provgatan"] {
        assert!(!file.text().contains(value), "{value} in {}", file.text());
    }
    assert_eq!(tenant.outcomes_of(&request).await, Vec::<String>::new());
}

async fn what_is_not_held_is_said_to_be_nothing(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let id = tenant.registers(person("Ada Prov")).await;
    let (request, file) = package(&tenant, &id, "JSON").await;
    let schema = gateway.get("schema/portability-package.schema.json").await.json();
    assert_eq!(problems(&schema, &file.json()), Vec::<String>::new());
    let outcomes = tenant.outcomes_of(&request).await;
    assert_eq!(outcomes.len(), 6);
    assert_eq!(outcomes[0], "NAME DISCLOSED");
    assert!(outcomes[1..].iter().all(|outcome| outcome.ends_with("NOTHING_HELD")), "{outcomes:?}");
}

async fn access_hands_out_the_records_that_portability_leaves_out(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let id = furnished(&tenant, "allt").await;
    tenant.carries_out("RESTRICTION", &id, json!({ "ground": "LEGAL_CLAIM" })).await;
    let request = tenant.answers_access(&id).await;
    let file = gateway.get(&tenant.link(&request, "JSON").await).await;
    let schema = gateway.get("schema/access-package.schema.json").await.json();
    assert_eq!(problems(&schema, &file.json()), Vec::<String>::new());
    for value in ["F-allt", "Ett års abonnemang F-allt", "2032-12-31", "LEGAL_CLAIM", "Åsa allt Exempelsson"]
    {
        assert!(file.text().contains(value), "{value} in {}", file.text());
    }
    let tables = gateway.get(&tenant.link(&request, "CSV_ZIP").await).await;
    let mut archive = zip::ZipArchive::new(Cursor::new(tables.body)).unwrap();
    let mut all = String::new();
    for index in 0..archive.len() {
        archive.by_index(index).unwrap().read_to_string(&mut all).unwrap();
    }
    assert!(all.contains("Ett års abonnemang F-allt"));
}
