//! The controller's documented instructions (Art. 28(3)(a)): each decision of its staff, under the agreement of its day.

use serde_json::{Value, json};
use support::{Caller, Tenant, TestGateway, complete_person, on_both_databases};

use crate::announcements::announces;

on_both_databases! {
    each_decision_of_the_controller_is_kept_as_its_instruction,
    an_instruction_stands_under_the_agreement_that_it_was_given_under,
    instructions_are_listed_newest_first_in_pages,
    the_entry_behind_an_instruction_is_for_those_who_may_read_the_log,
}

const LOG: &str =
    "query($first: Int, $after: String) { viewer { tenant { agreements(first: 2) { edges { node { version
    instructionLog(first: $first, after: $after) { totalCount pageInfo { hasNextPage endCursor }
    edges { cursor node { id kind givenAt givenBy event { action actorId allowed } } } } } } } } } }";

/// The page of each version's log, newest version first.
async fn logs(caller: &Caller<'_>, variables: Value) -> Vec<Value> {
    let edges = caller.query(LOG, variables).await.data("/viewer/tenant/agreements/edges");
    edges.as_array().unwrap().iter().map(|edge| edge["node"]["instructionLog"].clone()).collect()
}

fn members(log: &Value, member: &str) -> Vec<String> {
    let edges = log["edges"].as_array().unwrap();
    edges
        .iter()
        .map(|edge| edge["node"].pointer(member).and_then(Value::as_str).unwrap_or("-").to_owned())
        .collect()
}

/// Lets the clock go on, since instructions are in the order of their time.
fn later(gateway: &TestGateway) {
    gateway.clock.advance(std::time::Duration::from_secs(1));
}

async fn each_decision_of_the_controller_is_kept_as_its_instruction(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let person = tenant.registers(complete_person("beslut")).await;
    let mut expected = Vec::new();
    let mut decided = |kind: &'static str, action: &'static str| expected.insert(0, (kind, action));

    later(gateway);
    tenant.carries_out("RESTRICTION", &person, json!({})).await;
    decided("APPROVE", "rightsRequest.approve");
    let restriction = tenant.restrictions(&person).await.remove(0);
    later(gateway);
    tenant.lifts(restriction["id"].as_str().unwrap()).await.succeeded();
    decided("LIFT", "restriction.lift");
    let request = tenant.submits_access(&person).await;
    later(gateway);
    tenant.takes("extendDeadline", &request).await.succeeded();
    decided("EXTEND", "rightsRequest.extendDeadline");
    later(gateway);
    tenant.refuses(&request).await;
    decided("REFUSE", "rightsRequest.refuse");
    later(gateway);
    let hold = tenant.holds(&person, &["NAME"]).await;
    decided("HOLD", "legalHold.place");
    later(gateway);
    tenant.releases(&hold).await.succeeded();
    decided("RELEASE", "legalHold.release");
    later(gateway);
    let rule = json!({ "category": "EMAIL", "trigger": "SUBJECT_INACTIVE", "months": 12, "legalBasis": "CONTRACT", "source": "beslut" });
    tenant.admin().change("setRetentionRule", rule, "retentionRule { id }").await.succeeded();
    decided("RETAIN", "retentionRule.set");
    later(gateway);
    tenant.tries_to_export().await.succeeded();
    decided("RETURN", "tenantExport.request");
    let subprocessor = announces(gateway, json!({})).await.made();
    later(gateway);
    let objection = json!({ "subprocessorId": subprocessor, "reason": "Vi vill inte." });
    tenant.admin().change("objectToSubprocessor", objection, "subprocessor { id }").await.succeeded();
    decided("OBJECT", "subprocessor.object");
    later(gateway);
    let authorisation = json!({ "subprocessorId": subprocessor });
    tenant.admin().change("authoriseSubprocessor", authorisation, "subprocessor { id }").await.succeeded();
    decided("AUTHORISE", "subprocessor.authorise");
    later(gateway);
    terminates(&tenant).await;
    decided("END", "agreement.terminate");

    let log = logs(&tenant.admin(), json!({})).await.remove(0);
    let told: Vec<(String, String)> =
        members(&log, "/kind").into_iter().zip(members(&log, "/event/action")).collect();
    let expected: Vec<_> =
        expected.into_iter().map(|(kind, action)| (kind.to_owned(), action.to_owned())).collect();
    assert_eq!(told, expected, "and nothing that is no decision");
    assert!(members(&log, "/givenBy").iter().chain(&members(&log, "/event/actorId")).all(|by| by == "admin"));
    assert_eq!(members(&log, "/givenAt")[0], format!("{:.3}", gateway.now()));
    assert_eq!(log["totalCount"], told.len());
}

async fn terminates(tenant: &Tenant<'_>) {
    let current = "{ viewer { tenant { currentAgreement { id } } } }";
    let current = tenant.admin().query(current, Value::Null).await;
    let input = json!({ "agreementId": current.data("/viewer/tenant/currentAgreement/id"), "effectiveTo": "2026-12-31" });
    tenant.admin().change("terminateAgreement", input, "agreement { id }").await.succeeded();
}

async fn an_instruction_stands_under_the_agreement_that_it_was_given_under(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let person = tenant.registers(complete_person("under")).await;
    tenant.holds(&person, &["NAME"]).await;
    let next = tenant.is_offered(json!({ "effectiveFrom": "2026-04-01" })).await;
    tenant.signs_offer(&next).await;
    gateway.clock.set(support::begins("2026-04-01") - std::time::Duration::from_millis(1));
    tenant.holds(&person, &["NAME"]).await;
    gateway.clock.set(support::begins("2026-04-01"));
    tenant.holds(&person, &["NAME"]).await;
    gateway.on("2026-04-02");
    tenant.leaves().await;
    let request = tenant.submits_access(&person).await;
    tenant.verifies(&request).await;
    tenant.approves(&request).await;
    let kinds: Vec<_> =
        logs(&tenant.admin(), json!({})).await.iter().map(|log| members(log, "/kind")).collect();
    assert_eq!(
        kinds,
        [vec!["APPROVE", "HOLD"], vec!["HOLD", "HOLD"]],
        "a leaving tenant instructs on under its last"
    );
}

async fn instructions_are_listed_newest_first_in_pages(gateway: &TestGateway) {
    let (tenant, other) = (gateway.tenant().await, gateway.tenant().await);
    for tenant in [&tenant, &other] {
        let person = tenant.registers(complete_person("sidor")).await;
        for _ in 0..3 {
            later(gateway);
            tenant.holds(&person, &["NAME"]).await;
        }
    }
    let all = members(&logs(&tenant.admin(), json!({})).await[0], "/id");
    let first = logs(&tenant.admin(), json!({ "first": 2 })).await.remove(0);
    assert_eq!((members(&first, "/id"), &first["totalCount"]), (all[..2].to_vec(), &json!(3)));
    assert_eq!(first["pageInfo"]["hasNextPage"], true);
    let after = first["pageInfo"]["endCursor"].clone();
    let second = logs(&tenant.admin(), json!({ "first": 2, "after": after })).await.remove(0);
    assert_eq!(
        (members(&second, "/id"), &second["pageInfo"]["hasNextPage"]),
        (all[2..].to_vec(), &json!(false))
    );
    for (caller, first, after) in [
        (tenant.admin(), json!(101), Value::Null),
        (tenant.admin(), json!(2), json!("nonsense")),
        (other.admin(), json!(2), after),
    ] {
        let refused = caller.query(LOG, json!({ "first": first, "after": after })).await;
        assert_eq!(refused.code(), "BAD_USER_INPUT", "{first} {after}");
    }
    let node = "query($id: ID!) { node(id: $id) { ... on Instruction { id kind } } }";
    for (caller, expected) in [
        (tenant.staff("agreements:read"), json!({ "id": all[0], "kind": "HOLD" })),
        (tenant.staff("audit:read"), Value::Null),
        (other.admin(), Value::Null),
    ] {
        assert_eq!(caller.query(node, json!({ "id": all[0] })).await.data("/node"), expected);
    }
}

async fn the_entry_behind_an_instruction_is_for_those_who_may_read_the_log(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let person = tenant.registers(complete_person("logg")).await;
    tenant.holds(&person, &["NAME"]).await;
    for (scopes, expected) in [
        ("agreements:read audit:read", "legalHold.place"),
        ("agreements:read", "-"),
        ("agreements:read rights:decide", "-"),
    ] {
        let log = logs(&tenant.staff(scopes), json!({})).await.remove(0);
        assert_eq!(members(&log, "/event/action"), [expected], "{scopes}");
        assert_eq!(members(&log, "/kind"), ["HOLD"], "{scopes}");
    }
    gateway.up_to("2026-03-04").await;
    tenant.is_closed().await;
    let log = logs(&tenant.admin(), json!({})).await.remove(0);
    assert_eq!(
        (members(&log, "/kind"), members(&log, "/event/action")),
        (vec!["HOLD".to_owned()], vec!["-".to_owned()])
    );
}
