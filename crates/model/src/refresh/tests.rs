use proptest::prelude::*;

use super::*;
use crate::guid::Guid;

fn member(number: u128) -> MemberGuid {
    MemberGuid::trusted(format!("MBR-{}", uuid::Uuid::from_u128(number)))
}

fn connected(guid: &MemberGuid, last: Timestamp) -> Standing<'_> {
    Standing {
        guid,
        status: Some(ConnectionStatus::Connected),
        use_cases: UseCases::PFM,
        is_out: false,
        last,
        now: last,
    }
}

const HOUR: SignedDuration = SignedDuration::from_hours(1);

proptest! {
    /// A member that nobody touches, whose refreshes begin up to ten minutes late.
    #[test]
    fn refreshes_are_about_a_day_apart(
        number in any::<u128>(),
        start in 0_i64..4_000_000_000,
        delays in prop::collection::vec(0_i64..600_000_000, 1..40),
    ) {
        let guid = member(number);
        let mut last = Timestamp::from_second(start).unwrap();
        for (day, delay) in delays.into_iter().enumerate() {
            let next = connected(&guid, last).next().unwrap();
            let began = next.checked_add(SignedDuration::from_micros(delay)).unwrap();
            let gap = began.duration_since(last);
            prop_assert!(gap >= HOUR * 20, "{gap:?}");
            if day > 0 {
                prop_assert!(gap >= HOUR * 24 - HOUR / 6 && gap <= HOUR * 24 + HOUR / 6, "{gap:?}");
            }
            last = began;
        }
    }

    /// Aggregations in between, whenever they are, never bring a refresh nearer than twenty hours, and put it off by less
    /// than two days.
    #[test]
    fn an_aggregation_pushes_the_refresh_back(number in any::<u128>(), last in 0_i64..4_000_000_000_000_000) {
        let guid = member(number);
        let last = Timestamp::from_microsecond(last).unwrap();
        let gap = connected(&guid, last).next().unwrap().duration_since(last);
        prop_assert!(gap >= HOUR * 20 && gap <= HOUR * 44 + SignedDuration::from_secs(1), "{gap:?}");
    }

    /// A clock that was set back, so that the last aggregation lies ahead of it.
    #[test]
    fn after_a_time_ahead_a_member_is_refreshed_within_a_day(
        number in any::<u128>(),
        now in 0_i64..4_000_000_000,
        ahead in 1_i64..400_000_000,
    ) {
        let guid = member(number);
        let now = Timestamp::from_second(now).unwrap();
        let last = now.checked_add(SignedDuration::from_secs(ahead)).unwrap();
        let next = Standing { now, ..connected(&guid, last) }.next().unwrap();
        prop_assert!(next >= now && next.duration_since(now) < HOUR * 24);
        prop_assert_eq!(next_time(&guid, next), Some(next));
    }

    #[test]
    fn the_time_of_the_day_stays(number in any::<u128>(), from in 0_i64..4_000_000_000_000_000, later in 0_i64..400) {
        let guid = member(number);
        let from = Timestamp::from_microsecond(from).unwrap();
        let first = next_time(&guid, from).unwrap();
        prop_assert!(first >= from && first.duration_since(from) < HOUR * 24 + SignedDuration::from_secs(1));
        prop_assert_eq!(next_time(&guid, first), Some(first));
        let days = HOUR * 24 * i32::try_from(later).unwrap();
        let then = next_time(&guid, from.checked_add(days).unwrap()).unwrap();
        prop_assert_eq!(then.duration_since(first), days);
    }
}

/// As even as chance makes it: for 1,439 degrees of freedom, chi-square is below 1,700 but once in a million tries.
#[test]
fn a_hundred_thousand_members_make_a_flat_line_over_the_minutes_of_the_day() {
    const MEMBERS: u32 = 100_000;
    let mut minutes = [0_u32; 24 * 60];
    for number in 0..MEMBERS {
        let minute = time_of_day(&member(u128::from(number))) / 60;
        minutes[usize::try_from(minute).unwrap()] += 1;
    }
    let expected = f64::from(MEMBERS) / 1_440.0;
    let chi_square: f64 =
        minutes.iter().map(|&members| (f64::from(members) - expected).powi(2) / expected).sum();
    assert!(chi_square < 1_700.0, "{chi_square}");
    let most = minutes.iter().max().copied().unwrap();
    assert!(f64::from(most) < expected * 1.6, "{most} members in one minute, {expected} on average");
}

#[test]
fn only_what_stands_well_is_refreshed() {
    let guid = member(1);
    let well = connected(&guid, Timestamp::UNIX_EPOCH);
    assert!(well.next().is_some());
    for &status in ConnectionStatus::ALL {
        let is_refreshed = Standing { status: Some(status), ..well }.next().is_some();
        assert_eq!(is_refreshed, matches!(status.name(), "CREATED" | "CONNECTED" | "UPDATED"), "{status:?}");
    }
    let others = [
        Standing { status: None, ..well },
        Standing { is_out: true, ..well },
        Standing { use_cases: [UseCase::MoneyMovement].into_iter().collect(), ..well },
        Standing { last: Timestamp::MAX, now: Timestamp::MAX, ..well },
    ];
    assert!(others.iter().all(|one| one.next().is_none()));
}
