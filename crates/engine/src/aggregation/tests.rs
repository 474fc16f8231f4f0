//! The queue and its workers: who runs what, and what happens when someone is slow, dies or changes their mind.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use async_trait::async_trait;
use riverbank_connect::{
    Answer, BankRefusal, Connector, Login, RawAnswer, Session, Step, Visit, Wanted, catalogue,
};
use riverbank_model::ExposeSecret;
use riverbank_model::connection::ConnectionStatus;
use riverbank_model::feed::Feed;
use riverbank_model::job::JobStatus;
use riverbank_model::job_step::StepEnding;
use riverbank_store::jobs::steps::JobStep;
use riverbank_store::jobs::{Claim, ClaimTerms, Job, JobState};
use riverbank_store::{jobs, members};
use tokio::sync::{Semaphore, watch};

mod nodes;

use super::*;
use crate::institutions::load;
use crate::members::{CreateMember, DeleteMember, GivenCredential, UpdateMember};
use crate::testing::{Backend, Bench};
use crate::{Caller, Engine};

/// A bank that does what the password says, and counts how often it is visited.
struct Puppet {
    visits: AtomicUsize,
    at_once: AtomicUsize,
    most_at_once: AtomicUsize,
    /// "held" logins wait here.
    gate: Semaphore,
}

impl Puppet {
    fn new() -> Arc<Self> {
        Arc::new(Self {
            visits: AtomicUsize::new(0),
            at_once: AtomicUsize::new(0),
            most_at_once: AtomicUsize::new(0),
            gate: Semaphore::new(0),
        })
    }
}

#[async_trait]
impl Connector for Puppet {
    async fn open(&self, _: &Visit<'_>, login: &Login) -> Result<Step, BankRefusal> {
        self.visits.fetch_add(1, Ordering::SeqCst);
        let now = self.at_once.fetch_add(1, Ordering::SeqCst) + 1;
        self.most_at_once.fetch_max(now, Ordering::SeqCst);
        let password = login.value("PASSWORD").map_or("", |value| value.expose_secret()).to_owned();
        match password.as_str() {
            "held" => self.gate.acquire().await.expect("an open gate").forget(),
            "panic" => panic!("a connector with a fault"),
            "forever" => std::future::pending().await,
            _ => tokio::time::sleep(Duration::from_millis(5)).await,
        }
        self.at_once.fetch_sub(1, Ordering::SeqCst);
        if password == "deny" {
            return Err(BankRefusal {
                status: ConnectionStatus::Denied,
                code: Some(401),
                message: "no".to_owned(),
            });
        }
        Ok(Step::Open(Session(Vec::new())))
    }

    async fn resume(&self, _: &Visit<'_>, _: &Login, _: &[u8], _: &[Answer]) -> Result<Step, BankRefusal> {
        Ok(Step::Open(Session(Vec::new())))
    }

    async fn fetch(
        &self,
        _: &Visit<'_>,
        _: &Login,
        _: &Session,
        _: Wanted,
    ) -> Result<RawAnswer, BankRefusal> {
        Ok(RawAnswer::default())
    }

    fn read(&self, _: &RawAnswer) -> Result<Feed, BankRefusal> {
        Ok(Feed::default())
    }
}

/// Two institutions of the puppet's.
fn banks() -> Vec<catalogue::CatalogueEntry> {
    let bank = |code: &str| {
        format!(
            "[[institution]]\ncode = \"{code}\"\nname = \"{code}\"\npopularity = 1\nis_test = true\nconnector = \"script\"\n\
             [[institution.credential]]\nfield_name = \"LOGIN\"\nlabel = \"Username\"\ntype = \"LOGIN\"\n\
             [[institution.credential]]\nfield_name = \"PASSWORD\"\nlabel = \"Password\"\ntype = \"PASSWORD\"\n\
             [[institution.script.login]]\nwhen = {{ LOGIN = \"any\" }}\nsteps = []\n"
        )
    };
    catalogue::parse(&(bank("one") + &bank("two"))).expect("two banks")
}

/// A bench whose banks are a puppet's, and a user.
struct Stage {
    bench: Bench,
    puppet: Arc<Puppet>,
    caller: Caller,
}

impl Stage {
    async fn on(backend: Backend) -> Self {
        Self::with_lease(backend, LEASE).await
    }

    async fn with_lease(backend: Backend, lease: Duration) -> Self {
        let puppet = Puppet::new();
        let connectors = Connectors::default().with("script", puppet.clone());
        let bench = Bench::with_lease(backend, connectors, lease).await;
        load(bench.engine.store(), &banks(), bench.engine.now()).await.expect("loaded banks");
        let caller = bench.session("acme", "u").await.caller;
        Self { bench, puppet, caller }
    }

    fn engine(&self) -> &Engine {
        &self.bench.engine
    }

    async fn member(&self, bank: &str, login: &str, password: &str) -> members::Member {
        let catalogue = self.engine().catalogue().await.expect("a catalogue");
        let bank = catalogue.by_code(bank).expect("a bank");
        let given = |index: usize, value: &str| GivenCredential {
            guid: bank.credentials[index].guid.to_string(),
            value: value.into(),
        };
        let request = CreateMember {
            institution_guid: bank.guid.to_string(),
            credentials: vec![given(0, login), given(1, password)],
            ..CreateMember::default()
        };
        self.engine().create_member(&self.caller, request).await.expect("a member").member
    }

    async fn read(&self, member: &members::Member) -> members::Member {
        let reader = self.engine().store().read().await.expect("a reader");
        members::find(&reader, &member.user_guid, &member.guid).await.expect("a read").expect("a member")
    }

    async fn job(&self, member: &members::Member) -> Job {
        let guid = self.read(member).await.most_recent_job_guid.expect("a job");
        let reader = self.engine().store().read().await.expect("a reader");
        jobs::find(&reader, &member.user_guid, &guid).await.expect("a read").expect("a job")
    }

    /// The steps of its newest job.
    async fn steps(&self, member: &members::Member) -> Vec<JobStep> {
        let job = self.job(member).await;
        self.engine().steps_of(&job).await.expect("steps")
    }

    /// Takes every job that is due, under a lease of this length.
    async fn claim(&self, owner: &str, lease: Duration, per_institution: i64) -> Vec<Claim> {
        let (owner, now) = (owner.to_owned(), self.engine().now());
        let claim = self.engine().store().write(async move |tx| {
            jobs::claim(tx, &ClaimTerms { owner: &owner, limit: 100, per_institution, lease, now }).await
        });
        claim.await.expect("claims")
    }

    /// Runs workers until a condition holds.
    async fn until(&self, engines: &[Engine], mut holds: impl AsyncFnMut() -> bool) {
        let (stop, stopping) = watch::channel(false);
        let workers: Vec<_> = engines
            .iter()
            .enumerate()
            .map(|(number, engine)| {
                tokio::spawn(engine.clone().run_workers(format!("worker-{number}"), stopping.clone()))
            })
            .collect();
        let deadline = Duration::from_secs(30);
        let done = tokio::time::timeout(deadline, async {
            while !holds().await {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        });
        let done = done.await;
        stop.send_replace(true);
        for worker in workers {
            worker.await.expect("a worker that ends");
        }
        done.expect("the condition holds in time");
    }

    async fn ended(&self, member: &members::Member) -> bool {
        self.read(member).await.live_job_guid.is_none()
    }
}

macro_rules! on_both {
    ($(async fn $name:ident($stage:ident: &Stage) $body:block)*) => {
        mod rules {
            use super::*;
            $(pub(super) async fn $name($stage: &Stage) $body)*
        }
        mod on_sqlite {
            use super::*;
            $(#[tokio::test(flavor = "multi_thread")]
            async fn $name() {
                rules::$name(&Stage::on(Backend::Sqlite).await).await;
            })*
        }
        #[tokio::test(flavor = "multi_thread")]
        async fn on_postgres() {
            $(rules::$name(&Stage::on(Backend::Postgres).await).await;)*
        }
    };
}

const LEASE: Duration = Duration::from_secs(30);

mod steps;

on_both! {
    async fn two_nodes_share_the_jobs_and_run_none_twice(stage: &Stage) {
        let mut made = Vec::new();
        for number in 0..20 {
            made.push(stage.member("one", &format!("login-{number}"), "fine").await);
        }
        let nodes = [stage.engine().clone(), stage.bench.another_node().await];
        stage.until(&nodes, async || {
            for member in &made {
                if !stage.ended(member).await {
                    return false;
                }
            }
            true
        }).await;
        assert_eq!(stage.puppet.visits.load(Ordering::SeqCst), 20);
        for member in &made {
            assert_eq!(stage.read(member).await.connection_status, Some(ConnectionStatus::Connected));
        }
    }

    async fn a_job_whose_worker_died_is_taken_over(stage: &Stage) {
        let member = stage.member("one", "login", "fine").await;
        let claimed = stage.claim("dead", Duration::from_millis(50), 10).await;
        assert_eq!(claimed.len(), 1);
        assert!(stage.claim("other", LEASE, 10).await.is_empty(), "a held job is not taken");
        stage.until(&[stage.engine().clone()], async || stage.ended(&member).await).await;
        let job = stage.job(&member).await;
        assert_eq!((job.interruptions, job.status), (1, JobStatus::Completed));
    }

    async fn what_a_worker_lost_it_no_longer_writes(stage: &Stage) {
        let member = stage.member("one", "login", "deny").await;
        let claimed = stage.claim("slow", Duration::from_millis(1), 10).await;
        tokio::time::sleep(Duration::from_millis(20)).await;
        stage.engine().store().write(async |tx| jobs::reclaim(tx).await).await.expect("a reclaim");
        stage.engine().run_job(&claimed[0], "slow", &Steps::default()).await.expect("a run");
        assert_eq!(stage.puppet.visits.load(Ordering::SeqCst), 0);
        assert_eq!(stage.read(&member).await.connection_status, Some(ConnectionStatus::Created));
        assert_eq!(stage.job(&member).await.state, JobState::Ready);
        assert_eq!(stage.steps(&member).await, []);
    }

    async fn one_slow_bank_does_not_starve_the_others(stage: &Stage) {
        let mut slow = Vec::new();
        for number in 0..6 {
            slow.push(stage.member("one", &format!("login-{number}"), "held").await);
        }
        let other = stage.member("two", "login", "fine").await;
        // Two of the four workers may visit one bank.
        assert_eq!(stage.claim("first", LEASE, 2).await.len(), 3);
        assert!(stage.claim("second", LEASE, 2).await.is_empty(), "the limit counts over all workers");
        let engine = stage.engine().clone();
        let owner = "first".to_owned();
        engine.store().write(async move |tx| jobs::release(tx, &owner).await).await.expect("a release");
        stage.until(&[engine], async || stage.ended(&other).await && {
            stage.puppet.gate.add_permits(6);
            true
        }).await;
        drop(slow);
    }

    async fn a_job_whose_connector_panics_is_tried_again_five_times(stage: &Stage) {
        let member = stage.member("one", "login", "panic").await;
        stage.until(&[stage.engine().clone()], async || stage.ended(&member).await).await;
        let job = stage.job(&member).await;
        assert_eq!((job.interruptions, job.status), (6, JobStatus::Halted));
        assert_eq!(stage.puppet.visits.load(Ordering::SeqCst), 6);
        assert_eq!(stage.read(&member).await.connection_status, Some(ConnectionStatus::Failed));
    }

    async fn new_credentials_during_a_run_set_its_result_aside_and_start_another(stage: &Stage) {
        let member = stage.member("one", "login", "held").await;
        let claimed = stage.claim("worker", LEASE, 10).await;
        let (engine, claim) = (stage.engine().clone(), claimed[0].clone());
        let run = tokio::spawn(async move { engine.run_job(&claim, "worker", &Steps::default()).await });
        while stage.puppet.visits.load(Ordering::SeqCst) == 0 {
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
        let catalogue = stage.engine().catalogue().await.expect("a catalogue");
        let password = catalogue.by_code("one").expect("a bank").credentials[1].guid.to_string();
        let change = UpdateMember {
            credentials: vec![GivenCredential { guid: password, value: "fine".into() }],
            ..UpdateMember::default()
        };
        let updated = stage.engine().update_member(&stage.caller, &member.guid, change).await.expect("an update");
        assert_eq!(updated.member.connection_status, Some(ConnectionStatus::Updated));
        stage.puppet.gate.add_permits(1);
        run.await.expect("a task").expect("a run");
        let after = stage.read(&member).await;
        assert_eq!(after.connection_status, Some(ConnectionStatus::Updated));
        assert_ne!(after.live_job_guid, updated.member.live_job_guid);
        assert!(after.live_job_guid.is_some(), "another job follows");
        stage.until(&[stage.engine().clone()], async || stage.ended(&member).await).await;
        assert_eq!(stage.read(&member).await.connection_status, Some(ConnectionStatus::Connected));
    }

    async fn a_member_that_is_deleted_during_its_run_stays_deleted(stage: &Stage) {
        let member = stage.member("one", "login", "held").await;
        let claimed = stage.claim("worker", LEASE, 10).await;
        let (engine, claim) = (stage.engine().clone(), claimed[0].clone());
        let run = tokio::spawn(async move { engine.run_job(&claim, "worker", &Steps::default()).await });
        while stage.puppet.visits.load(Ordering::SeqCst) == 0 {
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
        let deleted = stage.engine().delete_member(&stage.caller, &member.guid, DeleteMember::default()).await;
        assert!(deleted.expect("a deletion"));
        stage.puppet.gate.add_permits(1);
        run.await.expect("a task").expect("a run");
        assert!(stage.engine().read_member(&stage.caller, &member.guid).await.expect("a read").is_none());
    }

    async fn a_status_that_is_set_during_a_run_stays(stage: &Stage) {
        let member = stage.member("one", "login", "held").await;
        let claimed = stage.claim("worker", LEASE, 10).await;
        let (engine, claim) = (stage.engine().clone(), claimed[0].clone());
        let run = tokio::spawn(async move { engine.run_job(&claim, "worker", &Steps::default()).await });
        while stage.puppet.visits.load(Ordering::SeqCst) == 0 {
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
        let change = UpdateMember { connection_status: Some("LOCKED".to_owned()), ..UpdateMember::default() };
        stage.engine().update_member(&stage.caller, &member.guid, change).await.expect("an update");
        stage.puppet.gate.add_permits(1);
        run.await.expect("a task").expect("a run");
        let after = stage.read(&member).await;
        assert_eq!((after.connection_status, after.live_job_guid), (Some(ConnectionStatus::Locked), None));
    }

    async fn a_worker_that_stops_gives_back_what_it_could_not_finish(stage: &Stage) {
        let member = stage.member("one", "login", "forever").await;
        let begun = async || stage.puppet.visits.load(Ordering::SeqCst) == 1;
        stage.until(&[stage.engine().clone()], begun).await;
        let job = stage.job(&member).await;
        assert_eq!((job.state, job.interruptions, job.lease_owner), (JobState::Ready, 0, None));
        let endings: Vec<_> = stage.steps(&member).await.iter().map(|step| step.ending).collect();
        assert_eq!(endings, [StepEnding::CutShort]);
    }
}

#[tokio::test(start_paused = true)]
async fn a_step_that_takes_too_long_fails() {
    let stage = Stage::on(Backend::Sqlite).await;
    let member = stage.member("one", "login", "forever").await;
    let claimed = stage.claim("worker", Duration::from_hours(1), 10).await;
    stage.engine().run_job(&claimed[0], "worker", &Steps::default()).await.expect("a run");
    assert_eq!(stage.read(&member).await.connection_status, Some(ConnectionStatus::Failed));
    let job = stage.job(&member).await;
    assert_eq!(job.error_message.as_deref(), Some("the institution did not answer in time"));
    let steps = stage.steps(&member).await;
    assert_eq!((steps.len(), steps[0].ending, steps[0].took.is_some()), (1, StepEnding::CutShort, true));
}
