//! Erased means erased (contract rule 6): not a byte of what was erased is left, in the clear or sealed, in any file, and
//! its key is gone.

use domain::id::SubjectId;
use serde_json::{Value, json};
use support::{Canary, Kind, Search, Tenant, TestGateway, on_both_databases, with};

on_both_databases! {
    nothing_of_a_wholly_erased_person_is_left,
    nothing_of_what_was_erased_in_part_is_left_and_the_rest_goes_in_its_turn,
    nothing_of_an_erased_category_is_left,
    nothing_of_a_corrected_value_outlives_the_person,
}

/// A person whose every value occurs nowhere by chance; the values by category.
fn unmistakable(gateway: &TestGateway) -> (Value, Vec<(&'static str, Canary)>) {
    let tag = domain::id::new_uuid(gateway.now(), gateway.entropy()).simple().to_string();
    let text = |what: &str| format!("zå{what}{}qz", &tag[20..]);
    let plain = |what: &str| format!("z{what}{}qz", &tag[20..]);
    let input = json!({
        "externalReference": text("ref"),
        "name": format!("{} {}", text("given"), text("family")),
        "position": text("position"),
        "phone": "+46701740678",
        "address": { "lines": [text("street")], "postalCode": plain("code"), "locality": text("town"), "country": "SE" },
        "email": format!("{}@{}.example", plain("local"), plain("host")),
        "loginName": plain("login"),
        "password": format!("{} {}", text("secret"), text("word")),
    });
    let values = [
        ("REFERENCE", text("ref")),
        ("NAME", text("given")),
        ("NAME", text("family")),
        ("POSITION", text("position")),
        ("PHONE", "46701740678".to_owned()),
        ("ADDRESS", text("street")),
        ("ADDRESS", plain("code")),
        ("ADDRESS", text("town")),
        ("EMAIL", plain("local")),
        ("EMAIL", plain("host")),
        ("LOGIN_NAME", plain("login")),
        ("PASSWORD", text("secret")),
        ("PASSWORD", text("word")),
        ("ACCOUNTING", plain("record")),
        ("WORDS", plain("wanted")),
        ("WORDS", plain("reason")),
        ("WORDS", plain("grounds")),
    ];
    let canaries = values.into_iter().map(|(category, value)| (category, Canary::new(value))).collect();
    (input, canaries)
}

fn of<'c>(values: &'c [(&'static str, Canary)], category: &str) -> Vec<&'c Canary> {
    values.iter().filter(|(of, _)| *of == category).map(|(_, canary)| canary).collect()
}

/// The sealed forms of a person, as they lie in rows: by category, or by the table that they are in.
async fn sealed(gateway: &TestGateway, person: &str) -> Vec<(String, Canary)> {
    let id = gateway.databases.literal(SubjectId::parse(person).unwrap().uuid());
    let texts = async |query: String| gateway.databases.texts(Kind::Data, &query).await;
    let profile = texts(format!("SELECT CAST(profile AS text) FROM data_subject WHERE id = {id}")).await;
    let profile: Value = serde_json::from_str(&profile[0]).unwrap();
    let mut all: Vec<_> = profile
        .as_object()
        .unwrap()
        .iter()
        .map(|(category, value)| (category.clone(), value.clone()))
        .collect();
    for (of, query) in [
        (
            "REFERENCE",
            format!(
                "SELECT external_reference FROM data_subject WHERE id = {id} AND external_reference IS NOT NULL"
            ),
        ),
        ("ACCOUNTING", format!("SELECT description FROM accounting_record WHERE subject_id = {id}")),
        (
            "WORDS",
            format!(
                "SELECT rectifications FROM rights_request WHERE subject_id = {id} AND rectifications IS NOT NULL"
            ),
        ),
        (
            "WORDS",
            format!(
                "SELECT identity_reason FROM rights_request WHERE subject_id = {id} AND identity_reason IS NOT NULL"
            ),
        ),
        (
            "WORDS",
            format!(
                "SELECT objection_grounds FROM rights_request WHERE subject_id = {id} AND objection_grounds IS NOT NULL"
            ),
        ),
    ] {
        all.extend(texts(query).await.into_iter().map(|text| (of.to_owned(), Value::from(text))));
    }
    // The middle of a sealed value: its ends may share a form with others'.
    let middle = |text: &str| Canary::new(&text[text.len() / 4..text.len() - text.len() / 4]);
    all.into_iter().filter_map(|(of, value)| Some((of, middle(value.as_str()?)))).collect()
}

/// Which of these stand in any file or row, each with where.
async fn on_disk(gateway: &TestGateway, canaries: &[Canary]) -> Vec<(String, String)> {
    let search = Search::new(canaries);
    let mut found = Vec::new();
    for (place, bytes) in gateway.databases.everything_on_disk().await {
        let here = search.run(&bytes).into_iter();
        found.extend(here.map(|(text, form)| (text.to_owned(), format!("as {form} in {place}"))));
    }
    found
}

/// Uses a person in every way that writes a value down, and asks for their erasure.
async fn used(
    tenant: &Tenant<'_>,
    (input, values): &(Value, Vec<(&'static str, Canary)>),
    record: Value,
) -> String {
    let gateway = tenant.gateway();
    let id = tenant.registers(input.clone()).await;
    let says = json!({ "description": format!("Ett {} år", of(values, "ACCOUNTING")[0].text) });
    tenant.tries_to_file(&id, "F-1", with(record, &says)).await.succeeded();
    tenant.records_consent(&id, "DIRECT_MARKETING").await;
    for kind in ["ACCESS", "PORTABILITY"] {
        let request = tenant.carries_out(kind, &id, json!({})).await;
        for format in ["JSON", "CSV_ZIP", "PDF"] {
            assert_eq!(gateway.get(&tenant.link(&request, format).await).await.status, 200);
        }
    }
    let [wanted, reason, grounds] = of(values, "WORDS")[..] else { unreachable!("three words") };
    let asked = json!({ "rectifications": [{ "category": "POSITION", "newValue": wanted.text }], "restrictMeanwhile": false });
    let request = tenant.tries("RECTIFICATION", &id, asked).await.made();
    let input = json!({ "requestId": request, "reason": format!("Är det {}?", reason.text) });
    tenant.admin().change("askForIdentity", input, "rightsRequest { id }").await.succeeded();
    tenant.tries("MARKETING_OBJECTION", &id, json!({ "grounds": grounds.text })).await.succeeded();
    let admin = tenant.admin();
    admin.reads(&id).await;
    tenant.plan(&id, Value::Null).await;
    tenant.letter(&request, "sv").await;
    id
}

/// What of a person still lies anywhere: values in the clear with where they lie, and the categories that lie sealed.
async fn left(
    gateway: &TestGateway,
    clear: &[(&'static str, Canary)],
    sealed: &[(String, Canary)],
) -> Vec<String> {
    gateway.databases.compact().await;
    let all = clear.iter().map(|(_, canary)| canary).chain(sealed.iter().map(|(_, canary)| canary));
    let found = on_disk(gateway, &all.cloned().collect::<Vec<_>>()).await;
    let told = |(text, place): (String, String)| {
        let category = sealed.iter().find(|(_, canary)| canary.text == text).map(|(of, _)| of.clone());
        category.unwrap_or_else(|| format!("{text} {place}"))
    };
    let left: std::collections::BTreeSet<_> = found.into_iter().map(told).collect();
    left.into_iter().collect()
}

/// What is left once the server's own maintenance, which can keep rows from being vacuumed while it runs, has ended.
async fn left_in_the_end(
    gateway: &TestGateway,
    clear: &[(&'static str, Canary)],
    sealed: &[(String, Canary)],
) -> Vec<String> {
    let mut tries = 0;
    loop {
        let left = left(gateway, clear, sealed).await;
        tries += 1;
        if left.is_empty() || tries == 10 || gateway.databases.postgres.is_none() {
            return left;
        }
        tokio::time::sleep(std::time::Duration::from_millis(500)).await;
    }
}

async fn nothing_of_a_wholly_erased_person_is_left(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let person = unmistakable(gateway);
    let watches: Vec<_> = person.1.iter().map(|(_, canary)| canary.watch()).collect();
    let id = used(&tenant, &person, json!({ "kind": "QUOTE", "statutory": false })).await;
    let (_, values) = person;
    let sealed = sealed(gateway, &id).await;
    let all = [
        "ACCOUNTING",
        "ADDRESS",
        "EMAIL",
        "LOGIN_NAME",
        "NAME",
        "PASSWORD",
        "PHONE",
        "POSITION",
        "REFERENCE",
        "WORDS",
    ];
    assert_eq!(
        left(gateway, &values, &sealed).await,
        all,
        "the scan finds what is sealed, and nothing in the clear"
    );

    let request = tenant.carries_out("ERASURE", &id, json!({})).await;
    assert_eq!(tenant.status_of(&request).await, "COMPLETED");
    tenant.letter(&request, "sv").await;
    assert_eq!(left_in_the_end(gateway, &values, &sealed).await, [""; 0]);
    assert_eq!(gateway.databases.texts(Kind::Keys, "SELECT class FROM subject_key").await, [""; 0]);
    let logged: Vec<_> =
        watches.iter().filter(|watch| watch.lines() > 0).map(|watch| &watch.canary.text).collect();
    assert!(logged.is_empty(), "in the log: {logged:?}");
    the_scan_finds_what_is_there(gateway, &values[1].1).await;
}

/// A clear value that was planted in a row is found, in each of its forms.
async fn the_scan_finds_what_is_there(gateway: &TestGateway, canary: &Canary) {
    for (country, text) in [
        ("FI", canary.text.clone()),
        ("DK", canary.text.replace('å', "%C3%A5")),
        ("NO", canary.text.replace('å', "%c3%a5")),
    ] {
        let insert = format!(
            "INSERT INTO supervisory_authority (country, valid_from, name, url) VALUES ('{country}', '2020-01-01', '{text}', '')"
        );
        let before = on_disk(gateway, std::slice::from_ref(canary)).await.len();
        gateway.databases.run(Kind::Data, &insert).await;
        assert!(on_disk(gateway, std::slice::from_ref(canary)).await.len() > before, "{text} is found");
    }
}

async fn nothing_of_what_was_erased_in_part_is_left_and_the_rest_goes_in_its_turn(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let person = unmistakable(gateway);
    let id = used(&tenant, &person, json!({})).await;
    let (_, values) = person;
    let first = sealed(gateway, &id).await;
    tenant.carries_out("ERASURE", &id, json!({})).await;
    let second = sealed(gateway, &id).await;
    let kept: std::collections::BTreeSet<_> = second.iter().map(|(of, _)| of.as_str()).collect();
    assert_eq!(kept, ["ACCOUNTING", "ADDRESS", "NAME"].into(), "sealed anew, under a key of their own");
    // A record lies under the other key from the beginning.
    let old: Vec<_> = first.into_iter().filter(|(of, _)| of != "ACCOUNTING").collect();
    assert_eq!(
        left_in_the_end(gateway, &values, &old).await,
        [""; 0],
        "nothing of what lay under the old key"
    );
    assert_eq!(left(gateway, &values, &second).await, ["ACCOUNTING", "ADDRESS", "NAME"]);
    assert_eq!(gateway.databases.texts(Kind::Keys, "SELECT class FROM subject_key").await.len(), 1);

    gateway.up_to("2033-01-01").await;
    gateway.work().await;
    assert_eq!(tenant.state_of(&id).await, "ERASED");
    assert_eq!(
        left_in_the_end(gateway, &values, &second).await,
        [""; 0],
        "and nothing of the rest after its last day"
    );
    assert_eq!(gateway.databases.texts(Kind::Keys, "SELECT class FROM subject_key").await, [""; 0]);
}

async fn nothing_of_an_erased_category_is_left(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let person = unmistakable(gateway);
    let id = used(&tenant, &person, json!({})).await;
    let (_, values) = person;
    let first = sealed(gateway, &id).await;
    tenant.carries_out("ERASURE", &id, json!({ "categories": ["EMAIL", "NAME", "PHONE"] })).await;
    let gone: Vec<_> = first.iter().filter(|(of, _)| of == "EMAIL" || of == "PHONE").cloned().collect();
    assert_eq!(gone.len(), 2);
    assert_eq!(left_in_the_end(gateway, &values, &gone).await, [""; 0]);
    let shown = tenant.shown_for(&id, "SERVICE_DELIVERY").await;
    assert_eq!(
        shown,
        ["name", "position", "address", "loginName", "hasPassword"],
        "the others can still be read"
    );
    let anew = sealed(gateway, &id).await;
    let moved = |category: &str| {
        let of = |all: &[(String, Canary)]| {
            all.iter().find(|(of, _)| of == category).map(|(_, canary)| canary.text.clone())
        };
        of(&first) != of(&anew)
    };
    assert!(
        ["POSITION", "ADDRESS"].into_iter().all(moved),
        "sealed anew: backups of the old rows open with no key that is left"
    );
}

async fn nothing_of_a_corrected_value_outlives_the_person(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let (input, values) = unmistakable(gateway);
    let id = tenant.registers(with(input, &json!({ "externalReference": null }))).await;
    let wanted = of(&values, "WORDS")[0].text.clone();
    let asked = json!({ "rectifications": [{ "category": "POSITION", "newValue": wanted }] });
    tenant.carries_out("RECTIFICATION", &id, asked).await;
    let sealed = sealed(gateway, &id).await;
    assert!(sealed.iter().any(|(of, _)| of == "WORDS"), "what was asked for is sealed");
    tenant.carries_out("ERASURE", &id, json!({})).await;
    assert_eq!(left_in_the_end(gateway, &values, &sealed).await, [""; 0]);
}
