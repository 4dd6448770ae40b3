//! Runs cases (`tests/conformance/opendsr/README.md` says how they are written).

use std::collections::BTreeMap;
use std::time::Duration;

use serde_json::{Value, json};
use support::{Answer, Tenant, TestGateway};

use super::controller::Controller;
use super::processor::{DOMAIN, certificate, is_signature};
use super::state;
use super::template::{Known, difference};

/// What a controller's token holds where a case says nothing of it.
const SCOPES: &str = "rights:write rights:read subjects:read";

/// One case under way: a controller of its own.
struct Run<'g> {
    gateway: &'g TestGateway,
    tenant: Tenant<'g>,
    controllers: BTreeMap<String, Controller>,
    known: Known,
    bases: Value,
    name: String,
}

/// Every case of a file.
pub async fn conforms(gateway: &TestGateway, file: &str, text: &str) {
    let cases: Value = serde_json::from_str(text).unwrap();
    for case in cases["cases"].as_array().unwrap() {
        let name = format!("{file}: {}", case["name"].as_str().unwrap());
        let mut run = Run::new(gateway, (name, cases["bases"].clone())).await;
        for step in case["steps"].as_array().unwrap() {
            Box::pin(run.takes(step)).await;
        }
    }
}

impl<'g> Run<'g> {
    async fn new(gateway: &'g TestGateway, (name, bases): (String, Value)) -> Self {
        let tenant = gateway.tenant().await;
        let mut known = Known::default();
        known.0.insert("domain".to_owned(), DOMAIN.to_owned());
        known.0.insert("controller".to_owned(), tenant.id.to_string());
        known.0.insert("now".to_owned(), gateway.now().to_string());
        known.0.insert("address".to_owned(), gateway.address().to_owned());
        for number in 1..=3 {
            let mut bytes = [0; 16];
            gateway.entropy().fill(&mut bytes);
            let id = uuid::Builder::from_random_bytes(bytes).into_uuid();
            known.0.insert(format!("id:{number}"), id.to_string());
        }
        Self { gateway, tenant, controllers: BTreeMap::new(), known, bases, name }
    }

    async fn takes(&mut self, step: &Value) {
        self.fills_callbacks(&format!("{} {step}", self.bases)).await;
        if let Some(person) = step.get("person") {
            state::registers(&self.tenant, person).await;
        } else if let Some(status) = step["brought_to"].as_str() {
            let request = self.request(step["request"].as_str().unwrap()).await;
            state::brings(self.gateway, &self.tenant, (&request, status)).await;
        } else if let Some(seconds) = step["wait_seconds"].as_u64() {
            self.gateway.clock.advance(Duration::from_secs(seconds));
        } else if let Some(callbacks) = step.get("callbacks") {
            self.hears(callbacks).await;
        } else if let Some(status) = step["answers"].as_u64() {
            self.controllers[step["at"].as_str().unwrap()].answers(status.try_into().unwrap());
        } else {
            self.exchanges(step).await;
        }
    }

    /// Starts the controllers that a step names.
    async fn fills_callbacks(&mut self, text: &str) {
        for number in 1..=4 {
            let name = format!("callback:{number}");
            if text.contains(&name) && !self.controllers.contains_key(&name) {
                let controller = Controller::start().await;
                self.known.0.insert(name.clone(), controller.url());
                self.controllers.insert(name, controller);
            }
        }
    }

    /// The gateway's own identifier of a request, by the controller's name for it.
    async fn request(&self, name: &str) -> String {
        let path = format!("opendsr/v2/requests/{}", self.known.text(name));
        let asks = self.tenant.staff(SCOPES);
        let answer = self.gateway.send(asks.request(reqwest::Method::GET, &path)).await;
        let id = answer.json()["extensions"][DOMAIN]["request_id"].as_str().map(str::to_owned);
        id.unwrap_or_else(|| panic!("{}: {}", self.name, answer.text()))
    }

    async fn hears(&self, callbacks: &Value) {
        self.gateway.deliver().await;
        let heard = self.controllers[callbacks["at"].as_str().unwrap()].takes();
        let expected = self.known.value(&callbacks["expect"]);
        let told = difference(&expected, Some(&json!(heard)), "callbacks");
        assert_eq!(told, None, "{}", self.name);
    }

    async fn exchanges(&mut self, step: &Value) {
        let send = &step["send"];
        let body = self.body(send);
        let answer = self.sends(send, body.as_deref()).await;
        let expect = &step["expect"];
        let shown = || format!("{}: {} {}", self.name, answer.status, answer.text());
        assert_eq!(json!(answer.status), expect["status"], "{}", shown());
        if send["path"] == "/certificate.pem" && answer.status == 200 {
            assert_eq!(answer.text(), certificate());
            return;
        }
        if expect["signed"] != false {
            assert_eq!(answer.header("x-opendsr-processor-domain"), DOMAIN, "{}", shown());
            assert!(is_signature(&answer.header("x-opendsr-signature"), &answer.body), "{}", shown());
        }
        for (name, value) in expect["headers"].as_object().into_iter().flatten() {
            let found = json!(answer.header(name));
            assert_eq!(difference(&self.known.value(value), Some(&found), name), None, "{}", shown());
        }
        if let Some(expected) = expect.get("body") {
            let mut known = Known(self.known.0.clone());
            if let Some(body) = &body {
                known.0.insert("request:base64".to_owned(), encoded(body));
            }
            let told = difference(&known.value(expected), Some(&answer.json()), "");
            assert_eq!(told, None, "{}", shown());
        }
    }

    fn body(&self, send: &Value) -> Option<String> {
        if let Some(raw) = send["raw"].as_str() {
            return Some(self.known.text(raw));
        }
        let mut body = match send["base"].as_str() {
            Some(base) => self.bases[base].clone(),
            None => send.get("body")?.clone(),
        };
        for pointer in send["remove"].as_array().into_iter().flatten().filter_map(Value::as_str) {
            let (above, name) = pointer.rsplit_once('/').unwrap();
            let object = body.pointer_mut(above).unwrap().as_object_mut().unwrap();
            assert!(object.remove(name).is_some(), "{}: nothing at {pointer}", self.name);
        }
        for (pointer, value) in send["set"].as_object().into_iter().flatten() {
            let (above, name) = pointer.rsplit_once('/').unwrap();
            body.pointer_mut(above).unwrap()[name] = value.clone();
        }
        Some(self.known.value(&body).to_string())
    }

    async fn sends(&self, send: &Value, body: Option<&str>) -> Answer {
        let method = send["method"].as_str().unwrap_or("POST").parse().unwrap();
        let path = self.known.text(send["path"].as_str().unwrap_or("/requests"));
        let path = format!("opendsr/v2{path}");
        let mut request = match send["token"].as_str() {
            Some("none") => self.gateway.request(method, &path),
            Some("unknown") => self.gateway.request(method, &path).bearer_auth("no.token.atall"),
            Some("other controller") => {
                let other = self.gateway.tenant().await;
                other.staff(SCOPES).request(method, &path)
            }
            Some(scopes) => self.tenant.staff(scopes).request(method, &path),
            None => self.tenant.staff(SCOPES).request(method, &path),
        };
        if let Some(body) = body {
            let form = send["content_type"].as_str().unwrap_or("application/json");
            request = request.header("content-type", form).body(body.to_owned());
        }
        self.gateway.send(request).await
    }
}

fn encoded(body: &str) -> String {
    use base64::Engine as _;
    base64::engine::general_purpose::STANDARD.encode(body)
}
