use jiff::civil::date;

use super::*;

/// A year, and month, day and name of its holidays.
type Year = (i16, &'static [(i8, i8, &'static str)]);

/// Every holiday with a name, the eves among them, from the almanac.
#[rustfmt::skip]
const ALMANAC: [Year; 6] = [
    (2024, &[
        (1, 1, "nyårsdagen"), (1, 6, "trettondedag jul"), (3, 29, "långfredagen"), (3, 31, "påskdagen"),
        (4, 1, "annandag påsk"), (5, 1, "första maj"), (5, 9, "Kristi himmelsfärdsdag"), (5, 19, "pingstdagen"),
        (6, 6, "Sveriges nationaldag"), (6, 21, "midsommarafton"), (6, 22, "midsommardagen"),
        (11, 2, "alla helgons dag"), (12, 24, "julafton"), (12, 25, "juldagen"), (12, 26, "annandag jul"),
        (12, 31, "nyårsafton"),
    ]),
    (2025, &[
        (1, 1, "nyårsdagen"), (1, 6, "trettondedag jul"), (4, 18, "långfredagen"), (4, 20, "påskdagen"),
        (4, 21, "annandag påsk"), (5, 1, "första maj"), (5, 29, "Kristi himmelsfärdsdag"), (6, 6, "Sveriges nationaldag"),
        (6, 8, "pingstdagen"), (6, 20, "midsommarafton"), (6, 21, "midsommardagen"), (11, 1, "alla helgons dag"),
        (12, 24, "julafton"), (12, 25, "juldagen"), (12, 26, "annandag jul"), (12, 31, "nyårsafton"),
    ]),
    (2026, &[
        (1, 1, "nyårsdagen"), (1, 6, "trettondedag jul"), (4, 3, "långfredagen"), (4, 5, "påskdagen"),
        (4, 6, "annandag påsk"), (5, 1, "första maj"), (5, 14, "Kristi himmelsfärdsdag"), (5, 24, "pingstdagen"),
        (6, 6, "Sveriges nationaldag"), (6, 19, "midsommarafton"), (6, 20, "midsommardagen"),
        (10, 31, "alla helgons dag"), (12, 24, "julafton"), (12, 25, "juldagen"), (12, 26, "annandag jul"),
        (12, 31, "nyårsafton"),
    ]),
    (2027, &[
        (1, 1, "nyårsdagen"), (1, 6, "trettondedag jul"), (3, 26, "långfredagen"), (3, 28, "påskdagen"),
        (3, 29, "annandag påsk"), (5, 1, "första maj"), (5, 6, "Kristi himmelsfärdsdag"), (5, 16, "pingstdagen"),
        (6, 6, "Sveriges nationaldag"), (6, 25, "midsommarafton"), (6, 26, "midsommardagen"),
        (11, 6, "alla helgons dag"), (12, 24, "julafton"), (12, 25, "juldagen"), (12, 26, "annandag jul"),
        (12, 31, "nyårsafton"),
    ]),
    (2028, &[
        (1, 1, "nyårsdagen"), (1, 6, "trettondedag jul"), (4, 14, "långfredagen"), (4, 16, "påskdagen"),
        (4, 17, "annandag påsk"), (5, 1, "första maj"), (5, 25, "Kristi himmelsfärdsdag"), (6, 4, "pingstdagen"),
        (6, 6, "Sveriges nationaldag"), (6, 23, "midsommarafton"), (6, 24, "midsommardagen"),
        (11, 4, "alla helgons dag"), (12, 24, "julafton"), (12, 25, "juldagen"), (12, 26, "annandag jul"),
        (12, 31, "nyårsafton"),
    ]),
    (2100, &[
        (1, 1, "nyårsdagen"), (1, 6, "trettondedag jul"), (3, 26, "långfredagen"), (3, 28, "påskdagen"),
        (3, 29, "annandag påsk"), (5, 1, "första maj"), (5, 6, "Kristi himmelsfärdsdag"), (5, 16, "pingstdagen"),
        (6, 6, "Sveriges nationaldag"), (6, 25, "midsommarafton"), (6, 26, "midsommardagen"),
        (11, 6, "alla helgons dag"), (12, 24, "julafton"), (12, 25, "juldagen"), (12, 26, "annandag jul"),
        (12, 31, "nyårsafton"),
    ]),
];

const EVES: [&str; 3] = ["midsommarafton", "julafton", "nyårsafton"];

#[test]
fn the_holidays_of_a_year_are_those_of_the_almanac() {
    for (year, expected) in ALMANAC {
        for eves in [HolidayEves::Working, HolidayEves::Holiday] {
            let found: Vec<(i8, i8, &str)> = date(year, 1, 1)
                .series(jiff::ToSpan::day(1))
                .take_while(|day| day.year() == year)
                .filter_map(|day| {
                    holiday_on(day, eves).map(|holiday| (day.month(), day.day(), holiday.name(Language::Sv)))
                })
                .collect();
            let expected: Vec<_> = expected
                .iter()
                .copied()
                .filter(|(.., name)| eves == HolidayEves::Holiday || !EVES.contains(name))
                .collect();
            assert_eq!(found, expected, "{year} {eves:?}");
        }
    }
}

/// The earliest and the latest Easter that there can be, and years in which a simpler rule goes wrong.
#[test]
fn easter_is_right_at_its_extremes() {
    for easter_day in [
        date(1818, 3, 22),
        date(1943, 4, 25),
        date(1954, 4, 18),
        date(1981, 4, 19),
        date(2000, 4, 23),
        date(2008, 3, 23),
        date(2038, 4, 25),
        date(2049, 4, 18),
        date(2076, 4, 19),
        date(2285, 3, 22),
    ] {
        assert_eq!(holiday_on(easter_day, HolidayEves::Working), Some(Holiday::EasterDay), "{easter_day}");
    }
}

#[test]
fn no_date_at_all_makes_it_fail() {
    for day in [Date::MIN, Date::ZERO, Date::MAX, date(-1, 3, 1), date(4, 2, 29)] {
        let _ = is_holiday(day, HolidayEves::Holiday);
    }
}
