//! Receivers that lie, hang, redirect, break off or send twice: whatever they do, a task goes to where it was registered and
//! nowhere else, its effect is one for its identifier, and the next attempt brings it.

use std::collections::BTreeSet;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use connector::{REPLY_LIMIT, Resolver, Sender, SenderSettings};
use gateway::service::Gateway;
use serde_json::{Value, json};
use support::tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use support::tokio::net::{TcpListener, TcpStream};
use support::{LEASE, Tenant, TestGateway, complete_person, on_both_databases, run};

use crate::tasks::{answers, hears_of_requests, tasks_of, with_system};

on_both_databases! {
    whatever_a_receiver_does_its_task_has_one_effect,
    where_a_name_leads_is_judged_at_every_delivery,
    a_receipt_may_come_before_the_answer_to_its_message,
}

/// What a receiver does once it has read a message, or before.
#[derive(Clone, Copy)]
enum Does {
    /// Says this and closes.
    Says(&'static str),
    /// Says this, then sends bytes for ever.
    SaysOn(&'static str),
    /// Says this, then nothing more on an open connection.
    SaysAndHangs(&'static str),
    /// Says this one byte at a time.
    Drips(&'static str),
    /// Closes before it has read anything.
    ClosesAtOnce,
    /// Redirects to itself, by this status.
    Redirects(u16),
}

struct Hostile {
    address: SocketAddr,
    does: Arc<Mutex<Does>>,
    /// The `webhook-id` of each message that was read.
    effects: Arc<Mutex<Vec<String>>>,
    connections: Arc<AtomicUsize>,
}

impl Hostile {
    async fn start(does: Does) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let hostile = Self {
            address: listener.local_addr().unwrap(),
            does: Arc::new(Mutex::new(does)),
            effects: Arc::default(),
            connections: Arc::default(),
        };
        let (does, effects) = (Arc::clone(&hostile.does), Arc::clone(&hostile.effects));
        let (connections, address) = (Arc::clone(&hostile.connections), hostile.address);
        support::tokio::spawn(async move {
            while let Ok((connection, _)) = listener.accept().await {
                connections.fetch_add(1, Ordering::SeqCst);
                let does = *does.lock().unwrap();
                support::tokio::spawn(serve(connection, (does, address), Arc::clone(&effects)));
            }
        });
        hostile
    }

    fn url(&self) -> String {
        format!("http://{}/personer", self.address)
    }

    fn now(&self, does: Does) {
        *self.does.lock().unwrap() = does;
    }

    fn effects(&self) -> Vec<String> {
        self.effects.lock().unwrap().clone()
    }
}

async fn serve(mut connection: TcpStream, (does, own): (Does, SocketAddr), effects: Arc<Mutex<Vec<String>>>) {
    if matches!(does, Does::ClosesAtOnce) {
        return;
    }
    let Some(id) = read_message(&mut connection).await else { return };
    effects.lock().unwrap().push(id);
    let text = match does {
        Does::Redirects(status) => {
            format!("HTTP/1.1 {status} Away\r\nlocation: http://{own}/personer\r\ncontent-length: 0\r\n\r\n")
        }
        Does::Says(text) | Does::SaysOn(text) | Does::SaysAndHangs(text) | Does::Drips(text) => {
            text.to_owned()
        }
        Does::ClosesAtOnce => String::new(),
    };
    if matches!(does, Does::Drips(_)) {
        for byte in text.bytes() {
            support::tokio::time::sleep(Duration::from_millis(200)).await;
            if connection.write_all(&[byte]).await.is_err() {
                return;
            }
        }
        return;
    }
    drop(connection.write_all(text.as_bytes()).await);
    match does {
        Does::SaysOn(_) => while connection.write_all(&[b'x'; 4_096]).await.is_ok() {},
        Does::SaysAndHangs(_) => drop(connection.read(&mut [0_u8; 1]).await),
        _ => drop(connection.shutdown().await),
    }
}

/// Reads a whole message; gives its identifier.
async fn read_message(connection: &mut TcpStream) -> Option<String> {
    let mut read = Vec::new();
    loop {
        let mut piece = [0_u8; 4_096];
        let count = connection.read(&mut piece).await.ok().filter(|count| *count > 0)?;
        read.extend_from_slice(&piece[..count]);
        let text = String::from_utf8_lossy(&read).into_owned();
        let Some((head, body)) = text.split_once("\r\n\r\n") else { continue };
        let header = |name: &str| {
            let line = head.lines().find(|line| line.to_ascii_lowercase().starts_with(name))?;
            Some(line.split_once(':')?.1.trim().to_owned())
        };
        if body.len() >= header("content-length")?.parse::<usize>().ok()? {
            return header("webhook-id");
        }
    }
}

/// The same gateway with a way out that waits for a second alone, and looks names up so.
fn with_way_out(gateway: &TestGateway, resolver: Resolver) -> Gateway {
    let service = gateway.service();
    let mut settings = (*service.settings).clone();
    settings.way_out.sender = Sender::new(SenderSettings {
        connect_timeout: Duration::from_secs(1),
        total_timeout: Duration::from_secs(1),
        reply_limit: REPLY_LIMIT,
        allowed: settings.way_out.allowed.clone(),
        resolver,
    });
    Gateway { store: service.store.clone(), settings: Arc::new(settings) }
}

async fn deliver(gateway: &Gateway) {
    while gateway::worker::delivery::deliver_once(gateway, LEASE).await.unwrap() {}
}

const TAKEN: Does = Does::Says("HTTP/1.1 204 No Content\r\n\r\n");

/// What each does first, whether the task counts as delivered then, and what is said of it.
const HOSTILE: &[(&str, Does, Option<&str>)] = &[
    ("closes before it read", Does::ClosesAtOnce, Some("could not be reached")),
    ("closes after the effect", Does::Says(""), Some("could not be reached")),
    ("half a status line", Does::Says("HTTP/1.1 20"), Some("could not be reached")),
    ("no HTTP", Does::Says("SSH-2.0-OpenSSH\r\n"), Some("could not be reached")),
    ("hangs", Does::SaysAndHangs(""), Some("did not answer in time")),
    ("hangs in its head", Does::SaysAndHangs("HTTP/1.1 200 OK\r\nx: "), Some("did not answer in time")),
    (
        "drips its head",
        Does::Drips("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n"),
        Some("did not answer in time"),
    ),
    ("an endless head", Does::SaysOn("HTTP/1.1 200 OK\r\nx: "), Some("could not be reached")),
    ("500", Does::Says("HTTP/1.1 500 No\r\ncontent-length: 0\r\n\r\n"), Some("status 500")),
    (
        "429",
        Does::Says("HTTP/1.1 429 No\r\nretry-after: 86400\r\ncontent-length: 0\r\n\r\n"),
        Some("status 429"),
    ),
    ("410", Does::Says("HTTP/1.1 410 Gone\r\ncontent-length: 0\r\n\r\n"), Some("status 410")),
    ("a redirect (301)", Does::Redirects(301), Some("status 301")),
    ("a redirect (302)", Does::Redirects(302), Some("status 302")),
    ("a redirect (303)", Does::Redirects(303), Some("status 303")),
    ("a redirect (307)", Does::Redirects(307), Some("status 307")),
    ("a redirect (308)", Does::Redirects(308), Some("status 308")),
    (
        "a redirect elsewhere",
        Does::Says("HTTP/1.1 302 Away\r\nlocation: http://169.254.169.254/\r\ncontent-length: 0\r\n\r\n"),
        Some("status 302"),
    ),
    ("a hanging body of a 200", Does::SaysAndHangs("HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n"), None),
    ("an endless body of a 200", Does::SaysOn("HTTP/1.1 200 OK\r\n\r\n"), None),
    ("a body of a terabyte", Does::SaysOn("HTTP/1.1 200 OK\r\ncontent-length: 1099511627776\r\n\r\n"), None),
    ("less than it said", Does::Says("HTTP/1.1 200 OK\r\ncontent-length: 999\r\n\r\nx"), None),
    (
        "more than it said",
        Does::Says("HTTP/1.1 200 OK\r\ncontent-length: 1\r\n\r\nxHTTP/1.1 500 No\r\n\r\n"),
        None,
    ),
];

async fn whatever_a_receiver_does_its_task_has_one_effect(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let short = with_way_out(gateway, Resolver::system());
    for (number, (name, does, fault)) in HOSTILE.iter().copied().enumerate() {
        let hostile = Hostile::start(does).await;
        let (system, secret) = hears_of_requests(&tenant, name, (&hostile.url(), &["EMAIL"])).await;
        let person = tenant.registers(complete_person(&format!("ond{number}"))).await;
        let request = tenant.approved("ACCESS", &person, json!({})).await;
        gateway.work().await;
        deliver(&short).await;
        let task = tasks_of(&tenant, &request).await.remove(0);
        assert_eq!(hostile.connections.load(Ordering::SeqCst), 1, "{name}: one attempt, one connection");
        match fault {
            None => assert_eq!(task["status"], "DELIVERED", "{name}: {task}"),
            Some(fault) => {
                let told = task["lastError"].as_str().unwrap_or_default();
                assert!(told.contains(fault), "{name}: {task}");
                assert_eq!(task["status"], "PENDING", "{name}");
                assert!(!told.contains("127.0.0.1") && !told.contains("OpenSSH"), "{name}: {told}");
                hostile.now(TAKEN);
                gateway.clock.advance(Duration::from_secs(5));
                deliver(&short).await;
                let task = tasks_of(&tenant, &request).await.remove(0);
                assert_eq!((&task["status"], &task["attempts"]), (&json!("DELIVERED"), &json!(2)), "{name}");
            }
        }
        let ids: BTreeSet<String> = hostile.effects().into_iter().collect();
        assert_eq!(ids.len(), 1, "{name}: one identifier, by which a receiver has one effect");
        for _ in ["once", "and again"] {
            let done = json!({ "taskId": task["id"], "outcome": "done" });
            assert_eq!(answers(gateway, &secret, &done).await, 204, "{name}");
        }
        gateway.work().await;
        assert_eq!(tenant.status_of(&request).await, "COMPLETED", "{name}");
        let input = json!({ "systemId": system });
        tenant.admin().change("removeDownstreamSystem", input, "system { id }").await.succeeded();
    }
}

/// A tenant with a system under a name, and a request that it is to be told of.
async fn named<'g>(gateway: &'g TestGateway, endpoint: &str) -> (Tenant<'g>, String) {
    let tenant = gateway.tenant().await;
    let person = tenant.registers(complete_person("namn")).await;
    hears_of_requests(&tenant, "Kundregister", (endpoint, &["EMAIL"])).await;
    let request = tenant.approved("ACCESS", &person, json!({})).await;
    gateway.work().await;
    (tenant, request)
}

async fn where_a_name_leads_is_judged_at_every_delivery(gateway: &TestGateway) {
    let hostile = Hostile::start(TAKEN).await;
    let port = hostile.address.port();
    for answer in [
        &["10.0.0.7"][..],
        &["169.254.169.254"],
        &["::ffff:192.168.0.1"],
        &["fd00:ec2::254"],
        // Mixed with a public one, whichever comes first.
        &["9.9.9.9", "10.0.0.7"],
        &["10.0.0.7", "9.9.9.9"],
        &["2620:fe::9", "fe80::1"],
        &[],
    ] {
        let (tenant, request) = named(gateway, "https://crm.example/personer").await;
        let addresses: Vec<SocketAddr> =
            answer.iter().map(|ip| SocketAddr::new(ip.parse().unwrap(), 443)).collect();
        let resolver = Resolver::of(move |_, _| std::future::ready(Ok(addresses.clone())));
        deliver(&with_way_out(gateway, resolver)).await;
        let task = tasks_of(&tenant, &request).await.remove(0);
        let told = "the endpoint's name leads to no address that may be reached";
        assert_eq!((&task["status"], &task["lastError"]), (&json!("PENDING"), &json!(told)), "{answer:?}");
        gateway.clock.advance(Duration::from_secs(1));
    }
    // A name that leads elsewhere each time it is asked is asked once, and its first answer is what is connected to.
    let (tenant, request) = named(gateway, &format!("http://crm.localhost:{port}/personer")).await;
    let asked = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&asked);
    let own = hostile.address;
    let rebinding = Resolver::of(move |name, _| {
        if name != "crm.localhost" {
            // What the cases above left is tried again here.
            return std::future::ready(Ok(Vec::new()));
        }
        let first = counted.fetch_add(1, Ordering::SeqCst) == 0;
        let elsewhere = SocketAddr::from(([127, 0, 0, 2], 1));
        std::future::ready(Ok(vec![if first { own } else { elsewhere }]))
    });
    let before = gateway.now();
    deliver(&with_way_out(gateway, rebinding)).await;
    assert_eq!(asked.load(Ordering::SeqCst), 1);
    assert_eq!((hostile.effects().len(), gateway.now()), (1, before));
    assert_eq!(tasks_of(&tenant, &request).await[0]["status"], "DELIVERED");
}

async fn a_receipt_may_come_before_the_answer_to_its_message(gateway: &TestGateway) {
    let (tenant, person, receiver, (_, secret)) = with_system(gateway).await;
    receiver.answers_after(Duration::from_secs(2));
    let request = tenant.approved("ACCESS", &person, json!({})).await;
    gateway.work().await;
    let task = tasks_of(&tenant, &request).await.remove(0);
    let confirms = async {
        while receiver.received().is_empty() {
            support::tokio::time::sleep(Duration::from_millis(20)).await;
        }
        let done = json!({ "taskId": task["id"], "outcome": "done", "data": { "EMAIL": "a" } });
        answers(gateway, &secret, &done).await
    };
    let (_, status) = futures::future::join(gateway.deliver(), confirms).await;
    assert_eq!(status, 204);
    gateway.work().await;
    assert_eq!(tasks_of(&tenant, &request).await[0]["status"], "ACKNOWLEDGED");
    assert_eq!(tenant.status_of(&request).await, "COMPLETED");
    assert_eq!(gateway.deliver().await, 0, "nothing is told a second time");
}

/// The connector's own table, which its tests read too.
#[test]
fn no_hostile_address_is_registered() {
    run(async {
        let gateway = TestGateway::sqlite_with(|config| config.downstream.loopback = false).await;
        let admin = gateway.tenant().await.admin();
        let all: Vec<String> =
            serde_json::from_str(include_str!("../../connector/tests/hostile-endpoints.json")).unwrap();
        assert!(all.len() >= 150, "{}", all.len());
        for endpoint in &all {
            let input = json!({ "name": "Register", "endpoint": endpoint, "dataCategories": ["EMAIL"] });
            let answer = admin.change("registerDownstreamSystem", input, "secret").await;
            assert_eq!(answer.user_errors(), ["INVALID input.endpoint"], "{endpoint:?}");
            assert_eq!(answer.payload("/secret"), Value::Null);
        }
        gateway.stop().await;
    });
}
