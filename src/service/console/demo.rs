//! The demonstration's roles, one click each.

use std::sync::Arc;

use auth::development::{DevelopmentIssuer, TokenRequest};
use domain::id::TenantId;
use domain::language::Language;
use domain::scope::Scope;

use super::sign_in::{Entered, SignInError};
use super::tokens::{Tokens, whose};
use super::{Console, Way};

/// Somebody whom a newcomer can be.
pub struct DemoRole {
    /// By what it is chosen.
    pub id: String,
    /// Of which tenant.
    pub tenant: TenantId,
    /// The tenant's registered name.
    pub tenant_name: String,
    /// A word for it, which front ends translate.
    pub name: &'static str,
    /// What it can do, in Swedish and in English.
    pub description: [&'static str; 2],
    /// `sub` of its tokens.
    pub actor: &'static str,
    /// Its scopes.
    pub scopes: Vec<Scope>,
}

impl DemoRole {
    /// What it can do, in a language.
    #[must_use]
    pub const fn described(&self, language: Language) -> &'static str {
        match language {
            Language::Sv => self.description[0],
            Language::En => self.description[1],
        }
    }
}

/// All of them, and the issuer of their tokens.
pub struct DemoRoles {
    /// The demonstration's own issuer.
    pub issuer: Arc<DevelopmentIssuer>,
    /// In the order in which they are shown.
    pub roles: Vec<DemoRole>,
}

impl Console {
    /// The roles that can be chosen; none outside the demonstration.
    #[must_use]
    pub fn roles(&self) -> &[DemoRole] {
        match self.way() {
            Way::Demo(demo) => &demo.roles,
            Way::OpenId(_) => &[],
        }
    }

    /// Signs in as one of the demonstration's roles. Its token lasts as long as the session can.
    ///
    /// # Errors
    /// [`SignInError::NoSuchRole`], outside the demonstration always.
    pub async fn sign_in_as(&self, role: &str) -> Result<Entered, SignInError> {
        let Way::Demo(demo) = self.way() else { return Err(SignInError::NoSuchRole) };
        let role = demo.roles.iter().find(|known| known.id == role).ok_or(SignInError::NoSuchRole)?;
        let access = demo.issuer.mint(&TokenRequest {
            tenant: Some(role.tenant),
            subject: None,
            actor: role.actor.to_owned(),
            scopes: role.scopes.iter().map(|scope| scope.text().to_owned()).collect(),
            lifetime: self.terms().absolute.unsigned_abs(),
            now: self.now(),
        });
        let authority = self.judge(&access).await?;
        let tokens = Tokens { access, refresh: None, id: None, whose: whose(&authority) };
        self.enter(&authority, &tokens, None).await
    }
}
