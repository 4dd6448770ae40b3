//! Scopes: what a token may ask for. The closed list of the contract.

use std::collections::BTreeSet;
use std::fmt;

macro_rules! scopes {
    ($($name:ident = $text:literal;)*) => {
        /// A permission that a token can carry.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Scope {
            $(#[doc = concat!("`", $text, "`.")] $name,)*
        }

        impl Scope {
            /// All of them, in the contract's order.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// The text in tokens and in the schema.
            #[must_use]
            pub const fn text(self) -> &'static str {
                match self { $(Self::$name => $text,)* }
            }

            /// The scope that a text names; `None` for unknown ones, which count for nothing.
            #[must_use]
            pub fn from_text(text: &str) -> Option<Self> {
                match text { $($text => Some(Self::$name),)* _ => None }
            }
        }
    };
}

scopes! {
    SubjectsRead = "subjects:read";
    SubjectsWrite = "subjects:write";
    AccountingRead = "accounting:read";
    AccountingWrite = "accounting:write";
    ConsentsRead = "consents:read";
    ConsentsWrite = "consents:write";
    RightsRead = "rights:read";
    RightsWrite = "rights:write";
    RightsDecide = "rights:decide";
    AgreementsRead = "agreements:read";
    AgreementsSign = "agreements:sign";
    RetentionRead = "retention:read";
    RetentionWrite = "retention:write";
    SystemsRead = "systems:read";
    SystemsWrite = "systems:write";
    BreachesRead = "breaches:read";
    BreachesAcknowledge = "breaches:acknowledge";
    AuditRead = "audit:read";
    SelfRead = "self:read";
    SelfRequest = "self:request";
    OperatorTenants = "operator:tenants";
    OperatorAgreements = "operator:agreements";
    OperatorSubprocessors = "operator:subprocessors";
    OperatorBreaches = "operator:breaches";
}

impl fmt::Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.text())
    }
}

impl Scope {
    /// Whether only a data subject's own token can use it.
    #[must_use]
    pub const fn is_self_service(self) -> bool {
        matches!(self, Self::SelfRead | Self::SelfRequest)
    }

    /// Whether it belongs to the operator API.
    #[must_use]
    pub fn is_operator(self) -> bool {
        self.text().starts_with("operator:")
    }
}

/// What a token may ask for, sorted.
pub type Scopes = BTreeSet<Scope>;

/// Alternatives: any one inner list is enough, each of its scopes is needed. An empty outer list is open to every
/// valid token.
pub type Requirement = [&'static [Scope]];

/// Whether `granted` satisfies `requirement`.
#[must_use]
pub fn satisfies(granted: &Scopes, requirement: &[Vec<Scope>]) -> bool {
    requirement.is_empty() || requirement.iter().any(|all| all.iter().all(|scope| granted.contains(scope)))
}
