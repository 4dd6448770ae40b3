//! Every version of every tenant's agreement.

use domain::agreement::SubprocessorAuthorisation::{General, Specific};
use domain::category::DataCategory;
use jiff::civil::date;

use super::{Agreement, Signed, Wording};

use DataCategory::{Accounting, Address, Email, Name, Phone, Position};

const NO_ACCOUNTS: &[DataCategory] = &[Name, Position, Phone, Address, Email, Accounting];

const INSTRUCTIONS: &[&str] = &[
    "Behandla personuppgifterna bara för de ändamål som står i den ansvariges register.",
    "Verkställ den ansvariges beslut om de registrerades begäranden utan dröjsmål.",
    "Gallra enligt den ansvariges gallringsregler.",
    "Lämna inte ut uppgifter till andra än den registrerade och de underbiträden som avtalet tillåter.",
];

const MEASURES: &[&str] = &[
    "Varje persons uppgifter är krypterade med en egen nyckel, som förstörs när uppgifterna raderas.",
    "Åtkomst ges per kategori och ändamål, och varje läsning loggas innan svaret lämnas.",
    "Den ansvariges uppgifter är skilda från andra kunders i databasen.",
    "Personalen har tystnadsplikt och får bara den behörighet som arbetsuppgiften kräver.",
];

const INTERNAL: Wording = Wording {
    subject_matter: "Convenio AB:s egen behandling: intern instruktion för kundkontakter, marknadsföring och \
                     bokföring.",
    nature_and_purpose: "Lagring, visning, utlämnande och gallring av uppgifter om kontaktpersoner hos kunder, för att \
                         leverera tjänster, skicka nyheter och bokföra.",
    subject_categories: &["kontaktpersoner hos kunder", "mottagare av nyhetsbrev"],
    instructions: INSTRUCTIONS,
    security_measures: MEASURES,
};

const CUSTOMERS: Wording = Wording {
    subject_matter: "Drift av den ansvariges kundregister.",
    nature_and_purpose: "Lagring, visning, utlämnande och gallring av uppgifter om kunder, för att leverera varor och \
                         tjänster, skicka erbjudanden och bokföra.",
    subject_categories: &["kunder", "mottagare av erbjudanden"],
    instructions: INSTRUCTIONS,
    security_measures: MEASURES,
};

const CONSIGNMENTS: Wording = Wording {
    subject_matter: "Operation of the controller's register of senders and recipients of goods.",
    nature_and_purpose: "Storage, display, disclosure and erasure of contact data, in order to deliver goods, send news \
                         and keep the books.",
    subject_categories: &["contact persons of senders and recipients", "drivers"],
    instructions: &[
        "Process the personal data only for the purposes in the controller's register.",
        "Carry out the controller's decisions on requests of data subjects without delay.",
        "Erase according to the controller's retention rules.",
        "Disclose data to nobody but the data subject and the sub-processors that the agreement allows.",
    ],
    security_measures: &[
        "Each person's data is encrypted under a key of its own, which is destroyed when the data is erased.",
        "Access is given by category and purpose, and each reading is logged before it is answered.",
        "The controller's data is kept apart from that of other customers in the database.",
        "Staff are bound to confidentiality and have no more access than their task demands.",
    ],
};

/// In force since the regulation is.
pub(in crate::demo) const VENDOR: [Agreement; 1] = [Agreement {
    categories: &DataCategory::ALL,
    return_days: 30,
    particulars: &INTERNAL,
    authorisation: General,
    objection_days: 30,
    effective_from: date(2018, 5, 25),
    signed: Some(Signed(date(2018, 5, 21), ["Disa Delegationsson", "dataskyddsansvarig"])),
}];

/// Renewed once: a longer period to object, and a longer return.
pub(in crate::demo) const SHOP: [Agreement; 2] = [
    Agreement {
        categories: &DataCategory::ALL,
        return_days: 30,
        particulars: &CUSTOMERS,
        authorisation: General,
        objection_days: 14,
        effective_from: date(2022, 9, 1),
        signed: Some(Signed(date(2022, 8, 24), ["Vera Firmatecknarsson", "vd"])),
    },
    Agreement {
        categories: &DataCategory::ALL,
        return_days: 60,
        particulars: &CUSTOMERS,
        authorisation: General,
        objection_days: 30,
        effective_from: date(2026, 1, 1),
        signed: Some(Signed(date(2025, 12, 8), ["Vera Firmatecknarsson", "vd"])),
    },
];

/// Each new sub-processor needs the carrier's yes.
pub(in crate::demo) const CARRIER: [Agreement; 1] = [Agreement {
    categories: NO_ACCOUNTS,
    return_days: 30,
    particulars: &CONSIGNMENTS,
    authorisation: Specific,
    objection_days: 30,
    effective_from: date(2024, 2, 12),
    signed: Some(Signed(date(2024, 2, 5), ["Mandy Mandatesson", "managing director"])),
}];

/// An offer that waits for the signature.
pub(in crate::demo) const WORKSHOP: [Agreement; 1] = [Agreement {
    categories: &DataCategory::ALL,
    return_days: 30,
    particulars: &CUSTOMERS,
    authorisation: General,
    objection_days: 30,
    effective_from: date(2025, 11, 3),
    signed: None,
}];

pub(in crate::demo) const BOOKSHOP: [Agreement; 1] = [Agreement {
    categories: NO_ACCOUNTS,
    return_days: 30,
    particulars: &CUSTOMERS,
    authorisation: General,
    objection_days: 30,
    effective_from: date(2021, 3, 1),
    signed: Some(Signed(date(2021, 2, 22), ["Folke Fullmaktsson", "vd"])),
}];

pub(in crate::demo) const CYCLES: [Agreement; 1] = [Agreement {
    categories: NO_ACCOUNTS,
    return_days: 30,
    particulars: &CUSTOMERS,
    authorisation: General,
    objection_days: 30,
    effective_from: date(2020, 9, 1),
    signed: Some(Signed(date(2020, 8, 27), ["Siv Signerarsson", "ägare"])),
}];
