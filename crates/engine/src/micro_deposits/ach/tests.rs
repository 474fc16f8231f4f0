use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use riverbank_connect::nacha::{self, Addenda, Batch, Entry, TransactionCode};
use riverbank_model::micro_deposit::MicroDepositStatus::{
    Denied, Deposited, Errored, Initiated, Requested, Verified,
};
use tempfile::TempDir;

use super::*;
use crate::micro_deposits::{AccountToVerify, CreateMicroDeposit, MicroDeposit};
use crate::testing::{Bench, on_both_engines};
use crate::{Caller, Engine};

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

fn originator() -> Originator {
    Originator {
        routing_number: "122105155".to_owned(),
        bank_name: "Our Bank".to_owned(),
        company_id: "1123456789".to_owned(),
        company_name: "Riverbank".to_owned(),
        settlement_account: "000777".to_owned(),
    }
}

/// A provider of a server that has just started.
fn provider(bench: &Bench, folder: &TempDir) -> AchDeposits {
    let (store, secrets) = (bench.engine.store().clone(), Arc::clone(&bench.engine.parts.secrets));
    AchDeposits::new(store, secrets, originator(), Folder::open(folder.path()).unwrap())
}

/// A server that sends by a folder, after its first round, and a caller.
async fn server(bench: &Bench) -> (Engine, Caller, TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let mut engine = bench.another_node().await;
    Arc::get_mut(&mut engine.parts).unwrap().micro_deposits = Some(Arc::new(provider(bench, &folder)));
    engine.run_due().await.unwrap();
    (engine, bench.session("acme", "u").await.caller, folder)
}

async fn create(engine: &Engine, caller: &Caller, account_number: &str, is_savings: bool) -> MicroDeposit {
    let account = AccountToVerify {
        account_name: None,
        account_number: account_number.to_owned(),
        routing_number: "091000019".to_owned(),
        is_savings,
    };
    let request = CreateMicroDeposit {
        email: "zoe@example.com".to_owned(),
        first_name: "Zoë".to_owned(),
        last_name: "James".to_owned(),
        account: Some(account),
    };
    engine.create_micro_deposit(caller, request).await.unwrap()
}

/// As it is now, once all that is due was done.
async fn now(engine: &Engine, caller: &Caller, deposit: &MicroDeposit) -> MicroDeposit {
    engine.run_due().await.unwrap();
    engine.read_micro_deposit(caller, &deposit.guid).await.unwrap().unwrap()
}

/// The names of files, hidden ones too.
fn names(folder: &Path) -> BTreeSet<String> {
    let entries = fs::read_dir(folder).unwrap().map(Result::unwrap).filter(|entry| entry.path().is_file());
    entries.map(|entry| entry.file_name().into_string().unwrap()).collect()
}

fn outgoing(folder: &TempDir) -> BTreeSet<String> {
    names(&folder.path().join("outgoing"))
}

fn sent(folder: &TempDir, number: u32) -> nacha::File {
    let path = folder.path().join(format!("outgoing/riverbank-{number:07}.ach"));
    nacha::read(&fs::read(path).unwrap()).unwrap()
}

/// What the bank brings of a payment that was sent.
fn bring(folder: &TempDir, name: &str, sent: &nacha::File, told: impl Fn(u64) -> Addenda) {
    let batch = &sent.batches[0];
    let back = Entry {
        code: TransactionCode(21),
        addenda: vec![told(batch.entries[0].trace)],
        trace: 91_000_010_000_001,
        ..batch.entries[0].clone()
    };
    let file = nacha::File { batches: vec![Batch { entries: vec![back], ..batch.clone() }], ..sent.clone() };
    fs::write(folder.path().join("returns").join(name), nacha::write(&file).unwrap()).unwrap();
}

fn returned(original_trace: u64) -> Addenda {
    Addenda::Return { code: "R03".to_owned(), original_trace, information: String::new() }
}

on_both_engines! {
    async fn orders_go_out_in_a_balanced_file_at_a_quarter_past_and_arrive_the_next_banking_day(bench: &Bench) {
        let (engine, caller, folder) = server(bench).await;
        let first = create(&engine, &caller, "111", false).await;
        assert_eq!(now(&engine, &caller, &first).await.status, Requested);
        bench.advance(MINUTE);
        let second = create(&engine, &caller, "222", true).await;
        engine.run_due().await.unwrap();
        bench.advance(14 * MINUTE - 1);
        engine.run_due().await.unwrap();
        assert_eq!(outgoing(&folder), BTreeSet::new());
        bench.advance(1);
        engine.run_due().await.unwrap();
        assert_eq!(outgoing(&folder), BTreeSet::from(["riverbank-0000001.ach".to_owned()]));
        let file = sent(&folder, 1);
        let entries = &file.batches[0].entries;
        let codes: Vec<_> = entries.iter().map(|entry| entry.code.0).collect();
        assert_eq!(codes, [22, 22, 32, 32, 27]);
        let ordered = [first.amount_1, first.amount_2, second.amount_1, second.amount_2].map(Option::unwrap);
        let amounts: Vec<_> = entries.iter().map(|entry| entry.amount).collect();
        assert_eq!(amounts[..4], ordered);
        assert_eq!(amounts[4].units(), ordered.iter().map(|amount| amount.units()).sum::<i64>());
        let traces: Vec<_> = entries.iter().map(|entry| entry.trace).collect();
        assert_eq!(traces, (122_105_150_000_001..=122_105_150_000_005).collect::<Vec<_>>());
        assert_eq!(entries[0].receiver_name, "Zoe James");
        assert_eq!(entries[0].addenda, [Addenda::Note(first.guid.to_string())]);
        assert_eq!((&*entries[4].account_number, &*entries[4].routing_number), ("000777", "122105155"));
        assert_eq!(file.batches[0].effective_on.to_string(), "2026-01-16");
        let arrival = now(&engine, &caller, &first).await.due_at.unwrap();
        assert_eq!(arrival.to_string(), "2026-01-16T22:00:00Z");
        bench.set_time(arrival);
        let arrived = now(&engine, &caller, &first).await;
        assert_eq!(arrived.status, Deposited);
        let amounts = [arrived.amount_2.unwrap(), arrived.amount_1.unwrap()];
        let verified = engine.verify_micro_deposit(&caller, &first.guid, amounts).await.unwrap();
        assert_eq!(verified.status, Verified);
        // Nothing more goes out.
        bench.advance(2 * HOUR);
        engine.run_due().await.unwrap();
        assert_eq!(outgoing(&folder).len(), 1);
    }

    async fn what_comes_back_ends_its_verification_before_and_after_it_seemed_to_have_arrived(bench: &Bench) {
        let (engine, _, folder) = server(bench).await;
        let mut deposits = Vec::new();
        for _ in 0..3 {
            let user = bench.session("acme", &format!("u{}", deposits.len())).await.caller;
            let deposit = create(&engine, &user, "111", false).await;
            engine.run_due().await.unwrap();
            bench.advance(HOUR);
            engine.run_due().await.unwrap();
            deposits.push((user, deposit));
        }
        assert_eq!(outgoing(&folder).len(), 3);
        bring(&folder, "early.ach", &sent(&folder, 1), returned);
        let (user, early) = &deposits[0];
        assert_eq!(now(&engine, user, early).await.status, Requested);
        bench.advance(HOUR);
        let early = now(&engine, user, early).await;
        assert_eq!((early.status, early.error_code.as_deref()), (Errored, Some("R03")));
        assert_eq!(early.error_message.as_deref(), Some("There is no such account, or its holder has another name."));
        bench.advance(2 * DAY);
        let (user, late) = &deposits[1];
        assert_eq!(now(&engine, user, late).await.status, Deposited);
        let (other, denied) = &deposits[2];
        let is_pair = denied.amount_1 == denied.amount_2;
        let wrong = if is_pair { [Money::from_units(100), Money::from_units(200)] } else { [denied.amount_1.unwrap(); 2] };
        now(&engine, other, denied).await;
        assert_eq!(engine.verify_micro_deposit(other, &denied.guid, wrong).await.unwrap().status, Denied);
        bring(&folder, "late.ach", &sent(&folder, 2), returned);
        bring(&folder, "later.ach", &sent(&folder, 3), returned);
        bench.advance(HOUR);
        assert_eq!(now(&engine, user, late).await.status, Errored);
        assert_eq!(now(&engine, other, denied).await.status, Errored);
        assert_eq!(names(&folder.path().join("returns")), BTreeSet::new());
        assert_eq!(names(&folder.path().join("returns/taken")).len(), 3);
    }

    async fn a_correction_is_noted_and_changes_nothing(bench: &Bench) {
        let (engine, caller, folder) = server(bench).await;
        let deposit = create(&engine, &caller, "111", false).await;
        engine.run_due().await.unwrap();
        bench.advance(HOUR);
        engine.run_due().await.unwrap();
        bring(&folder, "change.ach", &sent(&folder, 1), |original_trace| Addenda::Change {
            code: "C01".to_owned(), original_trace, corrected: "1110".to_owned(),
        });
        bench.advance(HOUR);
        assert_eq!(now(&engine, &caller, &deposit).await.status, Requested);
        let noted = ach::of_deposit(&engine.store().read().await.unwrap(), &deposit.user_guid, &deposit.guid).await.unwrap();
        assert_eq!((noted[0].change_code.as_deref(), noted[0].corrected.as_deref()), (Some("C01"), Some("1110")));
        bench.advance(2 * DAY);
        assert_eq!(now(&engine, &caller, &deposit).await.status, Deposited);
    }

    async fn what_cannot_be_read_stays_and_what_is_not_ours_changes_nothing(bench: &Bench) {
        let (engine, caller, folder) = server(bench).await;
        let deposit = create(&engine, &caller, "111", false).await;
        engine.run_due().await.unwrap();
        bench.advance(HOUR);
        engine.run_due().await.unwrap();
        let returns = folder.path().join("returns");
        for (name, bytes) in [("cut.ach", &b"101 122"[..]), ("empty.ach", b""), ("noise.ach", b"\xff\x00\n6\n799"), (".part", b"")] {
            fs::write(returns.join(name), bytes).unwrap();
        }
        bring(&folder, "others.ach", &sent(&folder, 1), |trace| returned(trace + 10_u64.pow(9)));
        bring(&folder, "unknown.ach", &sent(&folder, 1), |trace| returned(trace + 1_000));
        bench.advance(HOUR);
        assert_eq!(now(&engine, &caller, &deposit).await.status, Requested);
        let left = [".part", "cut.ach", "empty.ach", "noise.ach"].map(str::to_owned);
        assert_eq!(names(&returns), BTreeSet::from(left));
    }

    async fn a_file_is_put_into_its_place_once_wherever_a_server_dies(bench: &Bench) {
        let (engine, caller, folder) = server(bench).await;
        let (store, at) = (bench.engine.store(), bench.engine.now());
        let place = folder.path().join("outgoing/riverbank-0000001.ach");
        create(&engine, &caller, "111", false).await;
        engine.run_due().await.unwrap();
        // It died before anything was in the folder, then with the file staged but not noted, then noted.
        let died = provider(bench, &folder);
        died.make_file(at).await.unwrap();
        let file = ach::newest(&store.read().await.unwrap()).await.unwrap().unwrap();
        let content = file.content.clone().unwrap();
        died.folder.stage("riverbank-0000001.ach", "lost", &content).unwrap();
        died.folder.stage("riverbank-0000001.ach", "kept", &content).unwrap();
        assert!(store.write(async |tx| ach::stage(tx, 1, "kept").await).await.unwrap());
        assert!(!place.exists());
        assert_eq!(provider(bench, &folder).round(at).await.unwrap(), 1);
        assert_eq!(fs::read_to_string(&place).unwrap(), content);
        assert_eq!(outgoing(&folder).len(), 1, "what was staged and not chosen is gone");
        let written = ach::find(&store.read().await.unwrap(), 1).await.unwrap().unwrap();
        assert_eq!((written.content, written.written_at), (None, Some(at)));
        // It died between the place and the note, and the bank has taken the file meanwhile.
        create(&engine, &caller, "222", false).await;
        engine.run_due().await.unwrap();
        died.make_file(at).await.unwrap();
        died.folder.stage("riverbank-0000002.ach", "kept", "content").unwrap();
        assert!(store.write(async |tx| ach::stage(tx, 2, "kept").await).await.unwrap());
        died.folder.release("riverbank-0000002.ach", "kept").unwrap();
        fs::remove_file(folder.path().join("outgoing/riverbank-0000002.ach")).unwrap();
        assert_eq!(provider(bench, &folder).round(at).await.unwrap(), 1);
        assert_eq!(outgoing(&folder).len(), 1, "it does not come back");
    }

    async fn of_servers_that_go_a_round_at_once_each_order_goes_out_once(bench: &Bench) {
        let (engine, caller, folder) = server(bench).await;
        for number in ["1", "2", "3"] {
            create(&engine, &caller, number, false).await;
        }
        engine.run_due().await.unwrap();
        let at = bench.engine.now();
        let (one, two, three) = (provider(bench, &folder), provider(bench, &folder), provider(bench, &folder));
        let (one, two, three) = tokio::join!(one.round(at), two.round(at), three.round(at));
        assert!(one.is_ok() && two.is_ok() && three.is_ok(), "{one:?} {two:?} {three:?}");
        provider(bench, &folder).round(at).await.unwrap();
        let names = outgoing(&folder);
        assert!(names.iter().all(|name| !name.starts_with('.')), "{names:?}");
        let files: Vec<_> = (1..).zip(&names).map(|(number, _)| sent(&folder, number)).collect();
        let notes: Vec<_> = files.iter().flat_map(|file| &file.batches[0].entries).flat_map(|entry| &entry.addenda).collect();
        assert_eq!(notes.len(), 6);
    }

    async fn one_that_is_deleted_before_the_round_is_not_sent(bench: &Bench) {
        let (engine, caller, folder) = server(bench).await;
        let deposit = create(&engine, &caller, "111", false).await;
        assert_eq!(deposit.status, Initiated);
        engine.run_due().await.unwrap();
        engine.delete_micro_deposit(&caller, &deposit.guid).await.unwrap();
        bench.advance(HOUR);
        engine.run_due().await.unwrap();
        assert_eq!(outgoing(&folder), BTreeSet::new());
    }

    async fn files_of_a_day_are_told_apart_and_trace_numbers_go_on(bench: &Bench) {
        let (engine, caller, folder) = server(bench).await;
        let mut traces = BTreeSet::new();
        for (number, modifier) in [(1, 'A'), (2, 'B'), (3, 'A')] {
            create(&engine, &caller, &number.to_string(), false).await;
            engine.run_due().await.unwrap();
            bench.advance(HOUR);
            engine.run_due().await.unwrap();
            if number == 2 {
                bench.advance(DAY);
            }
            let file = sent(&folder, number);
            assert_eq!(file.header.modifier, modifier);
            traces.extend(file.batches[0].entries.iter().map(|entry| entry.trace));
        }
        assert_eq!(traces.len(), 9);
    }
}

#[test]
fn amounts_are_one_cent_to_ninety_nine() {
    struct Counting(AtomicI64);
    impl Secrets for Counting {
        fn fill(&self, buffer: &mut [u8]) {
            buffer.fill(u8::try_from(self.0.fetch_add(1, Ordering::Relaxed) % 256).unwrap());
        }
    }
    let counting = Counting(AtomicI64::new(0));
    let amounts: Vec<_> = (0..198).map(|_| cents(&counting).units()).collect();
    let expected: Vec<_> = (1..=99).map(|cents| cents * 100).collect();
    assert_eq!(amounts, [expected.clone(), expected].concat(), "each of them as often as the others");
}

#[test]
fn rounds_are_at_a_quarter_past() {
    let rows = [("12:14:59", "12:15:00"), ("12:15:00", "13:15:00"), ("12:59:59", "13:15:00")];
    for (after, next) in rows {
        let at = |time: &str| format!("2026-01-15T{time}Z").parse().unwrap();
        assert_eq!(round_after(at(after)), Some(at(next)), "after {after}");
    }
}
