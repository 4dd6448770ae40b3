use Agreed::{Never, Once};
use TenantStatus::{Active, Closed, Offboarding, Onboarding};
use jiff::civil::date;

use super::*;
use crate::calendar::civil_date;

const TODAY: Date = date(2026, 11, 23);
const YESTERDAY: Date = date(2026, 11, 22);
const TOMORROW: Date = date(2026, 11, 24);

fn life(agreed: Agreed, relationship_ends_on: Option<Date>, closed_on: Option<Date>) -> Life {
    Life { relationship_ends_on, closed_on, agreed }
}

#[test]
fn a_tenant_is_served_from_its_first_agreement_through_the_last_day_of_the_relationship() {
    for (life, expected) in [
        (life(Never, None, None), Onboarding),
        (life(Never, Some(TODAY), None), Onboarding),
        (life(Never, Some(YESTERDAY), None), Offboarding),
        (life(Once, None, None), Active),
        (life(Once, Some(TOMORROW), None), Active),
        (life(Once, Some(TODAY), None), Active),
        (life(Once, Some(YESTERDAY), None), Offboarding),
        (life(Once, Some(date(2020, 1, 1)), None), Offboarding),
        (life(Once, Some(date(2026, 9, 1)), Some(date(2026, 10, 3))), Closed),
        (life(Never, Some(date(2026, 9, 1)), Some(TODAY)), Closed),
        (life(Once, None, Some(TODAY)), Closed),
        (life(Once, Some(TOMORROW), Some(TODAY)), Closed),
    ] {
        assert_eq!(life.status(TODAY), expected, "{life:?}");
    }
}

#[test]
fn of_a_tenant_that_is_leaving_persons_are_read_for_the_handling_of_requests_alone() {
    for status in TenantStatus::ALL.iter().copied() {
        for purpose in Purpose::ALL {
            let expected = status != Offboarding || purpose == Purpose::RightsHandling;
            assert_eq!(status.reads_for(purpose), expected, "{} {}", status.code(), purpose.code());
        }
        assert!(status.reads_for(status.ordinary_purpose()), "{}", status.code());
    }
}

#[test]
fn the_relationship_ends_at_midnight_in_sweden() {
    for (last, still, over) in [
        (date(2026, 12, 31), "2026-12-31T22:59:59.999Z", "2026-12-31T23:00:00Z"),
        (date(2026, 6, 30), "2026-06-30T21:59:59.999Z", "2026-06-30T22:00:00Z"),
        (date(2026, 3, 29), "2026-03-29T21:59:59.999Z", "2026-03-29T22:00:00Z"),
        (date(2026, 10, 25), "2026-10-25T22:59:59.999Z", "2026-10-25T23:00:00Z"),
    ] {
        let day = |instant: &str| civil_date(instant.parse().unwrap_or_default());
        let life = life(Once, Some(last), None);
        assert_eq!(life.status(day(still)), Active, "{still}");
        assert_eq!(life.status(day(over)), Offboarding, "{over}");
    }
}

#[test]
fn the_return_lasts_its_days_after_the_last_day() {
    for (ends_on, days, expected) in [
        (date(2026, 11, 30), 30, date(2026, 12, 30)),
        (date(2026, 11, 30), 1, date(2026, 12, 1)),
        (date(2026, 12, 31), DEFAULT_RETURN_DAYS, date(2027, 1, 30)),
        (date(2026, 1, 31), 28, date(2026, 2, 28)),
        (date(2028, 1, 31), 29, date(2028, 2, 29)),
        (date(2028, 2, 29), 365, date(2029, 2, 28)),
        (date(2026, 3, 28), 1, date(2026, 3, 29)),
        (Date::MAX, 30, Date::MAX),
    ] {
        assert_eq!(return_ends_on(ends_on, days), expected, "{ends_on} {days}");
    }
}

#[test]
fn a_relationship_ends_today_or_later_and_once() {
    use EndRefused::{HasEnded, InThePast};
    let closed = life(Once, Some(date(2026, 9, 1)), Some(date(2026, 10, 3)));
    for (life, ends_on, expected) in [
        (life(Once, None, None), TODAY, Ok(())),
        (life(Once, None, None), date(2027, 12, 31), Ok(())),
        (life(Once, None, None), YESTERDAY, Err(InThePast)),
        (life(Never, None, None), TODAY, Ok(())),
        // a last day to come is moved, either way
        (life(Once, Some(TOMORROW), None), TODAY, Ok(())),
        (life(Once, Some(TODAY), None), TOMORROW, Ok(())),
        (life(Once, Some(TODAY), None), TODAY, Ok(())),
        (life(Once, Some(TODAY), None), YESTERDAY, Err(InThePast)),
        (life(Once, Some(YESTERDAY), None), TODAY, Err(HasEnded)),
        (life(Never, Some(YESTERDAY), None), TODAY, Err(HasEnded)),
        (life(Once, Some(YESTERDAY), None), YESTERDAY, Err(InThePast)),
        (closed, TODAY, Err(HasEnded)),
        (closed, Date::MAX, Err(HasEnded)),
    ] {
        assert_eq!(check_end(&life, ends_on, TODAY), expected, "{life:?} {ends_on}");
    }
}
