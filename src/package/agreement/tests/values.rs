use SubprocessorAuthorisation::{General, Specific};

use super::*;

fn filled(place: &str, particulars: &Particulars) -> String {
    document(&format!("{{{{{place}}}}}"), particulars)
}

#[test]
fn each_place_is_told_in_the_language_of_the_template() {
    for (place, swedish, english) in [
        ("subjectMatter", "Kundregister i molntjänst", "Kundregister i molntjänst"),
        ("effectiveFrom", "1\u{a0}december\u{a0}2026", "1\u{a0}December\u{a0}2026"),
        (
            "effectiveTo",
            "ingen bestämd; avtalet gäller tills vidare",
            "none set; the agreement applies until further notice",
        ),
        (
            "dataCategories",
            "- namn\n- bokföringsinformation (faktura, offert, avtal)",
            "- name\n- accounting information (invoice, quote, contract)",
        ),
        ("subjectCategories", "- kunder\n- anställda", "- kunder\n- anställda"),
        ("instructions", "- Radera på begäran.", "- Radera på begäran."),
        ("objectionPeriodDays", "31", "31"),
        ("returnPeriodDays", "47", "47"),
        ("version", "3", "3"),
        ("controllerCountry", "Sverige", "Sweden"),
        ("controllerOrganisationNumber", "556000-0001", "556000-0001"),
        (
            "dataProtectionOfficer",
            "Ombud Ombudsson, e-post dpo@exempelbygg.example",
            "Ombud Ombudsson, e-mail dpo@exempelbygg.example",
        ),
        ("processorAddress", "Provvägen 14, 123 46 Provstad", "Provvägen 14, 123 46 Provstad"),
        ("signatoryTitle", "vd", "vd"),
    ] {
        assert_eq!(filled(place, &particulars(Language::Sv, None)), swedish, "{place}");
        assert_eq!(filled(place, &particulars(Language::En, None)), english, "{place}");
    }
}

#[test]
fn what_a_controller_lacks_is_said() {
    for (language, number, officer) in
        [(Language::Sv, "saknas", "inget utsett"), (Language::En, "none", "none appointed")]
    {
        let mut particulars = particulars(language, None);
        particulars.controller.organisation_number = None;
        particulars.controller.data_protection_officer = None;
        assert_eq!(filled("controllerOrganisationNumber", &particulars), number);
        assert_eq!(filled("dataProtectionOfficer", &particulars), officer);
    }
}

#[test]
fn a_last_day_is_told_as_a_date() {
    let mut particulars = particulars(Language::Sv, None);
    particulars.effective_to = Some(date(2027, 11, 30));
    assert_eq!(filled("effectiveTo", &particulars), "30\u{a0}november\u{a0}2027");
}

#[test]
fn subprocessors_are_a_table_or_said_to_be_none() {
    let mut particulars = particulars(Language::En, None);
    assert_eq!(
        filled("subprocessors", &particulars),
        "| Name | Seat | Processes data in | Task | Categories of personal data | Basis for the place |\n\
         | --- | --- | --- | --- | --- | --- |\n\
         | Molnexempel Datahallar AB | Sweden | Sweden, Finland | drift av servrar | name, e-mail address | \
         processing within the EU/EEA |"
    );
    particulars.subprocessors.clear();
    let none = "No sub-processors are engaged when the agreement is entered into.";
    assert_eq!(filled("subprocessors", &particulars), none);
}

#[test]
fn the_regime_for_subprocessors_says_by_when_to_answer_and_what_silence_means() {
    for (language, authorisation, days, by, silence) in [
        (Language::Sv, General, 30, "invända mot ändringen senast 30 dagar efter dagen för", "har godtagit"),
        (Language::Sv, General, 1, "invända mot ändringen senast dagen efter", "har godtagit"),
        (
            Language::Sv,
            Specific,
            30,
            "svara senast 30 dagar efter dagen för",
            "Ett uteblivet svar är inget tillstånd",
        ),
        (Language::Sv, Specific, 0, "svara samma dag som", "Ett uteblivet svar är inget tillstånd"),
        (
            Language::En,
            General,
            30,
            "object to the change no later than 30 days after the day of",
            "has accepted",
        ),
        (Language::En, General, 0, "object to the change on the day of the notice", "has accepted"),
        (Language::En, Specific, 1, "answer no later than the day after", "Silence is no authorisation"),
        (Language::En, Specific, 365, "answer no later than 365 days after", "Silence is no authorisation"),
    ] {
        let mut particulars = particulars(language, None);
        particulars.authorisation = authorisation;
        particulars.objection_period_days = days;
        let told = filled("subprocessorAuthorisation", &particulars);
        assert!(told.contains(by) && told.contains(silence), "{told}");
    }
}
