//! A gateway that is told to stop finishes what is in hand, and puts it on record.

use std::net::{Ipv4Addr, TcpListener};
use std::time::Duration;

use gateway::app::Role;
use reqwest::Method;
use serde_json::json;
use support::{Kind, TestGateway, complete_person, on_both_databases};

on_both_databases! {
    what_is_answered_during_a_stop_is_under_the_last_head,
}

const A_MOMENT: Duration = Duration::from_millis(400);

/// Waits until no statement has been sent for a while.
async fn settles(store: &store::Store) -> u64 {
    loop {
        let before = store.statements();
        tokio::time::sleep(A_MOMENT).await;
        if store.statements() == before {
            return before;
        }
    }
}

async fn what_is_answered_during_a_stop_is_under_the_last_head(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let person = tenant.registers(complete_person("stopp")).await;
    // Its worker looks for work and for entries when it starts, and not again while this lasts.
    let app = gateway
        .another(|config| (config.worker.poll_ms, config.audit.sequence_ms) = (600_000, 600_000))
        .await;
    let store = app.gateway.store.clone();
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let running = app.serve(listener, Role::GatewayAndWorker).unwrap();
    let url = format!("http://{}/graphql", running.address().unwrap());
    let before = settles(&store).await;
    let body = json!({ "query": "query($id: ID!) { dataSubject(id: $id) { name } }", "variables": { "id": person } });
    let request = tenant.admin().request(Method::POST, &url).header("content-type", "application/json");
    let in_flight = gateway.databases.while_nothing_is_recorded(async {
        let answer = tokio::spawn(request.body(body.to_string()).send());
        while store.statements() == before {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        let stopped = tokio::spawn(async move { running.stop().await });
        tokio::time::sleep(A_MOMENT).await;
        assert!(
            !answer.is_finished() && !stopped.is_finished(),
            "the answer waits for its entry, the stop for it"
        );
        (answer, stopped)
    });
    let (answer, stopped) = in_flight.await;
    let answer = answer.await.unwrap().unwrap();
    let id = answer.headers()["x-request-id"].to_str().unwrap().to_owned();
    assert!(answer.text().await.unwrap().contains("Exempelsson"));
    stopped.await.unwrap();
    let entry = format!(
        "SELECT count(*) || '' FROM audit_leaf l JOIN audit_event e ON e.tenant_id = l.tenant_id AND e.id = l.event_id \
         JOIN audit_checkpoint c ON c.tenant_id = l.tenant_id AND c.tree_size > l.log_index WHERE e.request_id = '{id}'"
    );
    assert_eq!(gateway.databases.texts(Kind::Data, &entry).await, ["1"]);
    let waiting = "SELECT count(*) || '' FROM audit_pending";
    assert_eq!(gateway.databases.texts(Kind::Data, waiting).await, ["0"]);
}
