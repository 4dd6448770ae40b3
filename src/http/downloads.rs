//! `GET /downloads/{ticket}`: an export file for whoever holds its link, a person's package or all that a tenant has. Only
//! GET uses a link up: HEAD and the rest are refused, so that previews and scanners cost nothing.

use actix_web::{HttpRequest, HttpResponse, web};
use tokio::time::{Instant, timeout_at};

use super::admission::Turn;
use super::protocol::ResponseMedia;
use super::rejection::{Kind, Rejection};
use super::request_id::RequestId;
use super::surface::Surface;
use super::tenant_export::{self, Wanted};
use crate::package::{ExportFormat, file_extension, media_type};
use crate::service::export::{RedeemedTicket, TicketError};
use crate::service::tenant_export::ExportUse;

/// The only method, for `Allow`.
pub const ALLOWED: &str = "GET";

/// What a link gave.
enum Given {
    Package(RedeemedTicket),
    TenantExport(ExportUse),
}

/// Gives the file.
pub async fn download(request: HttpRequest, surface: web::Data<Surface>) -> HttpResponse {
    let id = RequestId::of(&request);
    let ticket = request.match_info().query("ticket").to_owned();
    let wanted = Wanted::of(request.headers());
    match redeem(&surface, (ticket, wanted.clone()), &id).await {
        Ok(Given::Package(file)) => attachment(file),
        Ok(Given::TenantExport(ExportUse::HandedOut(export))) => {
            tenant_export::answer(surface, export, (&wanted, &id))
        }
        Ok(Given::TenantExport(ExportUse::OutOfRange(file))) => tenant_export::out_of_range(&file, &request),
        Err(rejection) => rejection.answer(ResponseMedia::Json, &request),
    }
}

async fn redeem(
    surface: &web::Data<Surface>,
    asked: (String, Wanted),
    id: &RequestId,
) -> Result<Given, Rejection> {
    let deadline = Instant::now() + surface.settings.request_timeout;
    let turn = surface.admission.enter().await.map_err(|_| Rejection::overloaded())?;
    let task = surface.to_its_end(use_ticket(surface.clone(), asked, id.to_string(), turn));
    let redeemed = timeout_at(deadline, task).await.map_err(|_| Rejection::overloaded())??;
    redeemed.map_err(|error| rejection(&error, id))
}

async fn use_ticket(
    surface: web::Data<Surface>,
    (ticket, wanted): (String, Wanted),
    request_id: String,
    turn: Turn,
) -> Result<Given, TicketError> {
    let first_byte = move |file: &_| wanted.first_byte(file);
    // A ticket opens as one kind alone, so that the other finds nothing in it.
    let given = match surface.gateway.download_export(&ticket, request_id.clone(), first_byte).await {
        Err(TicketError::Unknown) => surface.gateway.download(&ticket, request_id).await.map(Given::Package),
        given => given.map(Given::TenantExport),
    };
    drop(turn);
    given
}

fn rejection(error: &TicketError, id: &RequestId) -> Rejection {
    match error {
        TicketError::Unknown => Rejection::not_found(),
        TicketError::Expired => Kind::LinkUsedUp.into(),
        TicketError::Unserved(why) => Rejection::unserved(*why),
        TicketError::Store(error) => {
            tracing::error!(request_id = %id, %error, "a download failed in the store");
            Rejection::internal()
        }
    }
}

fn attachment(file: RedeemedTicket) -> HttpResponse {
    HttpResponse::Ok()
        .content_type(media_type(file.format))
        .insert_header(("content-disposition", disposition(file.format)))
        .body(file.content)
}

/// One name for all, since a name of its own would tell whose it is.
fn disposition(format: ExportFormat) -> String {
    format!("attachment; filename=\"personal-data.{}\"", file_extension(format))
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;
    use crate::service::records::Unserved;

    #[test]
    fn each_reason_has_its_status() {
        let id = RequestId::parse("018f4e2a-0000-7000-8000-00000000abcd").unwrap();
        for (error, status) in [
            (TicketError::Unknown, 404),
            (TicketError::Expired, 410),
            (TicketError::Unserved(Unserved::AgreementRequired), 403),
            (TicketError::Unserved(Unserved::Closed), 403),
        ] {
            assert_eq!(rejection(&error, &id).status(), status, "{error}");
        }
    }

    #[test]
    fn a_file_is_saved_and_named_after_its_form_alone() {
        for (format, name) in [
            (ExportFormat::Json, "personal-data.json"),
            (ExportFormat::CsvZip, "personal-data.zip"),
            (ExportFormat::Pdf, "personal-data.pdf"),
        ] {
            assert_eq!(disposition(format), format!("attachment; filename=\"{name}\""));
        }
    }
}
