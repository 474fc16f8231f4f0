//! Outside a sandbox nothing of this can be done, whoever calls.

use riverbank_model::connection::ConnectionStatus;

use super::*;
use crate::banks::RevokeConsentError;
use crate::testing::{Bench, nobodys};

#[tokio::test]
async fn outside_a_sandbox_the_clock_is_not_moved() {
    let bench = Bench::in_production().await;
    let (engine, before) = (&bench.engine, bench.engine.read_clock());
    let moves = [
        engine.advance_clock(1).await,
        engine.set_clock(before.now).await,
        engine.freeze_clock().await,
        engine.resume_clock().await,
        engine.speed_clock(2).await,
    ];
    for moved in moves {
        assert!(matches!(moved, Err(MoveClockError::NotASandbox)), "{moved:?}");
    }
    assert_eq!(engine.read_clock(), before);
}

#[tokio::test]
async fn outside_a_sandbox_banks_are_neither_uploaded_nor_checked_nor_removed() {
    let bench = Bench::in_production().await;
    let file =
        "[[institution]]\ncode = \"b\"\nname = \"B\"\nconnector = \"script\"\n[[institution.script.login]]\n";
    let uploaded = bench.engine.upload_banks(file).await;
    assert!(matches!(uploaded, Err(UploadBanksError::NotASandbox(_))), "{uploaded:?}");
    assert!(bench.engine.catalogue().await.unwrap().by_code("b").is_none());
    // Whatever is wrong with the file.
    for text in [file, "no catalogue", ""] {
        let checked = bench.engine.check_banks(text).await;
        assert!(matches!(checked, Err(UploadBanksError::NotASandbox(_))), "{checked:?}");
    }
    let removed = bench.engine.remove_bank("b").await;
    assert!(matches!(removed, Err(RemoveBankError::NotASandbox(_))), "{removed:?}");
}

#[tokio::test]
async fn outside_a_sandbox_no_fault_is_planned() {
    let bench = Bench::in_production().await;
    let request = PlanFault {
        target: FaultTarget::Institution("b".to_owned()),
        call: None,
        effect: Effect::Timeout,
        count: None,
        chance: Chance::ALWAYS,
    };
    let planned = bench.engine.plan_fault(request).await;
    assert!(matches!(planned, Err(PlanFaultError::NotASandbox(_))), "{planned:?}");
}

#[tokio::test]
async fn outside_a_sandbox_members_are_left_alone() {
    let bench = Bench::in_production().await;
    let guid = nobodys();
    let forced = bench.engine.force_status(&guid, ConnectionStatus::Connected).await;
    assert!(matches!(forced, Err(ForceStatusError::NotASandbox(_))));
    let expired = bench.engine.expire_challenge_now(&guid).await;
    assert!(matches!(expired, Err(ExpireChallengeError::NotASandbox(_))));
    let revoked = bench.engine.revoke_consent_of(&guid).await;
    assert!(matches!(revoked, Err(RevokeConsentError::NotASandbox(_))));
}
