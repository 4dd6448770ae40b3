//! `[processor]`: who runs the gateway.

use serde::Deserialize;

/// The processor, as letters to data subjects and the record of processing name it (Art. 15(1)(c), Art. 30(2)(a)).
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ProcessorConfig {
    /// Name of the legal person.
    pub name: String,
    /// Its organisation number.
    pub organisation_number: String,
    /// Its postal address, lines separated by commas.
    pub address: String,
    /// Where questions about personal data reach it.
    pub email: String,
}
