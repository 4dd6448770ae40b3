//! `/healthz`: the process is alive. `/readyz`: everything that it needs is in order, or which part is not.

use std::time::{Duration, Instant};

use actix_web::{HttpResponse, web};
use futures::join;
use serde_json::{Map, Value, json};
use tokio::sync::Mutex;
use tokio::time::timeout;

use super::surface::Surface;

/// How long a finding counts, so that whoever asks often does not keep the databases busy.
const COUNTS_FOR: Duration = Duration::from_millis(500);
/// What takes longer to answer is not in order.
const PATIENCE: Duration = Duration::from_secs(3);

/// The checks in the order in which they are told, and whether each is in order.
type Findings = [(&'static str, bool); 4];

/// The newest findings and when they were made.
#[derive(Default)]
pub struct LastCheck(Mutex<Option<(Instant, Findings)>>);

/// The process is alive.
pub async fn alive() -> HttpResponse {
    HttpResponse::Ok().json(json!({ "status": "alive" }))
}

/// Whether requests can be answered.
pub async fn ready(surface: web::Data<Surface>) -> HttpResponse {
    let findings = findings(&surface).await;
    let ready = findings.iter().all(|(_, in_order)| *in_order);
    let mut answer = if ready { HttpResponse::Ok() } else { HttpResponse::ServiceUnavailable() };
    answer.json(report(&findings))
}

async fn findings(surface: &web::Data<Surface>) -> Findings {
    let mut last = surface.last_check.0.lock().await;
    if let Some((at, findings)) = *last
        && at.elapsed() < COUNTS_FOR
    {
        return findings;
    }
    let findings = surface.to_its_end(Box::pin(check(surface.clone()))).await.unwrap_or(NOTHING);
    *last = Some((Instant::now(), findings));
    findings
}

const NOTHING: Findings =
    [("database", false), ("keyStore", false), ("migrations", false), ("issuerKeys", false)];

async fn check(surface: web::Data<Surface>) -> Findings {
    let store = &surface.gateway.store;
    let (database, key_store, migrations) = join!(
        in_order("database", store.ping_data()),
        in_order("keyStore", store.ping_keys()),
        in_order("migrations", store.check_migrated()),
    );
    let issuer_keys = surface.authenticator.readiness().iter().all(|issuer| issuer.keys > 0);
    [("database", database), ("keyStore", key_store), ("migrations", migrations), ("issuerKeys", issuer_keys)]
}

async fn in_order<E: std::fmt::Display>(name: &str, check: impl Future<Output = Result<(), E>>) -> bool {
    match timeout(PATIENCE, check).await {
        Ok(Ok(())) => true,
        Ok(Err(error)) => {
            tracing::warn!(check = name, %error, "not ready");
            false
        }
        Err(_) => {
            tracing::warn!(check = name, "not ready: no answer in time");
            false
        }
    }
}

fn report(findings: &Findings) -> Value {
    let ready = findings.iter().all(|(_, in_order)| *in_order);
    let word = |in_order| if in_order { "ok" } else { "failed" };
    let checks: Map<_, _> =
        findings.iter().map(|(name, in_order)| ((*name).to_owned(), json!(word(*in_order)))).collect();
    json!({ "status": if ready { "ready" } else { "not ready" }, "checks": checks })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_report_names_what_is_not_in_order() {
        let mut findings = NOTHING.map(|(name, _)| (name, true));
        assert_eq!(report(&findings)["status"], "ready");
        findings[1].1 = false;
        let report = report(&findings);
        assert_eq!(report["status"], "not ready");
        assert_eq!(report["checks"]["keyStore"], "failed");
        assert_eq!(report["checks"]["database"], "ok");
    }
}
