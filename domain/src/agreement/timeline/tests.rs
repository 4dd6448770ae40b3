use jiff::civil::date;

use super::*;
use crate::calendar::civil_date;

mod independent;
mod steps;

fn on(month: i8, day: i8) -> Date {
    date(2026, month, day)
}

/// Versions counted from 1, each by the day of its signature, its first and its last day.
fn versions(rows: &[(Option<Date>, Date, Option<Date>)]) -> Vec<Version> {
    let version = |(number, row): (u16, &(Option<Date>, Date, Option<Date>))| {
        let (signed_on, effective_from, effective_to) = *row;
        Version { number, signed_on, effective_from, effective_to }
    };
    (1..).zip(rows).map(version).collect()
}

/// The codes of all versions, oldest first.
fn statuses(all: &[Version], today: Date) -> String {
    let codes: Vec<_> = all.iter().map(|version| status(version, all, today).code()).collect();
    codes.join(" ")
}

fn expect(case: &str, all: &[Version], days: &[(Date, &str)]) {
    for (today, expected) in days {
        assert_eq!(statuses(all, *today), *expected, "{case}, {today}");
        let named = expected.split(' ').position(|code| code == "IN_FORCE");
        assert_eq!(in_force(all, *today), named.map(|row| &all[row]), "{case}, {today}");
    }
}

#[test]
fn one_version_is_offered_then_in_force_from_its_first_through_its_last_day() {
    let signed = Some(on(1, 10));
    let begun = [(on(1, 31), "OFFERED"), (on(2, 1), "IN_FORCE"), (on(3, 31), "IN_FORCE")];
    let open = versions(&[(signed, on(2, 1), None)]);
    expect("open-ended", &open, &begun);
    expect("open-ended", &open, &[(on(4, 1), "IN_FORCE"), (Date::MAX, "IN_FORCE")]);
    let ends = versions(&[(signed, on(2, 1), Some(on(3, 31)))]);
    expect("with an end", &ends, &begun);
    expect("with an end", &ends, &[(on(4, 1), "TERMINATED"), (Date::MAX, "TERMINATED")]);
    let brief = versions(&[(signed, on(2, 1), Some(on(2, 1)))]);
    let days = [(on(1, 31), "OFFERED"), (on(2, 1), "IN_FORCE"), (on(2, 2), "TERMINATED")];
    expect("of one day", &brief, &days);
    let unsigned = versions(&[(None, on(2, 1), Some(on(3, 31)))]);
    let days = [(on(2, 1), "OFFERED"), (on(3, 31), "OFFERED"), (on(4, 1), "TERMINATED")];
    expect("never signed", &unsigned, &days);
    let forgotten = versions(&[(None, on(2, 1), None)]);
    expect("never signed, open-ended", &forgotten, &[(Date::MAX, "OFFERED")]);
}

#[test]
fn a_late_signature_puts_the_first_day_off() {
    for (signed_on, begins) in [
        (on(1, 10), on(2, 1)),
        (on(1, 31), on(2, 1)),
        (on(2, 1), on(2, 1)),
        (on(2, 2), on(2, 2)),
        (on(3, 10), on(3, 10)),
    ] {
        let all = versions(&[(Some(signed_on), on(2, 1), None)]);
        assert_eq!(all[0].begins_on(), Some(begins), "{signed_on}");
        let eve = begins.yesterday().unwrap_or_default();
        expect("late", &all, &[(eve, "OFFERED"), (begins, "IN_FORCE")]);
    }
    let all = versions(&[(Some(on(1, 1)), on(1, 1), None), (Some(on(3, 10)), on(2, 1), None)]);
    expect("late successor", &all, &[(on(2, 1), "IN_FORCE OFFERED"), (on(3, 9), "IN_FORCE OFFERED")]);
    expect("late successor", &all, &[(on(3, 10), "SUPERSEDED IN_FORCE")]);
    assert_eq!(versions(&[(None, on(2, 1), None)])[0].begins_on(), None);
}

#[test]
fn a_successor_takes_over_on_its_first_day() {
    let signed = Some(on(1, 1));
    for (case, first_ends, second_begins, days) in [
        (
            "overlap",
            None,
            on(2, 15),
            [(on(2, 14), "IN_FORCE OFFERED"), (on(2, 15), "SUPERSEDED IN_FORCE")].as_slice(),
        ),
        (
            "overlap of a version with an end",
            Some(on(6, 30)),
            on(2, 15),
            &[
                (on(2, 14), "IN_FORCE OFFERED"),
                (on(2, 15), "SUPERSEDED IN_FORCE"),
                (on(7, 1), "SUPERSEDED IN_FORCE"),
            ],
        ),
        (
            "overlap of a day",
            Some(on(3, 31)),
            on(3, 31),
            &[(on(3, 30), "IN_FORCE OFFERED"), (on(3, 31), "SUPERSEDED IN_FORCE")],
        ),
        (
            "the day after",
            Some(on(3, 31)),
            on(4, 1),
            &[(on(3, 31), "IN_FORCE OFFERED"), (on(4, 1), "SUPERSEDED IN_FORCE")],
        ),
        (
            "gap of a day",
            Some(on(3, 31)),
            on(4, 2),
            &[
                (on(3, 31), "IN_FORCE OFFERED"),
                (on(4, 1), "TERMINATED OFFERED"),
                (on(4, 2), "TERMINATED IN_FORCE"),
            ],
        ),
        (
            "gap of a month",
            Some(on(3, 31)),
            on(5, 1),
            &[
                (on(4, 1), "TERMINATED OFFERED"),
                (on(4, 30), "TERMINATED OFFERED"),
                (on(5, 1), "TERMINATED IN_FORCE"),
            ],
        ),
        ("both on the same day", None, on(1, 1), &[(on(1, 1), "SUPERSEDED IN_FORCE")]),
    ] {
        expect(case, &versions(&[(signed, on(1, 1), first_ends), (signed, second_begins, None)]), days);
    }
}

#[test]
fn an_older_version_never_comes_back() {
    let signed = Some(on(1, 5));
    let brief = versions(&[(signed, on(1, 5), None), (signed, on(2, 1), Some(on(2, 28)))]);
    expect("newer ends", &brief, &[(on(2, 28), "SUPERSEDED IN_FORCE"), (on(3, 1), "SUPERSEDED TERMINATED")]);
    let overtaken = versions(&[(signed, on(3, 1), None), (signed, on(2, 1), None)]);
    expect(
        "newer begins first",
        &overtaken,
        &[(on(1, 31), "OFFERED OFFERED"), (on(2, 1), "SUPERSEDED IN_FORCE")],
    );
    expect("newer begins first", &overtaken, &[(on(3, 1), "SUPERSEDED IN_FORCE")]);
}

#[test]
fn an_offer_is_superseded_by_a_newer_one_whether_or_not_that_is_signed() {
    let signed = Some(on(1, 5));
    let offers = versions(&[(None, on(1, 1), None), (None, on(2, 1), None)]);
    expect("two offers", &offers, &[(on(1, 1), "SUPERSEDED OFFERED"), (on(6, 1), "SUPERSEDED OFFERED")]);
    let lapsed = versions(&[(None, on(1, 1), Some(on(1, 31))), (None, on(2, 1), None)]);
    expect("a lapsed offer", &lapsed, &[(on(6, 1), "SUPERSEDED OFFERED")]);
    let skipped = versions(&[(signed, on(1, 5), None), (None, on(2, 1), None), (signed, on(3, 1), None)]);
    expect("one between", &skipped, &[(on(2, 28), "IN_FORCE SUPERSEDED OFFERED")]);
    expect("one between", &skipped, &[(on(3, 1), "SUPERSEDED SUPERSEDED IN_FORCE")]);
    let offered = versions(&[(signed, on(1, 5), Some(on(2, 28))), (None, on(2, 1), None)]);
    expect("a new offer", &offered, &[(on(2, 28), "IN_FORCE OFFERED"), (on(3, 1), "TERMINATED OFFERED")]);
}

#[test]
fn whether_there_was_a_gap_is_seen_from_the_first_successor() {
    let signed = Some(on(1, 1));
    let row = |from, to| (signed, from, to);
    let closed = versions(&[row(on(1, 1), Some(on(3, 31))), row(on(5, 1), None), row(on(4, 1), None)]);
    expect("closed by the third", &closed, &[(on(3, 31), "IN_FORCE OFFERED OFFERED")]);
    expect("closed by the third", &closed, &[(on(4, 1), "SUPERSEDED SUPERSEDED IN_FORCE")]);
    expect("closed by the third", &closed, &[(on(5, 1), "SUPERSEDED SUPERSEDED IN_FORCE")]);
    let chain = versions(&[row(on(1, 1), None), row(on(2, 1), Some(on(2, 28))), row(on(4, 1), None)]);
    expect("chain", &chain, &[(on(3, 1), "SUPERSEDED TERMINATED OFFERED")]);
    expect("chain", &chain, &[(on(4, 1), "SUPERSEDED TERMINATED IN_FORCE")]);
    expect("none", &[], &[(on(1, 1), "")]);
}

#[test]
fn days_begin_and_end_at_midnight_in_sweden() {
    for (last, still, over) in [
        (on(1, 31), "2026-01-31T22:59:59.999Z", "2026-01-31T23:00:00Z"),
        (on(7, 31), "2026-07-31T21:59:59.999Z", "2026-07-31T22:00:00Z"),
        (on(12, 31), "2026-12-31T22:59:59.999Z", "2026-12-31T23:00:00Z"),
        (date(2028, 2, 29), "2028-02-29T22:59:59.999Z", "2028-02-29T23:00:00Z"),
        // the clocks go forward in the night of 29 March, back in that of 25 October
        (on(3, 28), "2026-03-28T22:59:59.999Z", "2026-03-28T23:00:00Z"),
        (on(3, 29), "2026-03-29T21:59:59.999Z", "2026-03-29T22:00:00Z"),
        (on(10, 24), "2026-10-24T21:59:59.999Z", "2026-10-24T22:00:00Z"),
        (on(10, 25), "2026-10-25T22:59:59.999Z", "2026-10-25T23:00:00Z"),
    ] {
        let today = |instant: &str| civil_date(instant.parse().unwrap_or_default());
        let first = last.tomorrow().unwrap_or_default();
        let signed = Some(on(1, 1));
        let ends = versions(&[(signed, on(1, 1), Some(last))]);
        expect("expiry", &ends, &[(today(still), "IN_FORCE"), (today(over), "TERMINATED")]);
        let begins = versions(&[(signed, first, None)]);
        expect("first day", &begins, &[(today(still), "OFFERED"), (today(over), "IN_FORCE")]);
        let signature = versions(&[(Some(today(over)), on(1, 1), None)]);
        expect("signature", &signature, &[(today(still), "OFFERED"), (today(over), "IN_FORCE")]);
    }
}
