//! How pages write moments, lengths of time and what jobs left behind: alike in every language.

use jiff::Timestamp;
use riverbank_engine::oversight::Job;
use riverbank_model::connection::ConnectionStatus;

/// A moment to the second, RFC 3339.
pub(super) fn second(at: &Timestamp) -> String {
    format!("{at:.0}")
}

/// Microseconds as seconds with tenths.
pub(super) fn seconds(micros: i64) -> String {
    let tenths = micros.max(0) / 100_000;
    format!("{}.{} s", tenths / 10, tenths % 10)
}

/// Microseconds as milliseconds, with tenths where they tell anything; from a second on as seconds.
pub(super) fn brief(micros: i64) -> String {
    match micros.max(0) {
        short @ 0..10_000 => format!("{}.{} ms", short / 1_000, short % 1_000 / 100),
        longer @ 10_000..1_000_000 => format!("{} ms", longer / 1_000),
        long => seconds(long),
    }
}

/// The mean of so many.
pub(super) fn mean(sum: i64, count: i64) -> i64 {
    if count == 0 { 0 } else { sum / count }
}

/// How long a job took from its start to its end; nothing before its end.
pub(super) fn duration(job: &Job) -> String {
    match (job.started_at, job.finished_at) {
        (Some(started), Some(finished)) => seconds(finished.as_microsecond() - started.as_microsecond()),
        _ => String::new(),
    }
}

/// What a job left its member in; nothing before its end, or where it left it as it was.
pub(super) fn outcome(job: &Job) -> &'static str {
    job.outcome.map_or("", ConnectionStatus::name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_length_is_told_as_exactly_as_matters() {
        let rows =
            [(-1, "0.0 ms"), (340, "0.3 ms"), (9_999, "9.9 ms"), (10_000, "10 ms"), (1_250_000, "1.2 s")];
        for (micros, told) in rows {
            assert_eq!(brief(micros), told);
        }
    }
}
