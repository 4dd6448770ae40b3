//! `/opendsr/v2/…`: requests in the dialect OpenDSR 2.0, with the tokens of the tenant API. Every answer is signed, errors
//! too. Where the dialect is not spoken there is nothing at these addresses.

mod answer;
pub mod callbacks;

use actix_web::http::Method;
use actix_web::{HttpRequest, HttpResponse, web};
use serde_json::Value;
use tokio::time::{Instant, timeout_at};

use super::admission::Turn;
use super::caller::{self, AnyCaller, Api};
use super::protocol::{ResponseMedia, check_content_type};
use super::rejection::Rejection;
use super::surface::Surface;
use super::{body, headers};
use crate::service::caller::Caller;
use crate::service::opendsr::{self, OpenDsr, OpenDsrError};
use answer::{Problem, signed};

/// What is asked for.
enum Asked {
    Submit(web::Bytes),
    Status(String),
    Cancel(String),
}

/// `GET /opendsr/v2/discovery`: what this processor can do. No token: whoever verifies a callback asks for it.
pub async fn discovery(request: HttpRequest, surface: web::Data<Surface>) -> HttpResponse {
    let Some(dialect) = spoken(&surface) else { return nothing(&request) };
    if let Err(rejection) = reading(&request) {
        return refused(dialect, &rejection.into());
    }
    signed(dialect, 200, &opendsr::discovery(&surface.gateway, dialect))
}

/// `GET /opendsr/v2/certificate.pem`: what verifies the signatures.
pub async fn certificate(request: HttpRequest, surface: web::Data<Surface>) -> HttpResponse {
    let Some(dialect) = spoken(&surface) else { return nothing(&request) };
    if let Err(rejection) = reading(&request) {
        return refused(dialect, &rejection.into());
    }
    let pem = dialect.processor.certificate().to_owned();
    HttpResponse::Ok().content_type("application/x-pem-file").body(pem)
}

/// `POST /opendsr/v2/requests`.
pub async fn requests(
    request: HttpRequest,
    payload: web::Payload,
    surface: web::Data<Surface>,
) -> HttpResponse {
    let Some(dialect) = spoken(&surface) else { return nothing(&request) };
    let done = match *request.method() {
        Method::POST => submit(&request, payload, &surface).await,
        _ => Err(Rejection::method_not_allowed("POST").into()),
    };
    done.map_or_else(|problem| refused(dialect, &problem), |body| signed(dialect, 201, &body))
}

/// `GET` and `DELETE /opendsr/v2/requests/{subject_request_id}`.
pub async fn one_request(
    request: HttpRequest,
    payload: web::Payload,
    surface: web::Data<Surface>,
) -> HttpResponse {
    let Some(dialect) = spoken(&surface) else { return nothing(&request) };
    let name = request.match_info().query("subject_request_id").to_owned();
    let (asked, status) = match *request.method() {
        Method::GET => (Asked::Status(name), 200),
        Method::DELETE => (Asked::Cancel(name), 202),
        _ => return refused(dialect, &Rejection::method_not_allowed("GET, DELETE").into()),
    };
    let deadline = Instant::now() + surface.settings.request_timeout;
    // A body means nothing here, and is not to be left on the connection.
    body::discard(payload, surface.settings.max_body_bytes, deadline).await;
    let done = match admit(&request, &surface).await {
        Ok(caller) => carry_out(&surface, (caller, asked), deadline).await,
        Err(rejection) => Err(rejection.into()),
    };
    done.map_or_else(|problem| refused(dialect, &problem), |body| signed(dialect, status, &body))
}

async fn submit(
    request: &HttpRequest,
    payload: web::Payload,
    surface: &web::Data<Surface>,
) -> Result<Value, Problem> {
    let deadline = Instant::now() + surface.settings.request_timeout;
    let limit = surface.settings.max_body_bytes;
    body::check_head(request, limit)?;
    let content_type = headers::text(request, "content-type");
    check_content_type(content_type.as_deref()).map_err(Rejection::unsupported_media)?;
    let caller = match admit(request, surface).await {
        Ok(caller) => caller,
        Err(rejection) => {
            body::discard(payload, limit, deadline).await;
            return Err(rejection.into());
        }
    };
    let read = timeout_at(deadline, body::read(payload, limit)).await;
    let body = read.map_err(|_| Rejection::too_slow())??;
    carry_out(surface, (caller, Asked::Submit(body)), deadline).await
}

async fn admit(request: &HttpRequest, surface: &Surface) -> Result<Caller, Rejection> {
    match caller::admit(Api::Tenant, request, surface).await? {
        AnyCaller::Tenant(caller) => Ok(caller),
        AnyCaller::Operator(_) => Err(Rejection::unauthenticated()),
    }
}

async fn carry_out(
    surface: &web::Data<Surface>,
    (caller, asked): (Caller, Asked),
    deadline: Instant,
) -> Result<Value, Problem> {
    let turn = surface.admission.enter().await.map_err(|_| Rejection::overloaded())?;
    let request_id = caller.request_id.clone();
    let task = surface.to_its_end(operate(surface.clone(), (caller, asked), turn));
    let done = timeout_at(deadline, task).await.map_err(|_| Rejection::overloaded())??;
    done.map_err(|error| Problem::of(error, &request_id))
}

async fn operate(
    surface: web::Data<Surface>,
    (caller, asked): (Caller, Asked),
    turn: Turn,
) -> Result<Value, OpenDsrError> {
    let gateway = &surface.gateway;
    let Some(dialect) = spoken(&surface) else { return Err(OpenDsrError::NotFound) };
    let done = match asked {
        Asked::Submit(body) => Box::pin(gateway.submit_opendsr(dialect, &caller, &body)).await,
        Asked::Status(name) => Box::pin(gateway.opendsr_status(dialect, &caller, &name)).await,
        Asked::Cancel(name) => Box::pin(gateway.cancel_opendsr(dialect, &caller, &name)).await,
    };
    drop(turn);
    done
}

fn spoken(surface: &Surface) -> Option<&OpenDsr> {
    surface.gateway.settings.opendsr.as_ref()
}

fn nothing(request: &HttpRequest) -> HttpResponse {
    Rejection::not_found().answer(ResponseMedia::Json, request)
}

fn reading(request: &HttpRequest) -> Result<(), Rejection> {
    match *request.method() {
        Method::GET | Method::HEAD => Ok(()),
        _ => Err(Rejection::method_not_allowed("GET, HEAD")),
    }
}

fn refused(dialect: &OpenDsr, problem: &Problem) -> HttpResponse {
    problem.answer(dialect)
}
