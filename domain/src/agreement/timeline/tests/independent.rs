//! The same law once more, written as a walk from day to day, and tried on timelines of chance.

use jiff::{Span, Unit};
use proptest::prelude::*;

use super::*;

const FIRST: Date = date(2028, 2, 10);

fn day(number: i32) -> Date {
    FIRST.saturating_add(Span::new().days(number))
}

/// What the walk knows of one version.
#[derive(Clone, Copy, PartialEq)]
enum Walked {
    Waiting,
    Running,
    Left(AgreementStatus),
}

/// Walks through the days up to `today`: whoever arrives sends all older ones away.
fn walk(all: &[Version], today: Date) -> Vec<AgreementStatus> {
    let mut walked = vec![Walked::Waiting; all.len()];
    let mut date = FIRST;
    while date <= today {
        for (row, version) in all.iter().enumerate() {
            if walked[row] == Walked::Running
                && version.effective_to.and_then(|to| to.tomorrow().ok()) == Some(date)
            {
                let arrives = all[row + 1..].iter().any(|newer| newer.begins_on() == Some(date));
                let left = if arrives { AgreementStatus::Superseded } else { AgreementStatus::Terminated };
                walked[row] = Walked::Left(left);
            }
            if walked[row] == Walked::Waiting && version.begins_on() == Some(date) {
                walked[row] = Walked::Running;
                for older in &mut walked[..row] {
                    if !matches!(older, Walked::Left(_)) {
                        *older = Walked::Left(AgreementStatus::Superseded);
                    }
                }
            }
        }
        date = date.tomorrow().unwrap_or_default();
    }
    let newest = all.len().saturating_sub(1);
    let named = |(row, (version, walked)): (usize, (&Version, &Walked))| match walked {
        Walked::Left(status) => *status,
        Walked::Running => AgreementStatus::InForce,
        Walked::Waiting if version.signed_on.is_some() => AgreementStatus::Offered,
        Walked::Waiting if row < newest => AgreementStatus::Superseded,
        Walked::Waiting if version.effective_to.is_some_and(|to| to < today) => AgreementStatus::Terminated,
        Walked::Waiting => AgreementStatus::Offered,
    };
    all.iter().zip(&walked).enumerate().map(named).collect()
}

/// Signed or not, first day and length: no version ends before it begins, as offers and signatures are checked.
fn row() -> impl Strategy<Value = (Option<Date>, Date, Option<Date>)> {
    let signed = proptest::option::weighted(0.8, 0..40_i32);
    let length = proptest::option::weighted(0.6, 0..20_i32);
    (signed, 0..40_i32, length).prop_map(|(signed, from, length)| {
        let begins = from.max(signed.unwrap_or(from));
        (signed.map(day), day(from), length.map(|days| day(begins + days)))
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_024))]

    #[test]
    fn at_most_one_version_is_in_force_on_any_day(rows in proptest::collection::vec(row(), 0..6)) {
        let all = versions(&rows);
        for today in (0..70).map(day) {
            let is_named = |version: &&Version| status(version, &all, today) == AgreementStatus::InForce;
            let mut named = all.iter().filter(is_named);
            prop_assert_eq!(named.next(), in_force(&all, today));
            prop_assert_eq!(named.next(), None);
        }
    }

    #[test]
    fn every_status_is_the_one_that_a_walk_through_the_days_finds(
        rows in proptest::collection::vec(row(), 0..6),
        today in (0..70_i32).prop_map(day),
    ) {
        let all = versions(&rows);
        let found: Vec<_> = all.iter().map(|version| status(version, &all, today)).collect();
        prop_assert_eq!(found, walk(&all, today));
    }

    #[test]
    fn a_version_is_in_force_through_the_last_day_that_is_shown(
        rows in proptest::collection::vec(row(), 1..6),
        order in any::<prop::sample::Index>(),
    ) {
        let mut all = versions(&rows);
        let turn = order.index(all.len());
        all.rotate_left(turn);
        for version in &all {
            let runs = |today: &Date| in_force(&all, *today) == Some(version);
            let days: Vec<_> = (0..200).map(day).filter(runs).collect();
            let (Some(first), Some(last)) = (days.first(), days.last()) else { continue };
            prop_assert_eq!(Some(*first), version.begins_on());
            prop_assert_eq!(last_day(version, &all).unwrap_or(day(199)), *last);
            let length = first.until((Unit::Day, *last)).map(|span| span.get_days()).unwrap_or_default();
            prop_assert_eq!(usize::try_from(length).unwrap_or_default() + 1, days.len());
        }
    }
}
