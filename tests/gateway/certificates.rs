//! Certificates of erasures: each completed erasure has one that anyone can verify, and that needs no personal data to do so.

use std::path::Path;

use aws_lc_rs::digest::{SHA256, digest};
use serde_json::{Value, json};
use support::{Kind, Tenant, TestGateway, complete_person, decoded, on_both_databases};

use crate::audit_command::{Outcome, run};

on_both_databases! {
    an_erasure_is_certified_with_the_keys_that_it_cost,
    what_is_kept_is_certified_with_its_ground_and_what_goes_later_with_a_certificate_of_its_own,
    an_erasure_of_categories_is_certified_as_one,
    a_certificate_is_there_when_the_log_vouches_for_it,
    each_form_tells_it_and_none_names_the_person,
    a_certificate_that_was_tampered_with_is_found,
    neither_a_strangers_key_nor_a_missing_file_makes_a_certificate_sound,
    it_is_shown_to_whoever_may_see_the_request,
}

/// What the command finds of a certificate.
pub fn verifies_certificate(file: &Path, further: &[&str]) -> Outcome {
    let mut arguments = vec!["--certificate", file.to_str().unwrap()];
    arguments.extend(further);
    run("verify", &arguments)
}

/// The key that signs the tenant's log, as the platform publishes it.
pub async fn platform_key(gateway: &TestGateway, tenant: &Tenant<'_>) -> String {
    let origin = format!("convenio.se/audit/{}", tenant.id);
    gateway.service().store.verifier_keys(&origin).await.unwrap().remove(0).to_string()
}

async fn assert_verifies(gateway: &TestGateway, tenant: &Tenant<'_>, certificate: &Value) {
    let (key, file) = (platform_key(gateway, tenant).await, tenant.keeps(certificate, "sound"));
    let outcome = verifies_certificate(&file, &["--verifier-key", &key]);
    assert_eq!(outcome.code, 0, "{}", outcome.text);
    assert!(outcome.text.contains("sound"), "{}", outcome.text);
}

/// Fingerprints of all keys of persons, sorted.
async fn fingerprints(gateway: &TestGateway) -> Vec<String> {
    let id =
        if gateway.databases.postgres.is_some() { "replace(id::text, '-', '')" } else { "lower(hex(id))" };
    let ids = gateway.databases.texts(Kind::Keys, &format!("SELECT {id} FROM subject_key")).await;
    let of = |id: String| hex::encode(digest(&SHA256, &hex::decode(id).unwrap()));
    let mut all: Vec<_> = ids.into_iter().map(of).collect();
    all.sort();
    all
}

fn destroyed(certificate: &Value) -> Vec<String> {
    let keys = certificate["statement"]["keys"].as_array().unwrap();
    let mut all: Vec<_> = keys.iter().map(|key| key["sha256"].as_str().unwrap().to_owned()).collect();
    all.sort();
    all
}

/// Outcomes in words: category, action, ground, until, records.
fn told(certificate: &Value) -> Vec<String> {
    let word = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let row = |outcome: &Value| {
        let members =
            ["category", "action", "ground", "until", "records"].map(|member| word(&outcome[member]));
        members.join(" ")
    };
    certificate["statement"]["outcomes"].as_array().unwrap().iter().map(row).collect()
}

async fn an_erasure_is_certified_with_the_keys_that_it_cost(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let person = tenant.registers(complete_person("hel")).await;
    let before = fingerprints(gateway).await;
    assert!(!before.is_empty());
    gateway.on("2026-03-04");
    let request = tenant.carries_out("ERASURE", &person, json!({})).await;
    let certificate = tenant.certificate(&request, None).await;
    let statement = &certificate["statement"];
    assert_eq!(statement["stage"], "WHOLE");
    assert_eq!(statement["subjectId"], json!(person));
    assert_eq!(statement["tenant"]["id"], json!(tenant.id.to_string()));
    assert_eq!(statement["request"]["id"], json!(request));
    assert_eq!(statement["request"]["categories"], Value::Null);
    assert_eq!((&statement["systems"], &statement["previous"]), (&json!([]), &Value::Null));
    let seen = tenant.request(&request, "reference decision { decidedAt }").await;
    assert_eq!(statement["request"]["reference"], seen["reference"]);
    assert_eq!(destroyed(&certificate), before);
    let compacted = statement["storageCompactedAt"].is_string();
    assert_eq!(compacted, gateway.databases.postgres.is_none(), "what the owner compacts is not known");
    let told = told(&certificate);
    assert_eq!(told.len(), 8, "{told:?}");
    assert!(
        told.iter().all(|one| one.ends_with("ERASED null null 0") || one.contains("NOTHING_HELD")),
        "{told:?}"
    );
    assert_verifies(gateway, &tenant, &certificate).await;
    assert_eq!(tenant.certificate(&request, Some("PARTIAL")).await, Value::Null);
    assert_eq!(tenant.certificate(&request, Some("WHOLE")).await, certificate);

    tenant.registers(complete_person("annan")).await;
    gateway.work().await;
    assert_eq!(tenant.certificate(&request, None).await, certificate, "it stays what it was");
}

async fn what_is_kept_is_certified_with_its_ground_and_what_goes_later_with_a_certificate_of_its_own(
    gateway: &TestGateway,
) {
    let tenant = gateway.tenant().await;
    let person = tenant.registers(complete_person("delvis")).await;
    tenant.files_invoice(&person, "F-1", "2025-12-31").await;
    tenant.files_invoice(&person, "F-2", "2025-12-31").await;
    let request = tenant.carries_out("ERASURE", &person, json!({})).await;
    let partial = tenant.certificate(&request, None).await;
    assert_eq!(partial["statement"]["stage"], "PARTIAL");
    let kept: Vec<_> = told(&partial).into_iter().filter(|one| one.contains("RETAINED")).collect();
    assert_eq!(
        kept,
        [
            "NAME RETAINED BOOKKEEPING_ACT 2032-12-31 0",
            "ADDRESS RETAINED BOOKKEEPING_ACT 2032-12-31 0",
            "ACCOUNTING RETAINED BOOKKEEPING_ACT 2032-12-31 2",
        ]
    );
    let left = fingerprints(gateway).await;
    gateway.up_to("2033-01-01").await;
    gateway.work().await;
    let remainder = tenant.certificate(&request, None).await;
    assert_eq!(remainder["statement"]["stage"], "REMAINDER");
    assert_eq!(remainder["statement"]["previous"], partial["statementSha256"]);
    let gone = ["NAME ERASED null null 0", "ADDRESS ERASED null null 0", "ACCOUNTING ERASED null null 2"];
    assert_eq!(told(&remainder), gone);
    assert_eq!(destroyed(&remainder), left, "the keys of what was kept, and no key twice");
    assert_eq!(tenant.certificate(&request, Some("PARTIAL")).await, partial, "the first one stays");
    for certificate in [&partial, &remainder] {
        assert_verifies(gateway, &tenant, certificate).await;
    }
}

async fn an_erasure_of_categories_is_certified_as_one(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let person = tenant.registers(complete_person("nagot")).await;
    let before = fingerprints(gateway).await;
    let some = json!({ "categories": ["PHONE", "EMAIL"] });
    let request = tenant.carries_out("ERASURE", &person, some).await;
    let certificate = tenant.certificate(&request, None).await;
    assert_eq!(certificate["statement"]["stage"], "WHOLE", "of what was to be erased");
    assert_eq!(certificate["statement"]["request"]["categories"], json!(["PHONE", "EMAIL"]));
    assert_eq!(told(&certificate), ["PHONE ERASED null null 0", "EMAIL ERASED null null 0"]);
    let destroyed = destroyed(&certificate);
    assert!(!destroyed.is_empty() && destroyed.iter().all(|key| before.contains(key)), "{destroyed:?}");
    assert!(!fingerprints(gateway).await.iter().any(|key| destroyed.contains(key)));

    gateway.clock.advance(std::time::Duration::from_millis(1));
    let next = tenant.carries_out("ERASURE", &person, json!({ "categories": ["POSITION"] })).await;
    let next = tenant.certificate(&next, None).await;
    assert!(!self::destroyed(&next).iter().any(|key| destroyed.contains(key)), "each names its own keys");
    assert_eq!(next["statement"]["previous"], Value::Null, "it is another request");
}

async fn a_certificate_is_there_when_the_log_vouches_for_it(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let person = tenant.registers(complete_person("strax")).await;
    let request = tenant.approved("ERASURE", &person, json!({})).await;
    assert_eq!(tenant.certificate(&request, None).await, Value::Null, "nothing is done yet");
    assert!(!gateway.dies_at("nowhere").await);
    assert_eq!(tenant.status_of(&request).await, "COMPLETED");
    assert_eq!(tenant.certificate(&request, None).await, Value::Null, "its entry has no place yet");
    gateway.sequence().await;
    assert_eq!(tenant.certificate(&request, None).await["v"], 1);
    let access =
        tenant.carries_out("ACCESS", &tenant.registers(complete_person("annat")).await, json!({})).await;
    assert_eq!(tenant.certificate(&access, None).await, Value::Null, "of an erasure alone");
}

async fn each_form_tells_it_and_none_names_the_person(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let person = tenant.registers(complete_person("namnlos")).await;
    tenant.files_invoice(&person, "F-namnlos", "2025-12-31").await;
    let request = tenant.carries_out("ERASURE", &person, json!({})).await;
    let reference = tenant.request(&request, "reference").await["reference"].as_str().unwrap().to_owned();
    for (format, language, extension, expected) in [
        ("JSON", "sv", "json", "\"stage\":\"PARTIAL\""),
        ("MARKDOWN", "sv", "md", "# Intyg om radering av personuppgifter"),
        ("MARKDOWN", "en", "md", "# Certificate of erasure of personal data"),
        ("PDF", "en", "pdf", "%PDF-"),
    ] {
        let file = tenant.certificate_as(&request, json!({ "format": format, "language": language })).await;
        assert_eq!(file["fileName"], json!(format!("erasure-certificate-{reference}.{extension}")));
        let content = decoded(file["contentBase64"].as_str().unwrap());
        let content = String::from_utf8_lossy(&content).replace(['\n', ' '], " ").replace(": ", ":");
        assert!(content.contains(expected), "{format} {language}");
        for personal in ["namnlos", "Exempelsson", "provstad", "740605"] {
            assert!(!content.contains(personal), "{format} {language} holds something of the person");
        }
    }
}

async fn a_certificate_that_was_tampered_with_is_found(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let erased = async |tag: &str| {
        let person = tenant.registers(complete_person(tag)).await;
        let request = tenant.carries_out("ERASURE", &person, json!({})).await;
        tenant.certificate(&request, None).await
    };
    let (sound, another) = (erased("ett").await, erased("tva").await);
    let key = platform_key(gateway, &tenant).await;
    let altered = |alter: &dyn Fn(&mut Value)| {
        let mut certificate = sound.clone();
        alter(&mut certificate);
        certificate
    };
    let trusted = [key.as_str()];
    let digest_of = |certificate: &Value| {
        let statement = serde_json_canonicalizer::to_string(&certificate["statement"]).unwrap();
        json!(hex::encode(digest(&SHA256, statement.as_bytes())))
    };
    for (certificate, keys, expected) in [
        (sound.clone(), &trusted[..], "sound"),
        (sound.clone(), &[], "give the platform's key with --verifier-key"),
        (
            altered(&|c| c["statement"]["completedAt"] = json!("2026-01-01T00:00:00Z")),
            &trusted,
            "not the one that was certified",
        ),
        (altered(&|c| c["statement"]["outcomes"] = json!([])), &trusted, "not the one that was certified"),
        (
            altered(&|c| {
                c["statement"]["outcomes"] = json!([]);
                c["statementSha256"] = digest_of(c);
            }),
            &trusted,
            "vouches for another statement",
        ),
        (altered(&|c| c["proof"] = another["proof"].clone()), &trusted, "vouches for another statement"),
        (altered(&|c| c["proof"] = json!("c2sp.org/tlog-proof@v1\n")), &trusted, "the certificate's proof"),
        (
            altered(&|c| {
                let proof = c["proof"].as_str().unwrap();
                let index = proof.lines().find(|line| line.starts_with("index ")).unwrap();
                c["proof"] = json!(proof.replacen(index, "index 0", 1));
            }),
            &trusted,
            "not in the log",
        ),
        (altered(&|c| c["v"] = json!(2)), &trusted, "version 2"),
        (altered(&|c| c["surplus"] = json!(1)), &trusted, "is no certificate"),
    ] {
        let file = tenant.keeps(&certificate, "tampered");
        let keys: Vec<&str> = keys.iter().flat_map(|key| ["--verifier-key", key]).collect();
        let outcome = verifies_certificate(&file, &keys);
        assert!(outcome.text.contains(expected), "{expected}: {}", outcome.text);
        assert_eq!(outcome.code, i32::from(expected != "sound"), "{}", outcome.text);
    }
}

async fn neither_a_strangers_key_nor_a_missing_file_makes_a_certificate_sound(gateway: &TestGateway) {
    let (tenant, other) = (gateway.tenant().await, TestGateway::sqlite().await);
    let person = tenant.registers(complete_person("framling")).await;
    let request = tenant.carries_out("ERASURE", &person, json!({})).await;
    let file = tenant.keeps(&tenant.certificate(&request, None).await, "sound");
    other.service().store.sign_empty(tenant.id).await.unwrap();
    let stranger = platform_key(&other, &tenant).await;
    let outcome = verifies_certificate(&file, &["--verifier-key", &stranger]);
    assert!(outcome.text.contains("no trusted key of the log signed"), "{}", outcome.text);
    assert_eq!(outcome.code, 1);
    let key = platform_key(gateway, &tenant).await;
    let outcome = verifies_certificate(Path::new("no-such-file.json"), &["--verifier-key", &key]);
    assert!(outcome.text.contains("cannot be read"), "{}", outcome.text);
    assert_eq!(outcome.code, 1);
    other.stop().await;
}

async fn it_is_shown_to_whoever_may_see_the_request(gateway: &TestGateway) {
    let (tenant, other) = (gateway.tenant().await, gateway.tenant().await);
    let person = tenant.registers(complete_person("egen")).await;
    let request = tenant.carries_out("ERASURE", &person, json!({ "categories": ["PHONE"] })).await;
    let text =
        "query($id: ID!) { node(id: $id) { ... on RightsRequest { certificate(format: JSON) { sha256 } } } }";
    let sees = async |caller: support::Caller<'_>| {
        caller.query(text, json!({ "id": request })).await.data("/node/certificate/sha256").is_string()
    };
    assert!(sees(tenant.admin()).await);
    assert!(sees(tenant.staff("rights:read")).await);
    assert!(sees(tenant.person(&person)).await, "whose data it was");
    assert!(!sees(tenant.staff("subjects:read")).await);
    assert!(!sees(other.admin()).await);
    let neighbour = tenant.registers(complete_person("granne")).await;
    assert!(!sees(tenant.person(&neighbour)).await);
}
