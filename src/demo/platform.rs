//! What the platform itself records: supervisory authorities, and the countries of the tables.

use anyhow::Context as _;
use domain::country::CountryCode;
use jiff::civil::{Date, date};
use store::{Store, StoreError};

/// Country, first day, name and address. Authorities change their names, so they are dated data.
const AUTHORITIES: [(&str, Date, &str, &str); 2] = [
    ("SE", date(1973, 7, 1), "Datainspektionen", "https://www.datainspektionen.se"),
    ("SE", date(2021, 1, 1), "Integritetsskyddsmyndigheten", "https://www.imy.se"),
];

/// Records the supervisory authorities that are not recorded yet.
pub(super) async fn put_authorities(store: &Store) -> anyhow::Result<()> {
    for (country, valid_from, name, url) in AUTHORITIES {
        match store.operator().put_authority(&read_country(country)?, valid_from, name, url).await {
            Ok(()) | Err(StoreError::Taken(_)) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(())
}

/// A country of the tables.
pub(super) fn read_country(code: &str) -> anyhow::Result<CountryCode> {
    CountryCode::parse(code).with_context(|| format!("demonstration data: country {code}"))
}
