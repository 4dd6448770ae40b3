//! Notices by e-mail: what the privacy contact is told, in which language, how often, and what a mail server that misbehaves
//! makes of it.

mod ends;
mod failing;
pub mod sink;

use domain::language::Language;
use mail_parser::MimeHeaders as _;
use serde_json::{Value, json};
use support::{Canary, Search, Tenant, Terms, TestGateway, complete_person, person, with};

use crate::announcements::{announces, entries};
use sink::Sink;

/// Makes two test cases of each function named, each on a gateway with a mail server of its own.
macro_rules! with_a_mail_server {
    ($($name:ident),+ $(,)?) => {
        mod on_sqlite {
            $(
                #[test]
                fn $name() {
                    support::run(async {
                        let sink = crate::notices::sink::Sink::start().await;
                        let setup = |config: &mut _| sink.configure(config);
                        let gateway = Box::pin(support::TestGateway::sqlite_with(setup)).await;
                        Box::pin(super::$name(&gateway, &sink)).await;
                        gateway.stop().await;
                    });
                }
            )+
        }

        mod on_postgres {
            $(
                #[test]
                fn $name() {
                    support::run(async {
                        let sink = crate::notices::sink::Sink::start().await;
                        let setup = |config: &mut _| sink.configure(config);
                        let Some(gateway) = Box::pin(support::TestGateway::postgres_with(setup)).await else {
                            return support::postgres::skipped_loudly(stringify!($name));
                        };
                        Box::pin(super::$name(&gateway, &sink)).await;
                        gateway.stop().await;
                    });
                }
            )+
        }
    };
}

use with_a_mail_server;

with_a_mail_server! {
    a_breach_and_what_becomes_known_of_it_are_told_to_those_whom_they_concern,
    a_sub_processor_is_announced_by_mail_in_the_tenants_language,
    a_deadline_is_told_of_once_for_each_reminder,
    no_mail_names_a_person_or_repeats_what_was_written_of_one,
    a_message_is_what_the_standards_ask_for,
    a_tenants_name_and_address_add_no_header_and_no_recipient,
    a_tenant_sees_its_own_notices_page_by_page,
}

/// The platform reports a breach.
async fn reports(gateway: &TestGateway, tenants: &[&Tenant<'_>], more: Value) -> String {
    let ids: Vec<_> = tenants.iter().map(|tenant| tenant.id.to_string()).collect();
    let input = json!({
        "tenantIds": ids,
        "description": "En säkerhetskopia låg öppen.",
        "detectedAt": "2026-03-02T07:30:00+01:00",
        "dataCategories": ["NAME", "EMAIL"],
        "consequences": "Oönskade utskick.",
        "measures": "Nycklarna är bytta.",
    });
    let made = gateway.platform().change("reportBreach", with(input, &more), "breach { id }").await.made();
    // So that what comes next is newer.
    gateway.clock.advance(std::time::Duration::from_millis(1));
    made
}

/// The tenant's notices as it sees them, newest first.
async fn seen(tenant: &Tenant<'_>, selection: &str) -> Vec<Value> {
    let text = format!("{{ notices {{ edges {{ node {{ {selection} }} }} }} }}");
    let edges = tenant.staff("agreements:read").query(&text, Value::Null).await.data("/notices/edges");
    edges.as_array().unwrap().iter().map(|edge| edge["node"].clone()).collect()
}

async fn english(gateway: &TestGateway) -> Tenant<'_> {
    gateway.tenant_with(Terms { language: Language::En, name: "Print Trial AB", ..Terms::default() }).await
}

async fn a_breach_and_what_becomes_known_of_it_are_told_to_those_whom_they_concern(
    gateway: &TestGateway,
    sink: &Sink,
) {
    let (told, later, other) = (gateway.tenant().await, english(gateway).await, gateway.tenant().await);
    let breach = reports(gateway, &[&told], json!({})).await;
    assert_eq!(gateway.send_notices().await, 1);
    let more = json!({ "breachId": breach, "tenantIds": [later.id.to_string()], "measures": "Mer." });
    gateway.platform().change("supplementBreach", more, "breach { id }").await.succeeded();
    assert_eq!(gateway.send_notices().await, 2);
    let mut subjects = sink.subjects();
    subjects.sort();
    let expected = [
        "Personal data breach: notification",
        "Personuppgiftsincident: nya uppgifter",
        "Personuppgiftsincident: underrättelse",
    ];
    assert_eq!(subjects, expected);
    let first = &sink.received()[0];
    let link = format!("{}/console/breaches/{breach}", gateway.address());
    for said in ["Provtryckeriet AB", "2 mars 2026 kl. 10.00", "5 mars 2026 kl. 10.00", &link] {
        assert!(first.body().contains(said), "{said}: {}", first.body());
    }
    for (tenant, kinds) in [
        (&told, vec!["BREACH_SUPPLEMENTED", "BREACH_REPORTED"]),
        (&later, vec!["BREACH_REPORTED"]),
        (&other, vec![]),
    ] {
        let seen = seen(tenant, "kind aboutId status").await;
        let sent: Vec<_> =
            kinds.iter().map(|kind| json!({ "kind": kind, "aboutId": breach, "status": "SENT" })).collect();
        assert_eq!(seen, sent);
        assert_eq!(entries(tenant, "notice.send").await, kinds.len(), "each is in the tenant's log");
    }
    assert_eq!(gateway.send_notices().await, 0, "each goes out once");
}

async fn a_sub_processor_is_announced_by_mail_in_the_tenants_language(gateway: &TestGateway, sink: &Sink) {
    let (swedish, english) = (gateway.tenant().await, english(gateway).await);
    let made = announces(gateway, json!({})).await.made();
    assert_eq!(gateway.send_notices().await, 2);
    for (tenant, subject, lines) in [
        (
            &swedish,
            "Nytt underbiträde från och med den 2 april 2026",
            ["Underbiträde: Molnprov AB", "Land: Sverige", "Ni kan invända till och med: 1 april 2026"],
        ),
        (
            &english,
            "New sub-processor from 2 April 2026",
            [
                "Sub-processor: Molnprov AB",
                "Country: Sweden",
                "You can object until and including: 1 April 2026",
            ],
        ),
    ] {
        let id = seen(tenant, "id").await[0]["id"].as_str().unwrap().to_owned();
        let mail = sink.received().into_iter().find(|mail| mail.id().starts_with(&id)).unwrap();
        assert_eq!(mail.subject(), subject);
        let link = format!("{}/console/subprocessors/{made}", gateway.address());
        for line in lines.into_iter().chain([link.as_str()]) {
            assert!(mail.body().contains(line), "{line}: {}", mail.body());
        }
    }
}

async fn a_deadline_is_told_of_once_for_each_reminder(gateway: &TestGateway, sink: &Sink) {
    let tenant = gateway.tenant().await;
    let id = tenant.registers(person("Ada Prov")).await;
    let received = json!({ "channel": "LETTER", "receivedAt": "2026-03-02T08:00:00Z" });
    let request = tenant.tries("ERASURE", &id, received).await.made();
    for (day, told) in [
        ("2026-03-18", 0),
        ("2026-03-19", 1),
        ("2026-03-20", 1),
        ("2026-03-26", 2),
        ("2026-03-30", 3),
        ("2026-04-01", 4),
        ("2026-04-02", 4),
        ("2026-04-03", 5),
        ("2026-04-20", 5),
    ] {
        gateway.on(day);
        gateway.work().await;
        gateway.work().await;
        gateway.send_notices().await;
        assert_eq!(sink.received().len(), told, "{day}");
    }
    let reference = tenant.request(&request, "reference").await["reference"].as_str().unwrap().to_owned();
    let soon = format!("Begäran {reference}: svar senast den 2 april 2026");
    let over = format!("Begäran {reference}: svarstiden gick ut den 2 april 2026");
    assert_eq!(sink.subjects(), [&soon[..], &soon, &soon, &soon, &over]);
    let body = sink.received()[0].body();
    for said in ["radering (artikel 17)", "det ska bekräftas vem som har begärt det", &request] {
        assert!(body.contains(said), "{said}: {body}");
    }
}

async fn no_mail_names_a_person_or_repeats_what_was_written_of_one(gateway: &TestGateway, sink: &Sink) {
    let written = "Skrivet av kunden 7781";
    for terms in [Terms::default(), Terms { language: Language::En, ..Terms::default() }] {
        let tenant = gateway.tenant_with(terms).await;
        let id = tenant.registers(complete_person("brevlada")).await;
        let received = json!({ "channel": "LETTER", "receivedAt": "2026-03-02T08:00:00Z" });
        tenant.tries("ERASURE", &id, received.clone()).await.succeeded();
        let corrected = json!({ "rectifications": [{ "category": "NAME", "newValue": written }] });
        tenant.tries("RECTIFICATION", &id, with(received, &corrected)).await.succeeded();
        let breach =
            reports(gateway, &[&tenant], json!({ "description": written, "consequences": written })).await;
        let more = json!({ "breachId": breach, "description": written });
        gateway.platform().change("supplementBreach", more, "breach { id }").await.succeeded();
    }
    announces(gateway, json!({ "purpose": written })).await.succeeded();
    gateway.send_notices().await;
    for day in ["2026-03-19", "2026-04-03"] {
        gateway.on(day);
        gateway.work().await;
        gateway.send_notices().await;
    }
    let mails = sink.received();
    assert!(mails.len() >= 10, "{} mails", mails.len());
    let mut canaries: Vec<_> =
        ["brevlada", "Exempelsson", "Provledare", "+46701740605", "701740605", "Provgatan", "990 01", "7781"]
            .map(Canary::new)
            .into();
    canaries.push(Canary::new(written));
    for mail in &mails {
        // As it travelled, and as its reader sees it.
        for bytes in [mail.bytes.clone(), mail.body().into_bytes(), mail.subject().into_bytes()] {
            assert_eq!(Search::new(&canaries).run(&bytes), [], "{}", mail.subject());
        }
    }
}

async fn a_message_is_what_the_standards_ask_for(gateway: &TestGateway, sink: &Sink) {
    let tenant = gateway.tenant().await;
    reports(gateway, &[&tenant], json!({})).await;
    gateway.send_notices().await;
    let mail = &sink.received()[0];
    let contact =
        tenant.admin().query("{ viewer { tenant { privacyContact { email } } } }", Value::Null).await;
    let contact = contact.string("/viewer/tenant/privacyContact/email");
    assert_eq!((&mail.from[..], &mail.to[..]), ("notices@vendor.example", &[contact.clone()][..]));
    assert!(mail.bytes.is_ascii(), "nothing travels that an old server would alter");
    assert!(mail.bytes.split(|byte| *byte == b'\n').all(|line| line.len() <= 78), "no line is long");
    let message = mail.parsed();
    let from = message.from().unwrap().first().unwrap();
    assert_eq!((from.name(), from.address()), (Some("Convenio AB"), Some("notices@vendor.example")));
    assert_eq!(message.to().unwrap().first().unwrap().address(), Some(&contact[..]));
    assert_eq!(message.reply_to().unwrap().first().unwrap().address(), Some("privacy@vendor.example"));
    assert_eq!(message.date().unwrap().to_rfc3339(), "2026-03-02T09:00:00Z");
    let id = seen(&tenant, "id").await[0]["id"].as_str().unwrap().to_owned();
    assert_eq!(mail.id(), format!("{id}@vendor.example"));
    let kind = message.content_type().unwrap();
    assert_eq!((kind.ctype(), kind.subtype()), ("text", Some("plain")));
    assert_eq!(kind.attribute("charset"), Some("utf-8"));
    for (header, value) in [("Auto-Submitted", "auto-generated"), ("Content-Language", "sv")] {
        assert_eq!(message.header_raw(header).map(str::trim), Some(value), "{header}");
    }
    assert!(message.headers_raw().all(|(name, _)| !name.to_lowercase().starts_with("list-")));
    assert_eq!((message.text_body_count(), message.attachment_count()), (1, 0));
}

/// The names and addresses that the gateway takes are harmless; rows that were changed behind its back are not.
async fn a_tenants_name_and_address_add_no_header_and_no_recipient(gateway: &TestGateway, sink: &Sink) {
    let set = async |tenant: &Tenant<'_>, column: &str, value: &str| {
        let of = gateway.databases.literal(tenant.id.uuid());
        let value = value.replace('\'', "''");
        let change = format!("UPDATE tenant SET {column} = '{value}' WHERE id = {of}");
        gateway.databases.run(support::Kind::Data, &change).await;
    };
    let long = format!("Bolaget {}", "å".repeat(2_000));
    for name in
        ["A\r\nBcc: c@d.example\r\n\r\nHej", "\r\n.\r\nRCPT TO:<c@d.example>", "=?utf-8?q?A=0D=0A?=", &long]
    {
        let tenant = gateway.tenant().await;
        set(&tenant, "name", name).await;
        reports(gateway, &[&tenant], json!({})).await;
        let before = sink.received().len();
        assert_eq!(gateway.send_notices().await, 1);
        let mails = sink.received();
        assert_eq!(mails.len(), before + 1, "{name:?}");
        let message = mails[before].parsed();
        assert_eq!(mails[before].to.len(), 1);
        assert!(message.bcc().is_none() && message.header_raw("Bcc").is_none(), "{name:?}");
        assert!(mails[before].body().contains("personuppgiftsincident"));
    }
    let before = sink.received().len();
    for address in [
        "a@b.example\r\nBcc: c@d.example",
        "a@b.example>\r\nRCPT TO:<c@d.example",
        "å@b.example",
        "nobody",
        "",
    ] {
        let tenant = gateway.tenant().await;
        set(&tenant, "privacy_contact_email", address).await;
        reports(gateway, &[&tenant], json!({})).await;
        assert_eq!(gateway.send_notices().await, 1);
        let state = &seen(&tenant, "status lastError").await[0];
        let told = "the recipient's address is no e-mail address";
        assert_eq!(*state, json!({ "status": "FAILED", "lastError": told }), "{address:?}");
    }
    assert_eq!(sink.received().len(), before);
}

async fn a_tenant_sees_its_own_notices_page_by_page(gateway: &TestGateway, _: &Sink) {
    let (tenant, other) = (gateway.tenant().await, gateway.tenant().await);
    for _ in 0..3 {
        reports(gateway, &[&tenant], json!({})).await;
        gateway.clock.advance(std::time::Duration::from_secs(1));
    }
    let text = "query($after: String) { notices(first: 2, after: $after) {
                    totalCount pageInfo { hasNextPage endCursor } edges { node { id } } } }";
    let reader = tenant.staff("agreements:read");
    let first = reader.query(text, Value::Null).await.data("/notices");
    let cursor = first["pageInfo"]["endCursor"].clone();
    let second = reader.query(text, json!({ "after": cursor })).await.data("/notices");
    assert_eq!(first["totalCount"], 3);
    let more = (&first["pageInfo"]["hasNextPage"], &second["pageInfo"]["hasNextPage"]);
    assert_eq!(more, (&json!(true), &json!(false)));
    assert_eq!((first["edges"].as_array().unwrap().len(), second["edges"].as_array().unwrap().len()), (2, 1));
    let strange = other.staff("agreements:read");
    assert_eq!(strange.query(text, Value::Null).await.data("/notices/totalCount"), 0);
    let refused = strange.query(text, json!({ "after": cursor })).await;
    assert_eq!(refused.code(), "BAD_USER_INPUT", "another tenant's cursor is none");
    let many = reader.query("{ notices(first: 101) { totalCount } }", Value::Null).await;
    assert!(many.text().contains("100"), "{}", many.text());
}
