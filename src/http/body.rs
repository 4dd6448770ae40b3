//! Reading a body: never more of it than the limit.

use actix_web::HttpRequest;
use actix_web::web::{Bytes, BytesMut, Payload};
use domain::wording::Wording;
use futures::StreamExt as _;
use tokio::time::{Instant, timeout_at};

use super::headers;
use super::rejection::Rejection;

const UNPACKED: Wording =
    Wording::new("Skicka innehållet utan Content-Encoding.", "send the body without Content-Encoding");
const BROKEN_OFF: Wording = Wording::new("Innehållet är avbrutet.", "the body breaks off");

/// What can be told from the head: a body that says it is too long, or that would have to be unpacked first.
///
/// # Errors
/// 413 or 415.
pub fn check_head(request: &HttpRequest, limit: usize) -> Result<(), Rejection> {
    if let Some(encoding) = headers::text(request, "content-encoding")
        && !encoding.eq_ignore_ascii_case("identity")
    {
        return Err(Rejection::unsupported_media(UNPACKED));
    }
    let declared = headers::text(request, "content-length");
    // What is no number never gets here: the server refuses it.
    match declared.and_then(|length| length.trim().parse::<u64>().ok()) {
        Some(length) if length > u64::try_from(limit).unwrap_or(u64::MAX) => Err(Rejection::too_large(limit)),
        _ => Ok(()),
    }
}

/// The whole body.
///
/// # Errors
/// 413 as soon as it passes the limit; 400 when it breaks off.
pub async fn read(mut payload: Payload, limit: usize) -> Result<Bytes, Rejection> {
    let mut body = BytesMut::new();
    while let Some(chunk) = payload.next().await {
        let chunk = chunk.map_err(|_| Rejection::malformed(BROKEN_OFF))?;
        if body.len() + chunk.len() > limit {
            return Err(Rejection::too_large(limit));
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body.freeze())
}

/// Reads a body and keeps none of it, so that the connection can go on after an answer that did not need it.
pub async fn discard(mut payload: Payload, limit: usize, deadline: Instant) {
    let mut left = limit;
    while let Ok(Some(Ok(chunk))) = timeout_at(deadline, payload.next()).await {
        match left.checked_sub(chunk.len()) {
            Some(rest) => left = rest,
            // What is left unread closes the connection.
            None => return,
        }
    }
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    #[test]
    fn the_head_tells_what_need_not_be_read() {
        for (name, value, accepted) in [
            ("content-length", "1024", true),
            ("content-length", "1025", false),
            ("content-length", "18446744073709551615", false),
            ("content-encoding", "identity", true),
            ("content-encoding", "gzip", false),
            ("content-encoding", "identity, gzip", false),
            ("content-type", "application/json", true),
        ] {
            let request = TestRequest::post().append_header((name, value)).to_http_request();
            assert_eq!(check_head(&request, 1_024).is_ok(), accepted, "{name}: {value}");
        }
    }
}
