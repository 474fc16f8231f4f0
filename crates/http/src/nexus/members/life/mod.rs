//! Any sequence of calls, jobs and hours does to a member what a small model says.

mod calls;
mod model;
mod server;

use std::cell::RefCell;
use std::collections::BTreeSet;

use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestRng, TestRunner};
use riverbank_engine::testing::Backend;

use calls::{Bank, Call, Password, Uses, life};
use model::Model;
use server::Life;

/// Every run looks at the same lives.
const SEED: [u8; 32] = *b"lives to which members are led..";

type Reached = BTreeSet<&'static str>;

/// The statuses to which lives at a bank lead where no caller can set one, and that a member is refreshed on the way.
const REACHED: [&str; 14] = [
    "CHALLENGED",
    "CONNECTED",
    "CREATED",
    "DEGRADED",
    "DENIED",
    "DISCONNECTED",
    "EXPIRED",
    "FAILED",
    "LOCKED",
    "PREVENTED",
    REFRESHED,
    "REJECTED",
    "RESUMED",
    "UPDATED",
];
const REFRESHED: &str = "REFRESHED";
/// A life that chance seldom leads: it fails for two weeks, is asked and answers wrong, is denied for ever, and does not
/// answer in time.
const UNLUCKY: [Call; 26] = [
    Call::Create { bank: Bank::Plain, password: Password::Failing, external: None, skip: false },
    Call::Work,
    Call::Aggregate { bank: Bank::Plain },
    Call::Work,
    Call::Aggregate { bank: Bank::Plain },
    Call::Work,
    Call::Pass { minutes: 14 * 24 * 60 },
    Call::Aggregate { bank: Bank::Plain },
    Call::Work,
    Call::Aggregate { bank: Bank::Plain },
    Call::Work,
    Call::Aggregate { bank: Bank::Plain },
    Call::Work,
    Call::SetCredentials { bank: Bank::Plain, password: Password::Asking, skip: false },
    Call::Work,
    Call::Answer { bank: Bank::Plain, right: false },
    Call::Work,
    Call::SetCredentials { bank: Bank::Plain, password: Password::Denied, skip: false },
    Call::Work,
    Call::Aggregate { bank: Bank::Plain },
    Call::Work,
    Call::Aggregate { bank: Bank::Plain },
    Call::Work,
    Call::SetCredentials { bank: Bank::Plain, password: Password::Asking, skip: false },
    Call::Work,
    Call::Pass { minutes: 10 },
];

/// A life of days on which nobody asks for anything: refreshed on the first two, not while it is of no use for that, on the
/// next again, and no more once it was denied.
const QUIET: [Call; 11] = [
    Call::Create { bank: Bank::Plain, password: Password::Fine, external: None, skip: false },
    Call::Work,
    DAY,
    DAY,
    Call::SetUses { bank: Bank::Plain, uses: Uses::MoneyMovement },
    DAY,
    Call::SetUses { bank: Bank::Plain, uses: Uses::Both },
    DAY,
    Call::SetCredentials { bank: Bank::Plain, password: Password::Denied, skip: false },
    DAY,
    DAY,
];
const DAY: Call = Call::Pass { minutes: 24 * 60 };

async fn live(life: &mut Life, calls: &[Call], reached: &mut Reached) -> Result<(), TestCaseError> {
    Box::pin(life.begin()).await;
    let mut model = Model::new(life.now());
    for (place, call) in calls.iter().enumerate() {
        let expected = model.make(*call);
        let seen = life.make(*call).await;
        prop_assert_eq!(seen, expected, "answer to call {}, {:?}", place, call);
        for bank in Bank::ALL {
            model.learn(bank, life.guid(bank));
            let (shown, modelled) = (life.show(bank).await?, model.show(bank));
            prop_assert_eq!(&shown, &modelled, "{:?} after call {}, {:?}", bank, place, call);
            reached.extend(shown.filter(|_| bank == Bank::Plain).map(|shown| shown.status));
        }
    }
    reached.extend((model.refreshes > 0).then_some(REFRESHED));
    Box::pin(life.end()).await;
    Ok(())
}

fn any_life_is_as_modelled(backend: Backend, lives: u32) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let server = runtime.block_on(Life::on(backend));
    let config = Config { cases: lives, failure_persistence: None, ..Config::default() };
    let random = TestRng::from_seed(RngAlgorithm::ChaCha, &SEED);
    let mut runner = TestRunner::new_with_rng(config, random);
    let state = RefCell::new((server, Reached::new()));
    let lives = prop_oneof![
        20 => life(),
        2 => Just(UNLUCKY.to_vec()),
        2 => Just(QUIET.to_vec()),
    ];
    let outcome = runner.run(&lives, |calls| {
        let (server, reached) = &mut *state.borrow_mut();
        runtime.block_on(live(server, &calls, reached))
    });
    if let Err(failure) = outcome {
        panic!("{failure}");
    }
    let reached = state.into_inner().1;
    assert_eq!(reached, BTreeSet::from(REACHED), "the lives are too tame");
}

#[test]
fn any_life_of_a_member_is_as_modelled_on_sqlite() {
    any_life_is_as_modelled(Backend::Sqlite, 150);
}

#[test]
fn any_life_of_a_member_is_as_modelled_on_postgres() {
    any_life_is_as_modelled(Backend::Postgres, 50);
}
