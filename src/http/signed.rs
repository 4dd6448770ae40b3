//! Messages that bear no token: the signature over their bytes says whose they are. They are read by the same steps at every
//! address that takes them.

use actix_web::{HttpRequest, web};
use domain::returned::NotReturnable;
use tokio::time::{Instant, timeout_at};

use super::rejection::{Kind, Rejection};
use super::request_id::RequestId;
use super::surface::Surface;
use super::{body, headers};
use crate::service::system::receipt::ReceiptError;

/// A header of the signature; empty where there is none, which no signature fits.
pub fn header(request: &HttpRequest, name: &str) -> String {
    headers::text(request, name).map(std::borrow::Cow::into_owned).unwrap_or_default()
}

/// Reads a body of at most `longest` bytes, waits for a turn, and does the work with it and the request's identifier to its
/// end, whether the sender waits for it or not.
///
/// # Errors
/// What the sender is told instead.
pub async fn take<F>(
    request: &HttpRequest,
    payload: web::Payload,
    (surface, longest): (&web::Data<Surface>, usize),
    work: impl FnOnce(web::Bytes, String) -> F,
) -> Result<(), Rejection>
where
    F: Future<Output = Result<(), ReceiptError>> + Send + 'static,
{
    let deadline = Instant::now() + surface.settings.request_timeout;
    let limit = surface.settings.max_body_bytes.min(longest);
    body::check_head(request, limit)?;
    let read = timeout_at(deadline, body::read(payload, limit)).await;
    let body = read.map_err(|_| Rejection::too_slow())??;
    let turn = surface.admission.enter().await.map_err(|_| Rejection::overloaded())?;
    let request_id = RequestId::of(request).to_string();
    let work = work(body, request_id.clone());
    let task = surface.to_its_end(async move {
        let taken = work.await;
        drop(turn);
        taken.map_err(|error| rejection(&error, &request_id))
    });
    timeout_at(deadline, task).await.map_err(|_| Rejection::overloaded())??
}

/// Why a message was not taken, as its sender is told.
fn rejection(error: &ReceiptError, request_id: &str) -> Rejection {
    match error {
        // The same for a bad signature, an unknown task and another system's.
        ReceiptError::NotAuthentic => Kind::NotAuthentic.into(),
        ReceiptError::TooLong | ReceiptError::Unreturnable(NotReturnable::Size) => {
            Rejection::saying(Kind::TooLarge, error.wording())
        }
        ReceiptError::Malformed | ReceiptError::Unfit | ReceiptError::Unreturnable(_) => {
            Rejection::malformed(error.wording())
        }
        ReceiptError::Contradicts => Kind::Conflict.into(),
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
    fn each_reason_has_its_status() {
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
            assert_eq!(rejection(&error, "x").status(), status, "{error}");
        }
    }
}
