//! `[limits]`: how much one caller may ask for.

use serde::Deserialize;

/// How much one caller may ask for. How deeply brackets may nest is no setting: beyond the built-in bound the parser
/// could overrun its stack.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct LimitsConfig {
    /// Longest query text, in bytes.
    pub query_bytes: u64,
    /// Most lexical tokens in a query.
    pub tokens: u64,
    /// Deepest selection.
    pub depth: u64,
    /// Most aliases.
    pub aliases: u64,
    /// Most root fields in an operation.
    pub root_fields: u64,
    /// Highest cost of an operation: a field is 1, what stands in a list counts as often as the list is long.
    pub cost: u64,
    /// What happens to an operation that costs more.
    pub cost_mode: LimitMode,
    /// Operations that one request may hold as an array; 0 takes one that is no array.
    pub batch: u16,
    /// Requests per minute for one token; more are answered with 429.
    pub requests_per_minute: u32,
    /// What happens to more.
    pub requests_per_minute_mode: LimitMode,
    /// Cost units per minute for one token; operations beyond are answered with 429.
    pub cost_per_minute_token: u32,
    /// What happens to operations beyond.
    pub cost_per_minute_token_mode: LimitMode,
    /// Cost units per minute for all tokens of a tenant; operations beyond are answered with 429.
    pub cost_per_minute_tenant: u32,
    /// What happens to operations beyond.
    pub cost_per_minute_tenant_mode: LimitMode,
    /// Distinct data subjects that may be disclosed to one token within an hour; answers beyond are not sent, but 429.
    pub subjects_per_hour: u32,
    /// What happens to answers beyond.
    pub subjects_per_hour_mode: LimitMode,
    /// Requests that are worked on at the same time.
    pub concurrent_requests: u32,
    /// Requests that may wait for their turn; more are answered with 503.
    pub queue: u32,
    /// Longest wait for a turn, in milliseconds.
    pub queue_wait_ms: u64,
    /// Sockets for subscriptions at the same time; more are answered with 503.
    pub sockets: u32,
    /// Sockets of one tenant at the same time, in one process.
    pub sockets_per_tenant: u32,
    /// Subscriptions on one socket.
    pub socket_subscriptions: u32,
    /// How long a socket may wait before it says whose it is, in seconds.
    pub socket_init_seconds: u64,
    /// Between two pings on a socket, in seconds; one that does not answer is closed.
    pub socket_ping_seconds: u64,
}

/// What happens at a limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub enum LimitMode {
    /// What is beyond it is refused.
    Enforce,
    /// What would be refused is counted in the log and in metrics, and let pass.
    Measure,
}

impl TryFrom<String> for LimitMode {
    type Error = &'static str;

    fn try_from(word: String) -> Result<Self, Self::Error> {
        match word.as_str() {
            "enforce" => Ok(Self::Enforce),
            "measure" => Ok(Self::Measure),
            _ => Err("expected enforce or measure"),
        }
    }
}

impl Default for LimitsConfig {
    fn default() -> Self {
        Self {
            query_bytes: 65_536,
            tokens: 10_000,
            depth: 15,
            aliases: 100,
            root_fields: 30,
            cost: 10_000,
            cost_mode: LimitMode::Enforce,
            batch: 0,
            requests_per_minute: 6_000,
            requests_per_minute_mode: LimitMode::Enforce,
            cost_per_minute_token: 6_000_000,
            cost_per_minute_token_mode: LimitMode::Enforce,
            cost_per_minute_tenant: 30_000_000,
            cost_per_minute_tenant_mode: LimitMode::Enforce,
            subjects_per_hour: 10_000,
            subjects_per_hour_mode: LimitMode::Enforce,
            concurrent_requests: 64,
            queue: 256,
            queue_wait_ms: 1_000,
            sockets: 500,
            sockets_per_tenant: 100,
            socket_subscriptions: 50,
            socket_init_seconds: 10,
            socket_ping_seconds: 15,
        }
    }
}
