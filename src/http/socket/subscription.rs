//! One subscription: waits for changes, and has each executed as an operation of its own.

use std::sync::Arc;
use std::time::Duration;

use actix_web::web;
use domain::wording::Wording;
use tokio::select;
use tokio::sync::{mpsc, oneshot};
use tokio::time::{sleep, timeout};
use zeroize::Zeroizing;

use super::ending::Ending;
use super::entrance::Entrance;
use super::message;
use crate::graphql::ErrorCode;
use crate::graphql::api::{Event, Subscribed};
use crate::http::admission::Turn;
use crate::http::protocol::{Call, Outcome};
use crate::http::surface::Surface;
use crate::service::caller::Caller;
use crate::service::following::{Following, Told};

static OVERLOADED: Wording = Wording::new(
    "Tjänsten har för mycket att göra: prenumerera igen om en stund.",
    "the gateway has too much to do: subscribe again in a while",
);

/// Pause of an event that finds no turn; it is never given up for that.
const PAUSE: Duration = Duration::from_millis(500);

/// A caller whose token was good when the socket was opened. No `Debug`: it holds the token.
pub struct Admitted {
    /// Who it is.
    pub caller: Caller,
    /// The token, which is looked at again for each event.
    pub token: Zeroizing<String>,
    /// By what it came in.
    pub entrance: Entrance,
}

impl Admitted {
    /// Whether the token has expired.
    pub fn has_expired(&self, surface: &Surface) -> bool {
        surface.clock.now() >= self.caller.authority.expires_at()
    }

    /// The caller, if the token still proves who it is.
    async fn again(&self, surface: &Surface) -> Result<Caller, Ending> {
        if self.has_expired(surface) {
            return Err(Ending::Expired);
        }
        self.entrance.check(surface).await?;
        let authority = surface.authenticator.authenticate(&self.token).await.map_err(|refusal| {
            tracing::info!(request_id = self.caller.request_id, %refusal, "the token of a socket was refused");
            Ending::BadToken
        })?;
        Ok(Caller { authority, ..self.caller.clone() })
    }
}

/// What a subscription hands to its socket.
pub enum Sent {
    /// A message, and whether it is the last.
    Message(String, IsLast),
    /// The socket is to end.
    End(Ending),
}

/// Whether anything comes after a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IsLast {
    /// More may come.
    No,
    /// The subscription has ended.
    Yes,
}

/// A subscription that was opened.
pub struct Opened {
    subscribed: Subscribed,
    following: Following,
}

/// What became of a subscription that was asked for.
pub enum Opening {
    /// It runs.
    Opened(Box<Opened>),
    /// It does not; the message says why.
    Refused(String),
}

/// Opens a subscription.
///
/// # Errors
/// How the socket ends instead.
pub async fn open(
    surface: &web::Data<Surface>,
    admitted: &Admitted,
    (id, call): (&str, Call),
) -> Result<Opening, Ending> {
    let overloaded = || {
        let message = OVERLOADED.text(admitted.caller.language);
        Ok(Opening::Refused(message::error(id, ErrorCode::Overloaded, message)))
    };
    let caller = admitted.again(surface).await?;
    let Ok(turn) = surface.admission.enter().await else { return overloaded() };
    let (api, asks) = (Arc::clone(&surface.api), caller.clone());
    let work = surface.to_its_end(async move {
        let subscribed = api.subscribe(call, asks).await;
        drop(turn);
        subscribed
    });
    let Ok(done) = timeout(surface.settings.request_timeout, work).await else { return overloaded() };
    let subscribed = match done.map_err(|_| Ending::Failed)? {
        Ok(subscribed) => subscribed,
        Err(answered) if answered.outcome == Outcome::Unauthenticated => return Err(Ending::BadToken),
        Err(answered) => return Ok(Opening::Refused(message::refused(id, &answered.body))),
    };
    // Where there is nothing to follow nothing will ever come: another tenant's object is as if it had never been.
    let Some(topic) = subscribed.topic else { return Ok(Opening::Refused(message::complete(id))) };
    match surface.gateway.follow(&caller, topic).await {
        Ok(following) => Ok(Opening::Opened(Box::new(Opened { subscribed, following }))),
        Err(deaf) => {
            tracing::warn!(error = %deaf, "a subscription was refused");
            overloaded()
        }
    }
}

/// A subscription that runs. It ends when its socket drops the other end of `cancelled`.
pub struct Running {
    /// What every address works with.
    pub surface: web::Data<Surface>,
    /// Whose it is.
    pub admitted: Arc<Admitted>,
    /// The client's name of it, and the socket's.
    pub name: (Arc<str>, u64),
    /// Where messages go.
    pub out: mpsc::Sender<(Arc<str>, u64, Sent)>,
    /// What it follows.
    pub opened: Box<Opened>,
}

impl Running {
    /// Hands on what changes. Whoever does not take messages has no event executed: nothing is read ahead, and what has changed
    /// meanwhile is told once, as it is then.
    pub async fn run(self, mut cancelled: oneshot::Receiver<()>) {
        loop {
            let ready = async {
                let told = self.opened.following.next().await;
                let place = self.out.reserve().await.ok()?;
                Some((told, place, self.turn().await))
            };
            let ready = select! {
                biased;
                _ = &mut cancelled => return,
                ready = ready => ready,
            };
            let Some((told, place, turn)) = ready else { return };
            self.opened.following.forget(told);
            let Some(sent) = self.event(told, turn).await else { continue };
            let is_last = !matches!(sent, Sent::Message(_, IsLast::No));
            place.send((Arc::clone(&self.name.0), self.name.1, sent));
            if is_last {
                return;
            }
        }
    }

    async fn turn(&self) -> Turn {
        loop {
            match self.surface.admission.enter().await {
                Ok(turn) => return turn,
                Err(_) => sleep(PAUSE).await,
            }
        }
    }

    async fn event(&self, told: Told, turn: Turn) -> Option<Sent> {
        if told == Told::Missed {
            return Some(Sent::End(Ending::Missed));
        }
        let caller = match self.admitted.again(&self.surface).await {
            Ok(caller) => caller,
            Err(ending) => return Some(Sent::End(ending)),
        };
        let (api, subscribed) = (Arc::clone(&self.surface.api), self.opened.subscribed.clone());
        let event = self.surface.to_its_end(async move {
            let event = api.event(&subscribed, told, caller).await;
            drop(turn);
            event
        });
        let id = &self.name.0;
        match event.await {
            Ok(Event::Next(payload)) => Some(Sent::Message(message::next(id, &payload), IsLast::No)),
            Ok(Event::Nothing) => None,
            Ok(Event::Refused(answered)) if answered.outcome == Outcome::Unauthenticated => {
                Some(Sent::End(Ending::BadToken))
            }
            Ok(Event::Refused(answered)) => {
                Some(Sent::Message(message::refused(id, &answered.body), IsLast::Yes))
            }
            Err(_) => Some(Sent::End(Ending::Failed)),
        }
    }
}
