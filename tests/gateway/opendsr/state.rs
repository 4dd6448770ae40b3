//! Bringing the gateway to the state that a case begins from, by the tenant API.

use serde_json::{Value, json};
use support::{Tenant, TestGateway};

/// Registers a person; `bookkeeping` says that the law keeps something of them.
pub async fn registers(tenant: &Tenant<'_>, person: &Value) {
    let mut input = json!({ "name": "Ada Prov" });
    for (member, own) in
        [("email", "email"), ("phone", "phone"), ("controller_customer_id", "externalReference")]
    {
        if let Some(value) = person[member].as_str() {
            input[own] = json!(value);
        }
    }
    let id = tenant.registers(input).await;
    if person["bookkeeping"] == true {
        tenant.files_invoice(&id, "F-1", "2025-12-31").await;
    }
}

/// Brings a request that is in to another status.
pub async fn brings(gateway: &TestGateway, tenant: &Tenant<'_>, (request, status): (&str, &str)) {
    let steps: &[&str] = match status {
        "awaiting_identity" => &["askForIdentity"],
        "under_review" => &["verifyRequesterIdentity"],
        "in_progress" | "completed" | "partially_completed" => {
            &["verifyRequesterIdentity", "approveRightsRequest"]
        }
        "extended" => &["extendDeadline"],
        "refused" => &["refuseRightsRequest"],
        "withdrawn" => &["withdrawRightsRequest"],
        "carried_out" => &[],
        other => panic!("no way to {other}"),
    };
    for step in steps {
        tenant.takes(step, request).await.succeeded();
    }
    if matches!(status, "completed" | "partially_completed" | "carried_out") {
        gateway.work().await;
    }
}
