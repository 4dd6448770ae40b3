//! The platform's privacy policy: open to every valid token, whoever bears it and whatever the tenant has agreed to.

use serde_json::{Value, json};
use support::{Terms, TestGateway, complete_person, on_both_databases};

on_both_databases! {
    every_valid_token_opens_the_policy_and_no_other,
    the_policy_is_told_in_swedish_and_in_english,
}

const NOTICE: &str = "{ privacyNotice { version effectiveFrom publisher { name organisationNumber email
    address { lines postalCode locality country } } sections { heading body } } }";

async fn every_valid_token_opens_the_policy_and_no_other(gateway: &TestGateway) {
    let served = gateway.tenant().await;
    let person = served.registers(complete_person("notis")).await;
    let newcomer = gateway.tenant_with(Terms { agreed: None, ..Terms::default() }).await;
    let (leaving, closed) = (gateway.tenant().await, gateway.tenant().await);
    leaving.leaves().await;
    closed.is_closed().await;
    let expected = served.admin().query(NOTICE, Value::Null).await.data("/privacyNotice");
    for caller in [
        served.staff(""),
        served.staff("subjects:read"),
        served.person(&person),
        served.person_with(&person, ""),
        newcomer.staff(""),
        leaving.staff(""),
        closed.staff(""),
    ] {
        assert_eq!(caller.query(NOTICE, Value::Null).await.data("/privacyNotice"), expected);
    }
    for caller in [gateway.with_token("nonsense"), gateway.no_tenant().admin()] {
        assert_eq!(caller.query(NOTICE, Value::Null).await.status, 401);
    }
    let read = "{ auditEvents(filter: { action: \"privacyNotice.read\" }) { edges { cursor } } }";
    let read = served.admin().query(read, Value::Null).await;
    assert_eq!(read.data("/auditEvents/edges"), json!([]), "nobody's data is in it");
}

async fn the_policy_is_told_in_swedish_and_in_english(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let text = NOTICE.replace("privacyNotice {", "privacyNotice(language: $language) {");
    let text = format!("query($language: LanguageTag! = \"sv\") {text}");
    let told = async |variables: Value| tenant.staff("").query(&text, variables).await;
    let own = tenant.staff("").query(NOTICE, Value::Null).await.data("/privacyNotice");
    assert_eq!(told(json!({})).await.data("/privacyNotice"), own);
    assert_eq!(
        told(json!({ "language": "sv" })).await.data("/privacyNotice"),
        own,
        "Swedish where none is named"
    );
    let english = told(json!({ "language": "en" })).await.data("/privacyNotice");
    assert_eq!(english["sections"][0]["heading"], "The policy in brief");
    assert_ne!(english["sections"][0], own["sections"][0]);
    for (notice, name) in [(&own, "sv"), (&english, "en")] {
        let sections = notice["sections"].as_array().unwrap();
        assert!(sections.len() > 3 && sections.iter().all(|one| one["body"] != ""), "{name}");
        let text = notice["sections"].to_string();
        assert!(text.contains("Convenio AB") && !text.contains("{{"), "{name}");
        let address = json!({ "lines": ["Långvretsvägen 14"], "postalCode": "163 46", "locality": "Spånga", "country": "SE" });
        assert_eq!(notice["publisher"]["address"], address);
    }
    for language in ["de", "sv_SE", "svenska", "", "x".repeat(200).as_str()] {
        assert_eq!(told(json!({ "language": language })).await.code(), "BAD_USER_INPUT", "{language:?}");
    }
}
