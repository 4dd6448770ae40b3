//! Why a socket ends, as its client is told: the table of `docs/subscriptions.md`.

/// Why a socket ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// The client closed it, or is gone.
    Left,
    /// The process stops.
    Stopping,
    /// A message is over the limit.
    TooLong,
    /// What was sent is no message of the protocol.
    Malformed(&'static str),
    /// Something was asked for before the connection was acknowledged.
    NotAcknowledged,
    /// The token proves nothing; never says why.
    BadToken,
    /// The token has expired.
    Expired,
    /// The console's session is over, or the first message does not repeat what its requests repeat.
    SessionOver,
    /// `connection_init` did not come in time.
    TooLate,
    /// The identifier names a subscription that runs.
    Repeated,
    /// `connection_init` came twice.
    InitTwice,
    /// The client does not read what it is sent.
    Slow,
    /// The tenant has as many sockets as it may have.
    TooMany,
    /// Something may have changed that was not told.
    Missed,
    /// More messages than one caller may send.
    TooOften,
    /// Our fault; the cause is in the log.
    Failed,
}

impl Ending {
    /// Code and reason of the close frame; a reason has at most 123 bytes (RFC 6455 section 5.5).
    pub const fn told(self) -> (u16, &'static str) {
        match self {
            Self::Left => (1000, ""),
            Self::Stopping => (1001, "the gateway is stopping: connect again"),
            Self::TooLong => (1009, "the message is too long: see docs/subscriptions.md"),
            Self::Malformed(why) => (4400, why),
            Self::NotAcknowledged => (4401, "wait for connection_ack before anything else"),
            Self::BadToken => (4403, "the bearer token is missing or not valid"),
            Self::Expired => (4403, "the token has expired: connect again with a new one"),
            Self::SessionOver => (4403, "the session is over: sign in again"),
            Self::TooLate => (4408, "send connection_init as soon as the socket is open"),
            Self::Repeated => (4409, "a subscription with this id is running: choose another id"),
            Self::InitTwice => (4429, "connection_init is sent once"),
            Self::Slow => {
                (4290, "messages are not read in time: read faster or follow less, and connect again")
            }
            Self::TooMany => (4291, "the tenant has too many sockets: close one, or share one"),
            Self::Missed => (4292, "changes may have been missed: connect again and read the list anew"),
            Self::TooOften => (4293, "too many messages with this token: send fewer"),
            Self::Failed => (4500, "the gateway failed: report the request id"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reason_fits_into_a_close_frame() {
        for ending in [
            Ending::Left,
            Ending::Stopping,
            Ending::TooLong,
            Ending::Malformed(""),
            Ending::NotAcknowledged,
            Ending::BadToken,
            Ending::Expired,
            Ending::SessionOver,
            Ending::TooLate,
            Ending::Repeated,
            Ending::InitTwice,
            Ending::Slow,
            Ending::TooMany,
            Ending::Missed,
            Ending::TooOften,
            Ending::Failed,
        ] {
            assert!(ending.told().1.len() <= 123, "{ending:?}");
        }
    }
}
