//! Rectification (Art. 16): the value that the person asks for takes the place of the wrong one, and meanwhile the
//! person is restricted (contract rule 12).

use serde_json::{Value, json};
use support::{Tenant, Terms, TestGateway, complete_person, on_both_databases, person};

on_both_databases! {
    each_category_is_corrected_and_found_by_its_new_value_alone,
    what_is_to_be_corrected_can_be_read_by_those_who_may_see_the_person,
    what_is_contested_is_restricted_until_it_is_corrected_refused_or_withdrawn,
    the_person_may_do_without_the_restriction,
    a_correction_is_refused_with_where_and_why,
    a_value_that_somebody_else_has_is_told_to_staff_and_never_to_the_person,
    several_values_are_corrected_at_once_or_not_at_all,
}

const ADDRESS: &str =
    r#"{ "lines": ["Provgatan 2", "2 tr"], "postalCode": "990 02", "locality": "Nystad", "country": "SE" }"#;

/// Category, new value, where it is then read, and the filters that found the person before and find them now.
fn corrections() -> Vec<(&'static str, &'static str, Value, [Value; 2])> {
    vec![
        (
            "NAME",
            "Åsa Nytt Namnsson",
            json!({ "name": "Åsa Nytt Namnsson" }),
            [json!({ "nameWords": "exempelsson" }), json!({ "nameWords": "namnsson" })],
        ),
        ("POSITION", "Provchef", json!({ "position": "Provchef" }), [Value::Null, Value::Null]),
        (
            "PHONE",
            "070-174 06 06",
            json!({ "phone": "+46701740606" }),
            [json!({ "phone": "+46701740605" }), json!({ "phone": "+46701740606" })],
        ),
        (
            "ADDRESS",
            ADDRESS,
            json!({ "address": { "lines": ["Provgatan 2", "2 tr"], "postalCode": "990 02", "locality": "Nystad", "country": "SE" } }),
            [Value::Null, Value::Null],
        ),
        (
            "EMAIL",
            "Ny@provstad.example",
            json!({ "email": "Ny@provstad.example" }),
            [json!({ "email": "asa.rattas@provstad.example" }), json!({ "email": "ny@provstad.example" })],
        ),
        (
            "LOGIN_NAME",
            "asa-ny",
            json!({ "loginName": "asa-ny" }),
            [json!({ "loginName": "asa-rattas" }), json!({ "loginName": "ASA-NY" })],
        ),
    ]
}

fn one(category: &str, value: &str) -> Value {
    json!({ "rectifications": [{ "category": category, "newValue": value }] })
}

async fn each_category_is_corrected_and_found_by_its_new_value_alone(gateway: &TestGateway) {
    for (category, value, expected, [before, now]) in corrections() {
        let tenant = gateway.tenant().await;
        let id = tenant.registers(complete_person("rattas")).await;
        gateway.clock.advance(std::time::Duration::from_hours(1));
        let request = tenant.carries_out("RECTIFICATION", &id, one(category, value)).await;
        assert_eq!(tenant.status_of(&request).await, "COMPLETED", "{category}");
        assert_eq!(tenant.outcomes_of(&request).await, [format!("{category} RECTIFIED")]);
        let read = tenant.admin().reads(&id).await.data("/dataSubject");
        for (member, value) in expected.as_object().unwrap() {
            assert_eq!(&read[member], value, "{category}");
        }
        assert_eq!(read["status"], "ACTIVE");
        for (filter, found) in [(before, 0), (now, 1)] {
            if !filter.is_null() {
                assert_eq!(tenant.finds("SERVICE_DELIVERY", filter.clone()).await, found, "{filter}");
            }
        }
        let updated = tenant.subject(&id, "updatedAt createdAt").await;
        assert!(updated["updatedAt"].as_str() > updated["createdAt"].as_str(), "{updated}");
    }
}

async fn what_is_to_be_corrected_can_be_read_by_those_who_may_see_the_person(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let id = tenant.registers(complete_person("laser")).await;
    let asked = json!({ "rectifications": [
        { "category": "POSITION", "fault": "MISLEADING", "newValue": "Provchef" },
        { "category": "NAME", "fault": "INCOMPLETE", "newValue": "Åsa Maria Exempelsson" },
    ] });
    let request = tenant.tries("RECTIFICATION", &id, asked.clone()).await.made();
    let text = "query($id: ID!) { rightsRequest(id: $id) { rectifications { category fault newValue } } }";
    let ids = json!({ "id": request });
    for caller in [tenant.staff("rights:read subjects:read"), tenant.person(&id)] {
        let read = caller.query(text, ids.clone()).await.data("/rightsRequest/rectifications");
        let mut all = read.as_array().unwrap().clone();
        all.sort_by_key(|one| one["category"] == "NAME");
        assert_eq!(json!(all), asked["rectifications"]);
    }
    let refused = tenant.staff("rights:read").query(text, ids).await;
    assert_eq!(refused.code(), "FORBIDDEN");
    assert!(!refused.text().contains("Provchef"));
    assert_eq!(
        tenant.subject(&id, "position").await["position"],
        "Provledare laser",
        "asked for is not done"
    );
    let other = tenant.submits("ACCESS", &id).await;
    assert_eq!(tenant.request(&other, "rectifications { category }").await["rectifications"], json!([]));
}

async fn what_is_contested_is_restricted_until_it_is_corrected_refused_or_withdrawn(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    for (number, end) in
        ["approveRightsRequest", "refuseRightsRequest", "withdrawRightsRequest"].iter().enumerate()
    {
        let id = tenant.registers(complete_person(&format!("slut{number}"))).await;
        let since = format!("{:.3}", gateway.now());
        let request = tenant.submits("RECTIFICATION", &id).await;
        assert_eq!(tenant.state_of(&id).await, "RESTRICTED", "from submission");
        assert_eq!(tenant.shown_for(&id, "SERVICE_DELIVERY").await, Vec::<&str>::new());
        tenant.verifies(&request).await;
        gateway.clock.advance(std::time::Duration::from_hours(2));
        assert_eq!(tenant.takes(end, &request).await.user_errors(), Vec::<String>::new());
        if *end == "approveRightsRequest" {
            assert_eq!(tenant.state_of(&id).await, "RESTRICTED", "approved is not corrected");
            gateway.clock.advance(std::time::Duration::from_secs(2));
            gateway.work().await;
        }
        let until = format!("{:.3}", gateway.now());
        assert_eq!(tenant.state_of(&id).await, "ACTIVE", "{end}");
        let restriction = tenant.restrictions(&id).await.remove(0);
        assert_eq!(
            support::with(restriction, &json!({ "id": null })),
            json!({ "id": null, "ground": "ACCURACY_CONTESTED", "startedAt": since, "liftedAt": until, "subjectInformedAt": until }),
            "{end}: the answer is the information that Art. 18(3) asks for"
        );
        let position = if *end == "approveRightsRequest" {
            "Provchef".to_owned()
        } else {
            format!("Provledare slut{number}")
        };
        assert_eq!(tenant.admin().reads(&id).await.data("/dataSubject/position"), json!(position), "{end}");
    }
}

async fn the_person_may_do_without_the_restriction(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let id = tenant.registers(complete_person("utan")).await;
    let request = tenant.tries("RECTIFICATION", &id, json!({ "restrictMeanwhile": false })).await.made();
    assert_eq!(tenant.state_of(&id).await, "ACTIVE");
    assert_eq!(tenant.restrictions(&id).await, Vec::<Value>::new());
    tenant.verifies(&request).await;
    tenant.approves(&request).await;
    gateway.work().await;
    assert_eq!(tenant.restrictions(&id).await, Vec::<Value>::new());
    let by_hand = tenant.submits("RECTIFICATION", &id).await;
    let restriction = tenant.restrictions(&id).await.remove(0);
    tenant.lifts(restriction["id"].as_str().unwrap()).await.succeeded();
    assert_eq!(tenant.state_of(&id).await, "ACTIVE", "verified before it was decided on");
    tenant.refuses(&by_hand).await;
    let after = tenant.restrictions(&id).await.remove(0);
    assert_ne!(after["liftedAt"], Value::Null);
}

async fn a_correction_is_refused_with_where_and_why(gateway: &TestGateway) {
    let mut agreed = Terms::default().agreed.unwrap();
    agreed.remove(&domain::category::DataCategory::Phone);
    let tenant = gateway.tenant_with(Terms { agreed: Some(agreed), ..Terms::default() }).await;
    let id = tenant.registers(person("Ada Prov")).await;
    let value = "INVALID input.rectifications.0.newValue";
    for (category, new, expected) in [
        ("NAME", "", value),
        ("NAME", "   ", value),
        ("NAME", "Ada\u{0}Prov", value),
        ("EMAIL", "no address", value),
        ("LOGIN_NAME", "", value),
        ("POSITION", " ", value),
        ("ADDRESS", "Provgatan 1", value),
        ("ADDRESS", "{}", value),
        ("ADDRESS", r#"{ "lines": [], "postalCode": "1", "locality": "x", "country": "SE" }"#, value),
        ("ADDRESS", r#"{ "lines": ["x"], "postalCode": "1", "locality": "x", "country": "EL" }"#, value),
        ("PASSWORD", "hemligt lösenord", "INVALID input.rectifications.0.category"),
        ("ACCOUNTING", "x", "INVALID input.rectifications.0.category"),
        ("PHONE", "070-174 06 05", "OUTSIDE_AGREEMENT input.rectifications.0.category"),
    ] {
        let answer = tenant.tries("RECTIFICATION", &id, one(category, new)).await;
        assert_eq!(answer.user_errors(), [expected], "{category} {new:?}");
    }
    let whole = gateway.tenant().await;
    let id = whole.registers(person("Ada Prov")).await;
    assert_eq!(whole.tries("RECTIFICATION", &id, one("PHONE", "hej")).await.user_errors(), [value]);
    assert_eq!(tenant.events("rightsRequest.submit").await, 0, "invalid input is no event");
}

async fn a_value_that_somebody_else_has_is_told_to_staff_and_never_to_the_person(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    tenant.registers(complete_person("har")).await;
    let id = tenant.registers(complete_person("vill")).await;
    for (category, taken) in [("EMAIL", "ASA.har@provstad.example"), ("LOGIN_NAME", "asa-har")] {
        let refused = tenant.tries("RECTIFICATION", &id, one(category, taken)).await;
        assert_eq!(refused.user_errors(), ["ALREADY_EXISTS input.rectifications.0.newValue"], "{category}");
        let own = tenant.person(&id);
        let answer = own
            .change("submitRectificationRequest", one(category, taken), "rightsRequest { id status }")
            .await;
        assert_eq!(answer.payload("/rightsRequest/status"), "UNDER_REVIEW", "the person is told of nobody");
        let request = answer.made();
        let refused = tenant.takes("approveRightsRequest", &request).await;
        assert_eq!(refused.user_errors(), ["ALREADY_EXISTS input.requestId"], "{category}");
        assert_eq!(tenant.status_of(&request).await, "UNDER_REVIEW");
        tenant.refuses(&request).await;
    }
    let own_value = tenant.carries_out("RECTIFICATION", &id, one("EMAIL", "ASA.vill@provstad.example")).await;
    assert_eq!(tenant.status_of(&own_value).await, "COMPLETED", "their own value in another spelling");
    let first = tenant.tries("RECTIFICATION", &id, one("EMAIL", "snart@provstad.example")).await.made();
    tenant.verifies(&first).await;
    let faster = support::with(person("Bo Snabb"), &json!({ "email": "snart@provstad.example" }));
    tenant.registers(faster).await;
    assert_eq!(
        tenant.takes("approveRightsRequest", &first).await.user_errors(),
        ["ALREADY_EXISTS input.requestId"]
    );
}

async fn several_values_are_corrected_at_once_or_not_at_all(gateway: &TestGateway) {
    let tenant: Tenant<'_> = gateway.tenant().await;
    let id = tenant.registers(complete_person("flera")).await;
    let all: Vec<_> = corrections()
        .into_iter()
        .map(|(category, value, ..)| json!({ "category": category, "newValue": value }))
        .collect();
    let request = tenant.carries_out("RECTIFICATION", &id, json!({ "rectifications": all })).await;
    assert_eq!(tenant.outcomes_of(&request).await.len(), 6);
    let read = tenant.admin().reads(&id).await.data("/dataSubject");
    for (_, _, expected, _) in corrections() {
        for (member, value) in expected.as_object().unwrap() {
            assert_eq!(&read[member], value);
        }
    }
}
