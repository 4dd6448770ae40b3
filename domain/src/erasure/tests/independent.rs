//! A second computation, written the other way round: it asks of one item, one ground and one day whether the ground
//! binds, and finds the rest by walking the days.

use std::collections::BTreeSet;

use jiff::ToSpan;
use jiff::civil::Date;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use uuid::Uuid;

use super::super::{Facts, HoldFacts, Left, Objection, Plan, RecordFacts, Scope, assess};
use super::{Accounting, PROFILE, TODAY, line};
use crate::category::{Categories, DataCategory};
use crate::id::SubjectId;
use crate::outcome::RetentionGround;

/// No date of a case lies further ahead.
const HORIZON: i32 = 40;

fn day(offset: i32) -> Date {
    TODAY.saturating_add(offset.days())
}

/// A value of the profile, or a record.
#[derive(Clone, Copy)]
enum Item {
    Value(DataCategory),
    Record(RecordFacts),
}

impl Item {
    fn category(self) -> DataCategory {
        match self {
            Self::Value(category) => category,
            Self::Record(_) => Accounting,
        }
    }
}

/// Everything held, in the order in which a plan tells it.
fn items(facts: &Facts) -> Vec<Item> {
    let values = PROFILE.iter().copied().filter(|category| facts.held.contains(category)).map(Item::Value);
    let mut records = facts.records.clone();
    records.sort_by_key(|record| record.id);
    values.chain(records.into_iter().map(Item::Record)).collect()
}

/// Whether the Bookkeeping Act keeps an item on a day: a record through its last day, and the name and the address of
/// its party beside it (bokföringslagen 7 kap. 2 §).
fn kept_by_the_act(facts: &Facts, item: Item, day: Date) -> bool {
    let is_kept = |record: &RecordFacts| match record.retained_through {
        Some(last) => last >= day,
        None => false,
    };
    match item {
        Item::Record(record) => is_kept(&record),
        Item::Value(DataCategory::Name | DataCategory::Address) => facts.records.iter().any(is_kept),
        Item::Value(_) => false,
    }
}

/// Whether a ground keeps an item on a day.
fn binds(facts: &Facts, item: Item, ground: RetentionGround, day: Date) -> bool {
    if ground == RetentionGround::BookkeepingAct && kept_by_the_act(facts, item, day) {
        return true;
    }
    if ground == RetentionGround::LegitimateInterests && facts.objection == Objection::Upheld {
        return false;
    }
    facts.holds.iter().any(|hold| {
        let expired = matches!(hold.expires_on, Some(first_free) if first_free <= day);
        hold.ground == ground && hold.categories.contains(&item.category()) && !expired
    })
}

fn any_binds(facts: &Facts, item: Item, day: Date) -> bool {
    RetentionGround::ALL.iter().any(|ground| binds(facts, item, *ground, day))
}

/// The line of one item: it is kept through the last day on which a ground binds, and the first such ground is named.
fn told(facts: &Facts, item: Item, today: Date) -> String {
    let mut words = vec![item.category().code().to_owned()];
    if let Item::Record(record) = item {
        words.push(record.id.as_u128().to_string());
    }
    let days = (0..=HORIZON).map(|count| today.saturating_add(count.days()));
    match days.take_while(|day| any_binds(facts, item, *day)).last() {
        None => words.push("ERASED".to_owned()),
        Some(last) => {
            let ground = RetentionGround::ALL.iter().find(|ground| binds(facts, item, **ground, last));
            words.push("RETAINED".to_owned());
            words.extend(ground.map(|ground| ground.code().to_owned()));
            if last < today.saturating_add(HORIZON.days()) {
                words.push(last.to_string());
            }
        }
    }
    words.join(" ")
}

fn expected(facts: &Facts, scope: &Scope, today: Date) -> Vec<String> {
    let mut lines = Vec::new();
    for category in DataCategory::ALL {
        if matches!(scope, Scope::Only(categories) if !categories.contains(&category)) {
            continue;
        }
        let found: Vec<String> = items(facts)
            .into_iter()
            .filter(|item| item.category() == category)
            .map(|item| told(facts, item, today))
            .collect();
        lines.extend(if found.is_empty() {
            vec![format!("{} NOTHING_HELD", category.code())]
        } else {
            found
        });
    }
    lines
}

fn left(facts: &Facts, scope: &Scope, today: Date) -> Left {
    let (inside, outside): (Vec<Item>, Vec<Item>) = items(facts).into_iter().partition(|item| match scope {
        Scope::Everything => true,
        Scope::Only(categories) => categories.contains(&item.category()),
    });
    match (outside.is_empty(), inside.into_iter().any(|item| any_binds(facts, item, today))) {
        (false, _) => Left::OtherData,
        (true, true) => Left::RetainedOnly,
        (true, false) => Left::Nothing,
    }
}

/// All that an approval of the plan rests on, gathered without the plan.
fn basis(facts: &Facts, scope: &Scope, today: Date) -> (Vec<String>, Left, Vec<String>) {
    let outcomes = expected(facts, scope, today);
    let in_scope = |category: DataCategory| match scope {
        Scope::Everything => true,
        Scope::Only(categories) => categories.contains(&category),
    };
    let mut parts: Vec<String> = DataCategory::ALL
        .into_iter()
        .filter(|category| in_scope(*category))
        .map(|c| format!("{c:?}"))
        .collect();
    parts.push(format!("{} {:?}", facts.subject, facts.objection));
    let of_party = [DataCategory::Name, DataCategory::Address].into_iter();
    let names_party = of_party.filter(|category| facts.held.contains(category)).any(in_scope);
    for item in items(facts) {
        match item {
            Item::Value(category) if in_scope(category) => parts.push(format!("{category:?} held")),
            Item::Record(record)
                if in_scope(Accounting) || (names_party && record.retained_through.is_some()) =>
            {
                parts.push(format!("{record:?}"));
            }
            _ => {}
        }
    }
    let mut holds: Vec<String> = Vec::new();
    for hold in &facts.holds {
        let outweighed =
            hold.ground == RetentionGround::LegitimateInterests && facts.objection == Objection::Upheld;
        let covered: Vec<_> = hold.categories.iter().filter(|category| in_scope(**category)).collect();
        if hold.expires_on.is_none_or(|first_free| first_free > today) && !outweighed && !covered.is_empty() {
            holds.push(format!("{:?} {covered:?} {:?}", hold.ground, hold.expires_on));
        }
    }
    holds.sort();
    parts.extend(holds);
    (outcomes, left(facts, scope, today), parts)
}

fn categories() -> impl Strategy<Value = Categories> {
    subsequence(DataCategory::ALL.to_vec(), 0..=8).prop_map(|chosen| chosen.into_iter().collect())
}

fn near() -> impl Strategy<Value = Option<Date>> {
    proptest::option::weighted(0.8, (-4..30_i32).prop_map(day))
}

fn record() -> impl Strategy<Value = RecordFacts> {
    (1..9_u128, near())
        .prop_map(|(id, retained_through)| RecordFacts { id: Uuid::from_u128(id), retained_through })
}

fn hold() -> impl Strategy<Value = HoldFacts> {
    let ground = select(RetentionGround::ALL.to_vec());
    (ground, categories(), near()).prop_map(|(ground, categories, expires_on)| HoldFacts {
        ground,
        categories,
        expires_on,
    })
}

fn objection() -> impl Strategy<Value = Objection> {
    select(vec![Objection::None, Objection::Upheld])
}

fn facts() -> impl Strategy<Value = Facts> {
    let held = subsequence(PROFILE.to_vec(), 0..=PROFILE.len());
    let (records, holds) =
        (proptest::collection::vec(record(), 0..5), proptest::collection::vec(hold(), 0..4));
    (held, records, holds, objection()).prop_map(|(held, mut records, holds, objection)| {
        records.sort_by_key(|record| record.id);
        records.dedup_by_key(|record| record.id);
        let subject = SubjectId::from_uuid(Uuid::from_u128(1));
        Facts { subject, held: held.into_iter().collect(), records, holds, objection }
    })
}

fn scope() -> impl Strategy<Value = Scope> {
    prop_oneof![Just(Scope::Everything), categories().prop_map(Scope::Only)]
}

fn gone(plan: &Plan) -> (Categories, BTreeSet<Uuid>) {
    (plan.erases(), plan.erases_records())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_024))]

    #[test]
    fn both_computations_agree_on_every_item(facts in facts(), scope in scope()) {
        let plan = assess(&facts, &scope, TODAY);
        let lines: Vec<String> = plan.outcomes().iter().map(line).collect();
        prop_assert_eq!(lines, expected(&facts, &scope, TODAY));
        prop_assert_eq!(plan.leaves(), left(&facts, &scope, TODAY));
    }

    #[test]
    fn nothing_goes_that_a_ground_keeps_and_nothing_stays_without_one(facts in facts(), scope in scope()) {
        let plan = assess(&facts, &scope, TODAY);
        for item in items(&facts) {
            let (erased, retained) = match item {
                Item::Value(category) => (plan.erases().contains(&category), plan.retains().contains(&category)),
                Item::Record(record) => {
                    (plan.erases_records().contains(&record.id), plan.retains_records().contains(&record.id))
                }
            };
            let in_scope = scope.contains(item.category());
            let bound = any_binds(&facts, item, TODAY);
            prop_assert_eq!((erased, retained), (in_scope && !bound, in_scope && bound));
        }
    }

    #[test]
    fn the_next_due_day_is_the_first_on_which_more_may_go(facts in facts(), scope in scope()) {
        let plan = assess(&facts, &scope, TODAY);
        let first = (1..=HORIZON).map(day).find(|day| gone(&assess(&facts, &scope, *day)) != gone(&plan));
        prop_assert_eq!(plan.next_due_on(), first);
    }

    #[test]
    fn the_text_changes_exactly_when_what_it_rests_on_does(
        facts in facts(),
        scope in scope(),
        (other, moved) in (facts(), 0..8_i32),
        part in 0..9_u8,
    ) {
        let mut changed = facts.clone();
        let (mut changed_scope, mut changed_day) = (scope.clone(), TODAY);
        match part {
            0 => changed.held = other.held,
            1 => changed.records = other.records,
            2 => changed.holds = other.holds,
            3 => changed.objection = other.objection,
            4 => changed_scope = Scope::Only(other.held),
            5 => changed_day = day(moved),
            6 => changed.records.push(RecordFacts {
                id: Uuid::from_u128(9),
                retained_through: other.records.first().and_then(|record| record.retained_through),
            }),
            7 => changed.holds.extend(other.holds.into_iter().take(1)),
            _ => changed.holds.reverse(),
        }
        let same = basis(&facts, &scope, TODAY) == basis(&changed, &changed_scope, changed_day);
        let (before, after) =
            (assess(&facts, &scope, TODAY), assess(&changed, &changed_scope, changed_day));
        prop_assert_eq!(before.canonical() == after.canonical(), same, "{:?} {:?}", facts, changed);
    }
}
