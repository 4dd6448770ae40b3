//! Swedish public holidays by rule: lag (1989:253) om allmänna helgdagar, as it reads since 2005, for any year of the
//! Gregorian calendar. All Sundays are holidays by that act too; only those with a name stand here.

use jiff::civil::Date;

use crate::coded::coded;
use crate::language::Language;

coded! {
    /// Whether Midsummer Eve, Christmas Eve and New Year's Eve count as holidays when a period ends.
    ///
    /// Lag (1989:253) does not name them; lag (1930:173) 2 § treats them like Sundays, but for periods of Swedish law.
    /// Regulation 1182/71 Art. 2(1) takes the days that a Member State designates as holidays. As working days they
    /// give the earlier, safer date: the default.
    #[derive(Default)]
    HolidayEves {
        /// They are working days.
        #[default]
        Working = "working",
        /// They are holidays.
        Holiday = "holiday",
    }
}

/// A holiday with a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Holiday {
    /// Nyårsdagen, 1 January.
    NewYearsDay,
    /// Trettondedag jul, 6 January.
    Epiphany,
    /// Långfredagen, the Friday before Easter Day.
    GoodFriday,
    /// Påskdagen.
    EasterDay,
    /// Annandag påsk, the Monday after Easter Day.
    EasterMonday,
    /// Första maj.
    MayDay,
    /// Kristi himmelsfärdsdag, the sixth Thursday after Easter Day.
    AscensionDay,
    /// Pingstdagen, the seventh Sunday after Easter Day.
    WhitSunday,
    /// Sveriges nationaldag, 6 June.
    NationalDay,
    /// Midsommarafton, the Friday before Midsummer Day.
    MidsummerEve,
    /// Midsommardagen, the Saturday from 20 to 26 June.
    MidsummerDay,
    /// Alla helgons dag, the Saturday from 31 October to 6 November.
    AllSaintsDay,
    /// Julafton, 24 December.
    ChristmasEve,
    /// Juldagen, 25 December.
    ChristmasDay,
    /// Annandag jul, 26 December.
    BoxingDay,
    /// Nyårsafton, 31 December.
    NewYearsEve,
}

/// Month, day, holiday.
const FIXED: [(i8, i8, Holiday); 6] = [
    (1, 1, Holiday::NewYearsDay),
    (1, 6, Holiday::Epiphany),
    (5, 1, Holiday::MayDay),
    (6, 6, Holiday::NationalDay),
    (12, 25, Holiday::ChristmasDay),
    (12, 26, Holiday::BoxingDay),
];

/// Days after Easter Day, holiday.
const MOVABLE: [(i16, Holiday); 5] = [
    (-2, Holiday::GoodFriday),
    (0, Holiday::EasterDay),
    (1, Holiday::EasterMonday),
    (39, Holiday::AscensionDay),
    (49, Holiday::WhitSunday),
];

impl Holiday {
    /// The name in running text.
    #[must_use]
    pub const fn name(self, language: Language) -> &'static str {
        let (swedish, english) = match self {
            Self::NewYearsDay => ("nyårsdagen", "New Year's Day"),
            Self::Epiphany => ("trettondedag jul", "Epiphany"),
            Self::GoodFriday => ("långfredagen", "Good Friday"),
            Self::EasterDay => ("påskdagen", "Easter Day"),
            Self::EasterMonday => ("annandag påsk", "Easter Monday"),
            Self::MayDay => ("första maj", "May Day"),
            Self::AscensionDay => ("Kristi himmelsfärdsdag", "Ascension Day"),
            Self::WhitSunday => ("pingstdagen", "Whit Sunday"),
            Self::NationalDay => ("Sveriges nationaldag", "the National Day of Sweden"),
            Self::MidsummerEve => ("midsommarafton", "Midsummer Eve"),
            Self::MidsummerDay => ("midsommardagen", "Midsummer Day"),
            Self::AllSaintsDay => ("alla helgons dag", "All Saints' Day"),
            Self::ChristmasEve => ("julafton", "Christmas Eve"),
            Self::ChristmasDay => ("juldagen", "Christmas Day"),
            Self::BoxingDay => ("annandag jul", "Boxing Day"),
            Self::NewYearsEve => ("nyårsafton", "New Year's Eve"),
        };
        language.choose(swedish, english)
    }
}

/// The holiday that falls on a date, if one does.
#[must_use]
pub fn holiday_on(date: Date, eves: HolidayEves) -> Option<Holiday> {
    let after_easter = date.day_of_year() - easter(date);
    let movable = || MOVABLE.iter().find(|(days, _)| *days == after_easter).map(|(_, holiday)| *holiday);
    let eve = || (eves == HolidayEves::Holiday).then(|| eve_on(date)).flatten();
    fixed_on(date).or_else(movable).or_else(|| floating_on(date)).or_else(eve)
}

/// Whether a holiday with a name falls on a date.
#[must_use]
pub fn is_holiday(date: Date, eves: HolidayEves) -> bool {
    holiday_on(date, eves).is_some()
}

fn fixed_on(date: Date) -> Option<Holiday> {
    let day = (date.month(), date.day());
    FIXED.iter().find(|(month, day_of_month, _)| (*month, *day_of_month) == day).map(|(.., holiday)| *holiday)
}

fn floating_on(date: Date) -> Option<Holiday> {
    use jiff::civil::Weekday::Saturday;
    match (date.weekday(), date.month(), date.day()) {
        (Saturday, 6, 20..=26) => Some(Holiday::MidsummerDay),
        (Saturday, 10, 31) | (Saturday, 11, 1..=6) => Some(Holiday::AllSaintsDay),
        _ => None,
    }
}

fn eve_on(date: Date) -> Option<Holiday> {
    use jiff::civil::Weekday::Friday;
    match (date.weekday(), date.month(), date.day()) {
        (Friday, 6, 19..=25) => Some(Holiday::MidsummerEve),
        (_, 12, 24) => Some(Holiday::ChristmasEve),
        (_, 12, 31) => Some(Holiday::NewYearsEve),
        _ => None,
    }
}

/// The day of the year of Easter Day in a date's year: the Gregorian computus as New Scientist printed it in 1961,
/// with its letters.
#[expect(clippy::many_single_char_names, reason = "the letters of the published algorithm")]
fn easter(date: Date) -> i16 {
    let year = date.year();
    let (a, b, c) = (year % 19, year / 100, year % 100);
    let (d, e) = (b / 4, b % 4);
    let g = (8 * b + 13) / 25;
    let h = (19 * a + b - d - g + 15) % 30;
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k) % 7;
    let m = (a + 11 * h + 19 * l) / 433;
    // 22 March is day 81 of a common year.
    81 + i16::from(date.in_leap_year()) + h + l - 7 * m
}

#[cfg(test)]
mod tests;
