//! What each kind of request costs: statements to both databases, step by step, held to a ceiling.

#![expect(clippy::print_stderr, reason = "the numbers are for the person who runs the tests")]

use serde_json::json;
use support::{AT_ONCE, DECIDED, Tenant, TestGateway, complete_person, on_both_databases};

on_both_databases! {
    each_kind_of_request_costs_a_bounded_number_of_statements,
    an_erasure_costs_the_same_among_many_persons,
}

/// The most statements that submitting, verifying, approving and carrying out may take, whatever the kind; the last with
/// the sequencing of all entries since.
const CEILING: [u64; 4] = [20, 14, 22, 110];

/// The statements that some work takes.
async fn counted<T>(gateway: &TestGateway, work: impl Future<Output = T>) -> (u64, T) {
    let before = gateway.statements();
    let done = work.await;
    (gateway.statements() - before, done)
}

async fn costs(tenant: &Tenant<'_>, kind: &str, person: &str) -> [u64; 4] {
    let gateway = tenant.gateway();
    let (submitted, request) = counted(gateway, tenant.submits(kind, person)).await;
    if AT_ONCE.contains(&kind) {
        return [submitted, 0, 0, 0];
    }
    let (verified, ()) = counted(gateway, tenant.verifies(&request)).await;
    let (approved, ()) = counted(gateway, tenant.approves(&request)).await;
    let (carried_out, ()) = counted(gateway, gateway.work()).await;
    [submitted, verified, approved, carried_out]
}

async fn each_kind_of_request_costs_a_bounded_number_of_statements(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let which = if gateway.databases.postgres.is_some() { "PostgreSQL" } else { "SQLite" };
    for (number, kind) in DECIDED.into_iter().chain(AT_ONCE).enumerate() {
        let person = tenant.registers(complete_person(&format!("kostar{number}"))).await;
        tenant.files_invoice(&person, &format!("F-{number}"), "2025-12-31").await;
        tenant.records_consent(&person, "DIRECT_MARKETING").await;
        gateway.work().await;
        let steps = costs(&tenant, kind, &person).await;
        eprintln!(
            "{which} {kind}: submit {}, verify {}, approve {}, carry out {}",
            steps[0], steps[1], steps[2], steps[3]
        );
        for (step, (cost, most)) in steps.into_iter().zip(CEILING).enumerate() {
            assert!(cost <= most, "{kind}, step {step}: {cost} statements, at most {most}");
        }
    }
}

async fn an_erasure_costs_the_same_among_many_persons(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let alone = tenant.registers(complete_person("forst")).await;
    let few = costs(&tenant, "ERASURE", &alone).await;
    for number in 0..30 {
        let id = tenant.registers(support::person(&format!("Ada Prov {number}"))).await;
        tenant.tries_to_file(&id, &format!("F-{number}"), json!({})).await.succeeded();
    }
    let last = tenant.registers(complete_person("sist")).await;
    for number in 0..10 {
        tenant.tries_to_file(&last, &format!("S-{number}"), json!({})).await.succeeded();
    }
    let many = costs(&tenant, "ERASURE", &last).await;
    for (few, many) in few.into_iter().zip(many) {
        assert!(many <= few + 6, "{many} statements where one person without records took {few}");
    }
}
