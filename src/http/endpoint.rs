//! `/graphql` and `/operator/graphql`: GraphQL over HTTP. What is cheap to refuse is refused first, and nothing of the body is read as GraphQL
//! before the caller is known.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, http, web};
use tokio::time::{Instant, timeout_at};

use super::admission::Turn;
use super::caller::{AnyCaller, Api};
use super::protocol::{
    ALLOWED_METHODS, Call, CallError, Method, Outcome, PREFLIGHT_HEADERS, Provenance, ResponseMedia,
    check_content_type, check_provenance, is_batch, negotiate, parse_batch, parse_body, parse_query_string,
    prefers_page, status,
};
use super::rejection::Rejection;
use super::surface::Surface;
use super::{body, caller, headers, packing, pages};
use crate::graphql::api::{Answered, Calls};
use crate::metrics::Answered as Measured;
use crate::service::caller::Caller;

/// Answers a request to the tenant API, or shows a browser `GraphiQL`.
pub async fn graphql(
    request: HttpRequest,
    payload: web::Payload,
    surface: web::Data<Surface>,
) -> HttpResponse {
    let accept = headers::text(&request, "accept");
    let wants_page = request.method() == http::Method::GET && prefers_page(accept.as_deref());
    if surface.settings.graphiql && wants_page {
        return pages::file(&request, &surface, pages::PAGE);
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
    let began = Instant::now();
    let accept = headers::text(request, "accept");
    let media = match negotiate(accept.as_deref()) {
        Ok(media) => media,
        Err(why) => return Rejection::not_acceptable(why).answer(ResponseMedia::Json, request),
    };
    let executed = execute(api, request, payload, surface).await;
    surface.demand.metrics().request(measured(api, &executed), began.elapsed());
    match executed {
        Ok(answered) => answer(request, surface, (answered, media)).await,
        Err(rejection) => rejection.answer(media, request),
    }
}

fn measured(api: Api, executed: &Result<Answered, Rejection>) -> Measured<'_> {
    let (outcome, code) = match executed {
        Ok(answered) => (answered.outcome.name(), answered.code.as_deref().unwrap_or("none")),
        Err(rejection) => ("rejected", rejection.code()),
    };
    Measured { api: api.name(), outcome, code }
}

async fn answer(
    request: &HttpRequest,
    surface: &Surface,
    (answered, media): (Answered, ResponseMedia),
) -> HttpResponse {
    let status = StatusCode::from_u16(status(answered.outcome, media));
    let mut answer = HttpResponse::build(status.unwrap_or(StatusCode::INTERNAL_SERVER_ERROR));
    if answered.outcome == Outcome::MethodNotAllowed {
        answer.insert_header(("allow", ALLOWED_METHODS));
    }
    if let Some(seconds) = answered.retry_after {
        answer.insert_header(("retry-after", seconds));
    }
    answer.content_type(media.content_type());
    if !surface.settings.compression {
        return answer.body(answered.body);
    }
    let (coding, body) = packing::pack(request, answered).await;
    if let Some(name) = coding.name() {
        answer.insert_header(("content-encoding", name));
    }
    answer.body(body)
}

/// What was sent, not yet read as a call.
enum Sent {
    QueryString(String),
    Body(web::Bytes),
    /// From the console.
    Listed(web::Bytes),
}

/// What was sent, read.
enum Asked {
    One(Call),
    Several(Calls),
}

impl Sent {
    /// Reads it. As many operations are taken at once as a batch may hold, and one alone where that is none.
    fn parse(&self, surface: &Surface) -> Result<Asked, Rejection> {
        let most = surface.settings.batch;
        let one = |call: Result<Call, CallError>| call.map(Asked::One).map_err(Rejection::malformed);
        match self {
            Self::QueryString(text) => one(parse_query_string(text)),
            Self::Body(bytes) if most > 0 && is_batch(bytes) => {
                parse_batch(bytes, most).map(Asked::Several).map_err(Rejection::malformed)
            }
            Self::Body(bytes) => one(parse_body(bytes)),
            Self::Listed(bytes) => surface.documents.call(bytes).map(Asked::One),
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
            if api == Api::Console { Sent::Listed(read) } else { Sent::Body(read) }
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
    check_provenance(&provenance).map_err(Rejection::malformed)?;
    if method == Method::Post {
        check_content_type(content_type.as_deref()).map_err(Rejection::unsupported_media)?;
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
    if let AnyCaller::Tenant(caller) = &caller {
        check_tenant(surface, caller).await?;
    }
    let asked = sent.parse(surface)?;
    if let Asked::Several(calls) = &asked {
        // The first was counted when its caller was admitted.
        let further = calls.len().saturating_sub(1);
        surface.demand.count_requests(&caller.asker(), further).map_err(Rejection::rate_limited)?;
    }
    Ok(match (caller, asked) {
        (AnyCaller::Tenant(caller), Asked::One(call)) => surface.api.answer(call, caller).await,
        (AnyCaller::Tenant(caller), Asked::Several(calls)) => surface.api.answer_all(calls, caller).await,
        (AnyCaller::Operator(caller), Asked::One(call)) => surface.operator_api.answer(call, caller).await,
        (AnyCaller::Operator(caller), Asked::Several(calls)) => {
            surface.operator_api.answer_all(calls, caller).await
        }
    })
}

/// A tenant that does not exist is found out before anything that was sent is read, so that its token is answered like
/// any bad one whatever came with it.
pub(super) async fn check_tenant(surface: &Surface, caller: &Caller) -> Result<(), Rejection> {
    match surface.gateway.store.knows_tenant_of(&caller.authority).await {
        Ok(true) => Ok(()),
        Ok(false) => Err(Rejection::unauthenticated()),
        Err(error) => {
            tracing::error!(request_id = caller.request_id, %error, "the tenant could not be looked up");
            Err(Rejection::internal())
        }
    }
}
