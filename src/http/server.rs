//! The server: addresses, and how patient it is with slow clients (threat T12).

use std::io;
use std::net::TcpListener;
use std::thread::available_parallelism;
use std::time::Duration;

use actix_web::dev::ServerHandle;
use actix_web::guard::{Any, Get, Head};
use actix_web::middleware::from_fn;
use actix_web::{App, HttpRequest, HttpResponse, HttpServer, Resource, Responder, Route, web};
use tokio::task::JoinHandle;

use super::protocol::ResponseMedia;
use super::rejection::Rejection;
use super::surface::Surface;
use super::{
    audit_log, connections, console, cors, downloads, endpoint, envelope, health, opendsr, pages, receipts,
    schema, socket,
};

/// For the head of a request to arrive.
const HEAD_PATIENCE: Duration = Duration::from_secs(5);
/// For a client to close its side.
const CLOSE_PATIENCE: Duration = Duration::from_secs(2);
/// For the next request on a connection.
const KEEP_ALIVE: Duration = Duration::from_mins(1);

/// A running server.
pub struct Server {
    /// Stops it.
    pub handle: ServerHandle,
    /// Ends with it.
    pub task: JoinHandle<io::Result<()>>,
}

/// Serves the surface on a listener. In-flight answers get `patience` to finish when it is stopped.
///
/// # Errors
/// When the listener cannot be used.
pub fn start(listener: TcpListener, surface: web::Data<Surface>, patience: Duration) -> io::Result<Server> {
    let processors = || available_parallelism().map_or(1, usize::from);
    let threads = surface.settings.threads.unwrap_or_else(processors);
    let server = HttpServer::new(move || {
        App::new().app_data(surface.clone()).wrap(from_fn(envelope::seal)).configure(addresses)
    })
    .workers(threads)
    .max_connections(connections::per_thread(threads))
    .client_request_timeout(HEAD_PATIENCE)
    .client_disconnect_timeout(CLOSE_PATIENCE)
    .keep_alive(KEEP_ALIVE)
    .shutdown_timeout(patience.as_secs())
    .disable_signals()
    .listen(listener)?
    .run();
    Ok(Server { handle: server.handle(), task: tokio::spawn(server) })
}

fn addresses(config: &mut web::ServiceConfig) {
    config
        .service(web::resource("/graphql").wrap(from_fn(cors::share)).route(web::to(endpoint::graphql)))
        .service(
            web::resource("/operator/graphql").wrap(from_fn(cors::share)).route(web::to(endpoint::operator)),
        )
        .service(at("/graphql/ws", web::get().to(socket::connect), socket::ALLOWED))
        .service(at("/downloads/{ticket}", web::get().to(downloads::download), downloads::ALLOWED))
        .service(at("/downstream/acknowledgements", web::post().to(receipts::receive), receipts::ALLOWED))
        .service(at(
            "/opendsr/v2/callbacks",
            web::post().to(opendsr::callbacks::receive),
            opendsr::callbacks::ALLOWED,
        ))
        .service(web::resource("/opendsr/v2/discovery").route(web::to(opendsr::discovery)))
        .service(web::resource("/opendsr/v2/certificate.pem").route(web::to(opendsr::certificate)))
        .service(web::resource("/opendsr/v2/requests").route(web::to(opendsr::requests)))
        .service(
            web::resource("/opendsr/v2/requests/{subject_request_id}").route(web::to(opendsr::one_request)),
        )
        .configure(console::addresses)
        .service(page("/audit/{tenant}/{path:.*}", reading().to(audit_log::resource)))
        .service(page("/graphiql/{file}", reading().to(pages::graphiql)))
        .service(page("/schema/gateway.graphql", reading().to(schema::gateway)))
        .service(page("/schema/operator.graphql", reading().to(schema::operator)))
        .service(page("/schema/errors.json", reading().to(schema::errors)))
        .service(page("/schema/access-package.schema.json", reading().to(schema::access_package)))
        .service(page("/schema/portability-package.schema.json", reading().to(schema::portability_package)))
        .service(page("/healthz", reading().to(health::alive)))
        .service(page("/readyz", reading().to(health::ready)))
        .default_service(web::to(nothing));
}

/// An address that can only be read.
pub(super) fn page(path: &str, route: Route) -> Resource {
    at(path, route, "GET, HEAD")
}

/// An address that knows one route.
pub(super) fn at(path: &str, route: Route, allow: &'static str) -> Resource {
    let otherwise = move |request: HttpRequest| async move {
        Rejection::method_not_allowed(allow).answer(ResponseMedia::Json, &request)
    };
    web::resource(path).route(route).default_service(web::to(otherwise))
}

/// `GET` and `HEAD`.
pub(super) fn reading() -> Route {
    web::route().guard(Any(Get()).or(Head()))
}

async fn nothing(request: HttpRequest) -> impl Responder {
    let answer: HttpResponse = Rejection::not_found().answer(ResponseMedia::Json, &request);
    answer
}
