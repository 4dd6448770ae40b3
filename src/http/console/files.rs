//! The front end's files, embedded: one page for every address within the console, and what it loads.

use std::borrow::Cow;

use actix_web::{HttpRequest, HttpResponse, web};
use rust_embed::Embed;

use super::{answered, served};
use crate::http::rejection::Rejection;
use crate::http::surface::Surface;

/// The page.
const PAGE: &str = "index.html";
/// Files whose names hold the digest of their content.
const ASSETS: &str = "assets/";

/// Of this origin only, and nothing within the page itself: what a person's name may smuggle in is never run.
const CSP: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; \
     connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/// Keep the page apart from those that opened it or would show it, and from what it has no use for.
const APART: [(&str, &str); 5] = [
    ("content-security-policy", CSP),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    (
        "permissions-policy",
        "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
    ),
    ("x-frame-options", "DENY"),
];

#[derive(Embed)]
#[folder = "console/dist/"]
struct Files;

/// The manifest of the front end's documents, as it was built.
pub(super) fn manifest() -> Option<Cow<'static, [u8]>> {
    Files::get("documents.json").map(|file| file.data)
}

/// `/console`, without the slash that relative addresses need.
pub async fn front_door(request: HttpRequest, surface: web::Data<Surface>) -> HttpResponse {
    let answer = served(&surface)
        .map(|_| HttpResponse::PermanentRedirect().insert_header(("location", "/console/")).finish());
    answered(answer, &request)
}

/// A file by its name; any other address within the console is one of the page's own.
pub async fn file(request: HttpRequest, surface: web::Data<Surface>) -> HttpResponse {
    let answer = served(&surface).and_then(|_| {
        let path = request.match_info().query("path");
        embedded(path).ok_or_else(Rejection::not_found)
    });
    answered(answer, &request)
}

fn embedded(path: &str) -> Option<HttpResponse> {
    let name = if is_place(path) { PAGE } else { path };
    let media_type = media_type(name)?;
    let file = Files::get(name)?;
    let cache = match name {
        PAGE => "no-store",
        name if name.starts_with(ASSETS) => "public, max-age=31536000, immutable",
        _ => "no-cache",
    };
    let mut answer = HttpResponse::Ok();
    for header in APART {
        answer.insert_header(header);
    }
    Some(answer.content_type(media_type).insert_header(("cache-control", cache)).body(file.data.into_owned()))
}

/// Whether a path is a place within the console and no file: its last part has no dot.
fn is_place(path: &str) -> bool {
    !path.starts_with(ASSETS) && !path.rsplit('/').next().unwrap_or_default().contains('.')
}

/// What is not listed is not served: the manifest and notices of licences among it.
fn media_type(name: &str) -> Option<&'static str> {
    match name.rsplit_once('.')?.1 {
        "html" if name == PAGE => Some("text/html; charset=utf-8"),
        "js" => Some("text/javascript; charset=utf-8"),
        "css" => Some("text/css; charset=utf-8"),
        "svg" => Some("image/svg+xml"),
        "png" => Some("image/png"),
        "woff2" => Some("font/woff2"),
        "webmanifest" => Some("application/manifest+json"),
        "txt" => Some("text/plain; charset=utf-8"),
        _ => None,
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    #[test]
    fn the_page_refers_to_files_of_its_own_alone_and_holds_no_script_or_style() {
        let page = String::from_utf8(Files::get(PAGE).unwrap().data.into_owned()).unwrap();
        for attribute in ["src=\"", "href=\""] {
            for reference in page.split(attribute).skip(1).filter_map(|rest| rest.split('"').next()) {
                let name = reference.strip_prefix("/console/").unwrap_or("another origin's");
                assert!(Files::get(name).is_some(), "{reference}");
            }
        }
        assert!(!page.contains("<style") && !page.contains(" style=") && !page.contains(" onload="));
        let scripts = page.split("<script").skip(1).filter_map(|rest| rest.split_once('>'));
        assert!(scripts.into_iter().all(|(_, after)| after.starts_with("</script>")), "{page}");
    }

    #[test]
    fn places_get_the_page_and_files_that_are_not_there_get_nothing() {
        for (path, place) in [
            ("", true),
            ("requests", true),
            ("requests/rights_request_01h2xcejqtf2nbrexx3vqjhp41", true),
            ("requests/", true),
            ("assets/none.js", false),
            ("assets/none", false),
            ("favicon.ico", false),
            ("documents.json", false),
            ("requests/../../Cargo.toml", false),
        ] {
            assert_eq!(embedded(path).is_some(), place, "{path}");
        }
        assert!(manifest().is_some());
    }
}
