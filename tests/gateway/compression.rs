//! Which answers are compressed: long ones that keep no secret. And no request is.

use std::io::Read as _;

use reqwest::Method;
use serde_json::{Value, json};
use support::{Answer, Tenant, TestGateway, complete_person};

const PAGE: &str = "{ dataSubjects(first: 100) { edges { node { id name email phone } } } }";

async fn asks(tenant: &Tenant<'_>, text: &str, accepts: &str) -> Answer {
    let request = tenant.admin().request(Method::POST, "graphql").header("content-type", "application/json");
    let body = json!({ "query": text }).to_string();
    tenant.gateway().send(request.header("accept-encoding", accepts).body(body)).await
}

fn unpacked(answer: &Answer) -> Vec<u8> {
    let mut unpacked = Vec::new();
    match answer.header("content-encoding").as_str() {
        "gzip" => flate2::read::GzDecoder::new(answer.body.as_slice()).read_to_end(&mut unpacked).unwrap(),
        "br" => brotli::Decompressor::new(answer.body.as_slice(), 4_096).read_to_end(&mut unpacked).unwrap(),
        other => panic!("{other}"),
    };
    unpacked
}

#[test]
fn a_long_page_is_compressed_as_the_client_prefers() {
    support::on_sqlite(async |gateway: &TestGateway| {
        let tenant = gateway.tenant().await;
        for number in 0..20 {
            tenant.registers(complete_person(&format!("sida{number}"))).await;
        }
        let plain = asks(&tenant, PAGE, "identity").await;
        assert!(plain.header("content-encoding").is_empty() && plain.body.len() > 1_400);
        for coding in ["gzip", "br"] {
            let packed = asks(&tenant, PAGE, coding).await;
            assert_eq!(packed.header("content-encoding"), coding);
            assert_eq!(serde_json::from_slice::<Value>(&unpacked(&packed)).unwrap(), plain.json());
            assert!(
                packed.body.len() < plain.body.len() / 2,
                "{} of {}",
                packed.body.len(),
                plain.body.len()
            );
            assert!(packed.header("vary").contains("accept-encoding"));
        }
        let schema = gateway.request(Method::GET, "schema/gateway.graphql").header("accept-encoding", "br");
        let schema = gateway.send(schema).await;
        assert!(String::from_utf8(unpacked(&schema)).unwrap().contains("type DataSubject"));
    });
}

#[test]
fn what_could_lie_beside_a_secret_is_never_compressed() {
    support::on_sqlite(async |gateway: &TestGateway| {
        let tenant = gateway.tenant().await;
        for number in 0..20 {
            tenant.registers(complete_person(&format!("hemlig{number}"))).await;
        }
        let echo = "x".repeat(3_000);
        let registers = (0..24).fold(String::from("mutation {"), |text, number| {
            let input = format!("name: \"S{number}\", endpoint: \"http://127.0.0.1:{}/\"", 9_000 + number);
            format!(
                "{text} a{number}: registerDownstreamSystem(input: {{ {input}, dataCategories: [NAME] }}) {{ secret }}"
            )
        });
        let page = PAGE.strip_prefix('{').unwrap();
        for (what, text, told) in [
            ("secrets that are shown once", format!("{registers} }}"), "whsec_"),
            (
                "a field with a ticket",
                format!(
                    "{{ rightsRequests {{ edges {{ node {{ package {{ downloadUrl(format: JSON) }} }} }} }} {page}"
                ),
                "\"edges\":[]",
            ),
            ("an error that repeats the request", format!("{{ {echo} }}"), echo.as_str()),
            ("an error beside data", format!("{{ me {{ id }} {page}"), "FORBIDDEN"),
        ] {
            let answer = asks(&tenant, &text, "gzip, br").await;
            assert_eq!(answer.header("content-encoding"), "", "{what}");
            assert!(answer.body.len() > 1_400 && answer.text().contains(told), "{what}: {}", answer.text());
        }
    });
}

#[test]
fn compression_can_be_switched_off() {
    support::run(async {
        let gateway = TestGateway::sqlite_with(|config| config.server.compression = false).await;
        let tenant = gateway.tenant().await;
        let all = "{ __schema { types { name description } } }";
        assert_eq!(asks(&tenant, all, "gzip, br").await.header("content-encoding"), "");
        gateway.stop().await;
    });
}

#[test]
fn a_compressed_request_is_refused_unread() {
    support::on_sqlite(async |gateway: &TestGateway| {
        let tenant = gateway.tenant().await;
        let bomb = {
            let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
            std::io::Write::write_all(&mut encoder, &vec![b' '; 64 << 20]).unwrap();
            encoder.finish().unwrap()
        };
        for coding in ["gzip", "deflate", "br", "zstd", "identity, gzip"] {
            let request =
                tenant.admin().request(Method::POST, "graphql").header("content-type", "application/json");
            let answer = gateway.send(request.header("content-encoding", coding).body(bomb.clone())).await;
            assert_eq!((answer.status, answer.code().as_str()), (415, "BAD_USER_INPUT"), "{coding}");
        }
    });
}
