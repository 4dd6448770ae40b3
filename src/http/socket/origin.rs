//! Whose pages may open a socket: a browser lets any page try, and asks nobody (ASVS 4.4.2). Programs send no `Origin`.

/// What the head of a request says of where it comes from.
pub struct Claimed<'r> {
    /// `Origin`.
    pub origin: Option<&'r str>,
    /// `Host`.
    pub host: Option<&'r str>,
}

impl Claimed<'_> {
    /// Whether this is a program, a page of the gateway's own, or one of an origin that is configured.
    pub fn may_open(&self, public: &str, configured: &[String]) -> bool {
        let Some(origin) = self.origin else { return true };
        let authority = origin.split_once("://").map(|(_, authority)| authority);
        let same = match (authority, self.host) {
            (Some(authority), Some(host)) => !host.is_empty() && authority.eq_ignore_ascii_case(host),
            _ => false,
        };
        same || origin == public || configured.iter().any(|allowed| allowed == origin)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_foreign_page_opens_no_socket() {
        let configured = ["https://app.example".to_owned()];
        for (origin, host, expected) in [
            (None, Some("gateway.example"), true),
            (Some("https://gateway.example"), Some("gateway.example"), true),
            (Some("http://127.0.0.1:8080"), Some("127.0.0.1:8080"), true),
            (Some("https://public.example"), Some("10.0.0.1"), true),
            (Some("https://app.example"), Some("gateway.example"), true),
            (Some("https://evil.example"), Some("gateway.example"), false),
            (Some("https://gateway.example.evil.example"), Some("gateway.example"), false),
            (Some("https://gateway.example:444"), Some("gateway.example"), false),
            (Some("https://app.example:444"), Some("gateway.example"), false),
            (Some("null"), Some("gateway.example"), false),
            (Some("https://"), Some(""), false),
            (Some("https://gateway.example"), None, false),
        ] {
            let claimed = Claimed { origin, host };
            assert_eq!(claimed.may_open("https://public.example", &configured), expected, "{origin:?}");
        }
    }
}
