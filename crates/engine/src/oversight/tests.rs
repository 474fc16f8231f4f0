use jiff::Timestamp;
use riverbank_model::connection::ConnectionStatus;
use riverbank_model::guid::MemberGuid;
use riverbank_model::job::JobStatus;
use riverbank_model::job_step::{StepEnding, StepKind};
use riverbank_store::transactions;

use super::*;
use crate::institutions::InstitutionList;
use crate::institutions::SearchInstitutions;
use crate::lately::MembersIn;
use crate::members::{Aggregated, CreateMember, CreateMemberError, GivenAnswer, UpdateMember};
use crate::testing::{Bench, on_both_engines};

mod finding;

async fn status(bench: &Bench, guid: &MemberGuid) -> Option<ConnectionStatus> {
    bench.engine.member_page(guid).await.unwrap().unwrap().view.member.connection_status
}

async fn timeline(bench: &Bench, guid: &MemberGuid, limit: i64, skip: i64) -> Vec<String> {
    let moments = bench.engine.timeline(guid, Timestamp::MAX, limit, skip).await.unwrap().unwrap();
    let said = moments.into_iter().map(|moment| match moment.happening {
        Happening::Asked(label) => format!("asked {label}"),
        Happening::Status { was, became } => {
            let name = |status: Option<ConnectionStatus>| status.map_or("none", ConnectionStatus::name);
            format!("{} {}", name(was), name(became))
        }
        Happening::Job(job) => format!("job {}", job.status.name()),
        Happening::Told(message) => format!("told {}", message.kind.name()),
        Happening::Requests(sum) => sum.operation,
        Happening::Done(change) => change.action,
    });
    said.collect()
}

on_both_engines! {
    async fn a_thing_is_found_by_its_id_or_by_what_its_partner_calls_it(bench: &Bench) {
        bench.engine.load_test_banks().await.unwrap();
        let caller = bench.session("acme", "U-1").await.caller;
        let other = bench.session("other", "U-1").await.caller;
        let member = bench.mx_bank_member(&caller, "any").await.member;
        let named = UpdateMember { external_guid: Some("mine".to_owned()), ..UpdateMember::default() };
        bench.engine.update_member(&caller, &member.guid, named).await.unwrap();
        bench.run_jobs().await;
        let page = bench.engine.member_page(&member.guid).await.unwrap().unwrap();
        let job = page.view.member.most_recent_job_guid.unwrap();
        let account = page.accounts[0].account.guid.to_string();
        let reader = bench.engine.store().read().await.unwrap();
        let all = transactions::of_member(&reader, &caller.user, &member.guid).await.unwrap();
        drop(reader);
        let found = async |text: &str| bench.engine.find_anything(text).await.unwrap();
        let only = async |text: &str| {
            let [one] = found(text).await.try_into().unwrap();
            one.thing
        };
        let is_member = Thing::Member(member.guid.clone());
        assert_eq!(only(member.guid.as_str()).await, is_member);
        assert_eq!(only(&account).await, is_member);
        assert_eq!(only(all[0].guid.as_str()).await, is_member);
        assert_eq!(only("mine").await, is_member);
        assert_eq!(only(job.as_str()).await, Thing::Job(job.clone()));
        assert_eq!(only(caller.user.as_str()).await, Thing::User(caller.user.clone()));
        assert_eq!(only(caller.client.as_str()).await, Thing::Client("acme".to_owned()));
        assert_eq!(only("acme").await, Thing::Client("acme".to_owned()));
        assert_eq!(only("mxbank").await, Thing::Institution(member.institution_guid.clone()));
        let users: Vec<_> = found("U-1").await.into_iter().map(|one| one.thing).collect();
        assert_eq!(users.len(), 2);
        assert!(users.contains(&Thing::User(other.user)));
        for nothing in ["MBR-1", "USR-1", "JOB-x", "TRN-1", "ACT-1", "MIC-1", "WHE-1", "msg_1", "INS-1", "min", ""] {
            assert_eq!(found(nothing).await, [], "{nothing:?}");
        }
    }

    async fn a_member_tells_what_it_went_through_the_newest_first(bench: &Bench) {
        bench.engine.load_test_banks().await.unwrap();
        let caller = bench.session("acme", "U-1").await.caller;
        let guid = bench.mx_bank_member(&caller, "challenge").await.member.guid;
        bench.advance(1);
        bench.run_jobs().await;
        bench.advance(1);
        bench.engine.disable_member(&guid, Pause::Begins).await.unwrap();
        let all = timeline(bench, &guid, 50, 0).await;
        assert_eq!(all[0], "CHALLENGED DISABLED");
        assert_eq!(all[1], "members.disable");
        assert_eq!(all[2], "CREATED CHALLENGED");
        assert!(all[3].starts_with("asked "), "{all:?}");
        assert_eq!(&all[4..], ["job HALTED", "members.create"]);
        let mut pieces = Vec::new();
        for skip in 0..7 {
            pieces.extend(timeline(bench, &guid, 1, skip).await);
        }
        assert_eq!(pieces, all);
    }

    async fn a_job_tells_its_steps_over_all_its_runs(bench: &Bench) {
        bench.engine.load_test_banks().await.unwrap();
        let caller = bench.session("acme", "U-1").await.caller;
        let member = bench.mx_bank_member(&caller, "challenge").await.member;
        bench.run_jobs().await;
        let open = bench.engine.list_challenges(&caller, &member.guid).await.unwrap().unwrap().unwrap();
        let answers = open.iter().map(|one| GivenAnswer { guid: one.guid.to_string(), value: "correct".into() });
        bench.engine.resume_member(&caller, &member.guid, answers.collect()).await.unwrap();
        bench.advance(1);
        bench.run_jobs().await;
        let job = bench.engine.any_job(&member.most_recent_job_guid.unwrap()).await.unwrap().unwrap();
        let steps = bench.engine.steps_of(&job).await.unwrap();
        let told: Vec<_> = steps.iter().map(|step| (step.kind, step.ending)).collect();
        assert_eq!(told[..2], [(StepKind::Open, StepEnding::Asked), (StepKind::Resume, StepEnding::Well)]);
        assert_eq!(told.last(), Some(&(StepKind::Import, StepEnding::Well)));
        assert!(steps[0].began_at < steps[1].began_at);
        assert!(job.transactions_created > Some(500), "{job:?}");
    }

    async fn a_disabled_member_rests_until_it_is_let_go_on(bench: &Bench) {
        bench.engine.load_test_banks().await.unwrap();
        let caller = bench.session("acme", "U-1").await.caller;
        let guid = bench.mx_bank_member(&caller, "any").await.member.guid;
        bench.run_jobs().await;
        let engine = &bench.engine;
        let early = engine.disable_member(&guid, Pause::Ends).await;
        assert!(matches!(early, Err(DisableMemberError::NotDisabled)));
        engine.disable_member(&guid, Pause::Begins).await.unwrap();
        engine.disable_member(&guid, Pause::Begins).await.unwrap();
        assert_eq!(status(bench, &guid).await, Some(ConnectionStatus::Disabled));
        assert!(matches!(engine.aggregate_for(&guid).await.unwrap(), Aggregated::Unchanged(_)));
        bench.advance(2 * 24 * 60 * 60);
        bench.sweep().await;
        assert_eq!(status(bench, &guid).await, Some(ConnectionStatus::Disabled));
        engine.disable_member(&guid, Pause::Ends).await.unwrap();
        assert_eq!(status(bench, &guid).await, Some(ConnectionStatus::Reconnected));
        assert!(matches!(engine.aggregate_for(&guid).await.unwrap(), Aggregated::Changed(_)));
        bench.run_jobs().await;
        assert_eq!(status(bench, &guid).await, Some(ConnectionStatus::Connected));
    }

    async fn a_job_that_came_to_nothing_is_done_over_and_no_other(bench: &Bench) {
        bench.engine.load_test_banks().await.unwrap();
        let caller = bench.session("acme", "U-1").await.caller;
        let engine = &bench.engine;
        let member = bench.mx_bank_member(&caller, "INVALID").await.member;
        let first = member.most_recent_job_guid.unwrap();
        assert!(matches!(engine.retry_job(&first).await, Err(RetryError::NotEnded)));
        let waiting = async |place, skip| engine.open_jobs(Open::Waiting, place, 1, skip).await.unwrap();
        let [due] = waiting(Open::Waiting.first(), 0).await.try_into().unwrap();
        assert_eq!(waiting(Open::Waiting.place(&due), 0).await, std::slice::from_ref(&due));
        assert_eq!(waiting(Open::Waiting.place(&due), 1).await, []);
        bench.run_jobs().await;
        let second = engine.retry_job(&first).await.unwrap();
        assert!(matches!(engine.retry_job(&first).await, Err(RetryError::Followed)));
        bench.run_jobs().await;
        let failed = engine.ended_jobs(Which::Failed, Timestamp::MAX, 50, 0).await.unwrap();
        assert_eq!(failed.len(), 2);
        assert!(failed.iter().all(|job| job.status == JobStatus::Denied));
        let good = bench.session("acme", "U-2").await.caller;
        let good = bench.mx_bank_member(&good, "any").await.member;
        bench.run_jobs().await;
        let ended = engine.retry_job(&good.most_recent_job_guid.unwrap()).await;
        assert!(matches!(ended, Err(RetryError::EndedWell)));
        assert!(matches!(engine.retry_job(&"JOB-1".parse().unwrap()).await, Err(RetryError::NoSuchJob)));
        // The third denial in a row is PREVENTED, and then nothing is sent any more.
        let third = engine.retry_job(&second).await.unwrap();
        bench.run_jobs().await;
        assert!(matches!(engine.retry_job(&third).await, Err(RetryError::NotNow)));
        assert_eq!(engine.ended_jobs(Which::Ended, Timestamp::MAX, 50, 0).await.unwrap().len(), 4);
        assert_eq!(engine.ended_jobs(Which::At(&good.institution_guid), Timestamp::MAX, 50, 3).await.unwrap().len(), 1);
    }

    async fn nobody_connects_to_an_institution_that_is_stopped(bench: &Bench) {
        bench.engine.load_test_banks().await.unwrap();
        let caller = bench.session("acme", "U-1").await.caller;
        let engine = &bench.engine;
        let before = bench.mx_bank_member(&caller, "any").await.member;
        bench.run_jobs().await;
        let late = bench.session("acme", "U-2").await.caller;
        let queued = bench.mx_bank_member(&late, "any").await.member;
        let bank = before.institution_guid.clone();
        let offered = async || {
            let request = SearchInstitutions {
                name: Some("MX Bank".to_owned()),
                url: None,
                supports_account_identification: false,
                supports_account_verification: false,
                supports_transaction_history: false,
                countries: Vec::new(),
                page: riverbank_store::page::Page::ALL,
            };
            let InstitutionList { institutions, .. } = engine.search_institutions(request).await.unwrap();
            institutions.iter().any(|one| one.guid == bank)
        };
        assert!(offered().await);
        engine.switch_institution(&bank, false).await.unwrap();
        engine.switch_institution(&bank, false).await.unwrap();
        assert!(!offered().await);
        let request = CreateMember { institution_guid: bank.to_string(), ..CreateMember::default() };
        let refused = engine.create_member(&caller, request).await;
        assert!(matches!(refused, Err(CreateMemberError::Stopped)));
        assert!(matches!(engine.aggregate_for(&before.guid).await.unwrap(), Aggregated::Unchanged(_)));
        bench.run_jobs().await;
        assert_eq!(status(bench, &queued.guid).await, Some(ConnectionStatus::Degraded));
        assert_eq!(status(bench, &before.guid).await, Some(ConnectionStatus::Connected));
        bench.advance(2 * 24 * 60 * 60);
        bench.sweep().await;
        assert_eq!(engine.waiting_jobs().await.unwrap(), 0);
        engine.switch_institution(&bank, true).await.unwrap();
        assert!(matches!(engine.aggregate_for(&queued.guid).await.unwrap(), Aggregated::Changed(_)));
        bench.run_jobs().await;
        assert_eq!(status(bench, &queued.guid).await, Some(ConnectionStatus::Connected));
        let unknown = engine.switch_institution(&"INS-1".parse().unwrap(), false).await;
        assert!(matches!(unknown, Err(SwitchError::NoSuchInstitution)));
        let manual = engine.switch_institution(&crate::institutions::MANUAL.parse().unwrap(), false).await;
        assert!(matches!(manual, Err(SwitchError::Manual)));
    }

    async fn members_are_counted_by_status_and_institution(bench: &Bench) {
        bench.engine.load_test_banks().await.unwrap();
        let caller = bench.session("acme", "U-1").await.caller;
        let guid = bench.mx_bank_member(&caller, "any").await.member;
        let one_in = |status| [MembersIn { status: Some(status), members: 1 }];
        let counts = async || bench.engine.last_day().await.unwrap().members;
        assert_eq!(counts().await, one_in(ConnectionStatus::Created));
        bench.run_jobs().await;
        assert_eq!(counts().await, one_in(ConnectionStatus::Connected));
        let health = bench.engine.institution_health(&guid.institution_guid).await.unwrap();
        assert_eq!(health.members, one_in(ConnectionStatus::Connected));
        assert_eq!((health.ended, health.outcomes.len()), (1, 1));
        bench.engine.delete_member(&caller, &guid.guid, crate::members::DeleteMember::default()).await.unwrap();
        assert_eq!(counts().await, []);
    }
}
