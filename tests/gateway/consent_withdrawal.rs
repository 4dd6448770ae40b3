//! Withdrawn consent (Art. 7(3)): at once, as easy as giving it, and remembered when the person is gone.

use serde_json::{Value, json};
use support::{Kind, Tenant, TestGateway, complete_person, on_both_databases, person, with};

on_both_databases! {
    withdrawing_what_was_never_given_keeps_the_person_off_the_list,
    a_person_who_comes_back_stays_off_the_list_until_they_consent_anew,
    a_suppressed_address_follows_whoever_gets_it,
    what_is_remembered_is_no_address,
    the_consent_stays_as_evidence_and_the_person_withdraws_it_by_themselves,
    a_consent_to_one_purpose_is_withdrawn_alone,
}

async fn consents(tenant: &Tenant<'_>, id: &str, at: &str) {
    let input = json!({ "subjectId": id, "purpose": "DIRECT_MARKETING", "source": "webben", "textVersion": "1",
                        "grantedAt": at });
    tenant.admin().change("grantConsent", input, "consent { id }").await.succeeded();
}

async fn withdrawing_what_was_never_given_keeps_the_person_off_the_list(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let id = tenant.registers(complete_person("aldrig")).await;
    let request = tenant.submits("CONSENT_WITHDRAWAL", &id).await;
    assert_eq!(tenant.status_of(&request).await, "COMPLETED");
    let outcomes = tenant.outcomes_of(&request).await;
    assert_eq!(outcomes.len(), 5);
    assert!(outcomes.iter().all(|outcome| outcome.ends_with("NOTHING_HELD")), "{outcomes:?}");
    consents(&tenant, &id, "2026-03-01T08:00:00Z").await;
    assert_eq!(tenant.finds("DIRECT_MARKETING", json!({})).await, 0, "an older consent that is recorded now");
    gateway.on("2026-03-03");
    consents(&tenant, &id, "2026-03-03T08:00:00Z").await;
    assert_eq!(tenant.finds("DIRECT_MARKETING", json!({})).await, 1, "a new one");
}

async fn a_person_who_comes_back_stays_off_the_list_until_they_consent_anew(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    for kind in ["CONSENT_WITHDRAWAL", "MARKETING_OBJECTION"] {
        let input = if kind == "CONSENT_WITHDRAWAL" {
            with(complete_person("ater"), &json!({ "phone": null }))
        } else {
            with(person("Åsa Telefon"), &json!({ "phone": "070-174 06 31" }))
        };
        let first = tenant.registers(input.clone()).await;
        gateway.clock.advance(std::time::Duration::from_secs(1));
        tenant.records_consent(&first, "DIRECT_MARKETING").await;
        gateway.clock.advance(std::time::Duration::from_secs(1));
        tenant.submits(kind, &first).await;
        let suppressed_at = gateway.now();
        tenant.carries_out("ERASURE", &first, json!({})).await;
        assert_eq!(tenant.state_of(&first).await, "ERASED");

        gateway.clock.advance(std::time::Duration::from_hours(24));
        let again = tenant.registers(input).await;
        assert_ne!(again, first);
        consents(&tenant, &again, &format!("{suppressed_at:.3}")).await;
        assert_eq!(tenant.finds("DIRECT_MARKETING", json!({})).await, 0, "{kind}: a backdated consent");
        tenant.records_consent(&again, "DIRECT_MARKETING").await;
        assert_eq!(tenant.finds("DIRECT_MARKETING", json!({})).await, 1, "{kind}: a new one");
        assert_eq!(tenant.shown_for(&again, "SERVICE_DELIVERY").await.first(), Some(&"name"), "{kind}");
        tenant.carries_out("ERASURE", &again, json!({})).await;
        gateway.clock.advance(std::time::Duration::from_secs(1));
    }
}

async fn a_suppressed_address_follows_whoever_gets_it(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let first =
        tenant.registers(with(person("Åsa Först"), &json!({ "email": "delad@provstad.example" }))).await;
    tenant.submits("CONSENT_WITHDRAWAL", &first).await;
    let input = json!({ "subjectId": first, "email": null });
    tenant.admin().change("updateDataSubject", input, "dataSubject { id }").await.succeeded();
    let second = tenant.registers(person("Bo Sen")).await;
    consents(&tenant, &second, "2026-03-01T08:00:00Z").await;
    assert_eq!(tenant.finds("DIRECT_MARKETING", json!({})).await, 1);
    for (email, listed) in [("Delad@provstad.example", 0), ("egen@provstad.example", 0)] {
        let input = json!({ "subjectId": second, "email": email });
        tenant.admin().change("updateDataSubject", input, "dataSubject { id }").await.succeeded();
        assert_eq!(tenant.finds("DIRECT_MARKETING", json!({})).await, listed, "{email}");
    }
    let other = gateway.tenant().await;
    let elsewhere =
        other.registers(with(person("Cia Annan"), &json!({ "email": "delad@provstad.example" }))).await;
    consents(&other, &elsewhere, "2026-03-01T08:00:00Z").await;
    assert_eq!(other.finds("DIRECT_MARKETING", json!({})).await, 1, "said to one controller, not to all");
}

async fn what_is_remembered_is_no_address(gateway: &TestGateway) {
    let (tenant, other) = (gateway.tenant().await, gateway.tenant().await);
    for of in [&tenant, &other] {
        let id = of.registers(complete_person("digest")).await;
        of.submits("MARKETING_OBJECTION", &id).await;
        of.carries_out("ERASURE", &id, json!({})).await;
    }
    let hexed = if gateway.databases.postgres.is_some() { "encode(token, 'hex')" } else { "hex(token)" };
    let query = format!("SELECT {hexed} FROM suppression");
    let tokens = gateway.databases.texts(Kind::Data, &query).await;
    assert_eq!(tokens.len(), 4, "e-mail and telephone, for each tenant");
    for address in ["asa.digest@provstad.example", "+46701740605"] {
        let plain = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, address.as_bytes());
        assert!(
            !tokens.iter().any(|token| token.eq_ignore_ascii_case(&hex::encode(plain))),
            "a digest without a key"
        );
    }
    let mut distinct = tokens.clone();
    distinct.sort();
    distinct.dedup();
    assert_eq!(distinct.len(), 4, "nor the same for two tenants: {tokens:?}");
}

async fn the_consent_stays_as_evidence_and_the_person_withdraws_it_by_themselves(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let id = tenant.registers(complete_person("sjalv")).await;
    let own = tenant.person(&id);
    let given =
        json!({ "purpose": "DIRECT_MARKETING", "source": "mina sidor", "textVersion": "2", "subjectId": id });
    own.change("grantConsent", given, "consent { id }").await.succeeded();
    gateway.clock.advance(std::time::Duration::from_mins(1));
    let taken = own
        .change(
            "withdrawConsent",
            json!({ "purpose": "DIRECT_MARKETING" }),
            "rightsRequest { status purpose }",
        )
        .await;
    assert_eq!(
        taken.payload("/rightsRequest"),
        json!({ "status": "COMPLETED", "purpose": "DIRECT_MARKETING" })
    );
    let text = "{ me { consents { status source textVersion grantedAt withdrawnAt } } }";
    let seen = own.query(text, Value::Null).await.data("/me/consents");
    let (granted, withdrawn) = ("2026-03-02T09:00:00.001Z", format!("{:.3}", gateway.now()));
    assert_eq!(
        seen,
        json!([{ "status": "WITHDRAWN", "source": "mina sidor", "textVersion": "2", "grantedAt": granted, "withdrawnAt": withdrawn }])
    );
    assert_eq!(tenant.events("rightsRequest.submit").await, 1);
}

async fn a_consent_to_one_purpose_is_withdrawn_alone(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let id = tenant.registers(complete_person("ensam")).await;
    for purpose in ["DIRECT_MARKETING", "SERVICE_DELIVERY"] {
        tenant.records_consent(&id, purpose).await;
    }
    let request =
        tenant.tries("CONSENT_WITHDRAWAL", &id, json!({ "purpose": "SERVICE_DELIVERY" })).await.made();
    assert_eq!(tenant.status_of(&request).await, "COMPLETED");
    let found = tenant.subject(&id, "consents { purpose status }").await;
    let mut all: Vec<_> = found["consents"].as_array().unwrap().iter().map(Value::to_string).collect();
    all.sort();
    assert!(all[0].contains("DIRECT_MARKETING") && all[0].contains("GRANTED"), "{all:?}");
    assert!(all[1].contains("SERVICE_DELIVERY") && all[1].contains("WITHDRAWN"), "{all:?}");
    assert_eq!(tenant.finds("DIRECT_MARKETING", json!({})).await, 1);
}
