//! How and when a request came in: the clock of Art. 12(3) starts here.

use jiff::Timestamp;

use crate::disclosure::Reader;
use crate::invalid::Invalid;
use crate::request::channel::RequestChannel;

/// The receipt of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Receipt {
    /// How it came in.
    pub channel: RequestChannel,
    /// When it came in.
    pub received_at: Timestamp,
}

/// Which part of a receipt was not accepted, by its name in the schema, and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{part}: {reason}")]
pub struct InvalidReceipt {
    /// `channel` or `receivedAt`.
    pub part: &'static str,
    /// What is wrong with it.
    pub reason: Invalid,
}

/// What a client says of a receipt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReceiptClaim {
    /// Who submits.
    pub submitter: Reader,
    /// The channel named; a self-service token's is always [`RequestChannel::SelfService`].
    pub channel: RequestChannel,
    /// When it came in; now where left out.
    pub received_at: Option<Timestamp>,
}

impl Receipt {
    /// Reads what a client sent.
    ///
    /// # Errors
    /// [`Invalid::ChannelOfTheSubject`] when staff names the person's own channel, [`Invalid::InTheFuture`] when the
    /// request would come in after `now`.
    pub fn parse(claim: ReceiptClaim, now: Timestamp) -> Result<Self, InvalidReceipt> {
        let channel = match (claim.submitter, claim.channel) {
            (Reader::DataSubject, _) => RequestChannel::SelfService,
            (Reader::Staff, RequestChannel::SelfService) => {
                return Err(InvalidReceipt { part: "channel", reason: Invalid::ChannelOfTheSubject });
            }
            (Reader::Staff, channel) => channel,
        };
        let received_at = claim.received_at.unwrap_or(now);
        if received_at > now {
            return Err(InvalidReceipt { part: "receivedAt", reason: Invalid::InTheFuture });
        }
        Ok(Self { channel, received_at })
    }
}

#[cfg(test)]
mod tests {
    use RequestChannel::{Api, Letter, SelfService};

    use super::*;

    #[test]
    fn the_channel_belongs_to_the_submitter_and_the_time_is_never_ahead() {
        let (before, now, after) =
            (Timestamp::UNIX_EPOCH, Timestamp::from_second(10).unwrap_or_default(), Timestamp::MAX);
        let refused = |part, reason| Err(InvalidReceipt { part, reason });
        for (submitter, channel, received_at, expected) in [
            (Reader::Staff, Letter, Some(before), Ok((Letter, before))),
            (Reader::Staff, Api, None, Ok((Api, now))),
            (Reader::Staff, Api, Some(now), Ok((Api, now))),
            (Reader::Staff, Api, Some(after), refused("receivedAt", Invalid::InTheFuture)),
            (Reader::Staff, SelfService, None, refused("channel", Invalid::ChannelOfTheSubject)),
            (Reader::DataSubject, Api, None, Ok((SelfService, now))),
            (Reader::DataSubject, SelfService, Some(before), Ok((SelfService, before))),
            (Reader::DataSubject, SelfService, Some(after), refused("receivedAt", Invalid::InTheFuture)),
        ] {
            let read = Receipt::parse(ReceiptClaim { submitter, channel, received_at }, now);
            let expected = expected.map(|(channel, received_at)| Receipt { channel, received_at });
            assert_eq!(read, expected, "{submitter:?} {channel:?} {received_at:?}");
        }
    }
}
