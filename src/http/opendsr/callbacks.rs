//! `POST /opendsr/v2/callbacks`: what a processor says of a task that was passed on to it, signed by its certificate. Open
//! wherever a system may be told by OpenDSR, whether the gateway is a processor itself or not.

use actix_web::{HttpRequest, HttpResponse, web};

use crate::http::protocol::ResponseMedia;
use crate::http::signed::{header, take};
use crate::http::surface::Surface;
use crate::service::opendsr::ReceivedCallback;
use crate::service::system::receipt::ReceiptError;

/// The only method, for `Allow`.
pub const ALLOWED: &str = "POST";

/// The longest body: identifiers, a word and some extensions.
const LONGEST: usize = 16 * 1024;

/// What came in, but the body.
struct Sent {
    domain: String,
    signature: String,
}

/// Takes a callback.
pub async fn receive(
    request: HttpRequest,
    payload: web::Payload,
    surface: web::Data<Surface>,
) -> HttpResponse {
    let sent = Sent {
        domain: header(&request, "x-opendsr-processor-domain"),
        signature: header(&request, "x-opendsr-signature"),
    };
    let work = |body, request_id| carry_out(surface.clone(), sent, body, request_id);
    match take(&request, payload, (&surface, LONGEST), work).await {
        Ok(()) => HttpResponse::Accepted().finish(),
        Err(rejection) => rejection.answer(ResponseMedia::Json, &request),
    }
}

async fn carry_out(
    surface: web::Data<Surface>,
    sent: Sent,
    body: web::Bytes,
    request_id: String,
) -> Result<(), ReceiptError> {
    let received = ReceivedCallback { domain: &sent.domain, signature: &sent.signature, body: &body };
    Box::pin(surface.gateway.receive_callback(&received, request_id)).await
}
