mod stored;

use sample::{empty, partial, remainder, whole};

use super::*;
use crate::package::certificate::tests::{assert_says, assert_stays_the_same, told};

#[test]
fn the_certificate_says_what_was_erased_and_what_is_kept_in_swedish() {
    let expected = [
        "Molnbiträdet Exempel AB\\\nOrg.nr 556000-0019",
        "Exempelbygg Norr AB\\\nOrg.nr 556000-0001",
        "Datum: 21 november 2026\\\nReferens: RR-2026-000123",
        "# Intyg om radering av personuppgifter",
        "Molnbiträdet Exempel AB är personuppgiftsbiträde åt Exempelbygg Norr AB. Molnbiträdet Exempel AB intygar",
        "genomförd, utom i fråga om de uppgifter som sparas tills vidare.",
        "| Begäran | RR-2026-000123<br>request\\_01jc5xcejqtf2nbrexx3vqjhp5 |",
        "| Begäran kom in | 1 november 2026 kl. 09.00 |",
        "| Beslutet fattades | 20 november 2026 kl. 23.59 |",
        "| Det som skulle raderas | Namn, telefon, adress, e-postadress och bokföringsinformation (faktura, offert, avtal) |",
        "| Personens beteckning | subject\\_01jc5xcejqtf2nbrexx3vqjhp6 |",
        "| Raderingen genomfördes | 21 november 2026 kl. 14.05 |",
        "| Databasens filer skrevs om utan de raderade uppgifterna | 22 november 2026 kl. 00.15 |",
        "| Kontrollsumma av det som intygades föregående gång | fedcba98",
        "- Telefon\n- Bokföringsinformation (faktura, offert, avtal): 1 bokföringspost\n",
        "Det fanns inget registrerat i fråga om e-postadress.",
        "| Bokföringsinformation (faktura, offert, avtal): 12 bokföringsposter | Den hör till bokföringen, och den ska enligt lag sparas i sju år efter det kalenderår då räkenskapsåret tog slut: bokföringslagen (1999:1078) 7 kap. 2 § och artikel 17.3 b. | 31 december 2033 |",
        "rättsliga anspråk: artikel 17.3 e. | Tills skälet upphör |",
        "| ORDINARY | 21 november 2026 kl. 14.05 | 0f1e0f1e",
        "| Utskick Exempel | Har bekräftat raderingen | 21 november 2026 kl. 10.30 |",
        "| Kundregistret | Avslutad för hand, utan systemets bekräftelse | Ingen bekräftelse |",
        "| Arkivet | Har meddelat att raderingen misslyckades | Ingen bekräftelse |",
        "Utfärdat den 21 november 2026\\\nMolnbiträdet Exempel AB",
        "| Postens nummer (den första är 0) | 73894 |",
    ];
    assert_says(&partial(), Language::Sv, &expected);
}

#[test]
fn the_certificate_says_what_was_erased_and_what_is_kept_in_english() {
    let expected = [
        "# Certificate of erasure of personal data",
        "Molnbiträdet Exempel AB is processor for Exempelbygg Norr AB. Molnbiträdet Exempel AB hereby certifies",
        "carried out, except for the data that is kept for the time being.",
        "| The decision was made | 20 November 2026 at 23:59 |",
        "| Result | Something is kept for the time being |",
        "| accounting information (invoice, quote, contract): 12 accounting records",
        "the Swedish Bookkeeping Act (bokföringslagen 1999:1078), chapter 7, section 2, and Article 17(3)(b). | 31 December 2033 |",
        "legal claims: Article 17(3)(e). | Until the ground ends |",
        "| STATUTORY | 21 November 2026 at 14:05 | 2d3c2d3c",
        "| Kundregistret | Closed by hand, without the system's confirmation | No confirmation |",
        "Issued on 21 November 2026\\\nMolnbiträdet Exempel AB",
        "| Name of the log | audit.example/tenant\\_1 |",
        "| Entries in the log when the proof was made | 109482 |",
        "privacy-gateway audit verify --certificate FILE",
    ];
    let expected = expected.map(|said| said.replace("| accounting information", "| Accounting information"));
    assert_says(&partial(), Language::En, &expected.each_ref().map(String::as_str));
}

#[test]
fn each_stage_is_told_apart() {
    for (statement, swedish, english) in [
        (whole(), "är genomförd i sin helhet.", "has been carried out in whole."),
        (partial(), "utom i fråga om de uppgifter som sparas", "except for the data that is kept"),
        (remainder(), "genomfördes nu också är raderade.", "has now been erased too."),
    ] {
        assert_says(&statement, Language::Sv, &[swedish]);
        assert_says(&statement, Language::En, &[english]);
    }
}

#[test]
fn what_there_is_none_of_is_said() {
    let swedish = [
        "| Det som skulle raderas | Alla uppgifter om personen |",
        "Det fanns ingenting att radera.",
        "Ingenting av det som skulle raderas sparas.",
        "Ingen nyckel förstördes.",
        "Inget annat system skulle radera något.",
    ];
    let english = [
        "| What was to be erased | All data about the person |",
        "There was nothing to erase.",
        "Nothing of what was to be erased is kept.",
        "No key was destroyed.",
        "No other system was to erase anything.",
    ];
    assert_says(&empty(), Language::Sv, &swedish);
    assert_says(&empty(), Language::En, &english);
    assert!(!told(&empty(), Language::En).contains("Checksum of what was certified the time before"));
}

#[test]
fn a_controller_who_is_its_own_processor_is_named_once() {
    let mut own = whole();
    own.tenant.organisation_number = Some(own.processor.organisation_number.clone());
    assert!(!told(&own, Language::En).contains("is processor for"));
}

#[test]
fn the_same_certificate_gives_the_same_bytes() {
    for statement in [whole(), partial(), remainder(), empty()] {
        assert_stays_the_same(&statement);
    }
}
