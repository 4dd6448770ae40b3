//! Sessions of the console: who signed in at which browser. The browser holds a secret in a cookie and never a token; the tokens
//! lie in the session, sealed under that secret, and are judged for each use like those of any other client.

mod attempt;
mod demo;
mod session;
mod sign_in;
mod tokens;

use std::sync::Arc;

use auth::openid::OpenIdClient;
use auth::{Authenticator, Authority};
use domain::clock::Clock;
use jiff::Timestamp;
use store::{ConsoleSessions, SessionTerms, Store, StoreError};
use tokio::sync::watch;
use zeroize::Zeroizing;

pub use demo::{DemoRole, DemoRoles};
pub use session::NoSession;
pub use sign_in::{Begun, Entered, Returned, SignInError};

/// How people sign in.
pub enum Way {
    /// At an issuer, with `OpenID` Connect.
    OpenId(Box<OpenIdClient>),
    /// As one of the demonstration's roles, without a proof of any kind.
    Demo(DemoRoles),
}

/// What the console stands on.
pub struct ConsoleParts {
    /// Where sessions are kept.
    pub store: Store,
    /// Who judges tokens.
    pub authenticator: Arc<Authenticator>,
    /// Time.
    pub clock: Arc<dyn Clock>,
    /// How long sessions last.
    pub terms: SessionTerms,
    /// How people sign in.
    pub way: Way,
}

/// The sessions of the console.
pub struct Console {
    parts: ConsoleParts,
    /// Counts the sessions that were ended here, for those who follow one.
    ended: watch::Sender<u64>,
}

/// A session that goes on, with what its token proves.
pub struct SignedIn {
    /// Who it is.
    pub authority: Authority,
    /// The access token.
    pub token: Zeroizing<String>,
    /// What every request of the session repeats, beside the cookie that a browser adds by itself.
    pub csrf: String,
    /// When it ends if nobody uses it.
    pub idle_until: Timestamp,
    /// When it ends at the latest.
    pub ends_at: Timestamp,
}

impl Console {
    /// A console on these parts.
    #[must_use]
    pub fn new(parts: ConsoleParts) -> Self {
        Self { parts, ended: watch::Sender::new(0) }
    }

    /// How people sign in.
    #[must_use]
    pub const fn way(&self) -> &Way {
        &self.parts.way
    }

    /// How long sessions last.
    #[must_use]
    pub const fn terms(&self) -> SessionTerms {
        self.parts.terms
    }

    /// Changes whenever a session is ended in this process.
    #[must_use]
    pub fn ended(&self) -> watch::Receiver<u64> {
        self.ended.subscribe()
    }

    /// Removes what is over.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn sweep(&self) -> Result<(), StoreError> {
        self.sessions().sweep().await
    }

    const fn sessions(&self) -> ConsoleSessions<'_> {
        self.parts.store.console_sessions(self.parts.terms)
    }

    fn now(&self) -> Timestamp {
        self.parts.clock.now()
    }
}
