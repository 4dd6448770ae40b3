use jiff::SignedDuration;

use super::*;

#[test]
fn a_receipt_confirms_fails_repeats_or_contradicts() {
    use ReceiptOutcome::{Done, Failed};
    for (end, outcome, effect) in [
        (None, Done, Effect::Confirms),
        (None, Failed, Effect::Fails),
        (Some(TaskEnd::Confirmed), Done, Effect::Nothing),
        (Some(TaskEnd::Confirmed), Failed, Effect::Contradicts),
        (Some(TaskEnd::ByHand), Done, Effect::Nothing),
        (Some(TaskEnd::ByHand), Failed, Effect::Contradicts),
        (Some(TaskEnd::PersonErased), Failed, Effect::Nothing),
        (Some(TaskEnd::PersonErased), Done, Effect::Contradicts),
    ] {
        assert_eq!(receive(end, outcome), effect, "{end:?} {outcome:?}");
    }
}

#[test]
fn a_request_concerns_what_it_can_change() {
    let all: Categories = DataCategory::ALL.into_iter().collect();
    let (corrected, erased) = ([DataCategory::Phone].into(), [DataCategory::Email].into());
    let of = |kind, purpose| concerned((kind, purpose), &corrected, &erased);
    assert_eq!(of(RequestKind::Access, None), all);
    assert_eq!(of(RequestKind::Portability, None), all);
    assert_eq!(of(RequestKind::Restriction, None), all);
    assert_eq!(of(RequestKind::Rectification, None), corrected);
    assert_eq!(of(RequestKind::Erasure, None), erased);
    let marketing = of(RequestKind::ConsentWithdrawal, Some(Purpose::DirectMarketing));
    assert_eq!(of(RequestKind::Objection, Some(Purpose::DirectMarketing)), marketing);
    assert!(marketing.contains(&DataCategory::Email) && !marketing.contains(&DataCategory::Accounting));
}

#[test]
fn a_delivery_is_tried_at_doubling_intervals_and_a_last_time_after_three_days() {
    let first: Timestamp = "2026-03-02T09:00:00Z".parse().unwrap_or(Timestamp::UNIX_EPOCH);
    let (mut now, mut failures, mut pauses) = (first, 1, Vec::new());
    let term = Term::beginning(first, Timestamp::MAX);
    while let Some(next) = term.next_attempt((failures, 0), now) {
        pauses.push(next.duration_since(now).as_secs());
        (now, failures) = (next, failures + 1);
    }
    assert_eq!(pauses[..6], [5, 10, 20, 40, 80, 160]);
    assert_eq!(now.duration_since(first), SignedDuration::from_hours(72));
    assert_eq!(pauses.len(), 16);
}

#[test]
fn jitter_brings_an_attempt_forward_by_a_quarter_at_most() {
    let first = Timestamp::UNIX_EPOCH;
    let term = Term::beginning(first, Timestamp::MAX);
    let pause = |chance| term.next_attempt((4, chance), first).map(|at| at.duration_since(first).as_secs());
    assert_eq!((pause(0), pause(u8::MAX)), (Some(40), Some(30)));
}

#[test]
fn no_pause_passes_over_the_last_hour_before_the_deadline() {
    let at = |hours: i64| Timestamp::UNIX_EPOCH + SignedDuration::from_hours(hours);
    let term = Term::beginning(at(0), at(30));
    for (now, failures, next) in [
        (at(0), 14, Some(at(0) + SignedDuration::from_secs(40_960))),
        (at(12), 15, Some(at(29))),
        (at(29), 15, Some(at(29) + SignedDuration::from_secs(81_920))),
        (at(52), 16, Some(at(72))),
        (at(72), 17, None),
    ] {
        assert_eq!(term.next_attempt((failures, 0), now), next, "{now}");
    }
    assert_eq!(Term::beginning(at(0), at(-5)).insists_at(at(0)), at(72), "late from the start");
    assert_eq!(Term::beginning(at(0), at(700)).insists_at(at(0)), at(72));
}
