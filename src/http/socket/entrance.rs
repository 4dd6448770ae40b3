//! By what a socket's client is known, and what it may ask: a token and any document, or a session of the console, of whose end the
//! socket hears, and the console's documents alone.

use std::sync::Arc;

use tokio::sync::watch;
use zeroize::Zeroizing;

use super::ending::Ending;
use crate::http::console::Manifest;
use crate::http::protocol::Call;
use crate::http::surface::Surface;
use crate::service::console::{Console, NoSession, SignedIn};

/// How a client comes in.
#[derive(Clone)]
pub enum Entrance {
    /// With a token in its first message.
    Token,
    /// With the console's cookie, and what proves its page in the first message.
    Session(ConsoleEntrance),
}

/// A session of the console behind a socket. No `Debug`: it holds the cookie.
#[derive(Clone)]
pub struct ConsoleEntrance {
    console: Arc<Console>,
    cookie: Arc<Zeroizing<String>>,
    documents: Manifest,
}

impl ConsoleEntrance {
    /// The session of a cookie.
    pub fn new(console: Arc<Console>, cookie: Zeroizing<String>, documents: Manifest) -> Self {
        Self { console, cookie: Arc::new(cookie), documents }
    }

    /// The session, if the first message came from the console's own page.
    pub async fn enter(&self, repeated: Option<&str>, surface: &Surface) -> Result<SignedIn, Ending> {
        if !repeated.is_some_and(|repeated| Console::proves(&self.cookie, repeated)) {
            return Err(Ending::SessionOver);
        }
        self.look(surface).await
    }

    /// The session, if it goes on. Following is no use of it: a page that nobody looks at keeps no session alive.
    pub async fn look(&self, surface: &Surface) -> Result<SignedIn, Ending> {
        let (console, cookie) = (Arc::clone(&self.console), Arc::clone(&self.cookie));
        let found = surface.to_its_end(async move { console.look(&cookie).await }).await;
        match found.map_err(|_| Ending::Failed)? {
            Ok(session) => Ok(session),
            Err(NoSession::Over) => Err(Ending::SessionOver),
            Err(NoSession::Unavailable | NoSession::Store(_)) => Err(Ending::Failed),
        }
    }
}

impl Entrance {
    /// The member of the first message's payload that says who it is.
    pub const fn member(&self) -> &'static str {
        match self {
            Self::Token => "authorization",
            Self::Session(_) => "csrf",
        }
    }

    /// What a client asks, with its text; `None` for what a page of the console may not ask.
    pub fn resolve(&self, call: Call) -> Option<Call> {
        match self {
            Self::Token => Some(call),
            Self::Session(session) => session.documents.resolve(call),
        }
    }

    /// Turns whenever a session of the console ends in this process; never for a token.
    pub fn endings(&self) -> Option<watch::Receiver<u64>> {
        match self {
            Self::Token => None,
            Self::Session(session) => Some(session.console.ended()),
        }
    }

    /// That the session, where there is one, goes on.
    pub async fn check(&self, surface: &Surface) -> Result<(), Ending> {
        match self {
            Self::Token => Ok(()),
            Self::Session(session) => session.look(surface).await.map(drop),
        }
    }
}
