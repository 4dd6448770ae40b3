//! A session from its cookie, with a token that is good now.

use std::time::Duration;

use auth::openid::IssuerFault;
use auth::{Authority, Refusal};
use aws_lc_rs::constant_time::verify_slices_are_equal;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::SignedDuration;
use store::{BrowserSecret, StoreError, StoredSession};
use url::Url;
use zeroize::Zeroizing;

use super::tokens::{Tokens, whose};
use super::{Console, SignedIn, Way};

/// So long before its end a token is renewed.
const SOON: SignedDuration = SignedDuration::from_secs(60);
/// How long one process may take to have a token renewed before another one tries.
const RENEWAL: SignedDuration = SignedDuration::from_secs(15);
/// Between two looks for what another process has renewed.
const PAUSE: Duration = Duration::from_millis(200);
/// How many looks, within the patience for one request.
const LOOKS: u8 = 40;

/// Why there is no session.
#[derive(Debug, thiserror::Error)]
pub enum NoSession {
    /// There is none, or it is over.
    #[error("there is no session")]
    Over,
    /// Its token has run out and the issuer does not answer; the session goes on when it does.
    #[error("the issuer does not answer")]
    Unavailable,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// What became of a token.
enum Token {
    Good(Authority, Tokens),
    RenewedElsewhere,
}

impl Console {
    /// The session of a cookie, without counting as a use: a page that asks by itself keeps no session alive.
    ///
    /// # Errors
    /// [`NoSession`] says why there is none.
    pub async fn look(&self, cookie: &str) -> Result<SignedIn, NoSession> {
        let secret = BrowserSecret::parse(cookie).ok_or(NoSession::Over)?;
        Ok(self.find(&secret).await?.0)
    }

    /// The session of a cookie, which somebody is using.
    ///
    /// # Errors
    /// [`NoSession`] says why there is none.
    pub async fn use_session(&self, cookie: &str) -> Result<SignedIn, NoSession> {
        let secret = BrowserSecret::parse(cookie).ok_or(NoSession::Over)?;
        let (signed_in, session) = self.find(&secret).await?;
        self.sessions().touch(&secret, &session).await?;
        Ok(SignedIn { idle_until: self.now() + self.terms().idle, ..signed_in })
    }

    /// Whether a request repeats what its session's requests repeat. Nothing else proves that a page of the console sent it.
    #[must_use]
    pub fn proves(cookie: &str, repeated: &str) -> bool {
        let expected = BrowserSecret::parse(cookie).and_then(|secret| csrf(&secret).ok());
        expected.is_some_and(|csrf| verify_slices_are_equal(csrf.as_bytes(), repeated.as_bytes()).is_ok())
    }

    /// Ends the session of a cookie; gives the address where it ends at the issuer too, if there is one.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn sign_out(&self, cookie: &str) -> Result<Option<Url>, StoreError> {
        let Some(secret) = BrowserSecret::parse(cookie) else { return Ok(None) };
        let Some(session) = self.sessions().find(&secret).await? else { return Ok(None) };
        self.end(&secret).await?;
        let id_token = Tokens::parse(&session.content)?.id.clone();
        match self.way() {
            Way::OpenId(client) => Ok(client.end_session_address(id_token.as_deref()).await),
            Way::Demo(_) => Ok(None),
        }
    }

    async fn end(&self, secret: &BrowserSecret) -> Result<(), StoreError> {
        self.sessions().end(secret).await?;
        self.ended.send_modify(|count| *count = count.wrapping_add(1));
        Ok(())
    }

    async fn find(&self, secret: &BrowserSecret) -> Result<(SignedIn, StoredSession), NoSession> {
        for _ in 0..LOOKS {
            let session = self.sessions().find(secret).await?.ok_or(NoSession::Over)?;
            match self.token(secret, &session).await? {
                Token::Good(authority, tokens) => {
                    return Ok((self.signed_in(secret, &session, (authority, &tokens))?, session));
                }
                Token::RenewedElsewhere => tokio::time::sleep(PAUSE).await,
            }
        }
        Err(NoSession::Unavailable)
    }

    /// The session's token, renewed where it is about to end. Of all processes one has it renewed: an issuer that rotates
    /// refresh tokens takes a second use of one for theft (RFC 9700 section 4.14.2).
    async fn token(&self, secret: &BrowserSecret, session: &StoredSession) -> Result<Token, NoSession> {
        let tokens = Tokens::parse(&session.content)?;
        let judged = self.parts.authenticator.authenticate(&tokens.access).await;
        let present = match judged {
            Ok(authority) => Some(authority),
            Err(Refusal::Expired) => None,
            Err(refusal) => {
                tracing::info!(%refusal, "the token of a console session was refused");
                return Err(NoSession::Over);
            }
        };
        let lasts = |authority: &Authority| authority.expires_at().duration_since(self.now()) > SOON;
        match (present, &tokens.refresh) {
            (Some(authority), _) if lasts(&authority) => Ok(Token::Good(authority, tokens)),
            (Some(authority), None) => Ok(Token::Good(authority, tokens)),
            (None, None) => {
                self.end(secret).await?;
                Err(NoSession::Over)
            }
            (present, Some(refresh)) => {
                if self.sessions().claim(secret, session.version, RENEWAL).await? {
                    return self.renew(secret, (&tokens, refresh), present).await;
                }
                Ok(present.map_or(Token::RenewedElsewhere, |authority| Token::Good(authority, tokens)))
            }
        }
    }

    async fn renew(
        &self,
        secret: &BrowserSecret,
        (tokens, refresh): (&Tokens, &str),
        present: Option<Authority>,
    ) -> Result<Token, NoSession> {
        let Way::OpenId(client) = self.way() else { return Err(NoSession::Over) };
        let renewed = match client.refresh(refresh).await {
            Ok(grant) => tokens.renewed(grant),
            Err(IssuerFault::Refused) => {
                self.end(secret).await?;
                return Err(NoSession::Over);
            }
            Err(IssuerFault::Unavailable(_)) => {
                self.sessions().release(secret).await?;
                let kept = Tokens::parse(&tokens.to_bytes()?)?;
                return present.map(|authority| Token::Good(authority, kept)).ok_or(NoSession::Unavailable);
            }
        };
        let authority = self.parts.authenticator.authenticate(&renewed.access).await;
        // A session stays whose it was.
        match authority {
            Ok(authority) if whose(&authority) == tokens.whose => {
                self.sessions().replace(secret, &renewed.to_bytes()?).await?;
                Ok(Token::Good(authority, renewed))
            }
            _ => {
                tracing::warn!("the issuer renewed a token of the console with one that opens nothing");
                self.end(secret).await?;
                Err(NoSession::Over)
            }
        }
    }

    fn signed_in(
        &self,
        secret: &BrowserSecret,
        session: &StoredSession,
        (authority, tokens): (Authority, &Tokens),
    ) -> Result<SignedIn, StoreError> {
        let csrf = csrf(secret)?;
        let idle_until = (session.last_used_at + self.terms().idle).min(session.ends_at);
        let token = Zeroizing::new(tokens.access.clone());
        Ok(SignedIn { authority, token, csrf, idle_until, ends_at: session.ends_at })
    }
}

fn csrf(secret: &BrowserSecret) -> Result<String, StoreError> {
    Ok(URL_SAFE_NO_PAD.encode(secret.derive(&[b"csrf"])?.as_slice()))
}
