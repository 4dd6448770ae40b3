//! An export of all that a tenant has, as an answer: piece by piece, so that a client that is slow, or whose line breaks,
//! costs no memory and can go on where it stopped (RFC 9110 section 14).

use std::sync::Arc;

use actix_web::body::SizedStream;
use actix_web::http::StatusCode;
use actix_web::http::header::{HeaderMap, IF_RANGE, RANGE};
use actix_web::{HttpRequest, HttpResponse, HttpResponseBuilder, web};
use futures::Stream;
use futures::stream::try_unfold;

use super::protocol::ResponseMedia;
use super::range::{Requested, requested};
use super::rejection::{Kind, Rejection};
use super::request_id::RequestId;
use super::surface::Surface;
use crate::service::tenant_export::{CHUNK_BYTES, ExportFile, RedeemedExport};

/// What the headers of a request for an export ask for.
#[derive(Debug, Clone)]
pub struct Wanted {
    range: Option<String>,
    if_range: Option<String>,
}

impl Wanted {
    /// Of a request.
    pub fn of(headers: &HeaderMap) -> Self {
        let text = |name| headers.get(name).and_then(|value| value.to_str().ok()).map(str::to_owned);
        Self { range: text(RANGE), if_range: text(IF_RANGE) }
    }

    /// The first byte that is asked for; `None` where the file has none of what is.
    pub fn first_byte(&self, file: &ExportFile) -> Option<u64> {
        match self.part(file) {
            Requested::Whole => Some(0),
            Requested::Part { first, .. } => Some(first),
            Requested::Unsatisfiable => None,
        }
    }

    fn part(&self, file: &ExportFile) -> Requested {
        requested(self.range.as_deref(), self.if_range.as_deref(), (file.byte_count, &etag(file)))
    }
}

/// The answer with what is asked for.
pub fn answer(
    surface: web::Data<Surface>,
    export: RedeemedExport,
    (wanted, id): (&Wanted, &RequestId),
) -> HttpResponse {
    let file = export.file.clone();
    let end = file.byte_count.saturating_sub(1);
    let (status, first, last) = match wanted.part(&file) {
        Requested::Part { first, last } => (StatusCode::PARTIAL_CONTENT, first, last),
        Requested::Whole | Requested::Unsatisfiable => (StatusCode::OK, 0, end),
    };
    let mut answer = HttpResponse::build(status);
    describe(&mut answer, &file);
    if status == StatusCode::PARTIAL_CONTENT {
        answer.insert_header(("content-range", format!("bytes {first}-{last}/{}", file.byte_count)));
    }
    let length = (last + 1).saturating_sub(first);
    let reading = Reading { surface, export: Arc::new(export), request_id: id.clone() };
    answer.body(SizedStream::new(length, Box::pin(reading.pieces(first, last))))
}

/// The answer where the file has nothing of what is asked for.
pub fn out_of_range(file: &ExportFile, request: &HttpRequest) -> HttpResponse {
    Rejection::from(Kind::OutOfRange)
        .with("content-range", format!("bytes */{}", file.byte_count))
        .answer(ResponseMedia::Json, request)
}

fn describe(answer: &mut HttpResponseBuilder, file: &ExportFile) {
    answer
        .content_type("application/zip")
        .insert_header(("content-disposition", "attachment; filename=\"tenant-export.zip\""))
        .insert_header(("accept-ranges", "bytes"))
        .insert_header(("etag", etag(file)));
}

fn etag(file: &ExportFile) -> String {
    format!("\"{}\"", file.sha256)
}

/// The file was destroyed while it was handed out, or the database failed: the answer breaks off.
#[derive(Debug, thiserror::Error)]
#[error("the download broke off")]
struct BrokenOff;

/// An export that is being read.
struct Reading {
    surface: web::Data<Surface>,
    export: Arc<RedeemedExport>,
    request_id: RequestId,
}

impl Reading {
    fn pieces(self, first: u64, last: u64) -> impl Stream<Item = Result<web::Bytes, BrokenOff>> {
        try_unfold((self, first), move |(reading, next)| async move {
            if next > last {
                return Ok(None);
            }
            let piece = reading.piece(next, last).await?;
            let behind = next + u64::try_from(piece.len()).unwrap_or(u64::MAX);
            Ok(Some((piece, (reading, behind))))
        })
    }

    /// What the chunk that holds byte `next` has of the bytes up to `last`.
    async fn piece(&self, next: u64, last: u64) -> Result<web::Bytes, BrokenOff> {
        let size = u64::try_from(CHUNK_BYTES).unwrap_or(u64::MAX);
        let (number, offset) = (next / size, next % size);
        let (surface, export) = (self.surface.clone(), Arc::clone(&self.export));
        let read = async move { surface.gateway.read_export_chunk(&export, number).await };
        let chunk = match self.surface.to_its_end(read).await {
            Ok(Ok(chunk)) => web::Bytes::from(chunk),
            Ok(Err(error)) => {
                tracing::warn!(request_id = %self.request_id, %error, "a download broke off");
                return Err(BrokenOff);
            }
            Err(_) => return Err(BrokenOff),
        };
        let place = |byte: u64| usize::try_from(byte).unwrap_or(usize::MAX).min(chunk.len());
        let end = place((last - number * size).saturating_add(1));
        let piece = chunk.slice(place(offset).min(end)..end);
        if piece.is_empty() { Err(BrokenOff) } else { Ok(piece) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_begins_where_its_range_does() {
        let file = ExportFile { byte_count: 100, sha256: "abc".to_owned() };
        for (range, if_range, expected) in [
            (None, None, Some(0)),
            (Some("bytes=0-"), None, Some(0)),
            (Some("bytes=40-"), None, Some(40)),
            (Some("bytes=40-"), Some("\"abc\""), Some(40)),
            (Some("bytes=40-"), Some("\"abd\""), Some(0)),
            (Some("bytes=-10"), None, Some(90)),
            (Some("bytes=100-"), None, None),
        ] {
            let wanted = Wanted { range: range.map(str::to_owned), if_range: if_range.map(str::to_owned) };
            assert_eq!(wanted.first_byte(&file), expected, "{range:?} {if_range:?}");
        }
    }
}
