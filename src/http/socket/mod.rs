//! `/graphql/ws`: subscriptions by the protocol graphql-transport-ws (`docs/subscriptions.md`).

mod conversation;
mod ending;
mod entrance;
mod message;
mod origin;
mod places;
mod pulse;
mod subscription;

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, rt, web};

use super::protocol::ResponseMedia;
use super::rejection::Rejection;
use super::request_id::RequestId;
use super::surface::Surface;
use super::{caller, console, headers};
use crate::graphql::ErrorCode;

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
    opened.unwrap_or_else(|rejection| rejection.answer(ResponseMedia::Json, &RequestId::of(request)))
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
        .map_err(|_| Rejection::malformed(&"this is no WebSocket handshake (RFC 6455 section 4)"))?;
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
        let message = "pages of this origin may not open a socket: server.cors_origins lists those that may";
        return Err(Rejection::with_status(403, ErrorCode::Forbidden, message));
    }
    let upgrades = headers::text(request, "upgrade");
    if !upgrades.is_some_and(|upgrade| upgrade.eq_ignore_ascii_case("websocket")) {
        let message = "subscriptions are followed over a WebSocket";
        let status = StatusCode::UPGRADE_REQUIRED.as_u16();
        return Err(
            Rejection::with_status(status, ErrorCode::BadUserInput, message).with("upgrade", "websocket")
        );
    }
    let offered = headers::text(request, "sec-websocket-protocol");
    if !offered.is_some_and(|offered| offered.split(',').any(|one| one.trim() == PROTOCOL)) {
        return Err(Rejection::malformed(&"ask for the subprotocol graphql-transport-ws"));
    }
    if *surface.stopping().borrow() {
        return Err(Rejection::overloaded());
    }
    Ok(())
}
