//! The three requests that are made most, one after the other, on a server whose instructions are counted.

use std::time::Duration;

use riverbank_testkit::client::{Caller, Partner};
use riverbank_testkit::server::{Server, ServerOptions, binary};

use super::callgrind::Callgrind;
use super::difference;
use crate::Outcome;
use crate::scripted_bank::{KNOWN_LOGIN, ScriptedBank};
use crate::section::Setting;

/// Requests before anything is counted: connections, caches and prepared statements are then what they stay.
const WARM_UP: u32 = 50;
/// The gap between two looks at a member.
const LOOK: Duration = Duration::from_millis(500);
/// Looks until its connection counts as stuck: five minutes, since callgrind makes all of it slow.
const LOOKS: usize = 600;

#[derive(Clone, Copy, Debug)]
enum HotPath {
    ReadMember,
    ListTransactions,
    CreateMember,
}

const HOT_PATHS: [(&str, HotPath); 3] = [
    ("GET /members/{guid}", HotPath::ReadMember),
    ("GET /transactions, 100 rows", HotPath::ListTransactions),
    ("POST /members with skip_aggregation", HotPath::CreateMember),
];

/// The name of each path with its instructions per request.
pub fn counted(setting: &Setting) -> Outcome<Vec<(String, f64)>> {
    let batch = u32::try_from(setting.size(300, 30))?;
    let folder = tempfile::tempdir()?;
    let callgrind = Callgrind::in_folder(folder.path());
    let mut server = Server::prepare(ServerOptions {
        binary: Some(callgrind.server(&binary()?)?),
        variables: vec![
            ("TOKIO_WORKER_THREADS".to_owned(), "1".to_owned()),
            ("RIVERBANK_SEED".to_owned(), "instructions".to_owned()),
            ("RIVERBANK_LOG_FORMAT".to_owned(), "json".to_owned()),
        ],
        ..ServerOptions::default()
    })?;
    let credentials = server.create_client("bench")?;
    server.start_again()?;
    let process = server.pid().ok_or("the server does not run")?;
    let partner = Partner::new(Caller::new(server.base_url()), &credentials);
    let mut world = setting.wait(World::prepare(&partner))?;
    let mut counted = Vec::new();
    for (name, path) in HOT_PATHS {
        setting.wait(world.repeat(path, WARM_UP))?;
        let mut count = |requests| -> Outcome<u64> {
            Callgrind::begin(process)?;
            setting.wait(world.repeat(path, requests))?;
            callgrind.end(process)
        };
        let (first, second) = (count(batch)?, count(2 * batch)?);
        counted.push((name.to_owned(), difference(first, second, batch)));
    }
    Ok(counted)
}

/// A user with one connected member, and what is needed to make more.
struct World {
    session: Caller,
    bank: ScriptedBank,
    member: String,
    /// Members made, so that each has a login of its own.
    made: u32,
}

impl World {
    async fn prepare(partner: &Partner) -> Outcome<Self> {
        partner.create_user("ada").await;
        let session = partner.session("ada").await;
        let bank = ScriptedBank::find(&session).await?;
        let member = session.post("/members", &bank.member(KNOWN_LOGIN, false)).await.root("member");
        let member = member["guid"].as_str().ok_or("a member without a guid")?.to_owned();
        let world = Self { session, bank, member, made: 0 };
        world.await_connected().await?;
        Ok(world)
    }

    async fn await_connected(&self) -> Outcome {
        for _ in 0..LOOKS {
            let member = self.session.get(&format!("/members/{}", self.member)).await.root("member");
            if member["connection_status"] == "CONNECTED" && member["is_being_aggregated"] == false {
                return Ok(());
            }
            tokio::time::sleep(LOOK).await;
        }
        Err("the member was not connected in five minutes".into())
    }

    async fn repeat(&mut self, path: HotPath, requests: u32) -> Outcome {
        for _ in 0..requests {
            let answer = match path {
                HotPath::ReadMember => self.session.get(&format!("/members/{}", self.member)).await,
                HotPath::ListTransactions => self.session.get("/transactions?records_per_page=100").await,
                HotPath::CreateMember => {
                    self.made += 1;
                    let body = self.bank.member(&format!("login-{}", self.made), true);
                    self.session.post("/members", &body).await
                }
            };
            if !answer.status.is_success() {
                return Err(answer.to_string().into());
            }
        }
        Ok(())
    }
}
