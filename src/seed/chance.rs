//! Chance that repeats itself: the same seed, subject matter and number give the same bytes.

use std::sync::atomic::{AtomicU64, Ordering};

use domain::clock::Entropy;

/// What bytes are drawn for, so that a tenant and a person of the same number have nothing in common.
#[derive(Clone, Copy)]
pub(super) enum Matter {
    Tenant,
    Agreement,
    Person,
}

const STEP: u64 = 0x9e37_79b9_7f4a_7c15;

/// A row of bytes (`SplitMix64`). It makes identifiers and values, never keys.
pub(super) struct Chance(AtomicU64);

impl Chance {
    /// The row for the `number`th thing of a kind under a seed.
    pub(super) fn new(seed: u64, matter: Matter, number: u64) -> Self {
        let kind = match matter {
            Matter::Tenant => 1,
            Matter::Agreement => 2,
            Matter::Person => 3,
        };
        Self(AtomicU64::new(mixed(mixed(mixed(seed) ^ kind) ^ number)))
    }

    fn next(&self) -> u64 {
        mixed(self.0.fetch_add(STEP, Ordering::Relaxed))
    }

    /// A number below `bound`, which is not 0.
    pub(super) fn below(&self, bound: u64) -> u64 {
        self.next() % bound.max(1)
    }

    /// One of several; the empty text where there are none.
    pub(super) fn pick(&self, of: &[&'static str]) -> &'static str {
        let length = u64::try_from(of.len()).unwrap_or(u64::MAX);
        usize::try_from(self.below(length)).ok().and_then(|at| of.get(at)).copied().unwrap_or_default()
    }
}

impl Entropy for Chance {
    fn fill(&self, bytes: &mut [u8]) {
        for chunk in bytes.chunks_mut(8) {
            for (byte, drawn) in chunk.iter_mut().zip(self.next().to_le_bytes()) {
                *byte = drawn;
            }
        }
    }
}

const fn mixed(number: u64) -> u64 {
    let number = number.wrapping_add(STEP);
    let number = (number ^ (number >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let number = (number ^ (number >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    number ^ (number >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(seed: u64, matter: Matter, number: u64) -> [u8; 24] {
        let mut bytes = [0; 24];
        Chance::new(seed, matter, number).fill(&mut bytes);
        bytes
    }

    #[test]
    fn the_same_is_drawn_again_and_nothing_else_is_the_same() {
        let first = drawn(7, Matter::Person, 1);
        assert_eq!(first, drawn(7, Matter::Person, 1));
        for other in [drawn(8, Matter::Person, 1), drawn(7, Matter::Person, 2), drawn(7, Matter::Tenant, 1)] {
            assert_ne!(first, other);
        }
    }
}
