#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use super::*;

fn facts(kind: NoticeKind) -> Facts<'static> {
    let at: Timestamp = "2026-03-28T12:00:00Z".parse().unwrap();
    match kind {
        NoticeKind::ResponseDueSoon | NoticeKind::ResponseOverdue => Facts::Request {
            reference: Reference::new(2026, 17),
            right: RequestKind::Erasure,
            status: RequestStatus::UnderReview,
            due_on: "2026-04-02".parse().unwrap(),
        },
        NoticeKind::BreachReported | NoticeKind::BreachSupplemented => {
            Facts::Breach { notified_at: at, authority_deadline: at + jiff::SignedDuration::from_hours(72) }
        }
        NoticeKind::SubprocessorAnnounced => Facts::Subprocessor {
            name: "Molnlagring i Norr AB",
            country: "DE",
            effective_on: "2026-05-01".parse().unwrap(),
            authorisation: SubprocessorAuthorisation::General,
            last_day_to_object: "2026-04-27".parse().unwrap(),
        },
    }
}

fn written(kind: NoticeKind, language: Language) -> NoticeMail {
    let facts = facts(kind);
    let (controller, processor) = ("Lantbutiken AB", "Convenio AB");
    write(&Notice { kind, language, controller, processor, link: "https://gateway.example/console/x", facts })
}

#[test]
fn every_notice_says_in_both_languages_what_when_and_where() {
    for (kind, subjects, dates) in [
        (
            NoticeKind::ResponseDueSoon,
            [
                "Begäran RR-2026-000017: svar senast den 2 april 2026",
                "Request RR-2026-000017: answer due on 2 April 2026",
            ],
            [
                ["radering (artikel 17)", "ert beslut väntas"],
                ["erasure (Art. 17)", "your decision is awaited"],
            ],
        ),
        (
            NoticeKind::ResponseOverdue,
            [
                "Begäran RR-2026-000017: svarstiden gick ut den 2 april 2026",
                "Request RR-2026-000017: the answer was due on 2 April 2026",
            ],
            [["RR-2026-000017", "2 april 2026"], ["RR-2026-000017", "2 April 2026"]],
        ),
        (
            NoticeKind::BreachReported,
            ["Personuppgiftsincident: underrättelse", "Personal data breach: notification"],
            [
                ["28 mars 2026 kl. 13.00", "31 mars 2026 kl. 14.00"],
                ["28 March 2026 at 13:00 (Swedish time)", "31 March 2026 at 14:00 (Swedish time)"],
            ],
        ),
        (
            NoticeKind::BreachSupplemented,
            ["Personuppgiftsincident: nya uppgifter", "Personal data breach: more is known"],
            [["28 mars 2026", "33.4"], ["28 March 2026", "33(4)"]],
        ),
        (
            NoticeKind::SubprocessorAnnounced,
            ["Nytt underbiträde från och med den 1 maj 2026", "New sub-processor from 1 May 2026"],
            [
                ["Molnlagring i Norr AB\nLand: Tyskland", "invända till och med: 27 april 2026"],
                ["Molnlagring i Norr AB\nCountry: Germany", "object until and including: 27 April 2026"],
            ],
        ),
    ] {
        for (at, language) in [Language::Sv, Language::En].into_iter().enumerate() {
            let mail = written(kind, language);
            assert_eq!(mail.subject, subjects[at]);
            for said in
                dates[at].into_iter().chain(["Lantbutiken AB", "\nhttps://gateway.example/console/x\n"])
            {
                assert!(mail.body.contains(said), "{} does not say {said}:\n{}", kind.code(), mail.body);
            }
            assert!(mail.body.ends_with('\n') && !mail.body.contains(['\r', '\u{a0}']), "{}", kind.code());
        }
    }
}

#[test]
fn where_each_sub_processor_is_authorised_the_notice_says_so() {
    let mut specific = facts(NoticeKind::SubprocessorAnnounced);
    if let Facts::Subprocessor { authorisation, .. } = &mut specific {
        *authorisation = SubprocessorAuthorisation::Specific;
    }
    for (language, told) in [
        (Language::Sv, "Ert godkännande behövs senast: 27 april 2026"),
        (Language::En, "Your authorisation is needed by: 27 April 2026"),
    ] {
        let (kind, facts) = (NoticeKind::SubprocessorAnnounced, specific.clone());
        let mail = write(&Notice { kind, language, controller: "x", processor: "x", link: "x", facts });
        assert!(mail.body.contains(told), "{}", mail.body);
    }
}

#[test]
fn a_name_is_one_line_whatever_is_in_it() {
    let hostile = "Bolaget\r\nBcc: a@b.example\r\n\r\n<b>hej\u{0}\u{2028}då";
    for kind in NoticeKind::ALL.iter().copied() {
        let (language, facts) = (Language::Sv, facts(kind));
        let mail =
            write(&Notice { kind, language, controller: hostile, processor: hostile, link: "x", facts });
        assert!(!mail.subject.contains(['\r', '\n']), "{}", mail.subject);
        assert!(!mail.body.contains("\nBcc:") && !mail.body.contains(['\r', '\u{0}', '\u{2028}']));
        assert!(mail.body.contains("Organisation: Bolaget Bcc: a@b.example <b>hej då\n"), "{}", mail.body);
    }
}

#[test]
fn lines_of_our_own_fit_any_reader() {
    for (kind, language) in
        NoticeKind::ALL.iter().flat_map(|kind| [(*kind, Language::Sv), (*kind, Language::En)])
    {
        for line in written(kind, language).body.lines() {
            assert!(line.chars().count() <= 100, "{line}");
        }
    }
}
