//! The countries of the tables.

use anyhow::Context as _;
use domain::country::CountryCode;

/// A country of the tables.
pub(super) fn read_country(code: &str) -> anyhow::Result<CountryCode> {
    CountryCode::parse(code).with_context(|| format!("demonstration data: country {code}"))
}
