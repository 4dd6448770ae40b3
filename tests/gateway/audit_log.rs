//! The log as evidence: each entry has its place and a proof that anyone can verify offline, and each head follows from the
//! one before, whatever dies.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use serde_json::{Value, json};
use support::{Kind, Tenant, TestGateway, complete_person, on_both_databases};
use tlog::{Checkpoint, Hash, LogProof, Note, VerifierKey};

on_both_databases! {
    an_entry_has_a_proof_that_verifies_by_itself_as_soon_as_it_is_sequenced,
    each_head_follows_from_the_one_before,
    sizes_that_the_log_has_not_are_refused,
    a_log_without_entries_has_a_signed_head_too,
    a_new_key_is_vouched_for_by_the_former_one,
    a_person_who_acts_is_named_by_the_random_identifier_alone,
    whoever_may_not_read_the_log_sees_no_head_of_it,
    no_entry_is_lost_and_none_counts_twice_whoever_dies,
}

const EVENTS: &str =
    "{ auditEvents(first: 200) { edges { node { id logIndex proof canonicalJson action } } } }";

/// The newest head: its checkpoint, note and key.
async fn head(tenant: &Tenant<'_>) -> (Checkpoint, String, VerifierKey) {
    let text = "{ auditCheckpoint { origin treeSize rootHash note verifierKey } }";
    let told = tenant.staff("audit:read").query(text, Value::Null).await.data("/auditCheckpoint");
    let note = told["note"].as_str().unwrap().to_owned();
    let key = VerifierKey::parse(told["verifierKey"].as_str().unwrap()).unwrap();
    let read = Note::parse(&note).unwrap();
    assert!(read.is_signed_by(&key), "{note}");
    let head = Checkpoint::parse(read.text()).unwrap();
    assert_eq!(told["origin"], head.origin);
    assert_eq!(told["treeSize"], head.size);
    assert_eq!(told["rootHash"], head.root.to_base64());
    (head, note, key)
}

/// All entries, oldest first.
async fn entries(tenant: &Tenant<'_>) -> Vec<Value> {
    let answer = tenant.staff("audit:read").query(EVENTS, Value::Null).await;
    let edges = answer.data("/auditEvents/edges");
    edges.as_array().unwrap().iter().rev().map(|edge| edge["node"].clone()).collect()
}

async fn an_entry_has_a_proof_that_verifies_by_itself_as_soon_as_it_is_sequenced(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let person = tenant.registers(complete_person("bevis")).await;
    for _ in 0..3 {
        gateway.clock.advance(Duration::from_millis(2));
        tenant.admin().reads(&person).await;
    }
    let newest = entries(&tenant).await.pop().unwrap();
    assert_eq!((&newest["logIndex"], &newest["proof"]), (&Value::Null, &Value::Null), "not sequenced yet");
    assert!(gateway.sequence().await >= 4);
    assert_eq!(gateway.sequence().await, 0, "each once");
    let (head, _, key) = head(&tenant).await;
    assert_eq!(head.origin, format!("convenio.se/audit/{}", tenant.id));
    let entries = entries(&tenant).await;
    assert_eq!(head.size, u64::try_from(entries.len()).unwrap());
    for (index, entry) in entries.iter().enumerate() {
        assert_eq!(entry["logIndex"], index);
        let canonical = entry["canonicalJson"].as_str().unwrap();
        let proof = LogProof::parse(entry["proof"].as_str().unwrap()).unwrap();
        assert_eq!(proof.extra.as_deref(), Some(canonical.as_bytes()));
        assert_eq!(proof.verify(canonical.as_bytes(), std::slice::from_ref(&key)), Ok(head.clone()));
        let other = canonical.replace("true", "false");
        assert!(proof.verify(other.as_bytes(), std::slice::from_ref(&key)).is_err());
    }
    let one = "query($id: ID!) { node(id: $id) { ... on AuditEvent { logIndex proof } } }";
    let one = tenant.admin().query(one, json!({ "id": entries[2]["id"] })).await.data("/node");
    assert_eq!((&one["logIndex"], &one["proof"]), (&entries[2]["logIndex"], &entries[2]["proof"]));
}

async fn consistency(tenant: &Tenant<'_>, from: u64, to: u64) -> Vec<Hash> {
    let text = "query($from: Int!, $to: Int!) { auditConsistency(from: $from, to: $to) }";
    let answer = tenant.staff("audit:read").query(text, json!({ "from": from, "to": to })).await;
    let hashes = answer.data("/auditConsistency");
    hashes
        .as_array()
        .unwrap()
        .iter()
        .map(|hash| Hash::parse_base64(hash.as_str().unwrap()).unwrap())
        .collect()
}

async fn each_head_follows_from_the_one_before(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let person = tenant.registers(complete_person("foljd")).await;
    gateway.sequence().await;
    let mut heads = vec![head(&tenant).await.0];
    let text = "query($id: ID!) { a: dataSubject(id: $id) { id } b: dataSubject(id: $id) { id } c: dataSubject(id: $id) { id } }";
    // Over the edge of a tile, in rounds of several sizes.
    for round in [1, 2, 30, 1, 60] {
        for _ in 0..round {
            gateway.clock.advance(Duration::from_millis(2));
            tenant.admin().query(text, json!({ "id": person })).await;
        }
        gateway.sequence().await;
        heads.push(head(&tenant).await.0);
    }
    assert!(heads.last().unwrap().size > tlog::TILE_WIDTH);
    for (index, earlier) in heads.iter().enumerate() {
        for later in &heads[index..] {
            let proof = consistency(&tenant, earlier.size, later.size).await;
            let checked =
                tlog::verify_consistency(earlier.size, later.size, &earlier.root, &later.root, &proof);
            assert_eq!(checked, Ok(()), "{} to {}", earlier.size, later.size);
        }
    }
}

async fn sizes_that_the_log_has_not_are_refused(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    tenant.registers(complete_person("storlek")).await;
    gateway.sequence().await;
    let size = i64::try_from(head(&tenant).await.0.size).unwrap();
    let text = "query($from: Int!, $to: Int!) { auditConsistency(from: $from, to: $to) }";
    for (from, to) in [(0, size), (-1, size), (1, size + 1), (size, 0), (size + 1, size)] {
        let answer = tenant.staff("audit:read").query(text, json!({ "from": from, "to": to })).await;
        assert_eq!(answer.code(), "BAD_USER_INPUT", "{from} {to}: {}", answer.text());
    }
}

async fn a_log_without_entries_has_a_signed_head_too(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let (head, ..) = head(&tenant).await;
    assert_eq!(head.origin, format!("convenio.se/audit/{}", tenant.id));
}

async fn a_new_key_is_vouched_for_by_the_former_one(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let person = tenant.registers(complete_person("nyckel")).await;
    gateway.sequence().await;
    let (_, _, former) = head(&tenant).await;
    gateway.service().store.rotate_signing_key().await.unwrap();
    let signers = async || {
        tenant.admin().reads(&person).await;
        gateway.sequence().await;
        let (_, note, key) = head(&tenant).await;
        let note = Note::parse(&note).unwrap();
        (note.is_signed_by(&former), key != former && note.is_signed_by(&key))
    };
    assert_eq!(signers().await, (true, true), "the first head after the rotation");
    assert_eq!(signers().await, (false, true), "the second");
}

async fn a_person_who_acts_is_named_by_the_random_identifier_alone(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let me = tenant.registers(complete_person("sjalv")).await;
    gateway.clock.advance(Duration::from_secs(1));
    tenant.person(&me).query("{ me { name } }", Value::Null).await;
    gateway.sequence().await;
    let newest = entries(&tenant).await.pop().unwrap();
    let event: Value = serde_json::from_str(newest["canonicalJson"].as_str().unwrap()).unwrap();
    assert_eq!((&event["actor"], &event["actorRole"]), (&json!(me), &json!("DATA_SUBJECT")));
    assert_eq!((&event["type"], &event["v"]), (&json!("privacy-gateway/audit-event"), &json!(2)));
}

async fn whoever_may_not_read_the_log_sees_no_head_of_it(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    for field in ["auditCheckpoint { treeSize }", "auditConsistency(from: 1, to: 1)"] {
        let answer = tenant.staff("subjects:read").query(&format!("{{ {field} }}"), Value::Null).await;
        assert_eq!(answer.code(), "FORBIDDEN", "{field}");
    }
}

/// Reads that run at the same time, and how many each of them does one after another.
const READERS: usize = 100;
const READS: usize = 3;

/// Lets many read at once while sequencers work beside each other, each of which dies in every round; gives the ids of the
/// requests that were answered.
async fn reads_while_sequencers_die(
    gateway: &TestGateway,
    tenants: &[(Tenant<'_>, String)],
) -> BTreeSet<String> {
    let done = AtomicBool::new(false);
    let read = async |number: usize| {
        let (tenant, person) = &tenants[number % tenants.len()];
        let text = "query($id: ID!) { dataSubject(id: $id) { name } }";
        let mut answered = Vec::new();
        for _ in 0..READS {
            let answer = tenant.admin().query(text, json!({ "id": person })).await;
            assert_eq!(answer.code(), "", "{}", answer.text());
            answered.push(answer.header("x-request-id"));
        }
        answered
    };
    let readers = async {
        let answered = futures::future::join_all((0..READERS).map(read)).await;
        done.store(true, Ordering::SeqCst);
        answered.concat()
    };
    let sequencer = async |places: [&'static str; 2]| {
        let mut round = 0_u64;
        while !done.load(Ordering::SeqCst) {
            let work = gateway::worker::sequencing::sequence_all(gateway.service());
            let killed = store::failpoint::stop_at(places[usize::try_from(round % 2).unwrap()], work);
            // At the place, or wherever it has come to when its time is over.
            let _late = tokio::time::timeout(Duration::from_millis(3 + round * 7 % 40), killed).await;
            round += 1;
        }
    };
    let (answered, ..) = tokio::join!(
        readers,
        sequencer(["audit.before_commit", "audit.committed"]),
        sequencer(["audit.committed", "audit.before_commit"]),
        sequencer(["audit.before_commit", "audit.before_commit"]),
    );
    gateway.databases.come_to_rest().await;
    answered.into_iter().collect()
}

async fn no_entry_is_lost_and_none_counts_twice_whoever_dies(gateway: &TestGateway) {
    let mut tenants = Vec::new();
    for _ in 0..8 {
        let tenant = gateway.tenant().await;
        let person = tenant.registers(complete_person("manga")).await;
        tenants.push((tenant, person));
    }
    let answered = Box::pin(reads_while_sequencers_die(gateway, &tenants)).await;
    gateway.sequence().await;
    assert_eq!(answered.len(), READERS * READS);
    let mut found = BTreeSet::new();
    for (tenant, _) in &tenants {
        let id = gateway.databases.literal(tenant.id.uuid());
        let count = async |table: &str| {
            let query = format!("SELECT count(*) || '' FROM {table} WHERE tenant_id = {id}");
            gateway.databases.texts(Kind::Data, &query).await.remove(0)
        };
        assert_eq!(count("audit_event").await, count("audit_leaf").await);
        assert_eq!(count("audit_pending").await, "0");
        let (head, _, key) = head(tenant).await;
        assert_eq!(head.size.to_string(), count("audit_leaf").await);
        let mut verifier = tlog::Verifier::new(&head.origin, std::slice::from_ref(&key));
        let notes = format!("SELECT note FROM audit_checkpoint WHERE tenant_id = {id} ORDER BY tree_size");
        for note in gateway.databases.texts(Kind::Data, &notes).await {
            verifier.expect_head(&note);
        }
        let mut in_order = entries(tenant).await;
        in_order.sort_by_key(|entry| entry["logIndex"].as_u64());
        for entry in &in_order {
            let canonical = entry["canonicalJson"].as_str().unwrap();
            verifier.entry(canonical.as_bytes(), None);
            let event: Value = serde_json::from_str(canonical).unwrap();
            found.insert(event["requestId"].as_str().unwrap().to_owned());
        }
        let report = verifier.finish();
        assert!(report.is_sound(), "{:?}", report.findings);
    }
    assert!(answered.is_subset(&found), "an answered read is not in the log");
}
