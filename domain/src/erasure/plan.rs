//! The plan of an erasure.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use jiff::civil::Date;
use uuid::Uuid;

use crate::category::{Categories, DataCategory};
use crate::erasure::canonical;
use crate::erasure::{Facts, HoldFacts, RecordFacts, Scope};
use crate::hold;
use crate::outcome::{Outcome, OutcomeAction, RetentionGround};
use crate::request::state::Extent;
use crate::retention;

/// What is left of a person once a plan was carried out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Left {
    /// Nothing at all: the person is erased.
    Nothing,
    /// Only what is kept on a ground: the person is erased in part.
    RetainedOnly,
    /// Data that was not to be erased: the person stays as they were.
    OtherData,
}

/// What an erasure does. Only [`assess`] makes one, so that nothing is erased that was not weighed against the law.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    outcomes: Vec<Outcome>,
    leaves: Left,
    canonical: String,
}

/// A reason to keep an item, and the last day on which it does; open-ended where `None`.
#[derive(Debug, Clone, Copy)]
struct Keeping {
    ground: RetentionGround,
    through: Option<Date>,
}

/// Weighs every item in the scope against the law and the holds as they stand on a day (Swedish time).
#[must_use]
pub fn assess(facts: &Facts, scope: &Scope, today: Date) -> Plan {
    let weighing = Weighing::new(facts, today);
    let outcomes: Vec<Outcome> = scope.categories().into_iter().flat_map(|c| weighing.outcomes(c)).collect();
    let leaves = leaves(facts, scope, &outcomes);
    let canonical =
        canonical::Basis { facts, scope, binding: &weighing.binding, leaves, outcomes: &outcomes };
    let canonical = canonical.text();
    Plan { outcomes, leaves, canonical }
}

fn leaves(facts: &Facts, scope: &Scope, outcomes: &[Outcome]) -> Left {
    let outside = |category: DataCategory| !scope.contains(category);
    let other_values = facts.held.iter().any(|held| *held != DataCategory::Accounting && outside(*held));
    let other_records = !facts.records.is_empty() && outside(DataCategory::Accounting);
    if other_values || other_records {
        Left::OtherData
    } else if outcomes.iter().any(|outcome| outcome.action == OutcomeAction::Retained) {
        Left::RetainedOnly
    } else {
        Left::Nothing
    }
}

struct Weighing<'a> {
    facts: &'a Facts,
    today: Date,
    binding: Vec<&'a HoldFacts>,
}

impl<'a> Weighing<'a> {
    fn new(facts: &'a Facts, today: Date) -> Self {
        let binds = |held: &&HoldFacts| {
            hold::binds_on(held.expires_on, None, today) && hold::stands(held.ground, facts.objection)
        };
        Self { facts, today, binding: facts.holds.iter().filter(binds).collect() }
    }

    fn outcomes(&self, category: DataCategory) -> Vec<Outcome> {
        if category == DataCategory::Accounting && !self.facts.records.is_empty() {
            let mut records: Vec<&RecordFacts> = self.facts.records.iter().collect();
            records.sort();
            return records.into_iter().map(|record| self.record(record)).collect();
        }
        if !self.facts.held.contains(&category) || category == DataCategory::Accounting {
            return vec![Outcome::new(category, OutcomeAction::NothingHeld)];
        }
        vec![outcome(category, None, self.holds(category).chain(self.beside_records(category)))]
    }

    fn record(&self, record: &RecordFacts) -> Outcome {
        let category = DataCategory::Accounting;
        let by_law = self.kept_by_law(record).map(by_law);
        outcome(category, Some(record.id), self.holds(category).chain(by_law))
    }

    fn kept_by_law(&self, record: &RecordFacts) -> Option<Date> {
        record.retained_through.filter(|through| self.today <= *through)
    }

    /// Accounting information names its party: as long as the act keeps a record it keeps name and address beside it.
    fn beside_records(&self, category: DataCategory) -> Option<Keeping> {
        if !matches!(category, DataCategory::Name | DataCategory::Address) {
            return None;
        }
        self.facts.records.iter().filter_map(|record| self.kept_by_law(record)).max().map(by_law)
    }

    fn holds(&self, category: DataCategory) -> impl Iterator<Item = Keeping> {
        let covering = self.binding.iter().filter(move |hold| hold.categories.contains(&category));
        covering.map(|hold| Keeping {
            ground: hold.ground,
            through: hold.expires_on.map(|day| day.yesterday().unwrap_or(day)),
        })
    }
}

const fn by_law(through: Date) -> Keeping {
    Keeping { ground: RetentionGround::BookkeepingAct, through: Some(through) }
}

/// Of several reasons the one that lasts longest is named, and of equally long ones the first in the schema's order.
fn outcome(category: DataCategory, record: Option<Uuid>, reasons: impl Iterator<Item = Keeping>) -> Outcome {
    let longest =
        reasons.max_by_key(|keeping| (keeping.through.is_none(), keeping.through, Reverse(keeping.ground)));
    Outcome {
        category,
        record,
        action: if longest.is_some() { OutcomeAction::Retained } else { OutcomeAction::Erased },
        retention_ground: longest.map(|keeping| keeping.ground),
        retained_through: longest.and_then(|keeping| keeping.through),
    }
}

impl Plan {
    /// One outcome per category in the policy's order; for accounting records one each, by identifier.
    #[must_use]
    pub fn outcomes(&self) -> &[Outcome] {
        &self.outcomes
    }

    /// The categories of the profile that are erased.
    #[must_use]
    pub fn erases(&self) -> Categories {
        self.categories(OutcomeAction::Erased)
    }

    /// The accounting records that are erased.
    #[must_use]
    pub fn erases_records(&self) -> BTreeSet<Uuid> {
        self.records(OutcomeAction::Erased)
    }

    /// The categories of the profile that are kept on a ground.
    #[must_use]
    pub fn retains(&self) -> Categories {
        self.categories(OutcomeAction::Retained)
    }

    /// The accounting records that are kept on a ground.
    #[must_use]
    pub fn retains_records(&self) -> BTreeSet<Uuid> {
        self.records(OutcomeAction::Retained)
    }

    /// How far the law lets the erasure go.
    #[must_use]
    pub fn extent(&self) -> Extent {
        let retained = self.outcomes.iter().any(|outcome| outcome.action == OutcomeAction::Retained);
        if retained { Extent::InPart } else { Extent::InFull }
    }

    /// The first day on which something that is kept may go; `None` where nothing is kept, or all of it without an end.
    #[must_use]
    pub fn next_due_on(&self) -> Option<Date> {
        self.outcomes.iter().filter_map(|outcome| outcome.retained_through).min().map(retention::erasable_on)
    }

    /// What is left of the person afterwards.
    #[must_use]
    pub const fn leaves(&self) -> Left {
        self.leaves
    }

    /// The plan and the facts behind it as one line of JSON, the same for the same facts: its digest is what is
    /// approved. The day of the assessment is not in it, so that the digest stays until a fact changes.
    #[must_use]
    pub fn canonical(&self) -> String {
        self.canonical.clone()
    }

    fn categories(&self, action: OutcomeAction) -> Categories {
        let of_profile =
            |outcome: &&Outcome| outcome.action == action && outcome.category != DataCategory::Accounting;
        self.outcomes.iter().filter(of_profile).map(|outcome| outcome.category).collect()
    }

    fn records(&self, action: OutcomeAction) -> BTreeSet<Uuid> {
        let with_action = self.outcomes.iter().filter(|outcome| outcome.action == action);
        with_action.filter_map(|outcome| outcome.record).collect()
    }
}
