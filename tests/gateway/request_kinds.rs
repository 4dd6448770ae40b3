//! The life of every kind of request: which step leads where from which state, and what takes effect at once
//! (contract rules 7 and 11).

use serde_json::{Value, json};
use support::{
    AT_ONCE, DECIDED, STEPS, Tenant, TestGateway, complete_person, on_both_databases, person, told, with,
};

on_both_databases! {
    each_kind_takes_each_step_from_each_state_and_no_other,
    what_takes_effect_at_once_is_complete_when_it_is_submitted,
    a_second_request_of_a_kind_is_answered_with_the_open_one,
    requests_of_different_kinds_do_not_stand_in_each_others_way,
    each_kind_says_what_was_done_category_by_category,
    a_kind_says_nothing_was_held_where_there_was_nothing,
    references_of_all_kinds_are_one_series_without_gap_or_repeat,
    a_request_withdrawn_while_in_progress_leaves_everything_as_it_was,
}

const CONFLICT: &str = "CONFLICT";
const UNKNOWN: &str = "IDENTITY_NOT_VERIFIED";

/// From each state: where each of the steps leads, or how it is refused.
const LIFE: [(&str, [&str; 6]); 7] = [
    ("RECEIVED", ["AWAITING_IDENTITY", "UNDER_REVIEW", "RECEIVED", UNKNOWN, "REFUSED", "WITHDRAWN"]),
    ("AWAITING_IDENTITY", [CONFLICT, "UNDER_REVIEW", "AWAITING_IDENTITY", UNKNOWN, "REFUSED", "WITHDRAWN"]),
    ("UNDER_REVIEW", [CONFLICT, CONFLICT, "UNDER_REVIEW", "IN_PROGRESS", "REFUSED", "WITHDRAWN"]),
    ("IN_PROGRESS", [CONFLICT, CONFLICT, "IN_PROGRESS", CONFLICT, CONFLICT, "WITHDRAWN"]),
    ("COMPLETED", [CONFLICT; 6]),
    ("REFUSED", [CONFLICT; 6]),
    ("WITHDRAWN", [CONFLICT; 6]),
];

async fn each_kind_takes_each_step_from_each_state_and_no_other(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    for kind in DECIDED {
        for (state, ends) in LIFE {
            let unmoved = tenant.in_state(kind, state).await;
            let before = tenant.statuses_of(&unmoved).await;
            for (step, end) in STEPS.into_iter().zip(ends) {
                let what = format!("{step} with {kind} from {state}");
                if end == CONFLICT || end == UNKNOWN {
                    let answer = tenant.takes(step, &unmoved).await;
                    assert_eq!(answer.user_errors(), [format!("{end} input.requestId")], "{what}");
                    assert_eq!(answer.payload("/rightsRequest"), Value::Null, "{what}");
                } else {
                    let request = tenant.in_state(kind, state).await;
                    let answer = tenant.takes(step, &request).await;
                    assert_eq!(answer.payload("/rightsRequest/status"), end, "{what}: {}", answer.text());
                }
            }
            assert_eq!(tenant.statuses_of(&unmoved).await, before, "{kind} in {state}: refused is undone");
        }
    }
}

async fn what_takes_effect_at_once_is_complete_when_it_is_submitted(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    for kind in AT_ONCE {
        for channel in ["EMAIL", "PHONE", "LETTER", "API"] {
            let id = tenant.registers(person("Ada Prov")).await;
            let answer = tenant.tries(kind, &id, json!({ "channel": channel })).await;
            assert_eq!(answer.payload("/rightsRequest/status"), "COMPLETED", "{kind} by {channel}");
            let request = answer.made();
            for step in STEPS {
                let refused = tenant.takes(step, &request).await.user_errors();
                assert_eq!(refused, ["CONFLICT input.requestId"], "{step} with {kind}");
            }
            let selection = "kind purpose identityVerification { method } overdue extension { reason } package { formats }";
            let shown = tenant.request(&request, selection).await;
            let of = if kind == "CONSENT_WITHDRAWAL" { kind } else { "OBJECTION" };
            assert_eq!(
                shown,
                json!({ "kind": of, "purpose": "DIRECT_MARKETING", "identityVerification": null, "overdue": false,
                        "extension": null, "package": null })
            );
            let again = tenant.tries(kind, &id, json!({})).await;
            assert_ne!(again.made(), request, "nothing is open, so it can be said again");
        }
        let id = tenant.registers(person("Bo Prov")).await;
        let (mutation, input) = support::submission(kind);
        let own = tenant.person(&id).change(mutation, input, "rightsRequest { id status channel }").await;
        assert_eq!(own.payload("/rightsRequest/status"), "COMPLETED", "{kind} by the person");
        assert_eq!(own.payload("/rightsRequest/channel"), "SELF_SERVICE");
    }
}

async fn a_second_request_of_a_kind_is_answered_with_the_open_one(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    for kind in DECIDED {
        let person = tenant.registers(person("Ada Prov")).await;
        let first = tenant.submits(kind, &person).await;
        let (mutation, input) = support::submission(kind);
        let own = tenant.person(&person).change(mutation, input, "rightsRequest { id }").await;
        for again in [tenant.tries(kind, &person, json!({ "channel": "LETTER" })).await, own] {
            let code = again.user_errors().first().map(|error| error.starts_with("ALREADY_OPEN"));
            assert_eq!(code, Some(true), "{kind}: {}", again.text());
            assert_eq!(again.payload("/rightsRequest/id"), json!(first), "{kind}");
        }
        tenant.verifies(&first).await;
        tenant.approves(&first).await;
        let again = tenant.tries(kind, &person, json!({})).await;
        assert_eq!(again.payload("/rightsRequest/id"), json!(first), "{kind} in progress is open too");
        tenant.takes("withdrawRightsRequest", &first).await;
        assert_ne!(tenant.submits(kind, &person).await, first, "{kind}: after its end another can be made");
    }
}

async fn requests_of_different_kinds_do_not_stand_in_each_others_way(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let person = tenant.registers(person("Ada Prov")).await;
    for kind in DECIDED.into_iter().chain(AT_ONCE) {
        let answer = tenant.tries(kind, &person, json!({})).await;
        assert_eq!(answer.user_errors(), Vec::<String>::new(), "{kind} beside the others");
    }
    let other = tenant.registers(support::person("Bo Prov")).await;
    let service = tenant.submits("OBJECTION", &other).await;
    let marketing = tenant.submits("MARKETING_OBJECTION", &other).await;
    assert_eq!(
        tenant.status_of(&marketing).await,
        "COMPLETED",
        "an open objection does not stop marketing's"
    );
    assert_eq!(tenant.status_of(&service).await, "RECEIVED");
}

const SHOWN_BY_THE_SERVICE: [&str; 7] =
    ["NAME", "POSITION", "PHONE", "ADDRESS", "EMAIL", "LOGIN_NAME", "PASSWORD"];

fn each(action: &str, categories: &[&str]) -> Vec<String> {
    categories.iter().map(|category| format!("{category} {action}")).collect()
}

async fn outcomes(tenant: &Tenant<'_>, kind: &str, person: &str) -> Vec<String> {
    let request = if AT_ONCE.contains(&kind) {
        tenant.submits(kind, person).await
    } else {
        tenant.carries_out(kind, person, json!({})).await
    };
    tenant.outcomes_of(&request).await
}

async fn each_kind_says_what_was_done_category_by_category(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    for (number, (kind, expected)) in [
        (
            "ACCESS",
            [each("DISCLOSED", &SHOWN_BY_THE_SERVICE), vec!["ACCOUNTING DISCLOSED".to_owned()]].concat(),
        ),
        ("PORTABILITY", each("DISCLOSED", &SHOWN_BY_THE_SERVICE[..6])),
        ("RECTIFICATION", each("RECTIFIED", &["POSITION"])),
        (
            "RESTRICTION",
            [each("RESTRICTED", &SHOWN_BY_THE_SERVICE), vec!["ACCOUNTING RESTRICTED".to_owned()]].concat(),
        ),
        ("OBJECTION", each("PURPOSE_ENDED", &SHOWN_BY_THE_SERVICE)),
        ("CONSENT_WITHDRAWAL", each("PURPOSE_ENDED", &SHOWN_BY_THE_SERVICE[..5])),
        ("MARKETING_OBJECTION", each("PURPOSE_ENDED", &SHOWN_BY_THE_SERVICE[..5])),
        (
            "ERASURE",
            vec![
                "NAME RETAINED BOOKKEEPING_ACT 2033-12-31".to_owned(),
                "POSITION ERASED".to_owned(),
                "PHONE ERASED".to_owned(),
                "ADDRESS RETAINED BOOKKEEPING_ACT 2033-12-31".to_owned(),
                "EMAIL ERASED".to_owned(),
                "LOGIN_NAME ERASED".to_owned(),
                "PASSWORD ERASED".to_owned(),
                "ACCOUNTING F-7 RETAINED BOOKKEEPING_ACT 2033-12-31".to_owned(),
            ],
        ),
    ]
    .into_iter()
    .enumerate()
    {
        let person = tenant.registers(complete_person(&format!("utfall{number}"))).await;
        tenant.files_invoice(&person, &format!("F-{number}"), "2026-12-31").await;
        tenant.records_consent(&person, "DIRECT_MARKETING").await;
        // An access request may name each record, or the category once.
        let found = outcomes(&tenant, kind, &person).await;
        let found: Vec<_> = if kind == "ERASURE" {
            found
        } else {
            found.into_iter().map(|outcome| outcome.replace(&format!(" F-{number}"), "")).collect()
        };
        assert_eq!(found, expected, "{kind}");
    }
}

async fn a_kind_says_nothing_was_held_where_there_was_nothing(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    for (kind, done, nothing) in [
        ("ACCESS", "DISCLOSED", 7),
        ("PORTABILITY", "DISCLOSED", 5),
        ("ERASURE", "ERASED", 7),
        ("RESTRICTION", "RESTRICTED", 7),
        ("OBJECTION", "PURPOSE_ENDED", 6),
    ] {
        let person = tenant.registers(person("Ada Prov")).await;
        let found = outcomes(&tenant, kind, &person).await;
        assert_eq!(found.first(), Some(&format!("NAME {done}")), "{kind}");
        assert_eq!(found.len(), nothing + 1, "{kind}: {found:?}");
        assert!(found.iter().skip(1).all(|outcome| outcome.ends_with("NOTHING_HELD")), "{kind}: {found:?}");
    }
    for kind in AT_ONCE {
        let person = tenant.registers(person("Bo Prov")).await;
        let request = tenant.submits(kind, &person).await;
        let found = told(&tenant.request(&request, support::OUTCOMES).await["outcomes"]);
        let nothing = each("NOTHING_HELD", &SHOWN_BY_THE_SERVICE[..5]);
        let name_ended = [each("PURPOSE_ENDED", &["NAME"]), nothing[1..].to_vec()].concat();
        assert_eq!(found, if kind == "CONSENT_WITHDRAWAL" { nothing } else { name_ended }, "{kind}");
    }
}

async fn references_of_all_kinds_are_one_series_without_gap_or_repeat(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let mut people = Vec::new();
    for number in 0..20 {
        people.push(tenant.registers(person(&format!("Ada Prov {number}"))).await);
    }
    let kinds = DECIDED.into_iter().chain(AT_ONCE).cycle();
    let submit = async |kind: &str, person: &str| {
        tenant.tries(kind, person, json!({ "channel": "SELF_SERVICE" })).await;
        tenant.tries(kind, person, json!({})).await.payload("/rightsRequest/reference")
    };
    let all = people.iter().zip(kinds).map(|(person, kind)| submit(kind, person));
    let mut references = futures::future::join_all(all).await;
    references.sort_by_key(Value::to_string);
    let expected: Vec<_> = (1..=20).map(|number| json!(format!("RR-2026-{number:06}"))).collect();
    assert_eq!(references, expected, "a refused submission takes none");
}

async fn a_request_withdrawn_while_in_progress_leaves_everything_as_it_was(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    for (number, kind) in DECIDED.into_iter().enumerate() {
        let person = tenant.registers(complete_person(&format!("anger{number}"))).await;
        let before = tenant.subject(&person, support::VALUES).await;
        let request = tenant.approved(kind, &person, json!({})).await;
        assert_eq!(tenant.takes("withdrawRightsRequest", &request).await.user_errors(), Vec::<String>::new());
        gateway.work().await;
        assert_eq!(tenant.status_of(&request).await, "WITHDRAWN", "{kind}");
        assert_eq!(tenant.subject(&person, support::VALUES).await, before, "{kind}");
        let shown = tenant.request(&request, "outcomes { action } package { formats }").await;
        assert_eq!(shown, json!({ "outcomes": [], "package": null }), "{kind}");
        let open = with(json!({}), &json!({}));
        assert_eq!(
            tenant.tries(kind, &person, open).await.user_errors(),
            Vec::<String>::new(),
            "{kind} anew"
        );
    }
}
