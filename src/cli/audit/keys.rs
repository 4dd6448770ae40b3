//! Whose signatures count. The platform signs all logs with the same key, each under the log's own name.

use domain::id::TenantId;
use tlog::VerifierKey;

/// A key of the platform under its name, which is what the names of its logs begin with.
#[derive(Debug, Clone)]
pub(super) struct PlatformKey {
    key: VerifierKey,
}

impl PlatformKey {
    /// A key under a name; `None` when that can be none.
    pub(super) fn new(name: &str, public: [u8; 32]) -> Option<Self> {
        VerifierKey::new(name, public).map(|key| Self { key })
    }

    /// Reads a verifier key.
    ///
    /// # Errors
    /// What its form should be.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        VerifierKey::parse(text).map(|key| Self { key }).map_err(|error| error.to_string())
    }

    /// The key as it signs a log; `None` when the log is not one of this platform's.
    fn of_log(&self, origin: &str) -> Option<VerifierKey> {
        let platform = platform_of(self.key.name()).unwrap_or(self.key.name());
        if platform_of(origin)? != platform {
            return None;
        }
        VerifierKey::new(origin, self.key.public())
    }
}

/// The keys that count for a log.
pub(super) fn of_log(keys: &[PlatformKey], origin: &str) -> Vec<VerifierKey> {
    keys.iter().filter_map(|key| key.of_log(origin)).collect()
}

/// The name of the platform in that of a log.
pub(super) fn platform_of(origin: &str) -> Option<&str> {
    let (platform, tenant) = origin.rsplit_once('/')?;
    TenantId::parse(tenant).ok().map(|_| platform)
}

/// Whose log has that name.
pub(super) fn tenant_of(origin: &str) -> Option<TenantId> {
    TenantId::parse(origin.rsplit_once('/')?.1).ok()
}
