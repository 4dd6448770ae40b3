//! A mail server of a test's own (RFC 5321, as far as a sender needs it): keeps what it is given, and misbehaves as told.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use gateway::config::{Config, MailProtection};
use mail_parser::{Message, MessageParser};
use support::tokio;
use tokio::io::{AsyncBufReadExt as _, AsyncRead, AsyncWrite, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;

/// What the server does, but for what is said here the right thing.
#[derive(Clone, Default)]
pub struct Manner {
    /// Answers this command with this code: `RCPT`, or `.` for the end of the message.
    pub answers: Option<(&'static str, u16)>,
    /// Says nothing any more from this command on.
    pub hangs_at: Option<&'static str>,
    /// Ends the connection at this command, `.` after it has kept the message.
    pub drops_at: Option<&'static str>,
    /// Says this in its answer to `EHLO`.
    pub offers: &'static [&'static str],
    /// Takes this for the credentials, in base 64.
    pub lets_in: Option<String>,
}

/// An e-mail as it came in.
#[derive(Clone)]
pub struct Received {
    pub from: String,
    pub to: Vec<String>,
    pub bytes: Vec<u8>,
    /// Whether it came by TLS.
    pub protected: bool,
}

impl Received {
    /// The message, read by an implementation of MIME that is not the sender's.
    pub fn parsed(&self) -> Message<'_> {
        MessageParser::default().parse(&self.bytes).unwrap()
    }

    pub fn subject(&self) -> String {
        self.parsed().subject().unwrap().to_owned()
    }

    pub fn body(&self) -> String {
        self.parsed().body_text(0).unwrap().replace("\r\n", "\n")
    }

    pub fn id(&self) -> String {
        self.parsed().message_id().unwrap().to_owned()
    }
}

#[derive(Default)]
struct State {
    manner: Mutex<Manner>,
    received: Mutex<Vec<Received>>,
    commands: Mutex<Vec<String>>,
}

pub struct Sink {
    pub address: SocketAddr,
    state: Arc<State>,
}

/// How the server speaks TLS.
#[derive(Clone)]
pub enum Tls {
    No,
    FromTheStart(TlsAcceptor),
    Upgraded(TlsAcceptor),
}

impl Sink {
    pub async fn start() -> Self {
        Self::with(Tls::No).await
    }

    pub async fn with(tls: Tls) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let (address, state) = (listener.local_addr().unwrap(), Arc::new(State::default()));
        let serving = Arc::clone(&state);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(stream, tls.clone(), Arc::clone(&serving)));
            }
        });
        Self { address, state }
    }

    /// Has the gateway send its notices here.
    pub fn configure(&self, config: &mut Config) {
        config.mail.host = Some("127.0.0.1".to_owned());
        config.mail.port = Some(self.address.port());
        config.mail.security = MailProtection::None;
        config.mail.from = Some("notices@vendor.example".to_owned());
        config.mail.reply_to = Some("privacy@vendor.example".to_owned());
        config.mail.timeout_seconds = 1;
    }

    /// What it does from now on.
    pub fn behaves(&self, manner: Manner) {
        *self.state.manner.lock().unwrap() = manner;
    }

    /// All that came in so far.
    pub fn received(&self) -> Vec<Received> {
        self.state.received.lock().unwrap().clone()
    }

    pub fn subjects(&self) -> Vec<String> {
        self.received().iter().map(Received::subject).collect()
    }

    /// The commands that came in so far, in upper case and without what follows them.
    pub fn commands(&self) -> Vec<String> {
        self.state.commands.lock().unwrap().clone()
    }
}

async fn serve(stream: TcpStream, tls: Tls, state: Arc<State>) {
    match tls {
        Tls::No => drop(Session::new(stream, &state).run().await),
        Tls::FromTheStart(acceptor) => {
            let Ok(stream) = acceptor.accept(stream).await else { return };
            drop(Session { protected: true, ..Session::new(stream, &state) }.run().await);
        }
        Tls::Upgraded(acceptor) => {
            let mut session = Session::new(stream, &state);
            session.offers_tls = true;
            let Some(stream) = session.run().await else { return };
            let Ok(stream) = acceptor.accept(stream).await else { return };
            let session = Session { protected: true, greets: false, ..Session::new(stream, &state) };
            drop(session.run().await);
        }
    }
}

struct Session<'s, S> {
    stream: BufReader<S>,
    state: &'s State,
    protected: bool,
    greets: bool,
    offers_tls: bool,
    from: String,
    to: Vec<String>,
}

impl<'s, S: AsyncRead + AsyncWrite + Unpin> Session<'s, S> {
    fn new(stream: S, state: &'s State) -> Self {
        let stream = BufReader::new(stream);
        let (from, to) = (String::new(), Vec::new());
        Self { stream, state, protected: false, greets: true, offers_tls: false, from, to }
    }

    /// Serves until the client or a manner ends it; gives the bare connection back for an upgrade.
    async fn run(mut self) -> Option<S> {
        if self.greets && !self.answer("CONNECT", "220 sink ESMTP").await? {
            return None;
        }
        loop {
            let line = self.line().await?;
            let command = line.split([' ', ':']).next().unwrap_or_default().to_uppercase();
            self.state.commands.lock().unwrap().push(command.clone());
            let said = match command.as_str() {
                "EHLO" => self.features(),
                "STARTTLS" => "220 go ahead".to_owned(),
                "AUTH" if self.knows(&line) => "235 welcome".to_owned(),
                "AUTH" => "535 no".to_owned(),
                "MAIL" => {
                    self.from = address(&line);
                    "250 ok".to_owned()
                }
                "RCPT" => {
                    self.to.push(address(&line));
                    "250 ok".to_owned()
                }
                "DATA" => "354 go on".to_owned(),
                "QUIT" => "221 bye".to_owned(),
                _ => "500 what?".to_owned(),
            };
            if !self.answer(&command, &said).await? || command == "QUIT" {
                return None;
            }
            if command == "STARTTLS" {
                return Some(self.stream.into_inner());
            }
            if command == "DATA" && said.starts_with("354") {
                self.message().await?;
            }
        }
    }

    async fn message(&mut self) -> Option<()> {
        let mut bytes = Vec::new();
        loop {
            let line = self.line().await?;
            if line == "." {
                break;
            }
            let stuffed = line.strip_prefix('.').unwrap_or(&line);
            bytes.extend_from_slice(stuffed.as_bytes());
            bytes.extend_from_slice(b"\r\n");
        }
        let manner = self.manner();
        if manner.answers.is_none_or(|(command, _)| command != ".") && manner.hangs_at != Some(".") {
            let (from, to) = (self.from.clone(), std::mem::take(&mut self.to));
            let received = Received { from, to, bytes, protected: self.protected };
            self.state.received.lock().unwrap().push(received);
        }
        self.answer(".", "250 kept").await?.then_some(())
    }

    fn manner(&self) -> Manner {
        self.state.manner.lock().unwrap().clone()
    }

    fn knows(&self, line: &str) -> bool {
        self.manner().lets_in.is_some_and(|known| line == format!("AUTH PLAIN {known}"))
    }

    fn features(&self) -> String {
        let mut features = vec!["sink"];
        features.extend(self.manner().offers);
        if self.offers_tls {
            features.push("STARTTLS");
        }
        let last = features.len() - 1;
        let lines = features.iter().enumerate();
        let lines = lines.map(|(at, name)| format!("250{}{name}", if at == last { ' ' } else { '-' }));
        lines.collect::<Vec<_>>().join("\r\n")
    }

    /// Says what is right at a command, or what the manner wants; whether the session goes on.
    async fn answer(&mut self, command: &str, right: &str) -> Option<bool> {
        let manner = self.manner();
        if manner.drops_at == Some(command) {
            return Some(false);
        }
        if manner.hangs_at == Some(command) {
            tokio::time::sleep(Duration::from_mins(10)).await;
        }
        let refused = manner.answers.filter(|(at, _)| *at == command);
        let said = refused.map_or_else(|| right.to_owned(), |(_, code)| format!("{code} no"));
        self.stream.write_all(format!("{said}\r\n").as_bytes()).await.ok()?;
        self.stream.flush().await.ok()?;
        Some(true)
    }

    async fn line(&mut self) -> Option<String> {
        let mut line = String::new();
        let read = self.stream.read_line(&mut line).await.ok()?;
        (read > 0).then(|| line.trim_end_matches(['\r', '\n']).to_owned())
    }
}

fn address(line: &str) -> String {
    line.split(['<', '>']).nth(1).unwrap_or_default().to_owned()
}
