//! What the letter at each stage says.

use super::*;

/// What each of [`stages`] must say in Swedish.
const SWEDISH: [&[&str]; 9] = [
    &["Vi har tagit emot", "senast den 2 december 2026 (artikel 12.3)", "säkra på att det är du"],
    &[
        "Den 3 november 2026 bad vi dig därför visa vem du är (artikel 12.6)",
        "Vårt skäl är detta: Begäran kom från en okänd adress.",
        "Vi sparar aldrig någon kopia",
        "står tiden för vårt svar stilla. Så tolkar vi artikel 12",
        "behövt komma senast den 2 december 2026",
    ],
    &[
        "förlänger vi tiden med två månader",
        "senast den 2 februari 2027",
        "komplicerat",
        "Antalet begäranden",
        "Begäran kom från en okänd adress.",
    ],
    &["Vi arbetar med", "senast den 2 december 2026"],
    &["Avslag på", "uppenbart ogrundad (artikel 12.5", "Begäran kom från en okänd adress.", "tingsrätten"],
    &["Ärendet är avslutat", "raderades medan ärendet pågick", "tingsrätten"],
    &["Svar på", "tingsrätten"],
    &["Uppföljning av", "- E-postadress", "| Faktura 2026-17 |", "31 december 2033", "tingsrätten"],
    &["Du har tagit tillbaka", "Den 10 november 2026"],
];

/// What each of [`stages`] must say in English.
const ENGLISH: [&[&str]; 9] = [
    &["We have received", "by 2 December 2026 at the latest (Article 12(3))", "sure that it was you"],
    &[
        "On 3 November 2026 we therefore asked you to show who you are (Article 12(6))",
        "Our reason is this: Begäran kom från en okänd adress.",
        "We never keep such a copy",
        "the time for our answer stands still. This is how we read Article 12",
        "would have been due by 2 December 2026",
    ],
    &[
        "extending the time by two months",
        "by 2 February 2027",
        "complex",
        "number of requests",
        "Begäran kom från en okänd adress.",
    ],
    &["We are working on", "by 2 December 2026"],
    &[
        "Refusal of",
        "manifestly unfounded (GDPR Art. 12(5))",
        "Begäran kom från en okänd adress.",
        "tingsrätt",
    ],
    &["The case is closed", "erased while the case was open", "tingsrätt"],
    &["Answer to", "tingsrätt"],
    &["Follow-up on", "- E-mail address", "| Invoice 2026-17 |", "31 December 2033", "tingsrätt"],
    &["You have taken back", "On 10 November 2026"],
];

#[test]
fn each_stage_says_what_the_law_demands() {
    for (language, expected) in [(Language::Sv, SWEDISH), (Language::En, ENGLISH)] {
        for kind in RequestKind::ALL {
            for (stage, phrases) in stages(*kind).into_iter().zip(expected) {
                assert_says(&told(&case(*kind, language, stage)), phrases);
            }
        }
    }
}

#[test]
fn the_reading_of_a_clock_that_runs_on_is_named_too() {
    let stage = || Stage::IdentityAsked {
        asked_at: at("2026-11-03T09:30:00Z"),
        reason: None,
        pause: IdentityPause::RunsOn,
        unpaused_due_on: date(2026, 12, 2),
    };
    for (language, says, silent) in [
        (
            Language::Sv,
            "löper även medan vi väntar på dig. Så tolkar vi artikel 12. Svaret ska komma senast den \
                        2 december 2026",
            "står tiden",
        ),
        (
            Language::En,
            "runs on while we wait for you. This is how we read Article 12. The answer is due by \
                        2 December 2026",
            "stands still",
        ),
    ] {
        let letter = told(&case(RequestKind::Access, language, stage()));
        assert_says(&letter, &[says]);
        assert_silent(&letter, &[silent, "Vårt skäl", "Our reason"]);
    }
}

#[test]
fn a_refusal_tells_its_ground_in_every_case() {
    for language in Language::ALL {
        for ground in RefusalGround::ALL {
            let stage = || Stage::Refused { ground: *ground, reasons: None, cause: RefusalCause::Decision };
            let letter = told(&case(RequestKind::Portability, *language, stage()));
            assert_says(&letter, &[ground.text(*language)]);
            let article =
                language.choose("Villkoren finns i artikel 20.", "The conditions are in Article 20.");
            assert_eq!(letter.contains(article), *ground == RefusalGround::ConditionsNotMet);
            let goes_on = language.choose("Vi fortsätter därför", "We therefore go on");
            assert_eq!(letter.contains(goes_on), *ground == RefusalGround::CompellingGrounds);
        }
    }
}

#[test]
fn a_restriction_meanwhile_is_told_of_and_so_is_its_end() {
    for (lifted, swedish, english) in [
        (
            None,
            "behandlingen av uppgifterna begränsad, sedan den 2 november 2026",
            "restricted since 2 November 2026",
        ),
        (
            Some("2026-11-22T13:05:00Z"),
            "hävs den 22 november 2026. Med det här brevet får du den information om detta som artikel 18.3 kräver",
            "lifted on 22 November 2026. This letter gives you the information about it that Article 18(3) requires",
        ),
    ] {
        for (language, expected) in [(Language::Sv, swedish), (Language::En, english)] {
            for kind in [RequestKind::Rectification, RequestKind::Objection] {
                for stage in stages(kind) {
                    let later = matches!(stage, Stage::CompletedLater { .. });
                    let restriction = Some(span(lifted));
                    let letter = told(&Case { restriction, ..case(kind, language, stage) });
                    assert!(later || letter.contains(expected), "{letter}");
                }
            }
        }
    }
}

#[test]
fn who_is_known_is_asked_for_nothing() {
    for (language, says, silent) in [
        (Language::Sv, "Du behöver inte göra något mer nu.", "måste vi vara säkra"),
        (Language::En, "You need do nothing more for now.", "we must be sure"),
    ] {
        let stage = Stage::Received { due_on: date(2026, 12, 2), identified: Identified::Yes };
        let letter = told(&case(RequestKind::Access, language, stage));
        assert_says(&letter, &[says]);
        assert_silent(&letter, &[silent]);
    }
}
