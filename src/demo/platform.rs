//! What the platform itself records: supervisory authorities and sub-processors.

use anyhow::Context as _;
use domain::category::{Categories, DataCategory};
use domain::country::CountryCode;
use domain::subprocessor::TransferMechanism;
use jiff::civil::{Date, date};
use store::{NewSubprocessor, Store, StoreError};

/// Country, first day, name and address. Authorities change their names, so they are dated data.
const AUTHORITIES: [(&str, Date, &str, &str); 2] = [
    ("SE", date(1973, 7, 1), "Datainspektionen", "https://www.datainspektionen.se"),
    ("SE", date(2021, 1, 1), "Integritetsskyddsmyndigheten", "https://www.imy.se"),
];

/// A sub-processor of the demonstration.
struct Demo {
    name: &'static str,
    country: &'static str,
    processing_countries: &'static [&'static str],
    purpose: &'static str,
    categories: &'static [DataCategory],
    signed_on: Date,
    effective_on: Date,
}

const SUBPROCESSORS: [Demo; 3] = [
    Demo {
        name: "Molnexempel Datahallar AB",
        country: "SE",
        processing_countries: &["SE", "FI"],
        purpose: "drift av servrar och databaser (hosting of servers and databases)",
        categories: &DataCategory::ALL,
        signed_on: date(2019, 11, 4),
        effective_on: date(2020, 1, 1),
    },
    Demo {
        name: "Arkivprov Varmuuskopiot Oy",
        country: "FI",
        processing_countries: &["FI"],
        purpose: "förvaring av krypterade säkerhetskopior (storage of encrypted backups)",
        categories: &DataCategory::ALL,
        signed_on: date(2021, 8, 30),
        effective_on: date(2021, 10, 1),
    },
    Demo {
        name: "Postprøve Udsendelser ApS",
        country: "DK",
        processing_countries: &["DK", "DE"],
        purpose: "utskick av e-post (sending of e-mail)",
        categories: &[DataCategory::Name, DataCategory::Email],
        signed_on: date(2023, 2, 13),
        effective_on: date(2023, 4, 1),
    },
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

/// Records the sub-processors that are not among those already `engaged`.
pub(super) async fn put_subprocessors(store: &Store, engaged: &[String]) -> anyhow::Result<()> {
    for demo in SUBPROCESSORS.iter().filter(|demo| !engaged.iter().any(|name| name == demo.name)) {
        let countries = demo.processing_countries.iter().map(|country| read_country(country));
        let new = NewSubprocessor {
            name: demo.name.to_owned(),
            country: read_country(demo.country)?,
            processing_countries: countries.collect::<Result<_, _>>()?,
            purpose: demo.purpose.to_owned(),
            categories: demo.categories.iter().copied().collect::<Categories>(),
            transfer_mechanism: TransferMechanism::Eea,
            agreement_signed_on: demo.signed_on,
            effective_on: demo.effective_on,
        };
        store.operator().put_subprocessor(new).await?;
    }
    Ok(())
}

/// A country of the tables.
pub(super) fn read_country(code: &str) -> anyhow::Result<CountryCode> {
    CountryCode::parse(code).with_context(|| format!("demonstration data: country {code}"))
}
