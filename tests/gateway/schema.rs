//! The schema that the running gateway prints: what tests derive their cases from, so that a new field is tested or
//! missed loudly.

use serde_json::{Map, Value, json};
use support::{TestGateway, on_both_databases};

on_both_databases! { introspection_is_answered_within_the_limits }

const TYPE_REF: &str = "type { kind name ofType { kind name ofType { kind name ofType { kind name } } } }";

async fn introspection_is_answered_within_the_limits(gateway: &TestGateway) {
    let schema = Schema::read(gateway).await;
    assert!(schema.fields("Query").iter().any(|field| field.name == "dataSubjects"));
    assert!(schema.fields("Mutation").iter().any(|field| field.name == "registerDataSubject"));
}

/// All types by name.
pub struct Schema(Map<String, Value>);

/// A field or a member of an input, with its type.
pub struct Member {
    /// Its name.
    pub name: String,
    /// Its arguments; a member of an input has none.
    pub arguments: Vec<Member>,
    kind: Value,
    default: Value,
}

impl Schema {
    /// Asks the gateway for its schema.
    pub async fn read(gateway: &TestGateway) -> Self {
        let query = format!(
            "{{ __schema {{ types {{ kind name enumValues {{ name }} inputFields {{ name defaultValue {TYPE_REF} }} \
             fields {{ name {TYPE_REF} args {{ name defaultValue {TYPE_REF} }} }} }} }} }}"
        );
        let tenant = gateway.tenant().await;
        let answer = tenant.admin().query(&query, Value::Null).await;
        let types = answer.data("/__schema/types");
        let named = |kind: &Value| Some((kind["name"].as_str()?.to_owned(), kind.clone()));
        Self(types.as_array().into_iter().flatten().filter_map(named).collect())
    }

    /// The fields of an object type.
    pub fn fields(&self, of: &str) -> Vec<Member> {
        members(&self.0[of]["fields"])
    }

    /// Every argument and every member of an argument's input that takes an identifier, as `Query.node id`.
    pub fn identifiers(&self) -> Vec<String> {
        let mut all = Vec::new();
        for name in self.0.keys().filter(|name| !name.starts_with("__")) {
            for field in members(&self.0[name]["fields"]) {
                for argument in &field.arguments {
                    self.collect(&format!("{name}.{}", field.name), argument, &mut all);
                }
            }
        }
        all.sort();
        all
    }

    fn collect(&self, at: &str, member: &Member, all: &mut Vec<String>) {
        let at = format!("{at} {}", member.name);
        let named = innermost(&member.kind);
        if named["name"] == "ID" {
            all.push(at);
        } else if named["kind"] == "INPUT_OBJECT" {
            for inner in members(&self.0[named["name"].as_str().unwrap()]["inputFields"]) {
                self.collect(&at, &inner, all);
            }
        }
    }

    /// An operation with this root field alone, filled with whatever makes it well formed.
    pub fn operation(&self, of: &str, field: &Member, id: &str) -> String {
        format!("{} {{ {} }}", of.to_lowercase(), self.selection(field, id))
    }

    /// A field with whatever makes it well formed.
    pub fn selection(&self, field: &Member, id: &str) -> String {
        let given = |argument: &&Member| argument.kind["kind"] == "NON_NULL" && argument.default.is_null();
        let arguments: Vec<String> = field
            .arguments
            .iter()
            .filter(given)
            .map(|argument| format!("{}: {}", argument.name, self.literal(&argument.kind, id)))
            .collect();
        let arguments =
            if arguments.is_empty() { String::new() } else { format!("({})", arguments.join(", ")) };
        let leaf = matches!(innermost(&field.kind)["kind"].as_str(), Some("SCALAR" | "ENUM"));
        let selection = if leaf { "" } else { "{ __typename }" };
        format!("{}{arguments} {selection}", field.name)
    }

    fn literal(&self, kind: &Value, id: &str) -> String {
        match kind["kind"].as_str() {
            Some("NON_NULL") => self.literal(&kind["ofType"], id),
            Some("LIST") => format!("[{}]", self.literal(&kind["ofType"], id)),
            Some("ENUM") => {
                self.0[kind["name"].as_str().unwrap()]["enumValues"][0]["name"].as_str().unwrap().to_owned()
            }
            Some("INPUT_OBJECT") => {
                let inner = members(&self.0[kind["name"].as_str().unwrap()]["inputFields"]);
                let needed = inner.iter().filter(|m| m.kind["kind"] == "NON_NULL" && m.default.is_null());
                let filled: Vec<_> =
                    needed.map(|m| format!("{}: {}", m.name, self.literal(&m.kind, id))).collect();
                format!("{{{}}}", filled.join(", "))
            }
            _ => match kind["name"].as_str() {
                Some("Int") => "1".to_owned(),
                Some("Boolean") => "true".to_owned(),
                Some("ID") => json!(id).to_string(),
                _ => "\"x\"".to_owned(),
            },
        }
    }
}

fn members(list: &Value) -> Vec<Member> {
    let member = |value: &Value| Member {
        name: value["name"].as_str().unwrap().to_owned(),
        arguments: members(&value["args"]),
        kind: value["type"].clone(),
        default: value["defaultValue"].clone(),
    };
    list.as_array().into_iter().flatten().map(member).collect()
}

fn innermost(kind: &Value) -> &Value {
    if kind["ofType"].is_null() { kind } else { innermost(&kind["ofType"]) }
}
