//! Whom a certificate is about, in the same members wherever it stands.

use serde::{Deserialize, Serialize};

use crate::package::answer::Processor;
use crate::package::letter::texts::Texts;

/// The controller to whom it is certified.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Tenant {
    /// The identifier, `tenant_…`.
    pub id: String,
    /// The name.
    pub name: String,
    /// The organisation number; a foreign organisation has none.
    pub organisation_number: Option<String>,
}

impl Tenant {
    /// To whom a certificate is addressed, line by line.
    pub(in crate::package) fn as_addressee(&self, letters: &Texts) -> Vec<String> {
        let mut lines = vec![self.name.clone()];
        lines.extend(self.organisation_number.as_deref().map(letters.frame.organisation_number));
        lines.push(self.id.clone());
        lines
    }
}

/// The processor who certifies, as members of a statement.
#[derive(Serialize, Deserialize)]
#[serde(remote = "Processor", rename_all = "camelCase", deny_unknown_fields)]
pub(in crate::package) struct ProcessorMembers {
    name: String,
    organisation_number: String,
    address_lines: Vec<String>,
    email: String,
}
