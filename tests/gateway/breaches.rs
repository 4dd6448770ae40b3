//! Personal data breaches: told to the tenants concerned and to nobody else, supplemented, acknowledged (Art. 33).

use serde_json::{Value, json};
use support::{Answer, Caller, Tenant, Terms, TestGateway, complete_person, on_both_databases, run, with};

use crate::announcements::entries;

on_both_databases! {
    a_breach_is_told_to_those_whom_it_concerns_and_to_nobody_else,
    the_duty_to_the_authority_ends_after_elapsed_hours,
    a_report_is_refused_with_every_fault_at_once,
    what_becomes_known_later_is_told_to_all_and_the_breach_to_further_tenants,
    a_supplement_is_refused_with_where_and_why,
    a_notice_is_acknowledged_once,
    a_notice_is_read_and_acknowledged_whether_the_tenant_is_served_or_not,
}

pub async fn reports(gateway: &TestGateway, tenants: &[&Tenant<'_>], more: Value) -> Answer {
    let ids: Vec<_> = tenants.iter().map(|tenant| tenant.id.to_string()).collect();
    let input = json!({
        "tenantIds": ids,
        "description": "En säkerhetskopia låg öppen.\nDen är borttagen.",
        "detectedAt": "2026-03-02T07:30:00+01:00",
        "dataCategories": ["NAME", "EMAIL"],
        "approximateSubjects": 1200,
        "consequences": "Oönskade utskick.",
        "measures": "Nycklarna är bytta.",
    });
    gateway.platform().change("reportBreach", with(input, &more), "breach { id }").await
}

pub async fn supplements(gateway: &TestGateway, breach: &str, more: Value) -> Answer {
    let input = with(json!({ "breachId": breach }), &more);
    gateway.platform().change("supplementBreach", input, "breach { id }").await
}

async fn acknowledges(caller: &Caller<'_>, breach: &str) -> Answer {
    caller.change("acknowledgeBreach", json!({ "breachId": breach }), "breach { id acknowledgedAt }").await
}

async fn seen(tenant: &Tenant<'_>, selection: &str) -> Value {
    let text = format!("{{ personalDataBreaches {{ {selection} }} }}");
    tenant.admin().query(&text, Value::Null).await.data("/personalDataBreaches")
}

async fn a_breach_is_told_to_those_whom_it_concerns_and_to_nobody_else(gateway: &TestGateway) {
    let (told, other) = (gateway.tenant().await, gateway.tenant().await);
    let person = told.registers(complete_person("egen")).await;
    let breach = reports(gateway, &[&told], json!({})).await.made();
    let members = "id description detectedAt dataCategories approximateSubjects consequences measures
                   acknowledgedAt supplements { at }";
    let expected = json!([{
        "id": breach, "description": "En säkerhetskopia låg öppen.\nDen är borttagen.",
        "detectedAt": "2026-03-02T06:30:00.000Z", "dataCategories": ["NAME", "EMAIL"],
        "approximateSubjects": 1200, "consequences": "Oönskade utskick.", "measures": "Nycklarna är bytta.",
        "acknowledgedAt": null, "supplements": [],
    }]);
    assert_eq!(seen(&told, members).await, expected);
    assert_eq!(seen(&other, "id").await, json!([]));
    let text = "query($id: ID!) { node(id: $id) { id } }";
    for (caller, found) in [
        (told.staff("breaches:read"), true),
        (told.staff("subjects:read agreements:read"), false),
        (told.person(&person), false),
        (other.admin(), false),
    ] {
        let node = caller.query(text, json!({ "id": breach })).await.data("/node");
        assert_eq!(!node.is_null(), found);
    }
    let strange = acknowledges(&other.admin(), &breach).await;
    let never = acknowledges(&other.admin(), "breach_01h2xcejqtf2nbrexx3vqjhp41").await;
    assert_eq!(strange.user_errors(), ["NOT_FOUND input.breachId"]);
    assert_eq!(strange.json(), never.json(), "as one that never was");
    for (tenant, times) in [(&told, 1), (&other, 0)] {
        assert_eq!(entries(tenant, "breach.report").await, times);
    }
}

async fn the_duty_to_the_authority_ends_after_elapsed_hours(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    for (at, expected) in [
        ("2026-03-02T09:00:00Z", "2026-03-05T09:00:00.000Z"),
        // The clocks go forward that night, which makes no hour shorter; nor does Easter.
        ("2026-03-28T12:00:00.250Z", "2026-03-31T12:00:00.250Z"),
        ("2026-04-03T22:30:00Z", "2026-04-06T22:30:00.000Z"),
    ] {
        gateway.clock.set(at.parse().unwrap());
        reports(gateway, &[&tenant], json!({})).await.succeeded();
        let newest = &seen(&tenant, "notifiedAt authorityDeadline").await[0];
        assert_eq!(newest["authorityDeadline"], expected, "newest first");
    }
}

#[test]
fn the_hours_to_the_authority_are_a_setting() {
    run(async {
        let gateway = TestGateway::sqlite_with(|config| config.breach.authority_hours = 96).await;
        let tenant = gateway.tenant().await;
        reports(&gateway, &[&tenant], json!({})).await.succeeded();
        let deadline = &seen(&tenant, "authorityDeadline").await[0]["authorityDeadline"];
        assert_eq!(*deadline, "2026-03-06T09:00:00.000Z");
        gateway.stop().await;
    });
}

async fn a_report_is_refused_with_every_fault_at_once(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let (known, never) = (tenant.id.to_string(), "tenant_01h2xcejqtf2nbrexx3vqjhp41");
    for (more, expected) in [
        (json!({ "tenantIds": [] }), vec!["INVALID input.tenantIds"]),
        (
            json!({ "tenantIds": [known, never, "nonsense"] }),
            vec!["NOT_FOUND input.tenantIds.1", "NOT_FOUND input.tenantIds.2"],
        ),
        (json!({ "description": " " }), vec!["INVALID input.description"]),
        (json!({ "description": "x".repeat(4001) }), vec!["INVALID input.description"]),
        (json!({ "detectedAt": "2026-03-02T09:00:00.001Z" }), vec!["INVALID input.detectedAt"]),
        (json!({ "detectedAt": "2026-03-02" }), vec!["INVALID input.detectedAt"]),
        (json!({ "dataCategories": [] }), vec!["INVALID input.dataCategories"]),
        (json!({ "approximateSubjects": -1 }), vec!["INVALID input.approximateSubjects"]),
        (
            json!({ "consequences": "", "measures": "\u{7}", "tenantIds": [never] }),
            vec!["INVALID input.consequences", "INVALID input.measures", "NOT_FOUND input.tenantIds.0"],
        ),
    ] {
        assert_eq!(reports(gateway, &[&tenant], more.clone()).await.user_errors(), expected, "{more}");
    }
    assert_eq!(seen(&tenant, "id").await, json!([]), "nothing was told");
    let twice = json!({ "tenantIds": [known, known], "approximateSubjects": null, "detectedAt": "2026-03-02T09:00:00Z" });
    reports(gateway, &[&tenant], twice).await.succeeded();
    assert_eq!(entries(&tenant, "breach.report").await, 1, "named twice, told once");
}

async fn what_becomes_known_later_is_told_to_all_and_the_breach_to_further_tenants(gateway: &TestGateway) {
    let (first, further) = (gateway.tenant().await, gateway.tenant().await);
    let breach = reports(gateway, &[&first], json!({})).await.made();
    gateway.clock.set("2026-03-03T08:00:00Z".parse().unwrap());
    let more = json!({
        "tenantIds": [further.id.to_string(), first.id.to_string()], "dataCategories": ["NAME", "EMAIL", "PHONE"],
        "approximateSubjects": 3000,
    });
    supplements(gateway, &breach, more).await.succeeded();
    gateway.clock.set("2026-03-04T08:00:00Z".parse().unwrap());
    supplements(gateway, &breach, json!({ "measures": "Alla lösenord är bytta." })).await.succeeded();
    let expected = json!([
        { "at": "2026-03-03T08:00:00.000Z", "description": null, "dataCategories": ["NAME", "PHONE", "EMAIL"],
          "approximateSubjects": 3000, "consequences": null, "measures": null },
        { "at": "2026-03-04T08:00:00.000Z", "description": null, "dataCategories": null,
          "approximateSubjects": null, "consequences": null, "measures": "Alla lösenord är bytta." },
    ]);
    let members = "at description dataCategories approximateSubjects consequences measures";
    for (tenant, notified, reported, supplemented) in
        [(&first, "2026-03-02T09:00:00.000Z", 1, 2), (&further, "2026-03-03T08:00:00.000Z", 1, 1)]
    {
        let one = seen(tenant, &format!("notifiedAt approximateSubjects supplements {{ {members} }}")).await;
        assert_eq!(one[0]["supplements"], expected);
        assert_eq!(one[0]["approximateSubjects"], 1200, "what was reported stays as it was");
        assert_eq!(one[0]["notifiedAt"], notified);
        assert_eq!(entries(tenant, "breach.report").await, reported);
        assert_eq!(entries(tenant, "breach.supplement").await, supplemented);
    }
    let text = format!(
        "{{ personalDataBreaches {{ id notices {{ tenant {{ id }} notifiedAt }} supplements {{ {members} }} }} }}"
    );
    let register = gateway.platform().query(&text, Value::Null).await;
    assert_eq!(register.data("/personalDataBreaches/0/supplements"), expected);
    let notices = json!([
        { "tenant": { "id": first.id.to_string() }, "notifiedAt": "2026-03-02T09:00:00.000Z" },
        { "tenant": { "id": further.id.to_string() }, "notifiedAt": "2026-03-03T08:00:00.000Z" },
    ]);
    assert_eq!(register.data("/personalDataBreaches/0/notices"), notices);
}

async fn a_supplement_is_refused_with_where_and_why(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let breach = reports(gateway, &[&tenant], json!({})).await.made();
    for (more, expected) in [
        (json!({}), vec!["INVALID input"]),
        (json!({ "tenantIds": [] }), vec!["INVALID input"]),
        (json!({ "tenantIds": [tenant.id.to_string()] }), vec!["CONFLICT input.tenantIds"]),
        (json!({ "tenantIds": ["nonsense"] }), vec!["NOT_FOUND input.tenantIds.0"]),
        (json!({ "description": " " }), vec!["INVALID input.description"]),
        (json!({ "dataCategories": [] }), vec!["INVALID input.dataCategories"]),
        (
            json!({ "approximateSubjects": -5, "measures": "" }),
            vec!["INVALID input.measures", "INVALID input.approximateSubjects"],
        ),
    ] {
        assert_eq!(supplements(gateway, &breach, more.clone()).await.user_errors(), expected, "{more}");
    }
    let known = json!({ "measures": "Mer." });
    for never in ["breach_01h2xcejqtf2nbrexx3vqjhp41", "nonsense"] {
        let refused = supplements(gateway, never, known.clone()).await;
        assert_eq!(refused.user_errors(), ["NOT_FOUND input.breachId"], "{never}");
    }
}

async fn a_notice_is_acknowledged_once(gateway: &TestGateway) {
    let (tenant, other) = (gateway.tenant().await, gateway.tenant().await);
    for round in 0..4 {
        let breach = reports(gateway, &[&tenant, &other], json!({})).await.made();
        gateway.clock.advance(std::time::Duration::from_mins(5));
        let admin = tenant.admin();
        let (one, two) = tokio::join!(acknowledges(&admin, &breach), acknowledges(&admin, &breach));
        let mut errors = [one.user_errors(), two.user_errors()];
        errors.sort();
        assert_eq!(errors, [vec![], vec!["CONFLICT input.breachId".to_owned()]], "round {round}");
        assert_eq!(seen(&other, "acknowledgedAt").await[0]["acknowledgedAt"], Value::Null, "each for itself");
        assert_eq!(acknowledges(&admin, &breach).await.user_errors(), ["CONFLICT input.breachId"]);
    }
    assert_eq!(entries(&tenant, "breach.acknowledge").await, 4);
    let text = "{ personalDataBreaches { notices { tenant { id } notifiedAt acknowledgedAt } } }";
    let register = gateway.platform().query(text, Value::Null).await;
    let notices = register.data("/personalDataBreaches/3/notices");
    for (tenant, expected) in [(&tenant, json!("2026-03-02T09:05:00.000Z")), (&other, Value::Null)] {
        let id = tenant.id.to_string();
        let own = notices.as_array().unwrap().iter().find(|one| one["tenant"]["id"] == id).unwrap();
        assert_eq!(own["acknowledgedAt"], expected);
    }
    let refused = acknowledges(&tenant.staff("breaches:read"), "nonsense").await;
    assert_eq!(refused.code(), "FORBIDDEN");
}

async fn a_notice_is_read_and_acknowledged_whether_the_tenant_is_served_or_not(gateway: &TestGateway) {
    let never = gateway.tenant_with(Terms { agreed: None, ..Terms::default() }).await;
    let (leaving, closed) = (gateway.tenant().await, gateway.tenant().await);
    leaving.leaves().await;
    closed.is_closed().await;
    let breach = reports(gateway, &[&never, &leaving, &closed], json!({})).await.made();
    for tenant in [&never, &leaving, &closed] {
        let caller = tenant.staff("breaches:read breaches:acknowledge");
        let listed = caller.query("{ personalDataBreaches { id } }", Value::Null).await;
        assert_eq!(listed.data("/personalDataBreaches"), json!([{ "id": breach }]));
        let done = acknowledges(&caller, &breach).await;
        assert_eq!(done.payload("/breach/acknowledgedAt"), "2026-03-02T09:00:00.000Z");
    }
}
