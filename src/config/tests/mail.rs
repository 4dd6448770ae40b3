//! The mail server.

use std::path::Path;

use super::{load, refusals, sound};
use crate::config::{Config, ConfigError, MailProtection, Reason};

/// Settings, and the keys that are refused for them.
type Case = (&'static [(&'static str, &'static str)], &'static [&'static str]);

const ON: [(&str, &str); 2] = [("HOST", "smtp.example"), ("FROM", "notices@vendor.example")];

/// The configuration of a sound file with settings of the section laid over it.
fn with(file: &Path, settings: &[(&str, &str)]) -> Result<Config, ConfigError> {
    let variable =
        |(key, value): &(&str, &str)| (format!("PRIVACY_GATEWAY__MAIL__{key}"), (*value).to_owned());
    Config::load(Some(file), settings.iter().map(variable))
}

fn keys_refused(file: &Path, settings: &[(&str, &str)]) -> Vec<String> {
    match with(file, settings).unwrap().check() {
        Ok(warnings) => warnings.into_iter().map(|problem| problem.key).collect(),
        refused => refusals(refused).into_iter().map(|problem| problem.key).collect(),
    }
}

#[test]
fn without_a_host_there_is_no_mail_and_with_one_the_port_is_the_usual_one() {
    let (folder, text) = sound("mail-ports");
    let file = folder.file("gateway.toml", &text);
    assert_eq!(load(Some(&file), &[]).unwrap().mail.host, None);
    for (security, port, expected) in
        [("tls", "", 465), ("starttls", "", 587), ("none", "", 25), ("starttls", "2525", 2525)]
    {
        let given = [("SECURITY", security), ("PORT", port), ("HOST", "localhost")];
        assert_eq!(with(&file, &given).unwrap().mail.port(), expected, "{security} {port}");
    }
}

#[test]
fn a_mail_server_that_would_lose_or_show_what_it_is_given_is_refused_by_key() {
    let (folder, text) = sound("mail");
    let file = folder.file("gateway.toml", &text);
    let nothing = folder.file("nothing.pem", "no certificate");
    let cases: &[Case] = &[
        (&[], &[]),
        (&[("HOST", "localhost"), ("SECURITY", "none")], &[]),
        (&[("HOST", "127.0.0.1"), ("SECURITY", "none")], &[]),
        (&[("HOST", "2001:db8::1")], &[]),
        (&[("USER_NAME", "gateway"), ("PASSWORD", "x")], &[]),
        (&[("REPLY_TO", "privacy@vendor.example")], &[]),
        (&[("HOST", "smtp://smtp.example")], &["mail.host"]),
        (&[("HOST", "smtp.example:25")], &["mail.host"]),
        (&[("HOST", "smtp .example")], &["mail.host"]),
        (&[("PORT", "0")], &["mail.port"]),
        (&[("FROM", "Vendor <notices@vendor.example>")], &["mail.from"]),
        (&[("FROM", "notices@vendor.example\r\nBcc: a@b.example")], &["mail.from"]),
        (&[("REPLY_TO", "nobody")], &["mail.reply_to"]),
        (&[("SECURITY", "none")], &["mail.security"]),
        (&[("HOST", "localhost.example"), ("SECURITY", "none")], &["mail.security"]),
        (
            &[("HOST", "localhost"), ("SECURITY", "none"), ("USER_NAME", "gateway"), ("PASSWORD", "x")],
            &["mail.user_name"],
        ),
        (&[("USER_NAME", "gateway")], &["mail.user_name"]),
        (&[("PASSWORD", "x")], &["mail.password"]),
        (&[("CA_FILE", "no-such.pem")], &["mail.ca_file"]),
        (&[("TIMEOUT_SECONDS", "0")], &["mail.timeout_seconds"]),
        (&[("TIMEOUT_SECONDS", "46")], &["mail.timeout_seconds"]),
    ];
    for (more, expected) in cases {
        assert_eq!(keys_refused(&file, &[&ON, *more].concat()), *expected, "{more:?}");
    }
    let empty = [ON[0], ON[1], ("CA_FILE", nothing.to_str().unwrap())];
    assert_eq!(keys_refused(&file, &empty), ["mail.ca_file"]);
    assert_eq!(keys_refused(&file, &[("FROM", "notices@vendor.example")]), ["mail.host"]);
    assert_eq!(keys_refused(&file, &[("HOST", "smtp.example")]), ["mail.from"]);
}

#[test]
fn the_line_of_what_is_wrong_with_the_mail_server_is_named() {
    let (folder, text) = sound("mail-lines");
    for (line, told) in [
        ("hosts = \"smtp.example\"", "mail.hosts: unknown key; the nearest known one is mail.host"),
        ("security = \"ssl\"", "expected tls, starttls or none"),
        ("password = \"x\"", "a secret does not belong in this file"),
        ("port = \"many\"", "mail.port: expected"),
    ] {
        let file = folder.file("gateway.toml", &format!("{text}\n[mail]\n{line}\n"));
        let problems = refusals(load(Some(&file), &[]));
        assert!(problems.iter().any(|problem| problem.to_string().contains(told)), "{problems:?}");
    }
}

#[test]
fn the_password_comes_from_a_file_of_its_own_or_from_the_environment() {
    let (folder, text) = sound("mail-password");
    let password = folder.file("password", " from the file \n");
    let file = folder.file(
        "gateway.toml",
        &format!("{text}\n[mail]\nsecurity = \"starttls\"\npassword_file = \"{}\"\n", password.display()),
    );
    let mail = load(Some(&file), &[]).unwrap().mail;
    assert_eq!(mail.security, MailProtection::StartTls);
    assert_eq!(mail.password.unwrap().reveal(), "from the file");
    let variable = ("PRIVACY_GATEWAY__MAIL__PASSWORD", "from the environment");
    let mail = load(Some(&file), &[variable]).unwrap().mail;
    assert_eq!(mail.password.unwrap().reveal(), "from the environment");
    let twice = [variable, ("PRIVACY_GATEWAY__MAIL__PASSWORD_FILE", password.to_str().unwrap())];
    let problems = refusals(load(Some(&file), &twice));
    assert!(matches!(problems[0].reason, Reason::GivenTwice { .. }), "{problems:?}");
}
