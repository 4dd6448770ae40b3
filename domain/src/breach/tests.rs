use super::*;
use crate::calendar::local_time;

#[test]
fn the_deadline_is_seventy_two_elapsed_hours_after_the_notice() {
    for (notified_at, expected) in [
        ("2026-11-23T10:00:00Z", "2026-11-26T10:00:00Z"),
        ("2026-11-23T10:00:00.123Z", "2026-11-26T10:00:00.123Z"),
        ("2026-02-27T23:30:00Z", "2026-03-02T23:30:00Z"),
        ("2028-02-27T12:00:00Z", "2028-03-01T12:00:00Z"),
        ("2026-12-30T12:00:00Z", "2027-01-02T12:00:00Z"),
        // weekends and holidays do not move it
        ("2026-12-24T08:00:00Z", "2026-12-27T08:00:00Z"),
        // the clocks change in between: the hours do not
        ("2026-03-27T12:00:00Z", "2026-03-30T12:00:00Z"),
        ("2026-10-23T12:00:00Z", "2026-10-26T12:00:00Z"),
    ] {
        let notified_at: Timestamp = notified_at.parse().unwrap_or_default();
        assert_eq!(
            authority_deadline(notified_at, 72),
            expected.parse().unwrap_or_default(),
            "{notified_at}"
        );
    }
}

#[test]
fn over_a_change_of_the_clocks_the_deadline_has_another_time_of_day_in_sweden() {
    for (notified_at, swedish) in [
        ("2026-11-23T11:00:00Z", "2026-11-26T12:00:00"),
        ("2026-03-27T11:00:00Z", "2026-03-30T13:00:00"),
        ("2026-03-26T01:30:00Z", "2026-03-29T03:30:00"),
        ("2026-10-23T10:00:00Z", "2026-10-26T11:00:00"),
        ("2026-10-22T00:30:00Z", "2026-10-25T02:30:00"),
        ("2026-10-22T01:30:00Z", "2026-10-25T02:30:00"),
    ] {
        let deadline = authority_deadline(notified_at.parse().unwrap_or_default(), 72);
        assert_eq!(local_time(deadline).datetime().to_string(), swedish, "{notified_at}");
    }
}

#[test]
fn the_hours_are_a_setting_and_the_calendar_has_an_end() {
    let notified_at: Timestamp = "2026-11-23T10:00:00Z".parse().unwrap_or_default();
    for (hours, expected) in [
        (0, "2026-11-23T10:00:00Z"),
        (24, "2026-11-24T10:00:00Z"),
        (96, "2026-11-27T10:00:00Z"),
        (u16::MAX, "2034-05-16T01:00:00Z"),
    ] {
        assert_eq!(authority_deadline(notified_at, hours), expected.parse().unwrap_or_default(), "{hours}");
    }
    assert_eq!(authority_deadline(Timestamp::MAX, 72), Timestamp::MAX);
}
