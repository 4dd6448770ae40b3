//! What keeps data of the demonstration longer than its purpose, and the tenants' own rules on how long that is. File
//! numbers are invented.

use domain::category::DataCategory;
use domain::id::SubjectId;
use domain::outcome::RetentionGround;
use domain::purpose::LegalBasis;
use domain::retention::{RetentionRule, RetentionTrigger};
use jiff::ToSpan as _;
use jiff::civil::Date;
use store::StoredHold;

use crate::service::hold::HoldInput;
use crate::service::retention::RuleInput;

use DataCategory::{Accounting, Address, Email, Name, Phone, Position};
use End::{After, Open, Released};
use RetentionGround::{
    ContractPerformance, CourtOrAuthorityOrder, LegalClaims, LegitimateInterests, OtherLegalObligation,
};

/// A legal hold: whose data, why, which of it, the file that it rests on, and its end.
pub(super) struct Hold(pub(super) &'static str, RetentionGround, &'static [DataCategory], &'static str, End);

/// How a hold ends.
#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    /// When somebody releases it.
    Open,
    /// So many days after it was placed.
    After(i64),
    /// It was released already.
    Released,
}

impl Hold {
    /// Whether one of the person's holds is this one.
    pub(super) fn is(&self, found: &StoredHold) -> bool {
        found.ground == self.1 && found.reference == self.3
    }

    /// Whether it is over.
    pub(super) fn is_released(&self) -> bool {
        self.4 == Released
    }

    /// What places the hold on `subject`'s data, today.
    pub(super) fn input(&self, subject: SubjectId, today: Date) -> HoldInput {
        let Self(_, ground, categories, reference, end) = *self;
        let expires_on = match end {
            After(days) => Some(today.saturating_add(days.days()).to_string()),
            Open | Released => None,
        };
        let (subject_id, reference) = (subject.to_string(), reference.to_owned());
        HoldInput { subject_id, ground, categories: categories.to_vec(), reference, expires_on }
    }
}

#[rustfmt::skip]
pub(super) const VENDOR_HOLDS: [Hold; 3] = [
    Hold("C-1003", LegalClaims,           &[Name, Email, Accounting], "Tvist om faktura F-10102, akt 2025-14", Open),
    Hold("C-1012", OtherLegalObligation,  &[Name, Phone],             "Incidentutredning 2025-06",             After(400)),
    Hold("C-1016", CourtOrAuthorityOrder, &[Name, Address],           "Provstads tingsrätt, mål T 9901-25",    Open),
];

#[rustfmt::skip]
pub(super) const SHOP_HOLDS: [Hold; 4] = [
    Hold("H-2002", ContractPerformance,  &[Name, Address, Phone], "Garanti på order 54871",      After(365)),
    Hold("H-2004", LegalClaims,          &[Name, Email],          "Reklamation 2025-233",        Released),
    Hold("H-2009", LegalClaims,          &[Email],                "Reklamation 2025-301",        Open),
    Hold("H-2013", OtherLegalObligation, &[Name, Address],        "Återkallelse av hylla 2025-3", After(730)),
];

#[rustfmt::skip]
pub(super) const CARRIER_HOLDS: [Hold; 2] = [
    Hold("F-3005", CourtOrAuthorityOrder, &[Name, Phone], "Customs inquiry 99-0417",      Open),
    Hold("F-3012", LegitimateInterests,   &[Name, Email], "Claims statistics, file 2025-8", After(180)),
];

/// A rule: for which category, counted from what, for how many months, on which legal basis, and its source.
pub(super) struct Rule(DataCategory, RetentionTrigger, i64, LegalBasis, &'static str);

impl Rule {
    /// Whether a rule of the tenant is this one.
    pub(super) fn is(&self, found: &RetentionRule) -> bool {
        found.category == self.0 && found.source == self.4
    }

    /// What sets the rule.
    pub(super) fn input(&self) -> RuleInput {
        let Self(category, trigger, months, legal_basis, source) = *self;
        RuleInput { category, trigger, months, legal_basis, source: source.to_owned() }
    }
}

#[rustfmt::skip]
pub(super) const SHOP_RULES: [Rule; 1] = [
    Rule(Phone, RetentionTrigger::SubjectInactive, 24, LegalBasis::Contract, "beslut av dataskyddsfunktionen, 2025-02"),
];

#[rustfmt::skip]
pub(super) const CARRIER_RULES: [Rule; 2] = [
    Rule(Position,   RetentionTrigger::SubjectInactive, 36, LegalBasis::LegitimateInterests, "privacy desk, decision 7"),
    Rule(Accounting, RetentionTrigger::FiscalYearEnded, 96, LegalBasis::LegitimateInterests, "privacy desk, decision 11"),
];
