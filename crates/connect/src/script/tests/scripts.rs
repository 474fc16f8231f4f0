//! Scripts of every kind, flawed ones among them.

use jiff::civil::date;
use proptest::prelude::*;
use riverbank_model::connection::ConnectionStatus::*;

use super::super::Script;
use super::{answer, asked, bank, ended, fetch, open, shipped, visit};
use crate::connector::Bank;

/// A bank with these lines as its script.
pub(super) fn scripted(script: &str) -> Bank {
    let parsed: Script = toml::from_str(script).unwrap();
    parsed.check(&["LOGIN", "PASSWORD"].into()).unwrap();
    Bank {
        code: "scripted".to_owned(),
        name: "Scripted".to_owned(),
        settings: toml::to_string(&parsed).unwrap(),
    }
}

#[tokio::test]
async fn succeed_ends_a_script_before_its_last_step() {
    let bank = scripted(
        r#"
        login = [{ steps = [{ ask = ["q"] }, { deny = 401 }] }]
        [challenge.q]
        kind = "TEXT"
        label = "?"
        answers = { through = ["succeed"], on = [] }
        otherwise = [{ lock = 403 }]
        "#,
    );
    let (_, state) = asked(open(&bank, "anyone", "").await);
    assert_eq!(ended(answer(&bank, &state, &[("q", "through")]).await).0, Connected);
    assert_eq!(ended(answer(&bank, &state, &[("q", "on")]).await).0, Denied);
    assert_eq!(ended(answer(&bank, &state, &[("q", "other")]).await), (Locked, Some(403)));
}

#[tokio::test]
async fn a_foreign_state_or_script_fails_the_attempt() {
    let good = bank(&shipped("mxbank"));
    for state in [&b""[..], b"\xff", b"asked = []", b"asked = ['nobody']\nrest = []"] {
        assert_eq!(ended(answer(&good, state, &[]).await), (Failed, None));
    }
    let broken = Bank { settings: "login = 1".to_owned(), ..good };
    assert_eq!(ended(open(&broken, "mxuser", "any").await), (Failed, None));
}

#[tokio::test]
async fn a_written_account_changes_the_household_account_of_its_name() {
    let bank = scripted(
        r#"
        login = [{ }]
        [data]
        household = ["savings", "checking"]
        history_days = 10
        [[data.account]]
        id = "savings"
        facts = { nickname = "Rainy day", balance = -3.25 }
        transaction = [
            { on = "2026-11-20", amount = 5, type = "CREDIT", description = "GIFT" },
            { on = "2026-11-01", amount = 6, type = "CREDIT", description = "TOO OLD" },
        ]
        "#,
    );
    let feed = fetch(&visit(&bank)).await;
    let ids: Vec<_> = feed.accounts.iter().map(|account| account.id.as_str()).collect();
    assert_eq!(ids, ["savings", "checking"]);
    let savings = &feed.accounts[0];
    assert_eq!(savings.facts.nickname.as_deref(), Some("Rainy day"));
    assert_eq!(savings.facts.name, "Scripted Savings");
    assert_eq!(savings.facts.balance, Some("-3.25".parse().unwrap()));
    assert_eq!(savings.transactions_from, Some(date(2026, 11, 15)));
    let gifts = savings.transactions.iter().filter(|row| row.description == "GIFT").count();
    let old = savings.transactions.iter().filter(|row| row.description == "TOO OLD").count();
    assert_eq!((gifts, old), (1, 0));
}

#[test]
fn flawed_scripts_are_refused_with_a_reason() {
    let cases = [
        ("", "no `login` rule"),
        ("login = [{ when = { PIN = '1' } }]", "names the field `PIN`"),
        ("login = [{ steps = [{ ask = ['q'] }] }]", "asks `q`, which is no challenge"),
        ("login = [{ steps = [{ ask = [] }] }]", "asks nothing"),
        ("login = [{}]\nanswers = { a = [{ ask = ['q'] }] }", "the answer `a` leads to"),
        ("login = [{}]\nchallenge.q = { kind = 'OPTIONS', label = '?' }", "`q` needs `options`"),
        (
            "login = [{}]\nchallenge.q = { kind = 'TEXT', label = '?', image = '#000000' }",
            "which is for IMAGE_DATA",
        ),
        ("login = [{}]\nchallenge.q = { kind = 'IMAGE_DATA', label = '?' }", "needs an `image`"),
        (
            "login = [{}]\nchallenge.q = { kind = 'IMAGE_OPTIONS', label = '?', options = [{label='a',value='a'}] }",
            "`image` for each option",
        ),
        ("login = [{}]\ndata.history_days = 731", "at most 730"),
        ("login = [{}]\ndata.keyed_by = ['PIN']", "names the field `PIN`"),
        ("login = [{}]\ndata.household = ['loan', 'loan']", "twice"),
        (
            "login = [{}]\ndata.account = [{ id = 'a', facts = { colour = 1 } }]",
            "unknown key `colour` in `facts`",
        ),
        ("login = [{}]\ndata.account = [{ id = 'a', facts = { balance = 'x' } }]", "flawed `facts`"),
        ("login = [{}]\ndata.owner = [{ name = 'x' }]", "unknown key `name` in `owner`"),
        ("login = [{}]\ndata.account = [{ id = 'a', owner = [{ city = 1 }] }]", "flawed `owner`"),
        (
            "login = [{}]\ndata.account = [{ id = 'a', numbers = [{ iban = 'x' }] }]",
            "unknown key `iban` in `numbers`",
        ),
        ("login = [{}]\ndata.account = [{ id = 'a' }, { id = 'a' }]", "written twice"),
        (
            "login = [{}]\ndata.account = [{ id = 'a', transaction = [{ amount = 1, type = 'DEBIT', description = 'd' }] }]",
            "needs `on` or `days_ago`",
        ),
        (
            "login = [{}]\ndata.account = [{ id = 'a', transaction = [{ days_ago = 1, amount = -1, type = 'DEBIT', description = 'd' }] }]",
            "negative `amount`",
        ),
    ];
    for (text, reason) in cases {
        let script: Script = toml::from_str(text).unwrap_or_else(|error| panic!("{text}: {error}"));
        let flaw = script.check(&["LOGIN", "PASSWORD"].into()).unwrap_err();
        assert!(flaw.message.contains(reason), "{text}: {}", flaw.message);
    }
}

proptest! {
    #[test]
    fn any_settings_and_any_state_are_followed_or_fail(settings in "\\PC*", state in any::<Vec<u8>>()) {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        let strange = Bank { settings, ..bank(&shipped("mxbank")) };
        let good = bank(&shipped("mxbank"));
        runtime.block_on(async {
            let _ = open(&strange, "mxuser", "any").await;
            prop_assert!(answer(&good, &state, &[]).await.is_err());
            Ok(())
        })?;
    }
}
