//! `cargo xtask demo`: the main job, shown on a server that runs here.

mod journey;
mod table;

use std::fs;
use std::net::{Ipv4Addr, SocketAddr};

use jiff::Timestamp;
use jiff::tz::Offset;
use riverbank_testkit::client::{Caller, Credentials, Partner};
use riverbank_testkit::ofx_bank::{self, OfxBank};
use riverbank_testkit::server::{CONTROL_KEY, Server, ServerOptions};

use crate::Outcome;
use crate::process;
use crate::steps::Steps;
use journey::{Login, connect, show};

/// The demo's partner and its user.
const CLIENT: &str = "demo";
const USER: &str = "alice";
/// Who has no connection yet.
const NEWCOMER: &str = "bob";

/// MX Bank, at a login that asks a question before it opens.
const MX_BANK: Login =
    Login { bank: "MX Bank", values: &[("LOGIN", "mxuser"), ("PASSWORD", "challenge")], answer: "correct" };

/// The recorded OFX bank's name in the demo's catalogue.
const OFX_BANK: &str = ofx_bank::ORG;
const OFX_LOGIN: Login = Login {
    bank: OFX_BANK,
    values: &[("LOGIN", "questions"), ("PASSWORD", ofx_bank::PASSWORD)],
    answer: ofx_bank::ANSWER,
};

pub fn run(once: bool) -> Outcome {
    let mut steps = Steps::new(5);
    steps.begin("Building the server (the development profile, which is ready sooner)");
    process::build()?;
    steps.begin("Starting a sandbox on a database in a directory of its own");
    let (server, credentials) = start()?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(play(steps, server, &credentials, once))
}

fn start() -> Outcome<(Server, Credentials)> {
    let mut server = Server::prepare(ServerOptions::default())?;
    println!("  $ riverbank client create {CLIENT} --json");
    let credentials = server.create_client(CLIENT)?;
    println!("  $ riverbank serve --sandbox --listen 127.0.0.1:0");
    server.start_again()?;
    println!("  riverbank listening on {}", server.base_url());
    Ok((server, credentials))
}

async fn play(mut steps: Steps, mut server: Server, credentials: &Credentials, once: bool) -> Outcome {
    let partner = Partner::new(Caller::new(server.base_url()), credentials);
    steps.begin("A user of the partner, and a session in its name");
    let user = partner.create_user(USER).await;
    println!("  {USER} is {}", journey::text(&user, "guid"));
    let session = partner.session(USER).await;

    steps.begin("MX Bank, with a question on the way");
    let member = connect(&session, &MX_BANK).await?;
    show(&session, &member).await;

    steps.begin("A bank that speaks OFX Direct Connect, running beside the server");
    let bank = start_ofx_bank(&server)?;
    let member = connect(&session, &OFX_LOGIN).await?;
    show(&session, &member).await;
    match bank.violations().as_slice() {
        [] => println!("  The bank found nothing wrong with what it was sent.\n"),
        violations => return Err(format!("the bank complains: {}", violations.join("; ")).into()),
    }

    if !once {
        println!("{}", to_paste(server.base_url(), &credentials.api_key));
        partner.create_user(NEWCOMER).await;
        println!("{}", to_open(&journey::page(&partner, CLIENT, NEWCOMER).await));
        println!("The server runs until Ctrl-C.");
        tokio::select! {
            pressed = tokio::signal::ctrl_c() => pressed?,
            () = journey::watch(&partner, NEWCOMER) => {}
        }
        println!();
    }
    server.stop()?;
    println!("The server has stopped, and its directory is gone.");
    Ok(())
}

/// Starts the recorded bank and makes it known to the server, as an operator would.
#[expect(clippy::disallowed_methods, reason = "the bank's statements end today")]
fn start_ofx_bank(server: &Server) -> Outcome<OfxBank> {
    let today = Offset::UTC.to_datetime(Timestamp::now()).date();
    let bank = OfxBank::start(SocketAddr::from((Ipv4Addr::LOCALHOST, 0)), today)?;
    println!("  the bank answers at {}", bank.url());
    fs::write(server.directory().join("institutions.toml"), catalogue(&bank))?;
    println!("  $ riverbank institutions load institutions.toml");
    print!("  {}", server.run(&["institutions", "load", "institutions.toml"])?);
    Ok(bank)
}

/// The catalogue file of an institution that is reached by OFX.
fn catalogue(bank: &OfxBank) -> String {
    format!(
        r#"[[institution]]
code = "millrace"
name = "{OFX_BANK}"
connector = "ofx"

[[institution.credential]]
field_name = "LOGIN"
label = "User ID"
type = "LOGIN"

[[institution.credential]]
field_name = "PASSWORD"
label = "Password"
type = "PASSWORD"

[institution.ofx]
{}"#,
        bank.settings()
    )
}

/// What a newcomer does by hand.
fn to_open(page: &str) -> String {
    let Login { bank, values, answer } = MX_BANK;
    let login: Vec<_> = values.iter().map(|(_, value)| *value).collect();
    let login = login.join(" and ");
    format!(
        "Or connect a bank by hand: this page opens once, within ten minutes.\n\n  {page}\n\n\
         Choose {bank}, sign in with {login}, and answer {answer}. What arrives is shown here.\n"
    )
}

/// Calls for a shell, from the user's token to the first page of transactions.
fn to_paste(base: &str, api_key: &str) -> String {
    format!(
        r#"Try it yourself:

  BASE={base} KEY={CONTROL_KEY}
  TOKEN=$(curl -s $BASE/sso/{CLIENT}/users/{USER}/api_token -H 'MD-API-KEY: {api_key}' | sed 's/.*"token":"\([^"]*\)".*/\1/')
  SESSION=$(curl -s -X POST $BASE/sessions -H "MD-API-TOKEN: $TOKEN" | sed 's/.*"token":"\([^"]*\)".*/\1/')
  curl -s -w '\n' $BASE/members -H "MD-SESSION-TOKEN: $SESSION"
  curl -s -w '\n' "$BASE/transactions?records_per_page=10" -H "MD-SESSION-TOKEN: $SESSION"
  curl -s -w '\n' $BASE/control/clock/advance -H "MD-CONTROL-KEY: $KEY" -H 'Content-Type: application/json' -d '{{"seconds": 86400}}'

docs/sandbox.md has more calls of the control face, docs/scenarios.md tells how to write a bank.
"#
    )
}
