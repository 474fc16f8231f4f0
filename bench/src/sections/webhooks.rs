//! Sending webhooks, beside a bare loop to the same receiver, and beside a receiver that is dead.

use std::time::Duration;

use riverbank_testkit::client::{Caller, Partner};
use riverbank_testkit::server::{CONTROL_KEY, Server, ServerOptions};
use riverbank_testkit::webhook_sink::{Manner, WebhookSink};
use serde_json::{Value, json};

use crate::Outcome;
use crate::row::{Row, Target};
use crate::section::{Findings, Section, Setting};
use crate::stopwatch::Stopwatch;
use crate::turns::{Competitor, in_turns};

pub const SECTION: Section = Section {
    name: "webhooks",
    about: "Sending webhooks",
    method: "Messages that a receiver on this machine is sent in a second, from a replay of all that there are to the last \
             one's arrival; SQLite with `synchronous=FULL`, so that each try is on the disk before it counts. The bare loop \
             posts the same body to the same receiver over as many connections, signs nothing and remembers nothing. The \
             second row is the time from the answer of `POST /users` to the arrival of its message, one user after the \
             other, while another endpoint of the client never answers, beside the same without that endpoint.",
    run,
};

/// Connections that a server opens to one endpoint.
const CONNECTIONS: usize = 8;
/// The longest that a round may take.
const PATIENCE: Duration = Duration::from_mins(2);

fn run(setting: &Setting) -> Outcome<Findings> {
    let messages = usize::try_from(setting.size(3000, 300))?;
    let place = setting.wait(Place::new(messages))?;
    let competitors = vec![
        Competitor::new("Riverbank", || setting.wait(place.replay(messages))),
        Competitor::new("bare loop", || setting.wait(place.post(messages))),
    ];
    let results = in_turns(setting.rounds(), competitors);
    let [ours, bare] = results.as_slice() else { return Err("a competitor too few".into()) };
    let rate = Row::beside(
        "webhooks to one receiver",
        "messages/s",
        ours.figures(|rate| *rate).ours()?,
        &bare.figures(|rate| *rate).rounds(),
        Some(Target::AtLeast(0.3)),
    );
    let users = usize::try_from(setting.size(300, 50))?;
    let competitors = vec![
        Competitor::new("beside a dead endpoint", || setting.wait(place.arrivals(users, true))),
        Competitor::new("alone", || setting.wait(place.arrivals(users, false))),
    ];
    let results = in_turns(setting.rounds(), competitors);
    let [beside, alone] = results.as_slice() else { return Err("a competitor too few".into()) };
    let p99 = Row::beside(
        "p99 of a webhook's way beside a dead endpoint",
        "ms",
        beside.figures(|time| *time).ours()?,
        &alone.figures(|time| *time).rounds(),
        Some(Target::AtMost(1.3)),
    );
    Ok(Findings { rows: rate.into_iter().chain(p99).collect(), ..Findings::default() })
}

/// A server with an endpoint that has been told of some users, and its receivers.
struct Place {
    server: Server,
    acme: Partner,
    sink: WebhookSink,
    dead: WebhookSink,
    webhook: String,
    body: Value,
}

impl Place {
    async fn new(messages: usize) -> Outcome<Self> {
        let server = Server::start(ServerOptions::default().with("RIVERBANK_LOG", "warn"))?;
        let credentials = server.create_client("acme")?;
        let acme = Partner::new(Caller::new(server.base_url()), &credentials);
        let (sink, dead) = (WebhookSink::start().await?, WebhookSink::start().await?);
        dead.set(Manner::Hangs);
        let mut place = Self { server, acme, sink, dead, webhook: String::new(), body: Value::Null };
        place.webhook = place.add(&place.sink.url()).await?;
        for number in 0..messages {
            place.acme.create_user(&format!("user-{number}")).await;
        }
        let received = place.sink.wait_for(messages, PATIENCE).await;
        place.body = received.first().ok_or("no message came")?.json();
        Ok(place)
    }

    fn control(&self) -> Caller {
        Caller::new(self.server.base_url())
            .header("md-control-key", CONTROL_KEY)
            .header("content-type", "application/json")
    }

    async fn add(&self, url: &str) -> Outcome<String> {
        let body = json!({"client_id": "acme", "url": url, "events": ["user"]});
        let made = self.control().post("/control/webhooks", &body).await.root("webhook");
        Ok(made["guid"].as_str().ok_or("an endpoint without an id")?.to_owned())
    }

    /// Messages in a second.
    async fn replay(&self, messages: usize) -> Outcome<f64> {
        self.sink.clear();
        let since = json!({"since": "2000-01-01T00:00:00Z"});
        let watch = Stopwatch::start();
        self.control().post(&format!("/control/webhooks/{}/replay", self.webhook), &since).await;
        self.rate(messages, &watch).await
    }

    /// Posts in a second.
    async fn post(&self, messages: usize) -> Outcome<f64> {
        self.sink.clear();
        let watch = Stopwatch::start();
        let each = messages.div_ceil(CONNECTIONS);
        let loops = (0..CONNECTIONS).map(|_| {
            let caller = Caller::new(self.sink.url().trim_end_matches("/hooks"));
            let (caller, body) = (caller.header("content-type", "application/json"), self.body.clone());
            tokio::spawn(async move {
                for _ in 0..each {
                    caller.post("/hooks", &body).await;
                }
            })
        });
        for posting in loops.collect::<Vec<_>>() {
            posting.await?;
        }
        self.rate(messages, &watch).await
    }

    async fn rate(&self, messages: usize, watch: &Stopwatch) -> Outcome<f64> {
        let received = self.sink.wait_for(messages, PATIENCE).await.len();
        let seconds = watch.elapsed().as_secs_f64();
        if received < messages {
            return Err(format!("{received} of {messages} messages came").into());
        }
        let messages = u32::try_from(messages)?;
        Ok(f64::from(messages) / seconds)
    }

    /// The p99 of the milliseconds from the answer of `POST /users` to the arrival of its message.
    async fn arrivals(&self, users: usize, beside_dead: bool) -> Outcome<f64> {
        let dead = if beside_dead { Some(self.add(&self.dead.url()).await?) } else { None };
        let mut ways = Vec::with_capacity(users);
        for number in 0..users {
            self.sink.clear();
            let id = format!("way-{number}");
            self.acme.create_user(&id).await;
            let watch = Stopwatch::start();
            if self.sink.wait_for(1, PATIENCE).await.is_empty() {
                return Err("a message did not come".into());
            }
            ways.push(watch.elapsed().as_secs_f64() * 1000.0);
            self.sink.clear();
            self.acme.mdx().delete(&format!("/mdx/acme/users/{id}")).await;
            self.sink.wait_for(1, PATIENCE).await;
        }
        if let Some(dead) = dead {
            self.control().delete(&format!("/control/webhooks/{dead}")).await;
        }
        ways.sort_by(f64::total_cmp);
        Ok(ways[(users * 99 / 100).min(users - 1)])
    }
}
