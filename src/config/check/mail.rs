//! The mail server: a notice that nobody gets, and a password or a notice that others could read on its way.

use domain::email::EmailAddress;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject as _;

use super::super::location::is_loopback;
use super::super::{MailConfig, MailProtection};
use super::Findings;

pub(super) fn check(mail: &MailConfig, findings: &mut Findings<'_>) {
    let Some(host) = &mail.host else {
        if *mail != (MailConfig { timeout_seconds: mail.timeout_seconds, ..MailConfig::default() }) {
            findings.form("mail.host", "is missing: name the mail server, or leave the whole section out");
        }
        return;
    };
    if !is_host(host) {
        findings.form("mail.host", "expected a name or an address alone, such as smtp.example");
    }
    if mail.port == Some(0) {
        findings.form("mail.port", "expected a number from 1 to 65535");
    }
    match &mail.from {
        None => findings.form("mail.from", "is missing: notices need an address to come from"),
        Some(from) => address("mail.from", from, findings),
    }
    if let Some(reply_to) = &mail.reply_to {
        address("mail.reply_to", reply_to, findings);
    }
    protection(mail, host, findings);
    login(mail, findings);
    roots(mail, findings);
}

fn is_host(host: &str) -> bool {
    let bare = host.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(host);
    bare.parse::<std::net::IpAddr>().is_ok()
        || (!host.is_empty()
            && host.len() <= 253
            && host.split('.').all(|label| {
                (1..=63).contains(&label.len())
                    && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
            }))
}

fn address(key: &str, text: &str, findings: &mut Findings<'_>) {
    if EmailAddress::parse(text).is_err() {
        findings.form(key, "expected an e-mail address alone, such as notices@vendor.example");
    }
}

fn protection(mail: &MailConfig, host: &str, findings: &mut Findings<'_>) {
    if mail.security == MailProtection::None && !is_loopback(host) {
        findings.danger(
            "mail.security",
            "notices would cross the network in clear; `none` is for a server on this machine, choose tls or starttls",
        );
    }
}

fn login(mail: &MailConfig, findings: &mut Findings<'_>) {
    match (&mail.user_name, &mail.password) {
        (Some(_), Some(_)) if mail.security == MailProtection::None => findings.danger(
            "mail.user_name",
            "the password would be sent in clear; choose tls or starttls, or leave user name and password out",
        ),
        (Some(_), None) => findings.form(
            "mail.user_name",
            "needs a password: name its file in mail.password_file, or leave the user name out",
        ),
        (None, Some(_)) => findings.form("mail.password", "needs mail.user_name"),
        (Some(_), Some(_)) | (None, None) => {}
    }
}

fn roots(mail: &MailConfig, findings: &mut Findings<'_>) {
    let key = "mail.ca_file";
    let Some(file) = &mail.ca_file else { return };
    if mail.security == MailProtection::None {
        findings.form(key, "says nothing without TLS: choose tls or starttls, or leave it out");
    }
    let pem = match std::fs::read(file) {
        Ok(pem) => pem,
        Err(error) => return findings.form(key, format!("{} cannot be read: {error}", file.display())),
    };
    let certificates: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(&pem).collect();
    if !certificates.is_ok_and(|found| !found.is_empty()) {
        findings.form(key, format!("{} holds no certificate in PEM", file.display()));
    }
}
