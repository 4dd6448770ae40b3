//! Persons to register.

use serde_json::{Value, json};

/// A person of whom the name alone is known.
#[must_use]
pub fn person(name: &str) -> Value {
    json!({ "name": name })
}

/// A person of whom everything is known. The tag, of ASCII letters and digits, makes them somebody else.
///
/// # Panics
/// When the tag has other characters, which the e-mail address could not bear.
#[must_use]
pub fn complete_person(tag: &str) -> Value {
    assert!(tag.bytes().all(|byte| byte.is_ascii_alphanumeric()), "{tag}");
    json!({
        "externalReference": format!("K-{tag}"),
        "name": format!("Åsa {tag} Exempelsson"),
        "position": format!("Provledare {tag}"),
        "phone": "+46701740605",
        "address": {
            "lines": [format!("Provgatan 1 {tag}")],
            "postalCode": "990 01",
            "locality": format!("Provstad {tag}"),
            "country": "SE"
        },
        "email": format!("asa.{tag}@provstad.example"),
        "loginName": format!("asa-{tag}"),
        "password": format!("hemligt lösenord {tag}"),
    })
}
