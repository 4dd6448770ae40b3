//! Budgets in cost units, and where they are shown.

use super::Findings;
use crate::config::{Config, MetricsListen};

/// Beyond this the time between two units is too short to be counted.
const MOST: u64 = 100_000_000;

pub(super) fn check(config: &Config, findings: &mut Findings<'_>) {
    let limits = &config.limits;
    for (key, value) in [
        ("limits.cost_per_minute_token", limits.cost_per_minute_token),
        ("limits.cost_per_minute_tenant", limits.cost_per_minute_tenant),
    ] {
        let value = u64::from(value);
        if !(1..=MOST).contains(&value) {
            findings.form(key, format!("expected a number from 1 to {MOST}"));
        } else if value < limits.cost {
            let text = format!(
                "is less than one operation may cost: give at least limits.cost, which is {}",
                limits.cost
            );
            findings.form(key, text);
        }
    }
    if let MetricsListen::At(address) = config.metrics.listen {
        if !address.ip().is_loopback() {
            let text = "metrics are shown to whoever reaches this address, without a token";
            findings.warn("metrics.listen", text);
        }
        if address.port() != 0 && address == config.server.listen {
            findings.form("metrics.listen", "is the address of server.listen: give another port");
        }
    }
}
