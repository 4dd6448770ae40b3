//! Why a use case was not carried out.

mod code;

use std::borrow::Cow;

use connector::InvalidEndpoint;
use domain::agreement::placeholders::TemplateFault;
use domain::invalid::Invalid;
use domain::language::Language;
use domain::request::state::Conflict;
use jiff::civil::Date;
use store::{OpenError, StoreError, Unserved};

pub use code::UserErrorCode;

/// For how long the law or an order forbids something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Until {
    /// To the end of a day.
    Day(Date),
    /// Until the hold is released.
    Release,
    /// For so many months after the year in which the fiscal year ended.
    Months(u16),
}

/// One thing that is wrong, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UserError {
    /// What to branch on.
    pub code: UserErrorCode,
    /// For [`UserErrorCode::Invalid`]: what is wrong with the value.
    pub reason: Option<Invalid>,
    /// For [`UserErrorCode::RetentionRequired`]: for how long.
    pub until: Option<Until>,
    /// For a template: what is wrong with its text.
    pub template: Option<TemplateFault>,
    /// For the address of a system outside: what is wrong with it.
    pub endpoint: Option<InvalidEndpoint>,
    /// Path into the mutation's arguments, outermost first; empty where no single input is to blame.
    pub path: Vec<Cow<'static, str>>,
}

impl UserError {
    /// An error that no single input is to blame for.
    #[must_use]
    pub const fn new(code: UserErrorCode) -> Self {
        Self { code, reason: None, until: None, template: None, endpoint: None, path: Vec::new() }
    }

    /// An error at one member of `input`.
    #[must_use]
    pub fn at(code: UserErrorCode, member: &'static str) -> Self {
        Self { path: vec!["input".into(), member.into()], ..Self::new(code) }
    }

    /// A value of the wrong form at one member of `input`.
    #[must_use]
    pub fn invalid(member: &'static str, reason: Invalid) -> Self {
        Self { reason: Some(reason), ..Self::at(UserErrorCode::Invalid, member) }
    }

    /// The law or an order forbids it at one member of `input`.
    #[must_use]
    pub fn retained(member: &'static str, until: Until) -> Self {
        Self { until: Some(until), ..Self::at(UserErrorCode::RetentionRequired, member) }
    }

    /// A fault of a template's text at one member of `input`.
    #[must_use]
    pub fn template(member: &'static str, fault: TemplateFault) -> Self {
        Self { template: Some(fault), ..Self::at(UserErrorCode::Invalid, member) }
    }

    /// A fault of an address at one member of `input`.
    #[must_use]
    pub fn endpoint(member: &'static str, fault: InvalidEndpoint) -> Self {
        Self { endpoint: Some(fault), ..Self::at(UserErrorCode::Invalid, member) }
    }

    /// The same error deeper within the member that it is at.
    #[must_use]
    pub fn within(mut self, below: &[&str]) -> Self {
        self.path.extend(below.iter().map(|part| Cow::Owned((*part).to_owned())));
        self
    }

    /// One sentence for a person, which says what to do and echoes nothing.
    #[must_use]
    pub fn message(&self, language: Language) -> String {
        if let Some(reason) = self.reason {
            return reason.message(language);
        }
        if let Some(until) = self.until {
            return retention(until, language);
        }
        if let Some(fault) = &self.template {
            return fault.message(language);
        }
        if let Some(fault) = self.endpoint {
            return super::system::endpoint::told(fault, language).to_owned();
        }
        self.code.wording().text(language).to_owned()
    }
}

fn retention(until: Until, language: Language) -> String {
    match (until, language) {
        (Until::Day(day), Language::Sv) => format!("Uppgifterna måste bevaras till och med {day}."),
        (Until::Day(day), Language::En) => format!("The data must be kept until and including {day}."),
        (Until::Release, Language::Sv) => {
            "Uppgifterna måste bevaras tills hindret har hävts; häv det först.".to_owned()
        }
        (Until::Release, Language::En) => {
            "The data must be kept until the hold is released; release it first.".to_owned()
        }
        (Until::Months(months), Language::Sv) => format!(
            "Bokföringslagen (7 kap. 2 §) kräver minst {months} månader efter utgången av det kalenderår då \
             räkenskapsåret avslutades; ange FISCAL_YEAR_ENDED och minst {months}."
        ),
        (Until::Months(months), Language::En) => format!(
            "The Bookkeeping Act (7 kap. 2 §) demands at least {months} months after the end of the calendar year in \
             which the fiscal year ended; give FISCAL_YEAR_ENDED and at least {months}."
        ),
    }
}

/// Why nothing was done.
#[derive(Debug)]
pub enum Refusal {
    /// Nothing is wrong with the caller: these are wrong with the request.
    User(Vec<UserError>),
    /// No agreement is in force.
    AgreementRequired,
    /// The tenant is closed, or winding down and this is no part of it.
    TenantNotServed,
    /// The token's tenant does not exist: the token is as good as none.
    UnknownTenant,
    /// The store failed; the cause goes to the log, never to the caller.
    Store(StoreError),
    /// A file could not be made.
    Package(crate::package::PackageError),
}

impl From<UserError> for Refusal {
    fn from(error: UserError) -> Self {
        Self::User(vec![error])
    }
}

impl From<StoreError> for Refusal {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl From<crate::package::PackageError> for Refusal {
    fn from(error: crate::package::PackageError) -> Self {
        Self::Package(error)
    }
}

impl From<OpenError> for Refusal {
    fn from(error: OpenError) -> Self {
        match error {
            OpenError::UnknownTenant => Self::UnknownTenant,
            OpenError::Store(error) => Self::Store(error),
        }
    }
}

impl From<Unserved> for Refusal {
    fn from(unserved: Unserved) -> Self {
        match unserved {
            Unserved::AgreementRequired => Self::AgreementRequired,
            Unserved::Closed => Self::TenantNotServed,
        }
    }
}

impl From<Conflict> for Refusal {
    fn from(conflict: Conflict) -> Self {
        let code = match conflict {
            Conflict::IdentityNotVerified => UserErrorCode::IdentityNotVerified,
            Conflict::State(_) => UserErrorCode::Conflict,
        };
        UserError::at(code, "requestId").into()
    }
}
