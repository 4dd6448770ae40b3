//! How an issuer describes itself (`OpenID` Connect Discovery 1.0 section 4).

use serde::de::Error as _;
use serde::{Deserialize, Deserializer};
use url::Url;

use super::IssuerFault;
use crate::config::is_loopback_http;
use crate::key_source::fetch;

/// What is needed of an issuer's description.
#[derive(Debug, Deserialize)]
pub(super) struct Metadata {
    issuer: String,
    #[serde(deserialize_with = "url")]
    pub(super) authorization_endpoint: Url,
    #[serde(deserialize_with = "url")]
    pub(super) token_endpoint: Url,
    #[serde(default, deserialize_with = "optional_url")]
    pub(super) end_session_endpoint: Option<Url>,
    /// Whether its answers always carry `iss` (RFC 9207 section 3).
    #[serde(default, rename = "authorization_response_iss_parameter_supported")]
    pub(super) names_itself: bool,
    /// How clients may authenticate; `client_secret_basic` where it does not say.
    #[serde(default, rename = "token_endpoint_auth_methods_supported")]
    methods: Option<Vec<String>>,
}

fn url<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Url, D::Error> {
    String::deserialize(deserializer)?.parse().map_err(|_| D::Error::custom("no address"))
}

fn optional_url<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Url>, D::Error> {
    let text = Option::<String>::deserialize(deserializer)?;
    text.map(|text| text.parse().map_err(|_| D::Error::custom("no address"))).transpose()
}

impl Metadata {
    pub(super) async fn fetch(
        http: &reqwest::Client,
        address: &Url,
        issuer: &str,
    ) -> Result<Self, IssuerFault> {
        let body = fetch(http, address).await.map_err(|error| {
            tracing::warn!(issuer, %error, "the issuer's description could not be fetched");
            IssuerFault::Unavailable("its description could not be fetched")
        })?;
        Self::parse(&body, issuer)
    }

    fn parse(body: &[u8], issuer: &str) -> Result<Self, IssuerFault> {
        let unfit = || IssuerFault::Unavailable("its description is not one");
        let metadata: Self = serde_json::from_slice(body).map_err(|_| unfit())?;
        // Section 4.3: or a description could be somebody else's.
        if metadata.issuer != issuer {
            return Err(IssuerFault::Unavailable("its description names another issuer"));
        }
        let addresses = [
            Some(&metadata.authorization_endpoint),
            Some(&metadata.token_endpoint),
            metadata.end_session_endpoint.as_ref(),
        ];
        if addresses.into_iter().flatten().any(|url| url.scheme() != "https" && !is_loopback_http(url)) {
            return Err(IssuerFault::Unavailable("its addresses are not https"));
        }
        Ok(metadata)
    }

    /// Whether the client's secret goes into the body, since the issuer takes it nowhere else.
    pub(super) fn wants_secret_in_body(&self) -> bool {
        let takes = |name: &str| {
            self.methods.as_ref().is_some_and(|methods| methods.iter().any(|method| method == name))
        };
        takes("client_secret_post") && !takes("client_secret_basic")
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    const ISSUER: &str = "https://login.example";

    fn description() -> Value {
        json!({
            "issuer": ISSUER,
            "authorization_endpoint": "https://login.example/authorize",
            "token_endpoint": "https://login.example/token",
        })
    }

    fn fits(name: &str, value: Value) -> bool {
        let mut description = description();
        description[name] = value;
        Metadata::parse(description.to_string().as_bytes(), ISSUER).is_ok()
    }

    #[test]
    fn only_the_issuers_own_description_with_safe_addresses_is_taken() {
        for (name, value, expected) in [
            ("other", json!(1), true),
            ("end_session_endpoint", json!("https://login.example/logout"), true),
            ("issuer", json!("https://login.example/"), false),
            ("issuer", json!("https://evil.example"), false),
            ("token_endpoint", json!("http://login.example/token"), false),
            ("token_endpoint", json!("http://127.0.0.1:8080/token"), true),
            ("authorization_endpoint", json!("javascript:alert(1)"), false),
            ("end_session_endpoint", json!("ftp://login.example"), false),
            ("token_endpoint", json!(null), false),
        ] {
            assert_eq!(fits(name, value.clone()), expected, "{name}: {value}");
        }
        assert!(Metadata::parse(b"<html>", ISSUER).is_err());
    }

    #[test]
    fn the_secret_goes_into_the_body_only_where_it_goes_nowhere_else() {
        for (methods, expected) in [
            (json!(["client_secret_basic", "client_secret_post"]), false),
            (json!(["client_secret_post", "private_key_jwt"]), true),
            (json!([]), false),
            (json!(null), false),
        ] {
            let mut description = description();
            description["token_endpoint_auth_methods_supported"] = methods.clone();
            let parsed = Metadata::parse(description.to_string().as_bytes(), ISSUER);
            assert_eq!(parsed.map(|metadata| metadata.wants_secret_in_body()), Ok(expected), "{methods}");
        }
    }
}
