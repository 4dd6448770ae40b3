//! Letters: at every stage of every kind, in both languages, what the law has the person told (Art. 12(1), (3), (4)).

use serde_json::{Value, json};
use support::{AT_ONCE, DECIDED, Tenant, Terms, TestGateway, complete_person, on_both_databases, person};

on_both_databases! {
    each_stage_says_what_the_law_has_the_person_told,
    each_kind_is_answered_with_its_own_letter,
    a_refusal_names_the_reasons_the_authority_and_the_court,
    a_partial_erasure_tells_what_is_kept_why_and_until_when_and_then_that_it_is_gone,
    a_letter_is_in_the_tenants_language_unless_another_is_asked_for,
    only_those_who_may_read_requests_read_letters,
    a_restriction_that_ends_with_the_request_is_told_of,
}

/// The letter with plain blanks for those that do not break.
async fn letter(tenant: &Tenant<'_>, request: &str, language: &str) -> String {
    tenant.letter(request, language).await.replace('\u{a0}', " ")
}

fn says(letter: &str, phrases: &[&str], what: &str) {
    for phrase in phrases {
        assert!(letter.contains(phrase), "{what} does not say {phrase:?}:\n{letter}");
    }
}

/// Stage, the steps that lead to it, and what the letter says in Swedish and in English.
type Stage = (&'static str, &'static [&'static str], &'static [&'static str], &'static [&'static str]);

/// Every stage before the answer.
const STAGES: [Stage; 6] = [
    (
        "received",
        &[],
        &["tagit emot", "2 april 2026", "artikel 12.5"],
        &["received", "2 April 2026", "12(5)"],
    ),
    (
        "identity asked for",
        &["askForIdentity"],
        &["Adressen är ny för oss.", "12.6", "kopia av en id-handling", "står tiden"],
        &["Adressen är ny för oss.", "12(6)", "copy of an identity document", "stands still"],
    ),
    (
        "under review",
        &["verifyRequesterIdentity"],
        &["tagit emot", "2 april 2026"],
        &["received", "2 April 2026"],
    ),
    (
        "extended",
        &["verifyRequesterIdentity", "extendDeadline"],
        &["två månader", "Uppgifterna finns på flera håll.", "komplicerat", "2 juni 2026"],
        &["two months", "Uppgifterna finns på flera håll.", "complex", "2 June 2026"],
    ),
    (
        "in progress",
        &["verifyRequesterIdentity", "approveRightsRequest"],
        &["håller på att genomföra", "2 april 2026"],
        &["carrying it out", "2 April 2026"],
    ),
    (
        "withdrawn",
        &["withdrawRightsRequest"],
        &["tagit tillbaka", "2 mars 2026"],
        &["taken back", "2 March 2026"],
    ),
];

const SUBJECTS: [(&str, &str, &str); 6] = [
    ("ACCESS", "tillgång", "access"),
    ("PORTABILITY", "dataportabilitet", "portability"),
    ("RECTIFICATION", "rättelse", "rectification"),
    ("ERASURE", "radering", "erasure"),
    ("RESTRICTION", "begränsning", "restriction"),
    ("OBJECTION", "invändning", "objection"),
];

async fn each_stage_says_what_the_law_has_the_person_told(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    for (kind, swedish, english) in SUBJECTS {
        for (stage, steps, in_swedish, in_english) in STAGES {
            let id = tenant.registers(person("Ada Prov")).await;
            let request = tenant.submits(kind, &id).await;
            for step in steps {
                tenant.takes(step, &request).await.succeeded();
            }
            let what = format!("{kind}, {stage}");
            let sv = letter(&tenant, &request, "sv").await;
            says(&sv, &["Provtryckeriet AB", "dataskydd@provstad.example", swedish, "RR-2026-"], &what);
            says(&sv, in_swedish, &what);
            let en = letter(&tenant, &request, "en").await;
            says(&en, &["Provtryckeriet AB", "dataskydd@provstad.example", english, "RR-2026-"], &what);
            says(&en, in_english, &what);
        }
    }
}

async fn each_kind_is_answered_with_its_own_letter(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let marks = [
        ("ACCESS", "artikel 15.3", "Article 15(3)"),
        ("PORTABILITY", "artikel 20.1", "Article 20(1)"),
        ("RECTIFICATION", "eget utlåtande", "statement of your own"),
        ("ERASURE", "Nyckeln", "The key"),
        ("RESTRICTION", "artikel 18.2", "Article 18(2)"),
        ("OBJECTION", "artikel 21.1", "Article 21(1)"),
        ("MARKETING_OBJECTION", "ovillkorlig", "absolute"),
        ("CONSENT_WITHDRAWAL", "artikel 7.3", "Article 7(3)"),
    ];
    for (number, (kind, swedish, english)) in marks.into_iter().enumerate() {
        let id = tenant.registers(complete_person(&format!("svar{number}"))).await;
        tenant.records_consent(&id, "DIRECT_MARKETING").await;
        gateway.clock.advance(std::time::Duration::from_secs(1));
        let request = if AT_ONCE.contains(&kind) {
            tenant.submits(kind, &id).await
        } else {
            let more =
                if kind == "RECTIFICATION" { json!({ "restrictMeanwhile": false }) } else { json!({}) };
            tenant.carries_out(kind, &id, more).await
        };
        let (sv, en) = (letter(&tenant, &request, "sv").await, letter(&tenant, &request, "en").await);
        says(&sv, &[swedish, "Integritetsskyddsmyndigheten", "imy.se"], kind);
        says(&en, &[english, "Integritetsskyddsmyndigheten", "imy.se"], kind);
        for (other, mark, _) in marks.iter().filter(|(other, ..)| *other != kind) {
            // A marketing letter may name the article of either way to end it.
            let related = AT_ONCE.contains(&kind) && AT_ONCE.contains(other);
            assert!(related || !sv.contains(mark), "{kind} speaks of {other}:\n{sv}");
        }
        let gone = kind == "ERASURE";
        assert_eq!(!sv.contains(&format!("Åsa svar{number} Exempelsson")), gone, "{kind}: to whom:\n{sv}");
    }
}

async fn a_refusal_names_the_reasons_the_authority_and_the_court(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    for kind in DECIDED {
        for ground in [
            "IDENTITY_NOT_VERIFIED",
            "MANIFESTLY_UNFOUNDED",
            "EXCESSIVE",
            "EXEMPT",
            "RIGHTS_OF_OTHERS",
            "COMPELLING_GROUNDS",
            "CONDITIONS_NOT_MET",
        ] {
            let id = tenant.registers(person("Ada Prov")).await;
            let request = tenant.submits(kind, &id).await;
            let input = json!({ "requestId": request, "ground": ground, "reasons": "Skälet i *klartext* <b>.\nOch mer." });
            tenant.admin().change("refuseRightsRequest", input, "rightsRequest { id }").await.succeeded();
            let what = format!("{kind}, {ground}");
            let sv = letter(&tenant, &request, "sv").await;
            says(
                &sv,
                &["Avslag", "Och mer.", "Integritetsskyddsmyndigheten", "https://www.imy.se", "domstol"],
                &what,
            );
            let en = letter(&tenant, &request, "en").await;
            says(&en, &["Och mer.", "Integritetsskyddsmyndigheten", "https://www.imy.se", "court"], &what);
            assert!(!sv.contains("*klartext* <b>"), "{what}: what staff types is no markup");
        }
    }
    let erased = tenant.registers(complete_person("borta")).await;
    let open = tenant.submits("ACCESS", &erased).await;
    tenant.carries_out("ERASURE", &erased, json!({})).await;
    let sv = letter(&tenant, &open, "sv").await;
    says(&sv, &["raderades", "Integritetsskyddsmyndigheten", "domstol"], "closed by an erasure");
}

async fn a_partial_erasure_tells_what_is_kept_why_and_until_when_and_then_that_it_is_gone(
    gateway: &TestGateway,
) {
    let tenant = gateway.tenant().await;
    let id = tenant.registers(complete_person("kvar")).await;
    tenant.files_invoice(&id, "F-77", "2025-12-31").await;
    let hold = tenant.holds(&id, &["PHONE"]).await;
    let request = tenant.carries_out("ERASURE", &id, json!({})).await;
    let (sv, en) = (letter(&tenant, &request, "sv").await, letter(&tenant, &request, "en").await);
    says(
        &sv,
        &[
            "bokföringslagen (1999:1078) 7 kap. 2 §",
            "31 december 2032",
            "F-77",
            "artikel 17.3 e",
            "av sig självt dagen efter",
            "imy.se",
        ],
        "partly",
    );
    says(
        &en,
        &["Bookkeeping Act", "31 December 2032", "F-77", "17(3)(e)", "by itself on the day after", "imy.se"],
        "partly",
    );
    says(&sv, &["Åsa kvar Exempelsson"], "it is addressed by what is kept");
    tenant.releases(&hold).await.succeeded();
    gateway.work().await;
    let sv = letter(&tenant, &request, "sv").await;
    says(&sv, &["Uppföljning", "Telefon", "31 december 2032"], "the first part of the rest");
    gateway.up_to("2033-01-01").await;
    gateway.work().await;
    let (sv, en) = (letter(&tenant, &request, "sv").await, letter(&tenant, &request, "en").await);
    says(&sv, &["Uppföljning", "inget kvar", "1 januari 2033"], "the rest");
    says(&en, &["Follow-up", "Nothing is left", "1 January 2033"], "the rest");
    assert!(!sv.contains("Exempelsson") && !sv.contains("31 december 2032"), "{sv}");
}

async fn a_letter_is_in_the_tenants_language_unless_another_is_asked_for(gateway: &TestGateway) {
    let english = domain::language::Language::En;
    for (language, own) in [(domain::language::Language::Sv, "sv"), (english, "en")] {
        let tenant = gateway.tenant_with(Terms { language, ..Terms::default() }).await;
        let id = tenant.registers(person("Ada Prov")).await;
        let request = tenant.submits("ERASURE", &id).await;
        let texts = tenant
            .request(&request, "own: letter sv: letter(language: \"sv\") en: letter(language: \"en-GB\")")
            .await;
        assert_eq!(texts["own"], texts[own]);
        assert_ne!(texts["sv"], texts["en"]);
        let text = "query($id: ID!) { rightsRequest(id: $id) { letter(language: \"fi\") } }";
        assert_eq!(tenant.admin().query(text, json!({ "id": request })).await.code(), "BAD_USER_INPUT");
    }
}

async fn only_those_who_may_read_requests_read_letters(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let id = tenant.registers(complete_person("brev")).await;
    let request = tenant.submits("ERASURE", &id).await;
    gateway.clock.advance(std::time::Duration::from_secs(1));
    let text = "query($id: ID!) { rightsRequest(id: $id) { letter } }";
    let read = tenant.staff("rights:read").query(text, json!({ "id": request })).await;
    assert!(read.string("/rightsRequest/letter").contains("Åsa brev Exempelsson"));
    let log = "{ auditEvents(first: 1) { edges { node { action purpose subjectIds dataCategories } } } }";
    let event = tenant.admin().query(log, Value::Null).await.data("/auditEvents/edges/0/node");
    assert_eq!(
        event,
        json!({ "action": "rightsRequest.read", "purpose": "RIGHTS_HANDLING", "subjectIds": [id],
                "dataCategories": ["NAME", "ADDRESS"] }),
        "a letter shows whom it is to"
    );
    let of_payload = "mutation($id: ID!) { withdrawRightsRequest(input: { requestId: $id }) { rightsRequest { letter } } }";
    let blind = tenant.staff("rights:write").query(of_payload, json!({ "id": request })).await;
    assert_eq!(blind.code(), "FORBIDDEN");
    assert!(!blind.text().contains("Exempelsson"));
    assert!(
        tenant
            .person(&id)
            .query(text, json!({ "id": request }))
            .await
            .string("/rightsRequest/letter")
            .contains("brev")
    );
}

async fn a_restriction_that_ends_with_the_request_is_told_of(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    for kind in ["RECTIFICATION", "OBJECTION"] {
        let id = tenant.registers(person("Ada Prov")).await;
        let request = tenant.submits(kind, &id).await;
        says(&letter(&tenant, &request, "sv").await, &["artikel 18.2"], kind);
        tenant.refuses(&request).await;
        says(&letter(&tenant, &request, "sv").await, &["artikel 18.3", "Avslag"], kind);
        says(&letter(&tenant, &request, "en").await, &["Article 18(3)"], kind);
    }
}
