//! The look at variables beside the engine's own validation, on a schema with every kind of input.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
#![expect(clippy::too_many_arguments, reason = "one for each kind of input, and one that the engine adds")]

use async_graphql::{
    EmptyMutation, EmptySubscription, Enum, InputObject, Object, OneofObject, Schema, Variables,
};
use serde_json::{Value, json};

use super::Checker;

struct Query;

#[derive(Clone, Copy, PartialEq, Eq, Enum)]
enum Colour {
    Red,
    Blue,
}

#[derive(InputObject)]
struct Size {
    width: i32,
    depth: Option<Vec<i32>>,
    #[graphql(default = 1)]
    height: i32,
}

#[derive(OneofObject)]
enum Choice {
    Name(String),
    Size(Size),
}

#[Object]
impl Query {
    async fn seek(
        &self,
        colour: Option<Colour>,
        sizes: Option<Vec<Size>>,
        choice: Option<Choice>,
        #[graphql(default = true)] exactly: bool,
    ) -> bool {
        drop((colour, sizes, choice));
        exactly
    }
}

fn checker() -> Checker {
    Checker::new(Schema::build(Query, EmptyMutation, EmptySubscription).disable_suggestions())
}

fn variables(values: &Value) -> Variables {
    Variables::from_json(values.clone())
}

/// Documents, with values that validation accepts and values that it refuses.
fn table() -> Vec<(&'static str, Vec<Value>, Vec<Value>)> {
    vec![
        (
            "query($c: Colour) { seek(colour: $c) }",
            vec![json!({}), json!({ "c": "RED" }), json!({ "c": null })],
            vec![json!({ "c": "GREEN" }), json!({ "c": 1 }), json!({ "c": ["RED", 1] })],
        ),
        (
            "query($s: [Size!]) { seek(sizes: $s) }",
            vec![
                json!({ "s": [] }),
                json!({ "s": { "width": 1 } }),
                json!({ "s": [{ "width": 1, "depth": 2 }, { "width": 1, "depth": null, "height": 3 }] }),
            ],
            vec![
                json!({ "s": [null] }),
                json!({ "s": [{}] }),
                json!({ "s": [{ "width": 1.5 }] }),
                json!({ "s": [{ "width": 1, "depth": [1, null] }] }),
                json!({ "s": [{ "width": 1, "height": null }] }),
                json!({ "s": [{ "width": 1, "weight": 1 }] }),
            ],
        ),
        (
            "query($n: String, $w: Int!) { a: seek(choice: { name: $n }) b: seek(choice: { size: { width: $w } }) }",
            vec![json!({ "n": "x", "w": 1 }), json!({ "w": 1 })],
            vec![json!({ "n": null, "w": 1 }), json!({ "n": 7, "w": 1 }), json!({ "n": "x", "w": "1" })],
        ),
        (
            "query($c: Choice) { ...F } fragment F on Query { ... on Query { ... { seek(choice: $c) } } }",
            vec![json!({ "c": { "name": "x" } }), json!({ "c": { "size": { "width": 1 } } })],
            vec![
                json!({ "c": {} }),
                json!({ "c": { "name": "x", "size": { "width": 1 } } }),
                json!({ "c": { "name": null } }),
                json!({ "c": { "size": {} } }),
            ],
        ),
        (
            "query($if: Boolean!, $e: Boolean! = true) { seek(exactly: $e) @include(if: $if) }",
            vec![json!({ "if": true }), json!({ "if": false, "e": true }), json!({})],
            vec![json!({ "if": "yes" }), json!({ "if": null }), json!({ "if": true, "e": null })],
        ),
    ]
}

#[tokio::test]
async fn values_fit_exactly_where_the_engine_finds_nothing_wrong() {
    let checker = checker();
    for (text, good, bad) in table() {
        let document = async_graphql_parser::parse_query(text).unwrap();
        let outcome = checker.check(&document, None, &variables(&good[0])).await;
        let arguments = outcome.map_err(|response| response.errors).unwrap();
        for (values, expected) in good.iter().map(|one| (one, true)).chain(bad.iter().map(|one| (one, false)))
        {
            let values = variables(values);
            let passes = checker.check(&document, None, &values).await.is_ok();
            assert_eq!(passes, expected, "the engine: {text} with {values:?}");
            assert_eq!(checker.fits(&arguments, &values), expected, "{text} with {values:?}");
        }
    }
}

#[tokio::test]
async fn a_document_that_is_checked_is_not_executed() {
    let document = async_graphql_parser::parse_query("{ seek }").unwrap();
    assert!(checker().check(&document, None, &Variables::default()).await.is_ok());
    let document = async_graphql_parser::parse_query("{ find }").unwrap();
    let response = checker().check(&document, None, &Variables::default()).await.err().unwrap();
    assert!(response.errors[0].message.starts_with("Unknown field \"find\""));
}
