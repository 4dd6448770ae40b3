//! The console's two cookies: the session, which no other site's request carries, and the attempt to sign in, which has to come
//! back with the browser from the issuer's site.

use actix_web::HttpRequest;
use url::Url;
use zeroize::Zeroizing;

/// Longest value that is read.
const LONGEST: usize = 2_048;

/// One cookie.
pub struct Cookie {
    name: String,
    attributes: String,
}

/// Both of them.
pub struct Cookies {
    /// Until the browser closes, or the session ends.
    pub session: Cookie,
    /// For as long as the issuer's page may stay open.
    pub sign_in: Cookie,
}

impl Cookies {
    /// Cookies of a gateway at this address. By https they are `__Host-` cookies: no other host, and nobody on the way, can set
    /// them. By http, which is for one machine alone, browsers other than Chromium keep no `Secure` cookie; since ports
    /// share cookies, the name holds the port instead.
    pub fn new(public_url: &Url) -> Self {
        let (prefix, suffix, secure) = if public_url.scheme() == "https" {
            ("__Host-", String::new(), "; Secure")
        } else {
            ("", format!("-{}", public_url.port_or_known_default().unwrap_or_default()), "")
        };
        let cookie = |name: &str, same_site: &str| Cookie {
            name: format!("{prefix}{name}{suffix}"),
            attributes: format!("Path=/{secure}; HttpOnly; SameSite={same_site}"),
        };
        Self {
            session: cookie("console", "Strict"),
            sign_in: Cookie {
                attributes: format!("Path=/{secure}; HttpOnly; SameSite=Lax; Max-Age=600"),
                ..cookie("console-sign-in", "Lax")
            },
        }
    }
}

impl Cookie {
    /// The value that a request carries; `None` for several, one of which somebody else must have set.
    pub fn read(&self, request: &HttpRequest) -> Option<Zeroizing<String>> {
        let sent = request.headers().get_all("cookie").filter_map(|value| value.to_str().ok());
        let pairs = sent.flat_map(|value| value.split(';')).filter_map(|pair| pair.trim().split_once('='));
        let mut values = pairs.filter(|(name, _)| *name == self.name).map(|(_, value)| value);
        match (values.next(), values.next()) {
            (Some(value), None) if value.len() <= LONGEST => Some(Zeroizing::new(value.to_owned())),
            _ => None,
        }
    }

    /// A header that sets it.
    pub fn set(&self, value: &str) -> (&'static str, String) {
        ("set-cookie", format!("{}={value}; {}", self.name, self.attributes))
    }

    /// A header that takes it away.
    pub fn clear(&self) -> (&'static str, String) {
        let attributes = self.attributes.split("; Max-Age").next().unwrap_or_default();
        ("set-cookie", format!("{}=; {attributes}; Max-Age=0", self.name))
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    fn cookies(url: &str) -> Cookies {
        Cookies::new(&url.parse().unwrap())
    }

    #[test]
    fn cookies_are_as_narrow_as_the_address_allows() {
        for (url, session, sign_in) in [
            (
                "https://gateway.example",
                "__Host-console=v; Path=/; Secure; HttpOnly; SameSite=Strict",
                "__Host-console-sign-in=v; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=600",
            ),
            (
                "http://127.0.0.1:8080",
                "console-8080=v; Path=/; HttpOnly; SameSite=Strict",
                "console-sign-in-8080=v; Path=/; HttpOnly; SameSite=Lax; Max-Age=600",
            ),
        ] {
            let cookies = cookies(url);
            assert_eq!(cookies.session.set("v").1, session);
            assert_eq!(cookies.sign_in.set("v").1, sign_in);
        }
        let cleared = cookies("https://gateway.example").sign_in.clear().1;
        let expected = "__Host-console-sign-in=; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=0";
        assert_eq!(cleared, expected);
    }

    #[test]
    fn a_cookie_is_read_by_its_whole_name_and_only_when_it_stands_alone() {
        let cookies = cookies("https://gateway.example");
        for (sent, expected) in [
            (vec!["__Host-console=v"], Some("v")),
            (vec!["a=b; __Host-console=v;c=d"], Some("v")),
            (vec!["__Host-console-sign-in=w", "__Host-console=v=="], Some("v==")),
            (vec!["__Host-console=v; __Host-console=w"], None),
            (vec!["__Host-console=v", "__Host-console=w"], None),
            (vec!["console=v", "x__Host-console=v", "__host-console=v"], None),
            (vec![], None),
        ] {
            let request = sent
                .iter()
                .fold(TestRequest::get(), |request, value| request.append_header(("cookie", *value)));
            let read = cookies.session.read(&request.to_http_request());
            assert_eq!(read.as_deref().map(String::as_str), expected, "{sent:?}");
        }
    }
}
