//! Requests that are made to cost, in every size up to the longest body that is read: each is refused, or answered where it
//! is harmless, and the gateway goes on (threats T11 and T12). What they cost is measured by `benches/attacks.rs`.

use std::time::{Duration, Instant};

use reqwest::Method;
use serde_json::{Value, json};
use support::tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use support::tokio::net::TcpStream;
use support::{Answer, Tenant, TestGateway, attacks};

const QUERY: &str = "{ viewer { actorId } }";
/// Far beyond what a request may take here, where nothing is optimised and all tests run at once.
const PATIENCE: Duration = Duration::from_secs(10);
const CODES: [&str; 5] = [
    "GRAPHQL_PARSE_FAILED",
    "GRAPHQL_VALIDATION_FAILED",
    "BAD_USER_INPUT",
    "OPERATION_TOO_EXPENSIVE",
    "PERSISTED_QUERY_NOT_FOUND",
];

async fn posts(tenant: &Tenant<'_>, body: &str) -> Answer {
    let request = tenant.admin().request(Method::POST, "graphql").header("content-type", "application/json");
    tenant.gateway().send(request.body(body.to_owned())).await
}

async fn still_answers(tenant: &Tenant<'_>) {
    assert_eq!(tenant.admin().query(QUERY, Value::Null).await.string("/viewer/actorId"), "admin");
}

fn attacked(batch: u16) {
    support::run(async {
        let gateway = TestGateway::sqlite_with(|config| config.limits.batch = batch).await;
        let tenant = gateway.tenant().await;
        let attacks = attacks();
        assert!(attacks.len() > 300, "{}", attacks.len());
        for attack in attacks {
            let began = Instant::now();
            let answer = posts(&tenant, &attack.body).await;
            let told = answer.text();
            let about = format!("{}: {} {}", attack.name, answer.status, told.get(..300).unwrap_or(&told));
            assert!([200, 400].contains(&answer.status), "{about}");
            assert!(began.elapsed() < PATIENCE, "{about} after {:?}", began.elapsed());
            assert!(told.len() < 20_000, "{} answers with {} bytes", attack.name, told.len());
            for one in answer.json().as_array().unwrap_or(&vec![answer.json()]) {
                let codes =
                    one["errors"].as_array().into_iter().flatten().map(|error| &error["extensions"]["code"]);
                let codes: Vec<_> = codes.map(|code| code.as_str().unwrap_or_default()).collect();
                assert!(codes.iter().all(|code| CODES.contains(code)), "{about}");
                assert!(!codes.is_empty() || one.get("data").is_some(), "{about}");
            }
        }
        still_answers(&tenant).await;
        gateway.stop().await;
    });
}

#[test]
fn whatever_is_made_large_is_refused_or_answered_and_the_gateway_goes_on() {
    attacked(0);
}

#[test]
fn the_same_holds_where_batches_are_switched_on() {
    attacked(10);
}

#[test]
fn a_long_address_is_refused_or_answered() {
    support::on_sqlite(async |gateway: &TestGateway| {
        let tenant = gateway.tenant().await;
        for (length, sent) in [(1_000, "a"), (30_000, "a"), (60_000, "a"), (60_000, "%7B"), (1 << 20, "a")] {
            let text = sent.repeat(length / sent.len());
            for path in [format!("graphql?query={text}"), format!("graphql?query=%7B__typename%7D&x={text}")]
            {
                let request =
                    tenant.admin().request(Method::GET, &path).header("graphql-require-preflight", "1");
                // A head that is too long closes the connection.
                let Ok(answer) = request.send().await else { continue };
                assert!(
                    [200, 400, 414, 431].contains(&answer.status().as_u16()),
                    "{length}: {}",
                    answer.status()
                );
            }
        }
        still_answers(&tenant).await;
    });
}

#[test]
fn bodies_that_never_end_keep_nobody_else_waiting() {
    support::run(async {
        let gateway = TestGateway::sqlite_with(|config| config.server.request_timeout_ms = 500).await;
        let tenant = gateway.tenant().await;
        let address = gateway.address().trim_start_matches("http://").to_owned();
        let token = tenant.admin().token;
        let mut slow = Vec::new();
        for _ in 0..200 {
            let mut stream = TcpStream::connect(&address).await.unwrap();
            let head = format!(
                "POST /graphql HTTP/1.1\r\nHost: g\r\nAuthorization: Bearer {token}\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{{\"query\":"
            );
            stream.write_all(head.as_bytes()).await.unwrap();
            slow.push(stream);
        }
        still_answers(&tenant).await;
        for mut stream in slow {
            let mut answer = vec![0; 64];
            let count = stream.read(&mut answer).await.unwrap_or_default();
            let told = String::from_utf8_lossy(&answer[..count]).into_owned();
            assert!(count == 0 || told.starts_with("HTTP/1.1 408"), "{told}");
        }
        gateway.stop().await;
    });
}

#[test]
fn an_attack_without_a_token_is_not_even_read() {
    support::on_sqlite(async |gateway: &TestGateway| {
        for attack in attacks().iter().step_by(20) {
            let request = gateway.request(Method::POST, "graphql").header("content-type", "application/json");
            assert_eq!(gateway.send(request.body(attack.body.clone())).await.status, 401, "{}", attack.name);
        }
        let tenant = gateway.tenant().await;
        assert_eq!(tenant.admin().posts(json!({ "query": QUERY })).await.status, 200);
    });
}
