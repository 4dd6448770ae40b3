//! The vendor's sub-processors (Art. 28(2) and (4)); all are invented. What tenants say of them is here too.

use domain::calendar::first_moment;
use domain::category::DataCategory;
use domain::id::TenantId;
use domain::subprocessor::TransferMechanism;
use jiff::ToSpan as _;
use jiff::civil::{Date, date};
use store::NewSubprocessor;

use super::country::read_country;
use super::tenant;
use crate::service::operator::subprocessor::AnnouncementInput;

use DataCategory::{Address, Email, Name, Phone};
use TransferMechanism::{Eea, StandardContractualClauses};

/// A sub-processor.
pub(super) struct Subprocessor {
    pub(super) name: &'static str,
    country: &'static str,
    processing_countries: &'static [&'static str],
    purpose: &'static str,
    categories: &'static [DataCategory],
    mechanism: TransferMechanism,
}

/// One that the vendor had before it gave notice through the gateway.
pub(super) struct Known {
    pub(super) is: Subprocessor,
    /// The day of the agreement with it.
    signed_on: Date,
    /// The day on which tenants were told; it stands in the annex of every agreement where `None`.
    told_on: Option<Date>,
    effective_on: Date,
    pub(super) ended_on: Option<Date>,
}

/// One that tenants are told of by the load.
pub(super) struct Announced {
    pub(super) is: Subprocessor,
    /// The agreement with it was signed so many days before.
    signed_days_ago: i64,
    /// It may process so many days later.
    effective_in: i64,
}

/// Who objects to which sub-processor, and why.
pub(super) struct Objection(pub(super) TenantId, pub(super) &'static str, pub(super) &'static str);

const HOSTING: &str = "Molnexempel Datahallar AB";
const BACKUPS: &str = "Arkivprov Varmuuskopiot Oy";
const MESSAGES: &str = "Tekstprøve Meldinger AS";

pub(super) const KNOWN: [Known; 5] = [
    Known {
        is: Subprocessor {
            name: HOSTING,
            country: "SE",
            processing_countries: &["SE", "FI"],
            purpose: "drift av servrar och databaser (hosting of servers and databases)",
            categories: &DataCategory::ALL,
            mechanism: Eea,
        },
        signed_on: date(2019, 11, 4),
        told_on: None,
        effective_on: date(2020, 1, 1),
        ended_on: None,
    },
    Known {
        is: Subprocessor {
            name: BACKUPS,
            country: "FI",
            processing_countries: &["FI"],
            purpose: "förvaring av krypterade säkerhetskopior (storage of encrypted backups)",
            categories: &DataCategory::ALL,
            mechanism: Eea,
        },
        signed_on: date(2021, 8, 30),
        told_on: None,
        effective_on: date(2021, 10, 1),
        ended_on: None,
    },
    Known {
        is: Subprocessor {
            name: "Postprøve Udsendelser ApS",
            country: "DK",
            processing_countries: &["DK", "DE"],
            purpose: "utskick av e-post (sending of e-mail)",
            categories: &[Name, Email],
            mechanism: Eea,
        },
        signed_on: date(2023, 2, 13),
        told_on: None,
        effective_on: date(2023, 4, 1),
        ended_on: None,
    },
    Known {
        is: Subprocessor {
            name: "Brevprov Distribution AB",
            country: "SE",
            processing_countries: &["SE"],
            purpose: "utskick av brev på papper (sending of paper letters)",
            categories: &[Name, Address],
            mechanism: Eea,
        },
        signed_on: date(2019, 2, 11),
        told_on: None,
        effective_on: date(2019, 3, 1),
        ended_on: Some(date(2024, 12, 31)),
    },
    // Only who has signed since it was told has it in the annex: the shop.
    Known {
        is: Subprocessor {
            name: "Udaharan Helpdesk Pvt Ltd",
            country: "IN",
            processing_countries: &["IN"],
            purpose: "ärendehantering för webbutiker (help desk of web shops)",
            categories: &[Name, Email],
            mechanism: StandardContractualClauses,
        },
        signed_on: date(2025, 4, 22),
        told_on: Some(date(2025, 5, 5)),
        effective_on: date(2025, 8, 1),
        ended_on: None,
    },
];

pub(super) const ANNOUNCED: [Announced; 1] = [Announced {
    is: Subprocessor {
        name: MESSAGES,
        country: "NO",
        processing_countries: &["NO", "SE"],
        purpose: "utskick av textmeddelanden (sending of text messages)",
        categories: &[Name, Phone],
        mechanism: Eea,
    },
    signed_days_ago: 14,
    effective_in: 60,
}];

pub(super) const OBJECTIONS: [Objection; 1] = [Objection(
    tenant::SHOP,
    MESSAGES,
    "Våra kunder har bara lämnat sitt telefonnummer för leveranser, och vi skickar inga textmeddelanden.",
)];

/// Who has confirmed that a tenant's data is erased; the others have not been heard of yet.
pub(super) const CONFIRMED: [(TenantId, &str); 2] = [(tenant::CYCLES, HOSTING), (tenant::CYCLES, BACKUPS)];

impl Known {
    /// What records it.
    pub(super) fn record(&self) -> anyhow::Result<NewSubprocessor> {
        let Subprocessor { name, country, processing_countries, purpose, categories, mechanism } = self.is;
        let countries = processing_countries.iter().map(|country| read_country(country));
        Ok(NewSubprocessor {
            name: name.to_owned(),
            country: read_country(country)?,
            processing_countries: countries.collect::<Result<_, _>>()?,
            purpose: purpose.to_owned(),
            categories: categories.iter().copied().collect(),
            transfer_mechanism: mechanism,
            agreement_signed_on: self.signed_on,
            announced_at: self.told_on.map(first_moment),
            effective_on: self.effective_on,
        })
    }
}

impl Announced {
    /// What announces it, today.
    pub(super) fn input(&self, today: Date) -> AnnouncementInput {
        let Subprocessor { name, country, processing_countries, purpose, categories, mechanism } = self.is;
        AnnouncementInput {
            name: name.to_owned(),
            country: country.to_owned(),
            processing_countries: processing_countries.iter().map(|code| (*code).to_owned()).collect(),
            purpose: purpose.to_owned(),
            data_categories: categories.to_vec(),
            transfer_mechanism: mechanism,
            agreement_signed_on: today.saturating_sub(self.signed_days_ago.days()).to_string(),
            effective_on: today.saturating_add(self.effective_in.days()).to_string(),
        }
    }
}
