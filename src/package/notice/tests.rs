use domain::category::DataCategory;

use super::*;

fn publisher() -> Publisher {
    Publisher {
        name: "Exempelplattformen AB".to_owned(),
        organisation_number: "559998-0009".to_owned(),
        address_lines: vec!["Provgatan 1".to_owned(), "111 11 Stockholm".to_owned()],
        email: "integritet@plattform.example".to_owned(),
    }
}

fn whole(notice: &Notice) -> String {
    let sections =
        notice.sections.iter().map(|section| format!("{}\n\n{}\n\n", section.heading, section.body));
    sections.collect()
}

fn read(language: Language) -> Notice {
    notice(language, date(2026, 11, 1), &publisher())
}

#[test]
fn both_languages_have_the_same_sections_and_nothing_left_to_fill() {
    for version in &VERSIONS {
        let count =
            |text| sections(text).filter(|(heading, body)| !heading.is_empty() && !body.is_empty()).count();
        assert_eq!(count(version.swedish), count(version.english), "{}", version.name);
        for text in [version.swedish, version.english] {
            assert!(text.starts_with("## "), "{}", version.name);
            let told: String = sections(text).map(|(_, body)| fill(body, &publisher())).collect();
            assert!(!told.contains("{{") && !told.contains("\n## "), "{}", version.name);
            assert!(sections(text).all(|(heading, _)| !heading.contains("{{")), "{}", version.name);
        }
    }
}

#[test]
fn the_notice_says_who_publishes_it() {
    for language in [Language::Sv, Language::En] {
        let text = whole(&read(language));
        for particular in [
            "Exempelplattformen AB",
            "559998-0009",
            "Provgatan 1, 111 11 Stockholm",
            "integritet@plattform.example",
        ] {
            assert!(text.contains(particular), "{particular} {}", language.code());
        }
    }
}

#[rustfmt::skip]
const TOLD: [(&str, &str); 26] = [
    ("artikel 6.1 a",              "Article 6(1)(a)"),
    ("artikel 6.1 b",              "Article 6(1)(b)"),
    ("artikel 6.1 c",              "Article 6(1)(c)"),
    ("artikel 6.1 f",              "Article 6(1)(f)"),
    ("artikel 7.3",                "Article 7(3)"),
    ("(artikel 15)",               "(Article 15)"),
    ("(artikel 16)",               "(Article 16)"),
    ("(artikel 17)",               "(Article 17)"),
    ("(artikel 18)",               "(Article 18)"),
    ("(artikel 20)",               "(Article 20)"),
    ("(artikel 21)",               "(Article 21)"),
    ("(artikel 22)",               "(Article 22)"),
    ("(artikel 28)",               "(Article 28)"),
    ("(artikel 34)",               "(Article 34)"),
    ("(artikel 77)",               "(Article 77)"),
    ("(artikel 79)",               "(Article 79)"),
    ("personuppgiftsansvarig för", "controller of"),
    ("personuppgiftsbiträde",      "customer's processor"),
    ("Vänd dig då till den kund",  "turn to that customer"),
    ("bokföringslagen (1999:1078)", "Bookkeeping Act (1999:1078)"),
    ("sjunde året",                "seventh year"),
    ("kundrelationen",             "customer relationship"),
    ("inom EU och EES",            "within the EU and the EEA"),
    ("(IMY), www.imy.se",          "(IMY)"),
    ("inom en månad",              "within one month"),
    ("version 2026-11",            "version 2026-11"),
];

#[test]
fn the_notice_tells_what_the_law_wants_told() {
    let told = |language| whole(&read(language)).replace('\n', " ");
    let (swedish_text, english_text) = (told(Language::Sv), told(Language::En));
    for (swedish, english) in TOLD {
        assert!(swedish_text.contains(swedish), "{swedish}");
        assert!(english_text.contains(english), "{english}");
    }
}

#[test]
fn the_notice_names_every_category() {
    for language in [Language::Sv, Language::En] {
        let text = whole(&read(language)).to_lowercase();
        for category in DataCategory::ALL {
            let name = category.name(language);
            let name = name.split_once(" (").map_or(name, |(name, _)| name);
            assert!(text.contains(name), "{name}");
        }
    }
}

#[test]
fn the_newest_version_that_has_begun_applies_and_the_first_before_any_has() {
    let version =
        |name, effective_from| Version { name, effective_from, swedish: "## A\n\na", english: "## A\n\na" };
    let versions = [version("one", date(2026, 11, 1)), version("two", date(2027, 3, 1))];
    for (on, expected) in [
        (date(2026, 10, 31), "one"),
        (date(2026, 11, 1), "one"),
        (date(2027, 2, 28), "one"),
        (date(2027, 3, 1), "two"),
        (date(2030, 1, 1), "two"),
    ] {
        assert_eq!(in_effect(&versions, on).name, expected, "{on}");
    }
    assert!(VERSIONS.is_sorted_by(|a, b| a.effective_from < b.effective_from));
}

#[test]
fn particulars_cannot_change_what_stands_around_them() {
    let hostile = "x\n## y | {{email}} <b>";
    let address_lines = vec![hostile.to_owned()];
    let publisher = Publisher {
        name: hostile.to_owned(),
        organisation_number: hostile.to_owned(),
        address_lines,
        email: hostile.to_owned(),
    };
    for language in [Language::Sv, Language::En] {
        let notice = notice(language, date(2026, 11, 1), &publisher);
        assert_eq!(notice.sections.len(), read(language).sections.len());
        for (section, plain) in notice.sections.iter().zip(read(language).sections) {
            assert_eq!(section.body.lines().count(), plain.body.lines().count(), "{}", section.heading);
            assert!(!section.body.contains("{{"), "{}", section.heading);
        }
    }
}
