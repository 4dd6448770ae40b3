//! One refused field does not take its page down: what can fail by itself is nullable, or stands here with a reason.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeMap;
use std::fmt::Write as _;

use async_graphql_parser::types::{
    FieldDefinition, InterfaceType, ObjectType, TypeKind, TypeSystemDefinition,
};

use super::api::{OperatorApi, TenantApi};

/// Promised to clients as it is, and to loosen it would break them.
const PROMISED: &str = "promised non-null in the first release";
/// It comes with its object, and is refused with it.
const WITH_ITS_OBJECT: &str = "asks for no more than its object does; only an argument can be wrong";

/// Fields that can fail by themselves and are not nullable. Fields of `Query` are told in one line.
const NON_NULL: &[(&str, &str)] = &[
    ("AuditEvent.canonicalJson", PROMISED),
    ("DataSubject.accessLog", PROMISED),
    ("DataSubject.accountingRecords", PROMISED),
    ("DataSubject.consents", PROMISED),
    ("DataSubject.erasurePlan", PROMISED),
    ("DataSubject.legalHolds", PROMISED),
    ("DataSubject.restrictions", PROMISED),
    ("DataSubject.rightsRequests", PROMISED),
    ("ExportPackage.downloadUrl", PROMISED),
    ("ExportPackage.sha256", PROMISED),
    ("ProcessingRecord.document", PROMISED),
    ("ProcessingRecord.printed", WITH_ITS_OBJECT),
    ("ProcessorAgreement.instructionLog", WITH_ITS_OBJECT),
    ("Query.agreementTemplates", PROMISED),
    ("Query.auditCheckpoint", PROMISED),
    ("Query.auditConsistency", PROMISED),
    ("Query.auditEvents", PROMISED),
    ("Query.dataSubjects", PROMISED),
    ("Query.downstreamSystems", PROMISED),
    ("Query.nodes", PROMISED),
    ("Query.notices", "a list like its neighbours"),
    ("Query.personalDataBreaches", PROMISED),
    ("Query.privacyNotice", PROMISED),
    ("Query.processingRecord", PROMISED),
    ("Query.retentionForecast", PROMISED),
    ("Query.retentionRules", PROMISED),
    ("Query.rightsRequests", PROMISED),
    ("Query.subprocessors", PROMISED),
    ("Query.tenants", PROMISED),
    ("RightsRequest.deadlineExplanation", PROMISED),
    ("RightsRequest.rectifications", PROMISED),
    ("Tenant.agreements", PROMISED),
];

/// The same as a table of `docs/errors.md`.
pub fn table() -> String {
    let mut table = "| field | why it is not nullable |\n| --- | --- |\n".to_owned();
    for (field, why) in NON_NULL.iter().filter(|(field, _)| !field.starts_with("Query.")) {
        writeln!(table, "| `{field}` | {why} |").unwrap();
    }
    let roots = "every list and record of `Query`, at both APIs (`dataSubject`, `rightsRequest`, `me` and `node` are nullable)";
    writeln!(table, "| {roots} | {PROMISED}; `data` is null then |").unwrap();
    table
}

/// Whether a field can be refused, or found wrong, while the object that it stands in is not: it names scopes or carries
/// personal data, or it takes arguments.
fn fails_by_itself(field: &FieldDefinition) -> bool {
    let marked = ["requiresScopes", "personalData"];
    !field.arguments.is_empty()
        || field.directives.iter().any(|used| marked.contains(&used.node.name.node.as_str()))
}

fn fields(sdl: &str) -> Vec<(String, FieldDefinition)> {
    let mut all = Vec::new();
    for definition in async_graphql_parser::parse_schema(sdl).unwrap().definitions {
        let TypeSystemDefinition::Type(ty) = definition else { continue };
        let name = ty.node.name.node.to_string();
        let (TypeKind::Object(ObjectType { fields, .. }) | TypeKind::Interface(InterfaceType { fields, .. })) =
            ty.node.kind
        else {
            continue;
        };
        // A mutation that is refused has nothing beside it that could stay, and a subscription is one field.
        if name == "Mutation" || name == "Subscription" {
            continue;
        }
        all.extend(fields.into_iter().map(|field| (format!("{name}.{}", field.node.name.node), field.node)));
    }
    all
}

#[test]
fn what_can_fail_by_itself_is_nullable_or_listed_with_a_reason() {
    let mut listed: BTreeMap<&str, &str> = NON_NULL.iter().copied().collect();
    let known = listed.clone();
    let mut checked = 0;
    for sdl in [TenantApi::sdl().unwrap(), OperatorApi::sdl().unwrap()] {
        for (name, field) in fields(&sdl) {
            if !fails_by_itself(&field) {
                continue;
            }
            checked += 1;
            listed.remove(name.as_str());
            let excused = field.ty.node.nullable || known.contains_key(name.as_str());
            assert!(excused, "{name} can fail by itself: make it nullable, or list it with a reason");
        }
    }
    assert!(checked > 40, "{checked}");
    assert!(listed.is_empty(), "not in the schemas: {listed:?}");
}
