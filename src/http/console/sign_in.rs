//! `/console/sign-in` and `/console/callback`: to the issuer and back. Whatever goes wrong, the browser lands on the console's own
//! page with a word out of a closed list; nothing that came in an address is repeated in one.

use actix_web::{HttpRequest, HttpResponse, web};
use url::form_urlencoded;

use super::session::set;
use super::{answered, served, session_cookie};
use crate::http::rejection::Rejection;
use crate::http::request_id::RequestId;
use crate::http::surface::Surface;
use crate::service::console::{Returned, SignInError};

/// Sends a browser to the issuer.
pub async fn begin(request: HttpRequest, surface: web::Data<Surface>) -> HttpResponse {
    answered(send_off(&request, &surface).await, &request)
}

/// Takes a browser back from the issuer.
pub async fn complete(request: HttpRequest, surface: web::Data<Surface>) -> HttpResponse {
    answered(take_back(&request, &surface).await, &request)
}

async fn send_off(request: &HttpRequest, surface: &Surface) -> Result<HttpResponse, Rejection> {
    let console = served(surface)?;
    let return_to = parameter(request, "return").ok().flatten().unwrap_or_default();
    let begun = surface.to_its_end(async move { console.begin(&return_to).await }).await?;
    Ok(match begun {
        Ok(begun) => {
            let mut answer = redirect(begun.address.as_str());
            set(&mut answer, surface.cookies.sign_in.set(&begun.cookie));
            answer
        }
        Err(error) => refused(&error, request),
    })
}

async fn take_back(request: &HttpRequest, surface: &Surface) -> Result<HttpResponse, Rejection> {
    let console = served(surface)?;
    let former = session_cookie(request, surface);
    let cookie = surface.cookies.sign_in.read(request);
    let (Some(cookie), Ok(returned)) = (cookie, returned(request)) else {
        return Ok(refused(&SignInError::Stale, request));
    };
    let completed = surface.to_its_end(async move {
        let completed = console.complete(&cookie, &returned).await?;
        if let Some(former) = former {
            console.sign_out(&former).await?;
        }
        Ok::<_, SignInError>(completed)
    });
    Ok(match completed.await? {
        Ok((entered, return_to)) => {
            let mut answer = redirect(&return_to);
            set(&mut answer, surface.cookies.session.set(&entered.cookie));
            set(&mut answer, surface.cookies.sign_in.clear());
            answer
        }
        // Of another attempt the cookie stays: a made-up address must not break off the one that is under way.
        Err(SignInError::Stale) => refused(&SignInError::Stale, request),
        Err(error) => {
            let mut answer = refused(&error, request);
            set(&mut answer, surface.cookies.sign_in.clear());
            answer
        }
    })
}

fn returned(request: &HttpRequest) -> Result<Returned, Repeated> {
    Ok(Returned {
        state: parameter(request, "state")?.unwrap_or_default(),
        code: parameter(request, "code")?,
        error: parameter(request, "error")?,
        iss: parameter(request, "iss")?,
    })
}

/// A parameter stands there twice (RFC 6749 section 3.1).
struct Repeated;

fn parameter(request: &HttpRequest, name: &str) -> Result<Option<String>, Repeated> {
    let pairs = form_urlencoded::parse(request.query_string().as_bytes());
    let mut values = pairs.filter(|(known, _)| known == name).map(|(_, value)| value.into_owned());
    match (values.next(), values.next()) {
        (value, None) => Ok(value),
        _ => Err(Repeated),
    }
}

fn refused(error: &SignInError, request: &HttpRequest) -> HttpResponse {
    tracing::info!(request_id = %RequestId::of(request), %error, "a sign-in to the console was refused");
    redirect(&format!("/console/?error={}", error.code()))
}

fn redirect(to: &str) -> HttpResponse {
    HttpResponse::Found().insert_header(("location", to)).finish()
}
