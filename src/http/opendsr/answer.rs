//! Signed answers, and errors in the standard's form (section 7.6).

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use domain::language::Language;
use domain::wording::Wording;
use serde_json::{Value, json};

use crate::http::rejection::{Kind, Rejection};
use crate::service::opendsr::{Fault, OpenDsr, OpenDsrError};
use crate::service::records::Unserved;
use crate::service::refusal::Refusal;

/// The domain of a signature.
const DOMAIN: &str = "x-opendsr-processor-domain";
/// The signature over the body, byte for byte.
const SIGNATURE: &str = "x-opendsr-signature";

/// The language of the standard, and of everything that is said in it: its readers are the controller's developers.
const SPOKEN: Language = Language::En;

/// An answer with its signature.
pub fn signed(dialect: &OpenDsr, status: u16, body: &Value) -> HttpResponse {
    respond(dialect, (status, None), body)
}

fn respond(dialect: &OpenDsr, (status, header): (u16, Option<(&str, &str)>), body: &Value) -> HttpResponse {
    let body = body.to_string();
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut answer = HttpResponse::build(status);
    if let Some(header) = header {
        answer.insert_header(header);
    }
    answer
        .insert_header((DOMAIN, dialect.processor.domain()))
        .insert_header((SIGNATURE, dialect.processor.sign(body.as_bytes())))
        .content_type("application/json; charset=utf-8")
        .body(body)
}

/// Why a request got no answer of its own.
pub struct Problem {
    rejection: Rejection,
    faults: Vec<Fault>,
}

impl From<Rejection> for Problem {
    fn from(rejection: Rejection) -> Self {
        Self { rejection, faults: Vec::new() }
    }
}

impl Problem {
    /// What became of a use case. What failed is in the log, and nothing of it in the answer.
    pub fn of(error: OpenDsrError, request_id: &str) -> Self {
        match error {
            OpenDsrError::Malformed(faults) => Self { rejection: Kind::Malformed.into(), faults },
            OpenDsrError::NotOnePerson => {
                let say = "these identities do not name one person whose data is held here";
                let faults = vec![Fault::at("subject_identities", "NOT_ONE_PERSON", say)];
                Self { rejection: Rejection::malformed(Wording::english_alone(say)), faults }
            }
            OpenDsrError::NotFound => Rejection::not_found().into(),
            OpenDsrError::Conflict(fault) => {
                let rejection = Rejection::conflict(Wording::english_alone(fault.message.clone()));
                Self { rejection, faults: vec![fault] }
            }
            OpenDsrError::Forbidden(scopes) => Rejection::forbidden(&[scopes.to_vec()]).into(),
            OpenDsrError::Refused(refusal) => refused(refusal, request_id).into(),
        }
    }

    /// The answer, signed.
    pub fn answer(&self, dialect: &OpenDsr) -> HttpResponse {
        let own = || {
            let reason = self.rejection.code();
            vec![json!({ "domain": "Gateway", "reason": reason, "message": self.rejection.message(SPOKEN) })]
        };
        let told = |fault: &Fault| {
            let mut told =
                json!({ "domain": "Validation", "reason": fault.reason, "message": fault.message });
            if !fault.location.is_empty() {
                told["location"] = json!(fault.location);
            }
            told
        };
        let errors = if self.faults.is_empty() { own() } else { self.faults.iter().map(told).collect() };
        let error = json!({
            "code": self.rejection.status(), "message": self.rejection.message(SPOKEN), "errors": errors,
        });
        respond(dialect, (self.rejection.status(), self.rejection.header()), &json!({ "error": error }))
    }
}

fn refused(refusal: Refusal, request_id: &str) -> Rejection {
    match refusal {
        Refusal::AgreementRequired => Rejection::unserved(Unserved::AgreementRequired),
        Refusal::TenantNotServed => Rejection::unserved(Unserved::Closed),
        Refusal::UnknownTenant => Rejection::unauthenticated(),
        Refusal::User(_) => Kind::Malformed.into(),
        Refusal::Store(error) => {
            tracing::error!(request_id, %error, "a request of OpenDSR failed in the store");
            Rejection::internal()
        }
        Refusal::Package(error) => {
            tracing::error!(request_id, %error, "a request of OpenDSR failed");
            Rejection::internal()
        }
    }
}
