//! A processor that speaks OpenDSR, on a loopback address, with a certificate of the tests' own authority.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, OnceLock};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use gateway::config::Config;
use rcgen::{
    BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair, PKCS_RSA_SHA256, RsaKeySize, SigningKey as _,
};
use serde_json::{Value, json};
use wiremock::matchers::any;
use wiremock::{Mock, MockServer, Request, Respond, ResponseTemplate};

/// The processor's domain: the host that it is reached at.
pub const DOMAIN: &str = "127.0.0.1";

/// A certificate and its key.
pub struct Leaf {
    pem: String,
    key: KeyPair,
}

/// Certificates that a processor may have.
pub struct Leaves {
    authority_file: PathBuf,
    /// As it should be.
    pub own: Leaf,
    /// By the same authority, to another domain.
    pub other_domain: Leaf,
    /// By nobody who is trusted.
    pub self_signed: Leaf,
    /// By the same authority, over since New Year.
    pub expired: Leaf,
}

fn key() -> KeyPair {
    KeyPair::generate_rsa_for(&PKCS_RSA_SHA256, RsaKeySize::_2048).unwrap()
}

fn params(domain: &str) -> CertificateParams {
    CertificateParams::new([domain.to_owned()]).unwrap()
}

/// Made once for all tests.
pub fn leaves() -> &'static Leaves {
    static MADE: OnceLock<Leaves> = OnceLock::new();
    MADE.get_or_init(|| {
        let mut authority = params("authority.prov.example");
        authority.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let authority_key = key();
        let certificate = authority.self_signed(&authority_key).unwrap();
        let issuer = Issuer::new(authority, authority_key);
        let signed_leaf = |params: CertificateParams| {
            let key = key();
            let pem = params.signed_by(&key, &issuer).unwrap().pem();
            Leaf { pem, key }
        };
        let mut over = params(DOMAIN);
        over.not_after = rcgen::date_time_ymd(2026, 1, 1);
        let alone = key();
        let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR"));
        let authority_file = folder.join(format!("opendsr-authority-{}.pem", std::process::id()));
        std::fs::write(&authority_file, certificate.pem()).unwrap();
        Leaves {
            authority_file,
            own: signed_leaf(params(DOMAIN)),
            other_domain: signed_leaf(params("other.prov.example")),
            self_signed: Leaf { pem: params(DOMAIN).self_signed(&alone).unwrap().pem(), key: alone },
            expired: signed_leaf(over),
        }
    })
}

/// Has the gateway trust the tests' authority.
pub fn trusts(config: &mut Config) {
    config.opendsr.ca_file = Some(leaves().authority_file.clone());
}

impl Leaf {
    /// The signature over a body, as it is sent.
    pub fn signs(&self, body: &str) -> String {
        STANDARD.encode(self.key.sign(body.as_bytes()).unwrap())
    }
}

/// How a processor behaves, and what it has seen.
pub struct Behaviour {
    /// Its discovery document, without the certificate's address.
    pub discovery: Value,
    /// With what it answers to requests.
    pub answers: u16,
    /// What it says when it is asked; `None`: it knows nothing of the request.
    pub status: Option<&'static str>,
    /// Which certificate it publishes.
    pub publishes: &'static Leaf,
    /// Bodies that were posted, each with its token.
    pub posted: Vec<(String, Value)>,
    /// How often it was asked for a status.
    pub asked: usize,
}

/// A processor.
pub struct Processor {
    server: MockServer,
    pub behaviour: Arc<Mutex<Behaviour>>,
}

struct Answers(Arc<Mutex<Behaviour>>, String);

impl Respond for Answers {
    fn respond(&self, request: &Request) -> ResponseTemplate {
        let mut behaviour = self.0.lock().unwrap();
        let path = request.url.path();
        match (request.method.as_str(), path) {
            ("GET", "/v2/discovery") => {
                let mut document = behaviour.discovery.clone();
                document["processor_certificate"] = json!(format!("{}/certificate.pem", self.1));
                ResponseTemplate::new(200).set_body_json(document)
            }
            ("GET", "/certificate.pem") => {
                ResponseTemplate::new(200).set_body_string(&behaviour.publishes.pem)
            }
            ("POST", "/v2/requests") => {
                let token = request.headers["authorization"].to_str().unwrap().to_owned();
                behaviour.posted.push((token, serde_json::from_slice(&request.body).unwrap()));
                ResponseTemplate::new(behaviour.answers)
            }
            ("GET", path) if path.starts_with("/v2/requests/") => {
                behaviour.asked += 1;
                let Some(status) = behaviour.status else { return ResponseTemplate::new(404) };
                let id = path.trim_start_matches("/v2/requests/");
                let body = json!({ "subject_request_id": id, "request_status": status }).to_string();
                let signature = behaviour.publishes.signs(&body);
                ResponseTemplate::new(200)
                    .insert_header("x-opendsr-processor-domain", DOMAIN)
                    .insert_header("x-opendsr-signature", signature.as_str())
                    .set_body_string(body)
            }
            _ => ResponseTemplate::new(404),
        }
    }
}

impl Processor {
    /// One that takes erasures and access requests, and finds persons by e-mail address.
    pub async fn start() -> Self {
        let server = MockServer::builder().start().await;
        let behaviour = Arc::new(Mutex::new(Behaviour {
            discovery: json!({
                "api_version": "2.0",
                "supported_identities": [{ "identity_type": "email", "identity_format": "raw" }],
                "supported_subject_request_types": ["access", "erasure"],
            }),
            answers: 201,
            status: None,
            publishes: &leaves().own,
            posted: Vec::new(),
            asked: 0,
        }));
        Mock::given(any()).respond_with(Answers(Arc::clone(&behaviour), server.uri())).mount(&server).await;
        Self { server, behaviour }
    }

    /// The root of its API.
    pub fn url(&self) -> String {
        format!("{}/v2", self.server.uri())
    }

    /// What was posted so far.
    pub fn posted(&self) -> Vec<(String, Value)> {
        self.behaviour.lock().unwrap().posted.clone()
    }
}
