//! Objection (Art. 21): against marketing absolute and at once, otherwise weighed by the controller while the person is
//! restricted (contract rules 3, 7 and 12).

use serde_json::{Value, json};
use support::{PURPOSES, Tenant, TestGateway, complete_person, on_both_databases};

on_both_databases! {
    an_objection_to_marketing_ends_it_at_once_and_nothing_else,
    an_objection_counts_from_when_it_came_in,
    an_objection_outweighs_any_consent_until_the_person_consents_anew,
    another_objection_restricts_until_it_is_decided,
    an_upheld_objection_ends_the_purpose_for_that_person,
    an_objection_that_the_law_gives_no_right_to_cannot_be_upheld,
    a_pending_objections_restriction_is_lifted_by_deciding_it,
}

/// A person with a record, on the marketing list.
async fn on_the_list(tenant: &Tenant<'_>, tag: &str) -> String {
    let id = tenant.registers(complete_person(tag)).await;
    tenant.files_invoice(&id, &format!("F-{tag}"), "2025-12-31").await;
    tenant.records_consent(&id, "DIRECT_MARKETING").await;
    assert_eq!(tenant.finds("DIRECT_MARKETING", json!({ "nameWords": tag })).await, 1);
    id
}

async fn consents(tenant: &Tenant<'_>, id: &str) -> Vec<Value> {
    let found = tenant.subject(id, "consents { purpose status withdrawnAt }").await;
    found["consents"].as_array().unwrap().clone()
}

async fn an_objection_to_marketing_ends_it_at_once_and_nothing_else(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    for kind in ["MARKETING_OBJECTION", "CONSENT_WITHDRAWAL"] {
        let tag = if kind == "MARKETING_OBJECTION" { "invand" } else { "tillbaka" };
        let id = on_the_list(&tenant, tag).await;
        tenant.records_consent(&id, "SERVICE_DELIVERY").await;
        gateway.clock.advance(std::time::Duration::from_mins(1));
        let at = format!("{:.3}", gateway.now());
        tenant.submits(kind, &id).await;
        assert_eq!(tenant.finds("DIRECT_MARKETING", json!({})).await, 0, "{kind}");
        let gone = tenant.admin().reads_for(&id, "DIRECT_MARKETING").await;
        assert_eq!(gone.data("/dataSubject"), Value::Null, "{kind}");
        let mut all = consents(&tenant, &id).await;
        all.sort_by_key(|one| one["purpose"] == "SERVICE_DELIVERY");
        assert_eq!(
            json!(all),
            json!([
                { "purpose": "DIRECT_MARKETING", "status": "WITHDRAWN", "withdrawnAt": at },
                { "purpose": "SERVICE_DELIVERY", "status": "GRANTED", "withdrawnAt": null },
            ]),
            "{kind}"
        );
        assert_eq!(tenant.state_of(&id).await, "ACTIVE");
        assert_eq!(tenant.shown_for(&id, "SERVICE_DELIVERY").await.len(), 7, "{kind}: the service goes on");
        assert_eq!(
            tenant.shown_for(&id, "BOOKKEEPING").await,
            ["name", "address", "accounting"],
            "{kind}: and the invoices"
        );
        assert_eq!(tenant.restrictions(&id).await, Vec::<Value>::new(), "{kind}");
    }
}

async fn an_objection_counts_from_when_it_came_in(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    for kind in ["MARKETING_OBJECTION", "CONSENT_WITHDRAWAL"] {
        for (number, (received, withdrawn, listed)) in [
            ("2026-02-20T08:00:00Z", [None, Some("2026-02-20T08:00:00.000Z")], 1),
            ("2026-02-27T08:00:00Z", [Some("2026-02-27T08:00:00.000Z"), Some("2026-02-27T08:00:00.000Z")], 0),
        ]
        .into_iter()
        .enumerate()
        {
            let tag = format!("nar{number}{}", kind.len());
            // A telephone that two people share would tell of the one's objection at the other.
            let input = support::with(complete_person(&tag), &json!({ "phone": null }));
            let id = tenant.registers(input).await;
            for granted in ["2026-02-01T08:00:00Z", "2026-02-25T08:00:00Z"] {
                let input = json!({ "subjectId": id, "purpose": "DIRECT_MARKETING", "source": "x", "textVersion": "1",
                                    "grantedAt": granted });
                tenant.admin().change("grantConsent", input, "consent { id }").await.succeeded();
            }
            let before = tenant.finds("DIRECT_MARKETING", json!({})).await;
            let letter = json!({ "channel": "LETTER", "receivedAt": received });
            tenant.tries(kind, &id, letter).await.succeeded();
            let found: Vec<_> =
                consents(&tenant, &id).await.iter().map(|one| one["withdrawnAt"].clone()).collect();
            assert_eq!(json!(found), json!(withdrawn), "{kind} of {received}");
            let now = tenant.finds("DIRECT_MARKETING", json!({})).await;
            assert_eq!(now.as_i64().unwrap() - before.as_i64().unwrap() + 1, listed, "{kind} of {received}");
        }
    }
}

async fn an_objection_outweighs_any_consent_until_the_person_consents_anew(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let id = on_the_list(&tenant, "anyo").await;
    gateway.on("2026-03-03");
    tenant.submits("MARKETING_OBJECTION", &id).await;
    for (granted, listed) in [
        ("2026-02-01T08:00:00Z", 0),
        ("2026-03-03T10:59:59.999Z", 0),
        ("2026-03-03T11:00:00Z", 0),
        ("2026-03-03T11:00:00.001Z", 1),
    ] {
        gateway.clock.set("2026-03-04T08:00:00Z".parse().unwrap());
        let input = json!({ "subjectId": id, "purpose": "DIRECT_MARKETING", "source": "x", "textVersion": "1",
                            "grantedAt": granted });
        tenant.admin().change("grantConsent", input, "consent { id }").await.succeeded();
        assert_eq!(tenant.finds("DIRECT_MARKETING", json!({})).await, listed, "consented {granted}");
    }
    gateway.clock.set("2026-03-04T09:00:00Z".parse().unwrap());
    tenant.submits("MARKETING_OBJECTION", &id).await;
    assert_eq!(tenant.finds("DIRECT_MARKETING", json!({})).await, 0, "and again not");
}

async fn another_objection_restricts_until_it_is_decided(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    for (number, end) in
        ["refuseRightsRequest", "withdrawRightsRequest", "approveRightsRequest"].into_iter().enumerate()
    {
        let id = on_the_list(&tenant, &format!("vagd{number}")).await;
        let request = tenant.submits("OBJECTION", &id).await;
        assert_eq!(tenant.state_of(&id).await, "RESTRICTED", "from submission");
        assert_eq!(tenant.restrictions(&id).await[0]["ground"], "OBJECTION_PENDING");
        assert_eq!(tenant.shown_for(&id, "SERVICE_DELIVERY").await, Vec::<&str>::new());
        assert_eq!(tenant.finds("DIRECT_MARKETING", json!({})).await, 0, "nor written to meanwhile");
        tenant.verifies(&request).await;
        gateway.clock.advance(std::time::Duration::from_hours(3));
        if end == "refuseRightsRequest" {
            let input = json!({ "requestId": request, "ground": "COMPELLING_GROUNDS", "reasons": "Avtalet kräver det." });
            tenant.admin().change(end, input, "rightsRequest { id }").await.succeeded();
        } else {
            tenant.takes(end, &request).await.succeeded();
        }
        gateway.work().await;
        let restriction = tenant.restrictions(&id).await.remove(0);
        let until = json!(format!("{:.3}", gateway.now()));
        assert_eq!((&restriction["liftedAt"], &restriction["subjectInformedAt"]), (&until, &until), "{end}");
        assert_eq!(tenant.state_of(&id).await, "ACTIVE", "{end}");
        let shown = tenant.shown_for(&id, "SERVICE_DELIVERY").await.len();
        assert_eq!(shown, if end == "approveRightsRequest" { 0 } else { 7 }, "{end}");
        let listed = json!({ "nameWords": format!("vagd{number}") });
        assert_eq!(tenant.finds("DIRECT_MARKETING", listed).await, 1, "{end}: marketing was not meant");
        tenant.submits("CONSENT_WITHDRAWAL", &id).await;
    }
}

async fn an_upheld_objection_ends_the_purpose_for_that_person(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let other = on_the_list(&tenant, "annan").await;
    let id = on_the_list(&tenant, "slut").await;
    let request = tenant.carries_out("OBJECTION", &id, json!({})).await;
    assert_eq!(tenant.status_of(&request).await, "COMPLETED");
    for (purpose, shown, found) in [
        ("SERVICE_DELIVERY", 0, 0),
        ("DIRECT_MARKETING", 5, 1),
        ("BOOKKEEPING", 3, 1),
        ("RIGHTS_HANDLING", 8, 1),
        ("LEGAL_CLAIMS", 8, 1),
    ] {
        assert_eq!(tenant.shown_for(&id, purpose).await.len(), shown, "{purpose}");
        let by_value = json!({ "nameWords": "slut" });
        assert_eq!(tenant.finds(purpose, by_value).await, found, "{purpose}");
        assert_eq!(tenant.finds(purpose, json!({})).await, 2, "{purpose}: listed all the same");
        assert_ne!(tenant.shown_for(&other, purpose).await.len(), 0, "{purpose}: the other person");
    }
    assert_eq!(tenant.person(&id).sees_themselves().await["name"], "Åsa slut Exempelsson");
    let request = tenant.carries_out("OBJECTION", &id, json!({})).await;
    assert_eq!(tenant.status_of(&request).await, "COMPLETED", "to object again changes nothing");
    for purpose in PURPOSES {
        tenant.shown_for(&id, purpose).await;
    }
}

async fn an_objection_that_the_law_gives_no_right_to_cannot_be_upheld(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    for (number, purpose) in ["BOOKKEEPING", "RIGHTS_HANDLING", "LEGAL_CLAIMS"].into_iter().enumerate() {
        let id = on_the_list(&tenant, &format!("ingen{number}")).await;
        let request = tenant.tries("OBJECTION", &id, json!({ "purpose": purpose })).await.made();
        tenant.verifies(&request).await;
        let refused = tenant.takes("approveRightsRequest", &request).await;
        assert_eq!(refused.user_errors(), ["CONFLICT input.requestId"], "{purpose}");
        assert_eq!(tenant.status_of(&request).await, "UNDER_REVIEW");
        tenant.refuses(&request).await;
        assert_eq!(tenant.state_of(&id).await, "ACTIVE");
        assert_ne!(tenant.shown_for(&id, purpose).await, Vec::<&str>::new(), "{purpose} goes on");
    }
}

async fn a_pending_objections_restriction_is_lifted_by_deciding_it(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let id = on_the_list(&tenant, "hand").await;
    let request = tenant.submits("OBJECTION", &id).await;
    let restriction = tenant.restrictions(&id).await.remove(0)["id"].as_str().unwrap().to_owned();
    assert_eq!(tenant.lifts(&restriction).await.user_errors(), ["CONFLICT input.restrictionId"]);
    assert_eq!(tenant.state_of(&id).await, "RESTRICTED");
    tenant.refuses(&request).await;
    assert_eq!(
        tenant.lifts(&restriction).await.user_errors(),
        ["CONFLICT input.restrictionId"],
        "lifted already"
    );
    assert_eq!(tenant.state_of(&id).await, "ACTIVE");
}
