//! People who are made up for all to see: names put together from the words for samples, telephone numbers from the ranges
//! that the Swedish numbering plan sets aside for fiction, e-mail below `example.com` (RFC 2606), places that are none.

use std::collections::BTreeMap;

use domain::address::AddressParts;
use domain::category::DataCategory;
use domain::id::SubjectId;
use domain::personal::Personal;
use store::NewSubject;

use super::chance::Chance;
use crate::service::input::Faults;
use crate::service::person::{Given, PersonInput};

const GIVEN: [&str; 40] = [
    "Ada", "Alva", "Anton", "Astrid", "Axel", "Bo", "Cecilia", "Clara", "Dan", "David", "Ebba", "Elsa",
    "Emil", "Filip", "Greta", "Gustav", "Hanna", "Hugo", "Ida", "Ines", "Jonas", "Julia", "Karin", "Lars",
    "Liam", "Linnea", "Maja", "Nils", "Nora", "Olga", "Oskar", "Per", "Ragna", "Saga", "Signe", "Sixten",
    "Tage", "Tyra", "Ulla", "Vera",
];

const SAMPLE: [&str; 20] = [
    "Exempel",
    "Prov",
    "Test",
    "Mall",
    "Utkasts",
    "Skiss",
    "Fantasi",
    "Demo",
    "Modell",
    "Attrapp",
    "Sampel",
    "Kuliss",
    "Dummy",
    "Platshallar",
    "Saga",
    "Pahitts",
    "Latsas",
    "Mock",
    "Figur",
    "Pseudo",
];

const ENDING: [&str; 25] = [
    "sson", "dotter", "berg", "lund", "gren", "kvist", "dal", "strand", "hag", "by", "holm", "mark", "vall",
    "stedt", "back", "fors", "blad", "quist", "ryd", "torp", "malm", "sten", "vik", "hult", "man",
];

const POSITION: [&str; 10] = [
    "Ekonomichef",
    "Inköpare",
    "Systemansvarig",
    "Controller",
    "Konsult",
    "Projektledare",
    "Administratör",
    "Löneansvarig",
    "Marknadschef",
    "Redovisningsekonom",
];

const STREET: [&str; 6] = ["Exempelgatan", "Provvägen", "Testgränd", "Skisstigen", "Demotorget", "Mallgatan"];

const PLACE: [&str; 6] = ["Provstad", "Exempelhamn", "Mallköping", "Utkastby", "Visningsås", "Platsbo"];

/// The beginnings of the ranges for fiction, each with the first and the last of its two last digits.
const FICTION: [(&str, u64, u64); 4] =
    [("070-174 06 ", 5, 99), ("08-465 004 ", 0, 99), ("031-390 06 ", 0, 99), ("040-628 04 ", 0, 99)];

/// A person's values, read as those of a caller are; `password` is what verifies a password, and the same for everybody.
///
/// # Errors
/// When the tables hold a value that callers may not give.
pub(super) fn subject(
    id: SubjectId,
    (number, chance): (u64, &Chance),
    password: &Personal<String>,
) -> anyhow::Result<NewSubject> {
    let mut faults = Faults::default();
    let read = input(number, chance).read(&mut faults);
    faults.finish().map_err(|refusal| anyhow::anyhow!("a made-up value was refused: {refusal:?}"))?;
    let values = read.values.into_iter().filter_map(|(category, value)| Some((category, value?)));
    let mut values: BTreeMap<_, _> = values.collect();
    values.insert(DataCategory::Password, password.clone());
    Ok(NewSubject {
        id,
        values,
        external_reference: read.external_reference.flatten(),
        terms: read.terms,
        marketing_objected_at: None,
    })
}

fn input(number: u64, chance: &Chance) -> PersonInput {
    let (given, sample, ending) = (chance.pick(&GIVEN), chance.pick(&SAMPLE), chance.pick(&ENDING));
    let surname = format!("{sample}{ending}");
    let login = format!("{given}.{surname}.{number}").to_lowercase();
    let place = usize::try_from(chance.below(4)).ok().and_then(|place| FICTION.get(place));
    let (area, first, last) = place.copied().unwrap_or(FICTION[0]);
    PersonInput {
        external_reference: Given::Value(format!("S-{number:08}")),
        name: Given::Value(format!("{given} {surname}")),
        position: Given::Value(chance.pick(&POSITION).to_owned()),
        phone: Given::Value(format!("{area}{:02}", first + chance.below(last - first + 1))),
        address: Given::Value(AddressParts {
            lines: vec![format!("{} {}", chance.pick(&STREET), 1 + chance.below(99))],
            postal_code: format!("99{} {:02}", chance.below(10), 1 + chance.below(99)),
            locality: chance.pick(&PLACE).to_owned(),
            country: "SE".to_owned(),
        }),
        email: Given::Value(format!("{login}@example.com")),
        login_name: Given::Value(login),
        password: Given::LeftOut,
    }
}
