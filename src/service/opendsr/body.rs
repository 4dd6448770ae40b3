//! Reading the body of a request: every fault is found, each with its place.

use domain::category::DataCategory;
use domain::opendsr::{MOST_CALLBACKS, REGULATION, SubjectRequestId, SubjectRequestType, VERSION};
use domain::personal::Personal;
use domain::purpose::Purpose;
use domain::request::rectification::RectificationFault;
use domain::restriction::RestrictionGround;
use serde_json::{Map, Value};
use store::NewOpenDsrRequest;

use super::fault::Fault;
use super::identity::{Identities, read_identities};
use crate::service::Gateway;
use crate::service::input::instant;
use crate::service::request::rectification::CorrectionInput;
use crate::service::request::submission::{Ask, Meanwhile};

/// The members that a request of each type may have in this gateway's extension, beside `identities`.
const MEMBERS: [(SubjectRequestType, &[&str]); 6] = [
    (SubjectRequestType::Access, &[]),
    (SubjectRequestType::Portability, &[]),
    (SubjectRequestType::Erasure, &["categories"]),
    (SubjectRequestType::Rectification, &["rectifications", "restrict_meanwhile"]),
    (SubjectRequestType::Restriction, &["ground"]),
    (SubjectRequestType::Objection, &["purpose", "grounds"]),
];

/// A request that was read.
pub(super) struct Asked {
    /// What is kept of how it came.
    pub sent: NewOpenDsrRequest,
    /// When the person asked.
    pub submitted_time: String,
    /// Who it is about.
    pub identities: Identities,
    /// What is asked for.
    pub ask: Ask,
    /// Where this gateway's extension stands in the body.
    pub extension: String,
}

/// A reader of one body, with what it has found wrong so far.
pub(super) struct Reader<'g> {
    pub gateway: &'g Gateway,
    pub faults: Vec<Fault>,
    /// Where the extension of this gateway stands.
    pub extension: String,
}

/// Reads a body.
///
/// # Errors
/// Every fault that it has.
pub(super) fn read(gateway: &Gateway, domain: &str, body: &[u8]) -> Result<Asked, Vec<Fault>> {
    let value: Value =
        serde_json::from_slice(body).map_err(|_| vec![Fault::at("", "NOT_JSON", "send a JSON object")])?;
    let Value::Object(object) = &value else {
        return Err(vec![Fault::at("", "NOT_AN_OBJECT", "send a JSON object")]);
    };
    let extension = format!("extensions.{domain}");
    let mut reader = Reader { gateway, faults: Vec::new(), extension };
    let asked = reader.request(object, domain, &value);
    match asked {
        Some(asked) if reader.faults.is_empty() => Ok(asked),
        _ => Err(reader.faults),
    }
}

impl Reader<'_> {
    fn request(&mut self, object: &Map<String, Value>, domain: &str, whole: &Value) -> Option<Asked> {
        self.one_of(object, "regulation", REGULATION);
        if object.get("api_version").is_some_and(|version| !version.is_null()) {
            self.one_of(object, "api_version", VERSION);
        }
        let id = self.text(object, "", "subject_request_id").and_then(|text| {
            let id = SubjectRequestId::parse(text);
            let say = "give a UUID of version 4 in lower case, made for this request alone";
            self.present(id, "subject_request_id", ("INVALID", say))
        });
        let kind = self.text(object, "", "subject_request_type").and_then(|text| {
            let kind = SubjectRequestType::from_code(text);
            let say = "this type of request is not known: discovery lists those that are";
            self.present(kind, "subject_request_type", ("UNSUPPORTED", say))
        });
        let submitted_time = self.text(object, "", "submitted_time").and_then(|text| {
            let read = instant(text)
                .map_err(|invalid| self.fault("submitted_time", "INVALID", &invalid.to_string()));
            read.ok().map(|_| text.to_owned())
        });
        let callback_urls = self.callback_urls(object);
        let none = Map::new();
        let extension = self.extension(object, domain).unwrap_or(&none);
        let identities = read_identities(self, object, extension);
        let ask = kind.and_then(|kind| self.ask(kind, extension));
        let canonical = serde_json_canonicalizer::to_string(whole).ok();
        let body = self.present(canonical, "", ("NOT_JSON", "send numbers that JSON can hold"))?;
        Some(Asked {
            sent: NewOpenDsrRequest { id: id?, body: Personal::new(body), callback_urls },
            submitted_time: submitted_time?,
            identities: identities?,
            ask: ask?,
            extension: self.extension.clone(),
        })
    }

    fn fault(&mut self, location: impl Into<String>, reason: &'static str, message: &str) {
        self.faults.push(Fault::at(location, reason, message));
    }

    fn present<T>(
        &mut self,
        value: Option<T>,
        location: &str,
        (reason, message): (&'static str, &str),
    ) -> Option<T> {
        if value.is_none() {
            self.fault(location, reason, message);
        }
        value
    }

    /// A text that must be there. `within` is the place of the object, with a full stop at its end.
    pub(super) fn text<'v>(
        &mut self,
        object: &'v Map<String, Value>,
        within: &str,
        name: &str,
    ) -> Option<&'v str> {
        let location = format!("{within}{name}");
        match object.get(name) {
            None | Some(Value::Null) => self.fault(location, "REQUIRED", "the member is required"),
            Some(Value::String(text)) => return Some(text),
            Some(_) => self.fault(location, "WRONG_TYPE", "give a string"),
        }
        None
    }

    fn one_of(&mut self, object: &Map<String, Value>, name: &str, known: &str) {
        if self.text(object, "", name).is_some_and(|text| text != known) {
            self.fault(name, "UNSUPPORTED", &format!("give \"{known}\": nothing else is supported here"));
        }
    }

    /// A list that may be left out.
    pub(super) fn list<'v>(
        &mut self,
        object: &'v Map<String, Value>,
        within: &str,
        name: &str,
    ) -> Option<&'v [Value]> {
        match object.get(name) {
            None | Some(Value::Null) => None,
            Some(Value::Array(list)) => Some(list),
            Some(_) => {
                self.fault(format!("{within}{name}"), "WRONG_TYPE", "give a list");
                None
            }
        }
    }

    fn callback_urls(&mut self, object: &Map<String, Value>) -> Vec<String> {
        let name = "status_callback_urls";
        let list = self.list(object, "", name).unwrap_or_default();
        if list.len() > MOST_CALLBACKS {
            self.fault(name, "TOO_MANY", &format!("give at most {MOST_CALLBACKS} addresses"));
            return Vec::new();
        }
        let mut urls: Vec<String> = Vec::new();
        for (index, value) in list.iter().enumerate() {
            let location = format!("{name}[{index}]");
            let Value::String(text) = value else {
                self.fault(location, "WRONG_TYPE", "give a string");
                continue;
            };
            match self.gateway.endpoint(text) {
                // As it was written: the callback repeats it, and the controller compares.
                Ok(_) if !urls.contains(text) => urls.push(text.clone()),
                Ok(_) => self.fault(location, "REPEATED", "name each address once"),
                Err(invalid) => self.fault(location, "INVALID", &invalid.to_string()),
            }
        }
        urls
    }

    /// This gateway's own extension; those of other processors are passed over.
    fn extension<'v>(
        &mut self,
        object: &'v Map<String, Value>,
        domain: &str,
    ) -> Option<&'v Map<String, Value>> {
        let extensions = match object.get("extensions") {
            None | Some(Value::Null) => return None,
            Some(Value::Object(extensions)) => extensions,
            Some(_) => {
                self.fault("extensions", "WRONG_TYPE", "give an object with a member for each processor");
                return None;
            }
        };
        match extensions.get(domain) {
            None | Some(Value::Null) => None,
            Some(Value::Object(own)) => Some(own),
            Some(_) => {
                let location = self.extension.clone();
                self.fault(location, "WRONG_TYPE", "give an object");
                None
            }
        }
    }

    /// What is asked for. A member that this type of request does not have is refused: to pass over what was asked for
    /// would be to answer another request.
    fn ask(&mut self, kind: SubjectRequestType, extension: &Map<String, Value>) -> Option<Ask> {
        let known = MEMBERS.iter().find(|(known, _)| *known == kind).map_or(&[][..], |(_, members)| members);
        for name in extension.keys().filter(|name| *name != "identities" && !known.contains(&name.as_str())) {
            // A name that somebody made up may be anything, a person's too.
            let told = MEMBERS.iter().flat_map(|(_, members)| *members).find(|member| *member == name);
            let location = told.map_or(self.extension.clone(), |name| format!("{}.{name}", self.extension));
            self.fault(location, "UNKNOWN_MEMBER", "a request of this type has no such member");
        }
        Some(match kind {
            SubjectRequestType::Access => Ask::Access,
            SubjectRequestType::Portability => Ask::Portability,
            SubjectRequestType::Erasure => Ask::Erasure(self.categories(extension)?),
            SubjectRequestType::Rectification => {
                let meanwhile = self.meanwhile(extension);
                Ask::Rectification(self.rectifications(extension)?, meanwhile?)
            }
            SubjectRequestType::Restriction => {
                Ask::Restriction(self.coded(extension, "ground", RestrictionGround::from_code)?)
            }
            SubjectRequestType::Objection => {
                let purpose = self.coded(extension, "purpose", Purpose::from_code);
                let given = extension.get("grounds").is_some_and(|grounds| !grounds.is_null());
                let within = format!("{}.", self.extension);
                let grounds = if given { Some(self.text(extension, &within, "grounds")?) } else { None };
                Ask::Objection(purpose?, grounds.map(str::to_owned))
            }
        })
    }

    fn coded<T>(
        &mut self,
        object: &Map<String, Value>,
        name: &str,
        read: impl Fn(&str) -> Option<T>,
    ) -> Option<T> {
        let within = format!("{}.", self.extension);
        let value = self.text(object, &within, name).map(read)?;
        let say = "this value is not known: the schema of the tenant API lists those that are";
        self.present(value, &format!("{within}{name}"), ("UNSUPPORTED", say))
    }

    /// The categories of an erasure: `Some(None)` for all.
    #[expect(clippy::option_option, reason = "the outer one is whether it could be read")]
    fn categories(&mut self, extension: &Map<String, Value>) -> Option<Option<Vec<DataCategory>>> {
        if extension.get("categories").is_none_or(Value::is_null) {
            return Some(None);
        }
        let within = format!("{}.", self.extension);
        let list = self.list(extension, &within, "categories")?;
        let read: Option<Vec<_>> = list.iter().map(|code| DataCategory::from_code(code.as_str()?)).collect();
        let say = "give categories of the tenant API, such as \"EMAIL\"";
        self.present(read, &format!("{within}categories"), ("UNSUPPORTED", say)).map(Some)
    }

    fn meanwhile(&mut self, extension: &Map<String, Value>) -> Option<Meanwhile> {
        match extension.get("restrict_meanwhile") {
            None | Some(Value::Null | Value::Bool(false)) => Some(Meanwhile::Unrestricted),
            Some(Value::Bool(true)) => Some(Meanwhile::Restricted),
            Some(_) => {
                let location = format!("{}.restrict_meanwhile", self.extension);
                self.fault(location, "WRONG_TYPE", "give true or false");
                None
            }
        }
    }

    fn rectifications(&mut self, extension: &Map<String, Value>) -> Option<Vec<CorrectionInput>> {
        let within = format!("{}.", self.extension);
        let list = self.list(extension, &within, "rectifications");
        let location = format!("{within}rectifications");
        let list = self.present(list, &location, ("REQUIRED", "say what is to be corrected"))?;
        let read = list.iter().enumerate().map(|(index, value)| {
            let within = format!("{location}[{index}]");
            let Value::Object(one) = value else {
                self.fault(within, "WRONG_TYPE", "give an object");
                return None;
            };
            self.rectification(one, &format!("{within}."))
        });
        let read: Vec<_> = read.collect();
        read.into_iter().collect()
    }

    fn rectification(&mut self, one: &Map<String, Value>, within: &str) -> Option<CorrectionInput> {
        let say = "this value is not known: the schema of the tenant API lists those that are";
        let category = self.text(one, within, "category").map(DataCategory::from_code);
        let fault = match one.get("fault") {
            None | Some(Value::Null) => Some(Some(RectificationFault::Incorrect)),
            Some(_) => self.text(one, within, "fault").map(RectificationFault::from_code),
        };
        let new_value = self.text(one, within, "new_value").map(str::to_owned);
        let category = self.present(category?, &format!("{within}category"), ("UNSUPPORTED", say));
        let fault = self.present(fault?, &format!("{within}fault"), ("UNSUPPORTED", say));
        Some(CorrectionInput { category: category?, fault: fault?, new_value: new_value? })
    }
}
