//! Erasing: whole, as far as the law allows, and of some categories (contract rules 6 and 13).

use serde_json::{Value, json};
use support::{
    Kind, MEMBERS, PURPOSES, Tenant, TestGateway, VALUES, complete_person, on_both_databases, person, shown,
};

on_both_databases! {
    a_person_of_whom_nothing_must_be_kept_is_gone,
    what_the_act_keeps_is_shown_for_what_the_act_is_for_and_no_more,
    a_partly_erased_person_is_listed_and_found_by_no_value,
    some_categories_go_and_the_person_stays,
    exports_are_destroyed_and_their_links_dead,
    what_was_open_about_an_erased_person_is_closed,
    what_a_request_said_about_an_erased_person_goes_with_them,
    nothing_more_is_written_about_an_erased_person,
    an_erasure_touches_nobody_else,
    a_restricted_person_can_be_erased,
}

/// What leads to a person who was registered as [`complete_person`].
fn identifiers(tag: &str) -> [Value; 5] {
    [
        json!({ "email": format!("asa.{tag}@provstad.example") }),
        json!({ "loginName": format!("asa-{tag}") }),
        json!({ "externalReference": format!("K-{tag}") }),
        json!({ "nameWords": tag }),
        json!({ "phone": "+46701740605" }),
    ]
}

async fn a_person_of_whom_nothing_must_be_kept_is_gone(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let id = tenant.registers(complete_person("hel")).await;
    tenant.records_consent(&id, "DIRECT_MARKETING").await;
    tenant.tries_to_file(&id, "O-1", json!({ "kind": "QUOTE", "statutory": false })).await.succeeded();
    gateway.on("2026-03-04");
    let request = tenant.carries_out("ERASURE", &id, json!({})).await;
    assert_eq!(
        tenant.statuses_of(&request).await.iter().filter(|status| *status == "COMPLETED").count(),
        1,
        "one step of completion"
    );
    let left =
        tenant.subject(&id, &format!("{VALUES} erasedAt consents {{ id }} restrictions {{ id }}")).await;
    assert_eq!((&left["status"], &left["externalReference"]), (&json!("ERASED"), &Value::Null));
    assert_eq!(left["erasedAt"], json!(format!("{:.3}", gateway.now())));
    assert_eq!((&left["consents"], &left["restrictions"]), (&json!([]), &json!([])));
    for purpose in PURPOSES {
        assert_eq!(tenant.shown_for(&id, purpose).await, Vec::<&str>::new(), "{purpose}");
        for filter in identifiers("hel") {
            assert_eq!(tenant.finds(purpose, filter.clone()).await, 0, "{filter} for {purpose}");
        }
    }
    assert_eq!(shown(&tenant.person(&id).sees_themselves().await), Vec::<&str>::new());
    assert_eq!(tenant.finds("RIGHTS_HANDLING", json!({ "status": ["ERASED"] })).await, 1);
    assert_eq!(tenant.finds("SERVICE_DELIVERY", json!({ "status": ["ACTIVE"] })).await, 0);
    let rows = "SELECT (SELECT count(*) FROM subject_index) || ' ' || (SELECT count(*) FROM accounting_record) \
                || ' ' || (SELECT count(*) FROM consent)";
    assert_eq!(gateway.databases.texts(Kind::Data, rows).await, ["0 0 0"]);
    assert_eq!(gateway.databases.texts(Kind::Keys, "SELECT class FROM subject_key").await, [""; 0]);

    let again = tenant.registers(complete_person("hel")).await;
    assert_eq!(
        tenant.admin().reads(&again).await.data("/dataSubject/name"),
        "Åsa hel Exempelsson",
        "as somebody new"
    );
    assert_eq!(tenant.outcomes_of(&request).await[0], "NAME ERASED", "the evidence stays");
}

/// A person with one invoice that the act keeps, erased as far as it allows; with the request.
async fn partly_erased(tenant: &Tenant<'_>, tag: &str) -> (String, String) {
    let id = tenant.registers(complete_person(tag)).await;
    tenant.files_invoice(&id, &format!("F-{tag}"), "2025-12-31").await;
    tenant.records_consent(&id, "DIRECT_MARKETING").await;
    let request = tenant.carries_out("ERASURE", &id, json!({})).await;
    assert_eq!(tenant.status_of(&request).await, "PARTIALLY_COMPLETED");
    (id, request)
}

async fn what_the_act_keeps_is_shown_for_what_the_act_is_for_and_no_more(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let (id, _) = partly_erased(&tenant, "delvis").await;
    let kept = ["name", "address", "accounting"];
    for (purpose, expected) in [
        ("SERVICE_DELIVERY", &[][..]),
        ("DIRECT_MARKETING", &[]),
        ("BOOKKEEPING", &kept),
        ("RIGHTS_HANDLING", &kept),
        ("LEGAL_CLAIMS", &kept),
    ] {
        assert_eq!(tenant.shown_for(&id, purpose).await, expected, "{purpose}");
    }
    assert_eq!(shown(&tenant.person(&id).sees_themselves().await), kept, "the person sees what is kept");
    let left = tenant.subject(&id, &format!("{VALUES} erasedAt consents {{ id }}")).await;
    assert_eq!(left["status"], "PARTIALLY_ERASED");
    assert_eq!((&left["erasedAt"], &left["consents"]), (&Value::Null, &json!([])));
    assert_eq!(left["name"], "Åsa delvis Exempelsson");
    assert_eq!(left["address"]["locality"], "Provstad delvis");
    assert_eq!(left["externalReference"], Value::Null, "the tenant's own key goes with the ordinary data");
    assert_eq!(left["accountingRecords"]["edges"][0]["node"]["description"], "Ett års abonnemang F-delvis");
    let node =
        "query($id: ID!) { node(id: $id) { ... on DataSubject { status name address { locality } } } }";
    let seen = tenant.admin().query(node, json!({ "id": id })).await.data("/node");
    assert_eq!(
        seen,
        json!({ "status": "PARTIALLY_ERASED", "name": null, "address": null }),
        "for the service"
    );
    let classes = gateway.databases.texts(Kind::Keys, "SELECT class FROM subject_key").await;
    assert_eq!(classes.len(), 1, "one key is left, of what is kept: {classes:?}");
}

async fn a_partly_erased_person_is_listed_and_found_by_no_value(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    partly_erased(&tenant, "hittas").await;
    tenant.registers(person("Bo Annan")).await;
    for (purpose, by_name, listed) in [
        ("SERVICE_DELIVERY", 0, 2),
        ("DIRECT_MARKETING", 0, 0),
        ("BOOKKEEPING", 0, 2),
        ("RIGHTS_HANDLING", 0, 2),
        ("LEGAL_CLAIMS", 0, 2),
    ] {
        assert_eq!(tenant.finds(purpose, json!({ "nameWords": "hittas" })).await, by_name, "{purpose}");
        assert_eq!(tenant.finds(purpose, json!({})).await, listed, "{purpose}");
        for filter in identifiers("hittas").into_iter().filter(|filter| filter.get("nameWords").is_none()) {
            assert_eq!(tenant.finds(purpose, filter.clone()).await, 0, "{filter} for {purpose}");
        }
    }
    assert_eq!(tenant.finds("BOOKKEEPING", json!({ "status": ["PARTIALLY_ERASED"] })).await, 1);
    tenant.registers(complete_person("hittas")).await;
}

async fn some_categories_go_and_the_person_stays(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let id = tenant.registers(complete_person("nagra")).await;
    tenant.files_invoice(&id, "F-1", "2025-12-31").await;
    tenant.records_consent(&id, "DIRECT_MARKETING").await;
    let some = json!({ "categories": ["EMAIL", "PASSWORD", "PHONE"] });
    let request = tenant.carries_out("ERASURE", &id, some.clone()).await;
    assert_eq!(tenant.status_of(&request).await, "COMPLETED");
    assert_eq!(tenant.outcomes_of(&request).await, ["PHONE ERASED", "EMAIL ERASED", "PASSWORD ERASED"]);
    let left = tenant.admin().reads(&id).await.data("/dataSubject");
    assert_eq!(left["status"], "ACTIVE");
    assert_eq!(left["externalReference"], "K-nagra");
    for member in MEMBERS {
        let gone = ["phone", "email", "hasPassword"].contains(&member);
        let expected = !gone;
        let held = !left[member].is_null() && left[member] != json!(false);
        assert_eq!(held, expected, "{member}");
    }
    for (filter, found) in identifiers("nagra").into_iter().zip([0, 1, 1, 1, 0]) {
        assert_eq!(tenant.finds("SERVICE_DELIVERY", filter.clone()).await, found, "{filter}");
    }
    let consents = tenant.subject(&id, "consents { purpose }").await;
    assert_eq!(
        consents["consents"].as_array().map(Vec::len),
        Some(1),
        "the person stays, with their consents"
    );
    let input = json!({ "subjectId": id, "email": "ny@provstad.example" });
    let updated = tenant.admin().change("updateDataSubject", input, "dataSubject { email }").await;
    assert_eq!(updated.payload("/dataSubject/email"), "ny@provstad.example", "a new value can come");

    let request = tenant.carries_out("ERASURE", &id, json!({ "categories": ["NAME", "POSITION"] })).await;
    assert_eq!(tenant.status_of(&request).await, "PARTIALLY_COMPLETED");
    assert_eq!(
        tenant.outcomes_of(&request).await,
        ["NAME RETAINED BOOKKEEPING_ACT 2032-12-31", "POSITION ERASED"]
    );
    assert_eq!(tenant.state_of(&id).await, "ACTIVE");
    let request = tenant.carries_out("ERASURE", &id, some).await;
    assert_eq!(
        tenant.outcomes_of(&request).await,
        ["PHONE NOTHING_HELD", "EMAIL ERASED", "PASSWORD NOTHING_HELD"],
        "and again"
    );
    let last = tenant.carries_out("ERASURE", &id, json!({})).await;
    assert_eq!(tenant.status_of(&last).await, "PARTIALLY_COMPLETED");
    assert_eq!(tenant.state_of(&id).await, "PARTIALLY_ERASED");
}

async fn exports_are_destroyed_and_their_links_dead(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    for (tag, categories) in [("hel", Value::Null), ("del", json!(["EMAIL"]))] {
        let id = tenant.registers(complete_person(tag)).await;
        let mut links = Vec::new();
        let mut packages = Vec::new();
        for kind in ["ACCESS", "PORTABILITY"] {
            let request = tenant.carries_out(kind, &id, json!({})).await;
            links.push(tenant.link(&request, "JSON").await);
            packages.push(request);
        }
        assert_eq!(gateway.get(&links[0]).await.status, 200, "{tag}");
        tenant.carries_out("ERASURE", &id, json!({ "categories": categories })).await;
        for link in &links {
            let dead = gateway.get(link).await;
            assert!(matches!(dead.status, 404 | 410), "{tag}: {}", dead.status);
            assert!(!dead.text().contains("Exempelsson"), "{tag}");
        }
        for request in &packages {
            assert_eq!(
                tenant.request(request, "package { formats }").await,
                json!({ "package": null }),
                "{tag}"
            );
        }
        let rows =
            "SELECT (SELECT count(*) FROM export_package) || ' ' || (SELECT count(*) FROM export_file)";
        assert_eq!(gateway.databases.texts(Kind::Data, rows).await, ["0 0"], "{tag}");
    }
}

async fn what_was_open_about_an_erased_person_is_closed(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let partly = tenant.registers(complete_person("oppna")).await;
    tenant.files_invoice(&partly, "F-1", "2025-12-31").await;
    let wholly = tenant.registers(complete_person("stangda")).await;
    for id in [partly, wholly] {
        let mut open = Vec::new();
        for kind in ["ACCESS", "RECTIFICATION", "PORTABILITY", "OBJECTION"] {
            open.push(tenant.submits(kind, &id).await);
        }
        tenant.verifies(&open[2]).await;
        let done = tenant.submits("MARKETING_OBJECTION", &id).await;
        tenant.carries_out("ERASURE", &id, json!({})).await;
        for request in open {
            let selection = "status overdue package { formats } decision { verdict decidedBy refusalGround } outcomes { action }";
            assert_eq!(
                tenant.request(&request, selection).await,
                json!({ "status": "REFUSED", "overdue": false, "package": null, "outcomes": [],
                        "decision": { "verdict": "REFUSED", "decidedBy": "admin", "refusalGround": "CONDITIONS_NOT_MET" } })
            );
        }
        assert_eq!(tenant.status_of(&done).await, "COMPLETED");
    }
    let some = tenant.registers(complete_person("kvar")).await;
    let open = tenant.submits("ACCESS", &some).await;
    tenant.carries_out("ERASURE", &some, json!({ "categories": ["EMAIL"] })).await;
    assert_eq!(tenant.status_of(&open).await, "RECEIVED", "the person is still there");
}

async fn what_a_request_said_about_an_erased_person_goes_with_them(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let id = tenant.registers(complete_person("ord")).await;
    let corrected = tenant.carries_out("RECTIFICATION", &id, json!({})).await;
    let before = tenant.request(&corrected, "rectifications { category newValue }").await;
    assert_eq!(before["rectifications"], json!([{ "category": "POSITION", "newValue": "Provchef" }]));
    let extended = tenant.submits("ACCESS", &id).await;
    assert_eq!(tenant.takes("extendDeadline", &extended).await.user_errors(), Vec::<String>::new());
    let refused = tenant.submits("PORTABILITY", &id).await;
    tenant.refuses(&refused).await;
    tenant.carries_out("ERASURE", &id, json!({})).await;
    let text = "query($ids: [ID!]!) { nodes(ids: $ids) { ... on RightsRequest { rectifications { newValue } \
                extension { reason } decision { reasons } subject { name } timeline { description } letter } } }";
    let after = tenant.admin().query(text, json!({ "ids": [corrected, extended, refused] })).await;
    for said in ["Provchef", "Uppgifterna finns på flera håll", "Samma begäran besvarades", "Exempelsson"]
    {
        assert!(!after.text().contains(said), "{said} in {}", after.text());
    }
    assert_eq!(after.at("/data/nodes/0/subject/name"), Value::Null);
}

async fn nothing_more_is_written_about_an_erased_person(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let (partly, _) = partly_erased(&tenant, "delvis").await;
    let wholly = tenant.registers(complete_person("hel")).await;
    tenant.carries_out("ERASURE", &wholly, json!({})).await;
    for id in [&partly, &wholly] {
        let consent =
            json!({ "subjectId": id, "purpose": "DIRECT_MARKETING", "source": "x", "textVersion": "1" });
        let update = json!({ "subjectId": id, "position": "Ny" });
        for (mutation, input) in [("updateDataSubject", update), ("grantConsent", consent)] {
            let refused = tenant.admin().change(mutation, input, "__typename").await.user_errors();
            assert_eq!(refused, ["ERASED input.subjectId"], "{mutation}");
        }
        let refused = tenant.tries_to_file(id, "F-9", json!({})).await.user_errors();
        assert_eq!(refused, ["ERASED input.subjectId"], "a record");
    }
    assert_eq!(
        tenant.tries_to_hold(&wholly, json!({})).await.user_errors(),
        ["ERASED input.subjectId"],
        "a hold"
    );
    assert_eq!(
        tenant.tries_to_hold(&partly, json!({})).await.user_errors(),
        Vec::<String>::new(),
        "on what is left"
    );
}

async fn an_erasure_touches_nobody_else(gateway: &TestGateway) {
    let (tenant, elsewhere) = (gateway.tenant().await, gateway.tenant().await);
    let mut others = Vec::new();
    for (number, of) in [&tenant, &tenant, &elsewhere].into_iter().enumerate() {
        let id = of.registers(complete_person(&format!("annan{number}"))).await;
        of.files_invoice(&id, &format!("F-{number}"), "2025-12-31").await;
        of.records_consent(&id, "DIRECT_MARKETING").await;
        others.push((of, id));
    }
    let see = async |of: &Tenant<'_>, id: &str| {
        let selection = format!("{VALUES} updatedAt erasedAt consents {{ id status }}");
        of.subject(id, &selection).await
    };
    let mut before = Vec::new();
    for (of, id) in &others {
        before.push(see(of, id).await);
    }
    gateway.on("2026-03-05");
    let id = tenant.registers(complete_person("bort")).await;
    tenant.carries_out("ERASURE", &id, json!({})).await;
    partly_erased(&tenant, "delvis").await;
    for ((of, id), before) in others.iter().zip(before) {
        assert_eq!(see(of, id).await, before);
        assert_eq!(
            of.finds("DIRECT_MARKETING", json!({ "phone": "0701740605" })).await,
            if of.id == tenant.id { 2 } else { 1 }
        );
    }
}

async fn a_restricted_person_can_be_erased(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let id = tenant.registers(complete_person("last")).await;
    tenant.carries_out("RESTRICTION", &id, json!({})).await;
    assert_eq!(tenant.state_of(&id).await, "RESTRICTED");
    let request = tenant.carries_out("ERASURE", &id, json!({})).await;
    assert_eq!(tenant.status_of(&request).await, "COMPLETED");
    assert_eq!(tenant.state_of(&id).await, "ERASED");
}
