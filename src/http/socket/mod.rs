//! `/graphql/ws`: subscriptions by the protocol graphql-transport-ws (`docs/subscriptions.md`).

mod conversation;
mod ending;
mod entrance;
mod message;
mod origin;
mod places;
mod pulse;
mod subscription;

use actix_web::{HttpRequest, HttpResponse, rt, web};
use domain::wording::Wording;

use super::protocol::ResponseMedia;
use super::rejection::{Kind, Rejection};
use super::request_id::RequestId;
use super::surface::Surface;
use super::{caller, console, headers};

pub use places::{Places, SocketTerms};

use conversation::Conversation;
use entrance::{ConsoleEntrance, Entrance};
use origin::Claimed;

/// The only subprotocol.
const PROTOCOL: &str = "graphql-transport-ws";
/// Methods of the address.
pub const ALLOWED: &str = "GET";
/// Longest message of a client, in bytes, where bodies may not be shorter.
const LONGEST_MESSAGE: usize = 256 * 1_024;

const NO_HANDSHAKE: Wording = Wording::new(
    "Det här är ingen WebSocket-handskakning (RFC 6455, avsnitt 4).",
    "this is no WebSocket handshake (RFC 6455 section 4)",
);
const OTHER_PROTOCOL: Wording = Wording::new(
    "Begär underprotokollet graphql-transport-ws.",
    "ask for the subprotocol graphql-transport-ws",
);

/// Opens a socket.
pub async fn connect(
    request: HttpRequest,
    payload: web::Payload,
    surface: web::Data<Surface>,
) -> HttpResponse {
    answered(upgrade((&request, payload), &surface, Entrance::Token), &request)
}

/// Opens a socket of the console.
pub async fn connect_console(
    request: HttpRequest,
    payload: web::Payload,
    surface: web::Data<Surface>,
) -> HttpResponse {
    let opened = console_entrance(&request, &surface)
        .and_then(|entrance| upgrade((&request, payload), &surface, entrance));
    answered(opened, &request)
}

fn console_entrance(request: &HttpRequest, surface: &Surface) -> Result<Entrance, Rejection> {
    let served = surface.console.clone().ok_or_else(Rejection::not_found)?;
    console::check_handshake(request, surface)?;
    let cookie = console::session_cookie(request, surface).ok_or_else(console::session_over)?;
    Ok(Entrance::Session(ConsoleEntrance::new(served, cookie, surface.documents.clone())))
}

fn answered(opened: Result<HttpResponse, Rejection>, request: &HttpRequest) -> HttpResponse {
    opened.unwrap_or_else(|rejection| rejection.answer(ResponseMedia::Json, request))
}

fn upgrade(
    (request, payload): (&HttpRequest, web::Payload),
    surface: &web::Data<Surface>,
    entrance: Entrance,
) -> Result<HttpResponse, Rejection> {
    check(request, surface)?;
    let terms = surface.settings.sockets;
    let place = surface.places.take(terms.most).ok_or_else(Rejection::overloaded)?;
    let (answer, session, messages) = actix_ws::handle_with_protocols(request, payload, &[PROTOCOL])
        .map_err(|_| Rejection::malformed(NO_HANDSHAKE))?;
    let longest = surface.settings.max_body_bytes.min(LONGEST_MESSAGE);
    let messages = messages.max_frame_size(longest).aggregate_continuations().max_continuation_size(longest);
    let told = (RequestId::of(request).to_string(), caller::language(request));
    rt::spawn(Conversation::new(surface.clone(), (session, entrance), told, place).hold(messages));
    Ok(answer)
}

/// What the head of a request tells: nothing of it is a secret, and a page of another origin learns nothing.
fn check(request: &HttpRequest, surface: &Surface) -> Result<(), Rejection> {
    let (origin, host) = (headers::text(request, "origin"), headers::text(request, "host"));
    let claimed = Claimed { origin: origin.as_deref(), host: host.as_deref() };
    let public = surface.gateway.settings.public_url.origin().ascii_serialization();
    if !claimed.may_open(&public, &surface.settings.cors_origins) {
        return Err(Kind::ForeignOrigin.into());
    }
    let upgrades = headers::text(request, "upgrade");
    if !upgrades.is_some_and(|upgrade| upgrade.eq_ignore_ascii_case("websocket")) {
        return Err(Rejection::from(Kind::UpgradeRequired).with("upgrade", "websocket"));
    }
    let offered = headers::text(request, "sec-websocket-protocol");
    if !offered.is_some_and(|offered| offered.split(',').any(|one| one.trim() == PROTOCOL)) {
        return Err(Rejection::malformed(OTHER_PROTOCOL));
    }
    if *surface.stopping().borrow() {
        return Err(Rejection::overloaded());
    }
    Ok(())
}
