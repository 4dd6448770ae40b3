#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fmt::Write;

use async_graphql::Variables;
use async_graphql::parser::parse_query;
use serde_json::{Value, json};

use super::{LIMIT, cost};

fn with(query: &str, variables: Value) -> u64 {
    let document = parse_query(query).unwrap();
    let (_, operation) = document.operations.iter().next().unwrap();
    cost(&document, &operation.node, &Variables::from_json(variables))
}

fn of(query: &str) -> u64 {
    with(query, json!({}))
}

/// A person with every field, as the console's list of persons shows at its fullest.
const PERSON: &str =
    "id externalReference status name position phone address { lines postalCode city region country }
    email loginName hasPassword createdAt updatedAt __typename
    consents { id purpose status wording grantedAt withdrawnAt source __typename }";

fn persons(first: u64) -> String {
    format!(
        "{{ dataSubjects(first: {first}) {{ edges {{ cursor node {{ {PERSON} }} }} pageInfo {{ endCursor }} }} }}"
    )
}

#[test]
fn lists_multiply_what_is_selected_below_them() {
    let table = [
        ("{ viewer { id } }", 2),
        ("{ __typename viewer { __typename id } }", 2),
        ("{ a: viewer { id } b: viewer { id } }", 4),
        ("{ subprocessors { id name } }", 1 + 5 * 2),
        ("{ notices { id } }", 1 + 5),
        ("{ notices(first: 100) { edges { node { id } } } }", 1 + 100 * 3),
        ("{ dataSubjects { pageInfo { endCursor } totalCount } }", 4),
        ("{ dataSubjects { edges { cursor node { id } } pageInfo { endCursor } } }", 1 + 20 * 4 + 2),
        ("{ dataSubjects(first: 3) { edges { node { id } } } }", 1 + 3 * 3),
        ("{ dataSubjects(first: 3) { nodes { id } } }", 1 + 3 * 2),
        ("{ dataSubjects(first: 3) { ... on X { e: edges { node { id } } } } }", 1 + 3 * 3),
        (
            "{ dataSubjects(first: 3) { edges { node { rightsRequests(first: 2) { edges { node { id } } } } } } }",
            28,
        ),
        (
            "{ agreements(first: 3) { edges { node { instructionLog(first: 2) { edges { node { id } } } } } } }",
            1 + 3 * (1 + 1 + (1 + 2 * 3 + 25)),
        ),
        ("{ dataSubject { erasurePlan { sha256 outcomes { action } } } }", 1 + 1 + 25 + 1 + 6),
        ("{ rightsRequests(first: 3) { edges { node { letter } } } }", 1 + 3 * (1 + 1 + 101)),
        ("{ retentionForecast { entries { category } } }", 1 + 1_000 + 6),
        ("{ auditEvents { edges { cursor } } }", 1 + 50 * 2),
        ("{ auditEvents(first: 1000) { edges { cursor } } }", 1 + 200 * 2),
        ("{ agreements(first: 1000) { edges { cursor } } }", 1 + 100 * 2),
        ("{ agreements(first: -1) { edges { cursor } } }", 1),
        ("{ agreements(first: null) { edges { cursor } } }", 1 + 20 * 2),
        ("{ agreements(first: \"x\") { edges { cursor } } }", 1 + 100 * 2),
        ("{ agreements(first: 1.5) { edges { cursor } } }", 1 + 100 * 2),
        ("{ agreements(first: 99999999999999999999) { edges { cursor } } }", 1 + 100 * 2),
        ("{ nodes(ids: [\"a\", \"b\", \"c\"]) { id __typename } }", 1 + 3),
        ("{ nodes(ids: \"a\") { id } }", 1 + 1),
        ("mutation { grantConsent { consent { id } userErrors { code } } }", 10 + 2 + 6),
        ("mutation { ...M ... { b } } fragment M on Mutation { a }", 20),
        ("{ __schema { types { name fields { name } } } }", 5),
        ("{ ...Nowhere }", 0),
    ];
    for (query, expected) in table {
        assert_eq!(of(query), expected, "{query}");
    }
}

#[test]
fn sizes_are_read_from_variables_and_their_defaults() {
    let page = "query($n: Int = 7) { dataSubjects(first: $n) { edges { cursor } } }";
    let table =
        [(json!({}), 7), (json!({ "n": 3 }), 3), (json!({ "n": null }), 20), (json!({ "n": "x" }), 100)];
    for (variables, size) in table {
        assert_eq!(with(page, variables.clone()), 1 + size * 2, "{variables}");
    }
    assert_eq!(of("query($n: Int) { dataSubjects(first: $n) { edges { cursor } } }"), 1 + 20 * 2);
    let nodes = "query($ids: [ID!]!) { nodes(ids: $ids) { id } }";
    let table = [
        (json!({ "ids": ["a", "b"] }), 2),
        (json!({ "ids": vec!["a"; 500] }), 100),
        (json!({ "ids": "a" }), 1),
    ];
    for (variables, size) in table {
        assert_eq!(with(nodes, variables), 1 + size);
    }
}

#[test]
fn a_full_page_of_persons_with_their_consents_is_served_and_their_ledgers_on_top_are_not() {
    assert!(of(&persons(100)) <= LIMIT, "{}", of(&persons(100)));
    let ledgers = persons(100)
        .replace("consents {", "accountingRecords { edges { node { id kind amount } } } consents {");
    assert!(of(&ledgers) > LIMIT, "{}", of(&ledgers));
}

#[test]
fn fragments_are_counted_once_and_beyond_counting_is_the_most() {
    let mut doubling = String::from("{ ...F0 }");
    for level in 0..40 {
        write!(doubling, "fragment F{level} on Q {{ ...F{0} ...F{0} }}", level + 1).unwrap();
    }
    doubling.push_str("fragment F40 on Q { a }");
    assert_eq!(of(&doubling), 1 << 40);
    let lists = format!("{{ {}a{} }}", "consents { ".repeat(40), " }".repeat(40));
    assert_eq!(of(&lists), u64::MAX);
    assert_eq!(of("{ ...A } fragment A on Q { a ...B } fragment B on Q { b ...A }"), 2);
}
