//! The register that a customer begins with: what the platform is used for according to its privacy policy. Answers to data
//! subjects name these purposes (Art. 15(1)(a)), so the controller speaks.

use domain::category::DataCategory;
use domain::purpose::{LegalBasis, Purpose};
use store::NewActivity;

use DataCategory::{Accounting, Address, Email, LoginName, Name, Password, Phone, Position};

/// A purpose, on what it rests, the categories used, and what is done in Swedish and in English.
type Entry = (Purpose, LegalBasis, &'static [DataCategory], [&'static str; 2]);

const SOURCE: [&str; 2] = [
    "Uppgifterna har du själv lämnat, eller den organisation som du företräder.",
    "You gave us the data yourself, or the organisation that you represent did.",
];

const FIRST: [Entry; 5] = [
    (
        Purpose::ServiceDelivery,
        LegalBasis::Contract,
        &[Name, Position, Phone, Address, Email, LoginName, Password],
        [
            "Vi tillhandahåller och underhåller de tjänster som du använder och svarar på dina frågor.",
            "We provide and maintain the services that you use and answer your questions.",
        ],
    ),
    (
        Purpose::DirectMarketing,
        LegalBasis::Consent,
        &[Name, Position, Phone, Address, Email],
        [
            "Vi skickar nyheter om våra tjänster till dig som har samtyckt till det. Du kan ta tillbaka samtycket när \
             som helst.",
            "We send news about our services to those who have consented to it. You can withdraw your consent at any \
             time.",
        ],
    ),
    (
        Purpose::Bookkeeping,
        LegalBasis::LegalObligation,
        &[Name, Address, Accounting],
        [
            "Vi sparar fakturor, offerter och avtal så länge som bokföringslagen (1999:1078) kräver.",
            "We keep invoices, quotes and contracts for as long as the Swedish Bookkeeping Act (1999:1078) demands.",
        ],
    ),
    (
        Purpose::RightsHandling,
        LegalBasis::LegalObligation,
        &DataCategory::ALL,
        [
            "Vi handlägger det som du begär enligt dataskyddsförordningen och visar att du har fått svar i tid.",
            "We handle what you request under the General Data Protection Regulation and show that you were answered \
             in time.",
        ],
    ),
    (
        Purpose::LegalClaims,
        LegalBasis::LegitimateInterests,
        &[Name, Address, Email, Accounting],
        [
            "Vi använder uppgifterna om det behövs för att fastställa, göra gällande eller försvara rättsliga anspråk.",
            "We use the data where it is needed to establish, exercise or defend legal claims.",
        ],
    ),
];

/// The entries that a customer begins with, in the policy's order of purposes.
#[must_use]
pub fn first_activities() -> Vec<NewActivity> {
    let entry = |(purpose, legal_basis, categories, description): &Entry| NewActivity {
        purpose: *purpose,
        legal_basis: *legal_basis,
        categories: categories.iter().copied().collect(),
        description: description.map(str::to_owned),
        source: SOURCE.map(str::to_owned),
    };
    FIRST.iter().map(entry).collect()
}
