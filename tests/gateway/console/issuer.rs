//! An issuer with OpenID Connect, as strict as the standards and as wrong as a test wishes.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use auth::development::{DevelopmentIssuer, Identity, TokenRequest};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use domain::clock::{Clock as _, SettableClock};
use domain::id::{SubjectId, TenantId};
use gateway::config::{Config, IssuerConfig, Secret};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use url::{Url, form_urlencoded};
use wiremock::matchers::path;
use wiremock::{Mock, MockServer, Request, ResponseTemplate};

pub const CLIENT: &str = "console";
pub const SECRET: &str = "no real secret: &=%";

type Change = Box<dyn Fn(&mut Value) + Send>;

/// Whom the issuer knows, and what is wrong with it.
pub struct Known {
    pub actor: String,
    pub tenant: Option<TenantId>,
    pub subject: Option<SubjectId>,
    pub scopes: String,
    /// Of access tokens.
    pub lifetime: Duration,
    pub gives_refresh_tokens: bool,
    /// The status of the token endpoint.
    pub status: u16,
    /// What is changed in the claims of ID tokens.
    pub change: Change,
    /// `typ` of ID tokens.
    pub typ: &'static str,
    /// What is made of a signed ID token.
    pub forge: fn(String) -> Option<String>,
    /// What is made of an access token.
    pub forge_access: fn(String) -> String,
    codes: HashMap<String, (String, String)>,
    refresh_token: Option<String>,
    /// Everything that was given, to be looked for.
    pub given: Vec<String>,
    pub exchanges: usize,
    pub refreshes: usize,
}

/// The issuer.
pub struct Issuer {
    server: MockServer,
    keys: Arc<DevelopmentIssuer>,
    clock: Arc<Mutex<Option<Arc<SettableClock>>>>,
    known: Arc<Mutex<Known>>,
}

impl Issuer {
    pub async fn start() -> Self {
        let server = MockServer::start().await;
        let identity = Identity { issuer: server.uri(), audience: "gateway".to_owned() };
        let keys = Arc::new(DevelopmentIssuer::generate(identity).unwrap());
        let known = Known {
            actor: "pia@provstad.example".to_owned(),
            tenant: None,
            subject: None,
            scopes: "subjects:read rights:read breaches:read agreements:read".to_owned(),
            lifetime: Duration::from_mins(20),
            gives_refresh_tokens: true,
            status: 200,
            change: Box::new(|_| {}),
            typ: "JWT",
            forge: Some,
            forge_access: |token| token,
            codes: HashMap::new(),
            refresh_token: None,
            given: Vec::new(),
            exchanges: 0,
            refreshes: 0,
        };
        let issuer = Self { server, keys, clock: Arc::default(), known: Arc::new(Mutex::new(known)) };
        issuer.answers().await;
        issuer
    }

    async fn answers(&self) {
        let base = self.server.uri();
        let description = json!({
            "issuer": base,
            "authorization_endpoint": format!("{base}/authorize?prompt=login"),
            "token_endpoint": format!("{base}/token"),
            "end_session_endpoint": format!("{base}/logout"),
            "authorization_response_iss_parameter_supported": true,
        });
        let given = ResponseTemplate::new(200).set_body_json(description);
        Mock::given(path("/.well-known/openid-configuration")).respond_with(given).mount(&self.server).await;
        self.publishes(&self.keys.jwks()).await;
        let (keys, clock, known) = (Arc::clone(&self.keys), Arc::clone(&self.clock), Arc::clone(&self.known));
        let issuer = base.clone();
        let tokens = move |request: &Request| {
            let now = clock.lock().unwrap().as_ref().unwrap().now();
            known.lock().unwrap().answer(request, (&issuer, &keys, now))
        };
        Mock::given(path("/token")).respond_with(tokens).mount(&self.server).await;
    }

    async fn publishes(&self, keys: &Value) {
        let given = ResponseTemplate::new(200).set_body_json(keys);
        Mock::given(path("/jwks")).respond_with(given).with_priority(5).mount(&self.server).await;
    }

    /// Publishes another key in the place of its own.
    pub async fn withdraws_its_key(&self) {
        let identity = Identity { issuer: self.server.uri(), audience: "gateway".to_owned() };
        let other = DevelopmentIssuer::generate(identity).unwrap();
        let given = ResponseTemplate::new(200).set_body_json(other.jwks());
        Mock::given(path("/jwks")).respond_with(given).with_priority(1).mount(&self.server).await;
    }

    /// Has the gateway believe it, and sign people in at it.
    pub fn configure(&self, config: &mut Config) {
        config.tokens.issuer.push(IssuerConfig {
            issuer: self.server.uri(),
            audience: "gateway".to_owned(),
            jwks_url: format!("{}/jwks", self.server.uri()).parse().ok(),
            jwks_file: None,
            algorithms: vec!["ES256".to_owned()],
        });
        config.console.issuer = Some(self.server.uri());
        config.console.client_id = Some(CLIENT.to_owned());
        config.console.client_secret = Some(Secret::new(SECRET.to_owned()));
        "openid subjects:read".clone_into(&mut config.console.scope);
        // So soon a quiet socket looks whether its session goes on.
        config.limits.socket_ping_seconds = 4;
    }

    /// Tells the time by a gateway's clock.
    pub fn keeps_time_by(&self, clock: Arc<SettableClock>) {
        *self.clock.lock().unwrap() = Some(clock);
    }

    /// Looks at, or changes, whom it knows.
    pub fn with<T>(&self, look: impl FnOnce(&mut Known) -> T) -> T {
        look(&mut self.known.lock().unwrap())
    }

    pub fn uri(&self) -> String {
        self.server.uri()
    }

    /// What the person does at the issuer's page: checks what was asked, signs in, and is sent back to this address.
    pub fn signs_in(&self, asked: &str) -> Url {
        let asked: Url = asked.parse().unwrap();
        let said: HashMap<String, String> = asked.query_pairs().into_owned().collect();
        for (name, expected) in [
            ("prompt", "login"),
            ("response_type", "code"),
            ("client_id", CLIENT),
            ("scope", "openid subjects:read"),
            ("code_challenge_method", "S256"),
        ] {
            assert_eq!(said[name], expected, "{name}");
        }
        let mut known = self.known.lock().unwrap();
        let code = format!("code-{}-{}", known.codes.len(), &said["nonce"][..8]);
        known.codes.insert(code.clone(), (said["code_challenge"].clone(), said["nonce"].clone()));
        let mut back: Url = said["redirect_uri"].parse().unwrap();
        back.query_pairs_mut()
            .append_pair("code", &code)
            .append_pair("state", &said["state"])
            .append_pair("iss", &self.server.uri());
        back
    }
}

impl Known {
    fn answer(
        &mut self,
        request: &Request,
        made_by: (&str, &DevelopmentIssuer, jiff::Timestamp),
    ) -> ResponseTemplate {
        let refused = ResponseTemplate::new(400).set_body_json(json!({ "error": "invalid_grant" }));
        if self.status != 200 {
            return ResponseTemplate::new(self.status).set_body_string("out of order");
        }
        let encoded = |text: &str| form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>();
        let basic = format!("Basic {}", STANDARD.encode(format!("{}:{}", encoded(CLIENT), encoded(SECRET))));
        assert_eq!(request.headers.get("authorization").unwrap(), basic.as_str());
        let form: HashMap<String, String> = form_urlencoded::parse(&request.body).into_owned().collect();
        let nonce = if form["grant_type"] == "authorization_code" {
            self.exchanges += 1;
            // A code is good once.
            let Some((challenge, nonce)) = self.codes.remove(&form["code"]) else { return refused };
            let verifier = URL_SAFE_NO_PAD.encode(Sha256::digest(&form["code_verifier"]));
            if verifier != challenge {
                return refused;
            }
            Some(nonce)
        } else {
            self.refreshes += 1;
            // A refresh token is good once.
            if self.refresh_token.take().as_ref() != form.get("refresh_token") {
                return refused;
            }
            None
        };
        ResponseTemplate::new(200).set_body_json(self.gives(nonce, made_by))
    }

    fn gives(
        &mut self,
        nonce: Option<String>,
        (issuer, keys, now): (&str, &DevelopmentIssuer, jiff::Timestamp),
    ) -> Value {
        let access = (self.forge_access)(keys.mint(&TokenRequest {
            tenant: self.tenant,
            subject: self.subject,
            actor: self.actor.clone(),
            scopes: self.scopes.split(' ').map(str::to_owned).collect(),
            lifetime: self.lifetime,
            now,
        }));
        let mut given = json!({ "access_token": access, "token_type": "Bearer", "expires_in": 1 });
        self.given.push(access);
        if self.gives_refresh_tokens {
            let refresh = format!("zqrefresh{}of{}qz", self.refreshes, self.exchanges);
            given["refresh_token"] = json!(refresh);
            self.refresh_token = Some(refresh.clone());
            self.given.push(refresh);
        }
        if let Some(nonce) = nonce {
            let mut claims = json!({
                "iss": issuer, "aud": CLIENT, "sub": self.actor, "nonce": nonce,
                "iat": now.as_second(), "exp": now.as_second() + 300,
            });
            (self.change)(&mut claims);
            let id_token = (self.forge)(keys.sign(self.typ, &claims));
            self.given.extend(id_token.clone());
            given["id_token"] = json!(id_token);
        }
        given
    }
}
