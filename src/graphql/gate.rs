//! What is printed is what is enforced: the policy table is read from the schema's own SDL, and the resolvers ask it.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::fmt::Write as _;

use async_graphql::TypeDirective;
use async_graphql_parser::types::{
    ConstDirective, FieldDefinition, ServiceDocument, TypeKind, TypeSystemDefinition,
};
use async_graphql_value::ConstValue;
use domain::category::{Categories, DataCategory};
use domain::scope::{Scope, Scopes};

use super::vocabulary;

/// The field resolves only for a token that holds every scope of at least one of the inner lists.
#[TypeDirective(name = "requiresScopes", location = "FieldDefinition")]
pub fn requires_scopes(
    #[graphql(desc = "Alternatives: any one inner list is enough, each of its scopes is needed.")]
    scopes: Vec<Vec<String>>,
) {
}

/// The field carries personal data of the given category. Client generators can use it to keep the value out of logs,
/// caches and analytics.
#[TypeDirective(name = "personalData", location = "FieldDefinition")]
pub fn personal_data(
    #[graphql(
        desc = "The category under which the value is recorded, restricted, retained and erased; null where it can be any or several."
    )]
    category: Option<vocabulary::DataCategory>,
) {
}

/// The argument of `@requiresScopes` for a field that any of these scopes opens.
pub fn any_of(scopes: &[Scope]) -> Vec<Vec<String>> {
    scopes.iter().map(|scope| vec![scope.text().to_owned()]).collect()
}

/// What the schema says of one field.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FieldPolicy {
    /// Alternatives of scopes; empty where every valid token may.
    pub scopes: Vec<Vec<Scope>>,
    /// Whether the field carries personal data, and of which category.
    pub personal: PersonalData,
    /// The named type that the field gives.
    pub gives: String,
}

/// What `@personalData` says of a field.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum PersonalData {
    /// The field carries none.
    #[default]
    Not,
    /// Of one category.
    Of(DataCategory),
    /// Of any category, or several.
    OfAny,
}

/// The schema breaks a rule of its own; it is not served then.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PolicyError {
    /// The printed SDL does not parse.
    #[error("the printed schema does not parse")]
    Unreadable,
    /// A root field or a field with personal data names no scopes.
    #[error("{0} names no scopes")]
    NoScopes(String),
    /// A field names a scope that does not exist.
    #[error("{0} names an unknown scope or category")]
    Unknown(String),
}

/// Root fields that decide by themselves: `viewer` and `privacyNotice` are open to every valid token, `node` and `nodes` ask
/// for what the found object's own field asks for (contract rule 16).
const DECIDES_ITSELF: [&str; 4] = ["viewer", "privacyNotice", "node", "nodes"];

/// Fields by the type that they belong to.
pub type ClosedFields = HashMap<String, HashSet<String>>;

/// The policy of every field of the schema.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PolicyTable(HashMap<String, BTreeMap<String, FieldPolicy>>);

impl PolicyTable {
    /// Reads the table from printed SDL.
    ///
    /// # Errors
    /// [`PolicyError`] for a schema that may not be served.
    pub fn read(sdl: &str) -> Result<Self, PolicyError> {
        let document = async_graphql_parser::parse_schema(sdl).map_err(|_| PolicyError::Unreadable)?;
        let table = Self(types(document)?);
        table.check()?;
        Ok(table)
    }

    /// The policy of a field; `None` for a field that the schema does not have.
    #[must_use]
    pub fn of(&self, type_name: &str, field: &str) -> Option<&FieldPolicy> {
        self.0.get(type_name)?.get(field)
    }

    fn check(&self) -> Result<(), PolicyError> {
        for (type_name, fields) in &self.0 {
            let root = matches!(type_name.as_str(), "Query" | "Mutation" | "Subscription");
            for (field, policy) in fields {
                let needed =
                    root && !DECIDES_ITSELF.contains(&field.as_str()) || policy.personal != PersonalData::Not;
                if needed && policy.scopes.is_empty() {
                    return Err(PolicyError::NoScopes(format!("{type_name}.{field}")));
                }
            }
        }
        Ok(())
    }

    /// The fields that these scopes do not open, by type.
    #[must_use]
    pub fn closed_to(&self, scopes: &Scopes) -> ClosedFields {
        let closed = self.0.iter().map(|(type_name, fields)| {
            let closed =
                fields.iter().filter(|(_, policy)| !domain::scope::satisfies(scopes, &policy.scopes));
            (type_name.clone(), closed.map(|(field, _)| field.clone()).collect())
        });
        closed.collect()
    }

    /// Scope by field as a page for people: one line a field, sorted.
    #[must_use]
    pub fn print(&self) -> String {
        let mut page =
            String::from("# Which scopes open which field: any of the alternatives, all scopes of it.\n");
        let types: BTreeMap<_, _> = self.0.iter().collect();
        for (type_name, fields) in types {
            for (field, policy) in fields {
                let own = type_name == "Query" && DECIDES_ITSELF.contains(&field.as_str());
                if policy.scopes.is_empty() && !own {
                    continue;
                }
                let alternatives = policy
                    .scopes
                    .iter()
                    .map(|all| all.iter().map(|scope| scope.text()).collect::<Vec<_>>().join(" + "));
                let scopes = alternatives.collect::<Vec<_>>().join(" | ");
                let scopes = if own { "(decides by itself)" } else { &scopes };
                let personal = match policy.personal {
                    PersonalData::Not => String::new(),
                    PersonalData::Of(category) => format!("  personal: {}", category.code()),
                    PersonalData::OfAny => "  personal: any".to_owned(),
                };
                // Writing to a string does not fail.
                let _infallible = writeln!(page, "{type_name}.{field}: {scopes}{personal}");
            }
        }
        page
    }

    /// The categories that a selection below a field can show, for entries that are written before the answer is made.
    #[must_use]
    pub fn shown_below(&self, type_name: &str, field: async_graphql::SelectionField<'_>) -> Categories {
        let mut shown = Categories::new();
        let Some(policy) = self.of(type_name, field.name()) else {
            return shown;
        };
        match policy.personal {
            PersonalData::Not => {}
            PersonalData::Of(category) => drop(shown.insert(category)),
            PersonalData::OfAny => shown.extend(DataCategory::ALL),
        }
        for below in field.selection_set() {
            shown.extend(self.shown_below(&policy.gives, below));
        }
        shown
    }
}

fn types(document: ServiceDocument) -> Result<HashMap<String, BTreeMap<String, FieldPolicy>>, PolicyError> {
    let mut types = HashMap::new();
    for definition in document.definitions {
        let TypeSystemDefinition::Type(definition) = definition else {
            continue;
        };
        let name = definition.node.name.node.to_string();
        let (TypeKind::Object(async_graphql_parser::types::ObjectType { fields, .. })
        | TypeKind::Interface(async_graphql_parser::types::InterfaceType { fields, .. })) =
            definition.node.kind
        else {
            continue;
        };
        let policies =
            fields.into_iter().map(|field| policy(&name, &field.node)).collect::<Result<_, _>>()?;
        types.insert(name, policies);
    }
    Ok(types)
}

fn policy(type_name: &str, field: &FieldDefinition) -> Result<(String, FieldPolicy), PolicyError> {
    let unknown = || PolicyError::Unknown(format!("{type_name}.{}", field.name.node));
    let mut policy = FieldPolicy { gives: named(&field.ty.node.base), ..FieldPolicy::default() };
    for directive in &field.directives {
        match directive.node.name.node.as_str() {
            "requiresScopes" => policy.scopes = scopes(&directive.node).ok_or_else(unknown)?,
            "personalData" => policy.personal = category(&directive.node).ok_or_else(unknown)?,
            _ => {}
        }
    }
    Ok((field.name.node.to_string(), policy))
}

fn named(base: &async_graphql_parser::types::BaseType) -> String {
    match base {
        async_graphql_parser::types::BaseType::Named(name) => name.to_string(),
        async_graphql_parser::types::BaseType::List(inner) => named(&inner.base),
    }
}

fn argument<'d>(directive: &'d ConstDirective, name: &str) -> Option<&'d ConstValue> {
    directive.arguments.iter().find(|(argument, _)| argument.node == name).map(|(_, value)| &value.node)
}

fn scopes(directive: &ConstDirective) -> Option<Vec<Vec<Scope>>> {
    let ConstValue::List(alternatives) = argument(directive, "scopes")? else {
        return None;
    };
    let all = |alternative: &ConstValue| match alternative {
        ConstValue::List(scopes) => scopes
            .iter()
            .map(|scope| match scope {
                ConstValue::String(text) => Scope::from_text(text),
                _ => None,
            })
            .collect(),
        _ => None,
    };
    alternatives.iter().map(all).collect()
}

fn category(directive: &ConstDirective) -> Option<PersonalData> {
    match argument(directive, "category") {
        None | Some(ConstValue::Null) => Some(PersonalData::OfAny),
        Some(ConstValue::Enum(name)) => DataCategory::from_code(name.as_str()).map(PersonalData::Of),
        Some(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_schema_whose_root_field_or_personal_field_names_no_scopes_is_not_served() {
        let no_scopes = |field: &str| Err(PolicyError::NoScopes(field.to_owned()));
        for (sdl, expected) in [
            ("type Query { people: Int }", no_scopes("Query.people")),
            ("type Mutation { erase: Int }", no_scopes("Mutation.erase")),
            ("type Subscription { erased: Int }", no_scopes("Subscription.erased")),
            ("type Person { name: String @personalData(category: NAME) }", no_scopes("Person.name")),
            (
                "type Query { people: Int @requiresScopes(scopes: [[\"people:read\"]]) }",
                Err(PolicyError::Unknown("Query.people".to_owned())),
            ),
            ("type Query {", Err(PolicyError::Unreadable)),
            ("type Query { viewer: Int people: Int @requiresScopes(scopes: [[\"subjects:read\"]]) }", Ok(())),
        ] {
            assert_eq!(PolicyTable::read(sdl).map(drop), expected, "{sdl}");
        }
    }
}
