//! `GET /audit/{tenant}/…`: a tenant's audit log as static resources, so that whoever may read it can mirror and watch it with
//! existing tools (C2SP tlog-tiles). Reading the log is no entry of it: it holds no personal data of data subjects.

use actix_web::http::header::CACHE_CONTROL;
use actix_web::{HttpRequest, HttpResponse, web};
use domain::id::TenantId;
use domain::scope::Scope;
use tlog::Resource;
use tokio::time::{Instant, timeout_at};

use super::admission::Turn;
use super::caller::{self, AnyCaller, Api};
use super::protocol::ResponseMedia;
use super::rejection::Rejection;
use super::surface::Surface;
use crate::service::Gateway;
use crate::service::caller::Caller;
use crate::service::reading::{Opened, Reading};
use crate::service::records::{OpenError, StoreError};

/// Hashes never change and are nobody's data: they are kept for a year, by the client alone.
const IMMUTABLE: &str = "private, max-age=31536000, immutable";

/// Whose log is asked for, and what of it.
struct Address {
    tenant: String,
    path: String,
}

/// What a path below a log's address names.
enum Named {
    Checkpoint,
    VerifierKeys,
    Piece(Resource),
}

/// What there is at an address.
enum Given {
    /// Changes with every head.
    Text(String),
    /// Hashes, which stay as they are.
    Hashes(Vec<u8>),
    /// Entries, which stay as they are too and say who did what.
    Entries(Vec<u8>),
}

/// Gives a resource.
pub async fn resource(request: HttpRequest, surface: web::Data<Surface>) -> HttpResponse {
    match fetch(&request, &surface).await {
        Ok(Given::Text(text)) => HttpResponse::Ok().content_type("text/plain; charset=utf-8").body(text),
        Ok(Given::Hashes(bytes)) => HttpResponse::Ok()
            .content_type("application/octet-stream")
            .insert_header((CACHE_CONTROL, IMMUTABLE))
            .body(bytes),
        Ok(Given::Entries(bytes)) => HttpResponse::Ok().content_type("application/octet-stream").body(bytes),
        Err(rejection) => rejection.answer(ResponseMedia::Json, &request),
    }
}

async fn fetch(request: &HttpRequest, surface: &web::Data<Surface>) -> Result<Given, Rejection> {
    let deadline = Instant::now() + surface.settings.request_timeout;
    let AnyCaller::Tenant(caller) = caller::admit(Api::Tenant, request, surface).await? else {
        return Err(Rejection::unauthenticated());
    };
    let part = |name| request.match_info().query(name).to_owned();
    let address = Address { tenant: part("tenant"), path: part("path") };
    let turn = surface.admission.enter().await.map_err(|_| Rejection::overloaded())?;
    let task = surface.to_its_end(read(surface.clone(), caller, address, turn));
    timeout_at(deadline, task).await.map_err(|_| Rejection::overloaded())??
}

/// Reads the resource, holding its turn to the end.
async fn read(
    surface: web::Data<Surface>,
    caller: Caller,
    address: Address,
    turn: Turn,
) -> Result<Given, Rejection> {
    let given = find(&surface.gateway, &caller, &address).await;
    drop(turn);
    given
}

/// Whose log it is comes first, so that another tenant's address is answered like one that never was (contract rule 1);
/// then the same as for `auditCheckpoint`.
async fn find(gateway: &Gateway, caller: &Caller, address: &Address) -> Result<Given, Rejection> {
    let opened = gateway.open(caller).await.map_err(|error| not_opened(&error, caller))?;
    let named = address.named_of(opened.tenant()).ok_or_else(Rejection::not_found)?;
    let required = [vec![Scope::AuditRead]];
    if !caller.authority.satisfies(&required) {
        return Err(Rejection::forbidden(&required));
    }
    let reading = match opened {
        Opened::Served(reading) => reading,
        Opened::Unserved(_, why) => return Err(Rejection::unserved(why)),
    };
    let given = look_up(&reading, named).await.map_err(|error| failed(&error, caller))?;
    given.ok_or_else(Rejection::not_found)
}

async fn look_up(reading: &Reading, named: Named) -> Result<Option<Given>, StoreError> {
    Ok(match named {
        Named::Checkpoint => Some(Given::Text(reading.checkpoint().await?.note)),
        Named::VerifierKeys => Some(Given::Text(reading.verifier_keys().await?)),
        Named::Piece(resource) => {
            let given = match resource {
                Resource::Hashes { .. } => Given::Hashes,
                Resource::Entries { .. } => Given::Entries,
            };
            reading.published(resource).await?.map(given)
        }
    })
}

impl Address {
    /// What the address names in the log of this tenant; `None` for another's, and for a path that is none.
    fn named_of(&self, tenant: TenantId) -> Option<Named> {
        if self.tenant != tenant.to_string() {
            return None;
        }
        match self.path.as_str() {
            "checkpoint" => Some(Named::Checkpoint),
            "verifier-keys" => Some(Named::VerifierKeys),
            path => Resource::parse(path).map(Named::Piece),
        }
    }
}

fn not_opened(error: &OpenError, caller: &Caller) -> Rejection {
    match error {
        OpenError::UnknownTenant => Rejection::unauthenticated(),
        OpenError::Store(error) => failed(error, caller),
    }
}

fn failed(error: &StoreError, caller: &Caller) -> Rejection {
    tracing::error!(request_id = caller.request_id, %error, "the audit log could not be read");
    Rejection::internal()
}
