//! What one hanging receiver costs the others: 10,000 deliveries to 50 receivers on loopback, half of them while one of the
//! receivers hangs, in turns within one run. What is measured is the time from when a task is due to when its receiver has it.
//! `cargo bench --bench deliveries`; a number after `--` is that of the deliveries.
//!
//! Requests come at six tenths of the rate at which the worker brings them out, so that what is seen is the work and not a
//! queue that grows.
// The types of the two schemas are deeper than the compiler looks by itself, once it optimises.
#![recursion_limit = "256"]
#![expect(clippy::print_stdout, reason = "a measure is printed")]
#![expect(clippy::expect_used, reason = "a measure that cannot be taken fails by panicking")]

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use support::tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use support::tokio::net::{TcpListener, TcpStream};
use support::tokio::{spawn, sync::watch, time::sleep};
use support::{LEASE, Tenant, TestGateway, complete_person};

const RECEIVERS: usize = 50;
const ROUNDS: usize = 4;

/// When each request was told to each of the receivers that do not hang.
type Arrivals = Arc<Mutex<HashMap<String, Vec<Instant>>>>;

fn main() {
    let deliveries = std::env::args().find_map(|text| text.parse().ok()).unwrap_or(10_000_usize);
    support::run(async move {
        let gateway = TestGateway::sqlite().await;
        measure(&gateway, deliveries / RECEIVERS / ROUNDS).await;
        gateway.stop().await;
    });
}

async fn measure(gateway: &TestGateway, requests: usize) {
    let tenant = gateway.tenant().await;
    let (arrivals, hangs) = (Arrivals::default(), Arc::new(AtomicBool::new(false)));
    for number in 0..RECEIVERS {
        let hangs = if number == 0 { Arc::clone(&hangs) } else { Arc::new(AtomicBool::new(false)) };
        let measured = (number != 0).then(|| Arc::clone(&arrivals));
        register(&tenant, &format!("System {number}"), listen(hangs, measured).await).await;
    }
    let person = tenant.registers(complete_person("matt")).await;
    let stop = watch::Sender::new(false);
    let rhythm = gateway::worker::Rhythm {
        poll: Duration::from_millis(20),
        lease: LEASE,
        sequence: Duration::from_secs(1),
    };
    let worker = spawn(gateway::worker::delivery::run(gateway.service().clone(), rhythm, stop.subscribe()));
    let pause = calibrated(&tenant, &person, &arrivals).await;
    println!("a request, told to {RECEIVERS} systems, every {pause:?}");
    let mut taken = [Vec::new(), Vec::new()];
    for round in 0..ROUNDS {
        let hostile = round % 2;
        hangs.store(hostile == 1, Ordering::SeqCst);
        let latencies = round_of(&tenant, (&person, requests, pause), &arrivals).await;
        taken[hostile].extend(latencies);
    }
    report(&mut taken);
    stop.send_replace(true);
    worker.abort();
}

async fn register(tenant: &Tenant<'_>, name: &str, endpoint: String) {
    let input = json!({ "name": name, "endpoint": endpoint, "dataCategories": ["EMAIL"] });
    tenant.admin().change("registerDownstreamSystem", input, "secret").await.succeeded();
}

/// A receiver; gives its address.
async fn listen(hangs: Arc<AtomicBool>, arrivals: Option<Arrivals>) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    spawn(async move {
        while let Ok((connection, _)) = listener.accept().await {
            spawn(receive(connection, Arc::clone(&hangs), arrivals.clone()));
        }
    });
    format!("http://{address}/")
}

async fn receive(mut connection: TcpStream, hangs: Arc<AtomicBool>, arrivals: Option<Arrivals>) {
    let mut read = Vec::new();
    let body: Value = loop {
        let mut piece = [0_u8; 4_096];
        let Ok(count @ 1..) = connection.read(&mut piece).await else { return };
        read.extend_from_slice(&piece[..count]);
        let end = read.windows(4).position(|window| window == b"\r\n\r\n");
        if let Some(body) = end.and_then(|end| serde_json::from_slice(&read[end + 4..]).ok()) {
            break body;
        }
    };
    if let (Some(arrivals), Some(request)) = (arrivals, body["data"]["requestId"].as_str()) {
        let mut arrivals = arrivals.lock().expect("a lock");
        arrivals.entry(request.to_owned()).or_default().push(Instant::now());
    }
    while hangs.load(Ordering::SeqCst) {
        sleep(Duration::from_millis(100)).await;
    }
    drop(connection.write_all(b"HTTP/1.1 204 No Content\r\n\r\n").await);
}

async fn submit(tenant: &Tenant<'_>, person: &str) -> (String, Instant) {
    // The clock is the tests': pauses pass in it as they do outside.
    (tenant.submits("CONSENT_WITHDRAWAL", person).await, Instant::now())
}

async fn all_arrived(arrivals: &Arrivals, count: usize) {
    while arrivals.lock().expect("a lock").values().map(Vec::len).sum::<usize>() < count {
        sleep(Duration::from_millis(10)).await;
    }
}

/// The pause between two requests that keeps the worker busy for six tenths of its time.
async fn calibrated(tenant: &Tenant<'_>, person: &str, arrivals: &Arrivals) -> Duration {
    const REQUESTS: u32 = 4;
    let began = Instant::now();
    for _ in 0..REQUESTS {
        submit(tenant, person).await;
    }
    all_arrived(arrivals, usize::try_from(REQUESTS).unwrap_or(0) * (RECEIVERS - 1)).await;
    arrivals.lock().expect("a lock").clear();
    began.elapsed() / REQUESTS * 10 / 6
}

/// So many requests at the pause; how long each delivery took.
async fn round_of(
    tenant: &Tenant<'_>,
    (person, requests, pause): (&str, usize, Duration),
    arrivals: &Arrivals,
) -> Vec<Duration> {
    let mut due = HashMap::new();
    for _ in 0..requests {
        let began = Instant::now();
        let (request, at) = submit(tenant, person).await;
        due.insert(request, at);
        let rest = pause.saturating_sub(began.elapsed());
        sleep(rest).await;
        tenant.gateway().clock.advance(began.elapsed());
    }
    all_arrived(arrivals, requests * (RECEIVERS - 1)).await;
    let came = std::mem::take(&mut *arrivals.lock().expect("a lock"));
    let latency = |(request, times): (String, Vec<Instant>)| {
        let at = due[&request];
        times.into_iter().map(move |time| time.saturating_duration_since(at)).collect::<Vec<_>>()
    };
    came.into_iter().flat_map(latency).collect()
}

fn report(taken: &mut [Vec<Duration>; 2]) {
    let mut tails = Vec::new();
    for (name, latencies) in ["all answer", "one hangs"].into_iter().zip(taken) {
        latencies.sort();
        let at = |part: usize| latencies[(latencies.len() - 1) * part / 1_000];
        println!(
            "{name}: {} deliveries, p50 {:?}, p99 {:?}, most {:?}",
            latencies.len(),
            at(500),
            at(990),
            at(1_000)
        );
        tails.push(at(990).as_secs_f64());
    }
    println!("p99 of the others with one that hangs, to that without: {:.3}", tails[1] / tails[0]);
}
