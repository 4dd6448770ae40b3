//! Accounting records (räkenskapsinformation): filed, kept by the act, and shown to those who keep the books.

use serde_json::{Value, json};
use support::{Tenant, Terms, TestGateway, complete_person, on_both_databases, person, with};

on_both_databases! {
    a_record_is_kept_through_the_seventh_year_after_its_fiscal_year,
    a_number_is_used_once_for_each_kind,
    a_record_is_refused_with_where_and_why,
    records_are_shown_for_bookkeeping_and_the_handling_of_rights,
    only_those_who_keep_the_books_see_and_file_records,
    records_are_listed_newest_first_in_pages_and_by_kind,
    the_same_key_files_a_record_once,
    a_record_is_reached_by_its_identifier,
    a_record_belongs_to_its_tenant,
}

async fn a_record_is_kept_through_the_seventh_year_after_its_fiscal_year(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let id = tenant.registers(complete_person("bok")).await;
    for (number, (issued, given, ends, through)) in [
        // The calendar year of the document where no fiscal year is named.
        ("2025-06-30", Value::Null, "2025-12-31", "2032-12-31"),
        ("2024-02-29", Value::Null, "2024-12-31", "2031-12-31"),
        ("2026-01-01", Value::Null, "2026-12-31", "2033-12-31"),
        ("2026-03-02", Value::Null, "2026-12-31", "2033-12-31"),
        // A broken year counts by the calendar year in which it ended.
        ("2024-07-01", json!("2025-06-30"), "2025-06-30", "2032-12-31"),
        ("2025-05-01", json!("2026-04-30"), "2026-04-30", "2033-12-31"),
        ("2024-12-01", json!("2025-01-31"), "2025-01-31", "2032-12-31"),
        ("2023-03-15", json!("2024-02-29"), "2024-02-29", "2031-12-31"),
        // Dated in January, booked in the year before.
        ("2025-01-10", json!("2024-12-31"), "2024-12-31", "2031-12-31"),
        // A long first year, and a contract that explains years to come.
        ("2025-07-01", json!("2026-12-31"), "2026-12-31", "2033-12-31"),
        ("2025-01-01", json!("2030-12-31"), "2030-12-31", "2037-12-31"),
        // Past its retention already: filed, and erased by the next run.
        ("2010-01-01", Value::Null, "2010-12-31", "2017-12-31"),
    ]
    .into_iter()
    .enumerate()
    {
        let more = json!({ "issuedOn": issued, "fiscalYearEndsOn": given });
        let filed = tenant.tries_to_file(&id, &format!("F-{number}"), more).await;
        let record = filed.payload("/accountingRecord");
        let dates = [&record["issuedOn"], &record["fiscalYearEndsOn"], &record["retainedThrough"]];
        assert_eq!(dates, [issued, ends, through], "{issued} {given}: {}", filed.text());
    }
    for (kind, statutory, kept) in [
        ("QUOTE", false, false),
        ("CONTRACT", false, false),
        ("QUOTE", true, true),
        ("CONTRACT", true, true),
        ("INVOICE", true, true),
    ] {
        let more = json!({ "kind": kind, "statutory": statutory });
        let filed = tenant.tries_to_file(&id, &format!("S-{kind}-{statutory}"), more).await;
        assert_eq!(!filed.payload("/accountingRecord/retainedThrough").is_null(), kept, "{kind} {statutory}");
    }
    let plain = tenant.tries_to_file(&id, "U-1", json!({ "kind": "QUOTE" })).await;
    assert_eq!(
        plain.payload("/accountingRecord/retainedThrough"),
        "2032-12-31",
        "statutory where nothing is said"
    );
}

async fn a_number_is_used_once_for_each_kind(gateway: &TestGateway) {
    let (tenant, elsewhere) = (gateway.tenant().await, gateway.tenant().await);
    let (one, two) = (tenant.registers(person("Ada Prov")).await, tenant.registers(person("Bo Prov")).await);
    let other = elsewhere.registers(person("Cia Prov")).await;
    tenant.tries_to_file(&one, "7", json!({})).await.succeeded();
    for person in [&one, &two] {
        let taken = tenant.tries_to_file(person, "7", json!({})).await;
        assert_eq!(taken.user_errors(), ["ALREADY_EXISTS input.number"]);
        assert_eq!(taken.payload("/accountingRecord"), Value::Null);
    }
    tenant.tries_to_file(&two, "7", json!({ "kind": "QUOTE" })).await.succeeded();
    tenant.tries_to_file(&two, "7", json!({ "kind": "CONTRACT" })).await.succeeded();
    elsewhere.tries_to_file(&other, "7", json!({})).await.succeeded();
    let at_once = futures::future::join_all((0..8).map(|_| tenant.tries_to_file(&one, "8", json!({})))).await;
    assert_eq!(at_once.iter().filter(|answer| answer.user_errors().is_empty()).count(), 1);
}

async fn a_record_is_refused_with_where_and_why(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let id = tenant.registers(person("Ada Prov")).await;
    for (more, expected) in [
        (json!({ "subjectId": "subject_01h2xcejqtf2nbrexx3vqjhp41" }), "NOT_FOUND input.subjectId"),
        (json!({ "subjectId": "nonsense" }), "NOT_FOUND input.subjectId"),
        (json!({ "number": "  " }), "INVALID input.number"),
        (json!({ "number": "x".repeat(501) }), "INVALID input.number"),
        (json!({ "number": "F\u{0}1" }), "INVALID input.number"),
        (json!({ "description": "" }), "INVALID input.description"),
        (json!({ "description": "å".repeat(4_001) }), "INVALID input.description"),
        (json!({ "issuedOn": "2026-03-03" }), "INVALID input.issuedOn"),
        (json!({ "issuedOn": "2025-02-29" }), "INVALID input.issuedOn"),
        (json!({ "fiscalYearEndsOn": "year" }), "INVALID input.fiscalYearEndsOn"),
        (json!({ "statutory": false }), "INVALID input.statutory"),
    ] {
        let answer = tenant.tries_to_file(&id, "F-1", more.clone()).await;
        assert_eq!(answer.user_errors(), [expected], "{more}");
    }
    // Half past midnight in Sweden is still yesterday in UTC.
    gateway.clock.set("2026-03-02T23:30:00Z".parse().unwrap());
    tenant.tries_to_file(&id, "F-1", json!({ "issuedOn": "2026-03-03" })).await.succeeded();

    let mut agreed = Terms::default().agreed.unwrap();
    agreed.remove(&domain::category::DataCategory::Accounting);
    let narrow = gateway.tenant_with(Terms { agreed: Some(agreed), ..Terms::default() }).await;
    let id = narrow.registers(person("Ada Prov")).await;
    let outside = narrow.tries_to_file(&id, "F-1", json!({})).await;
    assert_eq!(outside.user_errors(), ["OUTSIDE_AGREEMENT input.description"]);
}

async fn records_are_shown_for_bookkeeping_and_the_handling_of_rights(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let id = tenant.registers(complete_person("visa")).await;
    tenant.records_consent(&id, "DIRECT_MARKETING").await;
    tenant.files_invoice(&id, "F-1", "2025-12-31").await;
    for (purpose, listed) in [
        ("SERVICE_DELIVERY", 0),
        ("DIRECT_MARKETING", 0),
        ("BOOKKEEPING", 1),
        ("RIGHTS_HANDLING", 1),
        ("LEGAL_CLAIMS", 1),
    ] {
        let text = "query($id: ID!, $purpose: Purpose!) { dataSubject(id: $id, purpose: $purpose) { \
                    accountingRecords { totalCount edges { node { description } } } } }";
        let answer = tenant.admin().query(text, json!({ "id": id, "purpose": purpose })).await;
        let found = answer.data("/dataSubject/accountingRecords");
        assert_eq!(found["totalCount"], listed, "{purpose}");
        assert_eq!(found["edges"].as_array().map(Vec::len), Some(listed), "{purpose}");
        let text = "query($purpose: Purpose!) { dataSubjects(purpose: $purpose) { edges { node { \
                    accountingRecords { edges { node { number } } } } } } }";
        let list = tenant.admin().query(text, json!({ "purpose": purpose })).await;
        let edges = list.data("/dataSubjects/edges/0/node/accountingRecords/edges");
        assert_eq!(edges.as_array().map(Vec::len), Some(listed), "{purpose}, in a list");
    }
    let own = tenant.person(&id).sees_themselves().await;
    assert_eq!(own["accountingRecords"]["edges"][0]["node"]["description"], "Ett års abonnemang F-1");
    let request = tenant.submits("ACCESS", &id).await;
    let through =
        tenant.request(&request, "subject { accountingRecords { edges { node { description } } } }").await;
    assert_eq!(
        through["subject"]["accountingRecords"]["edges"][0]["node"]["description"], "Ett års abonnemang F-1",
        "reached through a request"
    );
}

async fn only_those_who_keep_the_books_see_and_file_records(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let id = tenant.registers(complete_person("nyckel")).await;
    tenant.files_invoice(&id, "F-1", "2025-12-31").await;
    let text = "query($id: ID!) { dataSubject(id: $id, purpose: BOOKKEEPING) { name accountingRecords { edges { node { number } } } } }";
    for (scopes, code) in [
        ("subjects:read", "FORBIDDEN"),
        ("subjects:read accounting:write rights:read", "FORBIDDEN"),
        ("subjects:read accounting:read", ""),
    ] {
        let answer = tenant.staff(scopes).query(text, json!({ "id": id })).await;
        assert_eq!(answer.code(), code, "{scopes}");
        assert_eq!(answer.text().contains("F-1"), code.is_empty(), "{scopes}");
    }
    let input = json!({ "subjectId": id, "kind": "INVOICE", "number": "F-2", "issuedOn": "2026-01-01", "description": "Låda" });
    let writer = tenant.staff("accounting:write");
    let blind =
        writer.change("recordAccountingRecord", input, "accountingRecord { id number description }").await;
    assert_eq!(blind.code(), "FORBIDDEN", "a writer who may not read sees nothing of it");
    assert_eq!(blind.at("/data/recordAccountingRecord/accountingRecord/number"), "F-2");
    assert!(!blind.text().contains("Låda"));
    assert_eq!(tenant.events("accountingRecord.record").await, 2);
}

async fn records_are_listed_newest_first_in_pages_and_by_kind(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let id = tenant.registers(complete_person("sidor")).await;
    for number in 1..=5 {
        let kind = if number % 2 == 0 { "QUOTE" } else { "INVOICE" };
        tenant.tries_to_file(&id, &format!("N-{number}"), json!({ "kind": kind })).await.succeeded();
    }
    let text = "query($id: ID!, $first: Int, $after: String, $kind: AccountingRecordKind) { \
                dataSubject(id: $id, purpose: BOOKKEEPING) { accountingRecords(first: $first, after: $after, kind: $kind) { \
                totalCount pageInfo { hasNextPage endCursor } edges { node { number kind } } } } }";
    let ask = async |more: Value| {
        let answer = tenant.admin().query(text, with(json!({ "id": id }), &more)).await;
        if answer.code().is_empty() {
            answer.data("/dataSubject/accountingRecords")
        } else {
            json!(answer.code())
        }
    };
    let numbers = |page: &Value| -> Vec<String> {
        let edges = page["edges"].as_array().into_iter().flatten();
        edges.map(|edge| edge["node"]["number"].as_str().unwrap_or_default().to_owned()).collect()
    };
    assert_eq!(numbers(&ask(json!({})).await), ["N-5", "N-4", "N-3", "N-2", "N-1"]);
    let page = ask(json!({ "first": 2 })).await;
    assert_eq!((numbers(&page), &page["totalCount"]), (vec!["N-5".to_owned(), "N-4".to_owned()], &json!(5)));
    assert_eq!(page["pageInfo"]["hasNextPage"], true);
    let next = ask(json!({ "first": 5, "after": page["pageInfo"]["endCursor"] })).await;
    assert_eq!((numbers(&next).len(), &next["pageInfo"]["hasNextPage"]), (3, &json!(false)));
    let quotes = ask(json!({ "kind": "QUOTE" })).await;
    assert_eq!(
        (numbers(&quotes), &quotes["totalCount"]),
        (vec!["N-4".to_owned(), "N-2".to_owned()], &json!(2))
    );
    for wrong in [
        json!({ "first": 101 }),
        json!({ "first": -1 }),
        json!({ "after": "x" }),
        json!({ "kind": "QUOTE", "after": page["pageInfo"]["endCursor"] }),
    ] {
        assert_eq!(ask(wrong.clone()).await, "BAD_USER_INPUT", "{wrong}");
    }
}

async fn the_same_key_files_a_record_once(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let id = tenant.registers(person("Ada Prov")).await;
    let keyed = json!({ "idempotencyKey": "a" });
    let first = tenant.tries_to_file(&id, "F-1", keyed.clone()).await.made();
    assert_eq!(tenant.tries_to_file(&id, "F-1", keyed.clone()).await.made(), first);
    let other = tenant.tries_to_file(&id, "F-2", keyed).await;
    assert_eq!(other.user_errors(), ["IDEMPOTENCY_MISMATCH input.idempotencyKey"]);
    let count = tenant.subject(&id, "accountingRecords { totalCount }").await;
    assert_eq!(count["accountingRecords"]["totalCount"], 1);
}

async fn a_record_is_reached_by_its_identifier(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let (id, other) = (tenant.registers(person("Ada Prov")).await, tenant.registers(person("Bo Prov")).await);
    let record = tenant.files_invoice(&id, "F-1", "2025-12-31").await;
    let text = "query($id: ID!) { node(id: $id) { ... on AccountingRecord { number retainedThrough } } }";
    let found = json!({ "number": "F-1", "retainedThrough": "2032-12-31" });
    for (caller, expected) in [
        (tenant.staff("accounting:read"), &found),
        (tenant.staff("subjects:read rights:read"), &Value::Null),
        (tenant.person(&id), &found),
        (tenant.person(&other), &Value::Null),
    ] {
        let answer = caller.query(text, json!({ "id": record })).await;
        assert_eq!(&answer.data("/node"), expected);
    }
}

async fn a_record_belongs_to_its_tenant(gateway: &TestGateway) {
    let (tenant, stranger): (Tenant<'_>, Tenant<'_>) = (gateway.tenant().await, gateway.tenant().await);
    let id = tenant.registers(person("Ada Prov")).await;
    let record = tenant.files_invoice(&id, "F-1", "2025-12-31").await;
    let text = "query($id: ID!) { node(id: $id) { id } }";
    let foreign = stranger.admin().query(text, json!({ "id": record })).await;
    let never = json!({ "id": "accounting_01h2xcejqtf2nbrexx3vqjhp41" });
    assert_eq!(foreign.body, stranger.admin().query(text, never).await.body);
    let refused = stranger.tries_to_file(&id, "F-9", json!({})).await;
    assert_eq!(refused.user_errors(), ["NOT_FOUND input.subjectId"]);
}
