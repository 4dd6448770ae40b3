//! What is said on one socket, from the upgrade to the close frame.

use std::collections::HashMap;
use std::io;
use std::sync::Arc;
use std::time::Duration;

use actix_web::web;
use actix_ws::{AggregatedMessage, AggregatedMessageStream, CloseReason, ProtocolError, Session};
use auth::Authority;
use domain::language::Language;
use domain::wording::Wording;
use tokio::select;
use tokio::sync::{mpsc, oneshot, watch};
use tokio::time::{Instant, sleep_until, timeout};
use zeroize::Zeroizing;

use super::ending::Ending;
use super::entrance::Entrance;
use super::message::{self, Said};
use super::places::Place;
use super::pulse::{Beat, Pulse};
use super::subscription::{self, Admitted, IsLast, Opening, Running, Sent};
use crate::demand::Asker;
use crate::graphql::ErrorCode;
use crate::http::protocol::Call;
use crate::http::rejection::Kind;
use crate::http::surface::Surface;
use crate::service::caller::Caller;

/// For a message to be taken by the connection.
const PATIENCE: Duration = Duration::from_secs(5);
/// For the close frame.
const LAST_WORD: Duration = Duration::from_secs(1);
/// Events that wait for the connection; each subscription makes its next one when this has room.
const WAITING: usize = 4;
static TOO_MANY: Wording = Wording::new(
    "För många prenumerationer på den här anslutningen: avsluta en, eller öppna en anslutning till.",
    "too many subscriptions on this socket: complete one, or open another socket",
);
/// What pings carry: an answer repeats it.
const PING: &[u8] = b"alive?";

/// One socket.
pub struct Conversation {
    surface: web::Data<Surface>,
    session: Session,
    entrance: Entrance,
    /// The request's identifier and language.
    request: (String, Language),
    admitted: Option<(Arc<Admitted>, Place)>,
    _place: Place,
    subscriptions: HashMap<Arc<str>, Subscription>,
    subscribed: u64,
    out: mpsc::Sender<(Arc<str>, u64, Sent)>,
    sent: Option<mpsc::Receiver<(Arc<str>, u64, Sent)>>,
    pulse: Pulse,
    init_until: Instant,
}

struct Subscription {
    number: u64,
    /// Ends the subscription when it is dropped.
    _cancel: oneshot::Sender<()>,
}

impl Conversation {
    /// A socket that was just opened.
    pub fn new(
        surface: web::Data<Surface>,
        (session, entrance): (Session, Entrance),
        request: (String, Language),
        place: Place,
    ) -> Self {
        let (out, sent) = mpsc::channel(WAITING);
        let (now, terms) = (Instant::now(), surface.settings.sockets);
        Self {
            session,
            entrance,
            request,
            admitted: None,
            _place: place,
            subscriptions: HashMap::new(),
            subscribed: 0,
            out,
            sent: Some(sent),
            pulse: Pulse::new(terms.ping, now),
            init_until: now + terms.init,
            surface,
        }
    }

    /// Holds the conversation to its end.
    pub async fn hold(mut self, messages: AggregatedMessageStream) {
        let began = Instant::now();
        let ending = self.talk(messages).await;
        let (code, reason) = ending.told();
        let tenant =
            self.admitted.as_ref().map(|(admitted, _)| admitted.caller.authority.tenant().to_string());
        let Self { session, request, admitted, subscriptions, _place: place, .. } = self;
        // All subscriptions and places are gone before the client is told.
        drop((admitted, subscriptions, place));
        tracing::info!(
            request_id = request.0,
            code,
            millis = u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX),
            tenant,
            "socket closed"
        );
        let description = (!reason.is_empty()).then(|| reason.to_owned());
        let close = session.close(Some(CloseReason { code: code.into(), description }));
        // A connection that takes nothing any more is left to end by itself.
        drop(timeout(LAST_WORD, close).await);
    }

    async fn talk(&mut self, mut messages: AggregatedMessageStream) -> Ending {
        let mut stopping = self.surface.stopping();
        let mut endings = self.entrance.endings();
        let Some(mut sent) = self.sent.take() else { return Ending::Failed };
        loop {
            let step = select! {
                biased;
                _ = stopping.wait_for(|stops| *stops) => Err(Ending::Stopping),
                () = sleep_until(self.looks_at()) => self.look().await,
                () = told_of(&mut endings) => self.entrance.check(&self.surface).await,
                Some(sent) = sent.recv(), if !self.pulse.is_full() => self.hand_on(sent).await,
                heard = messages.recv() => self.hear(heard).await,
            };
            if let Err(ending) = step {
                return ending;
            }
        }
    }

    /// When something is due by itself.
    fn looks_at(&self) -> Instant {
        let Some((admitted, _)) = &self.admitted else { return self.init_until };
        let left = admitted.caller.authority.expires_at().duration_since(self.surface.clock.now());
        let left = Duration::try_from(left).unwrap_or_default();
        self.pulse.looks_at().min(Instant::now() + left)
    }

    async fn look(&mut self) -> Result<(), Ending> {
        match &self.admitted {
            None => return Err(Ending::TooLate),
            Some((admitted, _)) if admitted.has_expired(&self.surface) => return Err(Ending::Expired),
            Some(_) => {}
        }
        self.beat().await
    }

    async fn beat(&mut self) -> Result<(), Ending> {
        match self.pulse.beat(Instant::now()) {
            Beat::Rest => Ok(()),
            Beat::Ping => {
                self.entrance.check(&self.surface).await?;
                written(self.session.ping(PING)).await
            }
            Beat::Dead => Err(Ending::Slow),
        }
    }

    /// Sends what a subscription made, unless it was ended meanwhile.
    async fn hand_on(&mut self, (id, number, sent): (Arc<str>, u64, Sent)) -> Result<(), Ending> {
        if self.subscriptions.get(&id).is_none_or(|running| running.number != number) {
            return Ok(());
        }
        let (text, is_last) = match sent {
            Sent::End(ending) => return Err(ending),
            Sent::Message(text, is_last) => (text, is_last),
        };
        if is_last == IsLast::Yes {
            self.subscriptions.remove(&id);
        }
        let bytes = text.len();
        self.say(text).await?;
        self.pulse.sent(bytes);
        if self.pulse.is_full() { self.beat().await } else { Ok(()) }
    }

    async fn say(&mut self, text: String) -> Result<(), Ending> {
        written(self.session.text(text)).await
    }

    async fn hear(&mut self, heard: Option<Result<AggregatedMessage, ProtocolError>>) -> Result<(), Ending> {
        match heard {
            Some(Ok(AggregatedMessage::Text(text))) => {
                self.count()?;
                let said = message::read(&text, &self.entrance).map_err(Ending::Malformed)?;
                self.answer(said).await
            }
            Some(Ok(AggregatedMessage::Binary(_))) => Err(Ending::Malformed("messages are text")),
            Some(Ok(AggregatedMessage::Ping(bytes))) => {
                self.count()?;
                written(self.session.pong(&bytes)).await
            }
            Some(Ok(AggregatedMessage::Pong(bytes))) => {
                if bytes == PING {
                    self.pulse.answered(Instant::now());
                }
                Ok(())
            }
            Some(Ok(AggregatedMessage::Close(_))) | None => Err(Ending::Left),
            Some(Err(error)) => Err(broken(&error)),
        }
    }

    /// A message counts like a request.
    fn count(&self) -> Result<(), Ending> {
        let Some((admitted, _)) = &self.admitted else { return Ok(()) };
        let asker = Asker::from(&admitted.caller.authority);
        self.surface.demand.count_request(&asker).map_err(|_exhausted| Ending::TooOften)
    }

    async fn answer(&mut self, said: Said) -> Result<(), Ending> {
        match said {
            Said::Init(_) if self.admitted.is_some() => Err(Ending::InitTwice),
            Said::Init(credential) => self.admit(credential).await,
            Said::Ping => self.say(message::pong()).await,
            Said::Pong => Ok(()),
            Said::Subscribe(id, call) => self.subscribe(id, *call).await,
            Said::Complete(_) | Said::NotListed(..) if self.admitted.is_none() => {
                Err(Ending::NotAcknowledged)
            }
            Said::NotListed(id) => {
                let (kind, wording) = (Kind::NotListed, Kind::NotListed.wording());
                self.say(message::error(&id, kind.code(), wording.text(self.request.1))).await
            }
            Said::Complete(id) => {
                self.subscriptions.remove(id.as_str());
                Ok(())
            }
        }
    }

    /// What the first message proves: the authority, and the token that it comes from.
    async fn identify(
        &self,
        credential: Option<Zeroizing<String>>,
    ) -> Result<(Authority, Zeroizing<String>), Ending> {
        let credential = credential.as_deref().map(String::as_str);
        if let Entrance::Session(session) = &self.entrance {
            let session = session.enter(credential, &self.surface).await?;
            return Ok((session.authority, session.token));
        }
        let refused = |refusal: auth::Refusal| {
            tracing::info!(request_id = self.request.0, %refusal, "a token was refused");
            Ending::BadToken
        };
        let token = auth::bearer(credential).map_err(refused)?;
        let authority = self.surface.authenticator.authenticate(token).await.map_err(refused)?;
        Ok((authority, Zeroizing::new(token.to_owned())))
    }

    async fn admit(&mut self, credential: Option<String>) -> Result<(), Ending> {
        let (authority, token) = self.identify(credential.map(Zeroizing::new)).await?;
        let (request_id, language) = self.request.clone();
        let caller = Caller { authority, request_id, language };
        let admitted = Admitted { caller, token, entrance: self.entrance.clone() };
        if admitted.has_expired(&self.surface) {
            return Err(Ending::Expired);
        }
        let tenant = admitted.caller.authority.tenant();
        self.check_tenant(&admitted.caller).await?;
        let terms = &self.surface.settings.sockets;
        let place = self.surface.places.take_of(tenant, terms.per_tenant).ok_or(Ending::TooMany)?;
        self.admitted = Some((Arc::new(admitted), place));
        self.pulse = Pulse::new(terms.ping, Instant::now());
        self.count()?;
        self.say(message::acknowledgement()).await
    }

    /// A token of a tenant that does not exist is like any bad one.
    async fn check_tenant(&self, caller: &Caller) -> Result<(), Ending> {
        let (surface, caller) = (self.surface.clone(), caller.clone());
        let known = async move { surface.gateway.store.knows_tenant_of(&caller.authority).await };
        match self.surface.to_its_end(known).await {
            Ok(Ok(true)) => Ok(()),
            Ok(Ok(false)) => Err(Ending::BadToken),
            Ok(Err(error)) => {
                tracing::error!(request_id = self.request.0, %error, "the tenant could not be looked up");
                Err(Ending::Failed)
            }
            Err(_) => Err(Ending::Failed),
        }
    }

    async fn subscribe(&mut self, id: String, call: Call) -> Result<(), Ending> {
        let Some((admitted, _)) = &self.admitted else { return Err(Ending::NotAcknowledged) };
        let admitted = Arc::clone(admitted);
        if self.subscriptions.contains_key(id.as_str()) {
            return Err(Ending::Repeated);
        }
        let most = usize::try_from(self.surface.settings.sockets.subscriptions).unwrap_or(usize::MAX);
        if self.subscriptions.len() >= most {
            let message = TOO_MANY.text(self.request.1);
            return self.say(message::error(&id, ErrorCode::RateLimited, message)).await;
        }
        let opening = subscription::open(&self.surface, &admitted, (&id, call)).await?;
        let opened = match opening {
            Opening::Opened(opened) => opened,
            Opening::Refused(message) => return self.say(message).await,
        };
        self.subscribed += 1;
        let id: Arc<str> = id.into();
        let name = (Arc::clone(&id), self.subscribed);
        let (out, surface) = (self.out.clone(), self.surface.clone());
        let (cancel, cancelled) = oneshot::channel();
        self.surface.spawn(Running { surface, admitted, name, out, opened }.run(cancelled));
        self.subscriptions.insert(id, Subscription { number: self.subscribed, _cancel: cancel });
        Ok(())
    }
}

fn broken(error: &ProtocolError) -> Ending {
    match error {
        ProtocolError::Overflow => Ending::TooLong,
        // What is too long in several frames is told as an error of no kind; so is a connection that breaks off, which hears
        // nothing of it any more.
        ProtocolError::Io(error) if error.kind() == io::ErrorKind::Other => Ending::TooLong,
        ProtocolError::Io(error) if error.kind() != io::ErrorKind::InvalidData => Ending::Left,
        _ => Ending::Malformed("not a WebSocket message of text"),
    }
}

/// Returns when a session of the console has ended; never where none is followed.
async fn told_of(endings: &mut Option<watch::Receiver<u64>>) {
    if let Some(endings) = endings
        && endings.changed().await.is_ok()
    {
        return;
    }
    std::future::pending::<()>().await;
}

/// A message that the connection took in time.
async fn written(taken: impl Future<Output = Result<(), actix_ws::Closed>>) -> Result<(), Ending> {
    match timeout(PATIENCE, taken).await {
        Ok(Ok(())) => Ok(()),
        Ok(Err(_closed)) => Err(Ending::Left),
        Err(_slow) => Err(Ending::Slow),
    }
}
