//! What the audit entry adds to a read: a page of fifty persons through the API in this process, whose entry is durable before
//! the answer is, beside the writing of the same entry alone. `cargo bench --bench audit_cost`; on PostgreSQL too where
//! there is one.
//!
//! There is no way to read without an entry, here neither: the last thing that an answer waits for is its entry, so that of
//! one read at a time the rest is exactly the difference. Of several at a time the two overlap, and what is printed is the most
//! that the entries can add.
// The types of the two schemas are deeper than the compiler looks by itself, once it optimises.
#![recursion_limit = "256"]
#![expect(clippy::print_stdout, reason = "a measure is printed")]
#![expect(clippy::expect_used, reason = "a measure that cannot be taken fails by panicking")]

use std::time::{Duration, Instant};

use domain::actor::Actor;
use domain::category::DataCategory;
use domain::id::SubjectId;
use domain::language::Language;
use domain::purpose::Purpose;
use futures::future::join_all;
use gateway::app::App;
use gateway::http::protocol::{Call, Method, Origin};
use gateway::service::caller::Caller;
use store::AuditEvent;
use support::{Kind, TestGateway, complete_person};

const PERSONS: usize = 50;
const PAGES: usize = 400;
const AT_ONCE: usize = 16;
const PAGE: &str = "{ dataSubjects(first: 50) { edges { node { id name email phone } } } }";

fn main() {
    support::run(async {
        measure("SQLite", &TestGateway::sqlite().await).await;
        match TestGateway::postgres().await {
            Some(gateway) => {
                // A server that does not wait for its disk commits for less than one that is to be relied upon.
                let durable = gateway.databases.texts(Kind::Data, "SHOW fsync").await.concat();
                measure(&format!("PostgreSQL (fsync {durable})"), &gateway).await;
            }
            None => println!("PostgreSQL: there is none"),
        }
    });
}

/// A page to be read, and the entry that it leaves.
struct Page {
    app: App,
    caller: Caller,
    event: AuditEvent,
}

impl Page {
    async fn of(gateway: &TestGateway) -> Self {
        let tenant = gateway.tenant().await;
        let mut subjects = Vec::new();
        for number in 0..PERSONS {
            let id = tenant.registers(complete_person(&format!("sida{number}"))).await;
            subjects.push(SubjectId::parse(&id).expect("an identifier"));
        }
        let request_id = "00000000-0000-4000-8000-000000000000".to_owned();
        let caller = Caller {
            authority: tenant.authority().await,
            request_id: request_id.clone(),
            language: Language::En,
        };
        let event = AuditEvent {
            by: Actor::staff("admin"),
            action: "dataSubject.list",
            purpose: Some(Purpose::ServiceDelivery),
            allowed: true,
            subjects,
            categories: [DataCategory::Name, DataCategory::Email, DataCategory::Phone].into(),
            request_id,
            digest: None,
        };
        let page = Self { app: gateway.another(|_| {}).await, caller, event };
        assert_eq!(page.read().await.matches("\"email\"").count(), PERSONS, "a page of so many persons");
        page
    }

    async fn read(&self) -> String {
        let call = Call {
            query: Some(PAGE.to_owned()),
            document_id: None,
            operation_name: None,
            variables: None,
            extensions: None,
            method: Method::Post,
            origin: Origin::Client,
        };
        let answered = self.app.api.answer(call, self.caller.clone()).await;
        String::from_utf8(answered.body).expect("an answer is text")
    }

    async fn record(&self) {
        let tenant = self.caller.authority.tenant();
        self.app.gateway.store.record(tenant, vec![self.event.clone()]).await.expect("the entry is written");
    }
}

async fn measure(which: &str, gateway: &TestGateway) {
    let page = Page::of(gateway).await;
    // In turns, so that what else the machine does falls on both.
    let (mut reading, mut recording) = (Duration::ZERO, Duration::ZERO);
    for _ in 0..PAGES {
        reading += timed(page.read()).await;
        recording += timed(page.record()).await;
    }
    report(&format!("{which}, one read at a time"), reading, recording);
    let (mut reading, mut recording) = (Duration::ZERO, Duration::ZERO);
    for _ in 0..PAGES / AT_ONCE {
        reading += timed(join_all((0..AT_ONCE).map(|_| page.read()))).await;
        recording += timed(join_all((0..AT_ONCE).map(|_| page.record()))).await;
    }
    report(&format!("{which}, {AT_ONCE} at a time, at most"), reading, recording);
    gateway.stop().await;
}

async fn timed<T>(work: impl Future<Output = T>) -> Duration {
    let began = Instant::now();
    work.await;
    began.elapsed()
}

fn report(what: &str, reading: Duration, recording: Duration) {
    let pages = u32::try_from(PAGES).unwrap_or(u32::MAX);
    let rest = reading.saturating_sub(recording);
    println!(
        "{what}: {:?} a page, {:?} without its entry, ratio {:.2}",
        reading / pages,
        rest / pages,
        reading.as_secs_f64() / rest.as_secs_f64()
    );
}
