//! The record of what is processed on the tenant's behalf (Art. 30(2)): from the register itself, to read and to print.

use serde_json::{Value, json};
use support::{Tenant, Terms, TestGateway, decoded, on_both_databases};

use crate::announcements::announces;

on_both_databases! {
    the_record_follows_the_register_and_the_agreement,
    without_an_agreement_nothing_is_recorded_as_processed_under_it,
    a_transfer_is_recorded_from_the_first_day_of_the_sub_processor,
    the_record_is_printed_in_each_form_and_language,
}

const RECORD: &str = "{ processingRecord { processor { name organisationNumber email address { lines postalCode locality country } }
    controller { id name } processingCategories dataCategories securityMeasures
    subprocessors { name } thirdCountryTransfers { name transferMechanism } } }";

async fn record(tenant: &Tenant<'_>) -> Value {
    tenant.staff("agreements:read").query(RECORD, Value::Null).await.data("/processingRecord")
}

async fn the_record_follows_the_register_and_the_agreement(gateway: &TestGateway) {
    let tenant = gateway.tenant_with(Terms { agreed: None, ..Terms::default() }).await;
    let measures = json!(["Kryptering per person.", "Åtkomst loggas."]);
    let offer = json!({ "dataCategories": ["NAME", "PHONE"], "securityMeasures": measures });
    let offer = tenant.is_offered(offer).await;
    tenant.signs_offer(&offer).await;
    let expected = json!({
        "processor": {
            "name": "Convenio AB", "organisationNumber": "559004-2809", "email": "info@convenio.com",
            "address": { "lines": ["Långvretsvägen 14"], "postalCode": "163 46", "locality": "Spånga", "country": "SE" },
        },
        "controller": { "id": tenant.id.to_string(), "name": "Provtryckeriet AB" },
        "processingCategories": ["Vi levererar tjänsten."],
        "dataCategories": ["NAME", "PHONE"],
        "securityMeasures": measures,
        "subprocessors": [], "thirdCountryTransfers": [],
    });
    assert_eq!(record(&tenant).await, expected);
    let next = tenant.is_offered(json!({ "dataCategories": ["NAME"], "effectiveFrom": "2026-03-10" })).await;
    tenant.signs_offer(&next).await;
    assert_eq!(record(&tenant).await["dataCategories"], json!(["NAME", "PHONE"]));
    gateway.on("2026-03-10");
    assert_eq!(record(&tenant).await["dataCategories"], json!(["NAME"]));
    tenant.leaves().await;
    assert_eq!(
        record(&tenant).await["dataCategories"],
        json!(["NAME"]),
        "while it leaves the last agreement governs"
    );
}

async fn without_an_agreement_nothing_is_recorded_as_processed_under_it(gateway: &TestGateway) {
    let (newcomer, closed) =
        (gateway.tenant_with(Terms { agreed: None, ..Terms::default() }).await, gateway.tenant().await);
    closed.is_closed().await;
    for (tenant, done) in [(&newcomer, json!(["Vi levererar tjänsten."])), (&closed, json!([]))] {
        let found = record(tenant).await;
        assert_eq!(found["processingCategories"], done);
        for member in ["dataCategories", "securityMeasures", "subprocessors", "thirdCountryTransfers"] {
            assert_eq!(found[member], json!([]), "{member}");
        }
        let text = "{ processingRecord { document } }";
        let text = tenant.admin().query(text, Value::Null).await.string("/processingRecord/document");
        assert!(text.contains("Provtryckeriet AB"), "{text}");
    }
}

async fn a_transfer_is_recorded_from_the_first_day_of_the_sub_processor(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let abroad = json!({
        "name": "Sample Cloud Inc.", "country": "US", "processingCountries": ["SE"],
        "transferMechanism": "STANDARD_CONTRACTUAL_CLAUSES",
    });
    announces(gateway, abroad).await.succeeded();
    announces(gateway, json!({ "effectiveOn": "2026-04-03" })).await.succeeded();
    let transfer =
        json!({ "name": "Sample Cloud Inc.", "transferMechanism": "STANDARD_CONTRACTUAL_CLAUSES" });
    let printed = async || {
        let text = "{ processingRecord { document(language: \"en\") } }";
        tenant.admin().query(text, Value::Null).await.string("/processingRecord/document")
    };
    for (day, engaged, transfers) in [
        ("2026-04-01", json!([]), json!([])),
        ("2026-04-02", json!([{ "name": "Sample Cloud Inc." }]), json!([transfer])),
        (
            "2026-04-03",
            json!([{ "name": "Sample Cloud Inc." }, { "name": "Molnprov AB" }]),
            json!([transfer]),
        ),
    ] {
        gateway.up_to(day).await;
        let found = record(&tenant).await;
        assert_eq!(
            (&found["subprocessors"], &found["thirdCountryTransfers"]),
            (&engaged, &transfers),
            "{day}"
        );
        assert_eq!(printed().await.contains("Sample Cloud Inc."), day != "2026-04-01", "{day}");
    }
}

async fn the_record_is_printed_in_each_form_and_language(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let text = "query($format: DocumentFormat!, $language: LanguageTag!) { processingRecord {
                document(language: $language)
                printed(format: $format, language: $language) { fileName mediaType sha256 contentBase64 } } }";
    for language in ["sv", "en"] {
        for (format, file_name, media_type, begins) in [
            ("MARKDOWN", "record-of-processing-2026-03-02.md", "text/markdown", "Convenio AB"),
            ("PDF", "record-of-processing-2026-03-02.pdf", "application/pdf", "%PDF-"),
            ("JSON", "record-of-processing-2026-03-02.jsonld", "application/ld+json", "{"),
        ] {
            let answer = tenant.admin().query(text, json!({ "format": format, "language": language })).await;
            let file = answer.data("/processingRecord/printed");
            let bytes = decoded(file["contentBase64"].as_str().unwrap());
            assert!(bytes.starts_with(begins.as_bytes()), "{format} in {language}");
            assert_eq!((&file["fileName"], &file["mediaType"]), (&json!(file_name), &json!(media_type)));
            let sha256 = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, &bytes);
            assert_eq!(file["sha256"], hex::encode(sha256), "{format}");
            match format {
                "MARKDOWN" => {
                    assert_eq!(answer.data("/processingRecord/document"), String::from_utf8(bytes).unwrap());
                }
                "JSON" => {
                    let json: Value = serde_json::from_slice(&bytes).unwrap();
                    assert_eq!(json["@type"], "dpv:DataProcessingRecord");
                }
                _ => {}
            }
        }
    }
    for (format, language) in [("PDF", "de"), ("JSON", ""), ("MARKDOWN", "sv_SE")] {
        let answer = tenant.admin().query(text, json!({ "format": format, "language": language })).await;
        assert_eq!(answer.code(), "BAD_USER_INPUT", "{language:?}");
    }
    let own = tenant.admin().query("{ processingRecord { document } }", Value::Null).await;
    let swedish =
        tenant.admin().query("{ processingRecord { document(language: \"sv\") } }", Value::Null).await;
    assert_eq!(own.data(""), swedish.data(""), "the tenant's own language where none is named");
}
