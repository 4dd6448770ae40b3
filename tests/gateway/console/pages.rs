//! The console's page and files.

use std::path::Path;

use support::TestGateway;

use super::issuer::Issuer;
use super::with_an_issuer;

with_an_issuer! { every_place_within_the_console_is_one_page_that_runs_nothing_foreign }

async fn every_place_within_the_console_is_one_page_that_runs_nothing_foreign(
    gateway: &TestGateway,
    _: &Issuer,
) {
    let moved = gateway.get("console").await;
    assert_eq!((moved.status, moved.header("location").as_str()), (308, "/console/"));
    let page = gateway.get("console/").await;
    for path in ["console/", "console/requests", "console/requests/rights_request_x", "console/?error=stale"]
    {
        let answer = gateway.get(path).await;
        assert_eq!((answer.status, &answer.body), (200, &page.body), "{path}");
        assert_eq!(answer.header("cache-control"), "no-store", "{path}");
        let policy = answer.header("content-security-policy");
        for part in ["default-src 'none'", "script-src 'self';", "frame-ancestors 'none'", "base-uri 'none'"]
        {
            assert!(policy.contains(part), "{path}: {policy}");
        }
        assert!(!policy.contains("unsafe") && !policy.contains("http"), "{policy}");
        for (name, value) in [
            ("x-content-type-options", "nosniff"),
            ("referrer-policy", "no-referrer"),
            ("cross-origin-opener-policy", "same-origin"),
            ("cross-origin-resource-policy", "same-origin"),
        ] {
            assert_eq!(answer.header(name), value, "{path}");
        }
        assert!(!answer.header("permissions-policy").is_empty());
    }
    for path in ["console/documents.json", "console/none.js", "console/assets/none.js", "console/assets/"] {
        assert_eq!(gateway.get(path).await.status, 404, "{path}");
    }
    let assets = Path::new(env!("CARGO_MANIFEST_DIR")).join("console/dist/assets");
    for asset in std::fs::read_dir(assets).unwrap() {
        let name = asset.unwrap().file_name().into_string().unwrap();
        let answer = gateway.get(&format!("console/assets/{name}")).await;
        let cache = answer.header("cache-control");
        assert_eq!((answer.status, cache.as_str()), (200, "public, max-age=31536000, immutable"), "{name}");
    }
    for path in ["console/session", "console/sign-in"] {
        assert_eq!(gateway.get(path).await.header("cache-control"), "no-store", "{path}");
    }
}
