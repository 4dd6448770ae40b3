//! Why a use case was not carried out.

use domain::invalid::Invalid;
use domain::language::Language;
use domain::request::state::Conflict;
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
    /// The category is not in the agreement in force.
    OutsideAgreement,
    /// A request of the same kind for the same person is open.
    AlreadyOpen,
    /// The subject was erased.
    Erased,
}

/// One thing that is wrong, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UserError {
    /// What to branch on.
    pub code: UserErrorCode,
    /// For [`UserErrorCode::Invalid`]: what is wrong with the value.
    pub reason: Option<Invalid>,
    /// Path into the mutation's arguments, outermost first; empty where no single input is to blame.
    pub path: Vec<&'static str>,
}

impl UserError {
    /// An error that no single input is to blame for.
    #[must_use]
    pub const fn new(code: UserErrorCode) -> Self {
        Self { code, reason: None, path: Vec::new() }
    }

    /// An error at one member of `input`.
    #[must_use]
    pub fn at(code: UserErrorCode, member: &'static str) -> Self {
        Self { code, reason: None, path: vec!["input", member] }
    }

    /// A value of the wrong form at one member of `input`.
    #[must_use]
    pub fn invalid(member: &'static str, reason: Invalid) -> Self {
        Self { reason: Some(reason), ..Self::at(UserErrorCode::Invalid, member) }
    }

    /// One sentence for a person, which says what to do and echoes nothing.
    #[must_use]
    pub fn message(&self, language: Language) -> String {
        if let Some(reason) = self.reason {
            return reason.message(language);
        }
        let (swedish, english) = sentence(self.code);
        language.choose(swedish, english).to_owned()
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
            "Värdet används redan för en annan person. Sök upp den personen i stället.",
            "The value is already in use for another person. Look that person up instead.",
        ),
        UserErrorCode::ProcessingRestricted => (
            "Behandlingen av personens uppgifter är begränsad (artikel 18); häv begränsningen först.",
            "Processing of the person's data is restricted (Art. 18); lift the restriction first.",
        ),
        UserErrorCode::IdentityNotVerified => (
            "Bekräfta först vem som begär detta (artikel 12.6).",
            "Confirm first who is asking (Art. 12(6)).",
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
