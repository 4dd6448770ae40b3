//! A browser: keeps cookies, says where its pages come from, and goes where it is sent.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Mutex, OnceLock};

use async_graphql_parser::parse_query;
use reqwest::{Method, RequestBuilder};
use serde_json::{Value, json};
use support::{Answer, Frame, Socket, TestGateway};

use super::issuer::Issuer;

/// A browser with cookies of its own.
pub struct Browser<'g> {
    gateway: &'g TestGateway,
    base: String,
    jar: Mutex<BTreeMap<String, String>>,
}

impl<'g> Browser<'g> {
    /// A new one, at the gateway's own address.
    pub fn new(gateway: &'g TestGateway) -> Self {
        Self { gateway, base: gateway.address().to_owned(), jar: Mutex::default() }
    }

    /// The same, with the same cookies, led to another gateway by the same name.
    pub fn led_to(&self, base: &str) -> Self {
        Self {
            gateway: self.gateway,
            base: base.to_owned(),
            jar: Mutex::new(self.jar.lock().unwrap().clone()),
        }
    }

    /// The cookies.
    pub fn cookies(&self) -> BTreeMap<String, String> {
        self.jar.lock().unwrap().clone()
    }

    /// Puts a cookie in.
    pub fn keeps(&self, name: &str, value: &str) {
        self.jar.lock().unwrap().insert(name.to_owned(), value.to_owned());
    }

    /// Puts several in.
    pub fn keeps_all(&self, cookies: &BTreeMap<String, String>) {
        self.jar.lock().unwrap().extend(cookies.clone());
    }

    /// The name and the value of the session's cookie.
    pub fn session_cookie(&self) -> Option<(String, String)> {
        let is_session = |name: &str| name.starts_with("console-") && !name.starts_with("console-sign-in");
        self.cookies().into_iter().find(|(name, _)| is_session(name))
    }

    /// A request to be completed.
    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let url = if path.starts_with("http") { path.to_owned() } else { format!("{}{path}", self.base) };
        self.gateway.request(method, &url)
    }

    /// A request as a page of the console sends it.
    pub fn own(&self, method: Method, path: &str) -> RequestBuilder {
        let request = self.request(method, path).header("origin", self.gateway.address());
        request.header("sec-fetch-site", "same-origin")
    }

    /// Sends with the cookies, and keeps those that come back.
    pub async fn sends(&self, request: RequestBuilder) -> Answer {
        let cookies: Vec<_> = self.cookies().iter().map(|(name, value)| format!("{name}={value}")).collect();
        let request = if cookies.is_empty() { request } else { request.header("cookie", cookies.join("; ")) };
        let answer = self.gateway.send(request).await;
        for set in answer.headers.get_all("set-cookie") {
            let (pair, attributes) = set.to_str().unwrap().split_once(';').unwrap();
            let (name, value) = pair.split_once('=').unwrap();
            if attributes.contains("Max-Age=0") {
                self.jar.lock().unwrap().remove(name);
            } else {
                self.keeps(name, value);
            }
        }
        answer
    }

    /// Goes to an address.
    pub async fn get(&self, path: &str) -> Answer {
        self.sends(self.request(Method::GET, path)).await
    }

    /// How the session stands.
    pub async fn session(&self) -> Value {
        self.get("/console/session").await.json()
    }

    /// The token that the session's requests repeat.
    pub async fn csrf(&self) -> String {
        let session = self.session().await;
        session["csrf"].as_str().unwrap_or_else(|| panic!("no session: {session}")).to_owned()
    }

    /// Signs in at the issuer; gives the answer that ends it.
    pub async fn signs_in(&self, issuer: &Issuer) -> Answer {
        let sent = self.get("/console/sign-in?return=/console/requests?status=OPEN").await;
        self.comes_back(&issuer.signs_in(&sent.header("location"))).await
    }

    /// Comes back from the issuer.
    pub async fn comes_back(&self, address: &url::Url) -> Answer {
        self.get(&format!("/console/callback?{}", address.query().unwrap_or_default())).await
    }

    /// Asks as a page of the console does.
    pub async fn asks(&self, body: &Value, csrf: &str) -> Answer {
        let request = self.own(Method::POST, "/console/graphql").header("content-type", "application/json");
        self.sends(request.header("x-csrf-token", csrf).body(body.to_string())).await
    }

    /// Asks for something that anybody may.
    pub async fn asks_something(&self, csrf: &str) -> Answer {
        self.asks(&json!({ "documentId": query() }), csrf).await
    }

    /// Signs out.
    pub async fn signs_out(&self, csrf: &str) -> Answer {
        self.sends(self.own(Method::DELETE, "/console/session").header("x-csrf-token", csrf)).await
    }

    /// Opens a socket from a page of this origin.
    pub async fn socket_from(&self, origin: Option<&str>) -> Result<Socket, u16> {
        let cookies: Vec<_> = self.cookies().iter().map(|(name, value)| format!("{name}={value}")).collect();
        let cookies = cookies.join("; ");
        let mut headers = vec![("sec-websocket-protocol", "graphql-transport-ws")];
        if !cookies.is_empty() {
            headers.push(("cookie", cookies.as_str()));
        }
        headers.extend(origin.map(|origin| ("origin", origin)));
        Socket::open_at(&self.base, "/console/ws", &headers).await
    }

    /// A socket of the console's page, acknowledged.
    pub async fn socket(&self) -> Socket {
        let csrf = self.csrf().await;
        let mut socket = self.socket_from(Some(self.gateway.address())).await.unwrap();
        socket.sends(Frame::text(init(&csrf).to_string())).await;
        assert_eq!(socket.hears().await["type"], "connection_ack");
        socket
    }
}

/// The first message on a socket of the console.
pub fn init(csrf: &str) -> Value {
    json!({ "type": "connection_init", "payload": { "csrf": csrf } })
}

/// The identifier of one of the console's own documents, by the name of its operation.
fn document(name: &str) -> String {
    static MANIFEST: OnceLock<BTreeMap<String, String>> = OnceLock::new();
    let manifest = MANIFEST.get_or_init(|| {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("console/dist/documents.json");
        serde_json::from_str(&std::fs::read_to_string(file).unwrap()).unwrap()
    });
    let is_it = |text: &str| {
        let document = parse_query(text).unwrap();
        document.operations.iter().any(|(own, _)| own.is_some_and(|own| own.as_str() == name))
    };
    let found = manifest.iter().find(|(_, text)| is_it(text));
    found.map(|(digest, _)| format!("sha256:{digest}")).unwrap()
}

/// A query of the console's own, which every page asks.
pub fn query() -> String {
    document("ShellTenant")
}

/// A subscription of the console's own.
pub fn subscription() -> String {
    document("BreachReported")
}

/// Another value of the same length.
pub fn altered(value: &str) -> String {
    let first = if value.starts_with('A') { "B" } else { "A" };
    format!("{first}{}", &value[1..])
}
