//! Why a use case was not carried out.

use std::borrow::Cow;

use connector::InvalidEndpoint;
use domain::agreement::placeholders::TemplateFault;
use domain::invalid::Invalid;
use domain::language::Language;
use domain::request::state::Conflict;
use jiff::civil::Date;
use store::{OpenError, StoreError, Unserved};

/// A closed vocabulary for what a mutation found wrong with a well-formed request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UserErrorCode {
    /// A value has the wrong form.
    Invalid,
    /// No such object within this tenant.
    NotFound,
    /// The object's state does not allow it.
    Conflict,
    /// The same idempotency key was used with a different input.
    IdempotencyMismatch,
    /// A unique value is taken within the tenant.
    AlreadyExists,
    /// The subject's processing is restricted (Art. 18).
    ProcessingRestricted,
    /// The requester's identity must be confirmed first (Art. 12(6)).
    IdentityNotVerified,
    /// The law or an order forbids it for a time.
    RetentionRequired,
    /// The category is not in the agreement in force.
    OutsideAgreement,
    /// A request of the same kind for the same person is open.
    AlreadyOpen,
    /// The legal deadline does not allow it.
    DeadlinePassed,
    /// The subject was erased.
    Erased,
    /// Processing outside the EU/EEA without anything that makes it lawful (Art. 44).
    TransferNotLawful,
}

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
        let (swedish, english) = sentence(self.code);
        language.choose(swedish, english).to_owned()
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

const fn sentence(code: UserErrorCode) -> (&'static str, &'static str) {
    match code {
        UserErrorCode::Invalid => ("Värdet har fel form.", "The value has the wrong form."),
        UserErrorCode::NotFound => (
            "Det finns inget sådant objekt. Kontrollera identifieraren.",
            "There is no such object. Check the identifier.",
        ),
        UserErrorCode::Conflict => (
            "Objektets tillstånd medger inte detta. Läs om objektet och försök igen.",
            "The object's state does not allow this. Read it again before you go on.",
        ),
        UserErrorCode::IdempotencyMismatch => (
            "Nyckeln har redan använts med andra uppgifter. Använd en ny nyckel.",
            "The key was already used with another input. Use a new key.",
        ),
        UserErrorCode::AlreadyExists => (
            "Värdet används redan för en annan person, organisation eller ett annat system. Sök upp det i stället.",
            "The value is already in use for another person, organisation or system. Look that one up instead.",
        ),
        UserErrorCode::ProcessingRestricted => (
            "Behandlingen av personens uppgifter är begränsad (artikel 18); häv begränsningen först.",
            "Processing of the person's data is restricted (Art. 18); lift the restriction first.",
        ),
        UserErrorCode::IdentityNotVerified => (
            "Bekräfta först vem som begär detta (artikel 12.6).",
            "Confirm first who is asking (Art. 12(6)).",
        ),
        UserErrorCode::RetentionRequired => (
            "Lag eller beslut kräver att uppgifterna bevaras.",
            "A law or a decision demands that the data is kept.",
        ),
        UserErrorCode::DeadlinePassed => (
            "Fristen medger inte detta längre: en förlängning beslutas inom den första månaden (artikel 12.3), en \
             invändning mot ett underbiträde görs inom avtalets tid efter underrättelsen.",
            "The deadline no longer allows this: an extension is decided within the first month (Art. 12(3)), an \
             objection to a sub-processor is made within the agreement's period after the notice.",
        ),
        UserErrorCode::OutsideAgreement => (
            "Kategorin omfattas inte av gällande personuppgiftsbiträdesavtal och kan inte lagras.",
            "The category is not in the processor agreement in force and cannot be stored.",
        ),
        UserErrorCode::AlreadyOpen => (
            "En begäran av samma slag för samma person är redan öppen; den följer med svaret.",
            "A request of the same kind for the same person is already open; the answer carries it.",
        ),
        UserErrorCode::Erased => ("Personens uppgifter är raderade.", "The person's data has been erased."),
        UserErrorCode::TransferNotLawful => (
            "Överföringen saknar stöd: ett land ligger utanför EU/EES eller saknar gällande beslut om adekvat \
             skyddsnivå. Ange en annan överföringsmekanism eller andra länder (artikel 44–47).",
            "Nothing makes the transfer lawful: a country is outside the EU/EEA, or no adequacy decision is in force \
             for it. Give another transfer mechanism or other countries (Art. 44–47).",
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
