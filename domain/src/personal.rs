//! The wrapper that keeps personal data out of logs, errors and answers that did not ask for it.

/// A value about a person. It has no `Debug`, `Display` or `Serialize`, so that nothing prints or stores it by
/// accident; whoever needs it says so with [`Personal::reveal`].
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Personal<T>(T);

impl<T> Personal<T> {
    /// Wraps a value.
    pub const fn new(value: T) -> Self {
        Self(value)
    }

    /// The value, for the one place that was allowed to see it.
    pub const fn reveal(&self) -> &T {
        &self.0
    }

    /// The value itself, for the one place that was allowed to have it.
    pub fn into_revealed(self) -> T {
        self.0
    }

    /// Another view of the same secret, still wrapped.
    pub fn map<U>(self, f: impl FnOnce(T) -> U) -> Personal<U> {
        Personal(f(self.0))
    }
}
