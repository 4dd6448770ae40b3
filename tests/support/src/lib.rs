//! The running gateway as tests see it: both databases, a settable clock, callers with real tokens.
//!
//! ```no_run
//! support::on_both_databases! { a_registered_person_can_be_read }
//!
//! async fn a_registered_person_can_be_read(gateway: &support::TestGateway) {
//!     let tenant = gateway.tenant().await;
//!     let person = tenant.registers(support::person("Ada Exempelsson")).await;
//!     let answer = tenant.staff("subjects:read").reads(&person).await;
//!     assert_eq!(answer.data("/dataSubject/name"), "Ada Exempelsson");
//! }
//! ```

#![expect(clippy::missing_panics_doc, reason = "everything here panics, which is how a test fails")]

mod agreement;
mod answer;
mod attacks;
mod caller;
mod canary;
mod certificate;
mod database;
mod due_work;
mod entropy;
mod folder;
mod holdings;
mod log;
mod persons;
pub mod postgres;
mod rights;
mod socket;
mod tenant;
mod tenant_export;
mod test_gateway;

pub use answer::{Answer, decoded};
pub use attacks::{Attack, attacks};
pub use caller::Caller;
pub use canary::{Canary, Search};
pub use certificate::certificate;
pub use database::{Databases, Kind, run_statements};
pub use entropy::SeededEntropy;
pub use holdings::{MEMBERS, PURPOSES, VALUES, shown};
pub use log::Watch;
pub use persons::{complete_person, person};
pub use rights::{AT_ONCE, DECIDED, OUTCOMES, STEPS, submission, told, with};
pub use socket::{Frame, Socket, init, subscribe};
pub use tenant::{Tenant, Terms, done_by_the_platform, new_tenant};
pub use tenant_export::{EXPORT, Unpacked};
pub use test_gateway::{LEASE, TestGateway, begins};

#[doc(hidden)]
pub use tokio;

/// Makes two test cases of each function named, one on SQLite and one on PostgreSQL. A function takes the running
/// gateway; one that is not named is unused code, which the lints refuse.
#[macro_export]
macro_rules! on_both_databases {
    ($($name:ident),+ $(,)?) => {
        mod on_sqlite {
            $(
                #[test]
                fn $name() {
                    $crate::on_sqlite(async |gateway| super::$name(gateway).await);
                }
            )+
        }

        mod on_postgres {
            $(
                #[test]
                fn $name() {
                    $crate::on_postgres(stringify!($name), async |gateway| super::$name(gateway).await);
                }
            )+
        }
    };
}

/// Runs a test on SQLite.
pub fn on_sqlite(test: impl AsyncFnOnce(&TestGateway)) {
    run(async {
        let gateway = TestGateway::sqlite().await;
        test(&gateway).await;
        gateway.stop().await;
    });
}

/// Runs a test on PostgreSQL, or passes it over loudly where there is none.
pub fn on_postgres(name: &str, test: impl AsyncFnOnce(&TestGateway)) {
    run(async {
        let Some(gateway) = TestGateway::postgres().await else {
            return postgres::skipped_loudly(name);
        };
        test(&gateway).await;
        gateway.stop().await;
    });
}

/// Runs a test that brings its own gateway.
#[expect(clippy::expect_used, reason = "a test fails by panicking")]
pub fn run(test: impl Future<Output = ()>) {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    runtime.expect("a runtime can be made").block_on(test);
}
