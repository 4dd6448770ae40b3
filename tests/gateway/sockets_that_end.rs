//! How sockets end that nothing is wrong with: in time, and with a code that tells their clients what to do.

use std::time::Duration;

use serde_json::json;
use support::{TestGateway, complete_person, init, run};

const FOLLOW: &str = "subscription { rightsRequestChanged { id status } }";

async fn gateway() -> TestGateway {
    TestGateway::sqlite_with(|config| {
        config.limits.socket_init_seconds = 1;
        config.limits.socket_ping_seconds = 1;
        config.limits.sockets_per_tenant = 1;
    })
    .await
}

#[test]
fn a_socket_that_does_not_say_whose_it_is_is_closed() {
    run(async {
        let gateway = gateway().await;
        assert_eq!(gateway.socket().await.ends().await.0, 4408);
        gateway.stop().await;
    });
}

#[test]
fn a_socket_ends_with_its_token() {
    run(async {
        let gateway = gateway().await;
        let tenant = gateway.tenant().await;
        let mut socket = tenant.admin().socket().await;
        let token = tenant.admin().token;
        socket.follows("1", FOLLOW).await;
        gateway.clock.advance(Duration::from_secs(3_599));
        socket.says(json!({ "type": "ping" })).await;
        assert_eq!(socket.hears().await["type"], "pong");
        gateway.clock.advance(Duration::from_secs(1));
        let (code, reason) = socket.ends().await;
        assert_eq!(code, 4403);
        assert!(reason.contains("expired"), "{reason}");
        let mut late = gateway.socket().await;
        late.says(init(&token)).await;
        assert_eq!(late.ends().await.0, 4403, "within the leeway of a request, too");
        gateway.stop().await;
    });
}

#[test]
fn a_client_that_reads_nothing_is_dropped_and_frees_its_place() {
    run(async {
        let gateway = gateway().await;
        let tenant = gateway.tenant().await;
        let person = tenant.registers(complete_person("slow")).await;
        let mut slow = tenant.admin().socket().await;
        slow.follows("1", FOLLOW).await;
        let request = tenant.submits_access(&person).await;
        tokio::time::sleep(Duration::from_secs(4)).await;
        let mut next = tenant.admin().socket().await;
        next.follows("1", FOLLOW).await;
        tenant.verifies(&request).await;
        assert_eq!(next.event("1").await["rightsRequestChanged"]["status"], "UNDER_REVIEW");
        assert_eq!(slow.event("1").await["rightsRequestChanged"]["status"], "RECEIVED");
        assert_eq!(slow.ends().await.0, 4290);
        gateway.stop().await;
    });
}

#[test]
fn a_client_that_answers_pings_stays() {
    run(async {
        let gateway = gateway().await;
        let tenant = gateway.tenant().await;
        let mut socket = tenant.admin().socket().await;
        for _ in 0..12 {
            socket.hears_nothing().await;
        }
        socket.follows("1", FOLLOW).await;
        gateway.stop().await;
    });
}

#[test]
fn a_stop_closes_sockets_so_that_their_clients_come_again() {
    run(async {
        let gateway = gateway().await;
        let tenant = gateway.tenant().await;
        let mut socket = tenant.admin().socket().await;
        socket.follows("1", FOLLOW).await;
        let began = std::time::Instant::now();
        let (ended, ()) = tokio::join!(socket.ends(), gateway.stop());
        assert_eq!(ended.0, 1001);
        assert!(began.elapsed() < Duration::from_secs(10), "the stop waits for no socket");
    });
}
