//! A tenant that is leaving, and one that has left: the handling of requests goes on until the return is over, and nothing
//! else does (Art. 28(3)(g)).

use std::time::Duration;

use domain::agreement::AgreementTerms;
use domain::category::DataCategory;
use jiff::civil::date;
use serde_json::{Value, json};
use support::{Tenant, TestGateway, complete_person, on_both_databases};

on_both_databases! {
    a_tenant_that_is_leaving_handles_requests_and_nothing_else,
    a_tenant_that_is_leaving_reads_persons_for_the_handling_of_requests_alone,
    what_leaves_no_choice_of_purpose_reads_for_the_handling_of_requests,
    a_closed_tenant_is_not_served,
}

async fn a_tenant_that_is_leaving_handles_requests_and_nothing_else(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let person = tenant.registers(complete_person("lamnar")).await;
    let pending = tenant.submits_access(&person).await;
    tenant.leaves().await;
    let ended = AgreementTerms {
        categories: DataCategory::ALL.into_iter().collect(),
        effective_from: date(2025, 1, 1),
        effective_to: Some(date(2026, 1, 31)),
    };
    tenant.signs(2, ended).await;
    for (mutation, input, payload) in [
        ("registerDataSubject", support::person("Bo Ny"), "dataSubject { id }"),
        ("updateDataSubject", json!({ "subjectId": person, "position": "Ny" }), "dataSubject { id }"),
        (
            "grantConsent",
            json!({ "subjectId": person, "purpose": "DIRECT_MARKETING", "source": "x", "textVersion": "1" }),
            "consent { id }",
        ),
    ] {
        let answer = tenant.admin().change(mutation, input, payload).await;
        assert_eq!(answer.code(), "TENANT_NOT_SERVED", "{mutation}");
    }
    tenant.verifies(&pending).await;
    tenant.approves(&pending).await;
    gateway.work().await;
    assert_eq!(tenant.status_of(&pending).await, "COMPLETED");
    assert_eq!(gateway.get(&tenant.link(&pending, "JSON").await).await.status, 200);
    gateway.clock.advance(Duration::from_millis(1));
    tenant.submits_access(&person).await;
}

/// How often reading a person was refused.
async fn denied(tenant: &Tenant<'_>) -> usize {
    let text = "{ auditEvents(first: 200, filter: { action: \"dataSubject.read\", allowed: false }) { edges { cursor } } }";
    let found = tenant.admin().query(text, Value::Null).await.data("/auditEvents/edges");
    found.as_array().unwrap().len()
}

async fn a_tenant_that_is_leaving_reads_persons_for_the_handling_of_requests_alone(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let person = tenant.registers(complete_person("andamal")).await;
    tenant.leaves().await;
    for (purpose, code) in [
        ("SERVICE_DELIVERY", "TENANT_NOT_SERVED"),
        ("DIRECT_MARKETING", "TENANT_NOT_SERVED"),
        ("BOOKKEEPING", "TENANT_NOT_SERVED"),
        ("LEGAL_CLAIMS", "TENANT_NOT_SERVED"),
        ("RIGHTS_HANDLING", ""),
    ] {
        let before = denied(&tenant).await;
        assert_eq!(tenant.admin().reads_for(&person, purpose).await.code(), code, "{purpose}");
        assert_eq!(denied(&tenant).await - before, usize::from(!code.is_empty()), "{purpose}");
        let list = "query($purpose: Purpose!) { dataSubjects(purpose: $purpose) { totalCount } }";
        let listed = tenant.admin().query(list, json!({ "purpose": purpose })).await;
        assert_eq!(listed.code(), code, "{purpose}");
    }
}

async fn what_leaves_no_choice_of_purpose_reads_for_the_handling_of_requests(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let person = tenant.registers(complete_person("lamnar")).await;
    let record = tenant.files_invoice(&person, "F-1", "2025-12-31").await;
    tenant.leaves().await;
    let text = "query($ids: [ID!]!) { nodes(ids: $ids) { id ... on DataSubject { name }
                ... on AccountingRecord { description } } }";
    for caller in [tenant.admin(), tenant.person(&person)] {
        let reached = caller.query(text, json!({ "ids": [person, record] })).await;
        let name = json!({ "id": person, "name": "Åsa lamnar Exempelsson" });
        assert_eq!(reached.data("/nodes/0"), name, "read for the handling of rights");
        assert_eq!(reached.data("/nodes/1/id"), json!(record));
        assert_ne!(reached.data("/nodes/1/description"), Value::Null);
    }
    assert_eq!(
        tenant.person(&person).query("{ me { name } }", Value::Null).await.data("/me/name"),
        "Åsa lamnar Exempelsson"
    );
    let log = "{ auditEvents(filter: { action: \"nodes.read\" }) { edges { node { purpose } } } }";
    let log = tenant.admin().query(log, Value::Null).await;
    assert_eq!(log.data("/auditEvents/edges/0/node/purpose"), "RIGHTS_HANDLING");
    let forecast =
        tenant.admin().query("{ retentionForecast { asOf } retentionRules { id } }", Value::Null).await;
    assert_eq!(forecast.code(), "", "nobody is in it");
}

async fn a_closed_tenant_is_not_served(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let person = tenant.registers(complete_person("stangd")).await;
    let request = tenant.answers_access(&person).await;
    let link = tenant.link(&request, "JSON").await;
    tenant.is_closed().await;
    assert_eq!(tenant.admin().reads(&person).await.code(), "TENANT_NOT_SERVED");
    let written =
        tenant.admin().change("registerDataSubject", complete_person("ny"), "dataSubject { id }").await;
    assert_eq!(written.code(), "TENANT_NOT_SERVED");
    let download = gateway.get(&link).await;
    assert_eq!(download.status, 403);
    assert!(!download.text().contains("Exempelsson"));
    let viewer = tenant.admin().query("{ viewer { tenant { status } } }", Value::Null).await;
    assert_eq!(viewer.data("/viewer/tenant/status"), "CLOSED");
}
