//! Keys that wrap others are rotated beside gateways that go on: nothing is lost, wherever it is stopped, and nothing that
//! was destroyed comes back.

mod of_master;
mod of_tenants;

use std::net::{Ipv4Addr, TcpListener};
use std::num::NonZeroU32;

use gateway::app::{Role, Running};
use gateway::config::{Config, Secret};
use reqwest::Method;
use serde_json::{Value, json};
use store::{Batch, MasterKey, Progress, Standing, Store};
use support::{Tenant, TestGateway, complete_person};

/// Another gateway over the same databases.
struct Beside {
    store: Store,
    running: Running,
    base: String,
}

impl Beside {
    async fn of(gateway: &TestGateway, setup: impl FnOnce(&mut Config)) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let app = gateway.another(setup).await;
        let store = app.gateway.store.clone();
        let running = app.serve(listener, Role::Gateway).unwrap();
        let base = format!("http://{}", running.address().unwrap());
        Self { store, running, base }
    }

    /// A person's name, as this gateway answers it.
    async fn reads(&self, tenant: &Tenant<'_>, person: &str) -> Value {
        let gateway = tenant.gateway();
        let query = "query($id: ID!) { dataSubject(id: $id) { name } }";
        let request = gateway.request(Method::POST, &format!("{}/graphql", self.base));
        let request = request.bearer_auth(&tenant.admin().token);
        let answer =
            gateway.send(request.json(&json!({ "query": query, "variables": { "id": person } }))).await;
        answer.at("/data/dataSubject/name")
    }
}

fn batch(keys: u32) -> Batch {
    Batch::new(NonZeroU32::new(keys).unwrap())
}

/// A tenant and some of its persons.
struct Furnished<'g> {
    tenant: Tenant<'g>,
    persons: Vec<String>,
    tag: String,
}

impl<'g> Furnished<'g> {
    async fn of(gateway: &'g TestGateway, tag: &str, count: usize) -> Self {
        let tenant = gateway.tenant().await;
        let mut persons = Vec::new();
        for number in 0..count {
            persons.push(tenant.registers(complete_person(&format!("{tag}{number}"))).await);
        }
        Self { tenant, persons, tag: tag.to_owned() }
    }

    fn name(&self, number: usize) -> String {
        format!("Åsa {}{number} Exempelsson", self.tag)
    }

    /// Every person can be read here.
    async fn are_read(&self, when: &str) {
        for (number, person) in self.persons.iter().enumerate() {
            let answer = self.tenant.admin().reads(person).await;
            assert_eq!(answer.at("/data/dataSubject/name"), self.name(number), "{when}: {}", answer.text());
        }
    }

    /// Every person can be read there.
    async fn are_read_by(&self, beside: &Beside, when: &str) {
        for (number, person) in self.persons.iter().enumerate() {
            assert_eq!(beside.reads(&self.tenant, person).await, self.name(number), "{when}");
        }
    }
}

/// How many keys lie under wrapping keys of a tenant: under the present one, under former ones, and how many of those there
/// are.
async fn under(store: &Store, tenant: &Tenant<'_>) -> (u64, u64, usize) {
    let census = store.key_census().await.unwrap();
    let of = census.tenants.into_iter().find(|of| of.tenant == tenant.id).unwrap();
    let (present, former): (Vec<_>, Vec<_>) =
        of.wrappers.into_iter().partition(|key| key.standing == Standing::Newest);
    let keys = |all: &[store::WrapperUse]| all.iter().map(|key| key.keys).sum();
    assert_eq!(present.len(), 1, "one key wraps");
    (keys(&present), keys(&former), former.len())
}

/// Everything lies under the master key that wraps.
async fn all_under_newest(store: &Store) -> bool {
    let census = store.key_census().await.unwrap();
    census
        .masters
        .iter()
        .all(|key| key.standing == Standing::Newest || key.tenant_keys + key.platform_keys == 0)
}

/// The master key that the gateway was started with, and a newer one.
fn master_keys(gateway: &TestGateway) -> [String; 2] {
    let former = gateway.config().keys.master_key.as_ref().map(Secret::reveal).unwrap().to_owned();
    [former, MasterKey::generate(gateway.entropy()).to_base64().to_string()]
}

/// Nobody is told.
fn silently() -> impl FnMut(Progress) + Send {
    |_| {}
}
