#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use async_graphql::EmptySubscription;
use async_graphql_parser::types::{
    BaseType, InputObjectType, InterfaceType, ObjectType, ServiceDocument, Type, TypeKind,
    TypeSystemDefinition,
};
use domain::scope::{Scope, Scopes};

use super::*;
use crate::graphql::{operator, tenant};

static OF_TENANTS: LazyLock<Views<tenant::Query, tenant::Mutation, tenant::Subscription>> =
    LazyLock::new(|| Views::new(tenant::builder, Arc::new(tenant::build().unwrap().1), tenant::WAYS));
static OF_OPERATORS: LazyLock<Views<operator::Query, operator::Mutation, EmptySubscription>> =
    LazyLock::new(|| Views::new(operator::builder, Arc::new(operator::build().unwrap().1), operator::WAYS));

/// A tenant's and an operator's part of the schema.
fn printed(scopes: &Scopes) -> [String; 2] {
    [OF_TENANTS.of(scopes).sdl.clone(), OF_OPERATORS.of(scopes).sdl.clone()]
}

/// The sets of scopes that occur: none, each alone, all of a tenant, of a person, of the operator.
fn occurring() -> Vec<Scopes> {
    let all = || Scope::ALL.iter().copied();
    let single = all().map(|scope| Scopes::from([scope]));
    let tenant = all().filter(|scope| !scope.is_operator() && !scope.is_self_service()).collect();
    let person = all().filter(|scope| scope.is_self_service()).collect();
    let operator = all().filter(|scope| scope.is_operator()).collect();
    let several = [Scopes::new(), tenant, person, operator, all().collect()];
    single.chain(several).collect()
}

fn named(ty: &Type) -> String {
    match &ty.base {
        BaseType::Named(name) => name.to_string(),
        BaseType::List(inner) => named(inner),
    }
}

/// What each type refers to; for an object and an interface also how many fields there are.
fn references(document: &ServiceDocument) -> BTreeMap<String, (Vec<String>, Option<usize>)> {
    let mut types = BTreeMap::new();
    for definition in &document.definitions {
        let TypeSystemDefinition::Type(definition) = definition else { continue };
        let mut to = Vec::new();
        let mut size = None;
        match &definition.node.kind {
            TypeKind::Object(ObjectType { fields, implements })
            | TypeKind::Interface(InterfaceType { fields, implements }) => {
                size = Some(fields.len());
                to.extend(implements.iter().map(|name| name.node.to_string()));
                for field in fields {
                    to.push(named(&field.node.ty.node));
                    to.extend(field.node.arguments.iter().map(|argument| named(&argument.node.ty.node)));
                }
            }
            TypeKind::InputObject(InputObjectType { fields }) => {
                size = Some(fields.len());
                to.extend(fields.iter().map(|field| named(&field.node.ty.node)));
            }
            _ => {}
        }
        types.insert(definition.node.name.node.to_string(), (to, size));
    }
    types
}

#[test]
fn each_part_is_a_valid_schema_without_anything_that_nothing_leads_to() {
    for scopes in occurring() {
        for sdl in printed(&scopes) {
            let document = async_graphql_parser::parse_schema(&sdl).unwrap();
            let types = references(&document);
            let built_in = ["Int", "Float", "String", "Boolean", "ID"];
            let mut referred: BTreeSet<&str> =
                BTreeSet::from(["Query", "Mutation", "Subscription", "DataCategory"]);
            for (name, (to, size)) in &types {
                assert_ne!(*size, Some(0), "{scopes:?}: {name} is empty");
                for one in to {
                    let known = types.contains_key(one) || built_in.contains(&one.as_str());
                    assert!(known, "{scopes:?}: {name} leads to {one}, which is not there");
                    referred.insert(one);
                }
            }
            let nodes = sdl
                .lines()
                .filter_map(|line| Some(line.strip_prefix("type ")?.split_once(" implements Node")?.0));
            referred.extend(nodes);
            let idle: Vec<_> = types.keys().filter(|name| !referred.contains(name.as_str())).collect();
            assert!(idle.is_empty(), "{scopes:?}: nothing leads to {idle:?}");
        }
    }
}

#[test]
fn a_field_is_shown_exactly_where_its_scopes_open_it() {
    let (schema, _) = tenant::build().unwrap();
    let whole = sdl::print(&schema);
    let all = PolicyTable::read(&whole).unwrap();
    for scopes in occurring() {
        let [part, _] = printed(&scopes);
        let shown = PolicyTable::read(&part).unwrap();
        let closed = all.closed_to(&scopes);
        for (ty, fields) in &all.closed_to(&Scopes::new()) {
            for field in fields {
                let opened = !closed[ty].contains(field);
                if !opened || ["Query", "Mutation", "Subscription"].contains(&ty.as_str()) {
                    assert_eq!(shown.of(ty, field).is_some(), opened, "{scopes:?}: {ty}.{field}");
                }
            }
        }
    }
}

#[test]
fn all_scopes_together_show_the_whole() {
    let (tenants, operators) = (tenant::build().unwrap().0, operator::build().unwrap().0);
    let everything = Scope::ALL.iter().copied().collect();
    assert_eq!(printed(&everything), [sdl::print(&tenants), sdl::print(&operators)]);
}

#[test]
fn a_part_can_be_told_from_another_and_is_the_same_each_time() {
    let read = Scopes::from([Scope::ConsentsRead]);
    let [one, _] = printed(&read);
    assert_eq!(one, OF_TENANTS.make(&read).sdl, "made anew");
    assert!(one.contains("type Consent implements Node") && !one.contains("dataSubjects"));
    assert_ne!(one, printed(&Scopes::new())[0]);
}

/// What `node` leads to would be missing from every part otherwise.
#[test]
fn there_is_a_way_to_every_type_that_node_stands_for() {
    for (sdl, ways) in [
        (sdl::print(&tenant::build().unwrap().0), tenant::WAYS),
        (sdl::print(&operator::build().unwrap().0), operator::WAYS),
    ] {
        let policy = PolicyTable::read(&sdl).unwrap();
        let nodes: BTreeSet<_> = sdl
            .lines()
            .filter_map(|line| Some(line.strip_prefix("type ")?.split_once(" implements Node")?.0))
            .collect();
        assert_eq!(ways.iter().map(|way| way.to).collect::<BTreeSet<_>>(), nodes);
        for way in ways {
            assert!(policy.of(way.through.0, way.through.1).is_some(), "{way:?}");
        }
    }
}
