//! `/graphql` and `/operator/graphql`: GraphQL over HTTP. What is cheap to refuse is refused first, and nothing of the body is read as GraphQL
//! before the caller is known.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, http, web};
use tokio::time::{Instant, timeout_at};

use super::admission::Turn;
use super::caller::{AnyCaller, Api};
use super::protocol::{
    ALLOWED_METHODS, Call, CallError, Method, Outcome, PREFLIGHT_HEADERS, Provenance, ResponseMedia,
    check_content_type, check_provenance, negotiate, parse_body, parse_query_string, prefers_page, status,
};
use super::rejection::Rejection;
use super::request_id::RequestId;
use super::surface::Surface;
use super::{body, caller, headers, pages};
use crate::graphql::api::Answered;
use crate::service::caller::Caller;

/// Answers a request to the tenant API, or shows a browser `GraphiQL`.
pub async fn graphql(
    request: HttpRequest,
    payload: web::Payload,
    surface: web::Data<Surface>,
) -> HttpResponse {
    let id = RequestId::of(&request);
    let accept = headers::text(&request, "accept");
    let wants_page = request.method() == http::Method::GET && prefers_page(accept.as_deref());
    if surface.settings.graphiql && wants_page {
        return pages::file(&surface, pages::PAGE, &id);
    }
    respond(Api::Tenant, &request, payload, &surface).await
}

/// Answers a request to the operator API.
pub async fn operator(
    request: HttpRequest,
    payload: web::Payload,
    surface: web::Data<Surface>,
) -> HttpResponse {
    respond(Api::Operator, &request, payload, &surface).await
}

/// Answers a page of the console.
pub async fn console(
    request: HttpRequest,
    payload: web::Payload,
    surface: web::Data<Surface>,
) -> HttpResponse {
    respond(Api::Console, &request, payload, &surface).await
}

async fn respond(
    api: Api,
    request: &HttpRequest,
    payload: web::Payload,
    surface: &web::Data<Surface>,
) -> HttpResponse {
    let id = RequestId::of(request);
    let accept = headers::text(request, "accept");
    let media = match negotiate(accept.as_deref()) {
        Ok(media) => media,
        Err(why) => return Rejection::not_acceptable(&why).answer(ResponseMedia::Json, &id),
    };
    match execute(api, request, payload, surface).await {
        Ok(answered) => answer(answered, media),
        Err(rejection) => rejection.answer(media, &id),
    }
}

fn answer(answered: Answered, media: ResponseMedia) -> HttpResponse {
    let status = StatusCode::from_u16(status(answered.outcome, media));
    let mut answer = HttpResponse::build(status.unwrap_or(StatusCode::INTERNAL_SERVER_ERROR));
    if answered.outcome == Outcome::MethodNotAllowed {
        answer.insert_header(("allow", ALLOWED_METHODS));
    }
    answer.content_type(media.content_type()).body(answered.body)
}

/// What was sent, not yet read as a call.
enum Sent {
    QueryString(String),
    Body(web::Bytes),
}

impl Sent {
    fn parse(&self) -> Result<Call, CallError> {
        match self {
            Self::QueryString(text) => parse_query_string(text),
            Self::Body(bytes) => parse_body(bytes),
        }
    }
}

async fn execute(
    api: Api,
    request: &HttpRequest,
    payload: web::Payload,
    surface: &web::Data<Surface>,
) -> Result<Answered, Rejection> {
    let deadline = Instant::now() + surface.settings.request_timeout;
    let limit = surface.settings.max_body_bytes;
    let method = check(request, limit)?;
    let caller = match caller::admit(api, request, surface).await {
        Ok(caller) => caller,
        Err(rejection) => {
            body::discard(payload, limit, deadline).await;
            return Err(rejection);
        }
    };
    let sent = match method {
        Method::Get => Sent::QueryString(request.query_string().to_owned()),
        Method::Post | Method::Socket => {
            let read = timeout_at(deadline, body::read(payload, limit)).await;
            let read = read.map_err(|_| Rejection::too_slow())??;
            Sent::Body(if api == Api::Console { surface.documents.resolve_body(&read)?.into() } else { read })
        }
    };
    let turn = surface.admission.enter().await.map_err(|_| Rejection::overloaded())?;
    let task = surface.to_its_end(operate(surface.clone(), caller, sent, turn));
    let answered = timeout_at(deadline, task).await.map_err(|_| Rejection::overloaded())???;
    if answered.outcome == Outcome::Unauthenticated {
        return Err(Rejection::unauthenticated());
    }
    Ok(answered)
}

/// What the head of a request tells.
fn check(request: &HttpRequest, limit: usize) -> Result<Method, Rejection> {
    let method = Method::parse(request.method().as_str())
        .map_err(|_| Rejection::method_not_allowed(ALLOWED_METHODS))?;
    let content_type = headers::text(request, "content-type");
    let preflight = PREFLIGHT_HEADERS.iter().find_map(|name| headers::text(request, name));
    let provenance = Provenance { content_type: content_type.as_deref(), preflight: preflight.as_deref() };
    check_provenance(&provenance).map_err(|why| Rejection::malformed(&why))?;
    if method == Method::Post {
        check_content_type(content_type.as_deref()).map_err(|why| Rejection::unsupported_media(&why))?;
        body::check_head(request, limit)?;
    }
    Ok(method)
}

/// Carries the operation out, holding its turn to the end.
async fn operate(
    surface: web::Data<Surface>,
    caller: AnyCaller,
    sent: Sent,
    turn: Turn,
) -> Result<Answered, Rejection> {
    let answered = carry_out(&surface, caller, &sent).await;
    drop(turn);
    answered
}

async fn carry_out(surface: &Surface, caller: AnyCaller, sent: &Sent) -> Result<Answered, Rejection> {
    let parse = || sent.parse().map_err(|why| Rejection::malformed(&why));
    match caller {
        AnyCaller::Tenant(caller) => {
            check_tenant(surface, &caller).await?;
            Ok(surface.api.answer(parse()?, caller).await)
        }
        AnyCaller::Operator(caller) => Ok(surface.operator_api.answer(parse()?, caller).await),
    }
}

/// A tenant that does not exist is found out before anything that was sent is read, so that its token is answered like
/// any bad one whatever came with it.
async fn check_tenant(surface: &Surface, caller: &Caller) -> Result<(), Rejection> {
    match surface.gateway.store.knows_tenant_of(&caller.authority).await {
        Ok(true) => Ok(()),
        Ok(false) => Err(Rejection::unauthenticated()),
        Err(error) => {
            tracing::error!(request_id = caller.request_id, %error, "the tenant could not be looked up");
            Err(Rejection::internal())
        }
    }
}
