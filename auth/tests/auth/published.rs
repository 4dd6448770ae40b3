//! An issuer's key address whose answer the test chooses.

use std::sync::{Arc, Mutex};

use auth::KeySource;
use serde_json::Value;
use wiremock::matchers::method;
use wiremock::{Mock, MockServer, Request, Respond, ResponseTemplate};

pub struct Published {
    server: MockServer,
    answer: Answer,
}

#[derive(Clone)]
struct Answer(Arc<Mutex<ResponseTemplate>>);

impl Respond for Answer {
    fn respond(&self, _: &Request) -> ResponseTemplate {
        self.0.lock().unwrap().clone()
    }
}

impl Published {
    pub async fn new(key_set: &Value) -> Self {
        Self::on(MockServer::start().await, key_set).await
    }

    pub async fn on(server: MockServer, key_set: &Value) -> Self {
        let answer = Answer(Arc::new(Mutex::new(good(key_set))));
        Mock::given(method("GET")).respond_with(answer.clone()).mount(&server).await;
        Self { server, answer }
    }

    pub fn source(&self) -> KeySource {
        KeySource::Address(format!("{}/jwks.json", self.server.uri()).parse().unwrap())
    }

    pub fn publish(&self, key_set: &Value) {
        self.answer_with(good(key_set));
    }

    pub fn answer_with(&self, answer: ResponseTemplate) {
        *self.answer.0.lock().unwrap() = answer;
    }

    pub fn uri(&self) -> String {
        self.server.uri()
    }

    /// How often the keys were fetched so far.
    pub async fn fetches(&self) -> usize {
        self.server.received_requests().await.unwrap().len()
    }
}

pub fn good(key_set: &Value) -> ResponseTemplate {
    ResponseTemplate::new(200).set_body_json(key_set)
}
