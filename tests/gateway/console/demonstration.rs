//! The demonstration's chooser, and no console at all.

use std::net::{Ipv4Addr, TcpListener};
use std::sync::Arc;
use std::time::Duration;

use auth::development::{DevelopmentIssuer, Identity};
use gateway::app::{Role, Running};
use gateway::demo::{DemoTenant, console_roles};
use gateway::service::console::DemoRoles;
use reqwest::Method;
use serde_json::{Value, json};
use support::{TestGateway, on_both_databases};

use super::browser::Browser;

on_both_databases! {
    where_no_console_is_configured_there_is_none,
    in_the_demonstration_a_newcomer_is_whom_they_choose,
}

async fn where_no_console_is_configured_there_is_none(gateway: &TestGateway) {
    for path in
        ["console", "console/", "console/session", "console/sign-in", "console/callback", "console/a/b"]
    {
        assert_eq!(gateway.get(path).await.status, 404, "{path}");
    }
    let browser = Browser::new(gateway);
    let request = browser.own(Method::POST, "/console/session").header("content-type", "application/json");
    assert_eq!(browser.sends(request.body(r#"{"role":"x"}"#)).await.status, 404);
    assert_eq!(browser.asks_something("x").await.status, 404);
}

/// A demonstration beside the gateway, over the same databases.
async fn demonstration(gateway: &TestGateway) -> (Running, String) {
    let tenant = gateway.tenant().await;
    let (id, name) = (tenant.id, "Provtryckeriet AB".to_owned());
    let tenants = [DemoTenant { id, name, subject_ids: Vec::new(), self_subject_id: None }];
    let identity = Identity { issuer: "https://issuer.example".to_owned(), audience: "gateway".to_owned() };
    let issuer = Arc::new(DevelopmentIssuer::load(identity, gateway.folder()).unwrap());
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    let public = base.parse().ok();
    let app = gateway.another(|config| config.server.public_url = public).await;
    let app = app.with_demo_console(DemoRoles { issuer, roles: console_roles(&tenants) });
    (app.serve(listener, Role::Gateway).unwrap(), base)
}

async fn in_the_demonstration_a_newcomer_is_whom_they_choose(gateway: &TestGateway) {
    let (running, base) = demonstration(gateway).await;
    let browser = Browser::new(gateway).led_to(&base);
    let offered = browser.session().await;
    assert_eq!((&offered["state"], &offered["signIn"]), (&json!("signedOut"), &json!("demo")));
    let names: Vec<_> = offered["roles"].as_array().unwrap().iter().map(|role| &role["name"]).collect();
    assert_eq!(names, ["admin", "reader", "marketing"]);
    let role = |name: &str| {
        let roles = offered["roles"].as_array().unwrap();
        roles.iter().find(|role| role["name"] == name).unwrap()["id"].clone()
    };
    let choose = |id: &Value, origin: &str| {
        let request = browser.request(Method::POST, "/console/session").header("origin", origin);
        request.header("content-type", "application/json").body(json!({ "role": id }).to_string())
    };
    for origin in [gateway.address(), "http://evil.example", "null"] {
        assert_eq!(browser.sends(choose(&role("admin"), origin)).await.status, 403, "{origin}");
    }
    assert_eq!(browser.sends(choose(&json!("nobody"), &base)).await.status, 400);
    let plain = browser.request(Method::POST, "/console/session").header("origin", &base);
    let plain = plain.header("content-type", "text/plain").body(json!({ "role": role("admin") }).to_string());
    assert_eq!(browser.sends(plain).await.status, 415);
    assert!(browser.cookies().is_empty());

    for (name, scopes) in [("admin", 18), ("marketing", 2), ("reader", 1)] {
        let answer = browser.sends(choose(&role(name), &base)).await;
        assert_eq!(answer.status, 200, "{}", answer.text());
        assert_eq!(answer.at("/state"), "signedIn");
        assert_eq!(answer.at("/scopes").as_array().unwrap().len(), scopes, "{name}");
        let set = answer.header("set-cookie");
        assert!(set.contains("HttpOnly; SameSite=Strict") && !set.contains("Secure"), "{set}");
        assert_eq!(browser.cookies().len(), 1);
    }
    let localhost = base.replace("127.0.0.1", "localhost");
    assert_eq!(
        browser.sends(choose(&role("admin"), &localhost)).await.status,
        200,
        "the machine's other name"
    );
    gateway.clock.advance(Duration::from_mins(29));
    assert_eq!(browser.session().await["actor"], "demo-admin");
    gateway.clock.advance(Duration::from_mins(30));
    assert_eq!(browser.session().await["state"], "signedOut");
    running.stop().await;
}
