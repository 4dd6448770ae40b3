//! A system outside, as far as it matters here: a plain server for one message, on a loopback address.

use std::net::SocketAddr;
use std::time::Duration;

use connector::{
    Allowed, Endpoint, Loopback, Message, MessageId, REPLY_LIMIT, Reply, Resolver, Secret, SendError, Sender,
    SenderSettings,
};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

pub const BODY: &[u8] = br#"{"type":"example.event"}"#;

/// How the server answers.
#[derive(Clone, Copy)]
pub enum Answer {
    /// With this and the end of the connection.
    Text(&'static str),
    /// With this, and then bytes for ever.
    Endless(&'static str),
    /// With this, and then silence on an open connection.
    Stalling(&'static str),
}

pub struct Receiver {
    pub address: SocketAddr,
    request: JoinHandle<String>,
}

impl Receiver {
    pub async fn answering(answer: Answer) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let request = tokio::spawn(async move {
            let (mut connection, _) = listener.accept().await.unwrap();
            let request = read_request(&mut connection).await;
            respond(&mut connection, answer).await;
            request
        });
        Self { address, request }
    }

    pub fn url(&self) -> String {
        format!("http://{}/privacy?key=k", self.address)
    }

    /// The request as it stood on the wire, once the answer is out.
    pub async fn request(self) -> String {
        self.request.await.unwrap()
    }

    /// Whether anybody connected.
    pub fn was_reached(&self) -> bool {
        self.request.is_finished()
    }
}

async fn read_request(connection: &mut TcpStream) -> String {
    let mut request = Vec::new();
    // 22 begins a TLS handshake, which has no body to wait for.
    while !request.ends_with(BODY) && request.first() != Some(&22) {
        let mut piece = [0_u8; 4096];
        let count = connection.read(&mut piece).await.unwrap_or(0);
        if count == 0 {
            break;
        }
        request.extend_from_slice(&piece[..count]);
    }
    String::from_utf8_lossy(&request).into_owned()
}

async fn respond(connection: &mut TcpStream, answer: Answer) {
    let (Answer::Text(text) | Answer::Endless(text) | Answer::Stalling(text)) = answer;
    connection.write_all(text.as_bytes()).await.unwrap();
    match answer {
        Answer::Text(_) => connection.shutdown().await.unwrap(),
        Answer::Endless(_) => while connection.write_all(&[b'x'; 4096]).await.is_ok() {},
        // Ends when the other side hangs up.
        Answer::Stalling(_) => drop(connection.read(&mut [0_u8; 1]).await),
    }
}

pub fn reachable() -> Allowed {
    Allowed { loopback: Loopback::Reachable, own: Vec::new() }
}

pub fn refused() -> Allowed {
    Allowed { loopback: Loopback::Refused, own: Vec::new() }
}

pub fn settings(allowed: Allowed) -> SenderSettings {
    SenderSettings {
        connect_timeout: Duration::from_secs(5),
        total_timeout: Duration::from_secs(20),
        reply_limit: REPLY_LIMIT,
        allowed,
        resolver: Resolver::system(),
    }
}

/// One attempt with a message of [`BODY`] and one secret.
pub async fn post(url: &str, settings: SenderSettings) -> Result<Reply, SendError> {
    let secret = Secret::parse("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").unwrap();
    post_signed(url, settings, &[&secret]).await
}

pub async fn post_signed(
    url: &str,
    settings: SenderSettings,
    secrets: &[&Secret],
) -> Result<Reply, SendError> {
    let endpoint = Endpoint::parse(url, &reachable()).unwrap();
    let id = MessageId::parse("delivery_01h2xcejqtf2nbrexx3vqjhp41").unwrap();
    let message =
        Message { id: &id, timestamp_seconds: 1_614_265_330, body: BODY, content_type: "application/json" };
    Sender::new(settings).post(&endpoint, &message, secrets).await
}
