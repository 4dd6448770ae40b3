//! A socket that speaks graphql-transport-ws.

#![expect(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use std::time::Duration;

use futures::{SinkExt as _, StreamExt as _};
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;
use tokio_tungstenite::tungstenite::{Error, Message};
use tokio_tungstenite::{WebSocketStream, client_async};

use crate::caller::Caller;
use crate::test_gateway::TestGateway;

/// A frame as tests send it.
pub use tokio_tungstenite::tungstenite::Message as Frame;

/// What comes at all comes within this.
const PATIENCE: Duration = Duration::from_secs(20);
/// What has not come after this does not come.
const A_MOMENT: Duration = Duration::from_millis(300);

/// One socket, as its client holds it. It answers pings whenever it reads.
pub struct Socket(WebSocketStream<TcpStream>);

impl Socket {
    /// Opens a socket at an address like `http://127.0.0.1:8080`, with these headers beside those of the handshake.
    ///
    /// # Errors
    /// The status that the handshake is refused with.
    pub async fn open(base: &str, headers: &[(&'static str, &str)]) -> Result<Self, u16> {
        Self::open_at(base, "/graphql/ws", headers).await
    }

    /// The same at another path.
    ///
    /// # Errors
    /// The status that the handshake is refused with.
    pub async fn open_at(base: &str, path: &str, headers: &[(&'static str, &str)]) -> Result<Self, u16> {
        let authority = base.strip_prefix("http://").expect("a plain address");
        let stream = TcpStream::connect(authority).await.expect("the gateway listens");
        let url = format!("ws://{authority}{path}");
        let mut request = url.into_client_request().expect("a request");
        for (name, value) in headers {
            request.headers_mut().insert(*name, value.parse().expect("a header"));
        }
        match client_async(request, stream).await {
            Ok((socket, _)) => Ok(Self(socket)),
            Err(Error::Http(answer)) => Err(answer.status().as_u16()),
            Err(error) => panic!("the handshake fails: {error}"),
        }
    }

    /// Opens a socket and says nothing yet.
    pub async fn at(base: &str) -> Self {
        Self::open(base, &[("sec-websocket-protocol", "graphql-transport-ws")]).await.expect("a socket")
    }

    /// Sends a frame as it is.
    pub async fn sends(&mut self, frame: Message) {
        self.0.send(frame).await.expect("the socket is open");
    }

    /// Says something.
    pub async fn says(&mut self, message: Value) {
        self.sends(Message::text(message.to_string())).await;
    }

    /// Says whose it is, and is acknowledged.
    pub async fn is_of(mut self, token: &str) -> Self {
        self.says(init(token)).await;
        assert_eq!(self.hears().await, json!({ "type": "connection_ack" }));
        self
    }

    /// Begins to follow, and knows that it has begun: what is said in order is answered in order.
    pub async fn follows(&mut self, id: &str, text: &str) {
        self.says(subscribe(id, text)).await;
        self.says(json!({ "type": "ping" })).await;
        assert_eq!(self.hears().await, json!({ "type": "pong" }), "{text}");
    }

    /// The next message.
    pub async fn hears(&mut self) -> Value {
        match timeout(PATIENCE, self.reads()).await.expect("a message comes") {
            Ok(message) => message,
            Err((code, reason)) => panic!("the socket is closed with {code}: {reason}"),
        }
    }

    /// The data of the next event of a subscription.
    pub async fn event(&mut self, id: &str) -> Value {
        let message = self.hears().await;
        assert_eq!((&message["type"], &message["id"]), (&json!("next"), &json!(id)), "{message}");
        assert_eq!(message["payload"]["errors"], Value::Null, "{message}");
        message["payload"]["data"].clone()
    }

    /// The errors with which a subscription is refused or ends, as their first code.
    pub async fn refusal(&mut self, id: &str) -> String {
        let message = self.hears().await;
        assert_eq!((&message["type"], &message["id"]), (&json!("error"), &json!(id)), "{message}");
        message["payload"][0]["extensions"]["code"].as_str().unwrap_or_default().to_owned()
    }

    /// That nothing comes for a moment.
    pub async fn hears_nothing(&mut self) {
        if let Ok(heard) = timeout(A_MOMENT, self.reads()).await {
            panic!("something comes: {heard:?}");
        }
    }

    /// The code and the reason with which the socket is closed; messages before that are passed over.
    pub async fn ends(&mut self) -> (u16, String) {
        let read = async {
            loop {
                if let Err(end) = self.reads().await {
                    return end;
                }
            }
        };
        timeout(PATIENCE, read).await.expect("the socket is closed")
    }

    async fn reads(&mut self) -> Result<Value, (u16, String)> {
        loop {
            match self.0.next().await {
                Some(Ok(Message::Text(text))) => {
                    return Ok(serde_json::from_str(&text).expect("a message is JSON"));
                }
                Some(Ok(Message::Close(Some(frame)))) => {
                    return Err((frame.code.into(), frame.reason.to_string()));
                }
                Some(Ok(_)) => {}
                None | Some(Err(_)) => return Err((1006, String::new())),
            }
        }
    }
}

/// The first message of a client.
#[must_use]
pub fn init(token: &str) -> Value {
    json!({ "type": "connection_init", "payload": { "authorization": format!("Bearer {token}") } })
}

/// Asks for something.
#[must_use]
pub fn subscribe(id: &str, text: &str) -> Value {
    json!({ "type": "subscribe", "id": id, "payload": { "query": text } })
}

impl Caller<'_> {
    /// A socket of this caller's, acknowledged.
    pub async fn socket(&self) -> Socket {
        Socket::at(self.gateway.address()).await.is_of(&self.token).await
    }
}

impl TestGateway {
    /// A socket that says nothing yet.
    pub async fn socket(&self) -> Socket {
        Socket::at(self.address()).await
    }
}
