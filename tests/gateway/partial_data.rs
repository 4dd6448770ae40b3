//! One refused field does not take its page down: every field that asks for scopes of its own, out of the schema as it is
//! printed, is asked for with a token that has those of the object around it and not its own.

use std::collections::BTreeMap;

use async_graphql_parser::types::{ConstDirective, ObjectType, TypeKind, TypeSystemDefinition};
use async_graphql_value::ConstValue;
use serde_json::{Value, json};
use support::{Caller, Tenant, TestGateway, complete_person, on_both_databases};

use crate::schema::{Member, Schema};
use crate::systems_by_hand;

on_both_databases! { a_refused_field_is_told_at_its_place_and_its_page_stays }

/// How an object of a type is reached: the type, the token's scopes, the operation with `#` for what is selected of the object,
/// and where the object is in the answer.
const ROUTES: &[(&str, &str, &str, &str)] = &[
    (
        "DataSubject",
        "subjects:read",
        "{ dataSubjects { edges { node { # } } } }",
        "dataSubjects.edges.0.node",
    ),
    (
        "DataSubject",
        "rights:read",
        "{ rightsRequests { edges { node { subject { # } } } } }",
        "rightsRequests.edges.0.node.subject",
    ),
    (
        "DownstreamTask",
        "rights:read",
        "{ rightsRequests { edges { node { downstreamTasks { # } } } } }",
        "rightsRequests.edges.0.node.downstreamTasks.0",
    ),
    (
        "RightsRequest",
        "rights:read",
        "{ rightsRequests { edges { node { # } } } }",
        "rightsRequests.edges.0.node",
    ),
    (
        "RightsRequest",
        "rights:write",
        "mutation { submitObjection(input: { subjectId: \"$\", purpose: DIRECT_MARKETING }) { rightsRequest { # } } }",
        "submitObjection.rightsRequest",
    ),
    (
        "AccountingRecord",
        "accounting:write",
        "mutation { recordAccountingRecord(input: { subjectId: \"$\", kind: INVOICE, number: \"P-1\", issuedOn: \"2025-06-30\", fiscalYearEndsOn: \"2025-12-31\", description: \"Prov\" }) { accountingRecord { # } } }",
        "recordAccountingRecord.accountingRecord",
    ),
    ("AuditEvent", "self:read", "{ me { accessLog { edges { node { # } } } } }", "me.accessLog.edges.0.node"),
    ("Tenant", "", "{ viewer { tenant { # } } }", "viewer.tenant"),
];

/// Fields that ask for no more than every way to their object does.
const INSEPARABLE: [&str; 4] = [
    "ExportPackage.downloadUrl",
    "ProcessorAgreement.instructionLog",
    "Rectification.newValue",
    "TenantExport.downloadUrl",
];

/// What the printed schema says of a field.
struct Printed {
    alternatives: Vec<Vec<String>>,
    nullable: bool,
}

async fn a_refused_field_is_told_at_its_place_and_its_page_stays(gateway: &TestGateway) {
    let schema = Schema::read(gateway).await;
    let printed = printed(&gateway.get("schema/gateway.graphql").await.text());
    let tenant = gateway.tenant().await;
    systems_by_hand::registers(&tenant, "Arkiv").await;
    let person = tenant.registers(complete_person("delvis")).await;
    tenant.registers(complete_person("annan")).await;
    tenant.approved("ACCESS", &person, json!({})).await;
    gateway.work().await;
    let mut inseparable: Vec<_> = INSEPARABLE.to_vec();
    for (name, field) in printed {
        let (of, short) = name.split_once('.').unwrap();
        if ["Query", "Mutation", "Subscription"].contains(&of) {
            continue;
        }
        let opens = |scopes: &str| {
            let held: Vec<_> = scopes.split(' ').collect();
            field.alternatives.iter().any(|all| all.iter().all(|scope| held.contains(&scope.as_str())))
        };
        let route = ROUTES.iter().find(|(reached, scopes, ..)| *reached == of && !opens(scopes));
        let Some(route) = route else {
            let place = inseparable.iter().position(|listed| *listed == name);
            inseparable
                .remove(place.unwrap_or_else(|| panic!("{name} has no route that it can be refused on")));
            continue;
        };
        let members = schema.fields(of);
        let member = members.iter().find(|member| member.name == short).unwrap();
        refused(&tenant, &person, route, (&schema, member, field.nullable)).await;
    }
    assert_eq!(inseparable, Vec::<&str>::new(), "not in the schema");
}

async fn refused(
    tenant: &Tenant<'_>,
    person: &str,
    (_, scopes, text, place): &(&str, &str, &str, &str),
    (schema, member, nullable): (&Schema, &Member, bool),
) {
    let selection = format!("__typename {}", schema.selection(member, person));
    let text = text.replace('#', &selection).replace('$', person);
    let caller: Caller<'_> = match *scopes {
        "self:read" => tenant.person_with(person, scopes),
        _ => tenant.staff(scopes),
    };
    let answer = caller.query(&text, Value::Null).await;
    let parts = place.split('.').chain([member.name.as_str()]);
    let path: Vec<Value> =
        parts.map(|part| part.parse::<u64>().map_or_else(|_| json!(part), |at| json!(at))).collect();
    let own: Vec<Value> = answer.errors().into_iter().filter(|error| error["path"] == json!(path)).collect();
    let [error] = &own[..] else { panic!("no error at {path:?}: {text} {}", answer.text()) };
    assert_eq!(error["extensions"]["code"], "FORBIDDEN", "{text}: {}", answer.text());
    let object = answer.at(&format!("/data/{}", place.replace('.', "/")));
    if nullable {
        assert!(object["__typename"].is_string(), "{text}: {}", answer.text());
        assert_eq!(object[member.name.as_str()], Value::Null, "{text}");
    } else {
        assert_eq!(object, Value::Null, "{text}: {}", answer.text());
    }
}

/// The fields that name scopes.
fn printed(sdl: &str) -> BTreeMap<String, Printed> {
    let mut all = BTreeMap::new();
    for definition in async_graphql_parser::parse_schema(sdl).unwrap().definitions {
        let TypeSystemDefinition::Type(ty) = definition else { continue };
        let name = ty.node.name.node.to_string();
        let TypeKind::Object(ObjectType { fields, .. }) = ty.node.kind else { continue };
        for field in fields {
            let nullable = field.node.ty.node.nullable;
            let used = field.node.directives.iter().find(|used| used.node.name.node == "requiresScopes");
            if let Some(used) = used {
                let printed = Printed { alternatives: alternatives(&used.node), nullable };
                all.insert(format!("{name}.{}", field.node.name.node), printed);
            }
        }
    }
    all
}

fn alternatives(directive: &ConstDirective) -> Vec<Vec<String>> {
    let items = |value: &ConstValue| match value {
        ConstValue::List(items) => items.clone(),
        _ => Vec::new(),
    };
    let text = |value: &ConstValue| match value {
        ConstValue::String(text) => text.clone(),
        _ => String::new(),
    };
    items(&directive.arguments[0].1.node).iter().map(|all| items(all).iter().map(text).collect()).collect()
}
