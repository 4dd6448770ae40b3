//! What each attack costs: processor time of this process, user and system, per request, with the client that sends it and
//! everything else that a request takes counted in. The worst come first.
//!
//! `cargo bench --bench attacks` is the measure; with `--profile dev` the figures are some ten times as high and say nothing.
// The types of the two schemas are deeper than the compiler looks by itself, once it optimises.
#![recursion_limit = "256"]
#![expect(clippy::print_stdout, reason = "the table is for the person who runs it")]
#![expect(clippy::unwrap_used, reason = "a benchmark fails by panicking")]

use std::process::ExitCode;

use reqwest::Method;
use support::{Attack, TestGateway, attacks};

/// The most that an attack may cost, in milliseconds.
const MOST: f64 = 10.0;
/// Processor time is told in ticks of so many milliseconds.
const TICK: f64 = 10.0;
/// An attack is repeated until it took so many ticks, or for so many times.
const TICKS: u64 = 20;
const TIMES: u32 = 400;
/// How many of the worst are shown.
const SHOWN: usize = 25;

fn main() -> ExitCode {
    let mut costs = Vec::new();
    support::run(async {
        let gateway = TestGateway::sqlite_with(|config| config.limits.batch = 10).await;
        let tenant = gateway.tenant().await;
        let token = tenant.admin().token;
        let harmless = Attack {
            name: "harmless, for comparison".to_owned(),
            body: "{\"query\":\"{ __typename }\"}".to_owned(),
        };
        for attack in [harmless.clone()].into_iter().chain(attacks()).chain([harmless]) {
            // What is made once is not the attack's.
            posts(&gateway, &token, &attack).await;
            let (mut times, began) = (0, ticks());
            while times < TIMES && ticks() - began < TICKS {
                posts(&gateway, &token, &attack).await;
                times += 1;
            }
            let spent = f64::from(u32::try_from(ticks() - began).unwrap());
            costs.push((spent * TICK / f64::from(times), attack.name, attack.body.len()));
        }
        gateway.stop().await;
    });
    costs.sort_by(|a, b| b.0.total_cmp(&a.0));
    let worst = costs[0].0;
    println!("{} attacks, milliseconds of processor time each", costs.len());
    let harmless = costs.iter().filter(|(_, name, _)| name.starts_with("harmless"));
    for (cost, name, bytes) in costs.iter().take(SHOWN).chain(harmless) {
        println!("{cost:>8.2}  {bytes:>8} bytes  {name}");
    }
    let within = worst < MOST;
    println!(
        "{}: the worst takes {worst:.2} ms, {MOST} are allowed",
        if within { "within" } else { "BEYOND" }
    );
    if within { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

async fn posts(gateway: &TestGateway, token: &str, attack: &Attack) {
    let request = gateway.request(Method::POST, "graphql").bearer_auth(token);
    let request = request.header("content-type", "application/json").body(attack.body.clone());
    let status = gateway.send(request).await.status;
    assert!(status < 500, "{}: {status}", attack.name);
}

/// Processor time of this process so far (proc(5), fields 14 and 15 of `stat`).
fn ticks() -> u64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap();
    let behind_the_name = stat.rsplit_once(") ").unwrap().1;
    let fields: Vec<u64> =
        behind_the_name.split(' ').skip(11).take(2).map(|field| field.parse().unwrap()).collect();
    fields[0] + fields[1]
}
