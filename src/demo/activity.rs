//! What the tenants process personal data for: the texts end up in letters to data subjects, so the controller speaks.

use domain::category::{Categories, DataCategory};
use domain::purpose::{LegalBasis, Purpose};
use store::NewActivity;

use DataCategory::{Accounting, Address, Email, LoginName, Name, Password, Phone, Position};

/// An entry of the register: texts in Swedish and in English.
pub(super) struct Activity {
    purpose: Purpose,
    legal_basis: LegalBasis,
    categories: &'static [DataCategory],
    description: [&'static str; 2],
    source: [&'static str; 2],
}

impl Activity {
    /// The entry as the register takes it, without the categories that the agreement leaves out.
    pub(super) fn entry(&self, agreed: &Categories) -> NewActivity {
        NewActivity {
            purpose: self.purpose,
            legal_basis: self.legal_basis,
            categories: self
                .categories
                .iter()
                .copied()
                .filter(|category| agreed.contains(category))
                .collect(),
            description: self.description.map(str::to_owned),
            source: self.source.map(str::to_owned),
        }
    }
}

const GIVEN_BY_EMPLOYER: [&str; 2] = [
    "Uppgifterna har du själv lämnat, eller din arbetsgivare när användarkontot lades upp.",
    "You gave us the data yourself, or your employer did when your user account was set up.",
];

/// The vendor's own administration and marketing, in which it is controller.
pub(super) const VENDOR: [Activity; 5] = [
    Activity {
        purpose: Purpose::ServiceDelivery,
        legal_basis: LegalBasis::Contract,
        categories: &[Name, Position, Phone, Address, Email, LoginName, Password],
        description: [
            "Vi ger dig tillgång till de tjänster som din arbetsgivare har beställt, svarar på dina frågor och \
             underhåller tjänsterna.",
            "We give you access to the services that your employer has ordered, answer your questions and maintain \
             the services.",
        ],
        source: GIVEN_BY_EMPLOYER,
    },
    Activity {
        purpose: Purpose::DirectMarketing,
        legal_basis: LegalBasis::Consent,
        categories: &[Name, Position, Email],
        description: [
            "Vi skickar nyheter om våra lösningar till dig som har samtyckt till det. Du kan ta tillbaka samtycket \
             när som helst.",
            "We send news about our solutions to those who have consented to it. You can withdraw your consent at \
             any time.",
        ],
        source: GIVEN_BY_EMPLOYER,
    },
    Activity {
        purpose: Purpose::Bookkeeping,
        legal_basis: LegalBasis::LegalObligation,
        categories: &[Name, Address, Accounting],
        description: [
            "Vi sparar fakturor, offerter och avtal så länge som bokföringslagen (1999:1078) kräver.",
            "We keep invoices, quotes and contracts for as long as the Swedish Bookkeeping Act (1999:1078) demands.",
        ],
        source: GIVEN_BY_EMPLOYER,
    },
    Activity {
        purpose: Purpose::RightsHandling,
        legal_basis: LegalBasis::LegalObligation,
        categories: &DataCategory::ALL,
        description: [
            "Vi handlägger det som du begär enligt dataskyddsförordningen och visar att du har fått svar i tid.",
            "We handle what you request under the General Data Protection Regulation and show that you were \
             answered in time.",
        ],
        source: GIVEN_BY_EMPLOYER,
    },
    Activity {
        purpose: Purpose::LegalClaims,
        legal_basis: LegalBasis::LegitimateInterests,
        categories: &[Name, Address, Email, Accounting],
        description: [
            "Vi använder uppgifterna om det behövs för att fastställa, göra gällande eller försvara rättsliga anspråk.",
            "We use the data where it is needed to establish, exercise or defend legal claims.",
        ],
        source: GIVEN_BY_EMPLOYER,
    },
];

const GIVEN_AT_ORDER: [&str; 2] = [
    "Uppgifterna har du själv lämnat när du blev kund eller beställde av oss.",
    "You gave us the data yourself when you became a customer or ordered from us.",
];

/// A shop with customers' accounts.
pub(super) const SHOP: [Activity; 4] = [
    Activity {
        purpose: Purpose::ServiceDelivery,
        legal_basis: LegalBasis::Contract,
        categories: &[Name, Position, Phone, Address, Email, LoginName, Password],
        description: [
            "Vi tar emot dina beställningar, levererar dem och hjälper dig om något har blivit fel.",
            "We take your orders, deliver them and help you when something has gone wrong.",
        ],
        source: GIVEN_AT_ORDER,
    },
    Activity {
        purpose: Purpose::DirectMarketing,
        legal_basis: LegalBasis::Consent,
        categories: &[Name, Address, Email],
        description: [
            "Vi skickar erbjudanden och vår katalog till dig som har samtyckt till det. Du kan ta tillbaka \
             samtycket när som helst.",
            "We send offers and our catalogue to those who have consented to it. You can withdraw your consent at \
             any time.",
        ],
        source: GIVEN_AT_ORDER,
    },
    Activity {
        purpose: Purpose::Bookkeeping,
        legal_basis: LegalBasis::LegalObligation,
        categories: &[Name, Address, Accounting],
        description: [
            "Vi sparar underlag för köp och betalningar så länge som bokföringslagen (1999:1078) kräver.",
            "We keep vouchers of purchases and payments for as long as the Swedish Bookkeeping Act (1999:1078) \
             demands.",
        ],
        source: GIVEN_AT_ORDER,
    },
    Activity {
        purpose: Purpose::RightsHandling,
        legal_basis: LegalBasis::LegalObligation,
        categories: &DataCategory::ALL,
        description: [
            "Vi handlägger det som du begär enligt dataskyddsförordningen och visar att du har fått svar i tid.",
            "We handle what you request under the General Data Protection Regulation and show that you were \
             answered in time.",
        ],
        source: GIVEN_AT_ORDER,
    },
];

const GIVEN_WITH_ASSIGNMENT: [&str; 2] = [
    "Uppgifterna har vi fått av dig eller av den som anlitade oss för transporten.",
    "We got the data from you or from whoever hired us for the transport.",
];

/// A carrier whose contacts have no accounts.
pub(super) const CARRIER: [Activity; 4] = [
    Activity {
        purpose: Purpose::ServiceDelivery,
        legal_basis: LegalBasis::LegitimateInterests,
        categories: &[Name, Position, Phone, Address, Email],
        description: [
            "Vi når dig som skickar eller tar emot gods, så att det kommer fram på rätt plats och i rätt tid.",
            "We reach you as sender or receiver of goods, so that they arrive at the right place and time.",
        ],
        source: GIVEN_WITH_ASSIGNMENT,
    },
    Activity {
        purpose: Purpose::DirectMarketing,
        legal_basis: LegalBasis::Consent,
        categories: &[Name, Email],
        description: [
            "Vi skickar nyheter om nya linjer och priser till dig som har samtyckt till det. Du kan ta tillbaka \
             samtycket när som helst.",
            "We send news about new routes and prices to those who have consented to it. You can withdraw your \
             consent at any time.",
        ],
        source: GIVEN_WITH_ASSIGNMENT,
    },
    Activity {
        purpose: Purpose::Bookkeeping,
        legal_basis: LegalBasis::LegalObligation,
        categories: &[Name, Address, Accounting],
        description: [
            "Vi sparar fraktsedlar och fakturor så länge som bokföringslagen (1999:1078) kräver.",
            "We keep consignment notes and invoices for as long as the Swedish Bookkeeping Act (1999:1078) demands.",
        ],
        source: GIVEN_WITH_ASSIGNMENT,
    },
    Activity {
        purpose: Purpose::RightsHandling,
        legal_basis: LegalBasis::LegalObligation,
        categories: &DataCategory::ALL,
        description: [
            "Vi handlägger det som du begär enligt dataskyddsförordningen och visar att du har fått svar i tid.",
            "We handle what you request under the General Data Protection Regulation and show that you were \
             answered in time.",
        ],
        source: GIVEN_WITH_ASSIGNMENT,
    },
];
