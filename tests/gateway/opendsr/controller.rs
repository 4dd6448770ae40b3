//! A controller that takes callbacks on a loopback address.

use std::sync::atomic::{AtomicU16, Ordering};
use std::sync::{Arc, Mutex};

use serde_json::Value;
use wiremock::matchers::method;
use wiremock::{Mock, MockServer, Request, Respond, ResponseTemplate};

use super::processor::{DOMAIN, is_signature};

/// A controller's address for callbacks.
pub struct Controller {
    server: MockServer,
    taking: Arc<Taking>,
}

#[derive(Default)]
struct Taking {
    status: AtomicU16,
    received: Mutex<Vec<Value>>,
}

struct Takes(Arc<Taking>);

impl Respond for Takes {
    fn respond(&self, request: &Request) -> ResponseTemplate {
        let header = |name: &str| request.headers[name].to_str().unwrap();
        assert_eq!(header("x-opendsr-processor-domain"), DOMAIN);
        assert!(is_signature(header("x-opendsr-signature"), &request.body));
        self.0.received.lock().unwrap().push(serde_json::from_slice(&request.body).unwrap());
        ResponseTemplate::new(self.0.status.load(Ordering::SeqCst))
    }
}

impl Controller {
    pub async fn start() -> Self {
        let server = MockServer::builder().start().await;
        let taking = Arc::new(Taking { status: AtomicU16::new(202), ..Taking::default() });
        Mock::given(method("POST")).respond_with(Takes(Arc::clone(&taking))).mount(&server).await;
        Self { server, taking }
    }

    pub fn url(&self) -> String {
        format!("{}/opendsr/callbacks", self.server.uri())
    }

    /// With which status it answers from now on.
    pub fn answers(&self, status: u16) {
        self.taking.status.store(status, Ordering::SeqCst);
    }

    /// What came in since the last time that this was asked.
    pub fn takes(&self) -> Vec<Value> {
        std::mem::take(&mut self.taking.received.lock().unwrap())
    }
}
