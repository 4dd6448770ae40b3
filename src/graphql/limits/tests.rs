#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fmt::Write;

use domain::language::Language;

use super::{LimitSet, Limits, Shape, inspect};

mod against_the_parser;

fn refusal(query: &str) -> Option<&'static str> {
    LimitSet::default().inspect(query).err().map(|exceeded| exceeded.limit)
}

fn shape(query: &str) -> Shape {
    inspect(query, &Limits::default()).unwrap()
}

fn around(open: &str, inner: &str, close: &str, times: usize) -> String {
    format!("{}{inner}{}", open.repeat(times), close.repeat(times))
}

fn list(depth: usize) -> String {
    format!("{{ f(a: {}) }}", around("[", "", "]", depth))
}

/// `levels` fragments of which each spreads the next one `times` times.
fn fan(levels: usize, times: usize) -> String {
    (0..levels).fold(String::from("{ ...F0 }"), |mut text, level| {
        let spreads = format!("...F{} ", level + 1).repeat(times);
        write!(text, "fragment F{level} on Query {{ {spreads} }}").unwrap();
        text
    }) + &format!("fragment F{levels} on Query {{ a }}")
}

fn aliases(count: usize) -> String {
    let fields = (0..count).fold(String::new(), |mut text, at| {
        write!(text, "a{at}:b ").unwrap();
        text
    });
    format!("{{ viewer {{ {fields} }} }}")
}

/// A `TypeRef` as introspection queries have it, wrapped `levels` times.
fn type_ref(levels: usize) -> String {
    around("kind name ofType { ", "kind name", " }", levels)
}

fn introspection(levels: usize) -> String {
    let reference = type_ref(levels);
    format!(
        "query IntrospectionQuery {{ __schema {{ description queryType {{ name kind }} mutationType {{ name kind }} \
         subscriptionType {{ name kind }} types {{ ...FullType }} directives {{ name description isRepeatable \
         locations args(includeDeprecated: true) {{ ...InputValue }} }} }} }} \
         fragment FullType on __Type {{ kind name description specifiedByURL isOneOf \
         fields(includeDeprecated: true) {{ name description args(includeDeprecated: true) {{ ...InputValue }} \
         type {{ ...TypeRef }} isDeprecated deprecationReason }} \
         inputFields(includeDeprecated: true) {{ ...InputValue }} interfaces {{ ...TypeRef }} \
         enumValues(includeDeprecated: true) {{ name description isDeprecated deprecationReason }} \
         possibleTypes {{ ...TypeRef }} }} \
         fragment InputValue on __InputValue {{ name description type {{ ...TypeRef }} defaultValue isDeprecated \
         deprecationReason }} fragment TypeRef on __Type {{ {reference} }}"
    )
}

#[test]
fn bombs_are_refused_by_name() {
    let deep_set = around("{ a ", "", " }", 16);
    let object = format!("{{ f(a: {}) }}", around("{ a: ", "1", " }", 3_000));
    let type_nesting = format!("query($a: {}) {{ a }}", around("[", "Int", "]", 2_000));
    let default_nesting = format!("query($a: Int = {}) {{ a }}", around("[", "1", "]", 2_000));
    let directives = format!("{{ a {} }}", "@skip(if: false) ".repeat(51));
    let fragments =
        (0..51).fold(String::from("{ a }"), |text, at| text + &format!("fragment F{at} on Q {{ a }}"));
    let operations = (0..21).fold(String::new(), |text, at| text + &format!("query Q{at} {{ a }}"));
    let inline = around("{ ... ", "{ a }", " }", 32);
    let block = format!("{{ f(a: \"\"\"{}\"\"\") }}", "x".repeat(70_000));
    let circle = "{ __schema { types { fields { type { fields { type { fields { name } } } } } } } }";
    let table: &[(&str, &str)] = &[
        (&list(63), "nesting"),
        (&list(2_000), "nesting"),
        (&list(3_000), "nesting"),
        (&list(8_000), "nesting"),
        (&object, "nesting"),
        (&type_nesting, "nesting"),
        (&default_nesting, "nesting"),
        (&around("{ a ", "", " }", 2_000), "nesting"),
        (&deep_set, "depth"),
        (&inline, "nested selection sets"),
        (&fan(30, 2), "expanded selections"),
        (&fan(49, 90), "expanded selections"),
        (&fan(1, 2_400), "root fields"),
        (&aliases(100_000), "bytes"),
        (&aliases(5_000), "tokens"),
        (&aliases(101), "aliases"),
        (&format!("{{ {} }}", "a ".repeat(31)), "root fields"),
        (&directives, "directives"),
        (&fragments, "fragments"),
        (&operations, "operations"),
        (&block, "bytes"),
        (&format!("{{ v {{ {} }} }}", "a ".repeat(2_501)), "fields"),
        (circle, "nested introspection lists"),
        (&circle.replace("{ __schema", "{ viewer { id } __schema"), "nested introspection lists"),
        ("{ ...A } fragment A on Q { ...A }", "fragments that spread themselves"),
        (
            "{ ...A } fragment A on Q { a ...B ...B } fragment B on Q { ...A ...A }",
            "fragments that spread themselves",
        ),
        ("{ ...on } fragment on on Q { a }", "fragments called \"on\""),
        ("{ ...on } fragmenton on Q { a }", "fragments called \"on\""),
        (
            "{ __schema { a:name b:name c:name d:name e:name f:name g:name h:name i:name j:name k:name } }",
            "aliases",
        ),
    ];
    for (query, limit) in table {
        assert_eq!(refusal(query), Some(*limit), "{}", query.get(..80).unwrap_or(query));
    }
}

#[test]
fn aliases_and_root_fields_are_counted_through_fragments() {
    let aliased = "{ v { ...A ...A ...A } } fragment A on V { a:id b:id ...B } fragment B on V { c:id }";
    assert_eq!(shape(aliased).aliases, 9);
    let rooted = "query { ...A ...A } fragment A on Q { a b ... { c } d { e } }";
    assert_eq!(shape(rooted).root_fields, 8);
    assert!(!shape(rooted).introspection_only);
    assert!(
        shape("{ ...A } fragment A on Q { x:__schema { types { name } } __typename }").introspection_only
    );
    assert!(!shape("{ ...A } fragment A on Q { __schema:viewer { id } }").introspection_only);
    assert!(!shape("query A { __typename } query B { viewer { id } }").introspection_only);
}

#[test]
fn depth_is_counted_through_fragments_and_not_by_inline_ones() {
    assert_eq!(shape("{ a }").depth, 1);
    assert_eq!(shape("{ a { b { c } } }").depth, 3);
    assert_eq!(shape("{ a { ... on A { ...F } } } fragment F on A { b { c } }").depth, 3);
    assert_eq!(shape("{ a { ... on A { ...F } } } fragment F on A { b { c } }").selection_sets, 5);
}

#[test]
fn keywords_grown_together_with_names_hide_nothing() {
    let doubling = fan(30, 2).replace("fragment F", "fragmentF").replace("{ ...F0 }", "queryQ{...F0}");
    assert_eq!(refusal(&doubling), Some("expanded selections"));
}

#[test]
fn clients_that_ask_for_the_schema_are_served() {
    for levels in [3, 7, 9, 12] {
        let fragments = introspection(levels);
        assert_eq!(refusal(&fragments), None, "{levels}");
        let written_out = fragments.replace("...TypeRef", &type_ref(levels));
        assert_eq!(refusal(&written_out), None, "{levels}, written out");
    }
    assert_eq!(refusal("{ __typename }"), None);
    assert_eq!(refusal("query T($name: String!) { __type(name: $name) { name fields { name } } }"), None);
}

#[test]
fn what_a_client_is_likely_to_send_is_served() {
    let subjects = "query Page($after: String, $purpose: Purpose! = SERVICE_DELIVERY) {
        dataSubjects(first: 50, after: $after, purpose: $purpose, filter: { status: [ACTIVE, RESTRICTED] }) {
          edges { cursor node { ...Subject consents { id purpose grantedAt } } } pageInfo { hasNextPage endCursor } } }
        fragment Subject on DataSubject { id name email phone address { ...Address } __typename }
        fragment Address on PostalAddress { lines postalCode city country }";
    assert_eq!(refusal(subjects), None);
    assert_eq!(refusal(r#"mutation { f(text: "[[[{{{ \" # ", block: """ [ \""" { """) { id } # [[["#), None);
    assert_eq!(refusal(&list(62)), None);
    assert_eq!(refusal("{ a { ...Nowhere } }"), None);
}

#[test]
fn malformed_text_is_left_to_the_parser() {
    for text in [
        "", "}", "{", "{ a", ")]}{", "fragment", "{ ... }", "{ a: }", "{ \"", "@", "query (", "\u{0}é",
        "{ 1a }",
    ] {
        assert_eq!(refusal(text), None, "{text}");
    }
}

#[test]
fn the_message_names_the_limit() {
    let exceeded = inspect(&list(63), &Limits::default()).unwrap_err();
    assert_eq!(
        exceeded.message(Language::En),
        "the operation exceeds the limit on nesting: 64 allowed, at least 65 found"
    );
}
