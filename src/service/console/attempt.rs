//! An attempt to sign in at the issuer. Nothing of it is stored: the browser's cookie holds a secret, the hour and where to go on
//! to, and the random texts of the attempt are derived from all three, so that none of them can be changed.

use aws_lc_rs::constant_time::verify_slices_are_equal;
use aws_lc_rs::digest::{SHA256, digest};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::{SignedDuration, Timestamp};
use store::{BrowserSecret, StoreError};
use zeroize::Zeroizing;

use super::sign_in::SignInError;

/// How long the issuer's page may stay open.
pub(super) const PATIENCE: SignedDuration = SignedDuration::from_mins(10);
/// Longest address within the console to go on to, in bytes.
const LONGEST_RETURN: usize = 1_024;
/// Where to go on to when nothing better is known.
const HOME: &str = "/console/";

/// An attempt.
pub(super) struct Attempt {
    secret: BrowserSecret,
    began_at: Timestamp,
    return_to: String,
}

/// The texts of an attempt.
pub(super) struct Texts {
    pub state: String,
    pub nonce: String,
    pub verifier: Zeroizing<String>,
}

impl Attempt {
    /// A new one. An address that does not lie within the console is passed over.
    pub fn new(secret: BrowserSecret, began_at: Timestamp, return_to: &str) -> Self {
        let return_to = if is_within_the_console(return_to) { return_to } else { HOME };
        Self { secret, began_at, return_to: return_to.to_owned() }
    }

    /// Reads a cookie; `None` for what is none.
    pub fn parse(cookie: &str) -> Option<Self> {
        let mut parts = cookie.split('.');
        let (secret, began_at, return_to) = (parts.next()?, parts.next()?, parts.next()?);
        if parts.next().is_some() {
            return None;
        }
        let return_to = String::from_utf8(URL_SAFE_NO_PAD.decode(return_to).ok()?).ok()?;
        Some(Self {
            secret: BrowserSecret::parse(secret)?,
            began_at: Timestamp::from_second(began_at.parse().ok()?).ok()?,
            return_to: is_within_the_console(&return_to).then_some(return_to)?,
        })
    }

    /// The cookie.
    pub fn cookie(&self) -> Zeroizing<String> {
        let return_to = URL_SAFE_NO_PAD.encode(&self.return_to);
        let seconds = self.began_at.as_second();
        Zeroizing::new(format!("{}.{seconds}.{return_to}", *self.secret.text()))
    }

    /// The random texts.
    pub fn texts(&self) -> Result<Texts, StoreError> {
        let seconds = self.began_at.as_second().to_be_bytes();
        let text = |label: &[u8]| -> Result<String, StoreError> {
            let bytes = self.secret.derive(&[label, &seconds, self.return_to.as_bytes()])?;
            Ok(URL_SAFE_NO_PAD.encode(bytes.as_slice()))
        };
        Ok(Texts {
            state: text(b"state\0")?,
            nonce: text(b"nonce\0")?,
            verifier: Zeroizing::new(text(b"verifier\0")?),
        })
    }

    /// Where to go on to.
    pub fn into_return(self) -> String {
        self.return_to
    }

    /// The texts again, if this is what the state came from, and soon enough.
    pub fn answered_by(&self, state: &str, now: Timestamp) -> Result<Texts, SignInError> {
        let age = now.duration_since(self.began_at);
        let texts = self.texts()?;
        let own = verify_slices_are_equal(texts.state.as_bytes(), state.as_bytes()).is_ok();
        let timely = age >= -SignedDuration::from_secs(1) && age <= PATIENCE;
        if own && timely { Ok(texts) } else { Err(SignInError::Stale) }
    }
}

impl Texts {
    /// What the session remembers of the attempt.
    pub fn digest(&self) -> String {
        hex::encode(digest(&SHA256, self.state.as_bytes()))
    }
}

/// Whether a browser stays within the console with this address: a path and nothing that a browser reads otherwise (WHATWG URL:
/// backslashes are slashes, tabs and line ends are dropped, dots climb).
fn is_within_the_console(address: &str) -> bool {
    let path = address.split(['?', '#']).next().unwrap_or_default();
    address.len() <= LONGEST_RETURN
        && path.starts_with(HOME)
        && address.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\')
        && !path.split('/').any(climbs)
        && !path.contains("//")
}

/// Whether a segment of a path means the one above, in any of its spellings.
fn climbs(segment: &str) -> bool {
    let plain = segment.to_ascii_lowercase().replace("%2e", ".");
    plain == "." || plain == ".."
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_led_out_of_the_console() {
        for (address, expected) in [
            ("/console/", true),
            ("/console/requests/rights_request_01h2xcejqtf2nbrexx3vqjhp41", true),
            ("/console/requests?status=OPEN&x=/../y#part", true),
            ("/console/a%2Fb", true),
            ("", false),
            ("/", false),
            ("/console", false),
            ("/consoles/", false),
            ("console/", false),
            ("//evil.example/console/", false),
            ("https://evil.example/console/", false),
            ("/console//evil.example", false),
            ("/console/../graphql", false),
            ("/console/%2e%2E/graphql", false),
            ("/console/.%2e/graphql", false),
            ("/console/\\evil.example", false),
            ("/\\evil.example", false),
            ("/console/\t/evil.example", false),
            ("/console/\r\nset-cookie: x=y", false),
            ("/console/å", false),
            ("javascript:alert(1)", false),
            (&format!("/console/{}", "x".repeat(1_024)), false),
        ] {
            assert_eq!(is_within_the_console(address), expected, "{address:?}");
        }
    }
}
