//! `POST /opendsr/v2/callbacks`: what a processor says of a task that was passed on to it, signed by its certificate. It bears no
//! token: the signature says whose it is. Open wherever a system may be told by OpenDSR, whether the gateway is a processor itself
//! or not.

use actix_web::{HttpRequest, HttpResponse, web};
use tokio::time::{Instant, timeout_at};

use crate::http::admission::Turn;
use crate::http::protocol::ResponseMedia;
use crate::http::rejection::Rejection;
use crate::http::request_id::RequestId;
use crate::http::surface::Surface;
use crate::http::{body, headers, receipts};
use crate::service::opendsr::ReceivedCallback;

/// The only method, for `Allow`.
pub const ALLOWED: &str = "POST";

/// The longest body: identifiers, a word and some extensions.
const LONGEST: usize = 16 * 1024;

struct Sent {
    domain: String,
    signature: String,
    body: web::Bytes,
}

/// Takes a callback.
pub async fn receive(
    request: HttpRequest,
    payload: web::Payload,
    surface: web::Data<Surface>,
) -> HttpResponse {
    let id = RequestId::of(&request);
    match take(&request, payload, &surface).await {
        Ok(()) => HttpResponse::Accepted().finish(),
        Err(rejection) => rejection.answer(ResponseMedia::Json, &id),
    }
}

async fn take(
    request: &HttpRequest,
    payload: web::Payload,
    surface: &web::Data<Surface>,
) -> Result<(), Rejection> {
    let deadline = Instant::now() + surface.settings.request_timeout;
    let limit = surface.settings.max_body_bytes.min(LONGEST);
    body::check_head(request, limit)?;
    let read = timeout_at(deadline, body::read(payload, limit)).await;
    let body = read.map_err(|_| Rejection::too_slow())??;
    let header = |name| headers::text(request, name).map(std::borrow::Cow::into_owned).unwrap_or_default();
    let sent =
        Sent { domain: header("x-opendsr-processor-domain"), signature: header("x-opendsr-signature"), body };
    let turn = surface.admission.enter().await.map_err(|_| Rejection::overloaded())?;
    let request_id = RequestId::of(request).to_string();
    let task = surface.to_its_end(carry_out(surface.clone(), sent, request_id, turn));
    timeout_at(deadline, task).await.map_err(|_| Rejection::overloaded())??
}

async fn carry_out(
    surface: web::Data<Surface>,
    sent: Sent,
    request_id: String,
    turn: Turn,
) -> Result<(), Rejection> {
    let received = ReceivedCallback { domain: &sent.domain, signature: &sent.signature, body: &sent.body };
    let taken = Box::pin(surface.gateway.receive_callback(&received, request_id.clone())).await;
    drop(turn);
    taken.map_err(|error| receipts::rejection(&error, &request_id))
}
