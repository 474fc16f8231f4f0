//! The processor time of work that uses one core: other work on the machine does not change it as it changes what a
//! clock on the wall shows.

use std::fs;
use std::process::{Command, Stdio};
use std::time::Duration;

use crate::Outcome;

/// How long the kernel's tick for `/proc` is: `USER_HZ` is 100 wherever Linux runs (`man 5 proc`).
const TICK: Duration = Duration::from_millis(10);
/// Work is repeated until it has taken this long, so that a tick is less than one part in a hundred.
const ENOUGH: Duration = Duration::from_secs(1);

/// What a field of `/proc/self/stat` is counted for, by its number in `man 5 proc`.
#[derive(Clone, Copy, Debug)]
enum Whose {
    /// `utime` and `stime`.
    Own = 14,
    /// `cutime` and `cstime`: children that have ended and were waited for.
    Children = 16,
}

/// Seconds of processor time that one turn of `work` takes in this process.
pub fn of_work(work: impl FnMut() -> Outcome) -> Outcome<f64> {
    repeated(Whose::Own, work)
}

/// Seconds of processor time that the program takes from its start to its end; what it prints is thrown away.
pub fn of_program(mut command: impl FnMut() -> Command) -> Outcome<f64> {
    repeated(Whose::Children, || {
        let mut command = command();
        let status = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status();
        let status = status.map_err(|error| format!("{}: {error}", command.get_program().display()))?;
        if status.success() {
            Ok(())
        } else {
            Err(format!("{} ended with {status}", command.get_program().display()).into())
        }
    })
}

fn repeated(whose: Whose, mut work: impl FnMut() -> Outcome) -> Outcome<f64> {
    let before = read(whose)?;
    let mut turns = 0;
    loop {
        work()?;
        turns += 1;
        let taken = read(whose)?.saturating_sub(before);
        if taken >= ENOUGH {
            return Ok(taken.as_secs_f64() / f64::from(turns));
        }
    }
}

fn read(whose: Whose) -> Outcome<Duration> {
    let text = fs::read_to_string("/proc/self/stat")?;
    let ticks = ticks(&text, whose).ok_or("/proc/self/stat is not what `man 5 proc` says")?;
    Ok(TICK * ticks)
}

/// The sum of both fields, user and system.
fn ticks(stat: &str, whose: Whose) -> Option<u32> {
    // The second field is the program's name in brackets, which may hold anything; the third is the next one.
    let (_, fields) = stat.rsplit_once(')')?;
    let mut fields = fields.split_ascii_whitespace().skip(whose as usize - 3);
    let mut next = || fields.next()?.parse::<u32>().ok();
    Some(next()? + next()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fields_are_counted_behind_a_name_that_has_brackets_and_blanks() {
        let stat = "7 (a) b (c)) S 1 7 7 0 -1 4194304 1 2 3 4 11 12 13 14 20 0 1 0 5";
        assert_eq!(ticks(stat, Whose::Own), Some(23));
        assert_eq!(ticks(stat, Whose::Children), Some(27));
        assert_eq!(ticks("7 (a) S 1", Whose::Own), None);
    }

    #[test]
    fn a_program_that_fails_is_not_measured() {
        let error = of_program(|| Command::new("false")).unwrap_err();
        assert!(error.to_string().contains("false ended with"), "{error}");
    }
}
