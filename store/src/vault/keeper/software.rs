//! Master keys that this process holds, as a text lists them: one a line, the newest last, each with the instant since when
//! it is, where somebody wrote that behind it. Lines that begin with `#` say something to people.

use jiff::Timestamp;
use uuid::Uuid;
use zeroize::Zeroizing;

use super::{KeeperError, KnownMasterKey, is_unnamed};
use crate::vault::envelope::SealKey;
use crate::vault::master::MasterKey;

/// More than this is no list of keys.
const MOST_BYTES: usize = 65_536;

/// A key ready for use.
struct Held {
    known: KnownMasterKey,
    wraps: SealKey,
    /// For what was wrapped before wrapped keys named their master key.
    unnamed: Vec<SealKey>,
    master: MasterKey,
}

/// Several of them, the newest last.
pub(super) struct SoftwareKeys(Vec<Held>);

impl SoftwareKeys {
    pub(super) fn parse(text: &str) -> Result<Self, KeeperError> {
        let fault =
            |line: usize, fault: &str| KeeperError::Invalid { path: None, line, fault: fault.to_owned() };
        if text.len() > MOST_BYTES {
            return Err(fault(1, "this is no list of master keys"));
        }
        let mut keys: Vec<Held> = Vec::new();
        for (number, line) in text.lines().enumerate() {
            for entry in line.split(',').map(str::trim) {
                if entry.is_empty() || entry.starts_with('#') {
                    continue;
                }
                let held = held(entry).map_err(|text| fault(number + 1, &text))?;
                if keys.iter().any(|key| key.known.id == held.known.id) {
                    return Err(fault(number + 1, "this master key is listed twice"));
                }
                keys.push(held);
            }
        }
        if keys.is_empty() { Err(fault(1, "there is no master key in it")) } else { Ok(Self(keys)) }
    }

    pub(super) fn known(&self) -> Vec<KnownMasterKey> {
        self.0.iter().map(|key| key.known.clone()).collect()
    }

    pub(super) fn wrap(&self, context: &[u8], key: &[u8], nonce: [u8; 12]) -> Result<Vec<u8>, KeeperError> {
        let newest = self.0.last().ok_or(KeeperError::Refused)?;
        newest.wraps.seal_in(context, key, nonce).ok_or(KeeperError::Refused)
    }

    pub(super) fn unwrap(&self, context: &[u8], wrapped: &[u8]) -> Result<Zeroizing<Vec<u8>>, KeeperError> {
        let id = SealKey::id_of(wrapped).ok_or(KeeperError::Refused)?;
        if is_unnamed(wrapped) {
            let mut keys = self.0.iter().flat_map(|key| &key.unnamed).filter(|key| key.id() == id);
            return keys.find_map(|key| key.open_in(context, wrapped)).ok_or(KeeperError::Refused);
        }
        let key = self.by_id(id).ok_or(KeeperError::Unknown(id))?;
        key.wraps.open_in(context, wrapped).ok_or(KeeperError::Refused)
    }

    pub(super) fn derived(&self, label: &[u8]) -> Option<Zeroizing<[u8; 32]>> {
        self.0.first().and_then(|key| key.master.derive(label))
    }

    fn by_id(&self, id: Uuid) -> Option<&Held> {
        self.0.iter().find(|key| key.known.id == id)
    }
}

fn held(entry: &str) -> Result<Held, String> {
    let (key, since) = entry.split_once(char::is_whitespace).unwrap_or((entry, ""));
    let master = MasterKey::parse(key).map_err(|error| error.to_string())?;
    let since = match since.trim() {
        "" => None,
        text => Some(text.parse::<Timestamp>().map_err(|_| {
            "behind the key an instant such as 2026-01-31T12:00:00Z may stand, and nothing else".to_owned()
        })?),
    };
    let wraps = master.wrapping().ok_or("the key cannot be used")?;
    Ok(Held { known: KnownMasterKey { id: master.id(), since }, wraps, unnamed: master.unnamed(), master })
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    const ONE: &str = "AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=";
    const TWO: &str = "AgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgI=";

    fn parsed(text: &str) -> SoftwareKeys {
        SoftwareKeys::parse(text).ok().unwrap()
    }

    #[test]
    fn the_newest_key_wraps_and_all_unwrap() {
        let (former, both) =
            (parsed(ONE), parsed(&format!("# first\n{ONE}\n\n{TWO} 2026-01-31T12:00:00Z\n")));
        let by_former = former.wrap(b"place", b"key", [7; 12]).unwrap();
        let by_newest = both.wrap(b"place", b"key", [7; 12]).unwrap();
        for wrapped in [&by_former, &by_newest] {
            assert_eq!(both.unwrap(b"place", wrapped).unwrap().as_slice(), b"key");
            assert!(matches!(both.unwrap(b"elsewhere", wrapped), Err(KeeperError::Refused)));
        }
        let newest = both.known().pop().unwrap();
        assert_eq!(newest.since, "2026-01-31T12:00:00Z".parse().ok());
        assert!(
            matches!(former.unwrap(b"place", &by_newest), Err(KeeperError::Unknown(id)) if id == newest.id)
        );
    }

    #[test]
    fn what_was_wrapped_before_master_keys_were_named_opens_with_whichever_it_was() {
        let both = parsed(&format!("{ONE}\n{TWO}"));
        for text in [ONE, TWO] {
            for unnamed in MasterKey::parse(text).ok().unwrap().unnamed() {
                let wrapped = unnamed.seal_in(b"place", b"key", [7; 12]).unwrap();
                assert_eq!(both.unwrap(b"place", &wrapped).unwrap().as_slice(), b"key");
                assert!(matches!(both.unwrap(b"elsewhere", &wrapped), Err(KeeperError::Refused)));
            }
        }
    }

    #[test]
    fn what_is_no_list_of_keys_is_refused_with_its_line() {
        for (text, line, word) in [
            ("", 1, "no master key"),
            ("# nothing\n", 1, "no master key"),
            ("\nshort", 2, "32 random bytes"),
            (&format!("{ONE}\n{ONE}"), 2, "twice"),
            (&format!("{ONE} yesterday"), 1, "instant"),
            (&format!("{ONE},{ONE}"), 1, "twice"),
        ] {
            let Err(KeeperError::Invalid { line: at, fault, .. }) = SoftwareKeys::parse(text) else {
                unreachable!("{text:?} is accepted");
            };
            assert_eq!(at, line, "{text:?}");
            assert!(fault.contains(word), "{fault}");
            assert!(!fault.contains(ONE), "a key in an error");
        }
    }
}
