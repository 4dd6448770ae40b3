//! OpenDSR 2.0, from outside: the cases under `tests/conformance/opendsr`, each against a running gateway.

mod case;
mod controller;
mod processor;
mod state;
mod template;

use support::{TestGateway, run};

/// Two test cases for each file of cases, one on SQLite and one on PostgreSQL.
macro_rules! conform {
    ($($name:ident = $file:literal;)+) => {
        mod on_sqlite {
            $(#[test]
            fn $name() {
                support::run(async {
                    let gateway = support::TestGateway::sqlite_with(super::processor::speaks).await;
                    super::case::conforms(&gateway, $file, include_str!(concat!("../conformance/opendsr/", $file))).await;
                    gateway.stop().await;
                });
            })+
        }

        mod on_postgres {
            $(#[test]
            fn $name() {
                support::run(async {
                    let setup = super::processor::speaks;
                    let Some(gateway) = support::TestGateway::postgres_with(setup).await else {
                        return support::postgres::skipped_loudly(stringify!($name));
                    };
                    super::case::conforms(&gateway, $file, include_str!(concat!("../conformance/opendsr/", $file))).await;
                    gateway.stop().await;
                });
            })+
        }
    };
}

conform! {
    what_is_asked_for_is_read_member_by_member = "requests.json";
    a_person_is_named_by_identities = "identities.json";
    what_the_standard_lacks_is_said_by_extension = "extensions.json";
    a_request_goes_its_way_and_is_told_of = "life.json";
    each_change_of_status_is_told_once_and_in_order = "callbacks.json";
    addresses_tokens_and_forms_are_checked = "protocol.json";
}

#[test]
fn where_it_is_not_configured_nothing_is_there() {
    run(async {
        let gateway = TestGateway::sqlite().await;
        let tenant = gateway.tenant().await;
        for (method, path) in [
            ("GET", "discovery"),
            ("POST", "discovery"),
            ("GET", "certificate.pem"),
            ("POST", "requests"),
            ("GET", "requests/a7551968-d5d6-44b2-9831-815ac9017798"),
            ("PATCH", "requests/a7551968-d5d6-44b2-9831-815ac9017798"),
        ] {
            let path = format!("opendsr/v2/{path}");
            let answer = tenant.admin().request(method.parse().unwrap(), &path);
            assert_eq!(gateway.send(answer).await.status, 404, "{method} {path}");
        }
        gateway.stop().await;
    });
}

#[test]
fn there_are_as_many_cases_as_are_promised() {
    let files = [
        include_str!("../conformance/opendsr/requests.json"),
        include_str!("../conformance/opendsr/identities.json"),
        include_str!("../conformance/opendsr/extensions.json"),
        include_str!("../conformance/opendsr/life.json"),
        include_str!("../conformance/opendsr/callbacks.json"),
        include_str!("../conformance/opendsr/protocol.json"),
    ];
    let count = |text: &str| {
        let file: serde_json::Value = serde_json::from_str(text).unwrap();
        file["cases"].as_array().unwrap().len()
    };
    assert!(files.into_iter().map(count).sum::<usize>() >= 80);
}
