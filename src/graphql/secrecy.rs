//! Which answers may be compressed.
//!
//! The length of a compressed text tells whether two parts of it are alike. Whoever can have a guess of theirs put beside a
//! secret, and sees the length of the answer, can find the secret out letter by letter (BREACH). So an answer that holds
//! something secret is never compressed, nor one that can hold something of the request: only what a query answers without
//! an error is, and of queries only those that select no secret.

use async_graphql::Response;
use async_graphql_parser::types::{ExecutableDocument, OperationType, Selection, SelectionSet};

use super::answer::{Addressee, Answered, told};

/// Whether an answer keeps something that its length must not tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Secrecy {
    /// It may be compressed.
    Plain,
    /// It is sent as it is.
    Secret,
}

/// Fields whose value opens something to whoever holds it: secrets that are shown once, and addresses with a ticket.
const SECRETS: [&str; 2] = ["downloadUrl", "secret"];

impl Secrecy {
    /// What can be told of an answer before it is made.
    #[must_use]
    pub fn of(document: &ExecutableDocument, ty: OperationType) -> Self {
        let operations = document.operations.iter().map(|(_, operation)| &operation.node.selection_set.node);
        let fragments = document.fragments.values().map(|fragment| &fragment.node.selection_set.node);
        let secret = ty != OperationType::Query || operations.chain(fragments).any(selects_secret);
        if secret { Self::Secret } else { Self::Plain }
    }

    /// The engine's response as an answer that keeps to this. One with an error can repeat what was asked, and is secret.
    #[must_use]
    pub fn keep(self, response: Response, to: &Addressee) -> Answered {
        let secrecy = if response.errors.is_empty() { self } else { Self::Secret };
        Answered { secrecy, ..told(response, to) }
    }

    /// What holds of two answers that are sent as one.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        if self == Self::Plain { other } else { self }
    }
}

/// The depth of a document is limited before it is parsed. Spreads are not followed: every fragment is looked into.
fn selects_secret(set: &SelectionSet) -> bool {
    set.items.iter().any(|selection| match &selection.node {
        Selection::Field(field) => {
            SECRETS.contains(&field.node.name.node.as_str()) || selects_secret(&field.node.selection_set.node)
        }
        Selection::InlineFragment(inline) => selects_secret(&inline.node.selection_set.node),
        Selection::FragmentSpread(_) => false,
    })
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;
    use crate::graphql::api::{OperatorApi, TenantApi};

    #[test]
    fn only_a_query_without_secrets_may_be_compressed() {
        for (text, expected) in [
            ("{ dataSubjects { edges { node { name } } } }", Secrecy::Plain),
            ("{ secrets: viewer { actorId } }", Secrecy::Plain),
            ("mutation { registerDataSubject { userErrors { code } } }", Secrecy::Secret),
            ("subscription { rightsRequestChanged { id } }", Secrecy::Secret),
            ("{ tenantExport { x: downloadUrl } }", Secrecy::Secret),
            ("{ tenantExport { ... @include(if: true) { downloadUrl } } }", Secrecy::Secret),
            ("{ tenantExport { ...A } } fragment A on TenantExport { downloadUrl }", Secrecy::Secret),
        ] {
            let document = async_graphql_parser::parse_query(text).unwrap();
            let ty = document.operations.iter().next().unwrap().1.node.ty;
            assert_eq!(Secrecy::of(&document, ty), expected, "{text}");
        }
    }

    #[test]
    fn every_field_that_is_named_like_a_secret_is_known_as_one() {
        let sdl = [TenantApi::sdl().unwrap(), OperatorApi::sdl().unwrap()].concat();
        let named = |line: &str| -> Option<String> {
            let (name, _) = line.strip_prefix("  ")?.split_once([':', '('])?;
            let plain = name.chars().all(|letter| letter.is_ascii_alphanumeric());
            let word = name.to_ascii_lowercase();
            let secret = ["secret", "ticket", "downloadurl"].iter().any(|end| word.ends_with(end));
            (plain && secret && !name.starts_with("rotate")).then(|| name.to_owned())
        };
        let found: std::collections::BTreeSet<_> = sdl.lines().filter_map(named).collect();
        assert_eq!(found.iter().map(String::as_str).collect::<Vec<_>>(), SECRETS);
    }
}
