//! What a worker would do, done when a test asks for it, and what the gateway counts meanwhile.

#![expect(clippy::expect_used, reason = "a test fails by panicking")]

use gateway::worker;

use crate::test_gateway::{LEASE, TestGateway};

impl TestGateway {
    /// What the gateway counts of itself, as Prometheus reads it.
    #[must_use]
    pub fn metrics(&self) -> String {
        self.metrics.render()
    }

    /// Does all the work that is due.
    ///
    /// # Panics
    /// When the queue cannot be read, or does not come to an end.
    pub async fn work(&self) {
        for _ in 0..1_000 {
            if !worker::work_once(self.service(), LEASE).await.expect("the queue can be read") {
                // What cannot be sequenced now waits for the next round, as it does of a worker.
                let _waits = worker::sequencing::sequence_all(self.service()).await;
                return;
            }
        }
        unreachable!("the queue of due work does not end");
    }

    /// Gives every entry of the audit logs its place; says how many there were.
    ///
    /// # Panics
    /// When the database fails.
    pub async fn sequence(&self) -> u64 {
        worker::sequencing::sequence_all(self.service()).await.expect("the logs can be grown")
    }

    /// Makes all deliveries that are due; says how many were tried.
    ///
    /// # Panics
    /// When the queue cannot be read, or does not come to an end.
    pub async fn deliver(&self) -> usize {
        for tried in 0..1_000 {
            if !worker::delivery::deliver_once(self.service(), LEASE).await.expect("the queue can be read") {
                return tried;
            }
        }
        unreachable!("the queue of deliveries does not end");
    }

    /// Sends all notices that are due; says how many were tried.
    ///
    /// # Panics
    /// When the queue cannot be read, or does not come to an end.
    pub async fn send_notices(&self) -> usize {
        for tried in 0..1_000 {
            if !worker::mail::send_once(self.service(), LEASE).await.expect("the queue can be read") {
                return tried;
            }
        }
        unreachable!("the queue of notices does not end");
    }

    /// Does due work until a worker comes by a place and dies there; says whether one did. The lease that it held runs
    /// on.
    ///
    /// # Panics
    /// When the queue cannot be read, or does not come to an end.
    pub async fn dies_at(&self, place: &'static str) -> bool {
        for _ in 0..1_000 {
            let worked = store::failpoint::stop_at(place, worker::work_once(self.service(), LEASE)).await;
            let Ok(worked) = worked else {
                self.databases.come_to_rest().await;
                return true;
            };
            if !worked.expect("the queue can be read") {
                return false;
            }
        }
        unreachable!("the queue of due work does not end");
    }
}
