//! The tenants of the demonstration.

use std::collections::BTreeSet;

use domain::agreement::AgreementTerms;
use domain::category::{Categories, DataCategory};
use domain::id::TenantId;
use domain::language::Language;
use domain::organisation_number::OrganisationNumber;
use domain::tenant::TenantStatus;
use jiff::civil::{Date, date};
use store::{NewTenant, StoredContact};
use uuid::Uuid;

use super::activity::{self, Activity};
use super::platform::read_country;
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
    /// What the agreement in force covers, from its first day on; `None` where none was signed.
    pub(super) agreement: Option<AgreementTerms>,
    activities: &'static [Activity],
    pub(super) tables: Tables,
}

/// Identifiers that stay the same at every load: version 7, of an instant at the start of 2025.
const fn fixed(number: u128) -> TenantId {
    TenantId::from_uuid(Uuid::from_u128(0x0194_1f29_7c00_7000_8000_0000_0000_0000 | number))
}

/// The vendor first: it is tenant zero.
pub(super) fn all() -> [Demo; 4] {
    let everything: Categories = BTreeSet::from(DataCategory::ALL);
    let mut no_accounts = everything.clone();
    no_accounts.remove(&DataCategory::LoginName);
    no_accounts.remove(&DataCategory::Password);
    [
        Demo {
            id: fixed(0),
            name: "Convenio AB",
            organisation_number: "559004-2809",
            language: Language::Sv,
            contact: ["Dataskydd, Convenio AB", "info@convenio.com", ""],
            officer: None,
            started_on: date(2018, 5, 25),
            agreement: Some(in_force(everything.clone(), date(2018, 5, 25))),
            activities: &activity::VENDOR,
            tables: tables::VENDOR,
        },
        Demo {
            id: fixed(1),
            name: "Exempelhamnens Handel AB",
            organisation_number: "559998-0017",
            language: Language::Sv,
            contact: ["Dataskyddsfunktionen", "dataskydd@hamnhandel.example", "+46846500450"],
            officer: Some(["Dataskyddsombudet", "ombud@hamnhandel.example"]),
            started_on: date(2022, 9, 1),
            agreement: Some(in_force(everything, date(2022, 9, 1))),
            activities: &activity::SHOP,
            tables: tables::SHOP,
        },
        Demo {
            id: fixed(2),
            name: "Provfjordens Frakt AB",
            organisation_number: "559998-0025",
            language: Language::En,
            contact: ["Privacy desk", "privacy@provfrakt.example", "+46846500460"],
            officer: None,
            started_on: date(2024, 2, 12),
            agreement: Some(in_force(no_accounts, date(2024, 2, 12))),
            activities: &activity::CARRIER,
            tables: tables::CARRIER,
        },
        Demo {
            id: fixed(3),
            name: "Mallåsens Verkstad AB",
            organisation_number: "559998-0033",
            language: Language::Sv,
            contact: ["Kontoret", "kontoret@mallasen.example", "+46846500470"],
            officer: None,
            started_on: date(2025, 11, 3),
            agreement: None,
            activities: &[],
            tables: tables::NOTHING,
        },
    ]
}

fn in_force(categories: Categories, effective_from: Date) -> AgreementTerms {
    AgreementTerms { categories, effective_from, effective_to: None }
}

impl Demo {
    /// What takes the tenant on. It is ONBOARDING until all of it is loaded.
    pub(super) fn new_tenant(&self) -> anyhow::Result<NewTenant> {
        let [name, email, phone] = self.contact;
        let phone = (!phone.is_empty()).then_some(phone);
        let agreed = self.agreement.as_ref().map(|terms| terms.categories.clone()).unwrap_or_default();
        Ok(NewTenant {
            id: self.id,
            name: self.name.to_owned(),
            organisation_number: Some(OrganisationNumber::parse(self.organisation_number)?),
            country: read_country("SE")?,
            language: self.language,
            status: TenantStatus::Onboarding,
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
