//! The connection to the mail server: what it is protected by, whom the gateway believes, and when it says its password.

use std::time::{Duration, SystemTime};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use connector::{InvalidMailer, Mail, MailError, MailLogin, MailSecurity, Mailer, MailerSettings};
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
use rustls::ServerConfig;
use rustls::crypto::aws_lc_rs;
use rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use std::sync::Arc;
use support::run;
use tokio_rustls::TlsAcceptor;

use crate::notices::sink::{Manner, Sink, Tls};

/// An authority and a server's certificate by it, for a name or address.
struct Authority {
    pem: String,
    acceptor: TlsAcceptor,
}

impl Authority {
    fn of(name: &str) -> Self {
        let mut params = CertificateParams::new(Vec::new()).unwrap();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let authority = CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap();
        let key = KeyPair::generate().unwrap();
        let params = CertificateParams::new(vec![name.to_owned()]).unwrap();
        let certificate = params.signed_by(&key, &authority).unwrap();
        let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(key.serialize_der()));
        let config = ServerConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![certificate.der().clone()], key)
            .unwrap();
        Self { pem: authority.pem(), acceptor: TlsAcceptor::from(Arc::new(config)) }
    }
}

fn settings(sink: &Sink, security: MailSecurity, roots: Option<&Authority>) -> MailerSettings {
    MailerSettings {
        host: "127.0.0.1".to_owned(),
        port: sink.address.port(),
        security,
        roots_pem: roots.map(|authority| authority.pem.clone().into_bytes()),
        login: None,
        hello: "gateway.example".to_owned(),
        from: "notices@vendor.example".to_owned(),
        from_name: "Vendor".to_owned(),
        reply_to: None,
        timeout: Duration::from_secs(2),
    }
}

fn login() -> MailLogin {
    MailLogin { user_name: "gateway".to_owned(), password: "hemligt".to_owned() }
}

async fn sent(settings: MailerSettings) -> Result<(), MailError> {
    let mail = Mail {
        id: "notice_1",
        date: SystemTime::UNIX_EPOCH,
        to: "contact@tenant.example",
        subject: "Ärende",
        body: "Hej!\n.\n..två\nFrån\n",
        language: "sv",
    };
    Mailer::new(settings).unwrap().send(&mail).await
}

#[test]
fn by_tls_a_message_comes_to_the_server_whose_certificate_is_trusted_and_to_no_other() {
    run(async {
        let (ours, other, misnamed) =
            (Authority::of("127.0.0.1"), Authority::of("127.0.0.1"), Authority::of("localhost"));
        for (security, server, trusted, expected) in [
            (MailSecurity::Tls, Tls::FromTheStart(ours.acceptor.clone()), &ours, Ok(())),
            (MailSecurity::StartTls, Tls::Upgraded(ours.acceptor.clone()), &ours, Ok(())),
            (
                MailSecurity::Tls,
                Tls::FromTheStart(other.acceptor.clone()),
                &ours,
                Err(MailError::Unreachable),
            ),
            (
                MailSecurity::StartTls,
                Tls::Upgraded(other.acceptor.clone()),
                &ours,
                Err(MailError::Unreachable),
            ),
            (
                MailSecurity::Tls,
                Tls::FromTheStart(misnamed.acceptor.clone()),
                &misnamed,
                Err(MailError::Unreachable),
            ),
            // A server that speaks no TLS at all, or strips it.
            (MailSecurity::StartTls, Tls::No, &ours, Err(MailError::NoStartTls)),
        ] {
            let sink = Sink::with(server).await;
            let end = sent(settings(&sink, security, Some(trusted))).await;
            assert_eq!(end, expected, "{security:?}");
            let received = sink.received();
            assert_eq!(received.len(), usize::from(expected.is_ok()), "{security:?}");
            assert!(received.iter().all(|mail| mail.protected && mail.body().contains("\n.\n..två\nFrån")));
        }
    });
}

#[test]
fn the_password_is_said_over_tls_alone() {
    run(async {
        let authority = Authority::of("127.0.0.1");
        let known = STANDARD.encode("\0gateway\0hemligt");
        for (server, lets_in, offers, expected) in [
            (Tls::Upgraded(authority.acceptor.clone()), Some(known), &["AUTH PLAIN"][..], Ok(())),
            (Tls::Upgraded(authority.acceptor.clone()), None, &["AUTH PLAIN"][..], Err(MailError::Login)),
            (Tls::Upgraded(authority.acceptor.clone()), None, &["AUTH XOAUTH2"][..], Err(MailError::Login)),
            (Tls::No, None, &["AUTH PLAIN"][..], Err(MailError::NoStartTls)),
        ] {
            let sink = Sink::with(server).await;
            sink.behaves(Manner { offers, lets_in, ..Manner::default() });
            let settings = settings(&sink, MailSecurity::StartTls, Some(&authority));
            assert_eq!(sent(MailerSettings { login: Some(login()), ..settings }).await, expected);
            let commands = sink.commands();
            let said = commands.iter().position(|command| command == "AUTH");
            let protected = commands.iter().position(|command| command == "STARTTLS");
            assert!(said.is_none() || said > protected && protected.is_some(), "{commands:?}");
            assert!(expected != Err(MailError::NoStartTls) || said.is_none(), "{commands:?}");
        }
        let sink = Sink::start().await;
        let plain = MailerSettings { login: Some(login()), ..settings(&sink, MailSecurity::Plain, None) };
        assert_eq!(Mailer::new(plain).err(), Some(InvalidMailer::LoginInClear));
    });
}

#[test]
fn a_server_that_is_not_there_or_says_nothing_ends_the_attempt_in_time() {
    run(async {
        let sink = Sink::start().await;
        let gone = MailerSettings { port: 9, ..settings(&sink, MailSecurity::Plain, None) };
        assert_eq!(sent(gone).await, Err(MailError::Unreachable));
        for hangs_at in ["CONNECT", "EHLO", "MAIL", "DATA", "."] {
            sink.behaves(Manner { hangs_at: Some(hangs_at), ..Manner::default() });
            let begun = std::time::Instant::now();
            let end = sent(settings(&sink, MailSecurity::Plain, None)).await;
            assert_eq!(end, Err(MailError::TimedOut), "{hangs_at}");
            assert!(begun.elapsed() < Duration::from_secs(4), "{hangs_at}");
        }
    });
}

#[test]
fn roots_that_are_no_certificates_are_refused_when_the_gateway_starts() {
    run(async {
        let sink = Sink::start().await;
        for pem in ["-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", "nonsense \u{7f}"] {
            let roots_pem = Some(pem.as_bytes().to_vec());
            let mailer =
                Mailer::new(MailerSettings { roots_pem, ..settings(&sink, MailSecurity::Tls, None) });
            let trusts_somebody = mailer.is_ok() && pem.starts_with('-');
            assert!(!trusts_somebody, "{pem}");
        }
    });
}
