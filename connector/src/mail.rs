//! One attempt to hand one e-mail to the mail server (RFC 5321), over a connection of its own.

use std::fmt;
use std::time::{Duration, SystemTime};

use domain::email::EmailAddress;
use lettre::message::header::{ContentTransferEncoding, ContentType, HeaderName, HeaderValue};
use lettre::message::{Mailbox, SinglePart};
use lettre::transport::smtp::Error;
use lettre::transport::smtp::authentication::{Credentials, Mechanism};
use lettre::transport::smtp::client::{
    AsyncSmtpConnection, Certificate, CertificateStore, TlsParameters, TlsVersion,
};
use lettre::transport::smtp::commands::{Data, Mail as MailFrom, Rcpt};
use lettre::transport::smtp::extension::ClientId;
use lettre::{Address, Message};
use tokio::time::timeout;

/// How long the mail server may take to say goodbye. The e-mail is its own by then.
const PARTING: Duration = Duration::from_secs(2);

/// How the connection to the mail server is protected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MailSecurity {
    /// TLS from the first byte (RFC 8314).
    Tls,
    /// TLS by `STARTTLS` (RFC 3207), which the server must offer.
    StartTls,
    /// None: for a server on this machine alone.
    Plain,
}

/// Who the gateway is to the mail server. No `Debug`: it holds a password.
#[derive(Clone)]
pub struct MailLogin {
    /// User name.
    pub user_name: String,
    /// Password.
    pub password: String,
}

/// How e-mail is sent. No `Debug`: it holds a password.
#[derive(Clone)]
pub struct MailerSettings {
    /// The mail server's name or address; its certificate is for this.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// How the connection is protected.
    pub security: MailSecurity,
    /// Roots in PEM by which the server's certificate is judged, in place of this machine's.
    pub roots_pem: Option<Vec<u8>>,
    /// Who the gateway is to it; nobody where `None`.
    pub login: Option<MailLogin>,
    /// The name that the gateway greets with (RFC 5321, section 4.1.1.1).
    pub hello: String,
    /// The address that all e-mail is from.
    pub from: String,
    /// The name shown at it.
    pub from_name: String,
    /// Where answers go, if not there.
    pub reply_to: Option<String>,
    /// The longest that an attempt may take, from the look-up of the server's name to its word that it has the e-mail.
    pub timeout: Duration,
}

/// The settings cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidMailer {
    /// An address of the platform's is none.
    #[error("an address to send from, or to answer to, is no e-mail address")]
    Address,
    /// The certificates given are none.
    #[error("the certificates given to judge the mail server's by cannot be read")]
    Roots,
    /// TLS cannot be had.
    #[error("this machine has no root certificates to judge the mail server's by; give some in mail.ca_file")]
    NoRoots,
    /// A password would cross the network in clear.
    #[error("a password is sent over TLS alone")]
    LoginInClear,
}

/// An e-mail in plain text. No `Debug`: it names its recipient.
#[derive(Clone, Copy)]
pub struct Mail<'a> {
    /// The left part of its Message-ID, the same at every attempt.
    pub id: &'a str,
    /// Its date.
    pub date: SystemTime,
    /// The recipient's address, without a name.
    pub to: &'a str,
    /// Subject.
    pub subject: &'a str,
    /// Text, lines parted by line feeds.
    pub body: &'a str,
    /// The text's language (BCP 47).
    pub language: &'a str,
}

/// Why an e-mail was not handed over. The texts name neither address nor content.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum MailError {
    /// The server takes nothing for this recipient.
    #[error("the mail server refused the recipient with {0}")]
    Recipient(u16),
    /// The server does not take this e-mail.
    #[error("the mail server refused the message with {0}")]
    Content(u16),
    /// The recipient's address is none.
    #[error("the recipient's address is no e-mail address")]
    Address,
    /// Any other answer that is no yes.
    #[error("the mail server answered {0}")]
    Answered(u16),
    /// It refused user name and password, or knows no way to take them.
    #[error("the mail server does not let the gateway log in")]
    Login,
    /// It offers no `STARTTLS`.
    #[error("the mail server offers no STARTTLS")]
    NoStartTls,
    /// No answer in time.
    #[error("the mail server did not answer in time")]
    TimedOut,
    /// No connection, none that is protected and can be trusted, or one that ended before an answer.
    #[error("no connection to the mail server, or none that can be trusted")]
    Unreachable,
    /// The e-mail cannot be put into a message: a fault of the caller, nothing was sent.
    #[error("the notice cannot be put into a message")]
    Unsendable,
}

impl MailError {
    /// Whether another attempt would end the same.
    #[must_use]
    pub const fn is_final(self) -> bool {
        matches!(self, Self::Recipient(_) | Self::Content(_) | Self::Address | Self::Unsendable)
    }
}

/// Brings e-mail to the configured mail server.
#[derive(Clone)]
pub struct Mailer {
    server: (String, u16),
    protection: Protection,
    login: Option<Credentials>,
    hello: ClientId,
    from: Mailbox,
    reply_to: Option<Mailbox>,
    timeout: Duration,
}

#[derive(Clone)]
enum Protection {
    FromTheStart(TlsParameters),
    Upgraded(TlsParameters),
    None,
}

impl fmt::Debug for Mailer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Mailer")
    }
}

impl Mailer {
    /// A mailer; nothing is connected to yet.
    ///
    /// # Errors
    /// [`InvalidMailer`] says what cannot be used.
    pub fn new(settings: MailerSettings) -> Result<Self, InvalidMailer> {
        let protection = match settings.security {
            MailSecurity::Tls => Protection::FromTheStart(tls(&settings)?),
            MailSecurity::StartTls => Protection::Upgraded(tls(&settings)?),
            MailSecurity::Plain if settings.login.is_some() => return Err(InvalidMailer::LoginInClear),
            MailSecurity::Plain => Protection::None,
        };
        let address = |text: &str| text.parse::<Address>().map_err(|_| InvalidMailer::Address);
        let name = (!settings.from_name.is_empty()).then_some(settings.from_name);
        let reply_to = settings.reply_to.as_deref().map(address).transpose()?;
        Ok(Self {
            protection,
            login: settings.login.map(|login| Credentials::new(login.user_name, login.password)),
            hello: hello(&settings.hello),
            from: Mailbox::new(name, address(&settings.from)?),
            reply_to: reply_to.map(|address| Mailbox::new(None, address)),
            server: (settings.host, settings.port),
            timeout: settings.timeout,
        })
    }

    /// Hands an e-mail over; once. When this comes back without an error the server has taken it. Dropped or timed out between
    /// the last byte and the answer, it may have: the Message-ID tells a repetition.
    ///
    /// # Errors
    /// [`MailError`] says why not.
    pub async fn send(&self, mail: &Mail<'_>) -> Result<(), MailError> {
        // Nothing but ASCII, since not every server takes more (RFC 6531).
        EmailAddress::parse(mail.to).map_err(|_| MailError::Address)?;
        let to: Address = mail.to.parse().map_err(|_| MailError::Address)?;
        let message = self.message(mail, to.clone())?;
        let handed_over = timeout(self.timeout, self.hand_over(to, &message));
        let mut session = handed_over.await.map_err(|_| MailError::TimedOut)??;
        // Whatever is answered to this, the e-mail was taken.
        drop(timeout(PARTING, session.quit()).await);
        Ok(())
    }

    /// The message's bytes. Names and subject are encoded by the builder, which lets no line end into a header.
    fn message(&self, mail: &Mail<'_>, to: Address) -> Result<Vec<u8>, MailError> {
        let id = format!("<{}@{}>", mail.id, self.from.email.domain());
        let mut message = Message::builder()
            .from(self.from.clone())
            .to(Mailbox::new(None, to))
            .date(mail.date)
            .message_id(Some(id))
            .subject(mail.subject)
            // RFC 3834: nobody's absence is to be answered to it.
            .raw_header(header("Auto-Submitted", "auto-generated")?)
            .raw_header(header("Content-Language", mail.language)?);
        if let Some(reply_to) = &self.reply_to {
            message = message.reply_to(reply_to.clone());
        }
        let part = SinglePart::builder()
            .header(ContentType::TEXT_PLAIN)
            .header(ContentTransferEncoding::QuotedPrintable)
            .body(mail.body.replace('\n', "\r\n"));
        let message = message.singlepart(part).map_err(|_| MailError::Unsendable)?;
        Ok(message.formatted())
    }

    async fn hand_over(&self, to: Address, message: &[u8]) -> Result<AsyncSmtpConnection, MailError> {
        let mut session = self.connect().await?;
        let from = MailFrom::new(Some(self.from.email.clone()), Vec::new());
        session.command(from).await.map_err(|error| not_taken(&error))?;
        let to = session.command(Rcpt::new(to, Vec::new())).await;
        to.map_err(|error| refused(&error).map_or_else(|| not_taken(&error), MailError::Recipient))?;
        session.command(Data).await.map_err(|error| not_taken(&error))?;
        let taken = session.message(message).await;
        taken.map_err(|error| refused(&error).map_or_else(|| not_taken(&error), MailError::Content))?;
        Ok(session)
    }

    async fn connect(&self) -> Result<AsyncSmtpConnection, MailError> {
        let (host, port) = &self.server;
        let tls = match &self.protection {
            Protection::FromTheStart(tls) => Some(tls.clone()),
            Protection::Upgraded(_) | Protection::None => None,
        };
        let server = (host.as_str(), *port);
        let connected =
            AsyncSmtpConnection::connect_tokio1(server, Some(self.timeout), &self.hello, tls, None).await;
        let mut session = connected.map_err(|error| not_taken(&error))?;
        if let Protection::Upgraded(tls) = &self.protection {
            if !session.can_starttls() {
                return Err(MailError::NoStartTls);
            }
            let upgraded = session.starttls(tls.clone(), &self.hello).await;
            upgraded.map_err(|error| not_taken(&error))?;
        }
        if let Some(login) = &self.login {
            let let_in = session.auth(&[Mechanism::Plain, Mechanism::Login], login).await;
            let_in.map_err(|error| match not_taken(&error) {
                MailError::Answered(code) if (400..500).contains(&code) => MailError::Answered(code),
                MailError::TimedOut => MailError::TimedOut,
                _ => MailError::Login,
            })?;
        }
        Ok(session)
    }
}

fn tls(settings: &MailerSettings) -> Result<TlsParameters, InvalidMailer> {
    let mut tls = TlsParameters::builder(settings.host.clone()).set_min_tls_version(TlsVersion::Tlsv12);
    if let Some(pem) = &settings.roots_pem {
        tls = tls.certificate_store(CertificateStore::None);
        let root = Certificate::from_pem(pem).map_err(|_| InvalidMailer::Roots)?;
        tls = tls.add_root_certificate(root);
    }
    let unusable = if settings.roots_pem.is_some() { InvalidMailer::Roots } else { InvalidMailer::NoRoots };
    tls.build().map_err(|_| unusable)
}

fn hello(name: &str) -> ClientId {
    let bare = name.trim_start_matches('[').trim_end_matches(']');
    match bare.parse() {
        Ok(std::net::IpAddr::V4(address)) => ClientId::Ipv4(address),
        Ok(std::net::IpAddr::V6(address)) => ClientId::Ipv6(address),
        Err(_) => ClientId::Domain(name.to_owned()),
    }
}

fn header(name: &'static str, value: &str) -> Result<HeaderValue, MailError> {
    let name = HeaderName::new_from_ascii(name.to_owned()).map_err(|_| MailError::Unsendable)?;
    Ok(HeaderValue::new(name, value.to_owned()))
}

/// The code of a refusal that is about the recipient or the message (RFC 5321, section 4.2.1: 55z). Other permanent answers
/// are about the gateway, and somebody may mend that.
fn refused(error: &Error) -> Option<u16> {
    error.status().map(u16::from).filter(|code| (550..560).contains(code))
}

fn not_taken(error: &Error) -> MailError {
    match error.status().map(u16::from) {
        Some(code) => MailError::Answered(code),
        None if error.is_timeout() => MailError::TimedOut,
        None => MailError::Unreachable,
    }
}
