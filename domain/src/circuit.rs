//! When a system that keeps failing is left alone, and when one message is tried again to see whether it has come back.

use std::time::Duration;

use jiff::Timestamp;

use crate::system::doubled_pause;

/// So many failures in a row, of whatever messages, open a system's circuit.
pub const OPENS_AFTER: u32 = 3;

/// The longest pause between two probes: so late at most a system that has come back is noticed.
const LONGEST_PAUSE: Duration = Duration::from_mins(15);

/// When the one message that probes a system may go out after its last `failures` messages all failed; `None` while the
/// circuit is closed and each message keeps its own time. The pauses double as those of a single message do, up to 15
/// minutes, and `chance` takes off up to a quarter.
#[must_use]
pub fn next_probe((failures, chance): (u32, u8), now: Timestamp) -> Option<Timestamp> {
    let pause = doubled_pause((failures, chance), LONGEST_PAUSE);
    (failures >= OPENS_AFTER).then(|| now.checked_add(pause).unwrap_or(Timestamp::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_third_failure_opens_and_the_pauses_grow_to_a_quarter_of_an_hour() {
        let pause = |failures| {
            let at = next_probe((failures, 0), Timestamp::UNIX_EPOCH)?;
            Some(at.duration_since(Timestamp::UNIX_EPOCH).as_secs())
        };
        let expected = [
            (0, None),
            (2, None),
            (3, Some(20)),
            (4, Some(40)),
            (8, Some(640)),
            (9, Some(900)),
            (u32::MAX, Some(900)),
        ];
        for (failures, seconds) in expected {
            assert_eq!(pause(failures), seconds, "{failures}");
        }
    }
}
