//! The text of a plan that is hashed.

use jiff::civil::Date;
use serde_json::Value;

use crate::category::{Categories, DataCategory};
use crate::erasure::plan::Left;
use crate::erasure::{Facts, HoldFacts, Objection, RecordFacts, Scope};
use crate::outcome::{Outcome, RetentionGround};

/// Goes up when the text of an unchanged plan would change.
const VERSION: u8 = 1;

/// What a plan rests on and what it comes to.
pub(super) struct Basis<'a> {
    pub facts: &'a Facts,
    pub scope: &'a Scope,
    /// The holds that bind on the day of the assessment.
    pub binding: &'a [&'a HoldFacts],
    pub leaves: Left,
    pub outcomes: &'a [Outcome],
}

impl Basis<'_> {
    /// Keys stand in alphabetical order, so that the text does not depend on how the JSON library keeps them.
    pub fn text(&self) -> String {
        let facts = self.facts;
        object([
            ("held", codes(&facts.held.intersection(&self.scope.categories()).copied().collect())),
            ("holds", self.holds()),
            ("leaves", left(self.leaves).into()),
            ("objection", objection(facts.objection).into()),
            ("outcomes", self.outcomes.iter().map(outcome).collect()),
            ("records", self.records()),
            ("scope", codes(&self.scope.categories())),
            ("subject", facts.subject.to_string().into()),
            ("version", VERSION.into()),
        ])
        .to_string()
    }

    /// The binding holds, as far as they concern the scope.
    fn holds(&self) -> Value {
        let scope = self.scope.categories();
        let within = |hold: &&HoldFacts| HoldFacts {
            categories: hold.categories.intersection(&scope).copied().collect(),
            ..(*hold).clone()
        };
        let mut holds: Vec<HoldFacts> =
            self.binding.iter().map(within).filter(|hold| !hold.categories.is_empty()).collect();
        holds.sort();
        holds.iter().map(hold).collect()
    }

    /// The records, as far as they concern the scope: all of them where they are to be erased, else those that the act
    /// keeps, beside which name and address may have to stay.
    fn records(&self) -> Value {
        let scope = |category| self.scope.contains(category);
        let beside = [DataCategory::Name, DataCategory::Address]
            .into_iter()
            .any(|category| scope(category) && self.facts.held.contains(&category));
        let concerns = |record: &&RecordFacts| {
            scope(DataCategory::Accounting) || (beside && record.retained_through.is_some())
        };
        let mut records: Vec<&RecordFacts> = self.facts.records.iter().filter(concerns).collect();
        records.sort();
        records.into_iter().map(record).collect()
    }
}

fn object<const N: usize>(fields: [(&str, Value); N]) -> Value {
    fields.into_iter().collect()
}

fn codes(categories: &Categories) -> Value {
    categories.iter().map(|category| category.code()).collect()
}

fn day(date: Option<Date>) -> Value {
    date.map(|date| date.to_string()).into()
}

fn hold(hold: &HoldFacts) -> Value {
    object([
        ("categories", codes(&hold.categories)),
        ("expiresOn", day(hold.expires_on)),
        ("ground", hold.ground.code().into()),
    ])
}

fn record(record: &RecordFacts) -> Value {
    object([("id", record.id.to_string().into()), ("retainedThrough", day(record.retained_through))])
}

fn outcome(outcome: &Outcome) -> Value {
    object([
        ("action", outcome.action.code().into()),
        ("category", outcome.category.code().into()),
        ("record", outcome.record.map(|id| id.to_string()).into()),
        ("retainedThrough", day(outcome.retained_through)),
        ("retentionGround", outcome.retention_ground.map(RetentionGround::code).into()),
    ])
}

const fn left(left: Left) -> &'static str {
    match left {
        Left::Nothing => "NOTHING",
        Left::RetainedOnly => "RETAINED_ONLY",
        Left::OtherData => "OTHER_DATA",
    }
}

const fn objection(objection: Objection) -> &'static str {
    match objection {
        Objection::None => "NONE",
        Objection::Upheld => "UPHELD",
    }
}
