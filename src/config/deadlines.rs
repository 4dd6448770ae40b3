//! `[deadlines]`: readings of the law on which the product lets its operator decide.

use serde::Deserialize;

/// How deadlines are counted where the law leaves two readings. The defaults are the dates that cannot be too late
/// for holidays, and the pause that the supervisory practice accepts.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct DeadlinesConfig {
    /// What midsummer, Christmas and New Year's Eve are (Reg. 1182/71 Art. 3; lag 1989:253, lag 1930:173).
    pub holiday_eves: HolidayEves,
    /// Whether the clock stands still while a requester is asked to identify (Art. 12(6)).
    pub identity_pause: bool,
}

/// What an eve is to a deadline.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub enum HolidayEves {
    /// A working day, on which a deadline can end: the earlier date.
    Working,
    /// A holiday, which moves a deadline on.
    Holiday,
}

impl TryFrom<String> for HolidayEves {
    type Error = &'static str;

    fn try_from(word: String) -> Result<Self, Self::Error> {
        match word.as_str() {
            "working" => Ok(Self::Working),
            "holiday" => Ok(Self::Holiday),
            _ => Err("expected working or holiday"),
        }
    }
}

impl Default for DeadlinesConfig {
    fn default() -> Self {
        Self { holiday_eves: HolidayEves::Working, identity_pause: true }
    }
}
