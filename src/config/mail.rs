//! `[mail]`: the mail server that hands notices on to the tenants' privacy contacts.

use std::path::PathBuf;

use serde::Deserialize;

use super::Secret;

/// The mail server. Without a host no e-mail is sent, and no notice is made.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct MailConfig {
    /// Its name or address; its certificate is for this.
    pub host: Option<String>,
    /// Its port; the usual one of `security` when absent.
    pub port: Option<u16>,
    /// How the connection is protected.
    pub security: MailProtection,
    /// Who the gateway is to it.
    pub user_name: Option<String>,
    /// The password: from the environment only.
    pub password: Option<Secret>,
    /// A file whose text is the password; read into `password` when the configuration is loaded.
    pub password_file: Option<PathBuf>,
    /// A file with the root certificates, in PEM, by which the server's is judged; this machine's when absent.
    pub ca_file: Option<PathBuf>,
    /// The address that notices are from; what cannot be delivered comes back to it.
    pub from: Option<String>,
    /// Where answers go, if not there.
    pub reply_to: Option<String>,
    /// The longest that handing one notice over may take, in seconds.
    pub timeout_seconds: u64,
}

/// How the connection to the mail server is protected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub enum MailProtection {
    /// TLS from the first byte.
    Tls,
    /// TLS by `STARTTLS`, which the server must offer.
    StartTls,
    /// None; on this machine alone.
    None,
}

impl MailProtection {
    /// The port that such connections usually go to: submission with TLS or with `STARTTLS` (RFC 8314), and relay.
    const fn usual_port(self) -> u16 {
        match self {
            Self::Tls => 465,
            Self::StartTls => 587,
            Self::None => 25,
        }
    }
}

impl TryFrom<String> for MailProtection {
    type Error = &'static str;

    fn try_from(word: String) -> Result<Self, Self::Error> {
        match word.as_str() {
            "tls" => Ok(Self::Tls),
            "starttls" => Ok(Self::StartTls),
            "none" => Ok(Self::None),
            _ => Err("expected tls, starttls or none"),
        }
    }
}

impl MailConfig {
    /// The port of the mail server.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.port.unwrap_or_else(|| self.security.usual_port())
    }
}

impl Default for MailConfig {
    fn default() -> Self {
        Self {
            host: None,
            port: None,
            security: MailProtection::Tls,
            user_name: None,
            password: None,
            password_file: None,
            ca_file: None,
            from: None,
            reply_to: None,
            timeout_seconds: 20,
        }
    }
}
