//! Export files by link: no token, an hour, a few uses, and nothing in a cache.

use std::time::Duration;

use reqwest::Method;
use serde_json::json;
use support::{TestGateway, complete_person, on_both_databases};

on_both_databases! {
    a_link_works_without_a_token_a_few_times,
    a_link_ends_after_an_hour,
    only_fetching_uses_a_link_up,
    a_link_that_was_never_issued_gives_nothing,
    a_package_is_destroyed_when_its_time_is_over,
    a_person_without_the_scope_gets_no_link,
}

async fn a_link_works_without_a_token_a_few_times(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let person = tenant.registers(complete_person("fil")).await;
    let request = tenant.answers_access(&person).await;
    let (one, other) = (tenant.link(&request, "JSON").await, tenant.link(&request, "JSON").await);
    assert_ne!(one, other, "each link counts for itself");
    for _ in 0..3 {
        let file = gateway.get(&one).await;
        assert_eq!(file.status, 200);
        assert_eq!(file.header("cache-control"), "no-store");
        assert_eq!(file.header("x-content-type-options"), "nosniff");
        assert!(file.header("content-disposition").starts_with("attachment"), "{:?}", file.headers);
        assert!(file.text().contains("Åsa fil Exempelsson"));
    }
    let used_up = gateway.get(&one).await;
    assert_eq!(used_up.status, 410);
    assert!(!used_up.text().contains("Exempelsson"));
    assert_eq!(gateway.get(&other).await.status, 200);
}

async fn a_link_ends_after_an_hour(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let person = tenant.registers(complete_person("fil")).await;
    let request = tenant.answers_access(&person).await;
    let link = tenant.link(&request, "PDF").await;
    gateway.clock.advance(Duration::from_hours(1) - Duration::from_millis(1));
    assert_eq!(gateway.get(&link).await.status, 200);
    gateway.clock.advance(Duration::from_millis(1));
    assert_eq!(gateway.get(&link).await.status, 410);
    assert_eq!(gateway.get(&tenant.link(&request, "PDF").await).await.status, 200, "a new one can be had");
}

async fn only_fetching_uses_a_link_up(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let person = tenant.registers(complete_person("fil")).await;
    let request = tenant.answers_access(&person).await;
    let link = tenant.link(&request, "JSON").await;
    for method in [Method::HEAD, Method::OPTIONS, Method::POST, Method::HEAD, Method::HEAD, Method::HEAD] {
        let answer = gateway.send(gateway.request(method.clone(), &link)).await;
        assert!(!answer.text().contains("Exempelsson"), "{method}");
    }
    for _ in 0..3 {
        assert_eq!(gateway.get(&link).await.status, 200);
    }
}

async fn a_link_that_was_never_issued_gives_nothing(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let person = tenant.registers(complete_person("fil")).await;
    let request = tenant.answers_access(&person).await;
    let link = tenant.link(&request, "JSON").await;
    let (head, ticket) = link.rsplit_once('/').unwrap();
    let mut changed = ticket.to_owned();
    changed.replace_range(20..21, if &ticket[20..21] == "A" { "B" } else { "A" });
    let absent = gateway.get("downloads/AAAA").await;
    assert_eq!(absent.status, 404);
    let message = |answer: &support::Answer| answer.at("/errors/0/message");
    for wrong in
        [changed, ticket[1..].to_owned(), format!("{ticket}A"), "A".repeat(3_000), person, request.clone()]
    {
        let answer = gateway.get(&format!("{head}/{wrong}")).await;
        assert_eq!((answer.status, message(&answer)), (404, message(&absent)), "{wrong}");
    }
    assert_eq!(gateway.get(&link).await.status, 200);
}

async fn a_package_is_destroyed_when_its_time_is_over(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let person = tenant.registers(complete_person("fil")).await;
    let request = tenant.answers_access(&person).await;
    gateway.clock.advance(Duration::from_hours(168) - Duration::from_secs(1));
    gateway.work().await;
    let link = tenant.link(&request, "JSON").await;
    assert_eq!(gateway.get(&link).await.status, 200, "a week");
    let count = "SELECT count(*) || '' FROM export_file";
    assert_eq!(gateway.databases.texts(support::Kind::Data, count).await, ["3"]);
    gateway.clock.advance(Duration::from_secs(1));
    assert_eq!(gateway.get(&link).await.status, 410, "no link outlives its package");
    gateway.work().await;
    assert_eq!(gateway.databases.texts(support::Kind::Data, count).await, ["0"]);
    let text = "query($id: ID!) { rightsRequest(id: $id) { status package { formats } } }";
    let answer = tenant.admin().query(text, json!({ "id": request })).await;
    assert_eq!(answer.data("/rightsRequest"), json!({ "status": "COMPLETED", "package": null }));
}

async fn a_person_without_the_scope_gets_no_link(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let (me, other) =
        (tenant.registers(complete_person("jag")).await, tenant.registers(complete_person("du")).await);
    let request = tenant.answers_access(&me).await;
    let text = "query($id: ID!) { rightsRequest(id: $id) { package { downloadUrl(format: JSON) } } }";
    for (caller, code) in [
        (tenant.staff("subjects:read"), "FORBIDDEN"),
        (tenant.person_with(&me, "self:request"), "FORBIDDEN"),
        (tenant.person(&other), ""),
        (tenant.person(&me), ""),
    ] {
        let answer = caller.query(text, json!({ "id": request })).await;
        assert_eq!(answer.code(), code);
    }
    let stranger = tenant.person(&other).query(text, json!({ "id": request })).await;
    assert_eq!(stranger.data("/rightsRequest"), serde_json::Value::Null);
    let own = tenant.person(&me).query(text, json!({ "id": request })).await;
    assert!(own.string("/rightsRequest/package/downloadUrl").starts_with(gateway.address()));
}
