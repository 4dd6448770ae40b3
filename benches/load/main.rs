//! Drives one operation against a running gateway and prints requests a second and the latencies of half and of 99 of 100
//! requests, in milliseconds. `benches/load/run` prepares everything and calls it; by itself it measures nothing.
#![expect(clippy::print_stdout, reason = "a measure is printed")]
#![expect(clippy::expect_used, reason = "a measure that cannot be taken fails by panicking")]

use std::collections::HashMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use domain::id::{SubjectId, TenantId};
use serde_json::{Value, json};
use support::tokio;
use uuid::Uuid;

/// A person, and a token of staff of the person's tenant.
struct Caller {
    subject: String,
    authorization: String,
}

struct Drive {
    client: reqwest::Client,
    gateway: String,
    callers: Vec<Caller>,
    operation: String,
    until: Instant,
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    match arguments.as_slice() {
        [] => println!("benches/load/run measures"),
        [flag, kind, id] if flag == "--typeid" => println!("{}", typeid(kind, id)),
        arguments => {
            let options =
                arguments.chunks_exact(2).map(|pair| (pair[0].as_str(), pair[1].as_str())).collect();
            support::run(async move { drive(&options).await });
        }
    }
}

fn typeid(kind: &str, id: &str) -> String {
    let id = Uuid::parse_str(id).expect("a UUID");
    if kind == "tenant" { TenantId::from_uuid(id).to_string() } else { SubjectId::from_uuid(id).to_string() }
}

async fn drive(options: &HashMap<&str, &str>) {
    let option = |name: &str| *options.get(name).expect("every option is given");
    let number = |name| option(name).parse::<u64>().expect("a number");
    let callers = std::fs::read_to_string(option("--callers")).expect("the file of callers");
    let callers = callers.lines().filter_map(|line| line.split_once(' ')).map(|(subject, token)| Caller {
        subject: subject.to_owned(),
        authorization: format!("Bearer {token}"),
    });
    let seconds = number("--seconds");
    let client = reqwest::Client::builder().no_proxy().tls_certs_only([]).build().expect("a client");
    let drive = Arc::new(Drive {
        client,
        gateway: option("--gateway").to_owned(),
        callers: callers.collect(),
        operation: option("--operation").to_owned(),
        until: Instant::now() + Duration::from_secs(seconds),
    });
    let clients = usize::try_from(number("--clients")).expect("a number of clients");
    let tasks = (0..clients).map(|first| tokio::spawn(Arc::clone(&drive).ask(first)));
    let mut latencies = Vec::new();
    for task in tasks.collect::<Vec<_>>() {
        latencies.extend(task.await.expect("a client that does not panic"));
    }
    latencies.sort_unstable();
    let at = |percent: usize| latencies[(latencies.len() * percent / 100).min(latencies.len() - 1)];
    let millis = |percent| format!("{:.2}", at(percent).as_secs_f64() * 1_000.0);
    let rate = u64::try_from(latencies.len()).expect("a number") / seconds;
    println!("{rate} {} {}", millis(50), millis(99));
}

impl Drive {
    /// One client: the next request goes when the answer to the last has come.
    async fn ask(self: Arc<Self>, first: usize) -> Vec<Duration> {
        let mut latencies = Vec::new();
        for caller in self.callers.iter().cycle().skip(first) {
            let began = Instant::now();
            if began > self.until {
                break;
            }
            let request = self.client.post(&self.gateway).header("authorization", &caller.authorization);
            let answer = request.json(&operation(&self.operation, &caller.subject)).send().await;
            let answer: Value = answer.expect("an answer").json().await.expect("JSON");
            assert!(answer["errors"].is_null(), "the gateway refused: {}", answer["errors"]);
            latencies.push(began.elapsed());
        }
        latencies
    }
}

/// A person by id in eight fields; a page of 50 in six; a page of 20 with consents and requests; a consent.
fn operation(name: &str, subject: &str) -> Value {
    match name {
        "q1" => json!({
            "query": "query($id: ID!) { dataSubject(id: $id) { id status name position phone email loginName createdAt } }",
            "variables": { "id": subject },
        }),
        "q2" => json!({
            "query": "{ dataSubjects(first: 50) { edges { cursor node { id status name email phone createdAt } } } }",
        }),
        "q3" => json!({
            "query": "{ dataSubjects(first: 20) { edges { node { id name email consents { id purpose grantedAt }
                       rightsRequests(first: 5) { edges { node { id kind status dueAt } } } } } } }",
        }),
        _ => json!({
            "query": "mutation($input: GrantConsentInput!) { grantConsent(input: $input) { consent { id } } }",
            "variables": { "input": {
                "subjectId": subject, "purpose": "DIRECT_MARKETING", "source": "load", "textVersion": "1",
            } },
        }),
    }
}
