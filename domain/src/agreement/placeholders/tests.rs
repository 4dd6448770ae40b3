use proptest::prelude::*;

use super::*;
use Placeholder::{EffectiveFrom, Instructions, SubjectMatter, Version};
use TemplateFault::{Missing, Unclosed, Unknown};

/// A template with every required place.
fn required() -> String {
    let required = Placeholder::ALL.iter().filter(|place| place.is_required());
    let places: Vec<_> = required.map(|place| format!("{{{{{}}}}}\n", place.code())).collect();
    places.concat()
}

fn unknown(name: &str) -> TemplateFault {
    Unknown(name.to_owned())
}

#[test]
fn every_place_is_known_and_eight_are_required() {
    let required: Vec<_> =
        Placeholder::ALL.iter().filter(|place| place.is_required()).map(|p| p.code()).collect();
    assert_eq!(
        required,
        [
            "subjectMatter",
            "effectiveFrom",
            "natureAndPurpose",
            "dataCategories",
            "subjectCategories",
            "instructions",
            "securityMeasures",
            "subprocessorAuthorisation",
        ]
    );
    assert_eq!(Placeholder::ALL.len(), 24);
    for place in Placeholder::ALL {
        assert_eq!(check(&(self::required() + &format!("{{{{{}}}}}", place.code()))), Ok(()), "{place:?}");
    }
}

#[test]
fn a_template_misses_each_required_place_that_is_not_there() {
    let every: Vec<_> = Placeholder::ALL.iter().copied().filter(|place| place.is_required()).collect();
    assert_eq!(check(""), Err(every.iter().copied().map(Missing).collect()));
    for place in every {
        let without = required().replace(place.code(), "version");
        assert_eq!(check(&without), Err(vec![Missing(place)]), "{place:?}");
    }
}

#[test]
fn what_is_no_place_is_told_once_and_by_its_name() {
    let long = "å".repeat(61);
    for (text, expected) in [
        ("{{subject}}", vec![unknown("subject")]),
        ("{{subject}} {{subject}}", vec![unknown("subject")]),
        ("{{b}} {{a}}", vec![unknown("b"), unknown("a")]),
        ("{{ subjectMatter }}", vec![unknown(" subjectMatter ")]),
        ("{{SubjectMatter}}", vec![unknown("SubjectMatter")]),
        ("{{}}", vec![unknown("")]),
        ("{{{version}}}", vec![unknown("{version")]),
        (&format!("{{{{{long}}}}}"), vec![unknown(&"å".repeat(60))]),
        ("{{version", vec![Unclosed]),
        ("{{version\n}}", vec![Unclosed]),
        ("{{version}", vec![Unclosed]),
        ("{{version} }", vec![Unclosed]),
        ("{{a {{version}} {{", vec![Unclosed]),
        ("{{", vec![Unclosed]),
        ("{{{{", vec![Unclosed]),
        ("{{x}} {{", vec![unknown("x"), Unclosed]),
        ("{version} }} } { {a}", vec![]),
    ] {
        let expected = if expected.is_empty() { Ok(()) } else { Err(expected) };
        assert_eq!(check(&(required() + text)), expected, "{text:?}");
    }
}

#[test]
fn values_are_put_in_once_and_never_read_again() {
    let value = |place| match place {
        SubjectMatter => "{{instructions}}".to_owned(),
        Instructions => "{{".to_owned(),
        EffectiveFrom => String::new(),
        Version => "7}}".to_owned(),
        other => other.code().to_uppercase(),
    };
    for (text, expected) in [
        ("", ""),
        ("no place", "no place"),
        ("{{controllerName}}", "CONTROLLERNAME"),
        ("å{{controllerName}}ö", "åCONTROLLERNAMEö"),
        ("{{controllerName}}{{controllerName}}", "CONTROLLERNAMECONTROLLERNAME"),
        ("{{subjectMatter}}", "{{instructions}}"),
        ("{{instructions}}version}}", "{{version}}"),
        ("{{instructions}}{{version}}", "{{7}}"),
        ("<{{effectiveFrom}}>", "<>"),
        ("{{unknown}} {{version", "{{unknown}} {{version"),
        ("{{a {{version}}", "{{a 7}}"),
        ("{ {version} } }}", "{ {version} } }}"),
    ] {
        assert_eq!(fill(text, value), expected, "{text:?}");
    }
}

#[test]
fn every_fault_says_what_to_do_in_one_sentence() {
    for (fault, swedish, english) in [
        (
            unknown("subject"),
            "Ta bort {{subject}}; det finns ingen plats med det namnet.",
            "Remove {{subject}}; no placeholder has that name.",
        ),
        (
            Missing(EffectiveFrom),
            "Lägg till {{effectiveFrom}}; ett avtal måste ange det (artikel 28.3).",
            "Add {{effectiveFrom}}; an agreement has to set it out (Art. 28(3)).",
        ),
        (Unclosed, "Avsluta varje {{ med }} på samma rad.", "Close every {{ with }} on the same line."),
    ] {
        assert_eq!(fault.message(Language::Sv), swedish);
        assert_eq!(fault.message(Language::En), english);
        assert_eq!(fault.to_string(), english);
    }
}

proptest! {
    #[test]
    fn a_text_filled_with_its_own_places_is_itself(text in r"(\{|\}|\n|version|å| ){0,30}") {
        prop_assert_eq!(fill(&text, |place| format!("{{{{{}}}}}", place.code())), text);
    }

    #[test]
    fn a_text_without_faults_has_no_opening_braces_once_filled(text in r"(\{|\}|\n|version| ){0,30}") {
        if check(&(required() + &text)).is_ok() {
            prop_assert!(!fill(&text, |_| String::from("x")).contains("{{"));
        }
    }
}
