//! Everything about the people of a tenant, table by table.

use super::consent::{self, Consent};
use super::person::{self, Person};
use super::record::{self, Record};
use super::request::{Request, carrier, leaving, shop, vendor};
use super::retention::{self, Hold, Rule};

/// The tables of a tenant. A person is named by their reference, which another tenant's tables never use.
pub(super) struct Tables {
    /// The first one shows self-service, and stays whole.
    pub(super) persons: &'static [Person],
    pub(super) consents: &'static [Consent],
    pub(super) rules: &'static [Rule],
    pub(super) records: &'static [Record],
    pub(super) holds: &'static [Hold],
    /// One of a kind for a person at most.
    pub(super) requests: &'static [Request],
}

pub(super) const VENDOR: Tables = Tables {
    persons: &person::VENDOR,
    consents: &consent::VENDOR,
    rules: &[],
    records: &record::VENDOR,
    holds: &retention::VENDOR_HOLDS,
    requests: &vendor::REQUESTS,
};

pub(super) const SHOP: Tables = Tables {
    persons: &person::SHOP,
    consents: &consent::SHOP,
    rules: &retention::SHOP_RULES,
    records: &record::SHOP,
    holds: &retention::SHOP_HOLDS,
    requests: &shop::REQUESTS,
};

pub(super) const CARRIER: Tables = Tables {
    persons: &person::CARRIER,
    consents: &consent::CARRIER,
    rules: &retention::CARRIER_RULES,
    records: &record::CARRIER,
    holds: &retention::CARRIER_HOLDS,
    requests: &carrier::REQUESTS,
};

pub(super) const BOOKSHOP: Tables = Tables {
    persons: &person::BOOKSHOP,
    consents: &consent::BOOKSHOP,
    rules: &[],
    records: &record::BOOKSHOP,
    holds: &[],
    requests: &leaving::BOOKSHOP,
};

pub(super) const CYCLES: Tables = Tables {
    persons: &person::CYCLES,
    consents: &consent::CYCLES,
    rules: &[],
    records: &record::CYCLES,
    holds: &[],
    requests: &leaving::CYCLES,
};

/// Of a tenant that has not signed.
pub(super) const NOTHING: Tables =
    Tables { persons: &[], consents: &[], rules: &[], records: &[], holds: &[], requests: &[] };
