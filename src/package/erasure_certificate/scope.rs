//! What was to be erased, as a member of a statement: the categories, or null for everything, as a request asks for it.

use domain::category::Categories;
use domain::erasure::Scope;
use serde::de::Error as _;
use serde::{Deserialize as _, Deserializer, Serialize as _, Serializer};

pub(super) fn serialize<S: Serializer>(scope: &Scope, to: S) -> Result<S::Ok, S::Error> {
    match scope {
        Scope::Everything => None,
        Scope::Only(categories) => Some(categories),
    }
    .serialize(to)
}

pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Scope, D::Error> {
    match Option::<Categories>::deserialize(from)? {
        None => Ok(Scope::Everything),
        Some(none) if none.is_empty() => Err(D::Error::custom("no category")),
        Some(categories) => Ok(Scope::Only(categories)),
    }
}
