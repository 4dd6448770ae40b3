//! Subscriptions on PostgreSQL: what one process changes is told on the sockets of all, and a connection that is cut off
//! loses nothing for those who follow one request.

use std::net::{Ipv4Addr, TcpListener};
use std::time::Duration;

use gateway::app::{Role, Running};
use serde_json::json;
use support::{Kind, Socket, TestGateway, complete_person, on_postgres};

const ALL: &str = "subscription { rightsRequestChanged { id status } }";

/// Another gateway over the same databases, and where it answers.
async fn beside(gateway: &TestGateway) -> (Running, String) {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let running = gateway.another(|_| {}).await.serve(listener, Role::Gateway).unwrap();
    let base = format!("http://{}", running.address().unwrap());
    (running, base)
}

fn one(request: &str) -> String {
    format!("subscription {{ rightsRequestChanged(id: \"{request}\") {{ id status }} }}")
}

#[test]
fn what_another_gateway_and_its_worker_do_is_told_here() {
    on_postgres("what_another_gateway_and_its_worker_do_is_told_here", async |gateway| {
        let tenant = gateway.tenant().await;
        let person = tenant.registers(complete_person("bredvid")).await;
        let (beside, base) = beside(gateway).await;
        let mut socket = Socket::at(&base).await.is_of(&tenant.admin().token).await;
        socket.follows("alla", ALL).await;
        let request = tenant.submits_access(&person).await;
        let mut single = Socket::at(&base).await.is_of(&tenant.admin().token).await;
        single.follows("en", &one(&request)).await;
        tenant.verifies(&request).await;
        tenant.approves(&request).await;
        gateway.work().await;
        for (socket, id) in [(&mut socket, "alla"), (&mut single, "en")] {
            loop {
                let event = socket.event(id).await["rightsRequestChanged"].clone();
                assert_eq!(event["id"], request);
                if event["status"] == "COMPLETED" {
                    break;
                }
            }
        }
        beside.stop().await;
    });
}

/// Cuts off the connections that listen; says how many there were.
async fn cut(gateway: &TestGateway) -> usize {
    let text = "SELECT pg_terminate_backend(pid)::text FROM pg_stat_activity \
                WHERE datname = current_database() AND query LIKE 'LISTEN%'";
    gateway.databases.texts(Kind::Data, text).await.len()
}

#[test]
fn one_request_is_told_as_it_is_after_the_listener_was_cut_off() {
    on_postgres("one_request_is_told_as_it_is_after_the_listener_was_cut_off", async |gateway| {
        let tenant = gateway.tenant().await;
        let person = tenant.registers(complete_person("avbruten")).await;
        let request = tenant.submits_access(&person).await;
        let mut socket = tenant.admin().socket().await;
        socket.follows("en", &one(&request)).await;
        let mut list = tenant.admin().socket().await;
        list.follows("alla", ALL).await;
        assert_eq!(cut(gateway).await, 1, "one connection of the process listens");
        tenant.verifies(&request).await;
        let told = socket.event("en").await;
        assert_eq!(told["rightsRequestChanged"]["status"], "UNDER_REVIEW");
        assert_eq!(list.ends().await.0, 4292, "who follows all of them is told to read them anew");
        // It hears again.
        tenant.approves(&request).await;
        loop {
            if socket.event("en").await["rightsRequestChanged"]["status"] == "IN_PROGRESS" {
                break;
            }
        }
    });
}

#[test]
fn sockets_hold_no_transaction() {
    on_postgres("sockets_hold_no_transaction", async |gateway| {
        let tenant = gateway.tenant().await;
        let person = tenant.registers(complete_person("vilar")).await;
        let mut sockets = Vec::new();
        for _ in 0..10 {
            let mut socket = tenant.admin().socket().await;
            socket.follows("1", ALL).await;
            sockets.push(socket);
        }
        tenant.submits_access(&person).await;
        for socket in &mut sockets {
            socket.event("1").await;
            socket.says(json!({ "type": "ping" })).await;
        }
        tokio::time::sleep(Duration::from_millis(300)).await;
        let text = "SELECT count(*)::text FROM pg_stat_activity \
                    WHERE datname = current_database() AND state LIKE 'idle in transaction%'";
        assert_eq!(gateway.databases.texts(Kind::Data, text).await, ["0"]);
    });
}
