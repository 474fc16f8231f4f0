use riverbank_model::guid::MicroDepositGuid;
use riverbank_model::micro_deposit::MicroDepositStatus::{
    Conflicted, Denied, Deposited, Errored, Initiated, Preinitiated, Prevented, Rejected, Requested, Verified,
};
use riverbank_model::money::Money;
use riverbank_store::{micro_deposits as table, retention};

use super::*;
use crate::Caller;
use crate::testing::{Bench, nobodys, on_both_engines};

const MINUTE: i64 = 60;
const DAY: i64 = 24 * 60 * MINUTE;
const RIGHT: [Money; 2] = [Money::from_units(900), Money::from_units(900)];
const WRONG: [Money; 2] = [Money::from_units(900), Money::from_units(1_000)];

fn account(number: &str) -> AccountToVerify {
    AccountToVerify {
        account_name: Some("My Test Account".to_owned()),
        account_number: number.to_owned(),
        routing_number: "091000019".to_owned(),
        is_savings: false,
    }
}

fn of(account: impl Into<Option<AccountToVerify>>) -> CreateMicroDeposit {
    CreateMicroDeposit {
        email: "josh@example.com".to_owned(),
        first_name: "Josh".to_owned(),
        last_name: "James".to_owned(),
        account: account.into(),
    }
}

async fn caller(bench: &Bench) -> Caller {
    bench.session("acme", "u").await.caller
}

async fn create(bench: &Bench, caller: &Caller, number: &str) -> MicroDeposit {
    bench.engine.create_micro_deposit(caller, of(account(number))).await.unwrap()
}

/// As it stands now, without a question of its own.
async fn stored(bench: &Bench, deposit: &MicroDeposit) -> Option<MicroDeposit> {
    let reader = bench.engine.store().read().await.unwrap();
    table::find(&reader, &deposit.user_guid, &deposit.guid).await.unwrap()
}

async fn status(bench: &Bench, caller: &Caller, deposit: &MicroDeposit) -> MicroDepositStatus {
    bench.engine.read_micro_deposit(caller, &deposit.guid).await.unwrap().unwrap().status
}

/// One whose amounts are in the account.
async fn deposited(bench: &Bench, caller: &Caller) -> MicroDeposit {
    let deposit = create(bench, caller, "333312345").await;
    assert_eq!(status(bench, caller, &deposit).await, Requested);
    bench.advance(2 * MINUTE);
    assert_eq!(status(bench, caller, &deposit).await, Deposited);
    deposit
}

on_both_engines! {
    async fn deposits_are_ordered_arrive_after_two_minutes_and_their_amounts_verify_the_account(bench: &Bench) {
        let caller = caller(bench).await;
        let deposit = create(bench, &caller, "333312345").await;
        assert_eq!((deposit.status, deposit.institution_name.as_deref()), (Initiated, Some("MX Bank")));
        bench.run_due().await;
        assert_eq!(stored(bench, &deposit).await.unwrap().status, Requested);
        bench.advance(2 * MINUTE - 1);
        assert_eq!(status(bench, &caller, &deposit).await, Requested);
        bench.advance(1);
        bench.run_due().await;
        assert_eq!(stored(bench, &deposit).await.unwrap().status, Deposited);
        let verified = bench.engine.verify_micro_deposit(&caller, &deposit.guid, RIGHT).await.unwrap();
        assert_eq!((verified.status, verified.verified_at), (Verified, Some(bench.engine.now())));
        let again = bench.engine.verify_micro_deposit(&caller, &deposit.guid, RIGHT).await.unwrap_err();
        assert!(matches!(again, VerifyMicroDepositError::NotNow), "{again:?}");
        bench.advance(30 * DAY);
        assert_eq!(status(bench, &caller, &deposit).await, Verified);
    }

    async fn the_third_wrong_pair_prevents_and_right_ones_come_too_late(bench: &Bench) {
        let caller = caller(bench).await;
        let deposit = deposited(bench, &caller).await;
        for expected in [Denied, Denied, Prevented] {
            let judged = bench.engine.verify_micro_deposit(&caller, &deposit.guid, WRONG).await.unwrap();
            assert_eq!(judged.status, expected);
        }
        let late = bench.engine.verify_micro_deposit(&caller, &deposit.guid, RIGHT).await.unwrap_err();
        assert!(matches!(late, VerifyMicroDepositError::NotNow), "{late:?}");
        // A new one may begin.
        assert_eq!(create(bench, &caller, "333312345").await.status, Initiated);
    }

    async fn one_that_waits_for_its_account_gets_it_once(bench: &Bench) {
        let caller = caller(bench).await;
        let engine = &bench.engine;
        let deposit = engine.create_micro_deposit(&caller, of(None)).await.unwrap();
        let wrong = AccountToVerify { routing_number: "021000021".to_owned(), ..account("1") };
        let refused = engine.complete_micro_deposit(&caller, &deposit.guid, wrong).await.unwrap_err();
        assert_eq!(
            refused.to_string(),
            "routing_number: must be of an institution that micro deposits can be sent to."
        );
        let begun =
            engine.complete_micro_deposit(&caller, &deposit.guid, account("333312345")).await.unwrap();
        assert_eq!((begun.status, begun.email), (Initiated, deposit.email.clone()));
        assert_eq!(stored(bench, &deposit).await.unwrap().account_number.as_deref(), Some("333312345"));
        assert_eq!(status(bench, &caller, &deposit).await, Requested);
        let again = engine.complete_micro_deposit(&caller, &deposit.guid, account("1")).await.unwrap_err();
        assert!(matches!(again, CompleteMicroDepositError::HasAccount), "{again:?}");
        let other = engine.create_micro_deposit(&caller, of(None)).await.unwrap();
        let other =
            engine.complete_micro_deposit(&caller, &other.guid, account("333312345")).await.unwrap();
        assert_eq!(other.status, Conflicted);
        let stranger = bench.session("acme", "v").await.caller;
        let theirs = engine.complete_micro_deposit(&stranger, &deposit.guid, account("2")).await.unwrap_err();
        assert!(matches!(theirs, CompleteMicroDepositError::NoSuchMicroDeposit), "{theirs:?}");
    }

    async fn a_routing_number_is_refused_when_it_is_none_or_leads_nowhere(bench: &Bench) {
        let refusal = |number| bench.engine.routing_refusal(number);
        assert!(bench.engine.sends_micro_deposits());
        assert_eq!(refusal("091000019"), None);
        assert_eq!(refusal("091000018"), Some(RoutingRefusal::Invalid));
        assert_eq!(refusal("021000021"), Some(RoutingRefusal::OutOfReach));
    }

    async fn right_amounts_after_wrong_ones_verify(bench: &Bench) {
        let caller = caller(bench).await;
        let deposit = deposited(bench, &caller).await;
        bench.engine.verify_micro_deposit(&caller, &deposit.guid, WRONG).await.unwrap();
        let verified = bench.engine.verify_micro_deposit(&caller, &deposit.guid, RIGHT).await.unwrap();
        assert_eq!((verified.status, verified.wrong_tries), (Verified, 1));
    }

    async fn amounts_that_no_deposit_has_are_no_try(bench: &Bench) {
        let caller = caller(bench).await;
        let deposit = deposited(bench, &caller).await;
        for units in [0, -900, 10_000, 99] {
            let amounts = [Money::from_units(900), Money::from_units(units)];
            let refused = bench.engine.verify_micro_deposit(&caller, &deposit.guid, amounts).await.unwrap_err();
            assert!(matches!(refused, VerifyMicroDepositError::Invalid(invalid) if invalid.field == "deposit_amount_2"));
        }
        assert_eq!(stored(bench, &deposit).await.unwrap().wrong_tries, 0);
    }

    async fn what_is_returned_or_refused_says_why(bench: &Bench) {
        let caller = caller(bench).await;
        let returned = create(bench, &caller, "44441").await;
        let refused = create(bench, &caller, "55551").await;
        bench.run_due().await;
        bench.advance(2 * MINUTE);
        bench.run_due().await;
        let returned = stored(bench, &returned).await.unwrap();
        assert_eq!((returned.status, returned.error_code.as_deref()), (Errored, Some("R03")));
        let refused = stored(bench, &refused).await.unwrap();
        assert_eq!((refused.status, refused.error_code.as_deref()), (Rejected, Some("R04")));
        assert!(refused.error_message.is_some() && refused.due_at.is_none());
    }

    async fn a_second_one_of_an_account_is_in_conflict(bench: &Bench) {
        let caller = caller(bench).await;
        let first = create(bench, &caller, "333312345").await;
        let second = create(bench, &caller, "333312345").await;
        assert_eq!((second.status, second.due_at), (Conflicted, None));
        assert!(bench.engine.delete_micro_deposit(&caller, &first.guid).await.unwrap());
        assert_eq!(create(bench, &caller, "333312345").await.status, Initiated);
    }

    async fn a_fourth_account_of_an_address_is_refused(bench: &Bench) {
        let caller = caller(bench).await;
        for number in ["1", "2", "3"] {
            create(bench, &caller, number).await;
        }
        let refused = bench.engine.create_micro_deposit(&caller, of(account("4"))).await.unwrap_err();
        assert!(matches!(refused, CreateMicroDepositError::TooManyAccounts), "{refused:?}");
        let other = CreateMicroDeposit { email: "ada@example.com".to_owned(), ..of(account("4")) };
        assert_eq!(bench.engine.create_micro_deposit(&caller, other).await.unwrap().status, Initiated);
        assert_eq!(create(bench, &caller, "3").await.status, Conflicted);
    }

    async fn without_an_account_the_holder_is_written_down_and_nothing_is_due(bench: &Bench) {
        let caller = caller(bench).await;
        let deposit = bench.engine.create_micro_deposit(&caller, of(None)).await.unwrap();
        assert_eq!((deposit.status, deposit.due_at), (Preinitiated, None));
        bench.advance(100 * DAY);
        bench.run_due().await;
        assert_eq!(status(bench, &caller, &deposit).await, Preinitiated);
    }

    async fn one_that_nobody_ends_goes_after_three_weeks_and_for_good_two_weeks_later(bench: &Bench) {
        let caller = caller(bench).await;
        let deposit = deposited(bench, &caller).await;
        bench.set_time(deposit.created_at);
        bench.advance(21 * DAY - 1);
        assert_eq!(status(bench, &caller, &deposit).await, Deposited);
        bench.advance(1);
        bench.run_due().await;
        assert_eq!(bench.engine.read_micro_deposit(&caller, &deposit.guid).await.unwrap(), None);
        assert!(bench.engine.list_micro_deposits(&caller).await.unwrap().is_empty());
        bench.advance(14 * DAY + 60 * MINUTE);
        bench.run_due().await;
        let reader = bench.engine.store().read().await.unwrap();
        assert_eq!(retention::oldest(&reader, &retention::MICRO_DEPOSITS).await.unwrap(), None);
    }

    async fn another_users_is_not_found(bench: &Bench) {
        let caller = caller(bench).await;
        let deposit = deposited(bench, &caller).await;
        let other = bench.session("acme", "other").await.caller;
        assert_eq!(bench.engine.read_micro_deposit(&other, &deposit.guid).await.unwrap(), None);
        assert!(!bench.engine.delete_micro_deposit(&other, &deposit.guid).await.unwrap());
        let refused = bench.engine.verify_micro_deposit(&other, &deposit.guid, RIGHT).await.unwrap_err();
        assert!(matches!(refused, VerifyMicroDepositError::NoSuchMicroDeposit));
        let nobodys: MicroDepositGuid = nobodys();
        assert_eq!(bench.engine.read_micro_deposit(&caller, &nobodys).await.unwrap(), None);
    }

    async fn what_does_not_have_its_form_is_named_and_nothing_is_kept(bench: &Bench) {
        let caller = caller(bench).await;
        let wrong = [
            ("first_name", CreateMicroDeposit { first_name: "D#ve".to_owned(), ..of(None) }),
            ("last_name", CreateMicroDeposit { last_name: "Sm_th".to_owned(), ..of(None) }),
            ("last_name", CreateMicroDeposit { last_name: " ".to_owned(), ..of(None) }),
            ("email", CreateMicroDeposit { email: "josh".to_owned(), ..of(None) }),
            ("account_name", of(AccountToVerify { account_name: Some(String::new()), ..account("1") })),
            ("account_number", of(account(""))),
            ("account_number", of(account("123456789012345678"))),
            ("account_number", of(account("12 34"))),
            ("routing_number", of(AccountToVerify { routing_number: "091000018".to_owned(), ..account("1") })),
            ("routing_number", of(AccountToVerify { routing_number: "021000021".to_owned(), ..account("1") })),
            ("routing_number", of(AccountToVerify { routing_number: "222222226".to_owned(), ..account("1") })),
        ];
        for (field, request) in wrong {
            let refused = bench.engine.create_micro_deposit(&caller, request).await.unwrap_err();
            assert!(matches!(refused, CreateMicroDepositError::Invalid(invalid) if invalid.field == field), "{field}: {refused:?}");
        }
        assert!(bench.engine.list_micro_deposits(&caller).await.unwrap().is_empty());
    }

    async fn two_nodes_order_once_and_agree(bench: &Bench) {
        let caller = caller(bench).await;
        let deposit = create(bench, &caller, "333312345").await;
        let other = bench.another_node().await;
        let (here, there) = tokio::join!(
            bench.engine.read_micro_deposit(&caller, &deposit.guid),
            other.read_micro_deposit(&caller, &deposit.guid),
        );
        let (here, there) = (here.unwrap().unwrap(), there.unwrap().unwrap());
        assert_eq!((here.status, here.revision), (Requested, 2));
        assert_eq!(there, here);
    }
}

#[tokio::test]
async fn outside_a_sandbox_nobody_sends_any() {
    let bench = Bench::in_production().await;
    let caller = caller(&bench).await;
    let refused = bench.engine.create_micro_deposit(&caller, of(account("333312345"))).await.unwrap_err();
    assert!(matches!(refused, CreateMicroDepositError::NotEnabled), "{refused:?}");
}
