//! Legal holds: what a court, a contract or a claim keeps, for as long as it does, and what happens when it ends.

use serde_json::{Value, json};
use support::{Tenant, TestGateway, complete_person, on_both_databases};

on_both_databases! {
    each_ground_keeps_what_it_names,
    of_several_grounds_the_one_that_lasts_longest_is_told,
    a_hold_is_refused_with_where_and_why,
    an_interest_does_not_stand_against_an_upheld_objection,
    a_released_hold_lets_the_erasure_go_on_at_once,
    an_expired_hold_lets_the_erasure_go_on_on_its_day,
    a_hold_beside_the_act_lets_go_what_the_act_does_not_keep,
    what_a_hold_keeps_is_not_removed_by_an_update,
    of_a_hold_and_an_approval_at_once_one_comes_first,
    of_a_hold_and_an_erasure_at_once_one_comes_first_whole,
    a_hold_is_shown_to_staff_alone,
}

const REST: [&str; 6] = ["POSITION", "PHONE", "ADDRESS", "EMAIL", "LOGIN_NAME", "PASSWORD"];

async fn each_ground_keeps_what_it_names(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    for (number, (ground, expires, kept)) in [
        ("CONTRACT_PERFORMANCE", Value::Null, "NAME RETAINED CONTRACT_PERFORMANCE"),
        ("OTHER_LEGAL_OBLIGATION", json!("2026-03-03"), "NAME RETAINED OTHER_LEGAL_OBLIGATION 2026-03-02"),
        (
            "COURT_OR_AUTHORITY_ORDER",
            json!("2027-01-01"),
            "NAME RETAINED COURT_OR_AUTHORITY_ORDER 2026-12-31",
        ),
        ("LEGITIMATE_INTERESTS", Value::Null, "NAME RETAINED LEGITIMATE_INTERESTS"),
        ("LEGAL_CLAIMS", json!("2036-02-29"), "NAME RETAINED LEGAL_CLAIMS 2036-02-28"),
    ]
    .into_iter()
    .enumerate()
    {
        let id = tenant.registers(complete_person(&format!("grund{number}"))).await;
        let more = json!({ "ground": ground, "expiresOn": expires, "categories": ["NAME"] });
        tenant.tries_to_hold(&id, more).await.succeeded();
        let (plan, _) = tenant.plan(&id, Value::Null).await;
        assert_eq!(plan[0], kept, "{ground}");
        assert!(
            REST.iter().all(|category| plan.contains(&format!("{category} ERASED"))),
            "{ground}: {plan:?}"
        );
        let request = tenant.carries_out("ERASURE", &id, json!({})).await;
        assert_eq!(tenant.status_of(&request).await, "PARTIALLY_COMPLETED", "{ground}");
        assert_eq!(tenant.outcomes_of(&request).await, plan, "{ground}: planned is done");
        assert_eq!(tenant.shown_for(&id, "LEGAL_CLAIMS").await, ["name"], "{ground}");
        assert_eq!(tenant.shown_for(&id, "SERVICE_DELIVERY").await, Vec::<&str>::new(), "{ground}");
    }
}

async fn of_several_grounds_the_one_that_lasts_longest_is_told(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let id = tenant.registers(complete_person("flera")).await;
    tenant.files_invoice(&id, "F-1", "2025-12-31").await;
    for (ground, expires, categories, expected) in [
        (
            "LEGAL_CLAIMS",
            json!("2030-01-01"),
            json!(["NAME", "EMAIL"]),
            ["NAME RETAINED BOOKKEEPING_ACT 2032-12-31", "EMAIL RETAINED LEGAL_CLAIMS 2029-12-31"],
        ),
        (
            "COURT_OR_AUTHORITY_ORDER",
            json!("2031-01-01"),
            json!(["EMAIL"]),
            [
                "NAME RETAINED BOOKKEEPING_ACT 2032-12-31",
                "EMAIL RETAINED COURT_OR_AUTHORITY_ORDER 2030-12-31",
            ],
        ),
        (
            "CONTRACT_PERFORMANCE",
            json!("2034-01-01"),
            json!(["NAME"]),
            [
                "NAME RETAINED CONTRACT_PERFORMANCE 2033-12-31",
                "EMAIL RETAINED COURT_OR_AUTHORITY_ORDER 2030-12-31",
            ],
        ),
        (
            "LEGAL_CLAIMS",
            Value::Null,
            json!(["NAME", "EMAIL", "ACCOUNTING"]),
            ["NAME RETAINED LEGAL_CLAIMS", "EMAIL RETAINED LEGAL_CLAIMS"],
        ),
    ] {
        let more = json!({ "ground": ground, "expiresOn": expires, "categories": categories });
        tenant.tries_to_hold(&id, more).await.succeeded();
        let (plan, _) = tenant.plan(&id, json!(["NAME", "EMAIL"])).await;
        assert_eq!(plan, expected, "with {ground}");
    }
    let (plan, _) = tenant.plan(&id, json!(["ACCOUNTING"])).await;
    assert_eq!(plan, ["ACCOUNTING F-1 RETAINED LEGAL_CLAIMS"], "a hold on the records keeps each");
}

async fn a_hold_is_refused_with_where_and_why(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let id = tenant.registers(complete_person("fel")).await;
    for (more, expected) in [
        (json!({ "subjectId": "subject_01h2xcejqtf2nbrexx3vqjhp41" }), "NOT_FOUND input.subjectId"),
        (json!({ "subjectId": "nonsense" }), "NOT_FOUND input.subjectId"),
        (json!({ "ground": "BOOKKEEPING_ACT" }), "INVALID input.ground"),
        (json!({ "categories": [] }), "INVALID input.categories"),
        (json!({ "reference": " " }), "INVALID input.reference"),
        (json!({ "reference": "x".repeat(501) }), "INVALID input.reference"),
        (json!({ "expiresOn": "2026-03-02" }), "INVALID input.expiresOn"),
        (json!({ "expiresOn": "2020-01-01" }), "INVALID input.expiresOn"),
        (json!({ "expiresOn": "someday" }), "INVALID input.expiresOn"),
    ] {
        assert_eq!(tenant.tries_to_hold(&id, more.clone()).await.user_errors(), [expected], "{more}");
    }
    let hold = tenant.holds(&id, &["NAME"]).await;
    let ends = json!({ "expiresOn": "2026-03-10", "categories": ["EMAIL"] });
    let expiring = tenant.tries_to_hold(&id, ends).await.made();
    for never in ["hold_01h2xcejqtf2nbrexx3vqjhp41", "nonsense", id.as_str()] {
        assert_eq!(tenant.releases(never).await.user_errors(), ["NOT_FOUND input.legalHoldId"], "{never}");
    }
    let stranger = gateway.tenant().await;
    assert_eq!(stranger.releases(&hold).await.user_errors(), ["NOT_FOUND input.legalHoldId"]);
    assert_eq!(stranger.tries_to_hold(&id, json!({})).await.user_errors(), ["NOT_FOUND input.subjectId"]);
    tenant.releases(&hold).await.succeeded();
    assert_eq!(tenant.releases(&hold).await.user_errors(), ["CONFLICT input.legalHoldId"], "released");
    gateway.up_to("2026-03-10").await;
    assert_eq!(tenant.releases(&expiring).await.user_errors(), ["CONFLICT input.legalHoldId"], "expired");
    for action in ["legalHold.place", "legalHold.release"] {
        assert_ne!(tenant.events(action).await, 0, "{action} is on record");
    }
}

async fn an_interest_does_not_stand_against_an_upheld_objection(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let interest = json!({ "ground": "LEGITIMATE_INTERESTS", "categories": ["EMAIL"] });
    for (number, kind) in ["OBJECTION", "MARKETING_OBJECTION"].into_iter().enumerate() {
        let id = tenant.registers(complete_person(&format!("vag{number}"))).await;
        tenant.tries_to_hold(&id, interest.clone()).await.succeeded();
        let (plan, before) = tenant.plan(&id, json!(["EMAIL"])).await;
        assert_eq!(plan, ["EMAIL RETAINED LEGITIMATE_INTERESTS"], "{kind}: before it");
        if kind == "OBJECTION" {
            tenant.carries_out(kind, &id, json!({})).await;
        } else {
            tenant.submits(kind, &id).await;
        }
        let (plan, after) = tenant.plan(&id, json!(["EMAIL"])).await;
        assert_eq!(plan, ["EMAIL ERASED"], "{kind}: one that stood before is passed over");
        assert_ne!(before, after, "{kind}");
        let refused = tenant.tries_to_hold(&id, interest.clone()).await;
        assert_eq!(refused.user_errors(), ["CONFLICT input.ground"], "{kind}");
        tenant.holds(&id, &["EMAIL"]).await;
        let (plan, _) = tenant.plan(&id, json!(["EMAIL"])).await;
        assert_eq!(plan, ["EMAIL RETAINED LEGAL_CLAIMS"], "{kind}: another ground still stands");
    }
}

/// A person erased but for what an open-ended hold keeps; with the request and the hold.
async fn held(tenant: &Tenant<'_>, tag: &str, hold: Value) -> (String, String, String) {
    let id = tenant.registers(complete_person(tag)).await;
    let hold = tenant.tries_to_hold(&id, hold).await.made();
    let request = tenant.carries_out("ERASURE", &id, json!({})).await;
    assert_eq!(tenant.status_of(&request).await, "PARTIALLY_COMPLETED");
    assert_eq!(tenant.state_of(&id).await, "PARTIALLY_ERASED");
    (id, request, hold)
}

async fn a_released_hold_lets_the_erasure_go_on_at_once(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let some = json!({ "categories": ["NAME", "EMAIL"] });
    let (id, request, hold) = held(&tenant, "slapp", some).await;
    gateway.on("2026-04-15");
    gateway.work().await;
    assert_eq!(tenant.state_of(&id).await, "PARTIALLY_ERASED", "it has no end of its own");
    tenant.releases(&hold).await.succeeded();
    gateway.work().await;
    assert_eq!(tenant.state_of(&id).await, "ERASED");
    assert_eq!(tenant.status_of(&request).await, "COMPLETED");
    let outcomes = tenant.outcomes_of(&request).await;
    assert_eq!(outcomes[..2], ["NAME RETAINED LEGAL_CLAIMS", "POSITION ERASED"]);
    assert_eq!(outcomes[8..], ["NAME ERASED", "EMAIL ERASED"], "what came later is added");
}

async fn an_expired_hold_lets_the_erasure_go_on_on_its_day(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let some = json!({ "categories": ["NAME"], "expiresOn": "2026-10-25" });
    let (id, request, _) = held(&tenant, "utgar", some).await;
    // The clocks go back that night: the day begins in summer time.
    gateway.up_to("2026-10-25").await;
    assert_eq!(tenant.state_of(&id).await, "PARTIALLY_ERASED", "a millisecond before midnight");
    gateway.work().await;
    assert_eq!(tenant.state_of(&id).await, "ERASED", "the first day on which it no longer binds");
    assert_eq!(tenant.status_of(&request).await, "COMPLETED");
}

async fn a_hold_beside_the_act_lets_go_what_the_act_does_not_keep(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let id = tenant.registers(complete_person("bada")).await;
    tenant.files_invoice(&id, "F-1", "2025-12-31").await;
    let hold = tenant.tries_to_hold(&id, json!({})).await.made();
    let request = tenant.carries_out("ERASURE", &id, json!({})).await;
    assert_eq!(tenant.shown_for(&id, "LEGAL_CLAIMS").await.len(), 8, "the claim keeps all");
    assert_eq!(tenant.shown_for(&id, "BOOKKEEPING").await, ["name", "address", "accounting"]);
    tenant.releases(&hold).await.succeeded();
    gateway.work().await;
    assert_eq!(tenant.state_of(&id).await, "PARTIALLY_ERASED");
    assert_eq!(tenant.status_of(&request).await, "PARTIALLY_COMPLETED");
    assert_eq!(tenant.shown_for(&id, "LEGAL_CLAIMS").await, ["name", "address", "accounting"]);
    gateway.up_to("2033-01-01").await;
    gateway.work().await;
    assert_eq!(tenant.state_of(&id).await, "ERASED");
    assert_eq!(tenant.status_of(&request).await, "COMPLETED");
}

async fn what_a_hold_keeps_is_not_removed_by_an_update(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let id = tenant.registers(complete_person("andra")).await;
    let ends = json!({ "categories": ["PHONE", "ADDRESS"], "expiresOn": "2027-05-01" });
    let hold = tenant.tries_to_hold(&id, ends).await.made();
    let update = async |change: Value| {
        let input = support::with(json!({ "subjectId": id }), &change);
        tenant.admin().change("updateDataSubject", input, "dataSubject { id }").await
    };
    let refused = update(json!({ "phone": null, "position": null, "address": null })).await;
    let mut errors = refused.user_errors();
    errors.sort();
    assert_eq!(errors, ["RETENTION_REQUIRED input.address", "RETENTION_REQUIRED input.phone"]);
    let message = refused.payload("/userErrors/0/message");
    assert!(message.as_str().unwrap().contains("2027"), "it names the day: {message}");
    assert_eq!(tenant.shown_for(&id, "SERVICE_DELIVERY").await.len(), 7, "nothing was removed");
    update(json!({ "phone": "070-174 06 06" })).await.succeeded();
    update(json!({ "position": null })).await.succeeded();
    tenant.releases(&hold).await.succeeded();
    update(json!({ "phone": null })).await.succeeded();
    tenant.holds(&id, &["EMAIL"]).await;
    let refused = update(json!({ "email": null })).await;
    assert_eq!(refused.user_errors(), ["RETENTION_REQUIRED input.email"], "without an end");
}

async fn of_a_hold_and_an_approval_at_once_one_comes_first(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    for round in 0..6 {
        let id = tenant.registers(complete_person(&format!("lopp{round}"))).await;
        let request = tenant.submits("ERASURE", &id).await;
        tenant.verifies(&request).await;
        let (_, read) = tenant.plan(&id, Value::Null).await;
        let input = json!({ "requestId": request, "planSha256": read });
        let admin = tenant.admin();
        let approve = admin.change("approveRightsRequest", input, "rightsRequest { status }");
        let (approved, hold) =
            tokio::join!(approve, tenant.tries_to_hold(&id, json!({ "categories": ["EMAIL"] })));
        hold.succeeded();
        gateway.work().await;
        if approved.user_errors().is_empty() {
            assert_eq!(tenant.status_of(&request).await, "PARTIALLY_COMPLETED");
            assert_eq!(tenant.shown_for(&id, "LEGAL_CLAIMS").await, ["email"], "it came in time");
        } else {
            assert_eq!(approved.user_errors(), ["CONFLICT input.planSha256"]);
            assert_eq!(tenant.status_of(&request).await, "UNDER_REVIEW");
            assert_eq!(tenant.shown_for(&id, "LEGAL_CLAIMS").await.len(), 7);
        }
    }
}

async fn of_a_hold_and_an_erasure_at_once_one_comes_first_whole(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    for round in 0..8 {
        let id = tenant.registers(complete_person(&format!("lopp{round}"))).await;
        let request = tenant.approved("ERASURE", &id, json!({})).await;
        let some = json!({ "categories": ["NAME", "EMAIL"] });
        let (hold, ()) = tokio::join!(tenant.tries_to_hold(&id, some), gateway.work());
        gateway.work().await;
        let (state, left) = (tenant.state_of(&id).await, tenant.shown_for(&id, "LEGAL_CLAIMS").await);
        if hold.user_errors().is_empty() {
            assert_eq!(
                (state, left),
                (json!("PARTIALLY_ERASED"), vec!["name", "email"]),
                "the hold was first"
            );
            assert_eq!(tenant.status_of(&request).await, "PARTIALLY_COMPLETED");
        } else {
            assert_eq!(hold.user_errors(), ["ERASED input.subjectId"]);
            assert_eq!((state, left), (json!("ERASED"), vec![]), "the erasure was first");
            assert_eq!(tenant.status_of(&request).await, "COMPLETED");
        }
    }
}

async fn a_hold_is_shown_to_staff_alone(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let id = tenant.registers(complete_person("syns")).await;
    let more =
        json!({ "categories": ["EMAIL", "NAME"], "expiresOn": "2027-01-01", "reference": " T 99-26 " });
    let hold = tenant.tries_to_hold(&id, more).await.made();
    let text = "query($id: ID!) { dataSubject(id: $id) { legalHolds { id ground categories reference placedAt expiresOn releasedAt } } }";
    let seen = tenant.staff("subjects:read").query(text, json!({ "id": id })).await;
    assert_eq!(
        seen.data("/dataSubject/legalHolds"),
        json!([{ "id": hold, "ground": "LEGAL_CLAIMS", "categories": ["NAME", "EMAIL"], "reference": "T 99-26",
                 "placedAt": format!("{:.3}", gateway.now()), "expiresOn": "2027-01-01", "releasedAt": null }])
    );
    let own = tenant.person(&id);
    assert_eq!(own.query("{ me { legalHolds { id } } }", Value::Null).await.code(), "FORBIDDEN");
    let node = "query($id: ID!) { node(id: $id) { id } }";
    assert_eq!(own.query(node, json!({ "id": hold })).await.data("/node"), Value::Null);
    assert_eq!(
        tenant.staff("subjects:read").query(node, json!({ "id": hold })).await.data("/node/id"),
        json!(hold)
    );
    let request =
        json!({ "subjectId": id, "ground": "LEGAL_CLAIMS", "categories": ["NAME"], "reference": "x" });
    let refused = tenant
        .staff("rights:write subjects:write")
        .change("placeLegalHold", request, "legalHold { id }")
        .await;
    assert_eq!(refused.code(), "FORBIDDEN", "rights:decide");
}
