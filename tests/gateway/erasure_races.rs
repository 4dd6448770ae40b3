//! An erasure and whatever else happens at the same moment: one comes first, whole, and nothing comes back afterwards.

use serde_json::{Value, json};
use support::{Kind, Tenant, TestGateway, complete_person, on_both_databases, with};

on_both_databases! {
    no_export_outlives_an_erasure,
    nothing_that_is_written_meanwhile_outlives_an_erasure,
    of_two_erasures_at_once_each_ends_and_nothing_is_left,
    a_correction_and_an_erasure_at_once_leave_nothing,
    a_replayed_registration_does_not_bring_the_person_back,
    what_a_hold_kept_is_not_erased_by_a_night_run_that_began_before_it,
}

/// Nothing is left of a person, in any table.
async fn is_gone(tenant: &Tenant<'_>, id: &str, what: &str) {
    assert_eq!(tenant.state_of(id).await, "ERASED", "{what}");
    assert_eq!(tenant.shown_for(id, "RIGHTS_HANDLING").await, Vec::<&str>::new(), "{what}");
    let of = tenant.gateway().databases.literal(domain::id::SubjectId::parse(id).unwrap().uuid());
    for table in ["subject_index", "consent", "accounting_record", "export_package"] {
        let rows = format!("SELECT count(*) || '' FROM {table} WHERE subject_id = {of}");
        assert_eq!(tenant.gateway().databases.texts(Kind::Data, &rows).await, ["0"], "{what}: {table}");
    }
    let profile = format!("SELECT CAST(profile AS text) FROM data_subject WHERE id = {of}");
    assert_eq!(tenant.gateway().databases.texts(Kind::Data, &profile).await, ["{}"], "{what}");
    let keys = format!("SELECT class FROM subject_key WHERE subject_id = {of}");
    assert_eq!(tenant.gateway().databases.texts(Kind::Keys, &keys).await, [""; 0], "{what}");
}

async fn no_export_outlives_an_erasure(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    for round in 0..6 {
        let id = tenant.registers(complete_person(&format!("export{round}"))).await;
        let mut exports = Vec::new();
        for kind in ["ACCESS", "PORTABILITY"] {
            exports.push(tenant.approved(kind, &id, json!({})).await);
        }
        let erasure = tenant.approved("ERASURE", &id, json!({})).await;
        tokio::join!(gateway.work(), gateway.work(), gateway.work());
        gateway.work().await;
        assert_eq!(tenant.status_of(&erasure).await, "COMPLETED");
        is_gone(&tenant, &id, "exports in progress").await;
        for request in exports {
            let shown = tenant.request(&request, "status package { formats }").await;
            assert_eq!(shown["package"], Value::Null);
            assert!(shown["status"] == "REFUSED" || shown["status"] == "COMPLETED", "{shown}");
        }
    }
}

async fn nothing_that_is_written_meanwhile_outlives_an_erasure(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    for round in 0..6 {
        let tag = format!("skriv{round}");
        let id = tenant.registers(complete_person(&tag)).await;
        let erasure = tenant.approved("ERASURE", &id, json!({})).await;
        let admin = tenant.admin();
        let update = json!({ "subjectId": id, "name": "Åsa Sista Ordet", "email": format!("ny.{tag}@provstad.example") });
        let consent =
            json!({ "subjectId": id, "purpose": "DIRECT_MARKETING", "source": "x", "textVersion": "1" });
        let quote = json!({ "kind": "QUOTE", "statutory": false });
        let (updated, consented, filed, ()) = tokio::join!(
            admin.change("updateDataSubject", update, "dataSubject { id }"),
            admin.change("grantConsent", consent, "consent { id }"),
            tenant.tries_to_file(&id, &tag, quote),
            gateway.work(),
        );
        gateway.work().await;
        for answer in [updated, consented, filed] {
            let errors = answer.user_errors();
            assert!(errors.is_empty() || errors == ["ERASED input.subjectId"], "{errors:?}");
        }
        assert_eq!(tenant.status_of(&erasure).await, "COMPLETED");
        is_gone(&tenant, &id, "written meanwhile").await;
        for filter in
            [json!({ "nameWords": "sista ordet" }), json!({ "email": format!("ny.{tag}@provstad.example") })]
        {
            assert_eq!(tenant.finds("RIGHTS_HANDLING", filter).await, 0);
        }
    }
}

async fn of_two_erasures_at_once_each_ends_and_nothing_is_left(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    for round in 0..4 {
        let id = tenant.registers(complete_person(&format!("tva{round}"))).await;
        tenant.files_invoice(&id, &format!("F-{round}"), "2025-12-31").await;
        let first = tenant
            .carries_out("ERASURE", &id, json!({ "categories": ["ADDRESS", "PHONE", "ACCOUNTING"] }))
            .await;
        let second = tenant.approved("ERASURE", &id, json!({})).await;
        let other = tenant.registers(complete_person(&format!("annan{round}"))).await;
        let third = tenant.approved("ERASURE", &other, json!({})).await;
        tokio::join!(gateway.work(), gateway.work());
        gateway.work().await;
        assert_eq!(tenant.status_of(&first).await, "PARTIALLY_COMPLETED");
        assert_eq!(tenant.status_of(&second).await, "PARTIALLY_COMPLETED");
        assert_eq!(tenant.status_of(&third).await, "COMPLETED");
        assert_eq!(tenant.state_of(&id).await, "PARTIALLY_ERASED");
        if round == 3 {
            gateway.up_to("2033-01-01").await;
            gateway.work().await;
            is_gone(&tenant, &id, "both").await;
            for request in [&first, &second] {
                assert_eq!(tenant.status_of(request).await, "COMPLETED", "both know");
                let outcomes = tenant.outcomes_of(request).await;
                assert!(outcomes.contains(&"ADDRESS ERASED".to_owned()), "{outcomes:?}");
            }
        }
    }
}

async fn a_correction_and_an_erasure_at_once_leave_nothing(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    for round in 0..4 {
        let id = tenant.registers(complete_person(&format!("ratt{round}"))).await;
        let asked = json!({ "rectifications": [{ "category": "NAME", "newValue": "Åsa Rätt Namnsson" }] });
        let correction = tenant.approved("RECTIFICATION", &id, asked).await;
        let restriction = tenant.approved("RESTRICTION", &id, json!({})).await;
        tenant.approved("ERASURE", &id, json!({})).await;
        tokio::join!(gateway.work(), gateway.work(), gateway.work());
        gateway.work().await;
        is_gone(&tenant, &id, "a correction in progress").await;
        for request in [correction, restriction] {
            let status = tenant.status_of(&request).await;
            assert!(status == "COMPLETED" || status == "REFUSED", "{status}");
        }
        assert_eq!(tenant.finds("RIGHTS_HANDLING", json!({ "nameWords": "namnsson" })).await, 0);
    }
}

async fn a_replayed_registration_does_not_bring_the_person_back(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let input = with(complete_person("igen"), &json!({ "idempotencyKey": "a" }));
    let id = tenant.registers(input.clone()).await;
    let update = json!({ "subjectId": id, "position": "Chef", "idempotencyKey": "b" });
    tenant.admin().change("updateDataSubject", update.clone(), "dataSubject { id }").await.succeeded();
    tenant.carries_out("ERASURE", &id, json!({})).await;
    let again = tenant.admin().change("registerDataSubject", input, "dataSubject { id name status }").await;
    let expected = json!({ "id": id, "name": null, "status": "ERASED" });
    assert_eq!(again.payload("/dataSubject"), expected, "the same answer, done once: {}", again.text());
    let again = tenant.admin().change("updateDataSubject", update, "dataSubject { id position }").await;
    assert_eq!(again.payload("/dataSubject"), json!({ "id": id, "position": null }), "{}", again.text());
    assert_eq!(tenant.finds("RIGHTS_HANDLING", json!({})).await, 1);
}

async fn what_a_hold_kept_is_not_erased_by_a_night_run_that_began_before_it(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let rule = json!({ "category": "EMAIL", "trigger": "SUBJECT_INACTIVE", "months": 0, "legalBasis": "CONTRACT", "source": "x" });
    tenant.admin().change("setRetentionRule", rule, "retentionRule { id }").await.succeeded();
    for round in 0..4 {
        let id = tenant.registers(complete_person(&format!("natt{round}"))).await;
        gateway.clock.advance(std::time::Duration::from_hours(36));
        let (hold, ()) =
            tokio::join!(tenant.tries_to_hold(&id, json!({ "categories": ["EMAIL"] })), gateway.work());
        hold.succeeded();
        let was_there = tenant.shown_for(&id, "LEGAL_CLAIMS").await.contains(&"email");
        gateway.clock.advance(std::time::Duration::from_hours(24));
        gateway.work().await;
        assert_eq!(
            tenant.shown_for(&id, "LEGAL_CLAIMS").await.contains(&"email"),
            was_there,
            "what the hold found stays"
        );
    }
}
