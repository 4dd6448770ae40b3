//! Retention: what nobody asked about goes by the tenant's rules, never earlier than a law lets it, every night.

use std::time::Duration;

use serde_json::{Value, json};
use support::{Tenant, TestGateway, begins, complete_person, on_both_databases, with};

on_both_databases! {
    a_new_tenant_has_the_policys_rules,
    a_rule_is_set_within_what_a_law_demands,
    an_inactive_persons_value_goes_after_its_months_and_not_a_day_earlier,
    any_use_of_the_persons_data_starts_the_period_again,
    when_the_relationship_has_ended_nothing_goes_by_rule_before_the_return_is_over,
    records_never_go_before_the_law_lets_them,
    a_hold_keeps_what_a_rule_would_erase,
    the_forecast_tells_what_the_night_does,
    a_forecast_looks_forward_and_changes_nothing,
    one_tenants_rules_are_no_other_tenants,
}

/// How long after midnight a tenant's night run begins.
const NIGHT_RUN: Duration = Duration::from_mins(30);

async fn set(tenant: &Tenant<'_>, (category, trigger, months): (&str, &str, i64)) -> support::Answer {
    let input = json!({ "category": category, "trigger": trigger, "months": months, "legalBasis": "CONTRACT",
                        "source": "beslut 2026-7" });
    tenant
        .admin()
        .change("setRetentionRule", input, "retentionRule { id category trigger months legalBasis source }")
        .await
}

/// Lets the night run of a day begin, and what it finds be erased.
async fn night(gateway: &TestGateway, day: &str) {
    gateway.clock.set(begins(day) + NIGHT_RUN);
    gateway.work().await;
}

/// Every member of a person that carries a value, when all work of the day before is done and after the night run.
async fn around_night(tenant: &Tenant<'_>, person: &str, day: &str) -> [Vec<&'static str>; 2] {
    let gateway = tenant.gateway();
    gateway.up_to(day).await;
    gateway.clock.set(begins(day) + NIGHT_RUN - Duration::from_millis(1));
    gateway.work().await;
    let before = tenant.shown_for(person, "RIGHTS_HANDLING").await;
    night(gateway, day).await;
    [before, tenant.shown_for(person, "RIGHTS_HANDLING").await]
}

async fn rules(tenant: &Tenant<'_>) -> Vec<Value> {
    let text = "{ retentionRules { category trigger months legalBasis } }";
    let found = tenant.staff("retention:read").query(text, Value::Null).await.data("/retentionRules");
    found.as_array().unwrap().clone()
}

async fn a_new_tenant_has_the_policys_rules(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let mut expected: Vec<_> = ["NAME", "POSITION", "PHONE", "ADDRESS", "EMAIL", "LOGIN_NAME", "PASSWORD"]
        .map(|category| json!({ "category": category, "trigger": "RELATIONSHIP_ENDED", "months": 0, "legalBasis": "CONTRACT" }))
        .to_vec();
    expected.push(json!({ "category": "ACCOUNTING", "trigger": "FISCAL_YEAR_ENDED", "months": null, "legalBasis": "LEGAL_OBLIGATION" }));
    assert_eq!(rules(&tenant).await, expected);
    let ids = tenant.staff("retention:read").query("{ retentionRules { id } }", Value::Null).await;
    let id = ids.string("/retentionRules/4/id");
    let node = "query($id: ID!) { node(id: $id) { ... on RetentionRule { category } } }";
    for (scopes, found, code) in [
        ("retention:read", json!({ "category": "EMAIL" }), ""),
        ("subjects:read rights:read", Value::Null, "FORBIDDEN"),
    ] {
        let caller = tenant.staff(scopes);
        assert_eq!(caller.query(node, json!({ "id": id })).await.data("/node"), found, "{scopes}");
        assert_eq!(caller.query("{ retentionRules { id } }", Value::Null).await.code(), code, "{scopes}");
    }
}

async fn a_rule_is_set_within_what_a_law_demands(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    for (rule, expected) in [
        (("EMAIL", "SUBJECT_INACTIVE", 24), ""),
        (("EMAIL", "RELATIONSHIP_ENDED", 0), ""),
        (("NAME", "SUBJECT_INACTIVE", 1_200), ""),
        (("NAME", "SUBJECT_INACTIVE", 1_201), "INVALID input.months"),
        (("NAME", "SUBJECT_INACTIVE", -1), "INVALID input.months"),
        (("NAME", "FISCAL_YEAR_ENDED", 12), "INVALID input.trigger"),
        (("ACCOUNTING", "FISCAL_YEAR_ENDED", 84), ""),
        (("ACCOUNTING", "FISCAL_YEAR_ENDED", 120), ""),
        (("ACCOUNTING", "FISCAL_YEAR_ENDED", 83), "RETENTION_REQUIRED input.months"),
        (("ACCOUNTING", "FISCAL_YEAR_ENDED", 0), "RETENTION_REQUIRED input.months"),
        (("ACCOUNTING", "RELATIONSHIP_ENDED", 1_200), "RETENTION_REQUIRED"),
        (("ACCOUNTING", "SUBJECT_INACTIVE", 120), "RETENTION_REQUIRED"),
    ] {
        let answer = set(&tenant, rule).await;
        let errors = answer.user_errors();
        if expected.is_empty() {
            let (category, trigger, months) = rule;
            let made = with(answer.payload("/retentionRule"), &json!({ "id": null }));
            assert_eq!(
                made,
                json!({ "id": null, "category": category, "trigger": trigger, "months": months, "legalBasis": "CONTRACT",
                        "source": "beslut 2026-7" })
            );
            assert_eq!(rules(&tenant).await.len(), 8, "one rule for each category");
        } else {
            assert!(errors.len() == 1 && errors[0].starts_with(expected), "{rule:?}: {errors:?}");
        }
        if expected.starts_with("RETENTION") {
            let message = answer.payload("/userErrors/0/message");
            assert!(message.as_str().unwrap().contains("84"), "it names what the law demands: {message}");
        }
    }
    let long = json!({ "category": "EMAIL", "trigger": "SUBJECT_INACTIVE", "months": 1, "legalBasis": "CONTRACT", "source": " " });
    let refused = tenant.admin().change("setRetentionRule", long, "retentionRule { id }").await;
    assert_eq!(refused.user_errors(), ["INVALID input.source"]);
    let input = json!({ "category": "EMAIL", "trigger": "SUBJECT_INACTIVE", "months": 1, "legalBasis": "CONTRACT", "source": "x" });
    let refused = tenant
        .staff("retention:read rights:decide")
        .change("setRetentionRule", input, "retentionRule { id }")
        .await;
    assert_eq!(refused.code(), "FORBIDDEN");
    assert_eq!(tenant.events("retentionRule.set").await, 6, "five that were set, and one that was denied");
}

async fn an_inactive_persons_value_goes_after_its_months_and_not_a_day_earlier(gateway: &TestGateway) {
    for (active, months, gone) in [
        ("2026-03-10", 0, "2026-03-11"),
        ("2026-03-31", 1, "2026-05-01"),
        ("2026-08-31", 6, "2027-03-01"),
        ("2027-11-30", 3, "2028-03-01"),
        ("2028-02-29", 12, "2029-03-01"),
        ("2029-03-25", 36, "2032-03-26"),
    ] {
        let tenant = gateway.tenant().await;
        gateway.on(active);
        gateway.work().await;
        let id = tenant.registers(complete_person("tyst")).await;
        set(&tenant, ("EMAIL", "SUBJECT_INACTIVE", months)).await.succeeded();
        let all = tenant.shown_for(&id, "RIGHTS_HANDLING").await;
        let [before, after] = around_night(&tenant, &id, gone).await;
        assert_eq!(before, all, "{active} and {months} months: kept through the day before {gone}");
        let rest: Vec<_> = all.into_iter().filter(|member| *member != "email").collect();
        assert_eq!(after, rest, "{active} and {months} months: gone in the night of {gone}");
        assert_eq!(tenant.state_of(&id).await, "ACTIVE");
        assert_eq!(
            tenant.finds("SERVICE_DELIVERY", json!({ "email": "asa.tyst@provstad.example" })).await,
            0
        );
        assert_eq!(tenant.events("retention.erase").await, 1);
        night(gateway, &begins(gone).to_string()[..10]).await;
        assert_eq!(tenant.events("retention.erase").await, 1, "once");
    }
}

async fn any_use_of_the_persons_data_starts_the_period_again(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    gateway.on("2026-04-10");
    let id = tenant.registers(complete_person("aktiv")).await;
    set(&tenant, ("PHONE", "SUBJECT_INACTIVE", 1)).await.succeeded();
    gateway.on("2026-05-05");
    let input = json!({ "subjectId": id, "position": "Ny" });
    tenant.admin().change("updateDataSubject", input, "dataSubject { id }").await.succeeded();
    night(gateway, "2026-05-20").await;
    assert!(tenant.shown_for(&id, "RIGHTS_HANDLING").await.contains(&"phone"), "the old date has passed");
    let [before, after] = around_night(&tenant, &id, "2026-06-06").await;
    assert!(before.contains(&"phone") && !after.contains(&"phone"), "a month after the update");
}

async fn when_the_relationship_has_ended_nothing_goes_by_rule_before_the_return_is_over(
    gateway: &TestGateway,
) {
    let tenant = gateway.tenant().await;
    let held = tenant.registers(complete_person("allt")).await;
    let partly = tenant.registers(complete_person("delvis")).await;
    tenant.files_invoice(&partly, "F-1", "2025-12-31").await;
    gateway.on("2032-11-25");
    set(&tenant, ("PHONE", "SUBJECT_INACTIVE", 1)).await.succeeded();
    let input = json!({ "subjectId": held, "position": "Provchef" });
    tenant.admin().change("updateDataSubject", input, "dataSubject { id }").await.succeeded();
    tenant.carries_out("ERASURE", &partly, json!({})).await;
    gateway.on("2032-12-20");
    let input = json!({ "tenantId": tenant.id.to_string(), "endsOn": "2032-12-21" });
    gateway.platform().change("endTenantRelationship", input, "tenant { id }").await.succeeded();
    let all = tenant.shown_for(&held, "RIGHTS_HANDLING").await;
    assert!(all.contains(&"phone"));
    for day in ["2032-12-22", "2032-12-27", "2033-01-20"] {
        night(gateway, day).await;
        assert_eq!(tenant.shown_for(&held, "RIGHTS_HANDLING").await, all, "{day}");
    }
    assert_eq!(tenant.state_of(&partly).await, "ERASED", "what a law kept goes on its day all the same");
    gateway.up_to("2033-01-21").await;
    gateway.work().await;
    assert_eq!(tenant.admin().reads_for(&held, "RIGHTS_HANDLING").await.code(), "TENANT_NOT_SERVED");
}

async fn records_never_go_before_the_law_lets_them(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let longer = gateway.tenant().await;
    set(&longer, ("ACCOUNTING", "FISCAL_YEAR_ENDED", 96)).await.succeeded();
    let mut all = Vec::new();
    for (number, fiscal_year_end) in
        ["2018-12-31", "2019-01-31", "2019-12-31", "2020-02-29", "2021-06-30"].into_iter().enumerate()
    {
        for (of, years) in [(&tenant, 8), (&longer, 9)] {
            let id = of.registers(complete_person(&format!("bok{number}"))).await;
            of.files_invoice(&id, &format!("F-{number}"), fiscal_year_end).await;
            let year: i32 = fiscal_year_end[..4].parse().unwrap();
            all.push((format!("{}-01-01", year + years), of, id, fiscal_year_end));
        }
    }
    let has_record =
        async |of: &Tenant<'_>, id: &str| of.shown_for(id, "BOOKKEEPING").await.contains(&"accounting");
    let days: std::collections::BTreeSet<_> = all.iter().map(|(day, ..)| day.clone()).collect();
    // 2018's books could be thrown away before the tests' clock begins.
    for day in days.iter().map(|day| day.as_str().max("2026-03-03")) {
        gateway.up_to(day).await;
        for (due, of, id, year) in all.iter().filter(|(due, ..)| due.as_str() >= day) {
            assert!(has_record(of, id).await, "{year}, to go on {due}, a moment before {day}");
        }
        night(gateway, day).await;
        for (due, of, id, year) in &all {
            assert_eq!(
                has_record(of, id).await,
                due.as_str() > day,
                "{year}, to go on {due}, in the night of {day}"
            );
            assert_eq!(of.shown_for(id, "SERVICE_DELIVERY").await.len(), 7, "{year}: and nothing else");
        }
    }
}

async fn a_hold_keeps_what_a_rule_would_erase(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let id = tenant.registers(complete_person("halls")).await;
    for category in ["EMAIL", "PHONE"] {
        set(&tenant, (category, "SUBJECT_INACTIVE", 0)).await.succeeded();
    }
    let hold = tenant.holds(&id, &["EMAIL"]).await;
    night(gateway, "2026-03-03").await;
    let left = tenant.shown_for(&id, "RIGHTS_HANDLING").await;
    assert!(left.contains(&"email") && !left.contains(&"phone"), "{left:?}");
    tenant.releases(&hold).await.succeeded();
    night(gateway, "2026-03-04").await;
    night(gateway, "2026-03-05").await;
    assert!(!tenant.shown_for(&id, "RIGHTS_HANDLING").await.contains(&"email"), "once it is released");
}

async fn forecast(tenant: &Tenant<'_>, as_of: Option<&str>) -> Vec<(String, i64, i64)> {
    let text = "query($asOf: Date) { retentionForecast(asOf: $asOf) { asOf entries { category toErase retained } } }";
    let answer = tenant.staff("retention:read").query(text, json!({ "asOf": as_of })).await;
    let entries = answer.data("/retentionForecast/entries");
    let one = |entry: &Value| {
        let count = |member: &str| entry[member].as_i64().unwrap();
        (entry["category"].as_str().unwrap().to_owned(), count("toErase"), count("retained"))
    };
    let all = entries.as_array().unwrap().iter().map(one);
    all.filter(|(_, erased, kept)| erased + kept > 0).collect()
}

async fn the_forecast_tells_what_the_night_does(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let mut people = Vec::new();
    for number in 0..3 {
        people.push(tenant.registers(complete_person(&format!("prognos{number}"))).await);
    }
    tenant.files_invoice(&people[0], "F-1", "2025-12-31").await;
    tenant.files_invoice(&people[0], "F-2", "2018-12-31").await;
    for (category, months) in [("EMAIL", 1), ("NAME", 2), ("PHONE", 12)] {
        set(&tenant, (category, "SUBJECT_INACTIVE", months)).await.succeeded();
    }
    tenant.holds(&people[1], &["EMAIL"]).await;
    let entry = |category: &str, erased, kept| (category.to_owned(), erased, kept);
    assert_eq!(forecast(&tenant, None).await, [entry("ACCOUNTING", 1, 1)], "today");
    assert_eq!(forecast(&tenant, Some("2026-04-02")).await, [entry("ACCOUNTING", 1, 1)]);
    assert_eq!(
        forecast(&tenant, Some("2026-04-03")).await,
        [entry("EMAIL", 2, 1), entry("ACCOUNTING", 1, 1)],
        "one is kept on a ground"
    );
    let may = forecast(&tenant, Some("2026-05-03")).await;
    assert_eq!(
        may,
        [entry("NAME", 2, 1), entry("EMAIL", 2, 1), entry("ACCOUNTING", 1, 1)],
        "beside a record the name stays"
    );
    let before = tenant.finds("RIGHTS_HANDLING", json!({ "nameWords": "exempelsson" })).await;
    night(gateway, "2026-05-03").await;
    let after = tenant.finds("RIGHTS_HANDLING", json!({ "nameWords": "exempelsson" })).await;
    assert_eq!(before.as_i64().unwrap() - after.as_i64().unwrap(), 2, "as foretold");
    let left = forecast(&tenant, None).await;
    assert!(left.iter().all(|(_, erased, _)| *erased == 0), "{left:?}");
}

async fn a_forecast_looks_forward_and_changes_nothing(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let id = tenant.registers(complete_person("framat")).await;
    set(&tenant, ("EMAIL", "SUBJECT_INACTIVE", 0)).await.succeeded();
    let text = "query($asOf: Date) { retentionForecast(asOf: $asOf) { asOf } }";
    for (as_of, code) in [
        ("2026-03-01", "BAD_USER_INPUT"),
        ("2020-01-01", "BAD_USER_INPUT"),
        ("someday", "BAD_USER_INPUT"),
        ("2026-03-02", ""),
        ("2099-12-31", ""),
    ] {
        let answer = tenant.admin().query(text, json!({ "asOf": as_of })).await;
        assert_eq!(answer.code(), code, "{as_of}");
    }
    assert_eq!(tenant.admin().query(text, Value::Null).await.data("/retentionForecast/asOf"), "2026-03-02");
    forecast(&tenant, Some("2030-01-01")).await;
    assert_eq!(tenant.shown_for(&id, "RIGHTS_HANDLING").await.len(), 7);
    assert_eq!(tenant.staff("subjects:read").query(text, Value::Null).await.code(), "FORBIDDEN");
}

async fn one_tenants_rules_are_no_other_tenants(gateway: &TestGateway) {
    let (tenant, other) = (gateway.tenant().await, gateway.tenant().await);
    set(&tenant, ("EMAIL", "SUBJECT_INACTIVE", 0)).await.succeeded();
    let (mine, theirs) =
        (tenant.registers(complete_person("min")).await, other.registers(complete_person("din")).await);
    assert_eq!(rules(&other).await[4]["trigger"], "RELATIONSHIP_ENDED");
    night(gateway, "2026-03-03").await;
    assert_eq!(tenant.shown_for(&mine, "RIGHTS_HANDLING").await.len(), 6);
    assert_eq!(other.shown_for(&theirs, "RIGHTS_HANDLING").await.len(), 7);
}
