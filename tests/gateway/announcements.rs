//! Announcing a sub-processor: what is refused, when it may begin at the earliest, and who is told (Art. 28(2)).

use domain::category::{Categories, DataCategory};
use serde_json::{Value, json};
use support::{Answer, Tenant, Terms, TestGateway, on_both_databases, with};

on_both_databases! {
    an_announcement_is_refused_with_every_fault_at_once,
    a_place_outside_the_area_needs_what_makes_it_lawful,
    it_begins_no_sooner_than_the_longest_period_of_those_concerned,
    those_whom_it_concerns_are_told_and_nobody_else,
    of_an_offer_and_an_announcement_at_once_the_tenant_hears_of_it_once,
    a_sub_processor_is_ended_on_a_day_that_is_brought_forward_and_never_put_off,
    an_erasure_is_confirmed_once_and_for_a_tenant_that_leaves,
    what_hangs_on_a_list_costs_the_same_however_long_it_is,
}

/// A sub-processor within the EU/EEA that begins when thirty days to object are over.
pub fn announcement(more: &Value) -> Value {
    let input = json!({
        "name": "Molnprov AB",
        "country": "SE",
        "processingCountries": ["SE", "FI"],
        "purpose": "Drift av servrar",
        "dataCategories": ["NAME", "EMAIL"],
        "transferMechanism": "EEA",
        "agreementSignedOn": "2026-03-01",
        "effectiveOn": "2026-04-02",
    });
    with(input, more)
}

/// The platform tries to announce one.
pub async fn announces(gateway: &TestGateway, more: Value) -> Answer {
    let platform = gateway.platform();
    platform.change("announceSubprocessor", announcement(&more), "subprocessor { id effectiveOn }").await
}

/// The platform tries to end one.
pub async fn ends(gateway: &TestGateway, id: &str, ended_on: &str) -> Answer {
    let input = json!({ "subprocessorId": id, "endedOn": ended_on });
    gateway.platform().change("endSubprocessor", input, "subprocessor { id endedOn }").await
}

/// Where each sub-processor stands with the tenant, by name.
pub async fn standings(tenant: &Tenant<'_>) -> Vec<String> {
    let text = "{ subprocessors(includeEnded: true) { name standing } }";
    let listed = tenant.admin().query(text, Value::Null).await.data("/subprocessors");
    let told =
        |one: &Value| format!("{} {}", one["name"].as_str().unwrap(), one["standing"].as_str().unwrap());
    listed.as_array().unwrap().iter().map(told).collect()
}

/// A tenant whose agreement covers these categories alone.
pub async fn covering<'g>(gateway: &'g TestGateway, categories: &[DataCategory]) -> Tenant<'g> {
    let agreed: Categories = categories.iter().copied().collect();
    gateway.tenant_with(Terms { agreed: Some(agreed), ..Terms::default() }).await
}

/// How many entries of an action the log of a tenant holds, served or not.
pub async fn entries(tenant: &Tenant<'_>, action: &str) -> usize {
    let databases = &tenant.gateway().databases;
    let of = databases.literal(tenant.id.uuid());
    let query = format!("SELECT action FROM audit_event WHERE tenant_id = {of} AND action = '{action}'");
    databases.texts(support::Kind::Data, &query).await.len()
}

async fn an_announcement_is_refused_with_every_fault_at_once(gateway: &TestGateway) {
    gateway.tenant().await;
    for (more, expected) in [
        (json!({ "name": " " }), vec!["INVALID input.name"]),
        (json!({ "name": "x".repeat(501) }), vec!["INVALID input.name"]),
        (json!({ "country": "EL" }), vec!["INVALID input.country"]),
        (json!({ "country": "se" }), vec!["INVALID input.country"]),
        (json!({ "country": "XX" }), vec!["INVALID input.country"]),
        (json!({ "processingCountries": [] }), vec!["INVALID input.processingCountries"]),
        (
            json!({ "processingCountries": ["SE", "fi", "EL"] }),
            vec!["INVALID input.processingCountries.1", "INVALID input.processingCountries.2"],
        ),
        (json!({ "purpose": "" }), vec!["INVALID input.purpose"]),
        (json!({ "agreementSignedOn": "2026-03-03" }), vec!["INVALID input.agreementSignedOn"]),
        (json!({ "agreementSignedOn": "2026-02-30" }), vec!["INVALID input.agreementSignedOn"]),
        (json!({ "effectiveOn": "2026-04-01" }), vec!["INVALID input.effectiveOn"]),
        (json!({ "effectiveOn": "someday" }), vec!["INVALID input.effectiveOn"]),
        (json!({ "dataCategories": [], "effectiveOn": "2026-03-03" }), vec!["INVALID input.dataCategories"]),
        (
            json!({ "name": "", "country": "US", "purpose": "\u{7}", "effectiveOn": "2026-03-02" }),
            vec![
                "INVALID input.name",
                "INVALID input.purpose",
                "INVALID input.effectiveOn",
                "TRANSFER_NOT_LAWFUL input.transferMechanism",
            ],
        ),
    ] {
        assert_eq!(announces(gateway, more.clone()).await.user_errors(), expected, "{more}");
    }
    let soon = announces(gateway, json!({ "effectiveOn": "2026-03-03" })).await;
    let message = soon.payload("/userErrors/0/message");
    assert!(message.as_str().unwrap().contains("2026-04-02"), "it names the earliest day: {message}");
    let listed = gateway.platform().query("{ subprocessors { id } }", Value::Null).await;
    assert_eq!(listed.data("/subprocessors"), json!([]), "nothing was recorded");
}

async fn a_place_outside_the_area_needs_what_makes_it_lawful(gateway: &TestGateway) {
    let unlawful = ["TRANSFER_NOT_LAWFUL input.transferMechanism"];
    for (mechanism, seat, processing, on, lawful) in [
        ("EEA", "SE", vec!["NO", "IS", "LI", "AX", "RE"], "2026-04-02", true),
        ("EEA", "SE", vec!["SE", "SJ"], "2026-04-02", false),
        ("EEA", "GB", vec!["SE"], "2026-04-02", false),
        ("EEA", "SE", vec!["SE", "IN"], "2026-04-02", false),
        ("ADEQUACY", "GB", vec!["GB", "SE"], "2031-12-27", true),
        ("ADEQUACY", "GB", vec!["GB", "SE"], "2031-12-28", false),
        ("ADEQUACY", "BR", vec!["BR"], "2026-04-02", true),
        ("ADEQUACY", "US", vec!["US", "CH"], "2026-04-02", true),
        ("ADEQUACY", "SE", vec!["SE", "IN"], "2026-04-02", false),
        ("ADEQUACY", "GR", vec!["GR"], "2026-04-02", true),
        ("STANDARD_CONTRACTUAL_CLAUSES", "IN", vec!["IN"], "2026-04-02", true),
        ("BINDING_CORPORATE_RULES", "US", vec!["US", "IN"], "2026-04-02", true),
    ] {
        let more = json!({
            "transferMechanism": mechanism, "country": seat, "processingCountries": processing, "effectiveOn": on,
        });
        let expected = if lawful { &[][..] } else { &unlawful[..] };
        assert_eq!(announces(gateway, more.clone()).await.user_errors(), expected, "{more}");
    }
}

async fn it_begins_no_sooner_than_the_longest_period_of_those_concerned(gateway: &TestGateway) {
    let nobody = announces(gateway, json!({ "effectiveOn": "2026-03-02" })).await;
    assert_eq!(
        nobody.user_errors(),
        ["INVALID input.effectiveOn"],
        "the day of the announcement is not counted"
    );
    announces(gateway, json!({ "effectiveOn": "2026-03-03" })).await.succeeded();
    let books = json!({ "dataCategories": ["ACCOUNTING"], "objectionPeriodDays": 365 });
    covering(gateway, &[]).await.is_offered(books).await;
    let long = covering(gateway, &[]).await;
    long.is_offered(json!({ "objectionPeriodDays": 60 })).await;
    let none = covering(gateway, &[]).await;
    none.is_offered(json!({ "objectionPeriodDays": 0 })).await;
    for (on, expected) in [("2026-05-01", &["INVALID input.effectiveOn"][..]), ("2026-05-02", &[])] {
        assert_eq!(announces(gateway, json!({ "effectiveOn": on })).await.user_errors(), expected, "{on}");
    }
    for (tenant, expected) in [(&long, "2026-05-01"), (&none, "2026-03-02")] {
        let text = "{ subprocessors { objectionDeadline } }";
        let listed = tenant.admin().query(text, Value::Null).await;
        let told = json!([{ "objectionDeadline": null }, { "objectionDeadline": expected }]);
        assert_eq!(listed.data("/subprocessors"), told, "each has its own agreement's period");
    }
}

async fn those_whom_it_concerns_are_told_and_nobody_else(gateway: &TestGateway) {
    use DataCategory::{Accounting, Email, Name};
    let never = || Terms { agreed: None, ..Terms::default() };
    let (whole, narrow) = (gateway.tenant().await, covering(gateway, &[Name, Email]).await);
    let books = covering(gateway, &[Accounting]).await;
    let (offered, stranger) = (gateway.tenant_with(never()).await, gateway.tenant_with(never()).await);
    offered.is_offered(json!({})).await;
    let widening = covering(gateway, &[Accounting]).await;
    widening.is_offered(json!({ "effectiveFrom": "2026-06-01" })).await;
    let leaving = gateway.tenant().await;
    leaving.leaves().await;
    let closed = gateway.tenant().await;
    closed.is_closed().await;
    let id = announces(gateway, json!({})).await.made();
    for (tenant, standing, told, who) in [
        (&whole, "ANNOUNCED", 1, "an agreement that covers all"),
        (&narrow, "ANNOUNCED", 1, "one that covers as much"),
        (&books, "NOT_CONCERNED", 0, "one that covers other categories"),
        (&offered, "ANNOUNCED", 1, "one that is offered"),
        (&widening, "ANNOUNCED", 1, "one that will cover it"),
        (&stranger, "NOT_CONCERNED", 0, "none"),
        (&leaving, "ANNOUNCED", 1, "one under which data is returned"),
        (&closed, "NOT_CONCERNED", 0, "nothing left"),
    ] {
        assert_eq!(standings(tenant).await, [format!("Molnprov AB {standing}")], "{who}");
        assert_eq!(entries(tenant, "subprocessor.announce").await, told, "{who}");
    }
    ends(gateway, &id, "2026-03-02").await.succeeded();
    for (tenant, told) in [(&whole, 1), (&books, 0), (&leaving, 1), (&closed, 0)] {
        assert_eq!(entries(tenant, "subprocessor.end").await, told);
    }
}

async fn of_an_offer_and_an_announcement_at_once_the_tenant_hears_of_it_once(gateway: &TestGateway) {
    for round in 0..6 {
        let tenant = gateway.tenant_with(Terms { agreed: None, ..Terms::default() }).await;
        let name = format!("Molnprov {round} AB");
        let announced = announces(gateway, json!({ "name": name, "effectiveOn": "2026-05-02" }));
        let (agreement, announced) = tokio::join!(tenant.is_offered(json!({})), announced);
        announced.succeeded();
        tenant.signs_offer(&agreement).await;
        let standing = standings(&tenant).await.pop().unwrap();
        let expected = ["ANNOUNCED", "AUTHORISED"].map(|standing| format!("{name} {standing}"));
        assert!(expected.contains(&standing), "told, or in the annex: {standing}");
    }
}

async fn a_sub_processor_is_ended_on_a_day_that_is_brought_forward_and_never_put_off(gateway: &TestGateway) {
    let id = announces(gateway, json!({ "effectiveOn": "2026-03-03" })).await.made();
    for (ended_on, expected) in [
        ("2026-03-01", &["INVALID input.endedOn"][..]),
        ("someday", &["INVALID input.endedOn"]),
        ("2026-03-20", &[]),
        ("2026-03-20", &["CONFLICT input.subprocessorId"]),
        ("2026-03-21", &["CONFLICT input.subprocessorId"]),
        ("2026-03-10", &[]),
    ] {
        assert_eq!(ends(gateway, &id, ended_on).await.user_errors(), expected, "{ended_on}");
    }
    for unknown in ["subprocessor_01h2xcejqtf2nbrexx3vqjhp41", "nonsense"] {
        let refused = ends(gateway, unknown, "2026-03-20").await;
        assert_eq!(refused.user_errors(), ["NOT_FOUND input.subprocessorId"], "{unknown}");
    }
    let listed = async |include: bool| {
        let text = "query($ended: Boolean!) { subprocessors(includeEnded: $ended) { id } }";
        let answer = gateway.platform().query(text, json!({ "ended": include })).await;
        answer.data("/subprocessors").as_array().map_or(0, Vec::len)
    };
    gateway.up_to("2026-03-11").await;
    assert_eq!((listed(false).await, listed(true).await), (0, 1), "its last day is past");
    assert_eq!(ends(gateway, &id, "2026-03-11").await.user_errors(), ["CONFLICT input.subprocessorId"]);
}

async fn an_erasure_is_confirmed_once_and_for_a_tenant_that_leaves(gateway: &TestGateway) {
    let (served, leaving) = (gateway.tenant().await, gateway.tenant().await);
    leaving.leaves().await;
    let id = announces(gateway, json!({})).await.made();
    let (staying, left) = (served.id.to_string(), leaving.id.to_string());
    for (more, expected) in [
        (json!({ "tenantId": "nonsense" }), &["NOT_FOUND input.tenantId"][..]),
        (json!({ "tenantId": "tenant_01h2xcejqtf2nbrexx3vqjhp41" }), &["NOT_FOUND input.tenantId"]),
        (json!({ "subprocessorId": "nonsense" }), &["NOT_FOUND input.subprocessorId"]),
        (json!({ "confirmedOn": "2026-03-03" }), &["INVALID input.confirmedOn"]),
        (json!({ "tenantId": staying }), &["CONFLICT input.tenantId"]),
        (json!({}), &[]),
        (json!({ "confirmedOn": "2026-03-01" }), &["CONFLICT input.subprocessorId"]),
    ] {
        let input =
            with(json!({ "tenantId": left, "subprocessorId": id, "confirmedOn": "2026-03-02" }), &more);
        let answer = gateway.platform().change("confirmErasure", input, "tenant { id }").await;
        assert_eq!(answer.user_errors(), expected, "{more}");
    }
    assert_eq!(entries(&leaving, "subprocessor.confirmErasure").await, 1);
}

async fn what_hangs_on_a_list_costs_the_same_however_long_it_is(gateway: &TestGateway) {
    const OWN: &str =
        "{ subprocessors { standing objection { reason } } personalDataBreaches { supplements { at } } }";
    const ALL: &str = "{ subprocessors { objections { tenant { id } } awaiting { id } }
                         personalDataBreaches { notices { tenant { id } } supplements { at } } }";
    let tenant = gateway.tenant().await;
    let (admin, platform) = (tenant.admin(), gateway.platform());
    let mut costs = Vec::new();
    for number in 0..8 {
        let id = announces(gateway, json!({ "name": format!("Molnprov {number} AB") })).await.made();
        let input = json!({ "subprocessorId": id, "reason": "nej" });
        admin.change("objectToSubprocessor", input, "subprocessor { id }").await.succeeded();
        let breach = json!({
            "tenantIds": [tenant.id.to_string()], "description": "a", "detectedAt": "2026-03-02T09:00:00Z",
            "dataCategories": ["NAME"], "consequences": "b", "measures": "c",
        });
        let breach = platform.change("reportBreach", breach, "breach { id }").await.made();
        let more = json!({ "breachId": breach, "measures": "d" });
        platform.change("supplementBreach", more, "breach { id }").await.succeeded();
        if number == 0 || number == 7 {
            let before = gateway.statements();
            assert_eq!(admin.query(OWN, Value::Null).await.code(), "");
            let own = gateway.statements() - before;
            assert_eq!(platform.query(ALL, Value::Null).await.code(), "");
            costs.push((own, gateway.statements() - before - own));
        }
    }
    assert_eq!(costs[0], costs[1], "for one and for eight");
}
