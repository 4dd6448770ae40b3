//! `POST /downstream/acknowledgements`: what a system outside says of its task, signed with its secret (Standard Webhooks).
//! It bears no token: the signature says whose it is.

use actix_web::{HttpRequest, HttpResponse, web};
use connector::Received;
use domain::returned::NotReturnable;
use tokio::time::{Instant, timeout_at};

use super::admission::Turn;
use super::protocol::ResponseMedia;
use super::rejection::Rejection;
use super::request_id::RequestId;
use super::surface::Surface;
use super::{body, headers};
use crate::graphql::ErrorCode;
use crate::service::system::receipt::ReceiptError;

/// The only method, for `Allow`.
pub const ALLOWED: &str = "POST";

/// The longest body: an identifier, a word, a sentence, and what is returned.
const LONGEST: usize = domain::returned::MOST_BYTES + 16 * 1024;

/// What came in.
struct Sent {
    id: String,
    timestamp: String,
    signature: String,
    body: web::Bytes,
}

/// Takes a receipt.
pub async fn receive(
    request: HttpRequest,
    payload: web::Payload,
    surface: web::Data<Surface>,
) -> HttpResponse {
    let id = RequestId::of(&request);
    match take(&request, payload, &surface).await {
        Ok(()) => HttpResponse::NoContent().finish(),
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
    let sent = Sent {
        id: header("webhook-id"),
        timestamp: header("webhook-timestamp"),
        signature: header("webhook-signature"),
        body,
    };
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
    let received =
        Received { id: &sent.id, timestamp: &sent.timestamp, signature: &sent.signature, body: &sent.body };
    let taken = surface.gateway.receive(&received, request_id.clone()).await;
    drop(turn);
    taken.map_err(|error| rejection(&error, &request_id))
}

/// Why a receipt was not taken, as its sender is told.
pub fn rejection(error: &ReceiptError, request_id: &str) -> Rejection {
    match error {
        // The same for a bad signature, an unknown task and another system's.
        ReceiptError::NotAuthentic => {
            Rejection::with_status(401, ErrorCode::Unauthenticated, "the receipt is not authentic")
        }
        ReceiptError::TooLong | ReceiptError::Unreturnable(NotReturnable::Size) => {
            Rejection::with_status(413, ErrorCode::BadUserInput, error.to_string())
        }
        ReceiptError::Malformed | ReceiptError::Unfit | ReceiptError::Unreturnable(_) => {
            Rejection::malformed(error)
        }
        ReceiptError::Contradicts => {
            Rejection::with_status(409, ErrorCode::BadUserInput, "the task has ended otherwise")
        }
        ReceiptError::Unserved(why) => Rejection::unserved(*why),
        ReceiptError::Store(error) => {
            tracing::error!(request_id, %error, "a receipt failed in the store");
            Rejection::internal()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::service::records::Unserved;

    #[test]
    fn each_reason_has_its_status() -> Result<(), String> {
        let id = RequestId::parse("018f4e2a-0000-7000-8000-00000000abcd").ok_or("an identifier")?;
        for (error, status) in [
            (ReceiptError::NotAuthentic, 401),
            (ReceiptError::Malformed, 400),
            (ReceiptError::Unfit, 400),
            (ReceiptError::Unreturnable(NotReturnable::Text), 400),
            (ReceiptError::Unreturnable(NotReturnable::Size), 413),
            (ReceiptError::TooLong, 413),
            (ReceiptError::Contradicts, 409),
            (ReceiptError::Unserved(Unserved::AgreementRequired), 403),
        ] {
            let answer = rejection(&error, "x").answer(ResponseMedia::Json, &id);
            assert_eq!(answer.status().as_u16(), status, "{error}");
        }
        Ok(())
    }
}
