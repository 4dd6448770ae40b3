//! `GraphiQL` and its files, where it is switched on.

use actix_web::{HttpRequest, HttpResponse, web};

use super::graphiql::{CSP, asset};
use super::protocol::ResponseMedia;
use super::rejection::Rejection;
use super::surface::Surface;

pub use super::graphiql::PAGE;

/// One of the page's files.
pub async fn graphiql(request: HttpRequest, surface: web::Data<Surface>) -> HttpResponse {
    file(&surface, request.match_info().query("file"), &request)
}

/// A file by its name; nothing where `GraphiQL` is switched off.
pub fn file(surface: &Surface, name: &str, request: &HttpRequest) -> HttpResponse {
    let found = surface.settings.graphiql.then(|| asset(name)).flatten();
    let Some(asset) = found else {
        return Rejection::not_found().answer(ResponseMedia::Json, request);
    };
    let cache = if asset.immutable { "public, max-age=31536000, immutable" } else { "no-cache" };
    HttpResponse::Ok()
        .content_type(asset.media_type)
        .insert_header(("content-security-policy", CSP))
        .insert_header(("cache-control", cache))
        .insert_header(("vary", "accept"))
        .body(asset.bytes.into_owned())
}
