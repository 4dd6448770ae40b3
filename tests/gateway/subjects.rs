//! Registering, updating and finding persons.

use serde_json::{Value, json};
use support::{TestGateway, complete_person, on_both_databases, person};

on_both_databases! {
    an_update_leaves_out_removes_and_replaces,
    what_is_unique_within_a_tenant_can_be_used_again_by_another,
    a_unique_value_belongs_to_one_person_however_it_is_spelt,
    two_registrations_at_once_cannot_both_take_a_value,
    a_person_is_found_by_each_identifier_and_by_the_words_of_the_name,
    every_fault_of_an_input_is_told_with_its_place_in_the_callers_language,
    values_are_kept_as_typed_apart_from_their_form,
    a_malformed_filter_is_refused_by_name,
}

async fn an_update_leaves_out_removes_and_replaces(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let id = tenant.registers(complete_person("upp")).await;
    let before = tenant.admin().reads(&id).await.data("/dataSubject");
    gateway.clock.advance(std::time::Duration::from_secs(1));
    let input =
        json!({ "subjectId": id, "phone": null, "address": null, "password": null, "position": "Chef" });
    let selection = "dataSubject { phone position hasPassword updatedAt createdAt }";
    let answer = tenant.admin().change("updateDataSubject", input, selection).await;
    assert_eq!(answer.user_errors(), Vec::<String>::new());
    let after = tenant.admin().reads(&id).await.data("/dataSubject");
    for member in ["name", "email", "loginName", "externalReference", "status"] {
        assert_eq!(after[member], before[member], "{member} was left out");
    }
    for member in ["phone", "address"] {
        assert_eq!(after[member], Value::Null, "{member} was removed");
    }
    assert_eq!(after["hasPassword"], false, "the verifier was removed");
    assert_eq!(after["position"], "Chef");
    assert_eq!(
        found(&tenant, json!({ "phone": "+46701740605" })).await,
        Vec::<String>::new(),
        "nor found by it"
    );

    let input = json!({ "subjectId": id, "name": null });
    let refused = tenant.admin().change("updateDataSubject", input, "dataSubject { id }").await;
    assert_eq!(refused.user_errors(), ["INVALID input.name"], "a person has a name");
    for missing in ["subject_01h2xcejqtf2nbrexx3vqjhp41", "nonsense", ""] {
        let input = json!({ "subjectId": missing, "position": "Chef" });
        let refused = tenant.admin().change("updateDataSubject", input, "dataSubject { id }").await;
        assert_eq!(refused.user_errors(), ["NOT_FOUND input.subjectId"], "{missing:?}");
    }
}

async fn what_is_unique_within_a_tenant_can_be_used_again_by_another(gateway: &TestGateway) {
    let (one, other) = (gateway.tenant().await, gateway.tenant().await);
    one.registers(complete_person("lika")).await;
    other.registers(complete_person("lika")).await;
}

async fn a_unique_value_belongs_to_one_person_however_it_is_spelt(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let first = tenant.registers(complete_person("unik")).await;
    let second = tenant.registers(complete_person("annan")).await;
    for (member, value) in [
        ("email", "ASA.Unik@ProvStad.EXAMPLE"),
        ("loginName", "ÅSA-UNIK"),
        ("loginName", " asa-UNIK "),
        ("externalReference", "K-unik"),
    ] {
        let expected: &[String] = &[format!("ALREADY_EXISTS input.{member}")];
        // Å is another letter in a login name, unlike letter case.
        let expected = if value.starts_with('Å') { &[] } else { expected };
        let mut input = person("Bo Dubblett");
        input[member] = json!(value);
        let registered = tenant.admin().change("registerDataSubject", input, "dataSubject { id }").await;
        assert_eq!(registered.user_errors(), expected, "{value}");
        if expected.is_empty() {
            continue;
        }
        let input = json!({ "subjectId": second, member: value });
        let updated = tenant.admin().change("updateDataSubject", input, "dataSubject { id }").await;
        assert_eq!(updated.user_errors(), expected, "{value}");
        let own = json!({ "subjectId": first, member: value });
        let kept = tenant.admin().change("updateDataSubject", own, "dataSubject { id }").await;
        assert_eq!(kept.user_errors(), Vec::<String>::new(), "a person keeps their own value");
    }
    let shared = json!({ "name": "Cia Samboende", "phone": "070-174 06 05" });
    let registered = tenant.admin().change("registerDataSubject", shared, "dataSubject { phone }").await;
    assert_eq!(
        registered.data("/registerDataSubject/dataSubject/phone"),
        "+46701740605",
        "a telephone may be shared"
    );
    let freed = json!({ "subjectId": first, "email": null });
    tenant.admin().change("updateDataSubject", freed, "dataSubject { id }").await;
    let taken = json!({ "subjectId": second, "email": "asa.unik@provstad.example" });
    let updated = tenant.admin().change("updateDataSubject", taken, "dataSubject { id }").await;
    assert_eq!(updated.user_errors(), Vec::<String>::new(), "a value that was given up is free");
}

async fn two_registrations_at_once_cannot_both_take_a_value(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let admin = tenant.admin();
    let register = |number: usize| {
        let input = json!({ "name": format!("Tävlande {number}"), "email": "samma@provstad.example" });
        let admin = admin.clone();
        async move { admin.change("registerDataSubject", input, "dataSubject { id }").await.user_errors() }
    };
    let outcomes = futures::future::join_all((0..8).map(register)).await;
    let (won, lost): (Vec<_>, Vec<_>) = outcomes.into_iter().partition(Vec::is_empty);
    assert_eq!(won.len(), 1);
    assert!(lost.iter().all(|errors| errors == &["ALREADY_EXISTS input.email"]), "{lost:?}");
    assert_eq!(found(&tenant, json!({ "email": "samma@provstad.example" })).await.len(), 1);
}

/// The names of those whom a filter finds.
async fn found(tenant: &support::Tenant<'_>, filter: Value) -> Vec<String> {
    let text = "query($filter: DataSubjectFilter) { dataSubjects(filter: $filter) { totalCount edges { node { name } } } }";
    let answer = tenant.staff("subjects:read").query(text, json!({ "filter": filter })).await;
    let edges = answer.data("/dataSubjects/edges");
    let names: Vec<String> = edges
        .as_array()
        .unwrap()
        .iter()
        .map(|edge| edge["node"]["name"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(answer.data("/dataSubjects/totalCount"), names.len(), "{filter}");
    names
}

async fn a_person_is_found_by_each_identifier_and_by_the_words_of_the_name(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    tenant.registers(complete_person("ett")).await;
    tenant
        .registers(json!({ "name": "Søren-Ægir O'Brien", "email": "soren@provstad.example", "phone": "08-465 004 00" }))
        .await;
    tenant.registers(person("Åsa Ensam")).await;
    let (one, two, three) = ("Åsa ett Exempelsson", "Søren-Ægir O'Brien", "Åsa Ensam");
    let none: &[&str] = &[];
    for (filter, expected) in [
        (json!({ "email": " ASA.ett@provstad.EXAMPLE " }), &[one] as &[&str]),
        (json!({ "email": "asa@provstad.example" }), none),
        (json!({ "phone": "070-174 06 05" }), &[one]),
        (json!({ "phone": "+46 8 465 004 00" }), &[two]),
        (json!({ "loginName": "ASA-ETT" }), &[one]),
        (json!({ "externalReference": "K-ett" }), &[one]),
        (json!({ "externalReference": "k-ett" }), none),
        (json!({ "nameWords": "åsa" }), &[one, three]),
        (json!({ "nameWords": "ASA" }), &[one, three]),
        (json!({ "nameWords": "exempelsson  asa" }), &[one]),
        (json!({ "nameWords": "obrien soren aegir" }), &[two]),
        (json!({ "nameWords": "exempel" }), none),
        (json!({ "nameWords": "asa", "email": "soren@provstad.example" }), none),
        (json!({ "nameWords": "asa", "email": "asa.ett@provstad.example" }), &[one]),
        (json!({ "status": ["ACTIVE"], "nameWords": "ensam" }), &[three]),
        (json!({ "status": ["ERASED"] }), none),
        (json!({ "status": [] }), none),
        (json!({}), &[one, two, three]),
    ] {
        assert_eq!(found(&tenant, filter.clone()).await, expected, "{filter}");
    }
}

async fn a_malformed_filter_is_refused_by_name(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let text = "query($filter: DataSubjectFilter) { dataSubjects(filter: $filter) { totalCount } }";
    for (member, value) in [
        ("email", "no address"),
        ("phone", "ring mig"),
        ("loginName", " "),
        ("externalReference", ""),
        ("nameWords", " … "),
    ] {
        let answer = tenant.admin().query(text, json!({ "filter": { member: value } })).await;
        assert_eq!(answer.code(), "BAD_USER_INPUT", "{member}");
        let message = answer.at("/errors/0/message").as_str().unwrap().to_owned();
        assert!(message.contains(&format!("filter.{member}")), "{message}");
        assert!(value.trim().is_empty() || !answer.text().contains(value), "{message} echoes the value");
    }
}

async fn every_fault_of_an_input_is_told_with_its_place_in_the_callers_language(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let input = json!({
        "name": " ",
        "position": "x".repeat(501),
        "phone": "0800-FLOWERS",
        "email": "hemlig adress@provstad.example",
        "loginName": "a\u{0}b",
        "password": "kort",
        "externalReference": "",
        "address": { "lines": ["a"], "postalCode": "990 01", "locality": "Provstad", "country": "EL" },
    });
    let expected = [
        "INVALID input.address.country",
        "INVALID input.email",
        "INVALID input.externalReference",
        "INVALID input.loginName",
        "INVALID input.name",
        "INVALID input.password",
        "INVALID input.phone",
        "INVALID input.position",
    ];
    let mut messages = Vec::new();
    for language in ["sv", "en"] {
        let caller = tenant.admin().in_language(language);
        let answer = caller.change("registerDataSubject", input.clone(), "dataSubject { id }").await;
        let mut told = answer.user_errors();
        told.sort();
        assert_eq!(told, expected);
        assert_eq!(answer.data("/registerDataSubject/dataSubject"), Value::Null);
        for typed in ["FLOWERS", "hemlig adress", "kort"] {
            assert!(!answer.text().contains(typed), "{typed} is echoed");
        }
        let errors = answer.data("/registerDataSubject/userErrors");
        let all = errors.as_array().unwrap().iter();
        messages.push(all.map(|error| error["message"].as_str().unwrap().to_owned()).collect::<Vec<_>>());
    }
    for (swedish, english) in messages[0].iter().zip(&messages[1]) {
        assert_ne!(swedish, english);
    }
    assert_eq!(found(&tenant, json!({})).await, Vec::<String>::new(), "nothing is stored");
}

async fn values_are_kept_as_typed_apart_from_their_form(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let input = json!({
        "name": "  A\u{30a}sa  von Prov ",
        "email": " Asa.VonProv@Provstad.Example ",
        "phone": "(08) 465 004 01",
        "loginName": " Åsa ",
        "position": "=SUM(A1:A9)",
        "address": { "lines": [" Box 1 ", "c/o Prov"], "postalCode": " 990 01", "locality": "Provstad ", "country": "SE" },
    });
    let id = tenant.registers(input).await;
    let read = tenant.admin().reads(&id).await.data("/dataSubject");
    for (member, expected) in [
        ("name", json!("Åsa  von Prov")),
        ("email", json!("Asa.VonProv@Provstad.Example")),
        ("phone", json!("+46846500401")),
        ("loginName", json!("Åsa")),
        ("position", json!("=SUM(A1:A9)")),
        (
            "address",
            json!({ "lines": ["Box 1", "c/o Prov"], "postalCode": "990 01", "locality": "Provstad", "country": "SE" }),
        ),
    ] {
        assert_eq!(read[member], expected, "{member}");
    }
}
