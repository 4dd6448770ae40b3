//! Sub-processors as a tenant meets them: what it may say of them and until when, and what its silence says.

use std::collections::BTreeSet;
use std::time::Duration;

use serde_json::{Value, json};
use support::{Answer, Caller, Tenant, Terms, TestGateway, complete_person, on_both_databases};

use crate::announcements::{announces, ends, standings};

on_both_databases! {
    the_period_to_object_runs_to_midnight_in_sweden,
    silence_is_no_yes_where_the_agreement_wants_a_specific_authorisation,
    an_objection_is_the_tenants_own_and_can_be_taken_back,
    of_two_objections_at_once_one_comes_first,
    what_cannot_be_objected_to_or_authorised_is_told_why,
    what_stands_in_the_annex_of_an_agreement_is_authorised_by_its_signature,
    whoever_is_told_can_answer_without_an_agreement_and_nobody_can_when_all_is_gone,
    one_that_processes_outside_the_area_is_shown_as_a_transfer_while_it_does,
    a_sub_processor_is_read_by_whoever_may_read_agreements,
}

async fn objects(caller: &Caller<'_>, id: &str) -> Answer {
    let input = json!({ "subprocessorId": id, "reason": " Vi vill inte ha fler led. " });
    let selection = "subprocessor { id standing objection { objectedAt reason } }";
    caller.change("objectToSubprocessor", input, selection).await
}

async fn authorises(caller: &Caller<'_>, id: &str) -> Answer {
    let selection = "subprocessor { id standing objection { reason } }";
    caller.change("authoriseSubprocessor", json!({ "subprocessorId": id }), selection).await
}

/// Where the only sub-processor stands.
async fn standing(tenant: &Tenant<'_>) -> String {
    let all = standings(tenant).await;
    assert_eq!(all.len(), 1, "{all:?}");
    all[0].rsplit(' ').next().unwrap().to_owned()
}

/// A tenant whose agreement, signed today, wants a specific authorisation.
async fn specific(gateway: &TestGateway) -> Tenant<'_> {
    let tenant = gateway.tenant_with(Terms { agreed: None, ..Terms::default() }).await;
    let offer = tenant.is_offered(json!({ "subprocessorAuthorisation": "SPECIFIC" })).await;
    tenant.signs_offer(&offer).await;
    tenant
}

/// Who processes the tenant's data, according to the answer to an access request.
async fn recipients(tenant: &Tenant<'_>, tag: &str) -> bool {
    let person = tenant.registers(json!({ "name": "Åsa Exempelsson", "externalReference": tag })).await;
    let request = tenant.answers_access(&person).await;
    let link = tenant.link(&request, "JSON").await;
    let package = tenant.gateway().get(&link).await.json();
    package["recipients"].as_array().unwrap().iter().any(|one| one["name"] == "Molnprov AB")
}

async fn the_period_to_object_runs_to_midnight_in_sweden(gateway: &TestGateway) {
    let (in_time, too_late) = (gateway.tenant().await, gateway.tenant().await);
    let id = announces(gateway, json!({})).await.made();
    let text = "{ subprocessors { objectionDeadline effectiveOn } }";
    let listed = in_time.admin().query(text, Value::Null).await;
    // The clocks go forward on 29 March; the days are civil days.
    let dates = json!({ "objectionDeadline": "2026-04-01", "effectiveOn": "2026-04-02" });
    assert_eq!(listed.data("/subprocessors/0"), dates);
    let midnight = support::begins("2026-04-02");
    gateway.clock.set(midnight - Duration::from_millis(1));
    assert_eq!(standing(&in_time).await, "ANNOUNCED", "a millisecond before midnight");
    objects(&in_time.admin(), &id).await.succeeded();
    gateway.clock.set(midnight);
    let refused = objects(&too_late.admin(), &id).await;
    assert_eq!(refused.user_errors(), ["DEADLINE_PASSED input.subprocessorId"]);
    assert_eq!(standing(&in_time).await, "OBJECTED_TO");
    assert_eq!(standing(&too_late).await, "AUTHORISED", "under a general authorisation silence is a yes");
    assert!(recipients(&too_late, "hos-den-som-teg").await);
    assert!(!recipients(&in_time, "hos-den-som-invande").await);
}

async fn silence_is_no_yes_where_the_agreement_wants_a_specific_authorisation(gateway: &TestGateway) {
    let (silent, willing) = (specific(gateway).await, specific(gateway).await);
    let id = announces(gateway, json!({})).await.made();
    let awaiting = async || {
        let answer = gateway.platform().query("{ subprocessors { awaiting { id } } }", Value::Null).await;
        let all = answer.data("/subprocessors/0/awaiting");
        all.as_array()
            .unwrap()
            .iter()
            .map(|one| one["id"].as_str().unwrap().to_owned())
            .collect::<BTreeSet<_>>()
    };
    assert_eq!(awaiting().await, BTreeSet::from([silent.id.to_string(), willing.id.to_string()]));
    assert_eq!(standing(&willing).await, "AWAITING_AUTHORISATION");
    let said = authorises(&willing.admin(), &id).await;
    assert_eq!(said.payload("/subprocessor/standing"), "AUTHORISED");
    assert_eq!(awaiting().await, BTreeSet::from([silent.id.to_string()]));
    gateway.on("2026-06-01");
    assert_eq!(standing(&silent).await, "AWAITING_AUTHORISATION", "long after its first day");
    assert!(!recipients(&silent, "tyst").await);
    assert!(recipients(&willing, "villig").await);
    authorises(&silent.admin(), &id).await.succeeded();
    assert!(recipients(&silent, "tyst-ja").await, "no period ends the yes");
}

async fn an_objection_is_the_tenants_own_and_can_be_taken_back(gateway: &TestGateway) {
    let (tenant, other) = (gateway.tenant().await, gateway.tenant().await);
    let id = announces(gateway, json!({})).await.made();
    let objected = objects(&tenant.admin(), &id).await;
    let expected = json!({
        "id": id, "standing": "OBJECTED_TO",
        "objection": { "objectedAt": "2026-03-02T09:00:00.000Z", "reason": "Vi vill inte ha fler led." },
    });
    assert_eq!(objected.payload("/subprocessor"), expected);
    let text = "{ subprocessors { standing objection { reason } } }";
    let seen = other.admin().query(text, Value::Null).await;
    assert_eq!(seen.data("/subprocessors"), json!([{ "standing": "ANNOUNCED", "objection": null }]));
    let text = "{ subprocessors { objections { tenant { id } objectedAt reason } } }";
    let seen = gateway.platform().query(text, Value::Null).await;
    let of_tenant = json!([{
        "tenant": { "id": tenant.id.to_string() },
        "objectedAt": "2026-03-02T09:00:00.000Z", "reason": "Vi vill inte ha fler led.",
    }]);
    assert_eq!(seen.data("/subprocessors/0/objections"), of_tenant);
    assert_eq!(objects(&tenant.admin(), &id).await.user_errors(), ["CONFLICT input.subprocessorId"]);
    let back = authorises(&tenant.admin(), &id).await;
    assert_eq!(
        back.payload("/subprocessor"),
        json!({ "id": id, "standing": "AUTHORISED", "objection": null })
    );
    assert_eq!(authorises(&tenant.admin(), &id).await.user_errors(), ["CONFLICT input.subprocessorId"]);
    objects(&tenant.admin(), &id).await.succeeded();
    assert_eq!(standing(&tenant).await, "OBJECTED_TO", "while the period runs a yes is no last word");
    for (action, times) in [("subprocessor.object", 2), ("subprocessor.authorise", 1)] {
        assert_eq!(tenant.events(action).await, times, "{action}");
    }
}

async fn of_two_objections_at_once_one_comes_first(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    for round in 0..4 {
        let more = json!({ "name": format!("Molnprov {round} AB") });
        let id = announces(gateway, more).await.made();
        let admin = tenant.admin();
        let (one, two) = tokio::join!(objects(&admin, &id), objects(&admin, &id));
        let mut errors = [one.user_errors(), two.user_errors()];
        errors.sort();
        assert_eq!(errors, [vec![], vec!["CONFLICT input.subprocessorId".to_owned()]]);
    }
}

async fn what_cannot_be_objected_to_or_authorised_is_told_why(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let id = announces(gateway, json!({})).await.made();
    for never in ["subprocessor_01h2xcejqtf2nbrexx3vqjhp41", "nonsense", &tenant.id.to_string()] {
        let missing = ["NOT_FOUND input.subprocessorId"];
        assert_eq!(objects(&tenant.admin(), never).await.user_errors(), missing, "{never}");
        assert_eq!(authorises(&tenant.admin(), never).await.user_errors(), missing, "{never}");
    }
    for reason in [" ".to_owned(), "x".repeat(501)] {
        let input = json!({ "subprocessorId": id, "reason": reason });
        let refused = tenant.admin().change("objectToSubprocessor", input, "subprocessor { id }").await;
        assert_eq!(refused.user_errors(), ["INVALID input.reason"]);
    }
    let untold = gateway.tenant_with(Terms { agreed: None, ..Terms::default() }).await;
    assert_eq!(objects(&untold.admin(), &id).await.user_errors(), ["DEADLINE_PASSED input.subprocessorId"]);
    assert_eq!(authorises(&untold.admin(), &id).await.user_errors(), ["CONFLICT input.subprocessorId"]);
    ends(gateway, &id, "2026-03-03").await.succeeded();
    objects(&tenant.admin(), &id).await.succeeded();
    gateway.up_to("2026-03-04").await;
    let conflict = ["CONFLICT input.subprocessorId"];
    assert_eq!(standing(&tenant).await, "ENDED");
    assert_eq!(objects(&tenant.admin(), &id).await.user_errors(), conflict);
    assert_eq!(authorises(&tenant.admin(), &id).await.user_errors(), conflict);
    let current = tenant.admin().query("{ subprocessors { id } }", Value::Null).await;
    assert_eq!(current.data("/subprocessors"), json!([]));
    for (caller, mutation) in
        [("agreements:read", "objectToSubprocessor"), ("rights:decide", "authoriseSubprocessor")]
    {
        let mut input = json!({ "subprocessorId": id });
        if mutation == "objectToSubprocessor" {
            input["reason"] = json!("nej");
        }
        let refused = tenant.staff(caller).change(mutation, input, "subprocessor { id }").await;
        assert_eq!(refused.code(), "FORBIDDEN", "{mutation} with {caller}");
    }
}

async fn what_stands_in_the_annex_of_an_agreement_is_authorised_by_its_signature(gateway: &TestGateway) {
    let (tenant, before) = (gateway.tenant().await, gateway.tenant().await);
    let id = announces(gateway, json!({})).await.made();
    objects(&before.admin(), &id).await.succeeded();
    gateway.clock.advance(Duration::from_secs(1));
    let later = gateway.tenant_with(Terms { agreed: None, ..Terms::default() }).await;
    assert_eq!(standing(&later).await, "NOT_CONCERNED");
    let document = async |tenant: &Tenant<'_>| {
        let offer = tenant.is_offered(json!({ "subprocessorAuthorisation": "SPECIFIC" })).await;
        let text = "query($id: ID!) { node(id: $id) { ... on ProcessorAgreement { document } } }";
        tenant.signs_offer(&offer).await;
        tenant.admin().query(text, json!({ "id": offer })).await.string("/node/document")
    };
    assert!(document(&later).await.contains("Molnprov AB"));
    assert_eq!(standing(&later).await, "AUTHORISED");
    assert!(!document(&before).await.contains("Molnprov AB"), "what was objected to is not slipped in");
    assert_eq!(standing(&before).await, "OBJECTED_TO");
    document(&tenant).await;
    assert_eq!(standing(&tenant).await, "ANNOUNCED", "the notice runs on");
}

async fn whoever_is_told_can_answer_without_an_agreement_and_nobody_can_when_all_is_gone(
    gateway: &TestGateway,
) {
    let offered = gateway.tenant_with(Terms { agreed: None, ..Terms::default() }).await;
    offered.is_offered(json!({})).await;
    let (leaving, closed) = (gateway.tenant().await, gateway.tenant().await);
    leaving.leaves().await;
    let id = announces(gateway, json!({})).await.made();
    closed.is_closed().await;
    for tenant in [&offered, &leaving] {
        let objected = objects(&tenant.admin(), &id).await;
        assert_eq!(objected.payload("/subprocessor/standing"), "OBJECTED_TO");
        authorises(&tenant.admin(), &id).await.succeeded();
    }
    assert_eq!(standing(&closed).await, "ANNOUNCED", "it is shown to a closed tenant too");
    assert_eq!(objects(&closed.admin(), &id).await.code(), "TENANT_NOT_SERVED");
    assert_eq!(authorises(&closed.admin(), &id).await.code(), "TENANT_NOT_SERVED");
}

async fn one_that_processes_outside_the_area_is_shown_as_a_transfer_while_it_does(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let outside = json!({
        "transferMechanism": "STANDARD_CONTRACTUAL_CLAUSES", "country": "IN", "processingCountries": ["SE", "IN"],
    });
    let id = announces(gateway, outside).await.made();
    ends(gateway, &id, "2026-05-31").await.succeeded();
    for (day, shown) in
        [("2026-04-01", false), ("2026-04-02", true), ("2026-05-31", true), ("2026-06-01", false)]
    {
        gateway.on(day);
        let text =
            "{ processingRecord { subprocessors { id } thirdCountryTransfers { id transferMechanism } } }";
        let record = tenant.admin().query(text, Value::Null).await;
        let one = json!([{ "id": id, "transferMechanism": "STANDARD_CONTRACTUAL_CLAUSES" }]);
        let expected = if shown { one } else { json!([]) };
        assert_eq!(record.data("/processingRecord/thirdCountryTransfers"), expected, "{day}");
        let engaged = record.data("/processingRecord/subprocessors");
        assert_eq!(engaged.as_array().map_or(0, Vec::len), usize::from(shown), "{day}");
    }
}

async fn a_sub_processor_is_read_by_whoever_may_read_agreements(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let person = tenant.registers(complete_person("egen")).await;
    let id = announces(gateway, json!({})).await.made();
    let text = "query($id: ID!) { node(id: $id) { id ... on Subprocessor {
                name country processingCountries purpose dataCategories transferMechanism agreementSignedOn effectiveOn
                endedOn standing objectionDeadline } } }";
    let expected = json!({
        "id": id, "name": "Molnprov AB", "country": "SE", "processingCountries": ["SE", "FI"],
        "purpose": "Drift av servrar", "dataCategories": ["NAME", "EMAIL"], "transferMechanism": "EEA",
        "agreementSignedOn": "2026-03-01", "effectiveOn": "2026-04-02", "endedOn": null,
        "standing": "ANNOUNCED", "objectionDeadline": "2026-04-01",
    });
    for (caller, expected) in [
        (tenant.staff("agreements:read"), expected),
        (tenant.staff("subjects:read breaches:read"), Value::Null),
        (tenant.person(&person), Value::Null),
    ] {
        assert_eq!(caller.query(text, json!({ "id": id })).await.data("/node"), expected);
    }
    for caller in [tenant.staff("subjects:read"), tenant.person(&person)] {
        assert_eq!(caller.query("{ subprocessors { id } }", Value::Null).await.code(), "FORBIDDEN");
    }
}
