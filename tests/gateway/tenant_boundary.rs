//! One token, one tenant; no agreement, no processing (contract rules 1 and 2).

use domain::id::{
    AccountingRecordId, AuditEventId, ConsentId, LegalHoldId, RequestId, RestrictionId, SubjectId, TenantId,
};
use jiff::civil::date;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use store::{AuditFilter, Reading, ReadingDoor, SubjectQuery, TenantTx};
use support::{Caller, Kind, Tenant, Terms, TestGateway, complete_person, on_both_databases, person};

use crate::audit_delivery::registers;
use crate::schema::Schema;
use crate::tasks::{hears_of_requests, tasks_of};

on_both_databases! {
    another_tenants_identifier_is_answered_like_one_that_never_was,
    every_argument_that_takes_an_identifier_is_tried,
    no_agreement_no_personal_data_whatever_is_asked,
    an_agreement_counts_from_its_first_day_through_its_last,
    a_link_gives_nothing_once_the_agreement_has_ended,
    filters_and_policies_each_keep_tenants_apart,
}

/// A tenant with a person, a consent, a request that was answered, and their identifiers.
async fn furnished(gateway: &TestGateway) -> (Tenant<'_>, Vec<String>) {
    let tenant = gateway.tenant().await;
    let person = tenant.registers(complete_person("granne")).await;
    let consent = tenant.records_consent(&person, "DIRECT_MARKETING").await;
    let request = tenant.answers_access(&person).await;
    let open = tenant.submits_access(&person).await;
    let record = tenant.files_invoice(&person, "F-1", "2025-12-31").await;
    let hold = tenant.holds(&person, &["NAME"]).await;
    let contested = tenant.registers(complete_person("tvist")).await;
    tenant.submits("RECTIFICATION", &contested).await;
    let restriction = tenant.restrictions(&contested).await.remove(0)["id"].as_str().unwrap().to_owned();
    let rules = tenant.admin().query("{ retentionRules { id } }", Value::Null).await;
    let rule = rules.string("/retentionRules/0/id");
    let event =
        tenant.admin().query("{ auditEvents(first: 1) { edges { node { id } } } }", Value::Null).await;
    let event = event.string("/auditEvents/edges/0/node/id");
    let agreed = "{ viewer { tenant { currentAgreement { id instructionLog(first: 1) { edges { node { id } } } } } } }";
    let agreed = tenant.admin().query(agreed, Value::Null).await;
    let agreement = agreed.string("/viewer/tenant/currentAgreement/id");
    let instruction = agreed.string("/viewer/tenant/currentAgreement/instructionLog/edges/0/node/id");
    let (system, _) = registers(&tenant, "Revision", "https://crm.example/privacy").await;
    let task = task(&tenant).await;
    let own = tenant.id.to_string();
    let of_rights = [person, consent, request, open, record, hold, restriction];
    let others = [rule, event, agreement, instruction, system, task, own];
    (tenant, of_rights.into_iter().chain(others).collect())
}

/// What a system must do for a request of the tenant.
async fn task(tenant: &Tenant<'_>) -> String {
    let person = tenant.registers(complete_person("delad")).await;
    hears_of_requests(tenant, "Kundregister", ("https://crm.example/requests", &["EMAIL"])).await;
    let request = tenant.approved("PORTABILITY", &person, json!({})).await;
    tasks_of(tenant, &request).await[0]["id"].as_str().unwrap().to_owned()
}

/// Identifiers of every kind that never were, and texts that are none.
fn never(gateway: &TestGateway) -> Vec<String> {
    let (now, entropy) = (gateway.now(), gateway.entropy());
    vec![
        SubjectId::new(now, entropy).to_string(),
        ConsentId::new(now, entropy).to_string(),
        RequestId::new(now, entropy).to_string(),
        AuditEventId::new(now, entropy).to_string(),
        AccountingRecordId::new(now, entropy).to_string(),
        RestrictionId::new(now, entropy).to_string(),
        LegalHoldId::new(now, entropy).to_string(),
        TenantId::new(now, entropy).to_string(),
        "agreement_01h2xcejqtf2nbrexx3vqjhp41".to_owned(),
        "instruction_01h2xcejqtf2nbrexx3vqjhp41".to_owned(),
        "system_01h2xcejqtf2nbrexx3vqjhp41".to_owned(),
        "task_01h2xcejqtf2nbrexx3vqjhp41".to_owned(),
        "nothing_01h2xcejqtf2nbrexx3vqjhp41".to_owned(),
        "nonsense".to_owned(),
        String::new(),
        "å".repeat(200),
    ]
}

/// Every argument that takes an identifier of an object, with an operation that gives it `$id`.
const ARGUMENTS: &[(&str, &str)] = &[
    (
        "Query.dataSubject id",
        "query($id: ID!) { dataSubject(id: $id) { id name consents { id } rightsRequests { totalCount } accessLog { edges { cursor } } } }",
    ),
    ("Query.dataSubject id", "query($id: ID!) { dataSubject(id: $id, purpose: DIRECT_MARKETING) { id } }"),
    ("Query.node id", "query($id: ID!) { node(id: $id) { __typename id } }"),
    ("Query.nodes ids", "query($id: ID!) { nodes(ids: [$id, $id]) { __typename id } }"),
    (
        "Query.rightsRequest id",
        "query($id: ID!) { rightsRequest(id: $id) { id subject { name } package { formats } } }",
    ),
    (
        "Query.auditEvents filter subjectId",
        "query($id: ID!) { auditEvents(filter: { subjectId: $id }) { edges { node { id } } } }",
    ),
    (
        "Mutation.updateDataSubject input subjectId",
        "mutation($id: ID!) { updateDataSubject(input: { subjectId: $id, position: \"Ny\" }) { dataSubject { id } userErrors { code message path } } }",
    ),
    (
        "Mutation.grantConsent input subjectId",
        "mutation($id: ID!) { grantConsent(input: { subjectId: $id, purpose: DIRECT_MARKETING, source: \"x\", textVersion: \"1\" }) { consent { id } userErrors { code message path } } }",
    ),
    (
        "Mutation.submitAccessRequest input subjectId",
        "mutation($id: ID!) { submitAccessRequest(input: { subjectId: $id }) { rightsRequest { id } userErrors { code message path } } }",
    ),
    (
        "Mutation.verifyRequesterIdentity input requestId",
        "mutation($id: ID!) { verifyRequesterIdentity(input: { requestId: $id, method: ELECTRONIC_ID }) { rightsRequest { id } userErrors { code message path } } }",
    ),
    (
        "Mutation.approveRightsRequest input requestId",
        "mutation($id: ID!) { approveRightsRequest(input: { requestId: $id }) { rightsRequest { id } userErrors { code message path } } }",
    ),
    (
        "Mutation.refuseRightsRequest input requestId",
        "mutation($id: ID!) { refuseRightsRequest(input: { requestId: $id, ground: EXEMPT, reasons: \"x\" }) { rightsRequest { id } userErrors { code message path } } }",
    ),
    (
        "Mutation.withdrawRightsRequest input requestId",
        "mutation($id: ID!) { withdrawRightsRequest(input: { requestId: $id }) { rightsRequest { id } userErrors { code message path } } }",
    ),
    (
        "Mutation.submitPortabilityRequest input subjectId",
        "mutation($id: ID!) { submitPortabilityRequest(input: { subjectId: $id }) { rightsRequest { id } userErrors { code message path } } }",
    ),
    (
        "Mutation.submitRectificationRequest input subjectId",
        "mutation($id: ID!) { submitRectificationRequest(input: { subjectId: $id, rectifications: [{ category: NAME, newValue: \"x\" }] }) { rightsRequest { id } userErrors { code message path } } }",
    ),
    (
        "Mutation.submitErasureRequest input subjectId",
        "mutation($id: ID!) { submitErasureRequest(input: { subjectId: $id }) { rightsRequest { id } userErrors { code message path } } }",
    ),
    (
        "Mutation.submitRestrictionRequest input subjectId",
        "mutation($id: ID!) { submitRestrictionRequest(input: { subjectId: $id, ground: LEGAL_CLAIM }) { rightsRequest { id } userErrors { code message path } } }",
    ),
    (
        "Mutation.submitObjection input subjectId",
        "mutation($id: ID!) { submitObjection(input: { subjectId: $id, purpose: DIRECT_MARKETING }) { rightsRequest { id } userErrors { code message path } } }",
    ),
    (
        "Mutation.withdrawConsent input subjectId",
        "mutation($id: ID!) { withdrawConsent(input: { subjectId: $id, purpose: DIRECT_MARKETING }) { rightsRequest { id } userErrors { code message path } } }",
    ),
    (
        "Mutation.askForIdentity input requestId",
        "mutation($id: ID!) { askForIdentity(input: { requestId: $id, reason: \"x\" }) { rightsRequest { id } userErrors { code message path } } }",
    ),
    (
        "Mutation.extendDeadline input requestId",
        "mutation($id: ID!) { extendDeadline(input: { requestId: $id, grounds: [COMPLEXITY], reason: \"x\" }) { rightsRequest { id } userErrors { code message path } } }",
    ),
    (
        "Mutation.recordAccountingRecord input subjectId",
        "mutation($id: ID!) { recordAccountingRecord(input: { subjectId: $id, kind: QUOTE, number: \"9\", issuedOn: \"2026-01-01\", description: \"x\" }) { accountingRecord { id } userErrors { code message path } } }",
    ),
    (
        "Mutation.liftRestriction input restrictionId",
        "mutation($id: ID!) { liftRestriction(input: { restrictionId: $id, subjectInformedAt: \"2026-03-01T00:00:00Z\" }) { restriction { id } userErrors { code message path } } }",
    ),
    (
        "Mutation.placeLegalHold input subjectId",
        "mutation($id: ID!) { placeLegalHold(input: { subjectId: $id, ground: LEGAL_CLAIMS, categories: [NAME], reference: \"x\" }) { legalHold { id } userErrors { code message path } } }",
    ),
    (
        "Mutation.releaseLegalHold input legalHoldId",
        "mutation($id: ID!) { releaseLegalHold(input: { legalHoldId: $id }) { legalHold { id } userErrors { code message path } } }",
    ),
    (
        "Mutation.signAgreement input agreementId",
        "mutation($id: ID!) { signAgreement(input: { agreementId: $id, documentSha256: \"0\", signatoryName: \"x\", signatoryTitle: \"x\" }) { agreement { id } userErrors { code message path } } }",
    ),
    (
        "Mutation.terminateAgreement input agreementId",
        "mutation($id: ID!) { terminateAgreement(input: { agreementId: $id, effectiveTo: \"2026-12-31\" }) { agreement { id } userErrors { code message path } } }",
    ),
    (
        "Mutation.objectToSubprocessor input subprocessorId",
        "mutation($id: ID!) { objectToSubprocessor(input: { subprocessorId: $id, reason: \"x\" }) { subprocessor { id } userErrors { code message path } } }",
    ),
    (
        "Mutation.authoriseSubprocessor input subprocessorId",
        "mutation($id: ID!) { authoriseSubprocessor(input: { subprocessorId: $id }) { subprocessor { id } userErrors { code message path } } }",
    ),
    (
        "Mutation.rotateDownstreamSecret input systemId",
        "mutation($id: ID!) { rotateDownstreamSecret(input: { systemId: $id }) { system { id } secret userErrors { code message path } } }",
    ),
    (
        "Mutation.acknowledgeDownstreamTask input taskId",
        "mutation($id: ID!) { acknowledgeDownstreamTask(input: { taskId: $id, note: \"Klart.\" }) { task { id } userErrors { code message path } } }",
    ),
    (
        "Mutation.removeDownstreamSystem input systemId",
        "mutation($id: ID!) { removeDownstreamSystem(input: { systemId: $id }) { system { id } userErrors { code message path } } }",
    ),
    (
        "Mutation.acknowledgeBreach input breachId",
        "mutation($id: ID!) { acknowledgeBreach(input: { breachId: $id }) { breach { id } userErrors { code message path } } }",
    ),
];

async fn another_tenants_identifier_is_answered_like_one_that_never_was(gateway: &TestGateway) {
    let (victim, theirs) = furnished(gateway).await;
    let stranger = gateway.tenant().await;
    let own = stranger.registers(person("Bo Egen")).await;
    let admin = stranger.admin();
    let before = rows(gateway, &victim).await;
    for (_, text) in ARGUMENTS {
        let ask = async |caller: &Caller<'_>, id: &str| caller.query(text, json!({ "id": id })).await;
        let absent = ask(&admin, "subject_01h2xcejqtf2nbrexx3vqjhp41").await;
        for id in theirs.iter().chain(&never(gateway)) {
            let foreign = ask(&admin, id).await;
            assert_eq!((foreign.status, &foreign.body), (absent.status, &absent.body), "{text} with {id}");
            let own_token = ask(&stranger.person(&own), id).await;
            let absent = ask(&stranger.person(&own), "subject_01h2xcejqtf2nbrexx3vqjhp41").await;
            assert_eq!(own_token.body, absent.body, "{text} with {id} by a self-service token");
        }
    }
    assert_eq!(rows(gateway, &victim).await, before, "and nothing of theirs is touched");
    let control =
        victim.admin().query("query($id: ID!) { node(id: $id) { id } }", json!({ "id": theirs[0] })).await;
    assert_eq!(control.data("/node/id"), json!(theirs[0]), "their own token reads it");
}

/// Every row of a tenant, of the tables that a stranger could want to change.
async fn rows(gateway: &TestGateway, tenant: &Tenant<'_>) -> Vec<String> {
    let id = tenant.id.uuid();
    let mut all = Vec::new();
    for (table, columns) in [
        ("data_subject", "status || updated_at"),
        ("rights_request", "status || due_at"),
        ("consent", "purpose || granted_at"),
        ("subject_index", "kind"),
        ("accounting_record", "number"),
        ("legal_hold", "reference"),
        ("agreement_signature", "party || signed_at"),
        ("downstream_system", "name || coalesce(removed_at || '', '')"),
        ("downstream_secret", "coalesce(signs_until || '', 'signs')"),
        ("restriction", "ground"),
        ("audit_event", "action"),
    ] {
        let of = if gateway.databases.postgres.is_some() {
            format!("tenant_id = '{id}'")
        } else {
            format!("tenant_id = x'{}'", id.simple())
        };
        let order = format!("SELECT {columns} || '' FROM {table} WHERE {of} ORDER BY 1");
        all.push(gateway.databases.texts(Kind::Data, &order).await.join(","));
    }
    assert!(all.iter().all(|rows| !rows.is_empty()), "there is something to touch: {all:?}");
    all
}

async fn every_argument_that_takes_an_identifier_is_tried(gateway: &TestGateway) {
    let schema = Schema::read(gateway).await;
    // An idempotency key is the caller's own text, an actor's name no object; what is followed is tried on a socket.
    let of_objects = |at: &&String| {
        !at.ends_with(" idempotencyKey") && !at.ends_with(" actorId") && !at.starts_with("Subscription.")
    };
    let identifiers = schema.identifiers();
    let needed: BTreeSet<&str> = identifiers.iter().filter(of_objects).map(String::as_str).collect();
    let tried: BTreeSet<&str> = ARGUMENTS.iter().map(|(at, _)| *at).collect();
    assert_eq!(needed, tried);
}

/// What stays open to a tenant without an agreement, so that it can sign one.
const OPEN: [&str; 11] = [
    "viewer",
    "notices",
    "privacyNotice",
    "processingRecord",
    "subprocessors",
    "personalDataBreaches",
    "signAgreement",
    "terminateAgreement",
    "objectToSubprocessor",
    "authoriseSubprocessor",
    "acknowledgeBreach",
];

async fn no_agreement_no_personal_data_whatever_is_asked(gateway: &TestGateway) {
    let schema = Schema::read(gateway).await;
    let terms = Terms { agreed: None, ..Terms::default() };
    let tenant = gateway.tenant_with(terms).await;
    let nobody = SubjectId::new(gateway.now(), gateway.entropy()).to_string();
    let own = tenant.person(&nobody);
    for of in ["Query", "Mutation"] {
        for field in schema.fields(of) {
            let operation = schema.operation(of, &field, &nobody);
            let caller = if field.name == "me" { own.clone() } else { tenant.admin() };
            let answer = caller.query(&operation, Value::Null).await;
            let code = if OPEN.contains(&field.name.as_str()) { "" } else { "AGREEMENT_REQUIRED" };
            assert_eq!(answer.code(), code, "{operation}: {}", answer.text());
        }
    }
    let viewer = tenant.admin().query("{ viewer { tenant { name status } } }", Value::Null).await;
    assert_eq!(viewer.data("/viewer/tenant"), json!({ "name": "Provtryckeriet AB", "status": "ONBOARDING" }));
    let subject = own.query("{ viewer { actorId subject { name } } }", Value::Null).await;
    assert_eq!(subject.code(), "AGREEMENT_REQUIRED", "the person behind a token is personal data too");
}

async fn an_agreement_counts_from_its_first_day_through_its_last(gateway: &TestGateway) {
    let terms = Terms { from: date(2026, 3, 5), to: Some(date(2026, 3, 10)), ..Terms::default() };
    let tenant = gateway.tenant_with(terms).await;
    for (now, code) in [
        ("2026-03-04T22:59:59.999Z", "AGREEMENT_REQUIRED"),
        ("2026-03-04T23:00:00Z", ""),
        ("2026-03-10T22:59:59.999Z", ""),
        ("2026-03-10T23:00:00Z", "AGREEMENT_REQUIRED"),
    ] {
        gateway.clock.set(now.parse().unwrap());
        let answer = tenant.admin().query("{ dataSubjects { totalCount } }", Value::Null).await;
        assert_eq!(answer.code(), code, "at {now}, in Sweden an hour later");
        let written =
            tenant.admin().change("registerDataSubject", person("Ada Prov"), "dataSubject { id }").await;
        assert_eq!(written.code(), code, "at {now}");
    }
}

async fn a_link_gives_nothing_once_the_agreement_has_ended(gateway: &TestGateway) {
    let tenant = gateway.tenant_with(Terms { to: Some(date(2026, 3, 2)), ..Terms::default() }).await;
    let person = tenant.registers(complete_person("slut")).await;
    let request = tenant.answers_access(&person).await;
    gateway.clock.set("2026-03-02T22:30:00Z".parse().unwrap());
    let link = tenant.link(&request, "JSON").await;
    gateway.clock.set("2026-03-02T23:00:00Z".parse().unwrap());
    let refused = gateway.get(&link).await;
    assert_eq!((refused.status, refused.code().as_str()), (403, "AGREEMENT_REQUIRED"));
    assert!(!refused.text().contains("Exempelsson"));
}

/// On PostgreSQL either defence holds alone. SQLite has no policies: scoped queries and composite keys are its whole
/// defence, and without them this test would see everybody.
async fn filters_and_policies_each_keep_tenants_apart(gateway: &TestGateway) {
    let (one, other) = (gateway.tenant().await, gateway.tenant().await);
    let theirs = one.registers(complete_person("deras")).await;
    one.records_consent(&theirs, "DIRECT_MARKETING").await;
    one.submits_access(&theirs).await;
    let theirs = SubjectId::parse(&theirs).unwrap();
    other.registers(complete_person("egen")).await;
    let opened = gateway.service().store.open_reading(&other.authority().await).await.unwrap();
    let ReadingDoor::Served(tx) = opened else { panic!("it is served") };
    assert_eq!(seen(&tx, theirs).await, [false; 5], "the filters");
    let unfiltered = store::defences::without_scope(seen(&tx, theirs)).await;
    assert_eq!(unfiltered, [gateway.databases.postgres.is_none(); 5], "the policies");
}

/// Whether a transaction sees anything of another tenant's person: the person, by identifier and in the list, the
/// consents, the requests and the entries of the log.
async fn seen(tx: &TenantTx<Reading>, theirs: SubjectId) -> [bool; 5] {
    let listed = tx.list_subjects(&SubjectQuery::first(100)).await.unwrap();
    let log = AuditFilter { subject: Some(theirs), ..AuditFilter::default() };
    [
        tx.find_subject(theirs).await.unwrap().is_some(),
        listed.iter().any(|person| person.id == theirs),
        !tx.list_consents(&[theirs]).await.unwrap().is_empty(),
        !tx.list_requests_of(&[theirs]).await.unwrap().is_empty(),
        !tx.list_events(&log, None, 10).await.unwrap().events.is_empty(),
    ]
}
