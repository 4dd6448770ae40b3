//! `GraphiQL` and its files, where it is switched on.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::LazyLock;

use actix_web::http::header::{CONTENT_SECURITY_POLICY, HeaderValue, VARY};
use actix_web::{HttpRequest, HttpResponse, web};

use super::graphiql::{CSP, asset, names};
use super::protocol::ResponseMedia;
use super::rejection::Rejection;
use super::representation::Representation;
use super::surface::Surface;

pub use super::graphiql::PAGE;

/// One of the page's files.
pub async fn graphiql(request: HttpRequest, surface: web::Data<Surface>) -> HttpResponse {
    file(&request, &surface, request.match_info().query("file"))
}

/// A file by its name; nothing where `GraphiQL` is switched off.
pub fn file(request: &HttpRequest, surface: &Surface, name: &str) -> HttpResponse {
    let found = surface.settings.graphiql.then(|| FILES.get(name)).flatten();
    let Some((file, cache)) = found else {
        return Rejection::not_found().answer(ResponseMedia::Json, request);
    };
    let mut answer = file.answer(request, cache);
    let headers = answer.headers_mut();
    headers.insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(CSP));
    headers.append(VARY, HeaderValue::from_static("accept"));
    answer
}

/// All files by name, with how long they may be kept.
static FILES: LazyLock<HashMap<Cow<'static, str>, (Representation, &'static str)>> = LazyLock::new(|| {
    let file = |name: Cow<'static, str>| {
        let asset = asset(&name)?;
        let cache = if asset.immutable { "public, max-age=31536000, immutable" } else { "no-cache" };
        Some((name, (Representation::new(asset.media_type, asset.bytes.into_owned()), cache)))
    };
    names().filter_map(file).collect()
});
