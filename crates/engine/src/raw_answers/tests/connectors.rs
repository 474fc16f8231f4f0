//! Answers of banks that speak OFX, and answers that a version cannot read.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use async_trait::async_trait;
use jiff::tz::Offset;
use riverbank_connect::catalogue::{ConnectorKind, parse};
use riverbank_connect::ofx::OfxConnector;
use riverbank_connect::script::ScriptConnector;
use riverbank_connect::transport::{Client, Policy};
use riverbank_connect::{Answer, BankRefusal, Connector, Login, Session, Step, Visit, Wanted};
use riverbank_model::connection::ConnectionStatus;
use riverbank_model::feed::Feed;
use riverbank_testkit::ofx_bank::{LOGINS, OfxBank, PASSWORD};

use super::*;
use crate::aggregation::Connectors;
use crate::institutions::load;
use crate::members::{CreateMember, GivenCredential};

/// The bank as a catalogue file describes it.
fn catalogue(bank: &OfxBank) -> String {
    format!(
        "[[institution]]\ncode = \"millrace\"\nname = \"Millrace Savings Bank\"\nconnector = \"ofx\"\n\
         [institution.ofx]\n{}\
         [[institution.credential]]\nfield_name = \"LOGIN\"\nlabel = \"User\"\ntype = \"LOGIN\"\n\
         [[institution.credential]]\nfield_name = \"PASSWORD\"\nlabel = \"Password\"\ntype = \"PASSWORD\"\n",
        bank.settings()
    )
}

async fn at_ofx_bank(backend: Backend) -> (Life, OfxBank) {
    let client = Client::new(Policy::sandbox()).unwrap();
    let connectors =
        Connectors::default().with(ConnectorKind::Ofx.name(), Arc::new(OfxConnector::new(client)));
    let bench = Bench::with(backend, connectors).await;
    let today = Offset::UTC.to_datetime(bench.engine.now()).date();
    let bank = OfxBank::start("127.0.0.1:0".parse().unwrap(), today).unwrap();
    let entries = parse(&catalogue(&bank)).unwrap();
    load(bench.engine.store(), &entries, bench.engine.now()).await.unwrap();
    let caller = bench.session("acme", "u").await.caller;
    let institution = bench.engine.catalogue().await.unwrap().by_code("millrace").unwrap().clone();
    let values = institution.credentials.iter().zip([LOGINS[0].0, PASSWORD]);
    let credentials = values.map(|(field, value)| GivenCredential {
        guid: field.guid.to_string(),
        value: value.to_owned().into(),
    });
    let request = CreateMember {
        institution_guid: institution.guid.to_string(),
        credentials: credentials.collect(),
        ..CreateMember::default()
    };
    let member = bench.engine.create_member(&caller, request).await.unwrap().member.guid;
    bench.run_jobs().await;
    (Life { bench, caller, member }, bank)
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_in_ofx_imported_again_asks_for_nothing_and_changes_nothing() {
    for backend in BACKENDS {
        let (life, bank) = at_ofx_bank(backend).await;
        let (before, asked) = (life.ledger().await, bank.requests().len());
        assert_eq!((before.accounts.len(), before.holdings.len()), (4, 1));
        assert!(before.transactions.len() > 80);
        life.bench.advance(3600);
        assert_eq!(life.reimport().await.unwrap(), NOTHING);
        assert_eq!(life.ledger().await, before);
        assert_eq!(bank.requests().len(), asked);
        assert_eq!(bank.violations(), [""; 0]);
        let shown = life.engine().show_raw_answer(&life.newest().await).await.unwrap();
        let came = bank.answers().pop().unwrap();
        assert_eq!(shown.len(), came.len());
        assert!(String::from_utf8(shown).unwrap().contains("<STMTTRNRS>"));
    }
}

/// A connector of a version that cannot read what it fetches, until it can.
struct Blind {
    eyes: ScriptConnector,
    sees: Arc<AtomicBool>,
}

#[async_trait]
impl Connector for Blind {
    async fn open(&self, visit: &Visit<'_>, login: &Login) -> Result<Step, BankRefusal> {
        self.eyes.open(visit, login).await
    }

    async fn resume(
        &self,
        visit: &Visit<'_>,
        login: &Login,
        state: &[u8],
        answers: &[Answer],
    ) -> Result<Step, BankRefusal> {
        self.eyes.resume(visit, login, state, answers).await
    }

    async fn fetch(
        &self,
        visit: &Visit<'_>,
        login: &Login,
        session: &Session,
        wanted: Wanted,
    ) -> Result<RawAnswer, BankRefusal> {
        self.eyes.fetch(visit, login, session, wanted).await
    }

    fn read(&self, answer: &RawAnswer) -> Result<Feed, BankRefusal> {
        if self.sees.load(Ordering::Relaxed) {
            return self.eyes.read(answer);
        }
        let message = "a kind of account that nobody knows".to_owned();
        Err(BankRefusal { status: ConnectionStatus::Failed, code: None, message })
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_that_cannot_be_read_is_brought_in_by_a_version_that_can() {
    for backend in BACKENDS {
        let sees = Arc::new(AtomicBool::new(false));
        let blind = Blind { eyes: ScriptConnector::default(), sees: Arc::clone(&sees) };
        let connectors = Connectors::default().with(ConnectorKind::Script.name(), Arc::new(blind));
        let bench = Bench::with(backend, connectors).await;
        bench.engine.load_test_banks().await.unwrap();
        let life = Life::on(bench, "mxbank").await;
        let before = life.ledger().await;
        assert_eq!((before.accounts, before.transactions), (Vec::new(), Vec::new()));
        assert_eq!(before.member.connection_status, Some(ConnectionStatus::Failed));
        let refused = life.reimport().await.unwrap_err().to_string();
        assert_eq!(refused, "the raw answer cannot be read: a kind of account that nobody knows");
        assert!(!life.engine().show_raw_answer(&life.newest().await).await.unwrap().is_empty());
        sees.store(true, Ordering::Relaxed);
        let changed = life.reimport().await.unwrap();
        let after = life.ledger().await;
        assert_eq!(
            (changed.accounts, changed.transactions),
            (after.accounts.len(), after.transactions.len())
        );
        assert!(!after.transactions.is_empty());
    }
}
