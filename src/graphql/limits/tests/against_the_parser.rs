//! The pass and the engine's parser must read every document alike: where the parser accepts one, no figure of the
//! pass may be lower than what the parsed document says.

use async_graphql::parser::parse_query;
use async_graphql::parser::types::{ExecutableDocument, Selection, SelectionSet};
use proptest::prelude::*;
use proptest::sample::select;

use super::super::{Limits, Shape, inspect};

const NO_LIMITS: Limits = Limits {
    bytes: u64::MAX,
    tokens: u64::MAX,
    // The parser itself must survive what it is given here.
    nesting: 500,
    depth: u64::MAX,
    selection_sets: u64::MAX,
    fields: u64::MAX,
    aliases: u64::MAX,
    root_fields: u64::MAX,
    directives: u64::MAX,
    fragments: u64::MAX,
    expanded_selections: u64::MAX,
    operations: u64::MAX,
    introspection_lists: u64::MAX,
    variable_values: u64::MAX,
};

/// The figures of a parsed document, found by recursion.
#[derive(Debug, Default, PartialEq, Eq)]
struct Figures {
    fields: u64,
    depth: u64,
    selection_sets: u64,
    root_fields: u64,
    aliases: u64,
    expanded: u64,
    lists: u64,
    directives: u64,
}

impl Figures {
    fn of_shape(shape: &Shape) -> Self {
        Self {
            fields: shape.fields,
            depth: shape.depth,
            selection_sets: shape.selection_sets,
            root_fields: shape.root_fields,
            aliases: shape.aliases,
            expanded: shape.expanded_selections,
            lists: shape.introspection_lists,
            directives: shape.directives,
        }
    }

    fn of_document(document: &ExecutableDocument) -> Self {
        let mut all = Self::default();
        for (_, operation) in document.operations.iter() {
            let one = Self::of_definition(document, &operation.node.selection_set.node);
            all.root_fields = all.root_fields.max(one.root_fields);
            all.take(&one);
            all.directives += operation.node.directives.len() as u64;
            let variables = &operation.node.variable_definitions;
            all.directives += variables.iter().map(|one| one.node.directives.len() as u64).sum::<u64>();
        }
        for fragment in document.fragments.values() {
            all.take(&Self::of_definition(document, &fragment.node.selection_set.node));
            all.directives += fragment.node.directives.len() as u64;
        }
        all
    }

    fn take(&mut self, one: &Self) {
        self.fields += one.fields;
        self.expanded += one.expanded;
        self.directives += one.directives;
        self.aliases = self.aliases.max(one.aliases);
        self.depth = self.depth.max(one.depth);
        self.selection_sets = self.selection_sets.max(one.selection_sets);
        self.lists = self.lists.max(one.lists);
    }

    fn of_definition(document: &ExecutableDocument, set: &SelectionSet) -> Self {
        let mut figures = Self::default();
        let at = At { depth: 1, sets: 1, lists: 0, written: true };
        figures.follow(document, set, at);
        figures
    }

    fn follow(&mut self, document: &ExecutableDocument, set: &SelectionSet, at: At) {
        self.depth = self.depth.max(at.depth);
        self.selection_sets = self.selection_sets.max(at.sets);
        self.lists = self.lists.max(at.lists);
        for selection in &set.items {
            self.expanded += 1;
            if at.written {
                self.directives += selection.node.directives().len() as u64;
            }
            match &selection.node {
                Selection::Field(field) => {
                    self.fields += u64::from(at.written);
                    self.aliases += u64::from(field.node.alias.is_some());
                    self.root_fields += u64::from(at.depth == 1);
                    let name = field.node.name.node.as_str();
                    if !field.node.selection_set.node.items.is_empty() {
                        self.follow(document, &field.node.selection_set.node, at.below(name));
                    }
                }
                Selection::InlineFragment(inline) => {
                    let inside = At { sets: at.sets + 1, ..at };
                    self.follow(document, &inline.node.selection_set.node, inside);
                }
                Selection::FragmentSpread(spread) => {
                    if let Some(fragment) = document.fragments.get(&spread.node.fragment_name.node) {
                        let inside = At { sets: at.sets + 1, written: false, ..at };
                        self.follow(document, &fragment.node.selection_set.node, inside);
                    }
                }
            }
        }
    }
}

#[derive(Clone, Copy)]
struct At {
    depth: u64,
    sets: u64,
    lists: u64,
    written: bool,
}

impl At {
    fn below(self, field: &str) -> Self {
        let circular = ["fields", "interfaces", "inputFields", "possibleTypes"].contains(&field);
        Self { depth: self.depth + 1, sets: self.sets + 1, lists: self.lists + u64::from(circular), ..self }
    }
}

fn gap() -> impl Strategy<Value = &'static str> {
    select(vec![" ", ",", "\n", "\u{feff}\t", "#{ [ \"\n ", " #...F0 }\r\n"])
}

fn value() -> impl Strategy<Value = String> {
    let leaf = select(vec![
        "1",
        "-1.5e3",
        "$v",
        "true",
        "E",
        "\"[\\\"{\"",
        "\"\"\"[\\\"\"\"{\"\"\"",
        "\"\"",
        "{}",
        "[]",
    ]);
    leaf.prop_map(String::from).prop_recursive(3, 8, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 1..3).prop_map(|items| format!("[{}]", items.join(" "))),
            inner.prop_map(|item| format!("{{on: {item}}}")),
        ]
    })
}

/// Selections that spread only fragments after `from`, so that there is no circle; the fifth is not defined.
fn selections(from: usize) -> impl Strategy<Value = String> {
    let names = select(vec!["a", "on", "fields", "interfaces", "fragment", "query", "__type", "true"]);
    let directive = select(vec!["", "@d", "@d(a: [1])", "@on @d"]);
    let field = (names.clone(), names, any::<bool>(), prop::option::of(value()), directive, gap()).prop_map(
        |(alias, name, aliased, argument, directive, gap)| {
            let alias = if aliased { format!("{alias}{gap}:") } else { String::new() };
            let arguments = argument.map(|value| format!("(x:{gap}{value})")).unwrap_or_default();
            format!("{alias}{gap}{name}{arguments}{gap}{directive}")
        },
    );
    let spread = (from..=4, gap()).prop_map(|(to, gap)| format!("...{gap}F{}{gap}@d", to + 1));
    let leaf = prop_oneof![4 => field, 1 => spread];
    leaf.prop_recursive(5, 24, 4, |inner| {
        let many = prop::collection::vec(inner, 1..4).prop_map(|all| all.join(" "));
        let head = select(vec!["a", "fields", "x:interfaces", "...", "... on T", "... @d", "... on T @d"]);
        (head, many, gap()).prop_map(|(head, body, gap)| format!("{head}{gap}{{{gap}{body}{gap}}}"))
    })
}

fn document() -> impl Strategy<Value = String> {
    let head =
        select(vec!["", "query", "queryQ", "query fragmentF1", "mutation($v:[Int!]=[1])", "query Q @d"]);
    let fragment = |at: usize| {
        let head = select(vec!["fragment F", "fragmentF", "fragment\n#F9 \nF"]);
        (head, selections(at)).prop_map(move |(head, body)| format!("{head}{at} on T{{{body}}}"))
    };
    (head, selections(0), fragment(1), fragment(2), fragment(3), fragment(4))
        .prop_map(|(head, body, one, two, three, four)| format!("{head}{{{body}}}{one} {two},{three}{four}"))
}

fn soup() -> impl Strategy<Value = String> {
    let words = vec![
        "{",
        "}",
        "(",
        ")",
        "[",
        "]",
        ":",
        "@",
        "$",
        "!",
        "=",
        "...",
        "on",
        "fragment",
        "query",
        "a",
        "A",
        "1",
        "\"",
        "\\",
        "\"\"\"",
        "\\\"\"\"",
        "#",
        "\n",
        "\r",
        " ",
        ",",
        "{a}",
        "fragment A on",
        "...A",
        "...on",
        "a(b:",
        "é",
    ];
    prop::collection::vec(select(words), 0..40).prop_map(|words| words.concat())
}

fn no_figure_is_too_low(text: &str) -> Result<(), TestCaseError> {
    let Ok(shape) = inspect(text, &NO_LIMITS) else { return Ok(()) };
    let Ok(document) = parse_query(text) else { return Ok(()) };
    let (found, real) = (Figures::of_shape(&shape), Figures::of_document(&document));
    let pairs = [
        (found.fields, real.fields),
        (found.depth, real.depth),
        (found.selection_sets, real.selection_sets),
        (found.root_fields, real.root_fields),
        (found.aliases, real.aliases),
        (found.expanded, real.expanded),
        (found.lists, real.lists),
        (found.directives, real.directives),
        (shape.fragments, document.fragments.len() as u64),
    ];
    prop_assert!(pairs.iter().all(|(found, real)| found >= real), "{found:?} below {real:?} in {text}");
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_figures_of_a_document_are_the_parsers(text in document()) {
        let parsed = parse_query(&text);
        prop_assert!(parsed.is_ok(), "{:?} in {text}", parsed.err());
        let shape = inspect(&text, &NO_LIMITS);
        let found = shape.as_ref().map(Figures::of_shape).ok();
        prop_assert_eq!(found, parsed.ok().as_ref().map(Figures::of_document), "{}", text);
    }

    #[test]
    fn the_figures_of_any_accepted_text_are_not_too_low(text in soup()) {
        no_figure_is_too_low(&text)?;
        no_figure_is_too_low(&format!("{{{text}}}"))?;
        no_figure_is_too_low(&format!("{{a(b:[{text}])}}"))?;
    }

    #[test]
    fn a_comment_behind_on_does_not_hide_a_field(before in "[ ,\n]{0,2}", comment in "#[a-z ]{0,3}\n", name in "[a-z]{1,3}") {
        no_figure_is_too_low(&format!("{{...on{before}{comment}{name}}}"))?;
    }

    #[test]
    fn any_text_is_read_without_panic(text in any::<String>()) {
        no_figure_is_too_low(&text)?;
    }
}
