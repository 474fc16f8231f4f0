use std::net::{IpAddr, Ipv4Addr};

use jiff::SignedDuration;
use riverbank_model::operator::Role;

use super::*;
use crate::testing::{Bench, on_both_engines};

const PASSWORD: &str = "correct horse battery";
const HOME: Origin = Origin::Browser(IpAddr::V4(Ipv4Addr::LOCALHOST));

/// An operator and its authenticator app.
struct Ada<'a> {
    engine: &'a Engine,
    at: Timestamp,
}

impl<'a> Ada<'a> {
    async fn of(bench: &'a Bench) -> Self {
        let engine = &bench.engine;
        engine.add_operator("ada", Role::Operator, &PASSWORD.into()).await.unwrap();
        Self { engine, at: "2026-01-15T12:00:00Z".parse().unwrap() }
    }

    fn wait(&mut self, seconds: i64) {
        self.at = self.at.checked_add(SignedDuration::from_secs(seconds)).unwrap();
    }

    async fn code(&self) -> String {
        self.engine.code_of_operator("ada", self.at).await
    }

    async fn tries(&self, name: &str, password: &str, code: &str) -> Option<SecretText> {
        let log_in = LogIn { name: name.to_owned(), password: password.into(), code: code.into() };
        match self.engine.log_in_operator(&log_in, HOME, self.at).await {
            Ok(opened) => Some(opened.token),
            Err(LogInError::Refused) => None,
            Err(LogInError::Fault(fault)) => panic!("{fault:?}"),
        }
    }

    async fn logs_in(&self) -> Option<SecretText> {
        self.tries("ada", PASSWORD, &self.code().await).await
    }

    async fn is_known_by(&self, token: &SecretText) -> bool {
        self.engine.authenticate_operator(token, self.at).await.unwrap().is_some()
    }
}

on_both_engines! {
    async fn name_password_and_code_open_a_session_and_nothing_less_does(bench: &Bench) {
        let ada = Ada::of(bench).await;
        let code = ada.code().await;
        let wrong = if code == "000000" { "000001" } else { "000000" };
        for (name, password, code) in [
            ("ada", "correct horse batterz", code.as_str()),
            ("ada", PASSWORD, wrong),
            ("Ada", PASSWORD, &code),
            ("", PASSWORD, &code),
        ] {
            assert!(ada.tries(name, password, code).await.is_none(), "{name} {code}");
        }
        let token = ada.logs_in().await.unwrap();
        let session = ada.engine.authenticate_operator(&token, ada.at).await.unwrap().unwrap();
        assert_eq!((session.operator.as_str(), session.role), ("ada", Role::Operator));
        assert!(ada.engine.authenticate_operator(&"x".into(), ada.at).await.unwrap().is_none());
    }

    async fn a_code_works_once_and_none_before_it_works_after_it(bench: &Bench) {
        let mut ada = Ada::of(bench).await;
        let before = ada.code().await;
        ada.wait(30);
        assert!(ada.logs_in().await.is_some());
        assert!(ada.logs_in().await.is_none());
        assert!(ada.tries("ada", PASSWORD, &before).await.is_none());
        ada.wait(30);
        assert!(ada.logs_in().await.is_some());
    }

    async fn one_code_used_by_many_at_once_opens_one_session(bench: &Bench) {
        let ada = Ada::of(bench).await;
        let opened = futures_util::future::join_all((0..4).map(|_| ada.logs_in())).await;
        assert_eq!(opened.iter().flatten().count(), 1);
    }

    async fn five_wrong_tries_hold_a_name_for_a_minute(bench: &Bench) {
        let mut ada = Ada::of(bench).await;
        for _ in 0..TRIES {
            assert!(ada.tries("ada", "wrong", "").await.is_none());
        }
        assert!(ada.logs_in().await.is_none());
        ada.wait(59);
        assert!(ada.logs_in().await.is_none());
        ada.wait(1);
        assert!(ada.logs_in().await.is_some());
    }

    async fn a_wrong_try_while_a_name_is_held_does_not_hold_it_longer(bench: &Bench) {
        let mut ada = Ada::of(bench).await;
        for _ in 0..=TRIES {
            ada.tries("ada", "wrong", "").await;
            ada.wait(10);
        }
        ada.wait(40);
        assert!(ada.logs_in().await.is_some());
    }

    async fn a_session_ends_31_minutes_after_its_use_and_12_hours_after_its_login(bench: &Bench) {
        let mut ada = Ada::of(bench).await;
        let token = ada.logs_in().await.unwrap();
        for _ in 0..24 {
            ada.wait(29 * 60);
            assert!(ada.is_known_by(&token).await);
        }
        ada.wait(24 * 60 - 1);
        assert!(ada.is_known_by(&token).await);
        ada.wait(1);
        assert!(!ada.is_known_by(&token).await);
        let token = ada.logs_in().await.unwrap();
        ada.wait(31 * 60);
        assert!(!ada.is_known_by(&token).await);
    }

    async fn sessions_end_with_the_password_the_secret_and_the_operator(bench: &Bench) {
        let mut ada = Ada::of(bench).await;
        let token = ada.logs_in().await.unwrap();
        ada.engine.set_operator_password("ada", &"another horse battery".into()).await.unwrap();
        assert!(!ada.is_known_by(&token).await);
        assert!(ada.logs_in().await.is_none());
        ada.engine.set_operator_password("ada", &PASSWORD.into()).await.unwrap();
        ada.wait(60);
        let token = ada.logs_in().await.unwrap();
        let old = ada.code().await;
        ada.engine.renew_operator_secret("ada").await.unwrap();
        assert!(!ada.is_known_by(&token).await);
        assert!(old == ada.code().await || ada.tries("ada", PASSWORD, &old).await.is_none());
        let token = ada.logs_in().await.unwrap();
        ada.engine.remove_operator("ada").await.unwrap();
        assert!(!ada.is_known_by(&token).await);
    }

    async fn logins_are_audited_and_what_nobody_is_called_is_not_written_down(bench: &Bench) {
        let mut ada = Ada::of(bench).await;
        ada.tries("my password", "ada", "").await;
        ada.wait(1);
        ada.tries("ada", "wrong", "").await;
        ada.wait(1);
        let token = ada.logs_in().await.unwrap();
        ada.wait(1);
        let session = ada.engine.authenticate_operator(&token, ada.at).await.unwrap().unwrap();
        ada.engine.log_out_operator(&token, &session, HOME, ada.at).await.unwrap();
        assert!(!ada.is_known_by(&token).await);
        let deeds = ada.engine.operator_deeds(Timestamp::MAX, 10, 0).await.unwrap();
        let told: Vec<_> = deeds.iter().map(|deed| (deed.operator.as_deref(), deed.action.as_str())).collect();
        for expected in [
            (Some("ada"), "logout"),
            (Some("ada"), "login.succeed"),
            (Some("ada"), "login.refuse"),
            (None, "login.refuse"),
            (None, "operators.add"),
        ] {
            assert!(told.contains(&expected), "{expected:?} {told:?}");
        }
        assert_eq!(told.len(), 5);
        assert!(!format!("{deeds:?}").contains("my password"));
    }
}
