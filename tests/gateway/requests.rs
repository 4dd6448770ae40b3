//! The life of a request for access through the API (contract rule 11), its references and its deadline.

use std::time::Duration;

use serde_json::{Value, json};
use support::{Answer, Tenant, TestGateway, complete_person, on_both_databases, person};

on_both_databases! {
    each_state_allows_its_steps_and_no_other,
    a_second_request_of_the_kind_is_answered_with_the_open_one,
    two_submissions_at_once_make_one_request,
    references_count_without_gap_or_repeat,
    the_deadline_is_a_month_moved_by_holidays_and_explained,
    requests_are_listed_soonest_due_first_and_filtered,
    a_refusal_and_a_withdrawal_tell_what_happened,
    a_submission_is_refused_with_where_and_why,
    of_two_decisions_at_once_one_counts,
}

const STEPS: [&str; 4] =
    ["verifyRequesterIdentity", "approveRightsRequest", "refuseRightsRequest", "withdrawRightsRequest"];

async fn take(tenant: &Tenant<'_>, step: &str, request: &str) -> Answer {
    let mut input = json!({ "requestId": request });
    match step {
        "verifyRequesterIdentity" => input["method"] = json!("ELECTRONIC_ID"),
        "refuseRightsRequest" => {
            input["ground"] = json!("EXCESSIVE");
            input["reasons"] = json!("Fjärde gången i år.\nInget har ändrats.");
        }
        _ => {}
    }
    tenant.admin().change(step, input, "rightsRequest { status }").await
}

/// A request in a state, brought there by the steps that lead to it.
async fn in_state(tenant: &Tenant<'_>, state: &str) -> String {
    let path: &[&str] = match state {
        "RECEIVED" => &[],
        "UNDER_REVIEW" => &STEPS[..1],
        "IN_PROGRESS" | "COMPLETED" => &STEPS[..2],
        "REFUSED" => &STEPS[2..3],
        "WITHDRAWN" => &STEPS[3..],
        other => panic!("no way to {other}"),
    };
    let person = tenant.registers(person("Ada Prov")).await;
    let request = tenant.submits_access(&person).await;
    for step in path {
        assert_eq!(
            take(tenant, step, &request).await.user_errors(),
            Vec::<String>::new(),
            "{step} to {state}"
        );
    }
    if state == "COMPLETED" {
        tenant.gateway().work().await;
    }
    assert_eq!(tenant.status_of(&request).await, state);
    request
}

async fn each_state_allows_its_steps_and_no_other(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let (unknown, conflict) = ("IDENTITY_NOT_VERIFIED", "CONFLICT");
    for (state, outcomes) in [
        ("RECEIVED", ["UNDER_REVIEW", unknown, "REFUSED", "WITHDRAWN"]),
        ("UNDER_REVIEW", [conflict, "IN_PROGRESS", "REFUSED", "WITHDRAWN"]),
        ("IN_PROGRESS", [conflict, conflict, conflict, "WITHDRAWN"]),
        ("COMPLETED", [conflict; 4]),
        ("REFUSED", [conflict; 4]),
        ("WITHDRAWN", [conflict; 4]),
    ] {
        for (step, expected) in STEPS.into_iter().zip(outcomes) {
            let request = in_state(&tenant, state).await;
            let answer = take(&tenant, step, &request).await;
            if expected == unknown || expected == conflict {
                assert_eq!(
                    answer.user_errors(),
                    [format!("{expected} input.requestId")],
                    "{step} from {state}"
                );
                assert_eq!(answer.data(&format!("/{step}/rightsRequest")), Value::Null);
                assert_eq!(tenant.status_of(&request).await, state, "{step} changes nothing");
            } else {
                assert_eq!(
                    answer.data(&format!("/{step}/rightsRequest/status")),
                    expected,
                    "{step} from {state}"
                );
            }
        }
    }
    gateway.work().await;
    let text = "{ rightsRequests(filter: { status: [COMPLETED] }) { totalCount } }";
    let done = tenant.admin().query(text, Value::Null).await.data("/rightsRequests/totalCount");
    assert_eq!(done, 8, "all that were approved, but for the one that was withdrawn");
}

async fn a_second_request_of_the_kind_is_answered_with_the_open_one(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let person = tenant.registers(complete_person("igen")).await;
    let first = tenant.submits_access(&person).await;
    for (caller, input) in [
        (tenant.admin(), json!({ "subjectId": person, "channel": "LETTER" })),
        (tenant.person(&person), json!({})),
    ] {
        let again = caller.change("submitAccessRequest", input, "rightsRequest { id status }").await;
        assert_eq!(again.user_errors(), ["ALREADY_OPEN"]);
        assert_eq!(again.data("/submitAccessRequest/rightsRequest/id"), json!(first));
    }
    take(&tenant, "withdrawRightsRequest", &first).await;
    let next = tenant.submits_access(&person).await;
    assert_ne!(first, next, "after its end another can be made");
}

async fn two_submissions_at_once_make_one_request(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let person = tenant.registers(complete_person("samtidigt")).await;
    let admin = tenant.admin();
    let submit =
        || admin.change("submitAccessRequest", json!({ "subjectId": person }), "rightsRequest { id }");
    let answers = futures::future::join_all((0..8).map(|_| submit())).await;
    let ids: Vec<_> =
        answers.iter().map(|answer| answer.string("/submitAccessRequest/rightsRequest/id")).collect();
    assert!(ids.iter().all(|id| *id == ids[0]), "{ids:?}");
    let accepted = answers.iter().filter(|answer| answer.user_errors().is_empty()).count();
    assert_eq!(accepted, 1);
}

async fn references_count_without_gap_or_repeat(gateway: &TestGateway) {
    let (tenant, other) = (gateway.tenant().await, gateway.tenant().await);
    let mut people = Vec::new();
    for number in 0..10 {
        people.push(tenant.registers(person(&format!("Ada {number}"))).await);
    }
    let admin = tenant.admin();
    let submit = |person: String| {
        let admin = admin.clone();
        async move {
            let refused = json!({ "subjectId": person, "receivedAt": "2030-01-01T00:00:00Z" });
            admin.change("submitAccessRequest", refused, "rightsRequest { id }").await;
            let input = json!({ "subjectId": person });
            let answer = admin.change("submitAccessRequest", input, "rightsRequest { reference }").await;
            answer.string("/submitAccessRequest/rightsRequest/reference")
        }
    };
    let mut references = futures::future::join_all(people.into_iter().map(submit)).await;
    references.sort();
    let expected: Vec<_> = (1..=10).map(|number| format!("RR-2026-{number:06}")).collect();
    assert_eq!(references, expected, "a refused submission takes none");

    let elsewhere = other.registers(person("Bo Annanstans")).await;
    let answer = other
        .admin()
        .change("submitAccessRequest", json!({ "subjectId": elsewhere }), "rightsRequest { reference }")
        .await;
    assert_eq!(answer.string("/submitAccessRequest/rightsRequest/reference"), "RR-2026-000001");

    // Half past midnight of the new year in Sweden is still the old year in UTC.
    gateway.clock.set("2026-12-31T23:30:00Z".parse().unwrap());
    let late = tenant.registers(person("Nyår Prov")).await;
    let input = json!({ "subjectId": late });
    let answer = tenant.admin().change("submitAccessRequest", input, "rightsRequest { reference }").await;
    assert_eq!(answer.string("/submitAccessRequest/rightsRequest/reference"), "RR-2027-000001");
}

async fn the_deadline_is_a_month_moved_by_holidays_and_explained(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    gateway.clock.set("2026-03-10T12:00:00Z".parse().unwrap());
    for (received, due) in [
        ("2026-03-02T10:00:00+01:00", "2026-04-02T21:59:59.999Z"),
        // Good Friday, a weekend and Easter Monday.
        ("2026-03-03T10:00:00+01:00", "2026-04-07T21:59:59.999Z"),
        ("2026-01-31T10:00:00+01:00", "2026-03-02T22:59:59.999Z"),
        // The day in Sweden counts, not the day in UTC.
        ("2026-02-08T23:30:00Z", "2026-03-09T22:59:59.999Z"),
    ] {
        let person = tenant.registers(person("Ada Prov")).await;
        let input = json!({ "subjectId": person, "channel": "EMAIL", "receivedAt": received });
        let selection = "rightsRequest { dueAt unpausedDueAt overdue sv: deadlineExplanation(language: \"sv\") \
                         en: deadlineExplanation(language: \"en-GB\") own: deadlineExplanation }";
        let answer = tenant.admin().change("submitAccessRequest", input, selection).await;
        let request = answer.data("/submitAccessRequest/rightsRequest");
        assert_eq!((&request["dueAt"], &request["unpausedDueAt"]), (&json!(due), &json!(due)), "{received}");
        assert_eq!(request["overdue"], json!(due < "2026-03-10"), "{received}");
        assert_eq!(request["own"], request["sv"]);
        assert_ne!(request["en"], request["sv"]);
        let explained = request["en"].as_str().unwrap();
        let moved = due.starts_with("2026-04-07");
        assert_eq!(explained.contains("Good Friday"), moved, "{explained}");
    }
    let person = tenant.registers(person("Ada Prov")).await;
    let selection = "rightsRequest { deadlineExplanation(language: \"de\") }";
    let refused =
        tenant.admin().change("submitAccessRequest", json!({ "subjectId": person }), selection).await;
    assert_eq!(refused.code(), "BAD_USER_INPUT");
}

async fn requests_are_listed_soonest_due_first_and_filtered(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let mut requests = Vec::new();
    for received in ["2026-02-20T08:00:00Z", "2026-01-12T08:00:00Z", "2026-02-02T08:00:00Z"] {
        let person = tenant.registers(person("Ada Prov")).await;
        let input = json!({ "subjectId": person, "channel": "LETTER", "receivedAt": received });
        let answer = tenant.admin().change("submitAccessRequest", input, "rightsRequest { id }").await;
        requests.push(answer.string("/submitAccessRequest/rightsRequest/id"));
    }
    let (late, soon, later) = (requests[1].as_str(), requests[2].as_str(), requests[0].as_str());
    take(&tenant, "verifyRequesterIdentity", soon).await;
    for (filter, expected) in [
        (json!({}), vec![late, soon, later]),
        (json!({ "overdue": true }), vec![late]),
        (json!({ "overdue": false }), vec![soon, later]),
        (json!({ "status": ["RECEIVED"] }), vec![late, later]),
        (json!({ "status": ["UNDER_REVIEW", "RECEIVED"], "kind": ["ACCESS"] }), vec![late, soon, later]),
        (json!({ "kind": ["ERASURE"] }), vec![]),
        (json!({ "dueBefore": "2026-03-10T00:00:00Z" }), vec![late, soon]),
        (json!({ "dueBefore": "2026-03-10T00:00:00Z", "overdue": false }), vec![soon]),
    ] {
        let text = "query($filter: RightsRequestFilter) { rightsRequests(filter: $filter) { totalCount edges { node { id } } } }";
        let answer = tenant.staff("rights:read").query(text, json!({ "filter": filter })).await;
        let edges = answer.data("/rightsRequests/edges");
        let ids: Vec<_> =
            edges.as_array().unwrap().iter().map(|edge| edge["node"]["id"].as_str().unwrap()).collect();
        assert_eq!(ids, expected, "{filter}");
        assert_eq!(answer.data("/rightsRequests/totalCount"), expected.len(), "{filter}");
    }
    take(&tenant, "withdrawRightsRequest", late).await;
    let overdue = tenant
        .admin()
        .query("{ rightsRequests(filter: { overdue: true }) { totalCount } }", Value::Null)
        .await;
    assert_eq!(overdue.data("/rightsRequests/totalCount"), 0, "what is over is not overdue");
}

async fn a_refusal_and_a_withdrawal_tell_what_happened(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let refused = in_state(&tenant, "UNDER_REVIEW").await;
    gateway.clock.advance(Duration::from_mins(5));
    take(&tenant, "refuseRightsRequest", &refused).await;
    let text = "query($id: ID!) { rightsRequest(id: $id) { outcomes { action } package { formats } \
                decision { verdict decidedAt decidedBy refusalGround reasons lateRefusal } \
                timeline { status actorId description } } }";
    let answer = tenant.admin().query(text, json!({ "id": refused })).await.data("/rightsRequest");
    assert_eq!(
        answer["decision"],
        json!({
            "verdict": "REFUSED", "decidedAt": format!("{:.3}", gateway.now()), "decidedBy": "admin",
            "refusalGround": "EXCESSIVE", "reasons": "Fjärde gången i år.\nInget har ändrats.", "lateRefusal": false,
        })
    );
    assert_eq!((&answer["outcomes"], &answer["package"]), (&json!([]), &Value::Null));
    let steps = answer["timeline"].as_array().unwrap();
    let statuses: Vec<_> = steps.iter().map(|step| step["status"].as_str().unwrap()).collect();
    assert_eq!(statuses.last(), Some(&"REFUSED"));
    assert_eq!(steps.len(), 3);
    assert!(
        steps
            .iter()
            .all(|step| step["actorId"] == "admin" && !step["description"].as_str().unwrap().is_empty())
    );

    let tardy = in_state(&tenant, "UNDER_REVIEW").await;
    gateway.clock.advance(Duration::from_hours(24 * 40));
    take(&tenant, "refuseRightsRequest", &tardy).await;
    let late = tenant.admin().query(text, json!({ "id": tardy })).await;
    assert_eq!(late.data("/rightsRequest/decision/lateRefusal"), true);

    let person = tenant.registers(complete_person("angrar")).await;
    let own = tenant.person(&person);
    let request = own.change("submitAccessRequest", json!({}), "rightsRequest { id }").await;
    let request = request.string("/submitAccessRequest/rightsRequest/id");
    let withdrawn = own
        .change("withdrawRightsRequest", json!({ "requestId": request }), "rightsRequest { status }")
        .await;
    assert_eq!(withdrawn.data("/withdrawRightsRequest/rightsRequest/status"), "WITHDRAWN");
}

async fn a_submission_is_refused_with_where_and_why(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let id = tenant.registers(person("Ada Prov")).await;
    for (input, expected) in [
        (json!({}), "INVALID input.subjectId"),
        (json!({ "subjectId": "subject_01h2xcejqtf2nbrexx3vqjhp41" }), "NOT_FOUND input.subjectId"),
        (json!({ "subjectId": "nonsense" }), "NOT_FOUND input.subjectId"),
        (json!({ "subjectId": id, "channel": "SELF_SERVICE" }), "INVALID input.channel"),
        (json!({ "subjectId": id, "receivedAt": "2027-01-01T00:00:00Z" }), "INVALID input.receivedAt"),
        (json!({ "subjectId": id, "receivedAt": "2026-01-01" }), "INVALID input.receivedAt"),
    ] {
        let answer =
            tenant.admin().change("submitAccessRequest", input.clone(), "rightsRequest { id }").await;
        assert_eq!(answer.user_errors(), [expected], "{input}");
    }
    let request = tenant.submits_access(&id).await;
    for (reasons, expected) in [("", "INVALID input.reasons"), (&"x".repeat(4_001), "INVALID input.reasons")]
    {
        let input = json!({ "requestId": request, "ground": "EXEMPT", "reasons": reasons });
        let answer = tenant.admin().change("refuseRightsRequest", input, "rightsRequest { id }").await;
        assert_eq!(answer.user_errors(), [expected]);
    }
    for step in STEPS {
        for missing in ["request_01h2xcejqtf2nbrexx3vqjhp41", "nonsense", id.as_str()] {
            assert_eq!(
                take(&tenant, step, missing).await.user_errors(),
                ["NOT_FOUND input.requestId"],
                "{step}"
            );
        }
    }
}

async fn of_two_decisions_at_once_one_counts(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    for _ in 0..4 {
        let request = in_state(&tenant, "UNDER_REVIEW").await;
        let decisions =
            ["approveRightsRequest", "refuseRightsRequest", "approveRightsRequest", "refuseRightsRequest"];
        let outcomes = futures::future::join_all(decisions.map(|step| take(&tenant, step, &request))).await;
        let won = outcomes.iter().filter(|answer| answer.user_errors().is_empty()).count();
        assert_eq!(won, 1);
        let text = "query($id: ID!) { rightsRequest(id: $id) { timeline { status } } }";
        let timeline =
            tenant.admin().query(text, json!({ "id": request })).await.data("/rightsRequest/timeline");
        assert_eq!(timeline.as_array().map(Vec::len), Some(3), "the others left nothing behind");
    }
}
