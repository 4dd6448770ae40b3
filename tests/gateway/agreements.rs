//! Agreements as the tenant reads, signs and ends them: when each is in force, and what cannot be done with it.

use aws_lc_rs::digest::{SHA256, digest};
use serde_json::{Value, json};
use support::{Answer, Caller, Tenant, Terms, TestGateway, on_both_databases, person, with};

on_both_databases! {
    an_offer_is_read_signed_and_served_under,
    an_agreement_ends_at_midnight_in_sweden_by_its_own_last_day_or_by_termination,
    a_later_version_takes_over_without_a_gap,
    what_a_later_version_covers_counts_from_its_first_day,
    what_cannot_be_signed_is_told_why,
    of_two_signatures_at_once_one_counts,
    what_cannot_be_terminated_is_told_why,
    versions_are_listed_newest_first_in_pages,
    a_page_of_agreements_costs_as_many_statements_as_one,
    an_agreement_opens_to_whoever_may_read_or_sign_it,
    a_tenant_that_has_left_reads_what_was_agreed_and_signs_nothing_more,
}

/// A tenant with nothing but what it is offered.
async fn newcomer(gateway: &TestGateway) -> Tenant<'_> {
    gateway.tenant_with(Terms { agreed: None, ..Terms::default() }).await
}

/// All versions, newest first.
async fn versions(tenant: &Tenant<'_>, selection: &str) -> Vec<Value> {
    let text = format!("{{ viewer {{ tenant {{ agreements {{ edges {{ node {{ {selection} }} }} }} }} }} }}");
    let edges = tenant.admin().query(&text, Value::Null).await.data("/viewer/tenant/agreements/edges");
    edges.as_array().unwrap().iter().map(|edge| edge["node"].clone()).collect()
}

/// Number, status, first and last day of each version, newest first.
async fn timeline(tenant: &Tenant<'_>) -> Vec<String> {
    let all = versions(tenant, "version status effectiveFrom effectiveTo").await;
    let told = |one: &Value| {
        let last = one["effectiveTo"].as_str().unwrap_or("open");
        format!(
            "{} {} {}..{last}",
            one["version"],
            one["status"].as_str().unwrap(),
            one["effectiveFrom"].as_str().unwrap()
        )
    };
    all.iter().map(told).collect()
}

async fn served(tenant: &Tenant<'_>) -> String {
    tenant.admin().query("{ dataSubjects { totalCount } }", Value::Null).await.code()
}

async fn signs(caller: &Caller<'_>, id: &str, more: Value) -> Answer {
    let input = json!({
        "agreementId": id,
        "documentSha256": "0".repeat(64),
        "signatoryName": "Prov Ansvarigsson",
        "signatoryTitle": "firmatecknare",
    });
    caller.change("signAgreement", with(input, &more), "agreement { id status }").await
}

async fn terminates(tenant: &Tenant<'_>, id: &str, effective_to: &str) -> Answer {
    let input = json!({ "agreementId": id, "effectiveTo": effective_to });
    tenant.admin().change("terminateAgreement", input, "agreement { id status effectiveTo }").await
}

async fn digest_of(tenant: &Tenant<'_>, id: &str) -> Value {
    let all = versions(tenant, "id documentSha256").await;
    all.iter().find(|one| one["id"] == id).map(|one| one["documentSha256"].clone()).unwrap()
}

async fn an_offer_is_read_signed_and_served_under(gateway: &TestGateway) {
    let tenant = newcomer(gateway).await;
    let id = tenant.is_offered(json!({ "objectionPeriodDays": 10, "returnPeriodDays": 45 })).await;
    let selection = "id version status language subjectMatter natureAndPurpose dataCategories subjectCategories \
                     instructions securityMeasures subprocessorAuthorisation objectionPeriodDays returnPeriodDays \
                     effectiveFrom effectiveTo documentSha256 document \
                     signatures { party signatoryName signatoryTitle documentSha256 }";
    let offered = versions(&tenant, selection).await.remove(0);
    let document = offered["document"].as_str().unwrap();
    let sha256 = hex::encode(digest(&SHA256, document.as_bytes()));
    assert!(document.contains("Drift av kundregister") && !document.contains("{{"), "{document}");
    let signature = |party: &str, name: &str| json!({ "party": party, "signatoryName": name, "signatoryTitle": "firmatecknare", "documentSha256": sha256 });
    let expected = json!({
        "id": id, "version": 1, "status": "OFFERED", "language": "sv",
        "subjectMatter": "Drift av kundregister", "natureAndPurpose": "Lagring och visning av kunduppgifter",
        "dataCategories": ["NAME", "EMAIL"], "subjectCategories": ["kunder"],
        "instructions": ["Behandla bara enligt avtalet."], "securityMeasures": ["Kryptering per person."],
        "subprocessorAuthorisation": "GENERAL", "objectionPeriodDays": 10, "returnPeriodDays": 45,
        "effectiveFrom": "2026-03-02", "effectiveTo": null, "documentSha256": sha256, "document": document,
        "signatures": [signature("PROCESSOR", "Prov Biträdesson")],
    });
    assert_eq!(offered, expected);
    let current = "{ viewer { tenant { status currentAgreement { id } } } }";
    let before = tenant.admin().query(current, Value::Null).await;
    assert_eq!(before.data("/viewer/tenant"), json!({ "status": "ONBOARDING", "currentAgreement": null }));
    assert_eq!(served(&tenant).await, "AGREEMENT_REQUIRED");

    let answer = signs(&tenant.admin(), &id, json!({ "documentSha256": sha256 })).await;
    assert_eq!(answer.payload("/agreement"), json!({ "id": id, "status": "IN_FORCE" }));
    let after = tenant.admin().query(current, Value::Null).await;
    assert_eq!(after.data("/viewer/tenant"), json!({ "status": "ACTIVE", "currentAgreement": { "id": id } }));
    assert_eq!(served(&tenant).await, "");
    let signed = versions(&tenant, selection).await.remove(0);
    let both =
        json!([signature("PROCESSOR", "Prov Biträdesson"), signature("CONTROLLER", "Prov Ansvarigsson")]);
    assert_eq!(signed, with(expected, &json!({ "status": "IN_FORCE", "signatures": both })));
}

async fn an_agreement_ends_at_midnight_in_sweden_by_its_own_last_day_or_by_termination(
    gateway: &TestGateway,
) {
    let expires = newcomer(gateway).await;
    let id = expires.is_offered(json!({ "effectiveTo": "2026-03-10" })).await;
    expires.signs_offer(&id).await;
    let ended = newcomer(gateway).await;
    let id = ended.is_offered(json!({ "effectiveTo": "2026-12-31" })).await;
    ended.signs_offer(&id).await;
    let answer = terminates(&ended, &id, "2026-03-10").await;
    let expected = json!({ "id": id, "status": "IN_FORCE", "effectiveTo": "2026-03-10" });
    assert_eq!(answer.payload("/agreement"), expected);
    for (now, code, state) in [
        ("2026-03-10T22:59:59.999Z", "", "1 IN_FORCE 2026-03-02..2026-03-10"),
        ("2026-03-10T23:00:00Z", "AGREEMENT_REQUIRED", "1 TERMINATED 2026-03-02..2026-03-10"),
    ] {
        gateway.clock.set(now.parse().unwrap());
        for tenant in [&expires, &ended] {
            assert_eq!(
                (served(tenant).await.as_str(), timeline(tenant).await),
                (code, vec![state.to_owned()]),
                "{now}"
            );
        }
    }
    let viewer = "{ viewer { tenant { status currentAgreement { id } } } }";
    let viewer = ended.admin().query(viewer, Value::Null).await;
    assert_eq!(viewer.data("/viewer/tenant"), json!({ "status": "ACTIVE", "currentAgreement": null }));
    let next = ended.is_offered(json!({})).await;
    ended.signs_offer(&next).await;
    assert_eq!(
        timeline(&ended).await[0],
        "2 IN_FORCE 2026-03-11..open",
        "it begins no sooner than it is signed"
    );
    assert_eq!(served(&ended).await, "");
}

async fn a_later_version_takes_over_without_a_gap(gateway: &TestGateway) {
    let tenant = newcomer(gateway).await;
    let first = tenant.is_offered(json!({})).await;
    tenant.signs_offer(&first).await;
    let second = tenant.is_offered(json!({ "effectiveFrom": "2026-04-01" })).await;
    assert_eq!(timeline(&tenant).await, ["2 OFFERED 2026-04-01..open", "1 IN_FORCE 2026-03-02..open"]);
    tenant.signs_offer(&second).await;
    for (now, expected) in [
        ("2026-03-31T21:59:59.999Z", ["2 OFFERED 2026-04-01..open", "1 IN_FORCE 2026-03-02..2026-03-31"]),
        ("2026-03-31T22:00:00Z", ["2 IN_FORCE 2026-04-01..open", "1 SUPERSEDED 2026-03-02..2026-03-31"]),
    ] {
        gateway.clock.set(now.parse().unwrap());
        assert_eq!(timeline(&tenant).await, expected, "{now}");
        assert_eq!(served(&tenant).await, "", "{now}");
    }
    let third = tenant.is_offered(json!({})).await;
    tenant.is_offered(json!({})).await;
    let all = timeline(&tenant).await;
    assert_eq!(all[0], "4 OFFERED 2026-03-02..open");
    assert_eq!(all[1], "3 SUPERSEDED 2026-03-02..open", "{third} is offered no longer");
    assert_eq!(all[2], "2 IN_FORCE 2026-04-01..open");
}

async fn what_a_later_version_covers_counts_from_its_first_day(gateway: &TestGateway) {
    let tenant = newcomer(gateway).await;
    let first = tenant.is_offered(json!({ "dataCategories": ["NAME", "EMAIL"] })).await;
    tenant.signs_offer(&first).await;
    let someone = |tag: &str, more: Value| {
        with(json!({ "name": "Ada Prov", "email": format!("{tag}@prov.example") }), &more)
    };
    let registers = async |tag: &str, more: Value| {
        tenant.admin().change("registerDataSubject", someone(tag, more), "dataSubject { id }").await
    };
    let held = registers("ada", json!({})).await.made();
    let phone = json!({ "phone": "+46812345678" });
    assert_eq!(registers("bo", phone.clone()).await.user_errors(), ["OUTSIDE_AGREEMENT input.phone"]);
    let wider = json!({ "dataCategories": ["NAME", "EMAIL", "PHONE"], "effectiveFrom": "2026-03-03" });
    let wider = tenant.is_offered(wider).await;
    tenant.signs_offer(&wider).await;
    assert_eq!(registers("bo", phone.clone()).await.user_errors(), ["OUTSIDE_AGREEMENT input.phone"]);
    gateway.on("2026-03-03");
    registers("bo", phone).await.succeeded();
    let narrower = tenant.is_offered(json!({ "dataCategories": ["NAME"] })).await;
    assert_eq!(tenant.shown_for(&held, "SERVICE_DELIVERY").await, ["name", "email"]);
    tenant.signs_offer(&narrower).await;
    assert_eq!(tenant.shown_for(&held, "SERVICE_DELIVERY").await, ["name"]);
    assert_eq!(tenant.shown_for(&held, "RIGHTS_HANDLING").await, ["name", "email"], "what is still held");
    assert_eq!(registers("cia", json!({})).await.user_errors(), ["OUTSIDE_AGREEMENT input.email"]);
}

async fn what_cannot_be_signed_is_told_why(gateway: &TestGateway) {
    let (tenant, other) = (newcomer(gateway).await, newcomer(gateway).await);
    let theirs = other.is_offered(json!({})).await;
    let replaced = tenant.is_offered(json!({})).await;
    let signed = tenant.is_offered(json!({})).await;
    tenant.signs_offer(&signed).await;
    let offered = tenant.is_offered(json!({ "effectiveTo": "2026-03-20" })).await;
    let read = digest_of(&tenant, &offered).await;
    let never = "agreement_01h2xcejqtf2nbrexx3vqjhp41";
    let theirs = (theirs.clone(), digest_of(&other, &theirs).await);
    for (id, more, expected) in [
        (never, json!({}), vec!["NOT_FOUND input.agreementId"]),
        (theirs.0.as_str(), json!({ "documentSha256": theirs.1 }), vec!["NOT_FOUND input.agreementId"]),
        ("nonsense", json!({}), vec!["NOT_FOUND input.agreementId"]),
        (&offered, json!({}), vec!["INVALID input.documentSha256"]),
        (&offered, json!({ "documentSha256": "ABC" }), vec!["INVALID input.documentSha256"]),
        (
            &offered,
            json!({ "signatoryName": " ", "signatoryTitle": "" }),
            vec![
                "INVALID input.signatoryName",
                "INVALID input.signatoryTitle",
                "INVALID input.documentSha256",
            ],
        ),
        (
            &replaced,
            json!({ "documentSha256": digest_of(&tenant, &replaced).await }),
            vec!["CONFLICT input.agreementId"],
        ),
        (
            &signed,
            json!({ "documentSha256": digest_of(&tenant, &signed).await }),
            vec!["CONFLICT input.agreementId"],
        ),
    ] {
        assert_eq!(signs(&tenant.admin(), id, more.clone()).await.user_errors(), expected, "{id} {more}");
    }
    gateway.on("2026-03-21");
    let late = signs(&tenant.admin(), &offered, json!({ "documentSha256": read })).await;
    assert_eq!(late.user_errors(), ["CONFLICT input.agreementId"], "its last day is past");
    assert_eq!(timeline(&tenant).await[0], "3 TERMINATED 2026-03-02..2026-03-20");
}

async fn of_two_signatures_at_once_one_counts(gateway: &TestGateway) {
    let tenant = newcomer(gateway).await;
    let id = tenant.is_offered(json!({})).await;
    let read = json!({ "documentSha256": digest_of(&tenant, &id).await });
    let (one, other) = (tenant.named("en", "agreements:sign"), tenant.named("annan", "agreements:sign"));
    let (one, other) = futures::join!(signs(&one, &id, read.clone()), signs(&other, &id, read));
    let mut told = [one.user_errors(), other.user_errors()];
    told.sort();
    assert_eq!(told, [vec![], vec!["CONFLICT input.agreementId".to_owned()]]);
    let signatures = versions(&tenant, "signatures { party }").await.remove(0);
    assert_eq!(signatures["signatures"], json!([{ "party": "PROCESSOR" }, { "party": "CONTROLLER" }]));
}

async fn what_cannot_be_terminated_is_told_why(gateway: &TestGateway) {
    let (tenant, other) = (newcomer(gateway).await, gateway.tenant().await);
    let theirs = versions(&other, "id").await.remove(0)["id"].as_str().unwrap().to_owned();
    let former = tenant.is_offered(json!({})).await;
    tenant.signs_offer(&former).await;
    let current = tenant.is_offered(json!({ "effectiveTo": "2026-06-30" })).await;
    tenant.signs_offer(&current).await;
    let offered = tenant.is_offered(json!({ "effectiveFrom": "2026-05-01" })).await;
    let never = "agreement_01h2xcejqtf2nbrexx3vqjhp41".to_owned();
    for (id, last, expected) in [
        (&never, "2026-03-31", "NOT_FOUND input.agreementId"),
        (&theirs, "2026-03-31", "NOT_FOUND input.agreementId"),
        (&former, "2026-03-31", "CONFLICT input.agreementId"),
        (&offered, "2026-03-31", "CONFLICT input.agreementId"),
        (&current, "2026-03-01", "INVALID input.effectiveTo"),
        (&current, "2026-02-30", "INVALID input.effectiveTo"),
        (&current, "2026-07-01", "CONFLICT input.effectiveTo"),
    ] {
        assert_eq!(terminates(&tenant, id, last).await.user_errors(), [expected], "{id} {last}");
    }
    tenant.signs_offer(&offered).await;
    assert_eq!(
        terminates(&tenant, &current, "2026-05-01").await.user_errors(),
        ["CONFLICT input.effectiveTo"]
    );
    terminates(&tenant, &current, "2026-03-31").await.succeeded();
    terminates(&tenant, &current, "2026-03-02").await.succeeded();
    assert_eq!(
        terminates(&tenant, &current, "2026-03-31").await.user_errors(),
        ["CONFLICT input.effectiveTo"]
    );
}

async fn versions_are_listed_newest_first_in_pages(gateway: &TestGateway) {
    let (tenant, other) = (newcomer(gateway).await, newcomer(gateway).await);
    for _ in 0..3 {
        tenant.is_offered(json!({})).await;
    }
    let text = "query($first: Int, $after: String) { viewer { tenant { agreements(first: $first, after: $after) {
                totalCount edges { cursor node { version } } pageInfo { hasNextPage hasPreviousPage endCursor } } } } }";
    let page = async |caller: Caller<'_>, first: Value, after: Value| {
        caller.query(text, json!({ "first": first, "after": after })).await
    };
    let numbers = |page: &Answer| -> Vec<Value> {
        let edges = page.data("/viewer/tenant/agreements/edges");
        edges.as_array().unwrap().iter().map(|edge| edge["node"]["version"].clone()).collect()
    };
    let first = page(tenant.admin(), json!(2), Value::Null).await;
    assert_eq!(
        (numbers(&first), first.data("/viewer/tenant/agreements/totalCount")),
        (vec![json!(3), json!(2)], json!(3))
    );
    let info = first.data("/viewer/tenant/agreements/pageInfo");
    assert_eq!((&info["hasNextPage"], &info["hasPreviousPage"]), (&json!(true), &json!(false)));
    let second = page(tenant.admin(), json!(2), info["endCursor"].clone()).await;
    assert_eq!(numbers(&second), [1]);
    assert_eq!(second.data("/viewer/tenant/agreements/pageInfo/hasNextPage"), false);
    for (caller, first, after) in [
        (tenant.admin(), json!(101), Value::Null),
        (tenant.admin(), json!(-1), Value::Null),
        (tenant.admin(), json!(2), json!("nonsense")),
        (other.admin(), json!(2), info["endCursor"].clone()),
    ] {
        assert_eq!(page(caller, first.clone(), after).await.code(), "BAD_USER_INPUT", "{first}");
    }
}

async fn a_page_of_agreements_costs_as_many_statements_as_one(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let text = "{ viewer { tenant { currentAgreement { id } agreements { totalCount edges { cursor node {
                id status document effectiveTo signatures { party signedAt } } } } } } }";
    let cost = async || {
        let before = gateway.statements();
        assert_eq!(tenant.admin().query(text, Value::Null).await.code(), "");
        gateway.statements() - before
    };
    // Whether the tenant exists is asked once.
    cost().await;
    let one = cost().await;
    for _ in 0..5 {
        tenant.is_offered(json!({})).await;
    }
    assert_eq!(cost().await, one);
}

async fn an_agreement_opens_to_whoever_may_read_or_sign_it(gateway: &TestGateway) {
    let tenant = newcomer(gateway).await;
    let id = tenant.is_offered(json!({})).await;
    let read = json!({ "documentSha256": digest_of(&tenant, &id).await });
    for field in ["currentAgreement { id }", "agreements { totalCount }", "closing { closedAt }"] {
        let text = format!("{{ viewer {{ tenant {{ name {field} }} }} }}");
        for (scope, code) in
            [("agreements:read", ""), ("agreements:sign", "FORBIDDEN"), ("audit:read", "FORBIDDEN")]
        {
            assert_eq!(
                tenant.staff(scope).query(&text, Value::Null).await.code(),
                code,
                "{field} with {scope}"
            );
        }
    }
    let refused = signs(&tenant.staff("agreements:read"), &id, read.clone()).await;
    assert_eq!(refused.code(), "FORBIDDEN");
    gateway.clock.advance(std::time::Duration::from_millis(1));
    let signed = signs(&tenant.staff("agreements:sign"), &id, read).await;
    assert_eq!(signed.payload("/agreement/status"), "IN_FORCE", "whoever signs sees what is signed");
    let log =
        "{ auditEvents(filter: { action: \"agreement.sign\" }) { edges { node { allowed subjectIds } } } }";
    let log = tenant.admin().query(log, Value::Null).await.data("/auditEvents/edges");
    let entry = |allowed: bool| json!({ "node": { "allowed": allowed, "subjectIds": [] } });
    assert_eq!(log, json!([entry(true), entry(false)]));
    let node = "query($id: ID!) { node(id: $id) { ... on ProcessorAgreement { version } } }";
    for (scope, expected) in [("agreements:read", json!({ "version": 1 })), ("agreements:sign", Value::Null)]
    {
        let found = tenant.staff(scope).query(node, json!({ "id": id })).await;
        assert_eq!(found.data("/node"), expected, "{scope}");
    }
}

async fn a_tenant_that_has_left_reads_what_was_agreed_and_signs_nothing_more(gateway: &TestGateway) {
    let (leaving, closed) = (gateway.tenant().await, gateway.tenant().await);
    let offers = [leaving.is_offered(json!({})).await, closed.is_offered(json!({})).await];
    leaving.registers(person("Ada Prov")).await;
    leaving.leaves().await;
    closed.is_closed().await;
    for (tenant, offer) in [&leaving, &closed].into_iter().zip(&offers) {
        let read = json!({ "documentSha256": digest_of(tenant, offer).await });
        assert_eq!(signs(&tenant.admin(), offer, read).await.code(), "TENANT_NOT_SERVED");
        let first = versions(tenant, "id status").await.remove(1);
        assert_eq!(first["status"], "IN_FORCE", "by its own dates");
        let ended = terminates(tenant, first["id"].as_str().unwrap(), "2026-03-31").await;
        assert_eq!(ended.code(), "TENANT_NOT_SERVED");
    }
}
