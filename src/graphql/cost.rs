//! What answering an operation would cost, known before it is begun.
//!
//! Every field costs 1, a root field of a mutation [`MUTATION`], and what is selected below a list is paid once per
//! item. A connection multiplies its `edges` by the page that `first` asks for, so that `pageInfo` is paid once.
//! What asks the database by itself has a price of its own ([`PRICES`]). `__typename` is free; introspection costs 1 per
//! field as written, since its answer is as large as the schema and no larger (its circles are refused by the limits).
//! `@skip` and `@include` save nothing.

use std::collections::HashMap;

use async_graphql::Variables;
use async_graphql::parser::types::{
    ExecutableDocument, Field, OperationDefinition, OperationType, Selection, SelectionSet,
};
use async_graphql_value::{ConstValue, Value};

#[cfg(test)]
mod tests;

/// The most that one operation may cost: a full page of persons with every field and their consents passes.
pub const LIMIT: u64 = 10_000;

/// Price of a mutation's root field, which is a transaction with its audit event.
pub const MUTATION: u64 = 10;

/// Sizes of a connection's pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Page {
    /// Items when `first` is left out.
    pub default: u64,
    /// The most that `first` may ask for.
    pub most: u64,
}

const ORDINARY: Page = Page { default: 20, most: 100 };

/// The connections whose pages differ from the ordinary 20 of at most 100, by field.
pub const PAGES: &[(&str, Page)] =
    &[("auditEvents", Page { default: 50, most: 200 }), ("accessLog", Page { default: 50, most: 200 })];

/// The most identifiers that `nodes` takes.
const MOST_NODES: u64 = 100;

/// What fields cost besides that ask the database anew for every object that they are selected on, instead of once for
/// all: a plan its facts, a letter or another document whatever it tells, the instructions under an agreement their entries
/// in the log, a forecast every person of the tenant.
pub const PRICES: &[(&str, u64)] = &[
    ("certificate", 100),
    ("erasurePlan", 25),
    ("instructionLog", 25),
    ("letter", 100),
    ("printed", 100),
    ("retentionForecast", 1_000),
];

/// Items that a list without pages is taken to have.
pub const LIST_SIZE: u64 = 5;

/// Fields that answer with a list of objects and have no pages, in both APIs.
pub const LISTS: &[&str] = &[
    "agreementTemplates",
    "awaiting",
    "consents",
    "downstreamSystems",
    "downstreamTasks",
    "entries",
    "knownBy",
    "legalHolds",
    "notices",
    "objections",
    "outcomes",
    "personalDataBreaches",
    "rectifications",
    "restrictions",
    "retentionRules",
    "sections",
    "signatures",
    "subprocessors",
    "supplements",
    "thirdCountryTransfers",
    "timeline",
    "userErrors",
];

/// The page that a connection field answers with.
#[must_use]
pub fn page(field: &str) -> Page {
    PAGES.iter().find(|(name, _)| *name == field).map_or(ORDINARY, |(_, page)| *page)
}

fn surcharge(field: &str) -> u64 {
    PRICES.iter().find(|(name, _)| *name == field).map_or(0, |(_, price)| *price)
}

/// The cost of `operation` with these variables; `u64::MAX` where it is beyond counting. Linear in the document:
/// each fragment is counted once.
#[must_use]
pub fn cost(document: &ExecutableDocument, operation: &OperationDefinition, variables: &Variables) -> u64 {
    let defaults = operation.variable_definitions.iter().filter_map(|definition| {
        Some((definition.node.name.node.as_str(), definition.node.default_value()?))
    });
    let mut meter = Meter { document, variables, defaults: defaults.collect(), fragments: HashMap::new() };
    let price = meter.set(&operation.selection_set.node);
    let surcharge = match operation.ty {
        OperationType::Mutation => price.fields.saturating_mul(MUTATION - 1),
        OperationType::Query | OperationType::Subscription => 0,
    };
    price.for_items(1).saturating_add(surcharge)
}

/// What a selection set costs.
#[derive(Clone, Copy, Default)]
struct Price {
    /// Once.
    fixed: u64,
    /// For every item, where the set is a connection's.
    per_item: u64,
    /// Number of fields in the set itself.
    fields: u64,
}

impl Price {
    const fn for_items(self, items: u64) -> u64 {
        self.fixed.saturating_add(self.per_item.saturating_mul(items))
    }

    const fn plus(self, other: Self) -> Self {
        Self {
            fixed: self.fixed.saturating_add(other.fixed),
            per_item: self.per_item.saturating_add(other.per_item),
            fields: self.fields.saturating_add(other.fields),
        }
    }
}

struct Meter<'a> {
    document: &'a ExecutableDocument,
    variables: &'a Variables,
    defaults: HashMap<&'a str, &'a ConstValue>,
    /// Fragments already counted. One that is being counted stands here as free, which ends circles.
    fragments: HashMap<&'a str, Price>,
}

impl<'a> Meter<'a> {
    fn set(&mut self, set: &'a SelectionSet) -> Price {
        let mut sum = Price::default();
        for selection in &set.items {
            sum = sum.plus(match &selection.node {
                Selection::Field(field) => self.field(&field.node),
                Selection::InlineFragment(inline) => self.set(&inline.node.selection_set.node),
                Selection::FragmentSpread(spread) => self.fragment(&spread.node.fragment_name.node),
            });
        }
        sum
    }

    fn fragment(&mut self, name: &'a str) -> Price {
        if let Some(known) = self.fragments.get(name) {
            return *known;
        }
        let document = self.document;
        let Some(fragment) = document.fragments.get(name) else { return Price::default() };
        self.fragments.insert(name, Price::default());
        let price = self.set(&fragment.node.selection_set.node);
        self.fragments.insert(name, price);
        price
    }

    fn field(&mut self, field: &'a Field) -> Price {
        let name = field.name.node.as_str();
        if name == "__typename" {
            return Price::default();
        }
        let below = self.set(&field.selection_set.node);
        let ids = field.get_argument("ids").map(|ids| &ids.node);
        match (name, ids) {
            ("edges", _) | ("nodes", None) => {
                Price { per_item: below.for_items(1).saturating_add(1), fields: 1, ..Price::default() }
            }
            ("nodes", Some(ids)) => once(below.for_items(1).saturating_mul(self.length(ids))),
            // What has edges is a connection, though the other schema may have a list of that name.
            _ if below.per_item == 0 && LISTS.contains(&name) => once(below.fixed.saturating_mul(LIST_SIZE)),
            _ if below.per_item == 0 => once(below.fixed.saturating_add(surcharge(name))),
            _ => once(below.for_items(self.first(field, page(name))).saturating_add(surcharge(name))),
        }
    }

    /// The page that `first` asks for; out of its bounds the field itself refuses it.
    fn first(&self, field: &Field, page: Page) -> u64 {
        let asked = match field.get_argument("first").map(|first| &first.node) {
            None | Some(Value::Null) => return page.default,
            Some(Value::Number(number)) => number,
            Some(Value::Variable(name)) => match self.variable(name) {
                None | Some(ConstValue::Null) => return page.default,
                Some(ConstValue::Number(number)) => number,
                Some(_) => return page.most,
            },
            Some(_) => return page.most,
        };
        match asked.as_i64() {
            Some(below) if below < 0 => 0,
            _ => asked.as_u64().map_or(page.most, |first| first.min(page.most)),
        }
    }

    /// Number of identifiers; a single value stands for a list of one.
    fn length(&self, ids: &Value) -> u64 {
        let length = match ids {
            Value::List(items) => items.len(),
            Value::Variable(name) => match self.variable(name) {
                Some(ConstValue::List(items)) => items.len(),
                _ => 1,
            },
            _ => 1,
        };
        (length as u64).min(MOST_NODES)
    }

    fn variable(&self, name: &str) -> Option<&'a ConstValue> {
        self.variables.get(name).or_else(|| self.defaults.get(name).copied())
    }
}

fn once(below: u64) -> Price {
    Price { fixed: below.saturating_add(1), fields: 1, ..Price::default() }
}
