//! The tenants of the demonstration.

use domain::category::Categories;
use domain::id::TenantId;
use domain::language::Language;
use domain::organisation_number::OrganisationNumber;
use jiff::civil::{Date, date};
use store::{NewTenant, StoredContact};
use uuid::Uuid;

use super::activity::{self, Activity};
use super::agreement::{self, Agreement};
use super::country::read_country;
use super::tables::{self, Tables};

/// A tenant with everything that is loaded for it.
pub(super) struct Demo {
    pub(super) id: TenantId,
    pub(super) name: &'static str,
    organisation_number: &'static str,
    language: Language,
    contact: [&'static str; 3],
    officer: Option<[&'static str; 2]>,
    started_on: Date,
    /// How the relationship ended; `None` while it goes on.
    pub(super) left: Option<Left>,
    /// All versions, oldest first.
    pub(super) agreements: &'static [Agreement],
    activities: &'static [Activity],
    pub(super) tables: Tables,
}

/// How a relationship ended before the load, once the tenant's people were there.
#[derive(Clone, Copy)]
pub(super) enum Left {
    /// So many days ago; the agreement goes on while data is returned.
    Agreed(i64),
    /// So many days ago, and the tenant ended the agreement with it.
    Terminated(i64),
}

/// Identifiers that stay the same at every load: version 7, of an instant at the start of 2025.
const fn fixed(number: u128) -> TenantId {
    TenantId::from_uuid(Uuid::from_u128(0x0194_1f29_7c00_7000_8000_0000_0000_0000 | number))
}

pub(super) const VENDOR: TenantId = fixed(0);
pub(super) const SHOP: TenantId = fixed(1);
const CARRIER: TenantId = fixed(2);
const WORKSHOP: TenantId = fixed(3);
const BOOKSHOP: TenantId = fixed(4);
pub(super) const CYCLES: TenantId = fixed(5);

/// The vendor first: it is tenant zero. Then two that are served, one that has not signed, one that is leaving and one
/// that has left.
pub(super) static ALL: [Demo; 6] = [
    Demo {
        id: VENDOR,
        name: "Convenio AB",
        organisation_number: "559004-2809",
        language: Language::Sv,
        contact: ["Dataskydd, Convenio AB", "info@convenio.com", ""],
        officer: None,
        started_on: date(2018, 5, 25),
        left: None,
        agreements: &agreement::VENDOR,
        activities: &activity::VENDOR,
        tables: tables::VENDOR,
    },
    Demo {
        id: SHOP,
        name: "Exempelhamnens Handel AB",
        organisation_number: "559998-0017",
        language: Language::Sv,
        contact: ["Dataskyddsfunktionen", "dataskydd@hamnhandel.example", "+46846500450"],
        officer: Some(["Dataskyddsombudet", "ombud@hamnhandel.example"]),
        started_on: date(2022, 9, 1),
        left: None,
        agreements: &agreement::SHOP,
        activities: &activity::SHOP,
        tables: tables::SHOP,
    },
    Demo {
        id: CARRIER,
        name: "Provfjordens Frakt AB",
        organisation_number: "559998-0025",
        language: Language::En,
        contact: ["Privacy desk", "privacy@provfrakt.example", "+46846500460"],
        officer: None,
        started_on: date(2024, 2, 12),
        left: None,
        agreements: &agreement::CARRIER,
        activities: &activity::CARRIER,
        tables: tables::CARRIER,
    },
    Demo {
        id: WORKSHOP,
        name: "Mallåsens Verkstad AB",
        organisation_number: "559998-0033",
        language: Language::Sv,
        contact: ["Kontoret", "kontoret@mallasen.example", "+46846500470"],
        officer: None,
        started_on: date(2025, 11, 3),
        left: None,
        agreements: &agreement::WORKSHOP,
        activities: &activity::SHOP,
        tables: tables::NOTHING,
    },
    Demo {
        id: BOOKSHOP,
        name: "Skisskustens Böcker AB",
        organisation_number: "559998-0041",
        language: Language::Sv,
        contact: ["Kundtjänsten", "kundtjanst@skisskusten.example", "+46846500480"],
        officer: None,
        started_on: date(2021, 3, 1),
        left: Some(Left::Agreed(1)),
        agreements: &agreement::BOOKSHOP,
        activities: &activity::SHOP,
        tables: tables::BOOKSHOP,
    },
    Demo {
        id: CYCLES,
        name: "Attrappdalens Cykel AB",
        organisation_number: "559998-0058",
        language: Language::Sv,
        contact: ["Butiken", "butiken@attrappdalen.example", "+46846500490"],
        officer: None,
        started_on: date(2020, 9, 1),
        left: Some(Left::Terminated(75)),
        agreements: &agreement::CYCLES,
        activities: &activity::SHOP,
        tables: tables::CYCLES,
    },
];

impl Demo {
    /// What takes the tenant on. Its register covers what its newest agreement does.
    pub(super) fn new_tenant(&self) -> anyhow::Result<NewTenant> {
        let [name, email, phone] = self.contact;
        let phone = (!phone.is_empty()).then_some(phone);
        let newest = self.agreements.last().map(|agreement| agreement.categories.iter().copied());
        let agreed: Categories = newest.into_iter().flatten().collect();
        Ok(NewTenant {
            id: self.id,
            name: self.name.to_owned(),
            organisation_number: Some(OrganisationNumber::parse(self.organisation_number)?),
            country: read_country("SE")?,
            language: self.language,
            privacy_contact: contact(name, email, phone),
            data_protection_officer: self.officer.map(|[name, email]| contact(name, email, None)),
            relationship_started_on: self.started_on,
            activities: self.activities.iter().map(|activity| activity.entry(&agreed)).collect(),
        })
    }
}

fn contact(name: &str, email: &str, phone: Option<&str>) -> StoredContact {
    StoredContact { name: name.to_owned(), email: email.to_owned(), phone: phone.map(str::to_owned) }
}
