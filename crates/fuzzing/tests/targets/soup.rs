//! Near-valid inputs, made of saved ones and of the words of each form, for a while.

use std::time::{Duration, Instant};

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::{Config, RngSeed, TestRunner};
use riverbank_fuzzing::{TARGETS, Target};

use crate::changes::{change, changed, words};
use crate::near::near_requests;
use crate::saved::inputs;

/// How long all targets together are tried.
const TIME: Duration = Duration::from_mins(1);
/// Inputs between two looks at the clock.
const CASES: u32 = 16;

fn strategy(target: &Target) -> BoxedStrategy<Vec<u8>> {
    let saved: Vec<_> = inputs(target).into_iter().map(|(_, bytes)| bytes).collect();
    let soup = vec(select(words(target)), 0..80).prop_map(|words| words.concat().into_bytes());
    let edited = (select(saved.clone()), vec(change(words(target)), 1..8))
        .prop_map(|(bytes, changes)| changed(bytes, changes));
    if target.name == "requests" {
        return prop_oneof![edited, near_requests(&saved)].boxed();
    }
    prop_oneof![edited, soup].boxed()
}

fn is_taken_for_a_while(name: &str) {
    let target = TARGETS.iter().find(|target| target.name == name).expect("the target");
    let share = TIME / u32::try_from(TARGETS.len()).expect("a few targets");
    let strategy = strategy(target);
    let mut runner = TestRunner::new(Config {
        cases: CASES,
        failure_persistence: None,
        // The same inputs with every run: new ones are looked for by the fuzzers.
        rng_seed: RngSeed::Fixed(7),
        ..Config::default()
    });
    #[expect(clippy::disallowed_methods, reason = "a test runs in the machine's time")]
    let since = Instant::now();
    while since.elapsed() < share {
        let run = runner.run(&strategy.clone().prop_map(Shown), |Shown(bytes)| {
            (target.run)(&bytes);
            Ok(())
        });
        run.unwrap_or_else(|failure| panic!("{failure}"));
    }
}

/// An input, shown as text.
#[derive(Clone)]
struct Shown(Vec<u8>);

impl std::fmt::Debug for Shown {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "b\"{}\"", self.0.escape_ascii())
    }
}

macro_rules! targets {
    ($($name:ident)*) => {
        $(#[test]
        fn $name() {
            is_taken_for_a_while(stringify!($name));
        })*

        #[test]
        fn every_target_is_tried() {
            let tried = [$(stringify!($name)),*];
            assert!(TARGETS.iter().map(|target| target.name).eq(tried));
        }
    };
}

targets! { catalogue ofx_file ofx_sgml ofx_xml requests sealed settings transaction }
