//! Whether what a server holds stays as it is.

use super::sample::Sample;
use crate::sample::Summary;

/// The part of the time in which caches fill and pools grow; what is judged comes after it.
pub const WARM_UP: f64 = 0.2;

/// Something that must not grow: its median in the last third may be at most that of the middle third, a part of it and
/// a fixed amount more.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    pub what: &'static str,
    pub unit: &'static str,
    pub of: fn(&Sample) -> f64,
    part: f64,
    amount: f64,
}

/// The allowances are what one run differs from the next by on a quiet machine, and a little more.
pub const RULES: [Rule; 5] = [
    Rule { what: "resident memory", unit: "MiB", of: |sample| sample.memory, part: 0.03, amount: 1.0 },
    Rule { what: "open files", unit: "files", of: |sample| sample.files, part: 0.0, amount: 2.0 },
    Rule { what: "threads", unit: "threads", of: |sample| sample.threads, part: 0.0, amount: 1.0 },
    Rule { what: "tasks", unit: "tasks", of: |sample| sample.tasks, part: 0.1, amount: 4.0 },
    Rule { what: "waiting jobs", unit: "jobs", of: |sample| sample.waiting_jobs, part: 0.2, amount: 8.0 },
];

/// The log is emptied when it is longer than 64 MiB (`store/src/db/sqlite/writer.rs`); what one group of writes adds
/// before that fits into the rest.
pub const LONGEST_LOG: f64 = 96.0;

/// The samples after the warm-up, cut into a first, a middle and a last third.
pub fn thirds(samples: &[Sample]) -> [&[Sample]; 3] {
    let end = samples.last().map_or(0.0, |last| last.at);
    let warm = samples.partition_point(|sample| sample.at < end * WARM_UP);
    let judged = &samples[warm..];
    let third = judged.len() / 3;
    [&judged[..third], &judged[third..2 * third], &judged[2 * third..]]
}

/// What grew that must not, a sentence for each.
pub fn complaints(samples: &[Sample]) -> Vec<String> {
    let [_, middle, last] = thirds(samples);
    let mut complaints: Vec<_> = RULES.iter().filter_map(|rule| rule.complaint(middle, last)).collect();
    let longest = samples.iter().map(|sample| sample.log).fold(0.0, f64::max);
    if longest > LONGEST_LOG {
        complaints.push(format!(
            "the write-ahead log was {longest:.1} MiB long; it must stay under {LONGEST_LOG} MiB"
        ));
    }
    complaints
}

impl Rule {
    /// Its values in these samples.
    pub fn values(&self, samples: &[Sample]) -> Vec<f64> {
        samples.iter().map(self.of).collect()
    }

    fn complaint(&self, middle: &[Sample], last: &[Sample]) -> Option<String> {
        let Self { what, unit, part, amount, .. } = self;
        let median = |samples| Summary::of(&self.values(samples)).map(|summary| summary.median);
        let (Some(before), Some(after)) = (median(middle), median(last)) else {
            return Some(format!("there are too few samples to judge the {what}"));
        };
        let most = before * (1.0 + part) + amount;
        // What is not a number is no proof.
        if after <= most {
            return None;
        }
        Some(format!(
            "{what}: {after:.1} {unit} in the last third of the time against {before:.1} in the middle third, \
             where {most:.1} would be flat"
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(change: impl Fn(f64, &mut Sample)) -> Vec<String> {
        let mut samples = Vec::new();
        for minute in 0..100_u32 {
            let at = f64::from(minute);
            let mut sample = Sample {
                at,
                memory: 100.0,
                log: 20.0,
                files: 40.0,
                threads: 9.0,
                tasks: 30.0,
                waiting_jobs: 2.0,
            };
            change(at, &mut sample);
            samples.push(sample);
        }
        complaints(&samples)
    }

    #[test]
    fn what_stays_as_it_is_after_the_warm_up_is_flat() {
        assert_eq!(run(|_, _| {}), Vec::<String>::new());
        assert_eq!(run(|at, sample| sample.memory = 100.0_f64.min(20.0 + 5.0 * at)), Vec::<String>::new());
    }

    #[test]
    fn steady_growth_of_each_kind_is_told_in_a_sentence() {
        type Change = fn(f64, &mut Sample);
        let cases: [(&str, Change); 5] = [
            ("resident memory: ", |at, sample| sample.memory += at / 4.0),
            ("open files: ", |at, sample| sample.files += at / 4.0),
            ("threads: ", |at, sample| sample.threads += at / 4.0),
            ("tasks: ", |at, sample| sample.tasks += at),
            ("waiting jobs: ", |at, sample| sample.waiting_jobs += at),
        ];
        for (beginning, change) in cases {
            let complaints = run(change);
            assert!(complaints.len() == 1 && complaints[0].starts_with(beginning), "{complaints:?}");
        }
    }

    #[test]
    fn a_single_long_log_is_one_too_many() {
        let complaints = run(|at, sample| sample.log = if at < 1.0 { 97.0 } else { 1.0 });
        assert_eq!(complaints, ["the write-ahead log was 97.0 MiB long; it must stay under 96 MiB"]);
    }

    #[test]
    fn an_unknown_queue_and_a_short_run_prove_nothing() {
        assert_eq!(run(|_, sample| sample.waiting_jobs = f64::NAN).len(), 1);
        assert_eq!(complaints(&[]).len(), RULES.len());
    }
}
