#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use domain::subprocessor::TransferMechanism::Eea;

use super::*;
use sample::{country, empty, engaged, full};

fn told(record: &ProcessingRecord, language: Language) -> String {
    markdown(record, language).replace('\u{a0}', " ")
}

/// Fails unless the document says all of it.
fn assert_says(record: &ProcessingRecord, language: Language, expected: &[&str]) {
    let text = told(record, language);
    for said in expected {
        assert!(text.contains(said), "{said}\n{text}");
    }
}

#[test]
fn the_record_says_all_that_article_30_2_asks_for() {
    let swedish = [
        "# Personuppgiftsbiträdets register över behandling",
        "Datum: 22 november 2026",
        "| Personuppgiftsbiträde | Molnbiträdet Exempel AB<br>Org.nr 556000-0019 | Provvägen 14<br>123 46 Provstad<br>info@molnbitradet.example |",
        "| Personuppgiftsansvarig | Exempelbygg Norr AB<br>Org.nr 556000-0001<br>Sverige | Dataskyddsfunktionen<br>dataskydd@exempelbygg.example<br>\\+46 8 123 45 67 |",
        "| Den ansvariges dataskyddsombud | Ombud Ombudsson | dpo@exempelbygg.example |",
        "version 3 av personuppgiftsbiträdesavtalet (artikel 28.3). Den gäller från och med den 1 februari 2026 till och med den 31 januari 2027.",
        "hämta uppgifterna under 30 dagar",
        "- Utlämnande till registrerade",
        "- Kunders kontaktpersoner",
        "- Befattning, roll eller titel",
        "| Datahall Exempel GmbH, Tyskland | Drift av servrar | Namn, bokföringsinformation (faktura, offert, avtal) | Tyskland, Åland | 1 mars 2026 |",
        "| Sample Mailing Inc. | USA | Beslut om adekvat skyddsnivå (artikel 45) |",
        "| Support Test Ltd | Indien | Standardavtalsklausuler (artikel 46.2 c) |",
        "| Koncern Exempel SA | Schweiz | Bindande företagsbestämmelser (artikel 47) |",
        "- Kryptering i vila och under överföring",
    ];
    let english = [
        "# The processor's record of processing",
        "Date: 22 November 2026",
        "| The controller's data protection officer | Ombud Ombudsson | dpo@exempelbygg.example |",
        "version 3 of the processor agreement (Article 28(3)), which is in force from 1 February 2026 through 31 January 2027.",
        "fetch the data for 30 days",
        "- Position, role or title",
        "| Datahall Exempel GmbH, Germany | Drift av servrar | Name, accounting information (invoice, quote, contract) | Germany, Åland Islands | 1 March 2026 |",
        "| Sample Mailing Inc. | United States | An adequacy decision of the Commission (Art. 45) |",
        "| Koncern Exempel SA | Switzerland | Binding corporate rules (Art. 47) |",
    ];
    assert_says(&full(), Language::Sv, &swedish);
    assert_says(&full(), Language::En, &english);
}

#[test]
fn what_there_is_none_of_is_said() {
    let swedish = [
        "| Den ansvariges dataskyddsombud | Inget har angetts | – |",
        "| Personuppgiftsansvarig | Exempelbygg Norr AB<br>Sverige |",
        "Inget personuppgiftsbiträdesavtal gäller den här dagen.",
        "Ingen kategori av behandling är registrerad.",
        "Ingen kategori av registrerade finns angiven.",
        "Ingen kategori av personuppgifter får behandlas.",
        "Inget underbiträde anlitas.",
        "Inga personuppgifter överförs till något land utanför EU och EES",
        "Ingen säkerhetsåtgärd är registrerad.",
    ];
    let english = [
        "| The controller's data protection officer | None is named | – |",
        "No processor agreement is in force on this day.",
        "No category of processing is registered.",
        "No category of data subjects is given.",
        "No category of personal data may be processed.",
        "No sub-processor is engaged.",
        "No personal data is transferred to a country outside the EU/EEA",
        "No security measure is registered.",
    ];
    assert_says(&empty(), Language::Sv, &swedish);
    assert_says(&empty(), Language::En, &english);
}

#[test]
fn an_agreement_without_a_last_day_is_in_force_until_further_notice() {
    let mut record = full();
    let agreement = record.agreement.as_mut().unwrap();
    agreement.effective_to = None;
    agreement.return_period_days = 1;
    assert_says(&record, Language::Sv, &["från och med den 1 februari 2026 tills vidare.", "under en dag."]);
    assert_says(&record, Language::En, &["from 1 February 2026 until further notice.", "for one day."]);
}

#[test]
fn accounting_information_outside_the_union_is_to_be_checked() {
    let listed = ["- Fjordens Provdrift AS (Norge, Island)", "- Support Test Ltd (Indien)"];
    assert_says(&full(), Language::Sv, &listed);
    assert_says(&full(), Language::En, &["- Fjordens Provdrift AS (Norway, Iceland)"]);
    let mut inside = full();
    inside.subprocessors.truncate(1);
    for (language, words) in [(Language::Sv, "Att kontrollera"), (Language::En, "To be checked")] {
        assert!(told(&full(), language).contains(words));
        assert!(!told(&inside, language).contains(words));
    }
}

#[test]
fn accounting_information_is_flagged_in_the_states_of_the_area_that_are_not_of_the_union() {
    for (places, expected) in [
        (&["SE", "SE"][..], &[][..]),
        (&["SE", "AX", "RE"], &[]),
        (&["SE", "IS"], &["IS"]),
        (&["SE", "LI", "FI"], &["LI"]),
        (&["NO", "SE", "NO"], &["NO"]),
        (&["NO", "SE"], &[]),
        (&["US", "US"], &["US"]),
    ] {
        let mut engaged = engaged("Provdrift AB", Eea, places);
        let expected: Vec<CountryCode> = expected.iter().map(|code| country(code)).collect();
        let flagged: Vec<CountryCode> = engaged.accounting_outside_union().into_iter().cloned().collect();
        assert_eq!(flagged, expected, "{places:?}");
        engaged.categories.remove(&DataCategory::Accounting);
        assert!(engaged.accounting_outside_union().is_empty(), "{places:?} without accounting");
    }
}

#[test]
fn third_countries_are_the_seat_and_the_places_outside_the_area_each_once() {
    for (places, expected) in [
        (&["SE", "NO", "AX"][..], &[][..]),
        (&["US", "IE"], &["US"]),
        (&["SE", "US", "SE", "IN", "US"], &["US", "IN"]),
        (&["CH", "SJ", "CH"], &["CH", "SJ"]),
    ] {
        let engaged = engaged("Provdrift AB", Eea, places);
        let expected: Vec<CountryCode> = expected.iter().map(|code| country(code)).collect();
        let found: Vec<CountryCode> = engaged.third_countries().into_iter().cloned().collect();
        assert_eq!(found, expected, "{places:?}");
    }
}

#[test]
fn texts_of_the_register_stay_text() {
    let mut record = full();
    record.security_measures = vec!["# Rubrik | <b>x</b>\n## Rubrik".to_owned()];
    assert_says(&record, Language::Sv, &[r"- \# Rubrik \| \<b\>x\</b\> \## Rubrik"]);
}

#[test]
fn the_same_record_gives_the_same_bytes() {
    for record in [full, empty] {
        for language in Language::ALL {
            let first = pdf(&record(), *language).unwrap();
            assert!(first.starts_with(b"%PDF") && first == pdf(&record(), *language).unwrap());
            assert_eq!(markdown(&record(), *language), markdown(&record(), *language));
        }
        assert_eq!(json_ld(&record()).unwrap(), json_ld(&record()).unwrap());
    }
}

#[test]
fn the_printed_record_bears_its_day() {
    let printed = pdf(&full(), Language::Sv).unwrap();
    assert!(String::from_utf8_lossy(&printed).contains("D:20261122000000"));
}
