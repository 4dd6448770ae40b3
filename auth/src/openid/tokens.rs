//! The token endpoint: a code, or a refresh token, for an access token (RFC 6749 sections 4.1.3 and 6).

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::Deserialize;
use url::form_urlencoded::{Serializer, byte_serialize};

use super::discovery::Metadata;
use super::{IssuerFault, OpenIdClient};
use crate::key_source::send;

/// What the issuer gave. No `Debug`: each of them is a secret.
#[derive(Deserialize)]
pub struct Grant {
    /// For the API.
    pub access_token: String,
    /// For another access token; issuers that give none end the session with the access token.
    #[serde(default)]
    pub refresh_token: Option<String>,
    /// Who signed in.
    #[serde(default)]
    pub id_token: Option<String>,
    token_type: String,
}

#[derive(Deserialize)]
struct Failure {
    error: String,
}

fn names_invalid_grant(body: &[u8]) -> bool {
    serde_json::from_slice::<Failure>(body).is_ok_and(|failure| failure.error == "invalid_grant")
}

impl OpenIdClient {
    /// What a code is good for, once.
    ///
    /// # Errors
    /// [`IssuerFault`] says whether to try again.
    pub async fn exchange(&self, code: &str, verifier: &str) -> Result<Grant, IssuerFault> {
        let redirect = self.config.redirect_uri.as_str();
        let form = [
            ("grant_type", "authorization_code"),
            ("code", code),
            ("redirect_uri", redirect),
            ("code_verifier", verifier),
        ];
        self.ask(&form).await
    }

    /// Another access token, and where the issuer rotates them another refresh token in place of this one.
    ///
    /// # Errors
    /// [`IssuerFault`] says whether to try again.
    pub async fn refresh(&self, refresh_token: &str) -> Result<Grant, IssuerFault> {
        self.ask(&[("grant_type", "refresh_token"), ("refresh_token", refresh_token)]).await
    }

    async fn ask(&self, form: &[(&str, &str)]) -> Result<Grant, IssuerFault> {
        let metadata = self.metadata().await?;
        let (status, body) = send(self.request(&metadata.1, form)).await.map_err(|error| {
            tracing::warn!(issuer = self.config.issuer, %error, "the issuer's token endpoint does not answer");
            IssuerFault::Unavailable("its token endpoint does not answer")
        })?;
        let grant = match status {
            200 => serde_json::from_slice::<Grant>(&body).ok(),
            // Section 5.2: the code or the refresh token is at fault. Any other error is about the client, and passes.
            400 | 401 if names_invalid_grant(&body) => return Err(IssuerFault::Refused),
            _ => {
                tracing::warn!(issuer = self.config.issuer, status, "the issuer's token endpoint refuses");
                None
            }
        };
        grant
            .filter(|grant| grant.token_type.eq_ignore_ascii_case("bearer"))
            .ok_or(IssuerFault::Unavailable("its token endpoint gives no bearer token"))
    }

    /// Section 2.3.1: name and secret are form-encoded before they are put together.
    fn request(&self, metadata: &Metadata, form: &[(&str, &str)]) -> reqwest::RequestBuilder {
        let mut body = Serializer::new(String::new());
        body.extend_pairs(form);
        let (id, secret) = (&self.config.client_id, &self.config.client_secret);
        if let Some(resource) = &self.config.resource {
            body.append_pair("resource", resource);
        }
        let request = self.http.post(metadata.token_endpoint.clone());
        let request = request
            .header("content-type", "application/x-www-form-urlencoded")
            .header("accept", "application/json");
        if metadata.wants_secret_in_body() {
            body.append_pair("client_id", id).append_pair("client_secret", secret);
            return request.body(body.finish());
        }
        let [id, secret] = [id, secret].map(|text| byte_serialize(text.as_bytes()).collect::<String>());
        let basic = STANDARD.encode(format!("{id}:{secret}"));
        request.header("authorization", format!("Basic {basic}")).body(body.finish())
    }
}
