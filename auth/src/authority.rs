//! What a verified token lets its bearer do.

use std::fmt;
use std::sync::Arc;

use domain::id::{SubjectId, TenantId};
use domain::scope::{Scope, Scopes, satisfies};
use jiff::Timestamp;

use crate::claims::Claims;
use crate::jwks::TrustedKey;
use crate::refusal::Refusal;

/// A token whose form, signature and claims are right, and the key that says so.
pub(crate) struct Verified {
    pub(crate) issuer: Arc<str>,
    pub(crate) key: Arc<TrustedKey>,
    pub(crate) claims: Claims,
}

/// The proof that a caller acts for a tenant. Only [`crate::Authenticator`] makes one, out of a verified token.
#[derive(Clone)]
pub struct Authority {
    tenant: TenantId,
    verified: Arc<Verified>,
    /// The scopes that are left of the token's, where it counts for less.
    narrowed: Option<Arc<Scopes>>,
}

impl Authority {
    pub(crate) fn new(verified: Arc<Verified>) -> Result<Self, Refusal> {
        let tenant = verified.claims.tenant.ok_or(Refusal::NoTenant)?;
        Ok(Self { tenant, verified, narrowed: None })
    }

    /// The same caller with none but these of its scopes.
    #[must_use]
    pub fn within(&self, ceiling: &Scopes) -> Self {
        let narrowed = self.scopes().intersection(ceiling).copied().collect();
        Self { narrowed: Some(Arc::new(narrowed)), ..self.clone() }
    }

    /// The token's `sub`: unique within the issuer only, so keep [`Self::issuer`] beside it.
    #[must_use]
    pub fn actor(&self) -> &str {
        &self.verified.claims.actor
    }

    /// The token's `iss`.
    #[must_use]
    pub fn issuer(&self) -> &str {
        &self.verified.issuer
    }

    /// The tenant that the token is for. Whether there is such a tenant is not known here.
    #[must_use]
    pub fn tenant(&self) -> TenantId {
        self.tenant
    }

    /// The scopes that count: a data subject's token has only `self:*`, any other of a tenant no `self:*` and no
    /// `operator:*`.
    #[must_use]
    pub fn scopes(&self) -> &Scopes {
        self.narrowed.as_deref().unwrap_or(&self.verified.claims.scopes)
    }

    /// The token's `client_id` (RFC 9068 section 2.2), where it has one.
    #[must_use]
    pub fn client(&self) -> Option<&str> {
        self.verified.claims.client.as_deref()
    }

    /// The data subject whose own token this is.
    #[must_use]
    pub fn subject(&self) -> Option<SubjectId> {
        self.verified.claims.subject
    }

    /// The token's `exp`; it is accepted for 30 seconds longer.
    #[must_use]
    pub fn expires_at(&self) -> Timestamp {
        self.verified.claims.expires_at
    }

    /// Whether the granted scopes satisfy a requirement of alternatives.
    #[must_use]
    pub fn satisfies(&self, requirement: &[Vec<Scope>]) -> bool {
        satisfies(self.scopes(), requirement)
    }
}

/// The actor is left out: it can be a person's name.
impl fmt::Debug for Authority {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Authority")
            .field("tenant", &self.tenant)
            .field("subject", &self.subject())
            .field("scopes", self.scopes())
            .field("expires_at", &self.expires_at())
            .finish_non_exhaustive()
    }
}

/// The proof that a caller acts for the operator of the gateway. Only [`crate::Authenticator`] makes one.
#[derive(Clone)]
pub struct OperatorAuthority(Arc<Verified>);

impl OperatorAuthority {
    pub(crate) fn new(verified: Arc<Verified>) -> Result<Self, Refusal> {
        if verified.claims.tenant.is_some() { Err(Refusal::TenantOnOperatorApi) } else { Ok(Self(verified)) }
    }

    /// The token's `sub`: unique within the issuer only, so keep [`Self::issuer`] beside it.
    #[must_use]
    pub fn actor(&self) -> &str {
        &self.0.claims.actor
    }

    /// The token's `iss`.
    #[must_use]
    pub fn issuer(&self) -> &str {
        &self.0.issuer
    }

    /// The scopes that count: `operator:*` alone.
    #[must_use]
    pub fn scopes(&self) -> &Scopes {
        &self.0.claims.scopes
    }

    /// The token's `exp`; it is accepted for 30 seconds longer.
    #[must_use]
    pub fn expires_at(&self) -> Timestamp {
        self.0.claims.expires_at
    }

    /// Whether the granted scopes satisfy a requirement of alternatives.
    #[must_use]
    pub fn satisfies(&self, requirement: &[Vec<Scope>]) -> bool {
        satisfies(self.scopes(), requirement)
    }
}

/// The actor is left out: it can be a person's name.
impl fmt::Debug for OperatorAuthority {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OperatorAuthority")
            .field("scopes", self.scopes())
            .field("expires_at", &self.expires_at())
            .finish_non_exhaustive()
    }
}
