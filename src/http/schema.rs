//! `/schema/…`: what clients are generated from. The whole of it is open to all, since it is the same for all; a part of it,
//! what a token's scopes open, is for whom the token is.

use std::sync::LazyLock;

use actix_web::http::header::{HeaderName, HeaderValue};
use actix_web::{HttpRequest, HttpResponse, web};
use domain::wording::Wording;
use tokio::time::{Instant, timeout_at};
use url::form_urlencoded;

use super::caller::{self, AnyCaller, Api};
use super::endpoint::check_tenant;
use super::protocol::ResponseMedia;
use super::rejection::Rejection;
use super::representation::{FIVE_MINUTES, Representation};
use super::surface::Surface;
use crate::package::{json, portability};

/// Bears the digest of a schema: SHA-256 of its text, in hexadecimal digits.
const DIGEST: &str = "x-schema-digest";

const ERRORS: &str = include_str!("../../schema/errors.json");

/// The tenant API in the schema definition language.
pub async fn gateway(request: HttpRequest, surface: web::Data<Surface>) -> HttpResponse {
    sdl(Api::Tenant, &request, &surface).await
}

/// The operator API in the schema definition language.
pub async fn operator(request: HttpRequest, surface: web::Data<Surface>) -> HttpResponse {
    sdl(Api::Operator, &request, &surface).await
}

/// The codes of both APIs, for programs.
pub async fn errors(request: HttpRequest) -> HttpResponse {
    static CODES: LazyLock<Representation> =
        LazyLock::new(|| Representation::new("application/json; charset=utf-8", ERRORS));
    CODES.answer(&request, FIVE_MINUTES)
}

/// The JSON Schema of an access package's JSON file.
pub async fn access_package(request: HttpRequest) -> HttpResponse {
    static SCHEMA: LazyLock<Representation> = LazyLock::new(|| of_json(json::SCHEMA));
    SCHEMA.answer(&request, FIVE_MINUTES)
}

/// The JSON Schema of a portability package's JSON file.
pub async fn portability_package(request: HttpRequest) -> HttpResponse {
    static SCHEMA: LazyLock<Representation> = LazyLock::new(|| of_json(portability::json::SCHEMA));
    SCHEMA.answer(&request, FIVE_MINUTES)
}

/// A schema in the schema definition language, to be answered with.
pub fn of_sdl(text: String) -> Representation {
    Representation::new("text/plain; charset=utf-8", text)
}

fn of_json(schema: &'static str) -> Representation {
    Representation::new("application/schema+json", schema)
}

const NO_SUCH_VIEW: Wording = Wording::new("view är whole eller scopes.", "view is whole or scopes");

/// Which part of a schema is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Whole,
    Scopes,
}

impl Part {
    fn read(query: &str) -> Result<Self, Rejection> {
        let mut views = form_urlencoded::parse(query.as_bytes()).filter(|(name, _)| name == "view");
        match (views.next().as_ref().map(|(_, view)| &**view), views.next()) {
            (None | Some("whole"), None) => Ok(Self::Whole),
            (Some("scopes"), None) => Ok(Self::Scopes),
            _ => Err(Rejection::malformed(NO_SUCH_VIEW)),
        }
    }
}

async fn sdl(api: Api, request: &HttpRequest, surface: &web::Data<Surface>) -> HttpResponse {
    let part = match Part::read(request.query_string()) {
        Ok(Part::Whole) => {
            let whole = if api == Api::Tenant { &surface.sdl } else { &surface.operator_sdl };
            return answer(whole, request, FIVE_MINUTES);
        }
        Ok(Part::Scopes) => view(api, request, surface).await,
        Err(rejection) => Err(rejection),
    };
    match part {
        Ok(part) => answer(&part, request, "no-store"),
        Err(rejection) => rejection.answer(ResponseMedia::Json, request),
    }
}

fn answer(sdl: &Representation, request: &HttpRequest, cache: &'static str) -> HttpResponse {
    let mut answer = sdl.answer(request, cache);
    if let Ok(digest) = HeaderValue::from_str(sdl.digest()) {
        answer.headers_mut().insert(HeaderName::from_static(DIGEST), digest);
    }
    answer
}

/// What the scopes of the request's token open.
async fn view(
    api: Api,
    request: &HttpRequest,
    surface: &web::Data<Surface>,
) -> Result<Representation, Rejection> {
    let deadline = Instant::now() + surface.settings.request_timeout;
    let caller = caller::admit(api, request, surface).await?;
    let turn = surface.admission.enter().await.map_err(|_| Rejection::overloaded())?;
    let data = surface.clone();
    let task = surface.to_its_end(async move {
        let sdl = match &caller {
            AnyCaller::Tenant(caller) => {
                check_tenant(&data, caller).await?;
                data.api.view(caller.authority.scopes())
            }
            AnyCaller::Operator(caller) => data.operator_api.view(caller.authority.scopes()),
        };
        drop(turn);
        Ok(of_sdl(sdl))
    });
    timeout_at(deadline, task).await.map_err(|_| Rejection::overloaded())??
}
