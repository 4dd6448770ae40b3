//! What the process counts of itself, for Prometheus. Labels take their values from closed lists, so that the number of series
//! is bounded; nothing tells a tenant, an actor or a person. A new metric is a line of [`COUNTERS`] or [`HISTOGRAMS`] and a
//! method. `docs/metrics.md` lists all.

use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use ::metrics::{counter, describe_counter, describe_histogram, histogram, with_local_recorder};
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle, PrometheusRecorder};

pub use metrics_exporter_prometheus::BuildError as InvalidMetrics;

const REQUESTS: &str = "privacy_gateway_requests_total";
const LIMIT_EXCEEDED: &str = "privacy_gateway_limit_exceeded_total";
const REQUEST_SECONDS: &str = "privacy_gateway_request_duration_seconds";
const OPERATION_COST: &str = "privacy_gateway_operation_cost";
const SUBJECTS_DISCLOSED: &str = "privacy_gateway_subjects_disclosed";

/// Name and meaning.
const COUNTERS: &[(&str, &str)] = &[
    (REQUESTS, "GraphQL requests answered, by API, outcome and code of the first error"),
    (LIMIT_EXCEEDED, "What went beyond a limit: refused (enforce) or let pass (measure)"),
];

/// Name, meaning and upper bounds of the buckets.
const HISTOGRAMS: &[(&str, &str, &[f64])] = &[
    (
        REQUEST_SECONDS,
        "Time from the head of a GraphQL request to its answer, in seconds",
        &[0.001, 0.002_5, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0],
    ),
    (
        OPERATION_COST,
        "Cost of an operation that was charged, in cost units",
        &[1.0, 5.0, 10.0, 25.0, 50.0, 100.0, 250.0, 500.0, 1_000.0, 2_500.0, 5_000.0, 10_000.0],
    ),
    (
        SUBJECTS_DISCLOSED,
        "Distinct data subjects that the answer to an operation of the tenant API discloses",
        &[0.0, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 250.0, 500.0, 1_000.0, 5_000.0],
    ),
];

/// After so many samples they are put into their buckets, so that they do not pile up where nobody reads them.
const FOLD_EVERY: u32 = 4_096;

/// The metrics of one gateway.
pub struct Metrics {
    recorder: PrometheusRecorder,
    handle: PrometheusHandle,
    samples: AtomicU32,
}

/// How a GraphQL request was answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Answered<'a> {
    /// Which API.
    pub api: &'static str,
    /// What became of it.
    pub outcome: &'static str,
    /// The code of the first error, out of the table of codes; `none` without one.
    pub code: &'a str,
}

impl Metrics {
    /// Metrics that stand at zero.
    ///
    /// # Errors
    /// [`InvalidMetrics`] for a histogram without buckets.
    pub fn new() -> Result<Self, InvalidMetrics> {
        let mut builder = PrometheusBuilder::new();
        for (name, _, buckets) in HISTOGRAMS {
            builder = builder.set_buckets_for_metric(Matcher::Full((*name).to_owned()), buckets)?;
        }
        let recorder = builder.build_recorder();
        with_local_recorder(&recorder, || {
            for (name, meaning) in COUNTERS {
                describe_counter!(*name, *meaning);
            }
            for (name, meaning, _) in HISTOGRAMS {
                describe_histogram!(*name, *meaning);
            }
        });
        Ok(Self { handle: recorder.handle(), recorder, samples: AtomicU32::new(0) })
    }

    /// All metrics in Prometheus's text format.
    #[must_use]
    pub fn render(&self) -> String {
        self.handle.render()
    }

    /// A GraphQL request was answered after so long.
    pub fn request(&self, answered: Answered<'_>, took: Duration) {
        let Answered { api, outcome, code } = answered;
        self.record(|| {
            counter!(REQUESTS, "api" => api, "outcome" => outcome, "code" => code.to_owned()).increment(1);
            histogram!(REQUEST_SECONDS, "api" => api, "outcome" => outcome).record(took);
        });
    }

    /// An operation that cost so many units was charged, and this became of it.
    pub fn operation(&self, api: &'static str, outcome: &'static str, cost: u64) {
        self.record(|| histogram!(OPERATION_COST, "api" => api, "outcome" => outcome).record(float(cost)));
    }

    /// An answer disclosed so many persons.
    pub fn disclosed(&self, persons: usize) {
        self.record(|| histogram!(SUBJECTS_DISCLOSED).record(float(persons)));
    }

    /// Something went beyond a limit.
    pub fn limit_exceeded(&self, limit: &'static str, mode: &'static str) {
        self.record(|| counter!(LIMIT_EXCEEDED, "limit" => limit, "mode" => mode).increment(1));
    }

    fn record(&self, what: impl FnOnce()) {
        with_local_recorder(&self.recorder, what);
        if self.samples.fetch_add(1, Ordering::Relaxed) % FOLD_EVERY == FOLD_EVERY - 1 {
            self.handle.run_upkeep();
        }
    }
}

/// Beyond what 32 bits hold every figure is in the last bucket.
fn float(figure: impl TryInto<u32>) -> f64 {
    f64::from(figure.try_into().unwrap_or(u32::MAX))
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    #[test]
    fn each_gateway_counts_for_itself() {
        let (one, other) = (Metrics::new().unwrap(), Metrics::new().unwrap());
        one.limit_exceeded("costPerOperation", "measure");
        one.operation("tenant", "executed", 120);
        let told = one.render();
        let expected = [
            "privacy_gateway_limit_exceeded_total{limit=\"costPerOperation\",mode=\"measure\"} 1",
            "privacy_gateway_operation_cost_bucket{api=\"tenant\",outcome=\"executed\",le=\"100\"} 0",
            "privacy_gateway_operation_cost_bucket{api=\"tenant\",outcome=\"executed\",le=\"250\"} 1",
            "# TYPE privacy_gateway_operation_cost histogram",
        ];
        for line in expected {
            assert!(told.contains(line), "{line} in {told}");
        }
        assert!(!other.render().contains("costPerOperation"));
    }

    #[test]
    fn what_nobody_reads_is_folded_and_not_lost() {
        let metrics = Metrics::new().unwrap();
        for _ in 0..=FOLD_EVERY {
            metrics.disclosed(3);
        }
        let line = format!("{SUBJECTS_DISCLOSED}_count {}", FOLD_EVERY + 1);
        assert!(metrics.render().contains(&line));
    }
}
