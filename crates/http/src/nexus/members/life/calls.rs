//! What may happen to the members of a user.

use proptest::prelude::*;
use riverbank_model::connection::ConnectionStatus;

/// Where a member leads to. A user has at most one member at each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Bank {
    /// A test institution.
    Test,
    /// One that is not: it has a throttle, and its failures count.
    Plain,
}

impl Bank {
    pub(super) const ALL: [Self; 2] = [Self::Test, Self::Plain];
}

/// The episodes of the longest life.
const MOST_EPISODES: usize = 24;

/// A password, and what the bank does with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Password {
    Fine,
    Denied,
    Locked,
    Failing,
    /// Asks one question.
    Asking,
    /// Asks a question, and then another.
    Chaining,
    /// Lets wait for half an hour.
    Slow,
}

impl Password {
    const ALL: [Self; 7] =
        [Self::Fine, Self::Denied, Self::Locked, Self::Failing, Self::Asking, Self::Chaining, Self::Slow];
}

/// The use cases of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Uses {
    Pfm,
    MoneyMovement,
    Both,
}

/// What a caller, a worker or the passing of time does.
#[derive(Clone, Copy, Debug)]
pub(super) enum Call {
    Create {
        bank: Bank,
        password: Password,
        external: Option<u8>,
        skip: bool,
    },
    CreateInStatus {
        bank: Bank,
        status: ConnectionStatus,
    },
    SetCredentials {
        bank: Bank,
        password: Password,
        skip: bool,
    },
    SetStatus {
        bank: Bank,
        status: ConnectionStatus,
    },
    SetUses {
        bank: Bank,
        uses: Uses,
    },
    SetExternal {
        bank: Bank,
        external: u8,
    },
    Aggregate {
        bank: Bank,
    },
    AggregateAll,
    OpenSession {
        skip: bool,
    },
    Answer {
        bank: Bank,
        right: bool,
    },
    Delete {
        bank: Bank,
    },
    /// Workers take the jobs that are due and are still at them.
    Take,
    /// Workers finish what they took, and all that is due besides.
    Work,
    /// Time passes by way of every moment at which something falls due, and that is done; then workers finish what they
    /// took.
    Pass {
        minutes: i64,
    },
}

fn bank() -> impl Strategy<Value = Bank> {
    prop::sample::select(&Bank::ALL[..])
}

fn password() -> impl Strategy<Value = Password> {
    prop::sample::select(&Password::ALL[..])
}

/// A life: single calls, and such as follow on each other.
pub(super) fn life() -> impl Strategy<Value = Vec<Call>> {
    let run = |bank| [Call::Aggregate { bank }, Call::Work];
    let episode = prop_oneof![
        10 => call().prop_map(|call| vec![call]),
        6 => bank().prop_map(move |bank| run(bank).to_vec()),
        2 => bank().prop_map(move |bank| [run(bank), run(bank), run(bank)].concat()),
        1 => Just(vec![Call::Pass { minutes: 24 * 60 }]),
        3 => (bank(), password()).prop_map(|(bank, password)| {
            vec![Call::SetCredentials { bank, password, skip: false }, Call::Work]
        }),
        2 => (bank(), any::<bool>()).prop_map(|(bank, right)| vec![Call::Answer { bank, right }, Call::Work]),
    ];
    prop::collection::vec(episode, 1..MOST_EPISODES).prop_map(|episodes| episodes.concat())
}

/// What happens next. A failing life shrinks to the first of them.
fn call() -> impl Strategy<Value = Call> {
    let status = prop::sample::select(ConnectionStatus::ALL);
    let uses = prop::sample::select(&[Uses::Pfm, Uses::MoneyMovement, Uses::Both][..]);
    let minutes = prop::sample::select(&[1, 5, 9, 10, 30, 60, 179, 180, 1_440, 20_160][..]);
    prop_oneof![
        8 => Just(Call::Work),
        5 => (bank(), password(), prop::option::weighted(0.3, 0_u8..2), prop::bool::weighted(0.2)).prop_map(
            |(bank, password, external, skip)| Call::Create { bank, password, external, skip }
        ),
        3 => bank().prop_map(|bank| Call::Aggregate { bank }),
        4 => (bank(), password(), prop::bool::weighted(0.3))
            .prop_map(|(bank, password, skip)| Call::SetCredentials { bank, password, skip }),
        4 => (bank(), prop::bool::weighted(0.7)).prop_map(|(bank, right)| Call::Answer { bank, right }),
        3 => minutes.prop_map(|minutes| Call::Pass { minutes }),
        2 => Just(Call::Take),
        1 => Just(Call::AggregateAll),
        1 => prop::bool::weighted(0.3).prop_map(|skip| Call::OpenSession { skip }),
        1 => (bank(), status.clone()).prop_map(|(bank, status)| Call::CreateInStatus { bank, status }),
        1 => (bank(), status).prop_map(|(bank, status)| Call::SetStatus { bank, status }),
        1 => (bank(), uses).prop_map(|(bank, uses)| Call::SetUses { bank, uses }),
        1 => (bank(), 0_u8..2).prop_map(|(bank, external)| Call::SetExternal { bank, external }),
        1 => bank().prop_map(|bank| Call::Delete { bank }),
    ]
}
