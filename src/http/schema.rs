//! `/schema/…`: what clients are generated from. Open to all, since it is the same for all.

use actix_web::{HttpResponse, web};

use super::surface::Surface;
use crate::package::{json, portability};

/// How long clients may keep a schema.
const CACHE: (&str, &str) = ("cache-control", "public, max-age=300");

const ERRORS: &str = include_str!("../../schema/errors.json");

/// The tenant API in the schema definition language.
pub async fn gateway(surface: web::Data<Surface>) -> HttpResponse {
    sdl(&surface.sdl)
}

/// The operator API in the schema definition language.
pub async fn operator(surface: web::Data<Surface>) -> HttpResponse {
    sdl(&surface.operator_sdl)
}

/// The codes of both APIs, for programs.
pub async fn errors() -> HttpResponse {
    HttpResponse::Ok().content_type("application/json; charset=utf-8").insert_header(CACHE).body(ERRORS)
}

/// The JSON Schema of an access package's JSON file.
pub async fn access_package() -> HttpResponse {
    json_schema(json::SCHEMA)
}

/// The JSON Schema of a portability package's JSON file.
pub async fn portability_package() -> HttpResponse {
    json_schema(portability::json::SCHEMA)
}

fn sdl(schema: &web::Bytes) -> HttpResponse {
    HttpResponse::Ok().content_type("text/plain; charset=utf-8").insert_header(CACHE).body(schema.clone())
}

fn json_schema(schema: &'static str) -> HttpResponse {
    HttpResponse::Ok().content_type("application/schema+json").insert_header(CACHE).body(schema)
}
