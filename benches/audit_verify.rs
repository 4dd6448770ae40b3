//! How fast `audit verify` is, as it is run: the command on an export and on an embedded database, in entries a second of
//! wall-clock time and of processor time. `cargo bench --bench audit_verify`, with the number of entries behind `--` if need be.
// The types of the two schemas are deeper than the compiler looks by itself, once it optimises.
#![recursion_limit = "256"]
#![expect(clippy::print_stdout, reason = "a measure is printed")]
#![expect(clippy::expect_used, reason = "a measure that cannot be taken fails by panicking")]

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use domain::actor::Actor;
use domain::category::DataCategory;
use domain::id::SubjectId;
use domain::purpose::Purpose;
use store::{AuditEvent, SEQUENCED_AT_ONCE};
use support::{Tenant, TestGateway};

const ENTRIES: usize = 300_000;
const ROUNDS: usize = 3;

fn main() {
    let asked = std::env::args().skip(1).find_map(|argument| argument.parse().ok());
    support::run(async {
        let gateway = TestGateway::sqlite().await;
        let tenant = gateway.tenant().await;
        let entries = grown(&tenant, asked.unwrap_or(ENTRIES)).await;
        gateway.stop().await;
        let folder = gateway.folder().to_str().expect("a path of text");
        let export = gateway.folder().join("export");
        let export = export.to_str().expect("a path of text");
        let id = tenant.id.to_string();
        let began = Instant::now();
        command(&["export", "--data-dir", folder, "--tenant", &id, "--out", export]);
        report("audit export", entries, (began.elapsed(), None));
        report("audit verify --export", entries, fastest(&["verify", "--export", export]));
        std::fs::remove_dir_all(Path::new(export).join("tile")).expect("the tiles go");
        report("the same without tiles", entries, fastest(&["verify", "--export", export]));
        report("audit verify --data-dir", entries, fastest(&["verify", "--data-dir", folder]));
    });
}

/// A log as reads make it: pages of five persons, seven categories; gives how many entries it has.
async fn grown(tenant: &Tenant<'_>, entries: usize) -> usize {
    let gateway = tenant.gateway();
    let store = &gateway.service().store;
    let persons: Vec<_> = (0..5).map(|_| SubjectId::new(gateway.now(), gateway.entropy())).collect();
    let categories: BTreeSet<_> =
        DataCategory::ALL.into_iter().filter(|category| *category != DataCategory::Accounting).collect();
    let event = |number: usize| AuditEvent {
        by: Actor::staff("auth0|0123456789abcdef01234567"),
        action: "dataSubject.list",
        purpose: Some(Purpose::ServiceDelivery),
        allowed: true,
        subjects: persons.clone(),
        categories: categories.clone(),
        request_id: format!("00000000-0000-4000-8000-{number:012}"),
        digest: None,
    };
    let at_once = usize::try_from(SEQUENCED_AT_ONCE).unwrap_or(usize::MAX);
    for first in (0..entries).step_by(at_once) {
        gateway.clock.advance(Duration::from_secs(1));
        let some = (first..entries.min(first + at_once)).map(event).collect();
        store.record(tenant.id, some).await.expect("entries are written");
        store.sequence(tenant.id).await.expect("entries are sequenced");
    }
    gateway.sequence().await;
    entries
}

fn command(arguments: &[&str]) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_privacy-gateway"));
    let output = command.arg("audit").args(arguments).output().expect("the command runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&[output.stdout, output.stderr].concat()));
}

/// The least time that the command took, and the least of the processor's.
fn fastest(arguments: &[&str]) -> (Duration, Option<Duration>) {
    let time = |_| {
        let (began, before) = (Instant::now(), of_children());
        command(arguments);
        (began.elapsed(), of_children().zip(before).map(|(after, before)| after.saturating_sub(before)))
    };
    let times: Vec<_> = (0..ROUNDS).map(time).collect();
    let wall = times.iter().map(|(wall, _)| *wall).min().unwrap_or_default();
    (wall, times.iter().filter_map(|(_, processor)| *processor).min())
}

/// Processor time of all child processes that have ended, where the system tells it (hundredths of a second on Linux).
fn of_children() -> Option<Duration> {
    let stat = std::fs::read_to_string("/proc/self/stat").ok()?;
    // Behind the name, which may hold blanks, the fields begin with the third; the 16th and 17th are meant.
    let fields: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
    let ticks = |field: usize| fields.get(field)?.parse::<u64>().ok();
    Some(Duration::from_millis(10 * (ticks(13)? + ticks(14)?)))
}

fn report(what: &str, entries: usize, (wall, processor): (Duration, Option<Duration>)) {
    let entries = u32::try_from(entries).map_or(f64::NAN, f64::from);
    let rate = |time: Duration| entries / time.as_secs_f64();
    let processor = processor.map(|time| format!(", {:.0} on one processor", rate(time)));
    println!("{what}: {:.0} entries/s{}", rate(wall), processor.unwrap_or_default());
}
