//! Supervisory authorities that the gateway knows from the start. They change their names, so they are dated data.

use domain::country::CountryCode;
use jiff::civil::{Date, date};
use store::StoreError;

use crate::service::Gateway;

/// Country, first day of the name, name and address. An authority of another country that has none falls back on the
/// Swedish one.
const AUTHORITIES: [(&str, Date, &str, &str); 2] = [
    ("SE", date(1973, 7, 1), "Datainspektionen", "https://www.datainspektionen.se"),
    ("SE", date(2021, 1, 1), "Integritetsskyddsmyndigheten", "https://www.imy.se"),
];

impl Gateway {
    /// Records the authorities that are not recorded yet: no answer to a data subject can do without one (Art. 15(1)(f)).
    ///
    /// # Errors
    /// When the database fails.
    pub async fn record_authorities(&self) -> Result<(), StoreError> {
        for (country, valid_from, name, url) in AUTHORITIES {
            let Ok(country) = CountryCode::parse(country) else { continue };
            match self.store.operator().put_authority(&country, valid_from, name, url).await {
                Ok(()) | Err(StoreError::Taken(_)) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }
}
