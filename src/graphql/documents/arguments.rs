//! Where variables stand in a validated document, so that their values can be checked without validating it again.
//!
//! Of the engine's rules one alone looks at values of variables: that each argument fits its type. What is kept here is each
//! argument that holds a variable, with its type; [`Arguments::fit`] says of values that they fit only where that rule does. Where it
//! does not say so, the engine is asked, so that the answer and its words are the engine's own in every case.

use async_graphql::Variables;
use async_graphql::registry::{MetaType, MetaTypeName, Registry};
use async_graphql_parser::Positioned;
use async_graphql_parser::types::{Directive, ExecutableDocument, OperationType, Selection, SelectionSet};
use async_graphql_value::{ConstValue, Name, Value};

use super::weight;

/// The arguments of a document that hold variables.
#[derive(Default)]
pub struct Arguments {
    held: Vec<Argument>,
    /// Whether there are arguments of unknown types, of which nothing can be said here.
    beyond: bool,
}

struct Argument {
    ty: String,
    value: Value,
}

impl Arguments {
    /// The arguments of a document that passed validation against a schema.
    pub fn of(document: &ExecutableDocument, registry: &Registry) -> Self {
        let mut collecting = Collecting { registry, found: Self::default() };
        for (_, operation) in document.operations.iter() {
            let root = match operation.node.ty {
                OperationType::Query => Some(registry.query_type.as_str()),
                OperationType::Mutation => registry.mutation_type.as_deref(),
                OperationType::Subscription => registry.subscription_type.as_deref(),
            };
            let root = root.and_then(|root| registry.types.get(root));
            collecting.directives(&operation.node.directives);
            for variable in &operation.node.variable_definitions {
                collecting.directives(&variable.node.directives);
            }
            collecting.set(&operation.node.selection_set.node, root);
        }
        for fragment in document.fragments.values() {
            let on = registry.types.get(fragment.node.type_condition.node.on.node.as_str());
            collecting.directives(&fragment.node.directives);
            collecting.set(&fragment.node.selection_set.node, on);
        }
        collecting.found
    }

    /// Whether the values surely fit. Where this is false, validation says what is wrong, or that nothing is.
    pub fn fit(&self, registry: &Registry, variables: &Variables) -> bool {
        let fits = |argument: &Argument| {
            let given = |name: Name| variables.get(&name).cloned().ok_or(());
            // An argument with a variable that was left out is no matter of validation.
            let value = argument.value.clone().into_const_with(given);
            value.map_or(true, |value| fits(registry, &argument.ty, &value))
        };
        !self.beyond && self.held.iter().all(fits)
    }

    /// Bytes that they take.
    pub fn weight(&self) -> usize {
        let below = self.held.iter().map(|argument| argument.ty.capacity() + weight::value(&argument.value));
        self.held.capacity() * size_of::<Argument>() + below.sum::<usize>()
    }
}

struct Collecting<'r> {
    registry: &'r Registry,
    found: Arguments,
}

impl<'r> Collecting<'r> {
    fn set(&mut self, set: &SelectionSet, of: Option<&'r MetaType>) {
        for selection in &set.items {
            match &selection.node {
                Selection::Field(field) => {
                    let field = &field.node;
                    self.directives(&field.directives);
                    let known = of.and_then(|of| of.field_by_name(field.name.node.as_str()));
                    for (name, value) in &field.arguments {
                        let ty = known.and_then(|known| known.args.get(name.node.as_str()));
                        self.argument(ty.map(|argument| argument.ty.as_str()), &value.node);
                    }
                    let below = known.and_then(|known| {
                        self.registry.types.get(MetaTypeName::concrete_typename(&known.ty))
                    });
                    self.set(&field.selection_set.node, below);
                }
                Selection::FragmentSpread(spread) => self.directives(&spread.node.directives),
                Selection::InlineFragment(inline) => {
                    let inline = &inline.node;
                    self.directives(&inline.directives);
                    let on = inline.type_condition.as_ref();
                    let on = on.map(|on| self.registry.types.get(on.node.on.node.as_str()));
                    self.set(&inline.selection_set.node, on.unwrap_or(of));
                }
            }
        }
    }

    fn directives(&mut self, directives: &[Positioned<Directive>]) {
        for directive in directives {
            let known = self.registry.directives.get(directive.node.name.node.as_str());
            for (name, value) in &directive.node.arguments {
                let ty = known.and_then(|known| known.args.get(name.node.as_str()));
                self.argument(ty.map(|argument| argument.ty.as_str()), &value.node);
            }
        }
    }

    fn argument(&mut self, ty: Option<&str>, value: &Value) {
        if !holds_variable(value) {
            return;
        }
        match ty {
            Some(ty) => self.found.held.push(Argument { ty: ty.to_owned(), value: value.clone() }),
            None => self.found.beyond = true,
        }
    }
}

fn holds_variable(value: &Value) -> bool {
    match value {
        Value::Variable(_) => true,
        Value::List(items) => items.iter().any(holds_variable),
        Value::Object(members) => members.values().any(holds_variable),
        _ => false,
    }
}

/// As the engine's rule, but that anything out of the ordinary does not fit.
fn fits(registry: &Registry, ty: &str, value: &ConstValue) -> bool {
    match MetaTypeName::create(ty) {
        MetaTypeName::NonNull(inner) => *value != ConstValue::Null && fits(registry, inner, value),
        _ if *value == ConstValue::Null => true,
        MetaTypeName::List(inner) => match value {
            ConstValue::List(items) => items.iter().all(|item| fits(registry, inner, item)),
            single => fits(registry, inner, single),
        },
        MetaTypeName::Named(name) => match registry.types.get(name) {
            Some(MetaType::Scalar { is_valid, .. }) => is_valid.as_ref().is_none_or(|valid| valid(value)),
            Some(MetaType::Enum { enum_values, .. }) => match value {
                ConstValue::Enum(name) => enum_values.contains_key(name.as_str()),
                ConstValue::String(name) => enum_values.contains_key(name),
                _ => false,
            },
            Some(MetaType::InputObject { input_fields, oneof, .. }) => {
                let ConstValue::Object(members) = value else { return false };
                let one = members.len() == 1 && members.values().all(|member| *member != ConstValue::Null);
                let needed = |field: &async_graphql::registry::MetaInputValue| {
                    MetaTypeName::create(&field.ty).is_non_null() && field.default_value.is_none()
                };
                (!*oneof || one)
                    && members.keys().all(|name| input_fields.contains_key(name.as_str()))
                    && input_fields.values().all(|field| match members.get(field.name.as_str()) {
                        Some(member) => fits(registry, &field.ty, member),
                        None => !needed(field),
                    })
            }
            _ => false,
        },
    }
}
