//! How long a session lasts, and what is left of it.

use std::net::{Ipv4Addr, TcpListener};
use std::time::Duration;

use futures::future::join_all;
use gateway::app::Role;
use jiff::ToSpan as _;
use support::{Canary, Kind, Search, TestGateway};

use super::browser::Browser;
use super::issuer::Issuer;
use super::with_an_issuer;

with_an_issuer! {
    a_session_ends_when_it_is_not_used_and_at_the_latest_at_its_last_hour,
    a_token_is_renewed_before_it_ends_and_once_by_all_who_ask,
    a_session_whose_token_cannot_be_renewed_ends_with_it,
    an_issuer_that_is_out_of_order_costs_no_session,
    a_token_that_is_no_longer_believed_opens_nothing,
    two_gateways_share_the_sessions,
    signing_out_ends_the_session_here_and_says_where_it_ends_at_the_issuer,
    one_person_has_ten_sessions_at_most,
    neither_the_database_nor_the_log_tells_a_token_or_a_name,
}

async fn signed_in<'g>(gateway: &'g TestGateway, issuer: &Issuer) -> Browser<'g> {
    if issuer.with(|known| known.tenant.is_none()) {
        let tenant = gateway.tenant().await;
        issuer.with(|known| known.tenant = Some(tenant.id));
    }
    let browser = Browser::new(gateway);
    assert_eq!(browser.signs_in(issuer).await.header("location"), "/console/requests?status=OPEN");
    browser
}

async fn goes_on(browser: &Browser<'_>) -> bool {
    browser.session().await["state"] == "signedIn"
}

async fn a_session_ends_when_it_is_not_used_and_at_the_latest_at_its_last_hour(
    gateway: &TestGateway,
    issuer: &Issuer,
) {
    issuer.with(|known| known.lifetime = Duration::from_hours(24));
    let (used, idle) = (signed_in(gateway, issuer).await, signed_in(gateway, issuer).await);
    let csrf = used.csrf().await;
    let ends = gateway.now() + 8.hours();
    while gateway.now() + 29.minutes() < ends {
        gateway.clock.advance(Duration::from_mins(29));
        assert_eq!(used.asks_something(&csrf).await.status, 200, "{}", gateway.now());
    }
    assert!(!goes_on(&idle).await);
    gateway.clock.set(ends - 1.milliseconds());
    assert_eq!(used.asks_something(&csrf).await.status, 200);
    gateway.clock.set(ends);
    let over = used.asks_something(&csrf).await;
    assert_eq!((over.status, over.code().as_str()), (401, "UNAUTHENTICATED"));
    assert!(!goes_on(&used).await);

    let idle = signed_in(gateway, issuer).await;
    let csrf = idle.csrf().await;
    gateway.clock.advance(Duration::from_mins(30));
    assert_eq!(idle.asks_something(&csrf).await.status, 401);
    let kept = async || gateway.databases.texts(Kind::Data, "SELECT digest FROM console_session").await;
    let former = kept().await;
    signed_in(gateway, issuer).await;
    let now = kept().await;
    assert!(now.len() == 1 && now != former, "what is over goes by itself: {former:?}, {now:?}");
}

async fn a_token_is_renewed_before_it_ends_and_once_by_all_who_ask(gateway: &TestGateway, issuer: &Issuer) {
    let browser = signed_in(gateway, issuer).await;
    let csrf = browser.csrf().await;
    for renewals in 1..4 {
        gateway.clock.advance(Duration::from_mins(18));
        assert_eq!(browser.asks_something(&csrf).await.status, 200);
        assert_eq!(issuer.with(|known| known.refreshes), renewals - 1, "it lasts a while yet");
        // Between its last minute and its end, and after it.
        gateway.clock.advance(Duration::from_secs(if renewals % 2 == 0 { 90 } else { 200 }));
        let asked = join_all((0..4).map(|_| browser.asks_something(&csrf))).await;
        assert!(asked.iter().all(|answer| answer.status == 200), "{renewals}");
        assert_eq!(issuer.with(|known| known.refreshes), renewals, "a refresh token is used once");
    }
    // Whoever else the issuer's new token is for does not get into the session.
    issuer.with(|known| "somebody else".clone_into(&mut known.actor));
    gateway.clock.advance(Duration::from_mins(20));
    assert_eq!(browser.asks_something(&csrf).await.status, 401);
    assert!(!goes_on(&browser).await);
}

async fn a_session_whose_token_cannot_be_renewed_ends_with_it(gateway: &TestGateway, issuer: &Issuer) {
    issuer.with(|known| known.gives_refresh_tokens = false);
    let without = signed_in(gateway, issuer).await;
    issuer.with(|known| known.gives_refresh_tokens = true);
    let refused = signed_in(gateway, issuer).await;
    // A later sign-in takes its place at this issuer, so that the earlier one's is refused.
    signed_in(gateway, issuer).await;
    gateway.clock.advance(Duration::from_secs(20 * 60 - 1));
    assert!(goes_on(&without).await);
    gateway.clock.advance(Duration::from_secs(31));
    assert!(!goes_on(&without).await, "without a refresh token");
    assert!(!goes_on(&refused).await, "with one that is refused");
}

async fn an_issuer_that_is_out_of_order_costs_no_session(gateway: &TestGateway, issuer: &Issuer) {
    let browser = signed_in(gateway, issuer).await;
    let csrf = browser.csrf().await;
    issuer.with(|known| known.status = 500);
    gateway.clock.advance(Duration::from_secs(20 * 60 - 30));
    assert_eq!(browser.asks_something(&csrf).await.status, 200, "the token has not ended yet");
    gateway.clock.advance(Duration::from_mins(2));
    let waits = browser.asks_something(&csrf).await;
    assert_eq!((waits.status, waits.code().as_str()), (503, "OVERLOADED"));
    assert!(!waits.header("retry-after").is_empty());
    issuer.with(|known| known.status = 200);
    assert_eq!(browser.asks_something(&csrf).await.status, 200);
}

async fn a_token_that_is_no_longer_believed_opens_nothing(gateway: &TestGateway, issuer: &Issuer) {
    let browser = signed_in(gateway, issuer).await;
    let csrf = browser.csrf().await;
    issuer.withdraws_its_key().await;
    gateway.authenticator().refresh().await;
    assert_eq!(browser.asks_something(&csrf).await.status, 401);
    assert!(!goes_on(&browser).await);
}

async fn two_gateways_share_the_sessions(gateway: &TestGateway, issuer: &Issuer) {
    let browser = signed_in(gateway, issuer).await;
    let csrf = browser.csrf().await;
    let public = gateway.address().parse().ok();
    let app = gateway.another(|config| config.server.public_url = public).await;
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    let running = app.serve(listener, Role::Gateway).unwrap();
    let other = browser.led_to(&base);
    assert_eq!(other.asks_something(&csrf).await.status, 200);
    gateway.clock.advance(Duration::from_secs(20 * 60 + 40));
    let both = futures::join!(browser.asks_something(&csrf), other.asks_something(&csrf));
    assert_eq!((both.0.status, both.1.status), (200, 200));
    assert_eq!(issuer.with(|known| known.refreshes), 1);
    assert!([200, 204].contains(&other.signs_out(&csrf).await.status));
    assert_eq!(browser.asks_something(&csrf).await.status, 401);
    running.stop().await;
}

async fn signing_out_ends_the_session_here_and_says_where_it_ends_at_the_issuer(
    gateway: &TestGateway,
    issuer: &Issuer,
) {
    let browser = signed_in(gateway, issuer).await;
    let csrf = browser.csrf().await;
    let (name, value) = browser.session_cookie().unwrap();
    let left = browser.signs_out(&csrf).await;
    let elsewhere = left.at("/endSession");
    let elsewhere = elsewhere.as_str().unwrap();
    assert!(elsewhere.starts_with(&format!("{}/logout?client_id=console", issuer.uri())), "{elsewhere}");
    assert!(browser.session_cookie().is_none(), "the cookie is taken away");
    browser.keeps(&name, &value);
    assert!(!goes_on(&browser).await, "and would open nothing");
    let again = browser.signs_out(&csrf).await;
    assert_eq!(again.status, 204, "{}", again.text());
}

async fn one_person_has_ten_sessions_at_most(gateway: &TestGateway, issuer: &Issuer) {
    let first = signed_in(gateway, issuer).await;
    let mut others = Vec::new();
    for _ in 0..10 {
        gateway.clock.advance(Duration::from_millis(1));
        others.push(signed_in(gateway, issuer).await);
    }
    issuer.with(|known| "another@provstad.example".clone_into(&mut known.actor));
    let another = signed_in(gateway, issuer).await;
    assert!(!goes_on(&first).await, "the oldest one ends");
    for browser in others.iter().chain([&another]) {
        assert!(goes_on(browser).await);
    }
}

async fn neither_the_database_nor_the_log_tells_a_token_or_a_name(gateway: &TestGateway, issuer: &Issuer) {
    let actor = "zqpia.handlaggareqz@provstad.example";
    issuer.with(|known| actor.clone_into(&mut known.actor));
    let watch = Canary::new(actor).watch();
    let refresh = Canary::new("zqrefresh0of1qz").watch();
    let browser = signed_in(gateway, issuer).await;
    let (_, cookie) = browser.session_cookie().unwrap();
    let secrets = [Canary::new(cookie.clone()).watch(), Canary::new(browser.csrf().await).watch()];
    let csrf = browser.csrf().await;
    browser.asks_something(&csrf).await;
    gateway.clock.advance(Duration::from_mins(20));
    browser.asks_something(&csrf).await;

    let mut canaries = vec![Canary::new(actor), Canary::new(cookie), Canary::new(csrf)];
    canaries.extend(issuer.with(|known| known.given.clone()).into_iter().map(Canary::new));
    assert!(canaries.len() >= 8, "{}", canaries.len());
    let search = Search::new(&canaries);
    for (place, bytes) in gateway.databases.everything_on_disk().await {
        let found = search.run(&bytes);
        assert!(found.is_empty(), "{found:?} in {place}");
    }
    for watch in secrets.iter().chain([&watch, &refresh]) {
        assert_eq!(watch.lines(), 0, "{} in the log", watch.canary.text);
    }
    let sealed = gateway.databases.texts(Kind::Data, "SELECT digest FROM console_session").await;
    assert_eq!(sealed.len(), 1, "what was looked for is there");
}
