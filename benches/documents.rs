//! What reading an operation costs: CPU of the same page of fifty persons by trusted document, by text with the cache, and by
//! text without any. `cargo bench --bench documents`. The ways take turns in one process, so that what else the machine does
//! falls on all of them.
// The types of the two schemas are deeper than the compiler looks by itself, once it optimises.
#![recursion_limit = "256"]
#![expect(clippy::print_stdout, reason = "a measure is printed")]
#![expect(clippy::expect_used, reason = "a measure that cannot be taken fails by panicking")]

use std::time::Duration;

use domain::language::Language;
use domain::trusted::{DocumentId, DocumentOwner, IdForm};
use gateway::app::App;
use gateway::http::protocol::{Call, Method, Origin};
use gateway::service::caller::Caller;
use gateway::service::trusted::{FRESH, sha256};
use serde_json::json;
use store::{Address, DocumentDesk, Earlier, Publication, TrustedDocument};
use support::{TestGateway, complete_person};

const PERSONS: usize = 50;
const PAGES: u32 = 400;
const PAGE: &str = "query Page($first: Int!, $after: String) {
  dataSubjects(first: $first, after: $after, purpose: SERVICE_DELIVERY) {
    edges { cursor node { ...Person } }
    pageInfo { hasNextPage endCursor }
  }
}
fragment Person on DataSubject {
  id externalReference status name position phone email loginName hasPassword
  address { lines postalCode locality country }
}";

fn main() {
    support::run(async {
        let gateway = TestGateway::sqlite().await;
        Box::pin(measure(&gateway)).await;
        gateway.stop().await;
    });
}

async fn measure(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    for number in 0..PERSONS {
        tenant.registers(complete_person(&format!("sida{number}"))).await;
    }
    publish(gateway, DocumentOwner::Tenant(tenant.id)).await;
    let caller = Caller {
        authority: tenant.authority().await,
        request_id: "00000000-0000-4000-8000-000000000000".to_owned(),
        language: Language::En,
    };
    let kept = gateway.another(|_| {}).await;
    let bare = gateway.another(|config| config.documents.cache_bytes = 0).await;
    let text = || Some(PAGE.to_owned());
    let ways =
        [("trusted document", &kept, None), ("text, kept", &kept, text()), ("text, not kept", &bare, text())];
    let mut spent = [Duration::ZERO; 3];
    for (app, query) in ways.iter().map(|(_, app, query)| (app, query)) {
        assert_eq!(read(app, query.clone(), &caller).await.matches("\"email\"").count(), PERSONS);
    }
    for _ in 0..PAGES {
        for ((_, app, query), spent) in ways.iter().zip(&mut spent) {
            let before = cpu();
            read(app, query.clone(), &caller).await;
            *spent += cpu().saturating_sub(before);
        }
    }
    for ((way, ..), spent_on) in ways.iter().zip(spent) {
        let ratio = spent_on.as_secs_f64() / spent[0].as_secs_f64();
        println!("{way}: {:?} of CPU a page, ratio {ratio:.2}", spent_on / PAGES);
    }
}

async fn publish(gateway: &TestGateway, owner: DocumentOwner) {
    let url = format!("sqlite://{}", gateway.folder().join("gateway.db").display());
    let desk = DocumentDesk::open(&Address { url, max_connections: 1 }).await.expect("the database opens");
    let (id, text) = ("page".to_owned(), PAGE.to_owned());
    let document =
        TrustedDocument { id, sha256: sha256(PAGE), text, name: None, ceiling: None, expires_on: None };
    let publication = Publication { owner, mode: None, documents: vec![document], earlier: Earlier::Stay };
    desk.publish(publication, gateway.now()).await.expect("the document is published");
    tokio::time::sleep(FRESH).await;
}

/// A page, by its text or, where there is none, by the identifier of the published one.
async fn read(app: &App, query: Option<String>, caller: &Caller) -> String {
    let named = || DocumentId { id: "page".to_owned(), form: IdForm::Any };
    let variables = json!({ "first": PERSONS });
    let call = Call {
        document_id: query.is_none().then(named),
        query,
        operation_name: None,
        variables: variables.as_object().cloned(),
        extensions: None,
        method: Method::Post,
        origin: Origin::Client,
    };
    let answered = app.api.answer(call, caller.clone()).await;
    String::from_utf8(answered.body).expect("an answer is text")
}

/// CPU that the process has used, from its accounts in `/proc` in nanoseconds of its threads.
fn cpu() -> Duration {
    let tasks = std::fs::read_dir("/proc/self/task").expect("Linux lists threads");
    let of = |task: std::io::Result<std::fs::DirEntry>| {
        let accounts = std::fs::read_to_string(task.ok()?.path().join("schedstat")).ok()?;
        accounts.split_whitespace().next()?.parse::<u64>().ok()
    };
    Duration::from_nanos(tasks.filter_map(of).sum())
}
