//! Nodes whose machines' clocks are minutes apart, and a worker whose database was away.

use jiff::SignedDuration;

use super::*;
use crate::clock::{BusinessClock, Pace};
use crate::sessions::CreateSession;

/// Two nodes ten minutes apart, on one PostgreSQL.
struct Apart {
    stage: Stage,
    ahead: (Engine, Arc<BusinessClock>),
    behind: (Engine, Arc<BusinessClock>),
}

impl Apart {
    async fn new() -> Self {
        let stage = Stage::on(Backend::Postgres).await;
        let ahead = stage.bench.node_off_by(SignedDuration::from_mins(5)).await;
        let behind = stage.bench.node_off_by(SignedDuration::from_mins(-5)).await;
        Self { stage, ahead, behind }
    }

    /// Moves the business time of both on, as a sandbox does.
    fn pass(&self, so_far: SignedDuration) {
        for (_, clock) in [&self.ahead, &self.behind] {
            clock.set_pace(Pace::Running(so_far));
        }
    }

    async fn member(&self, maker: &Engine, login: &str) -> members::Member {
        let bank = maker.catalogue().await.unwrap().by_code("one").unwrap().clone();
        let values = bank.credentials.iter().zip([login, "fine"]);
        let given = values
            .map(|(field, value)| GivenCredential { guid: field.guid.to_string(), value: value.into() });
        let request = CreateMember {
            institution_guid: bank.guid.to_string(),
            credentials: given.collect(),
            ..CreateMember::default()
        };
        maker.create_member(&self.stage.caller, request).await.unwrap().member
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nodes_whose_clocks_are_minutes_apart_agree_on_the_time() {
    let nodes = Apart::new().await;
    let machine = nodes.stage.engine().machine();
    let begun = machine.elapsed();
    for node in [&nodes.ahead.0, &nodes.behind.0] {
        while !node.follow_database_clock().await.unwrap() {}
    }
    let difference = nodes.ahead.0.now().duration_since(nodes.behind.0.now()).abs();
    // And what their questions took, of which they cannot know how much was the way.
    let doubt = SignedDuration::try_from(machine.elapsed().saturating_sub(begun)).unwrap();
    assert!(difference < SignedDuration::from_millis(500) + doubt, "{difference:?} apart");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_job_of_a_node_that_is_ahead_or_behind_is_run_by_the_other_at_once() {
    let nodes = Apart::new().await;
    let (ahead, behind) = (&nodes.ahead.0, &nodes.behind.0);
    for (maker, runner) in [(ahead, behind), (behind, ahead)] {
        let login = format!("login-{}", nodes.stage.puppet.visits.load(Ordering::SeqCst));
        let member = nodes.member(maker, &login).await;
        let begun = nodes.stage.engine().machine().elapsed();
        nodes.stage.until(std::slice::from_ref(runner), async || nodes.stage.ended(&member).await).await;
        let took = nodes.stage.engine().machine().elapsed().saturating_sub(begun);
        assert!(took < Duration::from_secs(10), "{took:?}");
        assert_eq!(nodes.stage.read(&member).await.connection_status, Some(ConnectionStatus::Connected));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lease_of_a_node_that_is_behind_holds_against_one_that_is_ahead() {
    let nodes = Apart::new().await;
    nodes.member(&nodes.behind.0, "login").await;
    let claim = async |engine: &Engine, owner: &'static str| {
        let now = engine.now();
        let claimed = engine.store().write(async move |tx| {
            let terms = ClaimTerms { owner, limit: 10, per_institution: 10, lease: LEASE, now };
            jobs::reclaim(tx).await?;
            jobs::claim(tx, &terms).await
        });
        claimed.await.unwrap().len()
    };
    assert_eq!(claim(&nodes.behind.0, "behind").await, 1);
    assert_eq!(claim(&nodes.ahead.0, "ahead").await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_lives_as_long_on_every_node() {
    let nodes = Apart::new().await;
    for (at, (maker, other)) in
        [(&nodes.ahead.0, &nodes.behind.0), (&nodes.behind.0, &nodes.ahead.0)].into_iter().enumerate()
    {
        let id = format!("user-{at}");
        let (partner, _) = nodes.stage.bench.user("acme", &id).await;
        nodes.pass(SignedDuration::ZERO);
        let token = maker.create_api_token(&partner, &id).await.unwrap();
        let session = maker.create_session(&token, CreateSession { skip_aggregation: true }).await.unwrap();
        nodes.pass(SignedDuration::from_secs(29 * 60 + 58));
        assert!(other.authenticate(&session.token).await.unwrap().is_some());
        nodes.pass(SignedDuration::from_secs(29 * 60 + 58 + 31 * 60 + 1));
        assert!(maker.authenticate(&session.token).await.unwrap().is_none());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_job_outlives_a_database_that_is_away_for_longer_than_its_lease() {
    let stage = Stage::with_lease(Backend::Sqlite, Duration::from_secs(4)).await;
    let member = stage.member("one", "login", "held").await;
    let other = stage.bench.another_node().await;
    // Longer than a write waits for the file, and than the lease: renewals fail.
    let away = std::thread::spawn({
        let puppet = Arc::clone(&stage.puppet);
        let runtime = tokio::runtime::Handle::current();
        move || {
            while puppet.visits.load(Ordering::SeqCst) == 0 {
                std::thread::sleep(Duration::from_millis(5));
            }
            let hold = other.store().write(async |_| {
                std::thread::sleep(Duration::from_secs(10));
                Ok::<_, riverbank_store::StoreError>(())
            });
            runtime.block_on(hold).unwrap();
            puppet.gate.add_permits(1);
        }
    });
    stage.until(&[stage.engine().clone()], async || stage.ended(&member).await).await;
    away.join().unwrap();
    let job = stage.job(&member).await;
    assert_eq!((job.interruptions, job.status), (0, JobStatus::Completed));
    assert_eq!(stage.puppet.visits.load(Ordering::SeqCst), 1);
}
