//! Looking for insights: when, by whom, and what becomes of what is found.
//!
//! A look is due in the moment after something of a user has changed, and each morning. A server claims it for a while, reads the facts,
//! lets the templates look, and writes what they found in one unit of work, unless something has changed meanwhile: then it
//! is due again. One that dies on the way has written nothing.

use std::collections::BTreeSet;
use std::time::Duration;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use riverbank_model::guid::{Guid, InsightGuid, UserGuid};
use riverbank_model::insight::LinkKind;
use riverbank_model::webhook::Action;
use riverbank_store::insights::{self, Insight, Link};
use riverbank_store::users::{self, User};
use riverbank_store::{Tx, insight_looks, notifications, transactions};

use super::{Found, InsightView, Template, alerts, templates};
use crate::notifications::{Notice, settings_of};
use crate::webhooks::News;
use crate::{Engine, Fault, calendar};

/// The hour of a user's own day at which it is looked for what comes by itself.
const MORNING: i8 = 8;
/// For how long a look is left to the server that has begun it.
const LEASE: Duration = Duration::from_mins(1);
/// How long looks go on before the rest of the schedule is looked at.
const TURN: Duration = Duration::from_millis(500);
/// What an insight is about of one kind, at most.
const LINKS: usize = 100;

/// What a look has brought to light of a user.
pub(super) struct Looked {
    user: User,
    /// The revision of the user's transactions before it.
    revision: i64,
    /// When it is looked again by itself.
    next_morning: Option<Timestamp>,
    new: Vec<(Insight, Vec<Link>)>,
    moot: Vec<Insight>,
    /// What the user is to be notified of.
    notices: Vec<Notice>,
}

impl Engine {
    /// Looks for insights of the users for whom that is due, for as long as a turn lasts; for how many that was.
    pub(crate) async fn look_for_insights(&self, now: Timestamp) -> Result<usize, Fault> {
        let due = insight_looks::due(&*self.store().read().await?, now).await?;
        let begun = self.machine().elapsed();
        let mut done = 0;
        for user in due {
            match self.look_at(&user, now).await {
                Ok(is_done) => done += usize::from(is_done),
                Err(fault @ Fault::Unavailable(_)) => return Err(fault),
                Err(fault) => {
                    tracing::error!(%user, error = &fault as &dyn std::error::Error, "insights could not be looked for");
                }
            }
            if self.machine().elapsed().saturating_sub(begun) >= TURN {
                break;
            }
        }
        Ok(done)
    }

    /// Has a user looked at again, of whom something else has changed than transactions and accounts. Whoever changes that
    /// holds the user, and must not wait for who changes transactions: so it is told afterwards, and if that fails, the
    /// morning will bring it out.
    pub(crate) async fn look_again(&self, user: &UserGuid) {
        let (user, now) = (user.clone(), self.now());
        let raise = async move |tx: &Tx| transactions::raise_revision(tx, &user, now).await;
        if let Err(error) = self.store().write(raise).await {
            Fault::from(error).log("what has changed will be looked at in the morning");
        }
    }

    /// Looks at one user; false when another server is at it, or the user has gone.
    async fn look_at(&self, user: &UserGuid, now: Timestamp) -> Result<bool, Fault> {
        let guid = user.clone();
        let claimed =
            self.store().write(async move |tx| insight_looks::claim(tx, &guid, now, LEASE).await).await?;
        let Some(look) = claimed else { return Ok(false) };
        let is_morning = look.morning_at.is_some_and(|at| at <= now);
        let Some(looked) = self.looked(user, is_morning, now).await? else { return Ok(false) };
        self.end_look(look.morning_at, looked).await.map(|()| true)
    }

    /// Ends a look for which this morning was waited for: writes what it has brought to light, if that is still so.
    pub(super) async fn end_look(&self, morning_at: Option<Timestamp>, looked: Looked) -> Result<(), Fault> {
        let engine = self.clone();
        let writing = self.store().write(async move |tx| {
            let user = &looked.user.guid;
            let holds = transactions::revision(tx, user).await? == looked.revision;
            if holds {
                // What refers to the user comes first: whoever deletes it holds it before all of this.
                engine.write_insights(tx, &looked).await?;
                insight_looks::looked(tx, user, looked.revision).await?;
            }
            insight_looks::end(tx, user, if holds { looked.next_morning } else { morning_at }).await?;
            Ok::<_, Fault>(())
        });
        writing.await
    }

    /// What there is to tell of a user, and what no longer; none when the user has gone.
    pub(super) async fn looked(
        &self,
        user: &UserGuid,
        is_morning: bool,
        now: Timestamp,
    ) -> Result<Option<Looked>, Fault> {
        let reader = self.store().read().await?;
        let Some(user) = users::find(&reader, user).await? else { return Ok(None) };
        // Before the facts: what changes after it is looked at again.
        let revision = transactions::revision(&reader, &user.guid).await?;
        let facts = self.facts_of(&reader, &user, now, is_morning).await?;
        let next_morning = morning_after(now, &calendar::zone(&reader, &user.guid).await?);
        let known: BTreeSet<_> = insights::digests(&reader, &user.guid).await?.into_iter().collect();
        let relevant = insights::relevant(&reader, &user.guid).await?;
        let alerts = alerts::find(&facts, &settings_of(&reader, &user.guid).await?);
        let notices = not_told(&reader, &user.guid, alerts).await?;
        drop(reader);
        let found = templates::find(&facts, is_morning);
        let digests: Vec<_> = found.iter().map(|(template, found)| template.digest(found)).collect();
        let is_moot = |insight: &Insight| {
            let template = templates::named(&insight.template).filter(|template| template.looks(is_morning));
            insight.relevant_through.is_some_and(|last| last < facts.today)
                || template.is_some_and(|template| template.is_moot(insight, &digests))
        };
        let moot = relevant.into_iter().filter(is_moot).map(|insight| Insight {
            is_relevant: false,
            revision: insight.revision + 1,
            updated_at: now,
            ..insight
        });
        let new = found.into_iter().zip(&digests).filter(|(_, digest)| !known.contains(*digest));
        let new = new.map(|((template, found), _)| self.new_insight(&user, template, found, now));
        Ok(Some(Looked { revision, next_morning, new: new.collect(), moot: moot.collect(), notices, user }))
    }

    fn new_insight(
        &self,
        user: &User,
        template: &Template,
        found: Found,
        now: Timestamp,
    ) -> (Insight, Vec<Link>) {
        let digest = template.digest(&found);
        let parent = format!("{}/{}/{}", user.guid, template.name, found.key);
        let guid: InsightGuid = self.guid_within(&user.guid, &parent, 0);
        let links = links_of(user, &guid, &found);
        let insight = Insight {
            user_guid: user.guid.clone(),
            guid,
            template: template.name.to_owned(),
            digest,
            title: found.title,
            description: found.description,
            call_to_action: found.call_to_action.to_owned(),
            has_been_displayed: false,
            displayed_at: None,
            is_dismissed: false,
            is_relevant: true,
            relevant_through: found.relevant_through,
            primary_account_guid: found.account,
            primary_transaction_guid: found.transaction,
            revision: 1,
            created_at: now,
            updated_at: now,
        };
        (insight, links)
    }

    /// Writes what a look has brought to light, and tells of it.
    async fn write_insights(&self, tx: &Tx, looked: &Looked) -> Result<(), Fault> {
        let mut news = News::of_user(self, tx, &looked.user).await?;
        for (insight, links) in &looked.new {
            if insights::make(tx, insight, links).await? {
                news.insight(
                    &InsightView::of(insight.clone(), links.clone(), &looked.user),
                    Action::Created,
                )?;
            }
        }
        let moot: Vec<_> = looked.moot.iter().map(|insight| insight.guid.clone()).collect();
        let links = insights::links(tx, &looked.user.guid, &moot).await?;
        for view in InsightView::of_all(looked.moot.clone(), links, &looked.user) {
            if insights::outdate(tx, &view.insight).await? {
                news.insight(&view, Action::Updated)?;
            }
        }
        news.write().await?;
        for notice in &looked.notices {
            self.notify_of(tx, &looked.user, notice.clone()).await?;
        }
        Ok(())
    }
}

/// Of some notices, those that the user has not been told of.
async fn not_told(tx: &Tx, user: &UserGuid, notices: Vec<Notice>) -> Result<Vec<Notice>, Fault> {
    let facts: Vec<String> = notices.iter().filter_map(|notice| notice.fact.clone()).collect();
    let told = notifications::told(tx, user, &facts).await?;
    let is_new = |notice: &Notice| notice.fact.as_ref().is_none_or(|fact| !told.contains(fact));
    Ok(notices.into_iter().filter(is_new).collect())
}

/// The first morning after a moment in a time zone.
pub(super) fn morning_after(now: Timestamp, zone: &TimeZone) -> Option<Timestamp> {
    let today = zone.to_datetime(now).date();
    let mornings = [Some(today), today.tomorrow().ok()].into_iter().flatten();
    let moments = mornings.filter_map(|day| zone.to_timestamp(day.at(MORNING, 0, 0, 0)).ok());
    moments.into_iter().find(|at| *at > now)
}

/// The links of an insight, what it is about in the first place first.
fn links_of(user: &User, insight: &InsightGuid, found: &Found) -> Vec<Link> {
    let kinds = [
        (LinkKind::Account, texts(found.account.iter().chain(&found.accounts))),
        (LinkKind::Category, texts(&found.categories)),
        (LinkKind::Merchant, texts(&found.merchants)),
        (LinkKind::ScheduledPayment, texts(&found.scheduled_payments)),
        (LinkKind::Transaction, texts(found.transaction.iter().chain(&found.transactions))),
    ];
    let link = |kind, position, object_guid| Link {
        user_guid: user.guid.clone(),
        insight_guid: insight.clone(),
        kind,
        position,
        object_guid,
    };
    let links = kinds.into_iter().flat_map(|(kind, guids)| {
        (1..).zip(guids).map(move |(position, guid)| (kind, position, guid)).collect::<Vec<_>>()
    });
    links.map(|(kind, position, guid)| link(kind, position, guid)).collect()
}

/// Some ids, each once, in their order.
fn texts<'a, G: Guid + 'a>(guids: impl IntoIterator<Item = &'a G>) -> Vec<String> {
    let mut texts: Vec<String> = Vec::new();
    for guid in guids {
        if texts.len() < LINKS && !texts.iter().any(|text| text == guid.as_ref()) {
            texts.push(guid.as_ref().to_owned());
        }
    }
    texts
}
