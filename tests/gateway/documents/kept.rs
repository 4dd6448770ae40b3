//! Documents that were checked before: whatever their variables hold, the answer is what it would be without any cache.

use serde_json::{Value, json};
use support::{TestGateway, on_both_databases};

on_both_databases! { a_repeated_document_is_answered_as_if_it_were_new }

const LIST: &str = "query($first: Int, $after: String, $purpose: Purpose!, $filter: DataSubjectFilter) { \
                    dataSubjects(first: $first, after: $after, purpose: $purpose, filter: $filter) { edges { node { id } } } }";
const NODES: &str =
    "query($ids: [ID!]!, $with: Boolean!) { nodes(ids: $ids) @include(if: $with) { id } viewer { scopes } }";
const REGISTER: &str = "mutation($input: RegisterDataSubjectInput!) { registerDataSubject(input: $input) { userErrors { code path } } }";
const WITHIN: &str = "mutation($name: String!, $lines: [String!]!) { registerDataSubject(input: { name: $name, \
                      address: { lines: $lines, postalCode: \"111 11\", locality: \"Stockholm\", country: \"SE\" } }) { userErrors { code path } } }";
const DEFAULTED: &str = "query($purpose: Purpose! = SERVICE_DELIVERY, $first: Int = 3) { \
                         dataSubjects(purpose: $purpose, first: $first) { edges { node { id } } } }";

/// A document, variables that fit it, and others.
type Row = (&'static str, Value, Vec<Value>);

fn queries() -> Vec<Row> {
    let purpose = "SERVICE_DELIVERY";
    vec![
        (
            LIST,
            json!({ "purpose": purpose }),
            vec![
                json!({ "purpose": purpose, "first": 2, "after": null, "filter": null }),
                json!({ "purpose": purpose, "first": "2" }),
                json!({ "purpose": purpose, "first": 2.5 }),
                json!({ "purpose": purpose, "first": true }),
                json!({ "purpose": purpose, "first": [1] }),
                json!({ "purpose": purpose, "first": 99_999_999_999_u64 }),
                json!({ "purpose": purpose, "first": 1_000 }),
                json!({ "purpose": purpose, "after": 7 }),
                json!({ "purpose": purpose, "after": "no cursor" }),
                json!({ "purpose": "NOTHING" }),
                json!({ "purpose": 1 }),
                json!({ "purpose": null }),
                json!({}),
                json!({ "purpose": purpose, "filter": {} }),
                json!({ "purpose": purpose, "filter": [] }),
                json!({ "purpose": purpose, "filter": "x" }),
                json!({ "purpose": purpose, "filter": { "unknown": 1 } }),
                json!({ "purpose": purpose, "unknown": 1 }),
            ],
        ),
        (
            NODES,
            json!({ "ids": [], "with": true }),
            vec![
                json!({ "ids": "subject_x", "with": true }),
                json!({ "ids": ["subject_x", 7], "with": true }),
                json!({ "ids": [null], "with": true }),
                json!({ "ids": [["x"]], "with": true }),
                json!({ "ids": null, "with": true }),
                json!({ "ids": [], "with": false }),
                json!({ "ids": [], "with": "yes" }),
                json!({ "ids": [] }),
                json!({ "with": false }),
            ],
        ),
        (
            DEFAULTED,
            json!({}),
            vec![
                json!({ "purpose": null }),
                json!({ "first": null }),
                json!({ "purpose": "BOOKKEEPING", "first": 1 }),
                json!({ "purpose": "bookkeeping" }),
            ],
        ),
    ]
}

fn changes() -> Vec<Row> {
    vec![
        (
            REGISTER,
            json!({ "input": { "name": "Ada Prov" } }),
            vec![
                json!({ "input": {} }),
                json!({ "input": null }),
                json!({ "input": { "name": null } }),
                json!({ "input": { "name": 7 } }),
                json!({ "input": { "name": "Ada Prov", "unknown": 1 } }),
                json!({ "input": { "name": "Ada Prov", "address": { "lines": "Gatan 1" } } }),
                json!({ "input": { "name": "Ada Prov", "address": "Gatan 1" } }),
                json!({ "input": "Ada Prov" }),
                json!({ "input": [] }),
            ],
        ),
        (
            WITHIN,
            json!({ "name": "Ada Prov", "lines": ["Gatan 1"] }),
            vec![
                json!({ "name": "Ada Prov", "lines": "Gatan 1" }),
                json!({ "name": "Ada Prov", "lines": [7] }),
                json!({ "name": null, "lines": [] }),
                json!({ "lines": [] }),
            ],
        ),
    ]
}

async fn a_repeated_document_is_answered_as_if_it_were_new(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let admin = tenant.admin();
    let mut compared = 0;
    let (mut good, mut bad) = (0, 0);
    for (text, fitting, others) in queries().into_iter().chain(changes()) {
        let first = admin.query(text, fitting.clone()).await;
        assert_eq!(first.code(), "", "{text}: {}", first.text());
        for variables in others.into_iter().chain([fitting]) {
            let kept = admin.query(text, variables.clone()).await;
            // A comment at the end makes another text of it, and moves nothing in it.
            let new = admin.query(&format!("{text} # {compared}"), variables.clone()).await;
            assert_eq!((kept.status, kept.text()), (new.status, new.text()), "{text} with {variables}");
            compared += 1;
            *if kept.code().is_empty() { &mut good } else { &mut bad } += 1;
        }
    }
    assert!(good > 8 && bad > 20, "{good} good ones and {bad} bad ones");
}
