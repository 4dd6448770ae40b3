//! Whose budget it is.

use auth::{Authority, OperatorAuthority};
use domain::id::TenantId;

/// Whom requests are counted for: an actor of a tenant or of the platform, so that a fresh token of the same actor opens no
/// fresh budget. `sub` is unique within its issuer only.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Asker {
    /// None for the platform's own staff and machines.
    tenant: Option<TenantId>,
    issuer: String,
    actor: String,
}

impl Asker {
    /// The tenant that asks; `None` for the platform's own staff and machines.
    #[must_use]
    pub const fn tenant(&self) -> Option<TenantId> {
        self.tenant
    }
}

impl From<&Authority> for Asker {
    fn from(authority: &Authority) -> Self {
        let (issuer, actor) = (authority.issuer().to_owned(), authority.actor().to_owned());
        Self { tenant: Some(authority.tenant()), issuer, actor }
    }
}

impl From<&OperatorAuthority> for Asker {
    fn from(authority: &OperatorAuthority) -> Self {
        let (issuer, actor) = (authority.issuer().to_owned(), authority.actor().to_owned());
        Self { tenant: None, issuer, actor }
    }
}

#[cfg(test)]
impl Asker {
    /// Somebody of no tenant.
    pub(super) fn named(actor: &str) -> Self {
        Self { tenant: None, issuer: "https://issuer.example".to_owned(), actor: actor.to_owned() }
    }
}
