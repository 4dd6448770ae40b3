//! `POST /downstream/acknowledgements`: what a system outside says of its task, signed with its secret (Standard Webhooks).

use actix_web::{HttpRequest, HttpResponse, web};
use connector::Received;

use super::protocol::ResponseMedia;
use super::signed::{header, take};
use super::surface::Surface;
use crate::service::system::receipt::ReceiptError;

/// The only method, for `Allow`.
pub const ALLOWED: &str = "POST";

/// The longest body: an identifier, a word, a sentence, and what is returned.
const LONGEST: usize = domain::returned::MOST_BYTES + 16 * 1024;

/// What came in, but the body.
struct Sent {
    id: String,
    timestamp: String,
    signature: String,
}

/// Takes a receipt.
pub async fn receive(
    request: HttpRequest,
    payload: web::Payload,
    surface: web::Data<Surface>,
) -> HttpResponse {
    let sent = Sent {
        id: header(&request, "webhook-id"),
        timestamp: header(&request, "webhook-timestamp"),
        signature: header(&request, "webhook-signature"),
    };
    let work = |body, request_id| carry_out(surface.clone(), sent, body, request_id);
    match take(&request, payload, (&surface, LONGEST), work).await {
        Ok(()) => HttpResponse::NoContent().finish(),
        Err(rejection) => rejection.answer(ResponseMedia::Json, &request),
    }
}

async fn carry_out(
    surface: web::Data<Surface>,
    sent: Sent,
    body: web::Bytes,
    request_id: String,
) -> Result<(), ReceiptError> {
    let received =
        Received { id: &sent.id, timestamp: &sent.timestamp, signature: &sent.signature, body: &body };
    surface.gateway.receive(&received, request_id).await
}
