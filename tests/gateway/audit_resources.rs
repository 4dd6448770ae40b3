//! Who may read the log's static resources: whoever may read `auditCheckpoint`, and of their own tenant's log alone.

use reqwest::Method;
use serde_json::{Value, json};
use support::{Answer, Caller, Terms, TestGateway, complete_person, on_both_databases};

use crate::audit_mirror::fetch;

on_both_databases! {
    whoever_reads_the_head_through_the_api_reads_the_resources,
    another_tenants_log_is_answered_like_one_that_never_was,
    a_path_that_is_none_names_nothing,
    resources_can_be_read_and_nothing_else,
}

/// One of each kind.
const RESOURCES: [&str; 4] = ["checkpoint", "verifier-keys", "tile/0/000.p/1", "tile/entries/000.p/1"];

async fn reads(gateway: &TestGateway, caller: &Caller<'_>, address: &str) -> Answer {
    gateway.send(caller.request(Method::GET, address)).await
}

async fn whoever_reads_the_head_through_the_api_reads_the_resources(gateway: &TestGateway) {
    let [tenant, leaving, closed] = [gateway.tenant().await, gateway.tenant().await, gateway.tenant().await];
    let person = tenant.registers(complete_person("lasare")).await;
    let unsigned = gateway.tenant_with(Terms { agreed: None, ..Terms::default() }).await;
    leaving.leaves().await;
    closed.is_closed().await;
    gateway.sequence().await;
    let (nobody, never) = (gateway.with_token("nonsense"), gateway.no_tenant());
    for (who, tenant, caller, status, code) in [
        ("staff with the scope", &tenant, tenant.staff("audit:read"), 200, ""),
        ("a tenant that is leaving", &leaving, leaving.staff("audit:read"), 200, ""),
        ("staff without it", &tenant, tenant.staff("subjects:read rights:read"), 403, "FORBIDDEN"),
        ("a person", &tenant, tenant.person(&person), 403, "FORBIDDEN"),
        (
            "a person who asks for it",
            &tenant,
            tenant.person_with(&person, "self:read audit:read"),
            403,
            "FORBIDDEN",
        ),
        ("a tenant without an agreement", &unsigned, unsigned.staff("audit:read"), 403, "AGREEMENT_REQUIRED"),
        ("no scope and no agreement", &unsigned, unsigned.staff("agreements:read"), 403, "FORBIDDEN"),
        ("a closed tenant", &closed, closed.staff("audit:read"), 403, "TENANT_NOT_SERVED"),
        ("a tenant that does not exist", &never, never.staff("audit:read"), 401, "UNAUTHENTICATED"),
        ("nobody", &tenant, nobody, 401, "UNAUTHENTICATED"),
    ] {
        let head = caller.query("{ auditCheckpoint { treeSize } }", Value::Null).await;
        assert_eq!(head.code(), code, "{who}");
        for path in RESOURCES {
            let answer = reads(gateway, &caller, &format!("audit/{}/{path}", tenant.id)).await;
            let told = if answer.status == 200 { String::new() } else { answer.code() };
            assert_eq!((answer.status, told.as_str()), (status, code), "{who}, {path}");
            if status != 200 {
                assert_eq!(answer.header("cache-control"), "no-store", "{who}, {path}");
                let required = answer.at("/errors/0/extensions/requiredScopes");
                let named = if code == "FORBIDDEN" { json!([["audit:read"]]) } else { Value::Null };
                assert_eq!(required, named, "{who}, {path}");
            }
        }
    }
    let anonymous = gateway.get(&format!("audit/{}/checkpoint", tenant.id)).await;
    assert_eq!(anonymous.status, 401);
    assert_eq!(anonymous.header("www-authenticate"), "Bearer error=\"invalid_token\"");
}

type Headers = Vec<(String, Vec<u8>)>;

/// All of an answer but what differs between any two.
fn seen(answer: &Answer) -> (u16, Vec<u8>, Headers) {
    let own = |name: &str| name == "x-request-id" || name == "date";
    let headers = answer.headers.iter().filter(|(name, _)| !own(name.as_str()));
    let mut headers: Vec<_> =
        headers.map(|(name, value)| (name.to_string(), value.as_bytes().to_vec())).collect();
    headers.sort();
    (answer.status, answer.body.clone(), headers)
}

async fn another_tenants_log_is_answered_like_one_that_never_was(gateway: &TestGateway) {
    let (own, other) = (gateway.tenant().await, gateway.tenant().await);
    gateway.sequence().await;
    let absent = seen(&reads(gateway, &own.admin(), "nothing/here").await);
    assert_eq!(absent.0, 404);
    let never = gateway.no_tenant().id.to_string();
    let spelt = own.id.to_string().to_uppercase();
    for caller in [own.staff("audit:read"), own.staff("subjects:read")] {
        for tenant in [other.id.to_string(), never.clone(), spelt.clone(), "nonsense".to_owned()] {
            for path in RESOURCES.into_iter().chain(["nonsense"]) {
                let answer = reads(gateway, &caller, &format!("audit/{tenant}/{path}")).await;
                assert_eq!(seen(&answer), absent, "{tenant} {path}");
            }
        }
    }
    assert_eq!(fetch(&other, "checkpoint").await.status, 200, "its own tenant reads it");
}

async fn a_path_that_is_none_names_nothing(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    gateway.sequence().await;
    let absent = seen(&reads(gateway, &tenant.admin(), "nothing/here").await);
    let (long, deep) = ("9".repeat(3_000), "x999/".repeat(600));
    for path in [
        "",
        "/",
        "checkpoint/",
        "/checkpoint",
        "Checkpoint",
        "checkpoints",
        "checkpoint/x",
        "verifier-keys/x",
        "tile",
        "tile/",
        "tile/0",
        "tile/0/",
        "tile/0/0",
        "tile/0/0000",
        "tile/00/000.p/1",
        "tile/64/000.p/1",
        "tile/256/000.p/1",
        "tile/-1/000.p/1",
        "tile/+0/000.p/1",
        "tile/8/0/000.p/1",
        "tile/data/000.p/1",
        "tile//000.p/1",
        "tile/0/x000/000.p/1",
        "tile/0/x000.p/1",
        "tile/0/000.p/0",
        "tile/0/000.p/256",
        "tile/0/000.p/01",
        "tile/0/000.p/-1",
        "tile/0/000.p/70000",
        "tile/0/000.p/",
        "tile/0/000.p/1/",
        "tile/0/000.p%2F1",
        "tile/0/%F0%9F%A6%80.p/1",
        "tile/0/%FF.p/1",
        "tile/0/000.p/1%00",
        "tile/entries/000.p/0",
        "tile/entries/000.p/256",
        "tile/entries/x000/000.p/1",
        &format!("tile/0/{long}"),
        &format!("tile/entries/{deep}999"),
    ] {
        assert_eq!(seen(&fetch(&tenant, path).await), absent, "{path}");
    }
    for path in RESOURCES {
        assert_eq!(fetch(&tenant, path).await.status, 200, "{path}");
    }
}

async fn resources_can_be_read_and_nothing_else(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    gateway.sequence().await;
    let staff = tenant.staff("audit:read");
    for path in RESOURCES {
        let address = format!("audit/{}/{path}", tenant.id);
        for method in [Method::POST, Method::PUT, Method::PATCH, Method::DELETE, Method::OPTIONS] {
            let answer = gateway.send(staff.request(method.clone(), &address)).await;
            assert_eq!(
                (answer.status, answer.header("allow").as_str()),
                (405, "GET, HEAD"),
                "{method} {path}"
            );
        }
        let (whole, head) = (
            reads(gateway, &staff, &address).await,
            gateway.send(staff.request(Method::HEAD, &address)).await,
        );
        assert!(!whole.body.is_empty() && head.body.is_empty(), "{path}");
        assert_eq!((head.status, seen(&head).2), (200, seen(&whole).2), "{path}");
    }
}

#[test]
fn a_mirror_that_asks_too_often_is_told_to_wait() {
    support::run(async {
        let gateway = TestGateway::sqlite_with(|config| config.limits.requests_per_minute = 5).await;
        let tenant = gateway.tenant().await;
        let address = format!("audit/{}/checkpoint", tenant.id);
        let busy = tenant.named("busy", "audit:read");
        let mut answers = Vec::new();
        for _ in 0..8 {
            answers.push(reads(&gateway, &busy, &address).await);
        }
        let limited: Vec<_> = answers.iter().filter(|answer| answer.status == 429).collect();
        assert!((2..=3).contains(&limited.len()), "{}", limited.len());
        assert_eq!(limited[0].code(), "RATE_LIMITED");
        assert!(limited[0].header("retry-after").parse::<u32>().is_ok_and(|seconds| seconds > 0));
        let other = reads(&gateway, &tenant.named("other", "audit:read"), &address).await;
        assert_eq!(other.status, 200, "others are not kept waiting");
        gateway.stop().await;
    });
}
