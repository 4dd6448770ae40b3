//! What the people of the demonstration consented to.

use domain::purpose::Purpose;

/// A consent: whose, for what, when given, where collected, and which text was shown.
pub(super) struct Consent {
    pub(super) reference: &'static str,
    pub(super) purpose: Purpose,
    pub(super) granted_at: &'static str,
    pub(super) source: &'static str,
    pub(super) text_version: &'static str,
}

const fn marketing(
    reference: &'static str,
    granted_at: &'static str,
    source: &'static str,
    text_version: &'static str,
) -> Consent {
    Consent { reference, purpose: Purpose::DirectMarketing, granted_at, source, text_version }
}

// Oldest first for each person: a later consent takes the place of an earlier one.

#[rustfmt::skip]
pub(super) const VENDOR: [Consent; 7] = [
    marketing("C-1001", "2019-02-18T09:12:00Z", "formulär på mässan i Provstad",      "2018-05"),
    marketing("C-1001", "2025-04-14T08:15:00Z", "kryssruta på webbplatsen",           "2025-01"),
    marketing("C-1002", "2025-04-14T08:40:00Z", "kryssruta på webbplatsen",           "2025-01"),
    marketing("C-1005", "2018-06-01T12:00:00Z", "kryssruta på webbplatsen",           "2018-05"),
    marketing("C-1007", "2024-10-02T13:33:00Z", "e-post till info@convenio.com",      "2024-02"),
    marketing("C-1011", "2025-09-09T07:05:00Z", "kryssruta på webbplatsen",           "2025-01"),
    marketing("C-1015", "2020-01-23T15:48:00Z", "formulär på mässan i Mallköping",    "2018-05"),
];

#[rustfmt::skip]
pub(super) const SHOP: [Consent; 6] = [
    marketing("H-2001", "2024-11-27T17:20:00Z", "kassan i webbutiken",                "2024-09"),
    marketing("H-2003", "2023-03-15T10:00:00Z", "orderbekräftelse",                   "2022-09"),
    marketing("H-2003", "2025-01-07T10:00:00Z", "kassan i webbutiken",                "2024-09"),
    marketing("H-2005", "2022-12-01T20:44:00Z", "kassan i webbutiken",                "2022-09"),
    marketing("H-2008", "2025-08-18T18:30:00Z", "kassan i webbutiken",                "2024-09"),
    marketing("H-2009", "2025-06-19T11:11:00Z", "blankett i butiken",                 "2024-09"),
];

#[rustfmt::skip]
pub(super) const CARRIER: [Consent; 5] = [
    marketing("F-3001", "2025-02-03T06:50:00Z", "customer portal",                    "2024-02"),
    marketing("F-3002", "2025-05-12T08:05:00Z", "customer portal",                    "2024-02"),
    marketing("F-3006", "2024-05-21T14:25:00Z", "telephone call, confirmed by e-mail", "2024-02"),
    marketing("F-3007", "2025-03-27T13:10:00Z", "customer portal",                    "2024-02"),
    marketing("F-3008", "2024-03-04T09:00:00Z", "customer portal",                    "2024-02"),
];

#[rustfmt::skip]
pub(super) const BOOKSHOP: [Consent; 3] = [
    marketing("S-4001", "2024-10-11T16:05:00Z", "kassan i butiken",                   "2021-03"),
    marketing("S-4002", "2023-05-02T09:45:00Z", "webbplatsen",                        "2021-03"),
    marketing("S-4006", "2025-02-20T12:30:00Z", "webbplatsen",                        "2021-03"),
];

#[rustfmt::skip]
pub(super) const CYCLES: [Consent; 1] = [
    marketing("E-5001", "2021-04-19T14:00:00Z", "kassan i butiken",                   "2020-09"),
];
