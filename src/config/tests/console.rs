//! The console.

use std::path::Path;

use super::{refusals, sound};
use crate::config::Config;

/// Settings, and the keys that are refused for them.
type Case = (&'static [(&'static str, &'static str)], &'static [&'static str]);

const ON: [(&str, &str); 3] =
    [("ISSUER", "https://login.example"), ("CLIENT_ID", "console"), ("CLIENT_SECRET", "x")];

/// The keys that are refused of a sound file with settings of the section laid over it.
fn keys_refused(file: &Path, settings: &[(&str, &str)]) -> Vec<String> {
    let variable =
        |(key, value): &(&str, &str)| (format!("PRIVACY_GATEWAY__CONSOLE__{key}"), (*value).to_owned());
    match Config::load(Some(file), settings.iter().map(variable)).unwrap().check() {
        Ok(warnings) => warnings.into_iter().map(|problem| problem.key).collect(),
        refused => refusals(refused).into_iter().map(|problem| problem.key).collect(),
    }
}

#[test]
fn a_console_at_which_nobody_could_sign_in_is_refused_by_key() {
    let (folder, text) = sound("console");
    let file = folder.file("gateway.toml", &text);
    let cases: &[Case] = &[
        (&[], &[]),
        (&[("SCOPE", "openid subjects:read"), ("RESOURCE", "https://gateway.example")], &[]),
        (&[("IDLE_MINUTES", "4")], &["console.idle_minutes"]),
        (&[("ABSOLUTE_HOURS", "25")], &["console.absolute_hours"]),
        (&[("ISSUER", "https://other.example")], &["console.issuer"]),
        (&[("ISSUER", "http://login.example")], &["console.issuer", "console.issuer"]),
        (&[("SCOPE", "subjects:read")], &["console.scope"]),
    ];
    for (settings, expected) in cases {
        let all: Vec<_> = ON.iter().chain(*settings).copied().collect();
        assert_eq!(keys_refused(&file, &all), *expected, "{settings:?}");
    }
    for (settings, expected) in [
        (&ON[..1], vec!["console.client_id", "console.client_secret"]),
        (&ON[1..2], vec!["console.issuer"]),
        (&[("IDLE_MINUTES", "60")], vec![]),
    ] {
        assert_eq!(keys_refused(&file, settings), expected, "{settings:?}");
    }
}

#[test]
fn the_clients_secret_stands_in_no_configuration_file() {
    let (folder, text) = sound("console-secret");
    let file = folder.file("gateway.toml", &format!("{text}\n[console]\nclient_secret = \"x\"\n"));
    let refused = refusals(Config::load(Some(&file), std::iter::empty()));
    assert_eq!(refused.into_iter().map(|problem| problem.key).collect::<Vec<_>>(), ["console.client_secret"]);
}
