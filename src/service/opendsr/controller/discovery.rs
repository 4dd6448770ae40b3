//! What a processor says that it can do.

use domain::opendsr::{IdentityType, RAW, SubjectRequestType};
use serde_json::Value;

/// The other form of an identity that can be given: the digest of what it is in lower case, in hexadecimal digits.
const SHA256: &str = "sha256";

/// A processor's discovery document, as far as it matters here.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Discovery {
    standard: Supported,
    extension: Supported,
    /// Where its certificate is.
    pub certificate: String,
}

/// What is supported, in one of the two places that say so.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Supported {
    identities: Vec<(IdentityType, Form)>,
    types: Vec<SubjectRequestType>,
}

/// The form of an identity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// As it is.
    Raw,
    /// Its SHA-256.
    Sha256,
}

impl Form {
    /// The standard's name.
    pub(super) const fn code(self) -> &'static str {
        match self {
            Self::Raw => RAW,
            Self::Sha256 => SHA256,
        }
    }
}

/// Where something is supported.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Where {
    /// By the standard.
    Standard,
    /// By the processor's own extension.
    Extension,
}

impl Discovery {
    /// Reads what a processor publishes; what is not known here is passed over. `None` for what is no such document.
    pub(super) fn read(body: &[u8], domain: &str) -> Option<Self> {
        let document: Value = serde_json::from_slice(body).ok()?;
        let extension = document.get("extensions").and_then(|all| all.get(domain));
        Some(Self {
            standard: Supported::read(&document),
            extension: extension.map(Supported::read).unwrap_or_default(),
            certificate: document.get("processor_certificate")?.as_str()?.to_owned(),
        })
    }

    /// Whether a type of request can be sent.
    pub(super) fn takes(&self, kind: SubjectRequestType) -> bool {
        self.standard.types.contains(&kind) || self.extension.types.contains(&kind)
    }

    /// Where and in which form an identity can be given; the standard and the plain form before the others.
    pub(super) fn form_of(&self, kind: IdentityType) -> Option<(Where, Form)> {
        let form = |supported: &Supported| {
            let has = |form| supported.identities.contains(&(kind, form));
            [Form::Raw, Form::Sha256].into_iter().find(|form| has(*form))
        };
        let standard = form(&self.standard).map(|form| (Where::Standard, form));
        standard.or_else(|| form(&self.extension).map(|form| (Where::Extension, form)))
    }
}

impl Supported {
    fn read(document: &Value) -> Self {
        let list = |name| document.get(name).and_then(Value::as_array).into_iter().flatten();
        let identities = list("supported_identities").filter_map(|identity| {
            let text = |name| identity.get(name).and_then(Value::as_str);
            let form = match text("identity_format")? {
                RAW => Form::Raw,
                SHA256 => Form::Sha256,
                _ => return None,
            };
            Some((IdentityType::from_code(text("identity_type")?)?, form))
        });
        let types = list("supported_subject_request_types")
            .filter_map(|kind| SubjectRequestType::from_code(kind.as_str()?));
        Self { identities: identities.collect(), types: types.collect() }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_a_processor_supports_is_read_and_the_rest_passed_over() {
        let document = json!({
            "supported_identities": [
                { "identity_type": "email", "identity_format": "sha256" },
                { "identity_type": "controller_customer_id", "identity_format": "md5" },
                { "identity_type": "ios_vendor_id", "identity_format": "raw" },
                7,
            ],
            "supported_subject_request_types": ["erasure", "forgetting", null],
            "processor_certificate": "https://processor.example/cert.pem",
            "extensions": { "processor.example": {
                "supported_identities": [{ "identity_type": "phone", "identity_format": "raw" }],
                "supported_subject_request_types": ["restriction"],
            } },
        });
        let read = |domain| Discovery::read(document.to_string().as_bytes(), domain).unwrap_or_default();
        let found = read("processor.example");
        for (kind, expected) in [
            (IdentityType::Email, Some((Where::Standard, Form::Sha256))),
            (IdentityType::ControllerCustomerId, None),
            (IdentityType::Phone, Some((Where::Extension, Form::Raw))),
        ] {
            assert_eq!(found.form_of(kind), expected, "{}", kind.code());
        }
        for kind in SubjectRequestType::ALL {
            let expected = matches!(kind, SubjectRequestType::Erasure | SubjectRequestType::Restriction);
            assert_eq!(found.takes(*kind), expected, "{}", kind.code());
        }
        assert!(!read("other.example").takes(SubjectRequestType::Restriction), "another's extension");
        assert_eq!(found.certificate, "https://processor.example/cert.pem");
        for none in ["", "[]", "{}", r#"{"processor_certificate": 1}"#] {
            assert_eq!(Discovery::read(none.as_bytes(), "x"), None, "{none}");
        }
    }
}
