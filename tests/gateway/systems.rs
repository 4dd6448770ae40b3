//! Systems outside: what can be registered, and what is said of what cannot.

use serde_json::{Value, json};
use support::{TestGateway, on_both_databases, run};

use crate::audit_delivery::registers;

on_both_databases! {
    an_address_that_must_not_be_reached_is_refused,
    what_is_wrong_with_a_registration_is_told_at_its_place,
    a_name_is_one_systems_at_a_time,
    a_system_is_read_by_whoever_may_read_systems,
    each_change_of_a_system_is_in_the_log_and_names_no_person,
}

fn input(name: &str, endpoint: &str) -> Value {
    json!({ "name": name, "endpoint": endpoint, "dataCategories": [], "receives": ["AUDIT_CHECKPOINT"] })
}

/// Loopback may be reached here; what may never be is a table of the connector's own tests.
async fn an_address_that_must_not_be_reached_is_refused(gateway: &TestGateway) {
    let admin = gateway.tenant().await.admin();
    let own = gateway.address();
    let port = own.rsplit(':').next().unwrap();
    for address in [
        own,
        &format!("http://localhost:{port}/downstream"),
        &format!("https://[::ffff:127.0.0.1]:{port}/"),
        "http://register.example/",
        "https://10.0.0.1/",
        "https://0x0a000001/",
        "https://169.254.169.254/latest/meta-data",
        "https://[fd00::1]/",
        "https://[64:ff9b::a00:1]/",
        "https://user:secret@register.example/",
        "https://register.example/#part",
        "ftp://register.example/",
        "register.example",
        "",
        &format!("https://register.example/{}", "a".repeat(2_048)),
    ] {
        let answer = admin.change("registerDownstreamSystem", input("Register", address), "secret").await;
        assert_eq!(answer.user_errors(), ["INVALID input.endpoint"], "{address}");
        assert_eq!(answer.payload("/secret"), Value::Null);
        let message = answer.payload("/userErrors/0/message");
        assert!(address.is_empty() || !message.as_str().unwrap().contains(address), "{message} echoes");
    }
    admin
        .change("registerDownstreamSystem", input("Register", "https://register.example/privacy"), "secret")
        .await
        .succeeded();
}

async fn what_is_wrong_with_a_registration_is_told_at_its_place(gateway: &TestGateway) {
    let admin = gateway.tenant().await.admin();
    let address = "https://crm.example/privacy";
    let with = |member: &str, value: Value| {
        let mut input = input("Register", address);
        input[member] = value;
        input
    };
    for (input, fault) in [
        (with("name", json!(" ")), "INVALID input.name"),
        (with("name", json!("a".repeat(501))), "INVALID input.name"),
        (with("name", json!("a\u{202e}b")), "INVALID input.name"),
        (with("receives", json!([])), "INVALID input.receives"),
        (with("receives", json!(["AUDIT_CHECKPOINT", "AUDIT_CHECKPOINT"])), "INVALID input.receives"),
        (with("dataCategories", json!(["NAME"])), "INVALID input.dataCategories"),
        (with("identifiers", json!(["EMAIL"])), "INVALID input.identifiers"),
    ] {
        let answer = admin.change("registerDownstreamSystem", input.clone(), "secret").await;
        assert_eq!(answer.user_errors(), [fault], "{input}");
    }
    let most = with("name", json!("a".repeat(500)));
    let selection = "system { dataCategories identifiers receives } secret";
    let made = admin.change("registerDownstreamSystem", most, selection).await;
    let expected = json!({ "dataCategories": [], "identifiers": [], "receives": ["AUDIT_CHECKPOINT"] });
    assert_eq!(made.payload("/system"), expected);
    assert!(made.payload("/secret").as_str().unwrap().starts_with("whsec_"));
}

async fn a_name_is_one_systems_at_a_time(gateway: &TestGateway) {
    let (tenant, other) = (gateway.tenant().await, gateway.tenant().await);
    let address = "https://crm.example/privacy";
    let (system, _) = registers(&tenant, "Revision", address).await;
    registers(&other, "Revision", address).await;
    let again =
        tenant.admin().change("registerDownstreamSystem", input(" Revision ", address), "secret").await;
    assert_eq!(again.user_errors(), ["ALREADY_EXISTS input.name"]);
    let removed = json!({ "systemId": system });
    tenant.admin().change("removeDownstreamSystem", removed, "system { id }").await.succeeded();
    registers(&tenant, "Revision", address).await;
}

async fn a_system_is_read_by_whoever_may_read_systems(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let (system, _) = registers(&tenant, "Revision", "https://crm.example/privacy").await;
    let text = "query($id: ID!) { node(id: $id) { ... on DownstreamSystem { name endpoint createdAt } } }";
    let read =
        async |scope: &str| tenant.staff(scope).query(text, json!({ "id": system })).await.data("/node");
    assert_eq!(read("systems:read").await["name"], "Revision");
    assert_eq!(read("systems:write").await, Value::Null);
}

async fn each_change_of_a_system_is_in_the_log_and_names_no_person(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let (system, _) = registers(&tenant, "Revision", "https://crm.example/privacy").await;
    for mutation in ["rotateDownstreamSecret", "removeDownstreamSystem"] {
        let input = json!({ "systemId": system });
        tenant.admin().change(mutation, input, "system { id }").await.succeeded();
    }
    for action in ["downstreamSystem.register", "downstreamSystem.rotateSecret", "downstreamSystem.remove"] {
        let text = "query($action: String!) { auditEvents(filter: { action: $action }) { edges { node { allowed subjectIds dataCategories } } } }";
        let events = tenant.admin().query(text, json!({ "action": action })).await.data("/auditEvents/edges");
        let expected = json!([{ "node": { "allowed": true, "subjectIds": [], "dataCategories": [] } }]);
        assert_eq!(events, expected, "{action}");
    }
}

#[test]
fn this_machine_is_reached_only_where_the_settings_say_so() {
    run(async {
        let gateway = TestGateway::sqlite_with(|config| config.downstream.loopback = false).await;
        let admin = gateway.tenant().await.admin();
        for address in
            ["http://127.0.0.1:9/", "https://127.0.0.1:9/", "http://localhost:9/", "https://[::1]:9/"]
        {
            let answer = admin.change("registerDownstreamSystem", input("Register", address), "secret").await;
            assert_eq!(answer.user_errors(), ["INVALID input.endpoint"], "{address}");
        }
        gateway.stop().await;
    });
}
