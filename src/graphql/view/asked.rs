//! Whether an operation asks for the schema or for data.

use async_graphql_parser::types::{ExecutableDocument, OperationDefinition, Selection, SelectionSet};

/// What the root of an operation asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    /// Data; `__typename` alone counts as data too.
    Data,
    /// The schema, and nothing else.
    Schema,
    /// Both.
    Both,
}

impl Asked {
    /// What this operation asks for, whatever the others of its document do. Circles of fragments and wide ones were refused
    /// before the document was parsed.
    pub fn of(document: &ExecutableDocument, operation: &OperationDefinition) -> Self {
        let mut found = Found::default();
        found.look(document, &operation.selection_set.node);
        match found {
            Found { schema: true, data: false } => Self::Schema,
            Found { schema: true, data: true } => Self::Both,
            Found { schema: false, .. } => Self::Data,
        }
    }
}

#[derive(Default)]
struct Found {
    schema: bool,
    data: bool,
}

impl Found {
    fn look(&mut self, document: &ExecutableDocument, set: &SelectionSet) {
        for selection in &set.items {
            match &selection.node {
                Selection::Field(field) => match field.node.name.node.as_str() {
                    "__schema" | "__type" => self.schema = true,
                    "__typename" => {}
                    _ => self.data = true,
                },
                Selection::InlineFragment(inline) => self.look(document, &inline.node.selection_set.node),
                Selection::FragmentSpread(spread) => {
                    if let Some(fragment) = document.fragments.get(&spread.node.fragment_name.node) {
                        self.look(document, &fragment.node.selection_set.node);
                    }
                }
            }
        }
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    #[test]
    fn the_root_of_the_operation_decides() {
        for (text, expected) in [
            ("{ viewer { actorId } }", Asked::Data),
            ("{ __typename }", Asked::Data),
            ("{ __schema: viewer { actorId } }", Asked::Data),
            ("{ __schema { types { name } } }", Asked::Schema),
            ("{ a: __type(name: \"Query\") { name } __typename }", Asked::Schema),
            ("{ ...A } fragment A on Query { ... { __schema { types { name } } } }", Asked::Schema),
            ("{ __schema { types { name } } viewer { actorId } }", Asked::Both),
            ("{ ...A viewer { actorId } } fragment A on Query { __schema { types { name } } }", Asked::Both),
        ] {
            let document = async_graphql_parser::parse_query(text).unwrap();
            let operation = document.operations.iter().next().unwrap().1;
            assert_eq!(Asked::of(&document, &operation.node), expected, "{text}");
        }
    }
}
