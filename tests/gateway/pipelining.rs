//! One connection, many requests: each is answered once, in order, and nothing that belongs to one is ever taken for
//! another (threat T12, request smuggling).

use std::time::Duration;

use support::tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use support::tokio::net::TcpStream;
use support::tokio::time::timeout;
use support::{Tenant, TestGateway};

/// How long the gateway may take for what it answers at all.
const PATIENCE: Duration = Duration::from_secs(20);

/// A connection that is written to byte by byte.
struct Wire<'g> {
    stream: TcpStream,
    token: &'g str,
    read: Vec<u8>,
}

/// An answer as it stands on the wire.
#[derive(Debug)]
struct Reply {
    status: u16,
    head: String,
    body: String,
}

impl<'g> Wire<'g> {
    async fn open(gateway: &TestGateway, token: &'g str) -> Self {
        let address = gateway.address().trim_start_matches("http://").to_owned();
        Self { stream: TcpStream::connect(address).await.unwrap(), token, read: Vec::new() }
    }

    async fn writes(&mut self, text: &str) {
        // A gateway that has closed its side refuses the rest, which is as good.
        let _refused = self.stream.write_all(text.as_bytes()).await;
    }

    /// A POST with this body; what is to stand between the other headers and the body is given.
    fn post(&self, headers: &str, body: &str) -> String {
        format!(
            "POST /graphql HTTP/1.1\r\nHost: gateway\r\nAuthorization: Bearer {}\r\nContent-Type: application/json\r\n{headers}\r\n{body}",
            self.token
        )
    }

    /// A query whose answer holds `name` as a key.
    fn query(&self, name: &str) -> String {
        let body = format!("{{\"query\":\"{{ viewer {{ {name}: actorId }} }}\"}}");
        self.post(&format!("Content-Length: {}\r\n", body.len()), &body)
    }

    /// The next answer; `None` when the gateway closes the connection.
    async fn reads(&mut self) -> Option<Reply> {
        loop {
            if let Some(reply) = self.complete() {
                return Some(reply);
            }
            let mut more = vec![0; 16 * 1_024];
            match timeout(PATIENCE, self.stream.read(&mut more)).await.unwrap() {
                Ok(0) | Err(_) => return None,
                Ok(count) => self.read.extend_from_slice(&more[..count]),
            }
        }
    }

    fn complete(&mut self) -> Option<Reply> {
        let text = String::from_utf8_lossy(&self.read).into_owned();
        let (head, rest) = text.split_once("\r\n\r\n")?;
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap();
        let named =
            |line: &str| line.to_ascii_lowercase().strip_prefix("content-length: ").map(str::to_owned);
        let length = head.lines().find_map(named).map_or(0, |length| length.parse().unwrap());
        let body = rest.get(..length)?.to_owned();
        let head = head.to_owned();
        self.read.drain(..head.len() + 4 + length);
        Some(Reply { status, head, body })
    }

    /// The statuses of all answers until the gateway closes, or has nothing more to say.
    async fn reads_all(&mut self) -> Vec<u16> {
        let mut statuses = Vec::new();
        while let Ok(Some(reply)) = timeout(Duration::from_secs(2), self.reads()).await {
            statuses.push(reply.status);
        }
        statuses
    }
}

async fn on_a_wire(test: impl AsyncFnOnce(&mut Wire<'_>, &Tenant<'_>)) {
    let gateway = TestGateway::sqlite().await;
    let tenant = gateway.tenant().await;
    let token = tenant.admin().token;
    test(&mut Wire::open(&gateway, &token).await, &tenant).await;
    gateway.stop().await;
}

#[test]
fn requests_that_are_sent_at_once_are_answered_in_their_order() {
    support::run(on_a_wire(async |wire, _| {
        let mut all = String::new();
        for number in 0..10 {
            let body = "{\"query\":\"{ broken\"}";
            let broken = wire.post(&format!("Content-Length: {}\r\n", body.len()), body);
            all += &if number == 5 { broken } else { wire.query(&format!("a{number}")) };
        }
        wire.writes(&all).await;
        for number in 0..10 {
            let reply = wire.reads().await.unwrap();
            assert_eq!(reply.status, 200);
            let told = if number == 5 { "GRAPHQL_PARSE_FAILED".to_owned() } else { format!("\"a{number}\"") };
            assert!(reply.body.contains(&told), "{number}: {}", reply.body);
        }
    }));
}

#[test]
fn a_connection_goes_on_after_a_request_that_was_refused_by_its_head() {
    support::run(on_a_wire(async |wire, _| {
        let body = "{\"query\":\"{ viewer { actorId } }\"}";
        let length = format!("Content-Length: {}\r\n", body.len());
        let nobody = wire.post(&length, body).replace("Bearer ", "Bearer x");
        let plain = wire.post(&length, body).replace("application/json", "text/plain");
        let method = wire.post(&length, body).replace("POST ", "PUT ");
        for (request, status) in [(nobody, 401), (plain, 400), (method, 405)] {
            wire.writes(&(request + &wire.query("next"))).await;
            let refused = wire.reads().await.unwrap();
            assert_eq!(refused.status, status, "{}", refused.body);
            match wire.reads().await {
                Some(next) => assert!(next.body.contains("\"next\""), "{status}: {}", next.body),
                // What was not read of the body closes the connection, which is as safe.
                None => return,
            }
        }
    }));
}

#[test]
fn what_follows_a_body_that_is_too_long_is_never_taken_for_a_request() {
    support::run(on_a_wire(async |wire, tenant| {
        let smuggled = wire.query("smuggled");
        let long = format!("{}{smuggled}", " ".repeat(2 << 20));
        for headers in
            [format!("Content-Length: {}\r\n", long.len()), "Transfer-Encoding: chunked\r\n".to_owned()]
        {
            let body = if headers.starts_with("Content") {
                long.clone()
            } else {
                format!("{:x}\r\n{long}\r\n0\r\n\r\n", long.len())
            };
            let mut wire = Wire::open(tenant.gateway(), wire.token).await;
            let request = wire.post(&headers, &body) + &wire.query("after");
            wire.writes(&request).await;
            // The rest of a body whose end is in sight is passed over, and what follows it is a request like any other; else
            // the connection is closed.
            let Some(refused) = wire.reads().await else { continue };
            assert_eq!(refused.status, 413, "{headers}");
            let Some(after) = wire.reads().await else { continue };
            assert!(after.body.contains("\"after\""), "{headers}: {}", after.body);
        }
    }));
}

#[test]
fn a_body_whose_length_is_told_in_two_ways_is_refused_and_the_connection_closed() {
    support::run(on_a_wire(async |wire, tenant| {
        let body = "{\"query\":\"{ viewer { actorId } }\"}";
        let chunked = format!("{:x}\r\n{body}\r\n0\r\n\r\n", body.len());
        let next = wire.query("smuggled");
        for (name, headers, body) in [
            (
                "both",
                format!("Content-Length: {}\r\nTransfer-Encoding: chunked\r\n", chunked.len()),
                chunked.clone(),
            ),
            (
                "both, the other way round",
                "Transfer-Encoding: chunked\r\nContent-Length: 4\r\n".to_owned(),
                chunked.clone(),
            ),
            (
                "two lengths",
                format!("Content-Length: {}\r\nContent-Length: 0\r\n", body.len()),
                body.to_owned(),
            ),
            ("a list of lengths", "Content-Length: 0, 0\r\n".to_owned(), String::new()),
            ("a sign", format!("Content-Length: +{}\r\n", body.len()), body.to_owned()),
            ("a negative length", "Content-Length: -1\r\n".to_owned(), body.to_owned()),
            ("an unknown coding", "Transfer-Encoding: chunked, gzip\r\n".to_owned(), chunked.clone()),
            ("a coding that is none", "Transfer-Encoding: xchunked\r\n".to_owned(), chunked.clone()),
            (
                "a chunk without a length",
                "Transfer-Encoding: chunked\r\n".to_owned(),
                format!("\r\n{body}\r\n0\r\n\r\n"),
            ),
            (
                "a chunk of no hexadecimal length",
                "Transfer-Encoding: chunked\r\n".to_owned(),
                format!("zz\r\n{body}\r\n0\r\n\r\n"),
            ),
            (
                "a chunk of endless length",
                "Transfer-Encoding: chunked\r\n".to_owned(),
                format!("ffffffffffffffffff\r\n{body}\r\n0\r\n\r\n"),
            ),
            (
                "a chunk that is longer than it says",
                "Transfer-Encoding: chunked\r\n".to_owned(),
                format!("4\r\n{body}\r\n0\r\n\r\n"),
            ),
        ] {
            let mut wire = Wire::open(tenant.gateway(), wire.token).await;
            wire.writes(&(wire.post(&headers, &body) + &next)).await;
            wire.stream.shutdown().await.ok();
            let statuses = wire.reads_all().await;
            assert!(statuses.iter().all(|status| *status != 200 && *status < 500), "{name}: {statuses:?}");
            assert!(statuses.len() <= 1, "{name}: {statuses:?}");
        }
    }));
}

#[test]
fn a_client_that_asks_first_is_told_to_go_on() {
    support::run(on_a_wire(async |wire, _| {
        let body = "{\"query\":\"{ viewer { asked: actorId } }\"}";
        wire.writes(&wire.post(&format!("Content-Length: {}\r\nExpect: 100-continue\r\n", body.len()), ""))
            .await;
        assert_eq!(wire.reads().await.map(|reply| reply.status), Some(100));
        wire.writes(&(body.to_owned() + &wire.query("next"))).await;
        for name in ["\"asked\"", "\"next\""] {
            let reply = wire.reads().await.unwrap();
            assert!(reply.status == 200 && reply.body.contains(name), "{}", reply.body);
        }
    }));
}

#[test]
fn an_answer_to_head_has_no_body_that_could_be_taken_for_the_next_answer() {
    support::run(on_a_wire(async |wire, _| {
        let head = "HEAD /healthz HTTP/1.1\r\nHost: gateway\r\n\r\n";
        wire.writes(&format!("{head}{}", wire.query("next"))).await;
        let mut answer = String::new();
        while !answer.contains("\"next\"") {
            let mut more = vec![0; 4_096];
            let count = timeout(PATIENCE, wire.stream.read(&mut more)).await.unwrap().unwrap();
            assert!(count > 0, "{answer}");
            answer += &String::from_utf8_lossy(&more[..count]);
        }
        let (first, second) = answer.split_once("\r\n\r\n").unwrap();
        assert!(first.starts_with("HTTP/1.1 200") && second.starts_with("HTTP/1.1 200"), "{answer}");
    }));
}

#[test]
fn the_head_of_an_answer_tells_no_server() {
    support::run(on_a_wire(async |wire, _| {
        wire.writes(&wire.query("a")).await;
        let reply = wire.reads().await.unwrap();
        assert!(!reply.head.to_ascii_lowercase().contains("server:"), "{}", reply.head);
    }));
}
