//! Sealed data: no clear value on disk, in a log or in a span, and none at all once its key is destroyed.

use domain::subject::SubjectStatus;
use serde_json::{Value, json};
use store::WritingDoor;
use support::{Canary, Kind, Search, Tenant, TestGateway, on_both_databases};

on_both_databases! {
    no_value_lies_on_disk_or_in_the_log_in_any_form,
    a_destroyed_key_opens_nothing_from_that_moment_on,
    values_that_were_moved_or_changed_do_not_open,
}

/// A person whose every value is a canary, and the canaries.
fn person_of_canaries(tag: &str) -> (Value, Vec<Canary>) {
    let text = |what: &str| format!("zq{what}{tag}qz");
    let input = json!({
        "externalReference": text("ref"),
        "name": format!("{} {}", text("given"), text("family")),
        "position": text("position"),
        "phone": "+46701740677",
        "address": { "lines": [text("street")], "postalCode": text("code"), "locality": text("town"), "country": "SE" },
        "email": format!("{}@{}.example", text("local"), text("host")),
        "loginName": text("login"),
        "password": format!("{} {}", text("secret"), text("word")),
    });
    let words = [
        "ref", "given", "family", "position", "street", "code", "town", "local", "host", "login", "secret",
        "word",
    ];
    let mut canaries: Vec<_> = words.iter().map(|what| Canary::new(text(what))).collect();
    canaries.push(Canary::new("46701740677"));
    (input, canaries)
}

/// Where on disk the canaries stand.
async fn on_disk(gateway: &TestGateway, canaries: &[Canary]) -> Vec<String> {
    let search = Search::new(canaries);
    let mut found = Vec::new();
    for (place, bytes) in gateway.databases.everything_on_disk().await {
        found.extend(search.run(&bytes).iter().map(|(text, form)| format!("{text} as {form} in {place}")));
    }
    found
}

async fn no_value_lies_on_disk_or_in_the_log_in_any_form(gateway: &TestGateway) {
    let tag = domain::id::new_uuid(gateway.now(), gateway.entropy()).simple().to_string();
    let (input, canaries) = person_of_canaries(&tag[20..]);
    let watches: Vec<_> = canaries.iter().map(Canary::watch).collect();
    let tenant = gateway.tenant().await;
    let person = tenant.registers(input.clone()).await;
    uses_everything(gateway, &tenant, &person, input).await;

    let found = on_disk(gateway, &canaries).await;
    assert!(found.is_empty(), "{found:#?}");
    let logged: Vec<_> =
        watches.iter().filter(|watch| watch.lines() > 0).map(|watch| &watch.canary.text).collect();
    assert!(logged.is_empty(), "in the log: {logged:?}");

    // The scan finds what is there: a clear value in a row, and one in a line of the log.
    let planted = canaries[1].clone();
    let insert = format!(
        "INSERT INTO supervisory_authority (country, valid_from, name, url) VALUES ('FI', '2020-01-01', '{}', '')",
        planted.text
    );
    gateway.databases.run(Kind::Data, &insert).await;
    assert!(!on_disk(gateway, &canaries).await.is_empty(), "a planted value is found");
    let before = watches[1].lines();
    tracing::debug!(name = planted.text, "planted");
    assert_eq!(watches[1].lines(), before + 1, "a planted line is found");
}

/// Reads, finds, updates, fails with and answers every value of the person.
async fn uses_everything(gateway: &TestGateway, tenant: &Tenant<'_>, person: &str, input: Value) {
    let admin = tenant.admin();
    assert_eq!(admin.reads(person).await.data("/dataSubject/name"), input["name"]);
    let text = "query($filter: DataSubjectFilter) { dataSubjects(filter: $filter) { totalCount } }";
    for filter in [
        json!({ "email": input["email"] }),
        json!({ "nameWords": input["name"] }),
        json!({ "loginName": input["loginName"] }),
        json!({ "externalReference": input["externalReference"] }),
        json!({ "phone": input["phone"] }),
    ] {
        let found = admin.query(text, json!({ "filter": filter })).await;
        assert_eq!(found.data("/dataSubjects/totalCount"), 1);
    }
    let taken = admin.change("registerDataSubject", input.clone(), "dataSubject { id }").await;
    assert_eq!(taken.user_errors().len(), 3, "{}", taken.text());
    let mut replayed = input.clone();
    replayed["idempotencyKey"] = json!("k");
    for member in ["externalReference", "email", "loginName"] {
        replayed[member] = Value::Null;
    }
    admin.change("registerDataSubject", replayed, "dataSubject { name email }").await;
    let mut wrong = input.clone();
    wrong["subjectId"] = json!(person);
    wrong["email"] = json!(format!("{} no address", input["email"].as_str().unwrap()));
    let refused = admin.change("updateDataSubject", wrong, "dataSubject { id }").await;
    assert_eq!(refused.user_errors(), ["INVALID input.email"]);
    // Values where they do not belong: in the text of a document, in the wrong type, in a document that fails.
    let name = input["name"].as_str().unwrap();
    for document in [
        format!("{{ dataSubject(id: \"{name}\") {{ id }} }}"),
        format!("{{ dataSubject(id: {{ a: \"{name}\" }}) {{ id }} }}"),
        format!("{{ dataSubjects(filter: {{ email: \"{name}\" }}) {{ totalCount }} }}"),
        format!("{{ dataSubjects(after: \"{name}\") {{ totalCount }} }}"),
        format!("{{ unknown(\"{name}\") "),
        format!("query($x: Int = \"{name}\") {{ viewer {{ actorId }} }}"),
    ] {
        admin.query(&document, Value::Null).await;
    }
    admin.query(text, json!({ "filter": { "status": [name] } })).await;
    admin.query(text, json!({ "filter": { name: true } })).await;
    gateway.get(&format!("downloads/{name}")).await;
    gateway.with_token(name).query(text, Value::Null).await;
    let request = tenant.answers_access(person).await;
    for format in ["JSON", "CSV_ZIP", "PDF"] {
        assert_eq!(gateway.get(&tenant.link(&request, format).await).await.status, 200);
    }
}

async fn a_destroyed_key_opens_nothing_from_that_moment_on(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let person = tenant.registers(support::complete_person("nyckel")).await;
    let other = tenant.registers(support::complete_person("annan")).await;
    let request = tenant.answers_access(&person).await;
    let link = tenant.link(&request, "JSON").await;
    assert_eq!(tenant.admin().reads(&person).await.data("/dataSubject/name"), "Åsa nyckel Exempelsson");

    // As if the values had been erased, which here they were not.
    let unkeyed = "UPDATE data_subject SET ordinary_key = NULL, statutory_key = NULL";
    gateway.databases.run(Kind::Data, unkeyed).await;
    let door = gateway.service().store.open_writing(&tenant.authority().await).await.unwrap();
    let WritingDoor::Processing(tx) = door else { panic!("it is served") };
    let subject = domain::id::SubjectId::parse(&person).unwrap();
    let mut erased = tx.find_subject(subject).await.unwrap().unwrap();
    erased.status = SubjectStatus::Erased;
    tx.destroy_keys(&erased).await.unwrap();
    drop(tx);

    let after = tenant.admin().reads(&person).await.data("/dataSubject");
    for member in
        ["name", "position", "phone", "email", "loginName", "hasPassword", "address", "externalReference"]
    {
        assert_eq!(after[member], Value::Null, "{member}: the open key is not kept");
    }
    assert_eq!(gateway.get(&link).await.status, 404, "nor does the package open");
    assert_eq!(tenant.admin().reads(&other).await.data("/dataSubject/name"), "Åsa annan Exempelsson");
    let rows = gateway.databases.texts(Kind::Keys, "SELECT class FROM subject_key").await;
    assert_eq!(rows.len(), 1, "the other person's");
    let mut list = tenant.admin().query("{ dataSubjects { edges { node { name } } } }", Value::Null).await;
    assert_eq!(list.data("/dataSubjects/edges/1/node/name"), "Åsa annan Exempelsson");
    list = tenant.person(&person).query("{ me { name } }", Value::Null).await;
    assert_eq!(list.data("/me/name"), Value::Null);
}

async fn values_that_were_moved_or_changed_do_not_open(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let one = tenant.registers(support::complete_person("ett")).await;
    let other = tenant.registers(support::complete_person("tva")).await;
    let profile = "SELECT CAST(profile AS text) FROM data_subject ORDER BY created_at, id";
    let profiles = gateway.databases.texts(Kind::Data, profile).await;
    let (first, second): (Value, Value) =
        (serde_json::from_str(&profiles[0]).unwrap(), serde_json::from_str(&profiles[1]).unwrap());
    let swapped = |name: &Value| {
        let mut changed = first.clone();
        changed["NAME"] = name.clone();
        changed
    };
    let sealed = first["NAME"].as_str().unwrap();
    for (what, name) in [
        ("another person's", second["NAME"].clone()),
        ("another category's", first["POSITION"].clone()),
        ("cut off", json!(sealed[..sealed.len() - 4])),
        (
            "changed",
            json!(sealed.replace(&sealed[40..44], if &sealed[40..44] == "AAAA" { "BBBB" } else { "AAAA" })),
        ),
        ("clear", json!("Åsa ett Exempelsson")),
        ("no text", json!(1)),
    ] {
        let id = domain::id::SubjectId::parse(&one).unwrap().uuid();
        let of = if gateway.databases.postgres.is_some() {
            format!("'{id}'")
        } else {
            format!("x'{}'", id.simple())
        };
        let update = format!("UPDATE data_subject SET profile = '{}' WHERE id = {of}", swapped(&name));
        gateway.databases.run(Kind::Data, &update).await;
        let answer = tenant
            .admin()
            .query("query($id: ID!) { dataSubject(id: $id) { name email } }", json!({ "id": one }))
            .await;
        assert_eq!(answer.code(), "INTERNAL", "{what}");
        assert_eq!(answer.at("/data/dataSubject/name"), Value::Null, "{what}");
        assert_eq!(
            answer.at("/data/dataSubject/email"),
            "asa.ett@provstad.example",
            "{what}: the others open"
        );
    }
    assert_eq!(tenant.admin().reads(&other).await.data("/dataSubject/name"), "Åsa tva Exempelsson");
}
