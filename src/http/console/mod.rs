//! `/console/`: the tenants' front end, the sessions by which browsers use it, and its own way to the tenant API
//! (`docs/console.md`). What is here is for pages of the console alone: a cookie opens it, and a page of another site can neither
//! send nor read anything.

mod cookies;
pub mod documents;
mod files;
mod origin;
mod session;
mod sign_in;

use std::sync::Arc;

use actix_web::{HttpMessage as _, HttpRequest, HttpResponse, web};
use zeroize::Zeroizing;

use super::caller::{RequestTenant, language};
use super::protocol::ResponseMedia;
use super::rejection::{Kind, Rejection};
use super::request_id::RequestId;
use super::server::{at, page, reading};
use super::surface::Surface;
use super::{endpoint, headers, socket};
use crate::service::caller::Caller;
use crate::service::console::{Console, NoSession, SignedIn};

pub use cookies::Cookies;
pub use documents::Manifest;
pub use origin::{check as check_origin, check_handshake};

/// What every request of a session repeats.
const CSRF_HEADER: &str = "x-csrf-token";

/// The addresses of the console.
pub fn addresses(config: &mut web::ServiceConfig) {
    let session = web::resource("/console/session")
        .route(web::get().to(session::state))
        .route(web::post().to(session::choose))
        .route(web::delete().to(session::leave))
        .default_service(web::to(|request: HttpRequest| async move {
            Rejection::method_not_allowed("GET, POST, DELETE").answer(ResponseMedia::Json, &request)
        }));
    config
        .service(page("/console", reading().to(files::front_door)))
        .service(session)
        .service(at("/console/sign-in", web::get().to(sign_in::begin), "GET"))
        .service(at("/console/callback", web::get().to(sign_in::complete), "GET"))
        .service(at("/console/graphql", web::post().to(endpoint::console), "POST"))
        .service(at("/console/ws", web::get().to(socket::connect_console), socket::ALLOWED))
        .service(page("/console/{path:.*}", reading().to(files::file)));
}

/// The console; there is nothing at its addresses where it is not served.
fn served(surface: &Surface) -> Result<Arc<Console>, Rejection> {
    surface.console.clone().ok_or_else(Rejection::not_found)
}

fn answered(result: Result<HttpResponse, Rejection>, request: &HttpRequest) -> HttpResponse {
    result.unwrap_or_else(|rejection| rejection.answer(ResponseMedia::Json, request))
}

/// The caller behind a session, who is using it.
///
/// # Errors
/// 401 without a session, 403 for a request that a page of the console did not send.
pub async fn caller(request: &HttpRequest, surface: &Surface) -> Result<Caller, Rejection> {
    let console = served(surface)?;
    check_origin(request, surface)?;
    let cookie = session_cookie(request, surface).ok_or_else(session_over)?;
    check_csrf(&cookie, request)?;
    let using = surface.to_its_end(async move { console.use_session(&cookie).await });
    let SignedIn { authority, .. } = using.await?.map_err(|why| no_session(&why))?;
    request.extensions_mut().insert(RequestTenant(authority.tenant()));
    let request_id = RequestId::of(request).to_string();
    Ok(Caller { authority, request_id, language: language(request) })
}

/// The cookie of the session, as it was sent.
pub fn session_cookie(request: &HttpRequest, surface: &Surface) -> Option<Zeroizing<String>> {
    surface.cookies.session.read(request)
}

fn check_csrf(cookie: &str, request: &HttpRequest) -> Result<(), Rejection> {
    let repeated = headers::text(request, CSRF_HEADER).unwrap_or_default();
    if Console::proves(cookie, &repeated) {
        return Ok(());
    }
    Err(Kind::NotOfTheSession.into())
}

/// The session is over, or there never was one.
pub fn session_over() -> Rejection {
    Rejection::from(Kind::SessionOver).with("www-authenticate", "Bearer error=\"invalid_token\"")
}

fn no_session(why: &NoSession) -> Rejection {
    match why {
        NoSession::Over => session_over(),
        NoSession::Unavailable => {
            tracing::warn!("a console session waits for its issuer");
            Rejection::overloaded()
        }
        NoSession::Store(error) => {
            tracing::error!(%error, "a console session could not be read");
            Rejection::internal()
        }
    }
}
