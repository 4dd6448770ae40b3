//! The categories of personal data that the privacy policy names: a closed list.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::language::Language;

/// A category of personal data. The order is the policy's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum DataCategory {
    /// Namn.
    Name,
    /// Befattning, roll eller titel.
    Position,
    /// Telefon.
    Phone,
    /// Adress.
    Address,
    /// E-postadress.
    Email,
    /// Inloggningsnamn.
    LoginName,
    /// Lösenord, held only as an Argon2id verifier.
    Password,
    /// Bokföringsinformation såsom faktura, offert, avtal.
    Accounting,
}

/// A set of categories, in the policy's order.
pub type Categories = BTreeSet<DataCategory>;

/// One row of the policy's table of categories.
struct Row(DataCategory, &'static str, &'static str, &'static str, &'static str);

/// Category, code, Swedish name, English name, DPV term (<https://w3id.org/dpv/pd>).
#[rustfmt::skip]
const TABLE: [Row; 8] = [
    Row(DataCategory::Name,       "NAME",       "namn",                          "name",                                  "pd:Name"),
    Row(DataCategory::Position,   "POSITION",   "befattning, roll eller titel",  "position, role or title",               "pd:Job"),
    Row(DataCategory::Phone,      "PHONE",      "telefon",                       "telephone",                             "pd:TelephoneNumber"),
    Row(DataCategory::Address,    "ADDRESS",    "adress",                        "address",                               "pd:PhysicalAddress"),
    Row(DataCategory::Email,      "EMAIL",      "e-postadress",                  "e-mail address",                        "pd:EmailAddress"),
    Row(DataCategory::LoginName,  "LOGIN_NAME", "inloggningsnamn",               "login name",                            "pd:Username"),
    Row(DataCategory::Password,   "PASSWORD",   "lösenord",                      "password",                              "pd:Password"),
    Row(DataCategory::Accounting, "ACCOUNTING", "bokföringsinformation (faktura, offert, avtal)", "accounting information (invoice, quote, contract)", "pd:Financial"),
];

impl DataCategory {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::Name,
        Self::Position,
        Self::Phone,
        Self::Address,
        Self::Email,
        Self::LoginName,
        Self::Password,
        Self::Accounting,
    ];

    fn row(self) -> &'static Row {
        let row = &TABLE[self as usize];
        debug_assert_eq!(row.0, self, "every category stands in its own row");
        row
    }

    /// The name in the schema, in rows and in the audit log.
    #[must_use]
    pub fn code(self) -> &'static str {
        self.row().1
    }

    /// The name in Swedish running text.
    #[must_use]
    pub fn swedish(self) -> &'static str {
        self.row().2
    }

    /// The name in English running text.
    #[must_use]
    pub fn english(self) -> &'static str {
        self.row().3
    }

    /// The name in running text.
    #[must_use]
    pub fn name(self, language: Language) -> &'static str {
        language.choose(self.swedish(), self.english())
    }

    /// The nearest term of the Data Privacy Vocabulary.
    #[must_use]
    pub fn dpv(self) -> &'static str {
        self.row().4
    }

    /// The category that a code names; `None` for any other text.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|category| category.code() == code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_category_stands_in_its_own_row_of_the_table() {
        for category in DataCategory::ALL {
            assert_eq!(category.row().0, category);
            assert_eq!(DataCategory::from_code(category.code()), Some(category));
        }
    }
}
