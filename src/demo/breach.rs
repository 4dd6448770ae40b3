//! Personal data breaches of which tenants of the demonstration were told (Art. 33(2)); none has happened.

use domain::category::DataCategory;
use domain::id::{BreachId, TenantId};
use jiff::{Timestamp, ToSpan as _};

use super::tenant;
use crate::service::operator::breach::{BreachInput, SupplementInput};

use DataCategory::{Email, LoginName, Name};

/// A breach, and what came after.
pub(super) struct Breach {
    pub(super) tenants: &'static [TenantId],
    /// Names it: the other tables have no breach that is described the same.
    pub(super) description: &'static str,
    hours_ago: i64,
    categories: &'static [DataCategory],
    approximate_subjects: i64,
    consequences: &'static str,
    measures: &'static str,
    pub(super) supplement: Option<Supplement>,
    /// Who has acknowledged it.
    pub(super) acknowledged_by: &'static [TenantId],
}

/// What became known later: how many persons, and what was done.
pub(super) struct Supplement(i64, &'static str);

pub(super) const BREACHES: [Breach; 2] = [
    Breach {
        tenants: &[tenant::VENDOR, tenant::SHOP],
        description: "En lista med mottagare av ett nyhetsbrev skickades med e-post till fel kund.",
        hours_ago: 50,
        categories: &[Name, Email],
        approximate_subjects: 12,
        consequences: "Mottagaren har sett vilka som får nyhetsbrevet, och deras e-postadresser.",
        measures: "Mottagaren har raderat meddelandet och bekräftat det skriftligen.",
        supplement: Some(Supplement(
            9,
            "Tre av adresserna hörde inte till någon person. Listor lämnas numera inte ut med e-post.",
        )),
        acknowledged_by: &[tenant::VENDOR, tenant::SHOP],
    },
    Breach {
        tenants: &[tenant::SHOP],
        description: "Någon obehörig har loggat in på några konton med lösenord som läckt från en annan tjänst.",
        hours_ago: 24,
        categories: &[Name, Email, LoginName],
        approximate_subjects: 3,
        consequences: "Den som loggade in kan ha sett uppgifterna på kontona.",
        measures: "Kontona är spärrade till dess att innehavarna har bytt lösenord.",
        supplement: None,
        acknowledged_by: &[],
    },
];

impl Breach {
    /// What reports it.
    pub(super) fn input(&self, now: Timestamp) -> BreachInput {
        BreachInput {
            tenant_ids: self.tenants.iter().map(ToString::to_string).collect(),
            description: self.description.to_owned(),
            detected_at: (now - self.hours_ago.hours()).to_string(),
            data_categories: self.categories.to_vec(),
            approximate_subjects: Some(self.approximate_subjects),
            consequences: self.consequences.to_owned(),
            measures: self.measures.to_owned(),
        }
    }
}

impl Supplement {
    /// What adds it to the breach.
    pub(super) fn input(&self, breach: BreachId) -> SupplementInput {
        SupplementInput {
            breach_id: breach.to_string(),
            approximate_subjects: Some(self.0),
            measures: Some(self.1.to_owned()),
            ..SupplementInput::default()
        }
    }
}
