//! A restored backup knows persons who were erased since: they are erased again before anything is served from it
//! (contract rule 6).

use serde_json::{Value, json};
use support::{Kind, PURPOSES, Tenant, TestGateway, VALUES, complete_person};

use domain::id::TenantId;

#[test]
fn on_sqlite_what_was_erased_after_a_backup_is_erased_again() {
    support::run(async { Box::pin(erased_again(TestGateway::sqlite().await)).await });
}

#[test]
fn on_postgres_what_was_erased_after_a_backup_is_erased_again() {
    let name = "on_postgres_what_was_erased_after_a_backup_is_erased_again";
    support::run(async {
        match TestGateway::postgres().await {
            Some(gateway) => Box::pin(erased_again(gateway)).await,
            None => support::postgres::skipped_loudly(name),
        }
    });
}

/// Persons, each erased in another way after the backup; one is not erased, and one belongs to another tenant.
struct Persons {
    tenant: TenantId,
    other: TenantId,
    whole: String,
    partial: String,
    some: String,
    kept: String,
    elsewhere: String,
    approved: String,
    partly: String,
    open: String,
    link: String,
}

async fn furnished(gateway: &TestGateway) -> Persons {
    let (tenant, other) = (gateway.tenant().await, gateway.tenant().await);
    let register = async |of: &Tenant<'_>, tag: &str| {
        let id = of.registers(complete_person(tag)).await;
        of.records_consent(&id, "DIRECT_MARKETING").await;
        id
    };
    let whole = register(&tenant, "hel").await;
    let partial = register(&tenant, "delvis").await;
    let some = register(&tenant, "nagra").await;
    let kept = register(&tenant, "kvar").await;
    let elsewhere = register(&other, "hel").await;
    tenant.files_invoice(&partial, "F-1", "2025-12-31").await;
    tenant.files_invoice(&kept, "F-2", "2025-12-31").await;
    let package = tenant.answers_access(&whole).await;
    let link = tenant.link(&package, "JSON").await;
    let link = link.trim_start_matches(gateway.address()).trim_start_matches('/').to_owned();
    tenant.carries_out("RECTIFICATION", &whole, json!({})).await;
    let approved = tenant.submits("ERASURE", &whole).await;
    tenant.verifies(&approved).await;
    let open = tenant.submits("PORTABILITY", &whole).await;
    let partly = tenant.submits("ERASURE", &partial).await;
    tenant.verifies(&partly).await;
    Persons {
        tenant: tenant.id,
        other: other.id,
        whole,
        partial,
        some,
        kept,
        elsewhere,
        approved,
        partly,
        open,
        link,
    }
}

async fn erase(gateway: &TestGateway, persons: &Persons) {
    let tenant = gateway.existing_tenant(persons.tenant);
    tenant.approves(&persons.approved).await;
    tenant.approves(&persons.partly).await;
    gateway.work().await;
    tenant.carries_out("ERASURE", &persons.some, json!({ "categories": ["EMAIL", "PHONE"] })).await;
    let late = tenant.registers(complete_person("sen")).await;
    tenant.carries_out("ERASURE", &late, json!({})).await;
}

const GONE: [&str; 0] = [];

/// What was erased is not there, what was not is.
async fn is_as_erased(gateway: &TestGateway, persons: &Persons, when: &str) {
    let tenant = gateway.existing_tenant(persons.tenant);
    for (person, status, may_show) in [
        (&persons.whole, "ERASED", &GONE[..]),
        (&persons.partial, "PARTIALLY_ERASED", &["name", "address", "accounting"]),
        (&persons.some, "ACTIVE", &["name", "position", "address", "loginName", "hasPassword"]),
        (
            &persons.kept,
            "ACTIVE",
            &["name", "position", "phone", "address", "email", "loginName", "hasPassword", "accounting"],
        ),
    ] {
        assert_eq!(tenant.state_of(person).await, status, "{when}");
        let shown = tenant.shown_for(person, "LEGAL_CLAIMS").await;
        // What an erasure moved to another key no backup from before it can bring back.
        let moved = when != "erased" && (person == &persons.partial || person == &persons.some);
        let lost = |member: &&&str| moved && **member != "accounting";
        let still: Vec<_> =
            may_show.iter().filter(|member| shown.contains(member) || !lost(member)).copied().collect();
        assert_eq!(shown, still, "{when}: {status}");
    }
    for purpose in PURPOSES {
        for (filter, found) in [
            (json!({ "email": "asa.hel@provstad.example" }), 0),
            (json!({ "email": "asa.nagra@provstad.example" }), 0),
            (json!({ "nameWords": "hel" }), 0),
            (json!({ "loginName": "asa-delvis" }), 0),
            (json!({ "externalReference": "K-hel" }), 0),
        ] {
            assert_eq!(tenant.finds(purpose, filter.clone()).await, found, "{when}: {filter} for {purpose}");
        }
        let still = json!({ "nameWords": "kvar" });
        assert_eq!(tenant.finds(purpose, still).await, 1, "{when}: {purpose}");
    }
    let consents = tenant.subject(&persons.whole, "consents { id }").await;
    assert_eq!(consents["consents"], json!([]), "{when}");
    assert_eq!(
        tenant.finds("DIRECT_MARKETING", json!({})).await,
        2,
        "{when}: the one that stays, and part of one"
    );
    assert!(matches!(gateway.get(&persons.link).await.status, 404 | 410), "{when}: no export");
    let files = gateway.databases.texts(Kind::Data, "SELECT sha256 FROM export_file").await;
    assert_eq!(files.len(), 0, "{when}");
    let other = gateway.existing_tenant(persons.other);
    assert_eq!(
        other.shown_for(&persons.elsewhere, "SERVICE_DELIVERY").await.len(),
        7,
        "{when}: another tenant's"
    );
    assert_eq!(other.finds("DIRECT_MARKETING", json!({ "nameWords": "hel" })).await, 1, "{when}");
}

async fn erased_again(gateway: TestGateway) {
    let persons = furnished(&gateway).await;
    let gateway = gateway.restarts_after(async |databases| databases.back_up().await).await;
    assert_eq!(
        gateway.existing_tenant(persons.tenant).events("erasure.replay").await,
        0,
        "nothing to do again"
    );
    erase(&gateway, &persons).await;
    is_as_erased(&gateway, &persons, "erased").await;
    let keys = keys(&gateway).await;

    let mut gateway = gateway;
    for round in 1..=2 {
        gateway.clock.advance(std::time::Duration::from_hours(1));
        gateway = gateway.restarts_after(async |databases| databases.put_back().await).await;
        is_as_erased(&gateway, &persons, &format!("restored {round}")).await;
        let tenant = gateway.existing_tenant(persons.tenant);
        assert_eq!(tenant.events("erasure.replay").await, 1, "the backup knew of none");
        assert_eq!(gateway.existing_tenant(persons.other).events("erasure.replay").await, 0);
        assert_eq!(tenant.status_of(&persons.open).await, "REFUSED");
        for undecided in [&persons.approved, &persons.partly] {
            assert_eq!(
                tenant.status_of(undecided).await,
                "UNDER_REVIEW",
                "the decision is lost, not the erasure"
            );
        }
        let said = tenant.request(&persons.approved, &format!("subject {{ {VALUES} }} letter")).await;
        assert!(!said.to_string().contains("Exempelsson"));
        gateway.work().await;
        is_as_erased(&gateway, &persons, &format!("restored {round}, worked on")).await;
    }
    assert_eq!(self::keys(&gateway).await, keys, "the keys are the newer ones throughout");
    gateway = gateway.restarts_after(async |_| {}).await;
    let tenant = gateway.existing_tenant(persons.tenant);
    assert_eq!(tenant.events("erasure.replay").await, 1, "once is enough");

    for (request, end) in [(&persons.approved, "COMPLETED"), (&persons.partly, "PARTIALLY_COMPLETED")] {
        tenant.approves(request).await;
        gateway.work().await;
        assert_eq!(tenant.status_of(request).await, end, "decided again, it ends as it did");
    }
    let again = tenant.carries_out("ERASURE", &persons.some, json!({})).await;
    assert_eq!(tenant.status_of(&again).await, "COMPLETED", "whoever was erased again can be erased further");
    gateway.up_to("2033-01-01").await;
    gateway.work().await;
    gateway.on("2033-01-02");
    gateway.work().await;
    assert_eq!(tenant.state_of(&persons.partial).await, "ERASED", "and what a law kept goes on its day");
    assert_eq!(tenant.status_of(&persons.partly).await, "COMPLETED", "of which the request knows");
    assert_eq!(tenant.shown_for(&persons.partial, "BOOKKEEPING").await, GONE);
    assert_eq!(tenant.subject(&persons.kept, "name").await["name"], Value::from("Åsa kvar Exempelsson"));
    gateway.stop().await;
}

async fn keys(gateway: &TestGateway) -> Vec<String> {
    let id = if gateway.databases.postgres.is_some() { "id::text" } else { "hex(id)" };
    gateway.databases.texts(Kind::Keys, &format!("SELECT {id} FROM subject_key ORDER BY 1")).await
}
