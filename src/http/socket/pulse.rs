//! Signs of life. A client that does not answer a ping is gone or does not read; after some messages it is asked, and gets
//! no more of them until it answers, so that little of what nobody reads is kept anywhere.

use std::time::Duration;

use tokio::time::Instant;

/// Messages, and bytes of them, that are sent without a sign of life.
const WINDOW: (usize, usize) = (32, 256 * 1_024);
/// Longest wait for an answer to a ping.
const PATIENCE: Duration = Duration::from_secs(10);

/// What is to be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Beat {
    /// Nothing yet.
    Rest,
    /// A ping is to be sent; it counts as sent.
    Ping,
    /// The client has not answered the last one in time.
    Dead,
}

/// When the client last gave a sign of life, and what it was sent since.
pub struct Pulse {
    every: Duration,
    next: Instant,
    asked: Option<Instant>,
    sent: (usize, usize),
}

impl Pulse {
    /// A client that was just alive, and is asked whenever it has been silent for so long.
    pub fn new(every: Duration, now: Instant) -> Self {
        Self { every, next: now + every, asked: None, sent: (0, 0) }
    }

    /// When to look next.
    pub fn looks_at(&self) -> Instant {
        self.asked.map_or(self.next, |asked| asked + self.patience())
    }

    /// Whether no more messages are sent before the client answers.
    pub const fn is_full(&self) -> bool {
        self.sent.0 >= WINDOW.0 || self.sent.1 >= WINDOW.1
    }

    /// A message of so many bytes was sent.
    pub const fn sent(&mut self, bytes: usize) {
        self.sent = (self.sent.0.saturating_add(1), self.sent.1.saturating_add(bytes));
    }

    /// The client answered a ping.
    pub fn answered(&mut self, now: Instant) {
        if self.asked.take().is_some() {
            self.sent = (0, 0);
            self.next = now + self.every;
        }
    }

    /// Looks.
    pub fn beat(&mut self, now: Instant) -> Beat {
        match self.asked {
            Some(asked) if now >= asked + self.patience() => Beat::Dead,
            None if self.is_full() || now >= self.next => {
                self.asked = Some(now);
                Beat::Ping
            }
            _ => Beat::Rest,
        }
    }

    fn patience(&self) -> Duration {
        self.every.min(PATIENCE)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const EVERY: Duration = Duration::from_secs(5);

    #[test]
    fn a_client_that_answers_is_asked_again_and_one_that_does_not_is_dead() {
        let began = Instant::now();
        let mut pulse = Pulse::new(EVERY, began);
        assert_eq!(pulse.beat(began), Beat::Rest);
        let asked = pulse.looks_at();
        assert_eq!((asked, pulse.beat(asked)), (began + EVERY, Beat::Ping));
        assert_eq!(pulse.beat(asked), Beat::Rest);
        pulse.answered(asked);
        let again = pulse.looks_at();
        assert_eq!((again, pulse.beat(again)), (asked + EVERY, Beat::Ping));
        assert_eq!(pulse.beat(pulse.looks_at()), Beat::Dead);
    }

    #[test]
    fn after_some_messages_a_client_must_answer_before_it_gets_more() {
        let now = Instant::now();
        let mut pulse = Pulse::new(EVERY, now);
        for _ in 0..WINDOW.0 {
            assert!(!pulse.is_full());
            pulse.sent(1);
        }
        assert!(pulse.is_full());
        assert_eq!(pulse.beat(now), Beat::Ping);
        pulse.answered(now);
        assert!(!pulse.is_full());
        pulse.sent(WINDOW.1);
        assert!(pulse.is_full(), "one long message is as good as many");
    }

    #[test]
    fn an_answer_that_nobody_asked_for_counts_for_nothing() {
        let now = Instant::now();
        let mut pulse = Pulse::new(EVERY, now);
        pulse.sent(WINDOW.1);
        pulse.answered(now);
        assert!(pulse.is_full());
    }
}
