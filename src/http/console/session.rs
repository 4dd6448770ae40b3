//! `/console/session`: whether somebody is signed in, signing in where that takes no issuer, and signing out.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use domain::wording::Wording;
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::time::{Instant, timeout_at};

use super::{answered, check_csrf, check_origin, no_session, served, session_cookie};
use crate::http::caller::language;
use crate::http::protocol::check_content_type;
use crate::http::rejection::Rejection;
use crate::http::request_id::RequestId;
use crate::http::surface::Surface;
use crate::http::{body, headers};
use crate::service::console::{Console, NoSession, SignInError, SignedIn, Way};

/// Longest body.
const LONGEST: usize = 1_024;

const NO_ROLE: Wording = Wording::new("Skicka {\"role\": \"…\"}.", "expected {\"role\": \"…\"}");
const OTHER_ROLE: Wording = Wording::new(
    "Det finns ingen sådan roll: /console/session visar vilka som finns.",
    "there is no such role: /console/session lists those that there are",
);

#[derive(Deserialize)]
struct Choice {
    role: String,
}

/// Whether somebody is signed in, and who. To ask counts as a use of the session.
pub async fn state(request: HttpRequest, surface: web::Data<Surface>) -> HttpResponse {
    answered(tell_state(&request, &surface).await, &request)
}

/// Signs in as one of the demonstration's roles.
pub async fn choose(
    request: HttpRequest,
    payload: web::Payload,
    surface: web::Data<Surface>,
) -> HttpResponse {
    answered(sign_in(&request, payload, &surface).await, &request)
}

/// Signs out.
pub async fn leave(request: HttpRequest, surface: web::Data<Surface>) -> HttpResponse {
    answered(sign_out(&request, &surface).await, &request)
}

async fn tell_state(request: &HttpRequest, surface: &Surface) -> Result<HttpResponse, Rejection> {
    let console = served(surface)?;
    let Some(cookie) = session_cookie(request, surface) else {
        return Ok(answer(&signed_out(&console, request)));
    };
    let using = console.clone();
    let found = surface.to_its_end(async move { using.use_session(&cookie).await }).await?;
    match found {
        Ok(session) => Ok(answer(&signed_in(&console, &session))),
        Err(NoSession::Over) => Ok(answer(&signed_out(&console, request))),
        Err(why) => Err(no_session(&why)),
    }
}

async fn sign_in(
    request: &HttpRequest,
    payload: web::Payload,
    surface: &Surface,
) -> Result<HttpResponse, Rejection> {
    let console = served(surface)?;
    check_origin(request, surface)?;
    let content_type = headers::text(request, "content-type");
    check_content_type(content_type.as_deref()).map_err(Rejection::unsupported_media)?;
    body::check_head(request, LONGEST)?;
    let deadline = Instant::now() + surface.settings.request_timeout;
    let body = timeout_at(deadline, body::read(payload, LONGEST)).await;
    let body = body.map_err(|_| Rejection::too_slow())??;
    let choice: Choice = serde_json::from_slice(&body).map_err(|_| Rejection::malformed(NO_ROLE))?;
    let former = session_cookie(request, surface);
    let entering = console.clone();
    let entered = surface.to_its_end(async move {
        let entered = entering.sign_in_as(&choice.role).await?;
        if let Some(former) = former {
            entering.sign_out(&former).await?;
        }
        let session = entering.look(&entered.cookie).await.map_err(|_| SignInError::Stale)?;
        Ok::<_, SignInError>((entered, session))
    });
    match entered.await? {
        Ok((entered, session)) => {
            let mut answer = answer(&signed_in(&console, &session));
            set(&mut answer, surface.cookies.session.set(&entered.cookie));
            Ok(answer)
        }
        Err(SignInError::NoSuchRole) => Err(Rejection::malformed(OTHER_ROLE)),
        Err(error) => {
            tracing::error!(request_id = %RequestId::of(request), %error, "a role could not be taken on");
            Err(Rejection::internal())
        }
    }
}

async fn sign_out(request: &HttpRequest, surface: &Surface) -> Result<HttpResponse, Rejection> {
    let console = served(surface)?;
    check_origin(request, surface)?;
    let mut elsewhere = None;
    if let Some(cookie) = session_cookie(request, surface) {
        check_csrf(&cookie, request)?;
        let ended = surface.to_its_end(async move { console.sign_out(&cookie).await }).await?;
        elsewhere = ended.map_err(|error| no_session(&NoSession::Store(error)))?;
    }
    let mut left = match elsewhere {
        Some(address) => answer(&json!({ "endSession": address.as_str() })),
        None => HttpResponse::NoContent().finish(),
    };
    set(&mut left, surface.cookies.session.clear());
    Ok(left)
}

fn signed_out(console: &Console, request: &HttpRequest) -> Value {
    let language = language(request);
    match console.way() {
        Way::OpenId(_) => json!({ "state": "signedOut", "signIn": "oidc" }),
        Way::Demo(_) => {
            let told = console.roles().iter().map(|role| {
                json!({
                    "id": role.id,
                    "tenant": role.tenant_name,
                    "name": role.name,
                    "description": role.described(language),
                })
            });
            json!({ "state": "signedOut", "signIn": "demo", "roles": told.collect::<Vec<_>>() })
        }
    }
}

fn signed_in(console: &Console, session: &SignedIn) -> Value {
    let authority = &session.authority;
    json!({
        "state": "signedIn",
        "csrf": session.csrf,
        "tenantId": authority.tenant().to_string(),
        "actor": authority.actor(),
        "scopes": authority.scopes().iter().map(|scope| scope.text()).collect::<Vec<_>>(),
        "expiresAt": session.idle_until.min(session.ends_at).to_string(),
        "idleSeconds": console.terms().idle.as_secs(),
        "absoluteAt": session.ends_at.to_string(),
    })
}

fn answer(json: &Value) -> HttpResponse {
    HttpResponse::build(StatusCode::OK)
        .content_type("application/json; charset=utf-8")
        .insert_header(("cross-origin-resource-policy", "same-origin"))
        .body(json.to_string())
}

/// Adds a cookie to an answer.
pub(super) fn set(answer: &mut HttpResponse, (name, value): (&'static str, String)) {
    use actix_web::http::header::{HeaderName, HeaderValue};
    // A cookie's text is made of characters that a header may hold.
    if let Ok(value) = HeaderValue::from_str(&value) {
        answer.headers_mut().append(HeaderName::from_static(name), value);
    }
}
