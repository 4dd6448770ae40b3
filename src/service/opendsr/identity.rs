//! By what a request names its person.

use domain::opendsr::{IdentityType, RAW, UNSUPPORTED_FORMATS, UNSUPPORTED_IDENTITIES};
use serde_json::{Map, Value};

use super::body::Reader;
use super::fault::Fault;
use crate::service::search::Search;

/// The most identities that one request may name.
const MOST: usize = 10;

/// By what a request names its person: all of it is to hold of the same one.
pub(super) struct Identities {
    /// The search that finds the person.
    pub search: Search,
    /// Two different values of the same type, which no person has both.
    pub contradictory: bool,
    /// Where each type stands in the body.
    places: Vec<(IdentityType, String)>,
}

/// An identity that was read.
struct Identity<'v> {
    kind: IdentityType,
    value: &'v str,
    place: String,
}

/// Reads the identities of the request itself and those of this gateway's extension.
pub(super) fn read_identities(
    reader: &mut Reader<'_>,
    object: &Map<String, Value>,
    extension: &Map<String, Value>,
) -> Option<Identities> {
    let within = format!("{}.", reader.extension);
    let standard = reader.list(object, "", "subject_identities").unwrap_or_default();
    let own = reader.list(extension, &within, "identities").unwrap_or_default();
    if standard.is_empty() && own.is_empty() {
        let say = "name the person by at least one identity";
        // A list that is none has been complained of.
        let empty = |value: Option<&Value>| {
            value.is_none_or(|value| value.is_null() || value.as_array().is_some_and(Vec::is_empty))
        };
        if empty(object.get("subject_identities")) && empty(extension.get("identities")) {
            reader.faults.push(Fault::at("subject_identities", "REQUIRED", say));
        }
        return None;
    }
    if standard.len() + own.len() > MOST {
        let say = format!("name the person by at most {MOST} identities");
        reader.faults.push(Fault::at("subject_identities", "TOO_MANY", say));
        return None;
    }
    let before = reader.faults.len();
    let mut read = Vec::new();
    for (index, value) in standard.iter().enumerate() {
        let place = format!("subject_identities[{index}]");
        read.extend(identity(reader, value, (place, Where::Standard)));
    }
    for (index, value) in own.iter().enumerate() {
        let place = format!("{within}identities[{index}]");
        read.extend(identity(reader, value, (place, Where::Extension)));
    }
    (reader.faults.len() == before).then(|| gather(read))
}

/// In which of the two lists an identity stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Where {
    Standard,
    Extension,
}

fn identity<'v>(
    reader: &mut Reader<'_>,
    value: &'v Value,
    (place, list): (String, Where),
) -> Option<Identity<'v>> {
    let Value::Object(object) = value else {
        reader.faults.push(Fault::at(place, "WRONG_TYPE", "give an object"));
        return None;
    };
    let within = format!("{place}.");
    let kind = reader.text(object, &within, "identity_type");
    let format = reader.text(object, &within, "identity_format");
    let value = reader.text(object, &within, "identity_value");
    if let Some(format) = format.filter(|format| *format != RAW) {
        let say = if UNSUPPORTED_FORMATS.contains(&format) {
            "nobody can be found by a digest here: give the identity as \"raw\""
        } else {
            "the format is not known: give the identity as \"raw\""
        };
        reader.faults.push(Fault::at(format!("{within}identity_format"), "UNSUPPORTED", say));
    }
    let kind = kind.and_then(|text| known(reader, text, (&within, list)))?;
    Some(Identity { kind, value: value?, place: format!("{within}identity_value") })
}

/// The type of an identity, if it stands in the list that it belongs in.
fn known(reader: &mut Reader<'_>, text: &str, (within, list): (&str, Where)) -> Option<IdentityType> {
    let kind = IdentityType::from_code(text);
    let say = match kind {
        Some(kind) if kind.is_standard() || list == Where::Extension => return Some(kind),
        Some(_) => "name this identity in this processor's own extension, as discovery says",
        None if UNSUPPORTED_IDENTITIES.contains(&text) => {
            "nobody is found by an identity of this type here: leave it out"
        }
        None => "the type of identity is not known: discovery lists those that are",
    };
    reader.faults.push(Fault::at(format!("{within}identity_type"), "UNSUPPORTED", say));
    None
}

fn gather(read: Vec<Identity<'_>>) -> Identities {
    let mut gathered = Identities { search: Search::default(), contradictory: false, places: Vec::new() };
    for Identity { kind, value, place } in read {
        let member = match kind {
            IdentityType::ControllerCustomerId => &mut gathered.search.external_reference,
            IdentityType::Email => &mut gathered.search.email,
            IdentityType::Phone => &mut gathered.search.phone,
        };
        gathered.contradictory |= member.as_ref().is_some_and(|before| before != value);
        *member = Some(value.to_owned());
        gathered.places.push((kind, place));
    }
    gathered
}

impl Identities {
    /// Where the value stands that an argument of the search was read from.
    pub(super) fn place_of(&self, argument: &str) -> String {
        let kind = match argument {
            "filter.email" => IdentityType::Email,
            "filter.phone" => IdentityType::Phone,
            _ => IdentityType::ControllerCustomerId,
        };
        let place = self.places.iter().find(|(known, _)| *known == kind).map(|(_, place)| place.clone());
        place.unwrap_or_default()
    }
}
