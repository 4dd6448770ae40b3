//! Submitting a request of each kind: by whom, what it must bring, and what is refused with where and why.

use std::time::Duration;

use serde_json::{Value, json};
use support::{AT_ONCE, DECIDED, TestGateway, complete_person, on_both_databases, person, submission, with};

on_both_databases! {
    a_person_submits_follows_and_withdraws_their_own,
    a_person_reaches_nobody_elses_requests_and_decides_nothing,
    a_submission_of_each_kind_is_refused_with_where_and_why,
    each_kind_says_what_else_it_must_bring,
    each_submission_with_a_key_is_done_once,
    an_erased_person_can_make_no_request,
    a_step_is_refused_with_where_and_why,
}

const NEVER: &str = "subject_01h2xcejqtf2nbrexx3vqjhp41";

async fn a_person_submits_follows_and_withdraws_their_own(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    for kind in DECIDED {
        let me = tenant.registers(person("Ada Prov")).await;
        let own = tenant.person(&me);
        let (mutation, input) = submission(kind);
        let selection = "rightsRequest { id status channel kind identityVerification { method verifiedBy } }";
        let submitted = own.change(mutation, input, selection).await;
        assert_eq!(
            with(submitted.payload("/rightsRequest"), &json!({ "id": null })),
            json!({ "id": null, "status": "UNDER_REVIEW", "channel": "SELF_SERVICE", "kind": kind,
                    "identityVerification": { "method": "AUTHENTICATED_SESSION", "verifiedBy": "person" } }),
            "{kind}"
        );
        let request = submitted.made();
        let text = "query($id: ID!) { rightsRequest(id: $id) { id letter deadlineExplanation timeline { status } \
                    rectifications { category newValue } } node(id: $id) { id } \
                    me { rightsRequests { edges { node { id } } } } }";
        let followed = own.query(text, json!({ "id": request })).await;
        for pointer in ["/rightsRequest/id", "/node/id", "/me/rightsRequests/edges/0/node/id"] {
            assert_eq!(followed.data(pointer), json!(request), "{kind} at {pointer}");
        }
        assert_eq!(followed.data("/rightsRequest/timeline/0/status"), "UNDER_REVIEW", "{kind}");
        assert_ne!(followed.data("/rightsRequest/letter"), Value::Null, "{kind}");
        let input = json!({ "requestId": request });
        let withdrawn = own.change("withdrawRightsRequest", input, "rightsRequest { status }").await;
        assert_eq!(withdrawn.payload("/rightsRequest/status"), "WITHDRAWN", "{kind}");
    }
}

async fn a_person_reaches_nobody_elses_requests_and_decides_nothing(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let me = tenant.registers(person("Ada Prov")).await;
    let other = tenant.registers(person("Bo Prov")).await;
    let own = tenant.person(&me);
    for kind in DECIDED.into_iter().chain(AT_ONCE) {
        let (mutation, input) = submission(kind);
        for id in [other.as_str(), NEVER, "nonsense"] {
            let input = with(input.clone(), &json!({ "subjectId": id }));
            let answer = own.change(mutation, input, "rightsRequest { id }").await;
            assert_eq!(answer.user_errors(), ["NOT_FOUND input.subjectId"], "{kind} for {id}");
        }
    }
    let theirs = tenant.submits("ERASURE", &other).await;
    let restricting = tenant.submits("RECTIFICATION", &other).await;
    for id in [theirs.as_str(), restricting.as_str(), "request_01h2xcejqtf2nbrexx3vqjhp41"] {
        let found = own.query("query($id: ID!) { rightsRequest(id: $id) { id } }", json!({ "id": id })).await;
        assert_eq!(found.data("/rightsRequest"), Value::Null, "{id}");
        let input = json!({ "requestId": id });
        let refused = own.change("withdrawRightsRequest", input, "rightsRequest { id }").await;
        assert_eq!(refused.user_errors(), ["NOT_FOUND input.requestId"], "{id}");
    }
    let restriction = tenant.restrictions(&other).await.remove(0)["id"].clone();
    let found = own.query("query($id: ID!) { node(id: $id) { id } }", json!({ "id": restriction })).await;
    assert_eq!(found.data("/node"), Value::Null, "nor another person's restriction");
    let mine = tenant.submits("ERASURE", &me).await;
    let at = "2026-03-02T09:00:00Z";
    for (mutation, input) in [
        ("askForIdentity", json!({ "requestId": mine, "reason": "x" })),
        ("verifyRequesterIdentity", json!({ "requestId": mine, "method": "DOCUMENT_SHOWN" })),
        ("extendDeadline", json!({ "requestId": mine, "grounds": ["COMPLEXITY"], "reason": "x" })),
        ("approveRightsRequest", json!({ "requestId": mine })),
        ("refuseRightsRequest", json!({ "requestId": mine, "ground": "EXEMPT", "reasons": "x" })),
        ("liftRestriction", json!({ "restrictionId": restriction, "subjectInformedAt": at })),
        (
            "placeLegalHold",
            json!({ "subjectId": me, "ground": "LEGAL_CLAIMS", "categories": ["NAME"], "reference": "x" }),
        ),
        ("releaseLegalHold", json!({ "legalHoldId": "hold_01h2xcejqtf2nbrexx3vqjhp41" })),
    ] {
        assert_eq!(own.change(mutation, input, "__typename").await.code(), "FORBIDDEN", "{mutation}");
    }
    assert_eq!(tenant.status_of(&mine).await, "RECEIVED");
}

async fn a_submission_of_each_kind_is_refused_with_where_and_why(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let id = tenant.registers(person("Ada Prov")).await;
    for kind in DECIDED.into_iter().chain(AT_ONCE) {
        for (more, expected) in [
            (json!({ "subjectId": null }), "INVALID input.subjectId"),
            (json!({ "subjectId": NEVER }), "NOT_FOUND input.subjectId"),
            (json!({ "subjectId": "nonsense" }), "NOT_FOUND input.subjectId"),
            (json!({ "channel": "SELF_SERVICE" }), "INVALID input.channel"),
            (json!({ "receivedAt": "2027-01-01T00:00:00Z" }), "INVALID input.receivedAt"),
            (json!({ "receivedAt": "2026-01-01" }), "INVALID input.receivedAt"),
        ] {
            let answer = tenant.tries(kind, &id, more.clone()).await;
            assert_eq!(answer.user_errors(), [expected], "{kind} with {more}");
            assert_eq!(answer.payload("/rightsRequest"), Value::Null, "{kind} with {more}");
        }
    }
}

async fn each_kind_says_what_else_it_must_bring(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let id = tenant.registers(person("Ada Prov")).await;
    let one = |category: &str, value: &str| json!({ "category": category, "newValue": value });
    for (kind, more, expected) in [
        ("ERASURE", json!({ "categories": [] }), "INVALID input.categories"),
        ("OBJECTION", json!({ "grounds": null }), "INVALID input.grounds"),
        ("OBJECTION", json!({ "grounds": "  " }), "INVALID input.grounds"),
        ("OBJECTION", json!({ "grounds": "å".repeat(4_001) }), "INVALID input.grounds"),
        ("RECTIFICATION", json!({ "rectifications": [] }), "INVALID input.rectifications"),
        (
            "RECTIFICATION",
            json!({ "rectifications": [one("NAME", "Bo Rätt"), one("ACCOUNTING", "x")] }),
            "INVALID input.rectifications.1.category",
        ),
        (
            "RECTIFICATION",
            json!({ "rectifications": [one("PASSWORD", "hemligt lösenord")] }),
            "INVALID input.rectifications.0.category",
        ),
        (
            "RECTIFICATION",
            json!({ "rectifications": [one("NAME", "Bo Rätt"), one("PHONE", "070-174 06 05"), one("NAME", "Bo Fel")] }),
            "INVALID input.rectifications.2.category",
        ),
    ] {
        let answer = tenant.tries(kind, &id, more.clone()).await;
        assert_eq!(answer.user_errors(), [expected], "{kind} with {more}");
    }
    for ground in ["ACCURACY_CONTESTED", "UNLAWFUL_PROCESSING", "LEGAL_CLAIM", "OBJECTION_PENDING"] {
        let person = tenant.registers(person("Bo Prov")).await;
        let request = tenant.tries("RESTRICTION", &person, json!({ "ground": ground })).await.made();
        assert_eq!(tenant.request(&request, "restrictionGround").await["restrictionGround"], ground);
    }
    let marketing = tenant.tries("MARKETING_OBJECTION", &id, json!({ "grounds": "För många brev." })).await;
    assert_eq!(marketing.user_errors(), Vec::<String>::new(), "grounds may be given where none are needed");
}

async fn each_submission_with_a_key_is_done_once(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    for kind in DECIDED.into_iter().chain(AT_ONCE) {
        let id = tenant.registers(person("Ada Prov")).await;
        let keyed = json!({ "idempotencyKey": format!("nyckel {kind}") });
        let first = tenant.tries(kind, &id, keyed.clone()).await;
        gateway.clock.advance(Duration::from_secs(5));
        let again = tenant.tries(kind, &id, keyed.clone()).await;
        assert_eq!((again.user_errors(), first.made()), (Vec::new(), again.made()), "{kind}");
        let count = tenant.subject(&id, "rightsRequests { totalCount }").await;
        assert_eq!(count["rightsRequests"]["totalCount"], 1, "{kind}");
        let other = with(keyed.clone(), &json!({ "channel": "LETTER" }));
        let mismatch = tenant.tries(kind, &id, other).await;
        assert_eq!(mismatch.user_errors(), ["IDEMPOTENCY_MISMATCH input.idempotencyKey"], "{kind}");
        let at_once = futures::future::join_all((0..6).map(|_| {
            tenant.tries(kind, &id, json!({ "idempotencyKey": format!("ny {kind}"), "channel": "PHONE" }))
        }));
        let ids: Vec<_> = at_once.await.iter().map(|answer| answer.payload("/rightsRequest/id")).collect();
        assert!(ids.iter().all(|id| *id == ids[0] && !id.is_null()), "{kind}: {ids:?}");
    }
}

async fn an_erased_person_can_make_no_request(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let id = tenant.registers(complete_person("borta")).await;
    tenant.carries_out("ERASURE", &id, json!({})).await;
    for kind in DECIDED.into_iter().chain(AT_ONCE) {
        let refused = tenant.tries(kind, &id, json!({})).await;
        assert_eq!(refused.user_errors(), ["ERASED input.subjectId"], "{kind}");
        let (mutation, input) = submission(kind);
        let own = tenant.person(&id).change(mutation, input, "rightsRequest { id }").await;
        assert_eq!(own.user_errors(), ["ERASED input.subjectId"], "{kind} by the person");
    }
}

async fn a_step_is_refused_with_where_and_why(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let request = tenant.in_state("ERASURE", "RECEIVED").await;
    let long = "å".repeat(4_001);
    for (step, more, expected) in [
        ("askForIdentity", json!({ "reason": " " }), "INVALID input.reason"),
        ("askForIdentity", json!({ "reason": long }), "INVALID input.reason"),
        ("extendDeadline", json!({ "grounds": [], "reason": "x" }), "INVALID input.grounds"),
        ("extendDeadline", json!({ "grounds": ["COMPLEXITY"], "reason": "" }), "INVALID input.reason"),
        ("extendDeadline", json!({ "grounds": ["COMPLEXITY"], "reason": long }), "INVALID input.reason"),
        ("refuseRightsRequest", json!({ "ground": "EXEMPT", "reasons": "" }), "INVALID input.reasons"),
        ("refuseRightsRequest", json!({ "ground": "EXEMPT", "reasons": long }), "INVALID input.reasons"),
    ] {
        let input = with(json!({ "requestId": request }), &more);
        let answer = tenant.admin().change(step, input, "rightsRequest { id }").await;
        assert_eq!(answer.user_errors(), [expected], "{step}");
    }
    assert_eq!(tenant.statuses_of(&request).await, ["RECEIVED"]);
    for missing in ["request_01h2xcejqtf2nbrexx3vqjhp41", NEVER, "nonsense"] {
        for step in support::STEPS {
            let refused = tenant.takes(step, missing).await.user_errors();
            assert_eq!(refused, ["NOT_FOUND input.requestId"], "{step} with {missing}");
        }
    }
}
