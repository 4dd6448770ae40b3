//! A system of the tenant's: takes messages on a loopback address and checks them by other people's implementations.

use std::sync::atomic::{AtomicU16, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ct_merkle::{ConsistencyProof, RootHash};
use serde_json::Value;
use sha2::Sha256;
use sha2::digest::Output;
use standardwebhooks::Webhook;
use tlog::{Checkpoint, Note, VerifierKey};
use wiremock::matchers::{method, path};
use wiremock::{Mock, MockServer, Request, Respond, ResponseTemplate};

/// A message as it came in.
#[derive(Clone)]
pub struct Received {
    pub id: String,
    pub timestamp: i64,
    pub signatures: Vec<String>,
    pub body: Vec<u8>,
}

#[derive(Default)]
struct Answering {
    status: AtomicU16,
    delay_millis: AtomicU64,
    received: Mutex<Vec<Received>>,
}

pub struct Receiver {
    server: MockServer,
    answering: Arc<Answering>,
}

struct Takes(Arc<Answering>);

impl Respond for Takes {
    fn respond(&self, request: &Request) -> ResponseTemplate {
        let header = |name: &str| request.headers[name].to_str().unwrap().to_owned();
        self.0.received.lock().unwrap().push(Received {
            id: header("webhook-id"),
            timestamp: header("webhook-timestamp").parse().unwrap(),
            signatures: header("webhook-signature").split(' ').map(str::to_owned).collect(),
            body: request.body.clone(),
        });
        let delay = Duration::from_millis(self.0.delay_millis.load(Ordering::SeqCst));
        ResponseTemplate::new(self.0.status.load(Ordering::SeqCst)).set_delay(delay)
    }
}

impl Receiver {
    pub async fn start() -> Self {
        // Not one of the library's pool, which hands an address on to the next test while an earlier gateway still posts there.
        let server = MockServer::builder().start().await;
        let answering = Arc::new(Answering { status: AtomicU16::new(204), ..Answering::default() });
        let posts = Mock::given(method("POST")).and(path("/heads"));
        posts.respond_with(Takes(Arc::clone(&answering))).mount(&server).await;
        Self { server, answering }
    }

    pub fn url(&self) -> String {
        format!("{}/heads", self.server.uri())
    }

    /// With which status it answers from now on.
    pub fn answers(&self, status: u16) {
        self.answering.status.store(status, Ordering::SeqCst);
    }

    /// After how long it answers from now on.
    pub fn answers_after(&self, delay: Duration) {
        let millis = delay.as_millis().try_into().unwrap();
        self.answering.delay_millis.store(millis, Ordering::SeqCst);
    }

    /// Everything that came in so far.
    pub fn received(&self) -> Vec<Received> {
        self.answering.received.lock().unwrap().clone()
    }

    /// The last that came in.
    pub fn last(&self) -> Received {
        self.received().pop().unwrap()
    }
}

impl Received {
    /// Whether one of the signatures is by the secret, as another implementation of Standard Webhooks computes it.
    pub fn is_signed_by(&self, secret: &str) -> bool {
        let expected = Webhook::new(secret).unwrap().sign(&self.id, self.timestamp, &self.body).unwrap();
        self.signatures.contains(&expected)
    }

    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap()
    }

    /// The head that it brings, after its signature was checked.
    pub fn head(&self, key: &VerifierKey) -> Checkpoint {
        let note = Note::parse(self.json()["data"]["checkpoint"].as_str().unwrap()).unwrap();
        assert!(note.is_signed_by(key));
        Checkpoint::parse(note.text()).unwrap()
    }

    /// Sees to it, by another implementation of RFC 6962, that its head extends an earlier one.
    pub fn extends(&self, earlier: &Checkpoint, key: &VerifierKey) {
        let (head, proof) = (self.head(key), &self.json()["data"]["consistency"]);
        assert_eq!(proof["fromSize"], earlier.size);
        let hashes = proof["hashes"].as_array().unwrap().iter();
        let hashes: Vec<Output<Sha256>> = hashes
            .map(|hash| STANDARD.decode(hash.as_str().unwrap()).unwrap())
            .map(|bytes| <[u8; 32]>::try_from(bytes).unwrap().into())
            .collect();
        let root = |head: &Checkpoint| RootHash::<Sha256>::new((*head.root.as_bytes()).into(), head.size);
        let proof = ConsistencyProof::<Sha256>::from_digests(&hashes);
        assert!(root(&head).verify_consistency(&root(earlier), &proof).is_ok());
    }
}
