//! Where messages may be posted, judged at registration and again at every delivery: what was allowed once may have become
//! the gateway's own address since.

use connector::{AddressKind, Allowed, Endpoint, InvalidEndpoint, Sender};
use domain::language::Language;
use url::Url;

use crate::service::Gateway;

/// How systems outside are reached.
#[derive(Debug, Clone)]
pub struct WayOut {
    /// Which addresses may be.
    pub allowed: Allowed,
    /// What brings messages there.
    pub sender: Sender,
}

impl Gateway {
    /// Reads an address: what the rules of the way out let stand, and not the gateway's own under its public name.
    ///
    /// # Errors
    /// [`InvalidEndpoint`] names the first rule that it breaks.
    pub fn endpoint(&self, text: &str) -> Result<Endpoint, InvalidEndpoint> {
        let endpoint = Endpoint::parse(text, &self.settings.way_out.allowed)?;
        if is_at(&self.settings.public_url, &endpoint) {
            return Err(InvalidEndpoint::Address(AddressKind::OwnListener));
        }
        Ok(endpoint)
    }
}

fn is_at(own: &Url, endpoint: &Endpoint) -> bool {
    let host = |url: &Url| url.host_str().map(|host| host.trim_end_matches('.').to_owned());
    Url::parse(endpoint.as_str()).is_ok_and(|url| {
        host(&url) == host(own) && url.port_or_known_default() == own.port_or_known_default()
    })
}

/// What is wrong with an address, in one sentence for the person who entered it, which repeats nothing of it.
#[must_use]
pub fn told(fault: InvalidEndpoint, language: Language) -> &'static str {
    let (swedish, english) = match fault {
        InvalidEndpoint::TooLong => {
            ("Ange en adress på högst 2 048 tecken.", "Give an address of at most 2,048 characters.")
        }
        InvalidEndpoint::NotAUrl => (
            "Ange en fullständig adress, till exempel https://crm.example/privacy.",
            "Give a complete address, such as https://crm.example/privacy.",
        ),
        InvalidEndpoint::NotHttps => {
            ("Ange en adress som börjar med https://.", "Give an address that begins with https://.")
        }
        InvalidEndpoint::UserInformation => (
            "Ta bort användarnamn och lösenord ur adressen; meddelandena signeras i stället.",
            "Remove user name and password from the address; messages are signed instead.",
        ),
        InvalidEndpoint::Fragment => (
            "Ta bort det som följer efter # i adressen; det skickas aldrig.",
            "Remove what follows # in the address; it is never sent.",
        ),
        InvalidEndpoint::Address(AddressKind::OwnListener) => (
            "Ange en annan adress; den här är tjänstens egen.",
            "Give another address; this one is the service's own.",
        ),
        InvalidEndpoint::Address(_) => (
            "Ange en adress som nås från det öppna internet.",
            "Give an address that is reached from the public Internet.",
        ),
    };
    language.choose(swedish, english)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use connector::Loopback;

    use super::*;

    #[test]
    fn the_public_address_is_known_in_every_spelling() {
        let own: Url = "https://gateway.example".parse().unwrap();
        let allowed = Allowed { loopback: Loopback::Refused, own: Vec::new() };
        for (text, expected) in [
            ("https://gateway.example/", true),
            ("https://GATEWAY.example:443/downstream", true),
            ("https://gateway.example./x", true),
            ("https://gateway.example:8443/", false),
            ("https://crm.gateway.example/", false),
            ("https://gateway.example.test/", false),
        ] {
            let endpoint = Endpoint::parse(text, &allowed).unwrap();
            assert_eq!(is_at(&own, &endpoint), expected, "{text}");
        }
    }
}
