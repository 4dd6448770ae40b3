//! How a schema becomes a part of itself: closed fields go, then whatever nothing leads to any more.

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::BTreeSet;

use async_graphql::registry::{MetaField, MetaType, MetaTypeName, Registry};
use async_graphql::{ContextSelectionSet, OutputType, Positioned, ServerResult, Value};
use async_graphql_parser::types::Field;

use crate::graphql::gate::ClosedFields;

/// How a type is reached through an interface, which else would lead to all that implement it.
#[derive(Debug, Clone, Copy)]
pub struct Way {
    /// The type.
    pub to: &'static str,
    /// The type and field for which a token needs the scopes.
    pub through: (&'static str, &'static str),
}

/// What is taken out of a schema.
pub struct Narrowing {
    /// Fields that the scopes do not open.
    pub closed: ClosedFields,
    /// Types that an interface leads to.
    pub opened: BTreeSet<&'static str>,
}

thread_local! {
    /// The engine makes its registry from types and not from values, so that this is handed over beside the call.
    static PRESENT: RefCell<Option<Narrowing>> = const { RefCell::new(None) };
}

impl Narrowing {
    /// What `build` makes with this narrowing; it is to register [`Narrowed`] behind all other types.
    pub fn apply_to<T>(self, build: impl FnOnce() -> T) -> T {
        PRESENT.set(Some(self));
        let made = build();
        PRESENT.take();
        made
    }

    fn narrow(&self, registry: &mut Registry) {
        for (name, ty) in &mut registry.types {
            if let (MetaType::Object { fields, .. }, Some(closed)) = (ty, self.closed.get(name)) {
                fields.retain(|field, _| !closed.contains(field));
            }
        }
        while self.drop_the_unreachable(registry) {}
        for root in [&mut registry.mutation_type, &mut registry.subscription_type] {
            root.take_if(|name| !registry.types.contains_key(name));
        }
        registry.implements.retain(|name, _| registry.types.contains_key(name));
        for interfaces in registry.implements.values_mut() {
            interfaces.retain(|name| registry.types.contains_key(name));
        }
    }

    /// One round; says whether another is needed.
    fn drop_the_unreachable(&self, registry: &mut Registry) -> bool {
        let reached = self.reached(registry);
        let before = registry.types.len();
        registry.types.retain(|name, ty| is_built_in(name) || (reached.contains(name) && !is_empty(ty)));
        let left: BTreeSet<String> = registry.types.keys().cloned().collect();
        let mut changed = left.len() < before;
        for ty in registry.types.values_mut() {
            match ty {
                MetaType::Object { fields, .. } => {
                    let fields_before = fields.len();
                    fields.retain(|_, field| left.contains(MetaTypeName::concrete_typename(&field.ty)));
                    changed |= fields.len() < fields_before;
                }
                MetaType::Interface { possible_types, .. } | MetaType::Union { possible_types, .. } => {
                    possible_types.retain(|name| left.contains(name));
                }
                MetaType::Scalar { .. } | MetaType::Enum { .. } | MetaType::InputObject { .. } => {}
            }
        }
        changed
    }

    /// The names of all types that the roots and the directives lead to.
    fn reached(&self, registry: &Registry) -> BTreeSet<String> {
        let roots = [
            Some(&registry.query_type),
            registry.mutation_type.as_ref(),
            registry.subscription_type.as_ref(),
        ];
        let mut pending: Vec<&str> = roots.into_iter().flatten().map(String::as_str).collect();
        let arguments = registry.directives.values().flat_map(|directive| directive.args.values());
        pending.extend(arguments.map(|argument| MetaTypeName::concrete_typename(&argument.ty)));
        let mut reached = BTreeSet::new();
        while let Some(name) = pending.pop() {
            if !reached.contains(name)
                && let Some(ty) = registry.types.get(name)
            {
                reached.insert(name.to_owned());
                self.lead_on(ty, &mut pending);
            }
        }
        reached
    }

    fn lead_on<'r>(&self, ty: &'r MetaType, pending: &mut Vec<&'r str>) {
        match ty {
            MetaType::Object { fields, .. } => fields.values().for_each(|field| lead_on(field, pending)),
            MetaType::Interface { fields, possible_types, .. } => {
                fields.values().for_each(|field| lead_on(field, pending));
                let names = possible_types.iter().map(String::as_str);
                pending.extend(names.filter(|name| self.opened.contains(name)));
            }
            MetaType::Union { possible_types, .. } => {
                pending.extend(possible_types.iter().map(String::as_str));
            }
            MetaType::InputObject { input_fields, .. } => {
                pending.extend(input_fields.values().map(|field| MetaTypeName::concrete_typename(&field.ty)));
            }
            MetaType::Scalar { .. } | MetaType::Enum { .. } => {}
        }
    }
}

fn lead_on<'r>(field: &'r MetaField, pending: &mut Vec<&'r str>) {
    pending.push(MetaTypeName::concrete_typename(&field.ty));
    pending.extend(field.args.values().map(|argument| MetaTypeName::concrete_typename(&argument.ty)));
}

/// What every schema has: the types of introspection and the scalars of the specification.
fn is_built_in(name: &str) -> bool {
    name.starts_with("__") || ["Int", "Float", "String", "Boolean", "ID"].contains(&name)
}

fn is_empty(ty: &MetaType) -> bool {
    match ty {
        MetaType::Object { fields, .. } => fields.keys().all(|name| name.starts_with("__")),
        MetaType::Union { possible_types, .. } => possible_types.is_empty(),
        _ => false,
    }
}

/// Registered last, it takes out of the registry what the present narrowing closes.
pub struct Narrowed;

impl OutputType for Narrowed {
    fn type_name() -> Cow<'static, str> {
        "String".into()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        PRESENT.with_borrow(|present| {
            if let Some(narrowing) = present {
                narrowing.narrow(registry);
            }
        });
        Self::type_name().into_owned()
    }

    async fn resolve(&self, _: &ContextSelectionSet<'_>, _: &Positioned<Field>) -> ServerResult<Value> {
        Ok(Value::Null)
    }
}
