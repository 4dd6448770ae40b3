//! Signing in: to the issuer and back, with a session in the end.

use auth::openid::{self, Grant, IssuerFault};
use auth::{Authority, ExpectedIdentity, Refusal};
use store::{NewSession, SessionActor, StoreError};
use url::Url;
use zeroize::Zeroizing;

use super::attempt::{Attempt, Texts};
use super::tokens::{Tokens, whose};
use super::{Console, Way};

/// A sign-in that has begun.
pub struct Begun {
    /// What the browser keeps of it.
    pub cookie: Zeroizing<String>,
    /// Where the browser goes.
    pub address: Url,
}

/// What the browser brings back from the issuer (RFC 6749 section 4.1.2). No `Debug`: the code is a secret.
#[derive(Default)]
pub struct Returned {
    /// The attempt's own.
    pub state: String,
    /// What the tokens are exchanged for.
    pub code: Option<String>,
    /// Why there is none.
    pub error: Option<String>,
    /// Who says so (RFC 9207).
    pub iss: Option<String>,
}

/// A session that has begun.
pub struct Entered {
    /// What the browser keeps of it.
    pub cookie: Zeroizing<String>,
}

/// Why somebody is not signed in.
#[derive(Debug, thiserror::Error)]
pub enum SignInError {
    /// It was begun in another browser, too long ago, or is finished already.
    #[error("the attempt is not this browser's last one, or is over")]
    Stale,
    /// The person, or the issuer on its behalf, said no.
    #[error("the issuer reports that access was denied")]
    Denied,
    /// The issuer does not answer, or not as it should.
    #[error("the issuer could not be understood")]
    Issuer,
    /// The issuer's tokens open nothing here.
    #[error("a token was refused: {0}")]
    Token(#[from] Refusal),
    /// It is a data subject's own token, or its tenant does not exist.
    #[error("the token is not one of a tenant's staff")]
    NotStaff,
    /// There is no such role to choose.
    #[error("there is no such role")]
    NoSuchRole,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl SignInError {
    /// What the console is told, in its address: a word out of a closed list.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Stale => "stale",
            Self::Denied => "denied",
            Self::Issuer => "issuer",
            Self::Token(_) | Self::NotStaff | Self::NoSuchRole => "refused",
            Self::Store(_) => "failed",
        }
    }
}

impl From<IssuerFault> for SignInError {
    fn from(_: IssuerFault) -> Self {
        Self::Issuer
    }
}

impl Console {
    /// Begins to sign in at the issuer. `return_to` is where to go on to within the console.
    ///
    /// # Errors
    /// [`SignInError::Issuer`] when the issuer's description cannot be had.
    pub async fn begin(&self, return_to: &str) -> Result<Begun, SignInError> {
        let Way::OpenId(client) = self.way() else { return Err(SignInError::Issuer) };
        let attempt = Attempt::new(self.sessions().new_secret(), self.now(), return_to);
        let texts = attempt.texts()?;
        let (state, nonce, verifier) = (texts.state.as_str(), texts.nonce.as_str(), texts.verifier.as_str());
        let address = client.authorization_address(openid::Attempt { state, nonce, verifier }).await?;
        Ok(Begun { cookie: attempt.cookie(), address })
    }

    /// Ends a sign-in with what the browser brings back and the cookie that it kept; gives the session and where to go on to.
    ///
    /// # Errors
    /// [`SignInError`] says why there is no session.
    pub async fn complete(
        &self,
        cookie: &str,
        returned: &Returned,
    ) -> Result<(Entered, String), SignInError> {
        let Way::OpenId(client) = self.way() else { return Err(SignInError::Stale) };
        let attempt = Attempt::parse(cookie).ok_or(SignInError::Stale)?;
        let texts = attempt.answered_by(&returned.state, self.now())?;
        if !client.speaks(returned.iss.as_deref()).await? {
            return Err(SignInError::Issuer);
        }
        let code = match (&returned.error, &returned.code) {
            (None, Some(code)) => code,
            (Some(error), _) if error == "access_denied" => return Err(SignInError::Denied),
            _ => return Err(SignInError::Issuer),
        };
        let grant = client.exchange(code, &texts.verifier).await?;
        let authority = self.identify((client.issuer(), client.client_id()), &grant, &texts).await?;
        let Grant { access_token, refresh_token, id_token, .. } = grant;
        let tokens =
            Tokens { access: access_token, refresh: refresh_token, id: id_token, whose: whose(&authority) };
        Ok((self.enter(&authority, &tokens, Some(texts.digest())).await?, attempt.into_return()))
    }

    /// Whom the tokens are for: one and the same in both.
    async fn identify(
        &self,
        (issuer, client_id): (&str, &str),
        grant: &Grant,
        texts: &Texts,
    ) -> Result<Authority, SignInError> {
        let id_token = grant.id_token.as_deref().ok_or(SignInError::Issuer)?;
        let expected = ExpectedIdentity { issuer, client_id, nonce: &texts.nonce };
        let person = self.parts.authenticator.authenticate_identity(id_token, &expected).await?;
        let authority = self.judge(&grant.access_token).await?;
        let is_same = authority.issuer() == issuer && authority.actor() == person;
        if is_same { Ok(authority) } else { Err(SignInError::Issuer) }
    }

    /// What an access token proves, if it is one of a tenant's staff.
    pub(super) async fn judge(&self, access_token: &str) -> Result<Authority, SignInError> {
        let authority = self.parts.authenticator.authenticate(access_token).await?;
        let known = self.parts.store.knows_tenant_of(&authority).await?;
        if known && authority.subject().is_none() { Ok(authority) } else { Err(SignInError::NotStaff) }
    }

    pub(super) async fn enter(
        &self,
        authority: &Authority,
        tokens: &Tokens,
        sign_in: Option<String>,
    ) -> Result<Entered, SignInError> {
        let secret = self.sessions().new_secret();
        let actor = SessionActor {
            issuer: authority.issuer(),
            tenant: authority.tenant().uuid(),
            actor: authority.actor(),
        };
        let content = tokens.to_bytes()?;
        match self.sessions().put(&secret, NewSession { actor, sign_in, content: &content }).await {
            Ok(()) => {
                tracing::info!(tenant = %authority.tenant(), "somebody signed in to the console");
                Ok(Entered { cookie: secret.text() })
            }
            Err(StoreError::Taken(_)) => Err(SignInError::Stale),
            Err(error) => Err(error.into()),
        }
    }
}
