//! What a partner's backend lives through. Each journey has a server of its own; every answer is held against the
//! server's own OpenAPI document.

pub mod world;

mod banks;
mod budgets;
mod by_hand;
mod canaries;
mod categories;
mod challenges;
mod changes;
mod connect;
mod console;
mod copies;
mod crash;
mod deletion;
mod denials;
mod disk;
mod export;
mod faults;
mod forced;
mod fourteen_months;
mod gathering;
mod goals;
mod hosts;
mod insights;
mod isolation;
mod links;
mod looks;
mod memory;
mod micro_deposits;
mod nacha;
mod nodes;
mod notifications;
mod oauth;
mod races;
mod raw;
mod raw_answers;
mod reading;
mod rotation;
mod rules;
mod sameness;
mod sandbox_document;
mod scheduled_payments;
mod signatures;
mod snapshots;
mod spending_plans;
mod state;
mod tampering;
mod throttle;
mod use_cases;
mod webhooks;

/// Runs each journey on a server of its own: on SQLite as a test of its name, on PostgreSQL all of them in one test,
/// since a process starts a database server of its own.
macro_rules! journeys {
    ($(async fn $name:ident($world:ident: &World) $body:block)*) => {
        mod told {
            use super::*;
            $(pub(super) async fn $name($world: &World) $body)*
        }

        mod on_sqlite {
            use super::*;
            $(#[tokio::test]
            async fn $name() {
                told::$name(&World::on(Backend::Sqlite).await).await;
            })*
        }

        #[tokio::test]
        async fn on_postgres() {
            $(
                println!("{}", stringify!($name));
                told::$name(&World::on(Backend::Postgres).await).await;
            )*
        }
    };
}
use journeys;
