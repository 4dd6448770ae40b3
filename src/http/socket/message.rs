//! The messages of graphql-transport-ws, as pure functions.

use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::entrance::Entrance;
use crate::graphql::ErrorCode;
use crate::http::protocol::{Call, parse_message};

/// Longest identifier of a subscription, in bytes.
const LONGEST_ID: usize = 256;

/// What a client says. No `Debug`: it may hold a token, or personal data.
pub enum Said {
    /// Who it is: what the payload holds under the name that the entrance looks for.
    Init(Option<String>),
    /// Asks for a sign of life.
    Ping,
    /// Gives one.
    Pong,
    /// Asks for something.
    Subscribe(String, Box<Call>),
    /// Asks for something that is not listed.
    NotListed(String),
    /// Wants no more of it.
    Complete(String),
}

#[derive(Deserialize)]
struct Message {
    r#type: String,
    id: Option<String>,
    payload: Option<Value>,
}

/// Reads a client's message.
///
/// # Errors
/// What is wrong with it; nothing of what was sent is repeated.
pub fn read(text: &str, entrance: &Entrance) -> Result<Said, &'static str> {
    let message: Message =
        serde_json::from_str(text).map_err(|_| "not a message of graphql-transport-ws: JSON with a type")?;
    match message.r#type.as_str() {
        "connection_init" => Ok(Said::Init(credential(message.payload, entrance.member())?)),
        "ping" => Ok(Said::Ping),
        "pong" => Ok(Said::Pong),
        "subscribe" => {
            let id = identifier(message.id)?;
            let payload = message.payload.ok_or("subscribe has no payload")?;
            let call =
                parse_message(payload).map_err(|_| "the payload of subscribe is no GraphQL request")?;
            Ok(match entrance.resolve(call) {
                Some(call) => Said::Subscribe(id, Box::new(call)),
                None => Said::NotListed(id),
            })
        }
        "complete" => Ok(Said::Complete(identifier(message.id)?)),
        _ => Err("a client sends connection_init, subscribe, complete, ping and pong"),
    }
}

/// What says who it is, under a name whose case does not matter.
fn credential(payload: Option<Value>, member: &str) -> Result<Option<String>, &'static str> {
    let members: Map<String, Value> = match payload {
        None | Some(Value::Null) => return Ok(None),
        Some(Value::Object(members)) => members,
        Some(_) => return Err("the payload of connection_init is no object"),
    };
    let mut named = members.into_iter().filter(|(name, _)| name.eq_ignore_ascii_case(member));
    match (named.next(), named.next()) {
        (Some((_, Value::String(text))), None) => Ok(Some(text)),
        (None, _) => Ok(None),
        _ if member == "csrf" => Err("csrf is one text: that of /console/session"),
        _ => Err("authorization is one text: Bearer and the token"),
    }
}

fn identifier(id: Option<String>) -> Result<String, &'static str> {
    id.filter(|id| !id.is_empty() && id.len() <= LONGEST_ID).ok_or("an id has 1 to 256 bytes")
}

/// The client is known.
pub fn acknowledgement() -> String {
    json!({ "type": "connection_ack" }).to_string()
}

/// A sign of life.
pub fn pong() -> String {
    json!({ "type": "pong" }).to_string()
}

/// A result; `payload` is JSON.
pub fn next(id: &str, payload: &[u8]) -> String {
    let (id, payload) = (Value::from(id), String::from_utf8_lossy(payload));
    format!(r#"{{"id":{id},"type":"next","payload":{payload}}}"#)
}

/// A subscription was refused, or ends: `answer` is the JSON of an answer that holds errors alone.
pub fn refused(id: &str, answer: &[u8]) -> String {
    let errors = serde_json::from_slice(answer).ok().and_then(|mut answer: Value| {
        let errors = answer.get_mut("errors")?.take();
        Some(errors)
    });
    json!({ "id": id, "type": "error", "payload": errors.unwrap_or_else(|| json!([])) }).to_string()
}

/// A subscription was refused with one error.
pub fn error(id: &str, code: ErrorCode, message: &str) -> String {
    let errors = json!([{ "message": message, "extensions": { "code": code.text() } }]);
    json!({ "id": id, "type": "error", "payload": errors }).to_string()
}

/// Nothing more will come.
pub fn complete(id: &str) -> String {
    json!({ "id": id, "type": "complete" }).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(said: &Result<Said, &'static str>) -> String {
        match said {
            Ok(Said::Init(text)) => format!("init {}", text.as_deref().unwrap_or("-")),
            Ok(Said::Ping) => "ping".to_owned(),
            Ok(Said::Pong) => "pong".to_owned(),
            Ok(Said::Subscribe(id, call)) => {
                format!("subscribe {id} {}", call.query.as_deref().unwrap_or("-"))
            }
            Ok(Said::NotListed(id)) => format!("not listed {id}"),
            Ok(Said::Complete(id)) => format!("complete {id}"),
            Err(_) => "malformed".to_owned(),
        }
    }

    #[test]
    fn what_a_client_says_is_read_and_nothing_else() {
        let long = "i".repeat(257);
        for (text, expected) in [
            (r#"{"type":"connection_init"}"#, "init -"),
            (r#"{"type":"connection_init","payload":{}}"#, "init -"),
            (r#"{"type":"connection_init","payload":{"Authorization":"Bearer t"}}"#, "init Bearer t"),
            (r#"{"type":"connection_init","payload":{"authorization":7}}"#, "malformed"),
            (
                r#"{"type":"connection_init","payload":{"authorization":"a","Authorization":"b"}}"#,
                "malformed",
            ),
            (r#"{"type":"connection_init","payload":[]}"#, "malformed"),
            (r#"{"type":"ping","payload":{"x":1}}"#, "ping"),
            (r#"{"type":"pong"}"#, "pong"),
            (r#"{"type":"subscribe","id":"1","payload":{"query":"q"}}"#, "subscribe 1 q"),
            (r#"{"type":"subscribe","id":"1","payload":{}}"#, "malformed"),
            (r#"{"type":"subscribe","id":"1"}"#, "malformed"),
            (r#"{"type":"subscribe","id":"","payload":{"query":"q"}}"#, "malformed"),
            (r#"{"type":"subscribe","payload":{"query":"q"}}"#, "malformed"),
            (r#"{"type":"complete","id":"1"}"#, "complete 1"),
            (&format!(r#"{{"type":"complete","id":"{long}"}}"#), "malformed"),
            (r#"{"type":"next","id":"1"}"#, "malformed"),
            (r#"{"type":7}"#, "malformed"),
            ("[]", "malformed"),
            ("", "malformed"),
            ("{", "malformed"),
        ] {
            assert_eq!(name(&read(text, &Entrance::Token)), expected, "{text}");
        }
    }

    #[test]
    fn an_id_that_holds_marks_of_json_stays_one() {
        let sent = next("a\"b", br#"{"data":{}}"#);
        let read: Value = serde_json::from_str(&sent).unwrap_or_default();
        assert_eq!(read, json!({ "id": "a\"b", "type": "next", "payload": { "data": {} } }));
    }
}
