//! What an access token opens: what was consented to, and who did. And how a consent is taken back at the bank.

use riverbank_connect::script::authorization::Granted;
use riverbank_model::guid::{MemberGuid, UserGuid};
use riverbank_model::{ExposeSecret, SecretText};
use riverbank_store::bank_consents::{self, TicketKind};
use riverbank_store::{Place, members};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::token::{consent_of, lineage};
use super::{TestBank, revoke, ticket};
use crate::control::NotASandbox;
use crate::fault::faults;
use crate::{Engine, Fault};

/// What an access token opens.
pub struct ConsentView {
    /// What was typed and picked.
    pub granted: Granted,
    /// Who signed in.
    pub subject: String,
}

/// Why a consent is not taken back.
#[derive(Debug, thiserror::Error)]
pub enum RevokeConsentError {
    /// Sandboxes only.
    #[error(transparent)]
    NotASandbox(#[from] NotASandbox),
    /// There is no such member.
    #[error("no such member")]
    NoSuchMember,
    /// No end user has consented to anything at a test bank for it.
    #[error("The member has no consent at a test bank.")]
    NoConsent,
    /// Not the caller's doing.
    #[error(transparent)]
    Fault(Fault),
}

faults!(RevokeConsentError);

#[derive(Serialize, Deserialize)]
struct Stored {
    login: Vec<(String, String)>,
    accounts: Vec<String>,
}

/// What was typed and picked as bytes, to be sealed.
pub(super) fn to_bytes(granted: &Granted) -> Result<Zeroizing<Vec<u8>>, Fault> {
    let plain = |(field, value): &(String, SecretText)| (field.clone(), value.expose_secret().to_owned());
    let stored =
        Stored { login: granted.login.iter().map(plain).collect(), accounts: granted.accounts.clone() };
    serde_json::to_vec(&stored).map(Zeroizing::new).map_err(Fault::internal)
}

fn from_bytes(bytes: &[u8]) -> Result<Granted, Fault> {
    let Stored { login, accounts } = serde_json::from_slice(bytes).map_err(Fault::internal)?;
    Ok(Granted { login: login.into_iter().map(|(field, value)| (field, value.into())).collect(), accounts })
}

impl Engine {
    /// What this access token of a test bank opens; none when it is not taken.
    pub async fn bank_consent(
        &self,
        bank: &TestBank,
        access: &SecretText,
    ) -> Result<Option<ConsentView>, Fault> {
        let (code, access, now) = (bank.code.clone(), access.clone(), self.now());
        let writing = self.parts.store.write(async move |tx| {
            let found = ticket(tx, &code, TicketKind::Access, access.expose_secret(), now).await?;
            let Some(ticket) = found else { return Ok(None) };
            let Some(mut consent) = consent_of(tx, &ticket).await? else { return Ok(None) };
            let mut lineage = lineage(&consent);
            if !lineage.is_live(now) {
                return Ok(None);
            }
            lineage.confirm(ticket.generation);
            if lineage.is_confirmed != consent.is_confirmed {
                consent.is_confirmed = lineage.is_confirmed;
                bank_consents::save_consent(tx, &consent).await?;
            }
            Ok::<_, Fault>(Some(consent))
        });
        let Some(consent) = writing.await? else { return Ok(None) };
        let bytes = self.unseal(&Place::BankConsent(&consent.guid), &consent.granted)?;
        Ok(Some(ConsentView { granted: from_bytes(&bytes)?, subject: consent.subject }))
    }

    /// Takes the consent of a member back at its test bank, as its end user could: the member learns of it when it next
    /// asks the bank.
    pub async fn revoke_consent(
        &self,
        user: &UserGuid,
        member: &MemberGuid,
    ) -> Result<(), RevokeConsentError> {
        let reader = self.parts.store.read().await?;
        let found = members::find(&reader, user, member).await?;
        drop(reader);
        let member = found.ok_or(RevokeConsentError::NoSuchMember)?;
        self.catalogue().await?;
        let bank = self.institution_of(&member)?.code.clone();
        let tokens = self.consent_of(user, &member.guid).await?.ok_or(RevokeConsentError::NoConsent)?;
        let token = tokens.refresh.unwrap_or(tokens.access);
        let revoking =
            self.parts.store.write(async move |tx| revoke::revoke(tx, &bank, &token).await).await?;
        if revoking { Ok(()) } else { Err(RevokeConsentError::NoConsent) }
    }
}

#[cfg(test)]
mod tests {
    use jiff::SignedDuration;
    use riverbank_connect::oauth::Tokens;
    use riverbank_connect::script::authorization::{Decision, Parameters};
    use riverbank_store::members::Member;
    use riverbank_store::retention;

    use super::*;
    use crate::Caller;
    use crate::banks::Decided;
    use crate::members::CreateMember;
    use crate::testing::{Backend, Bench, nobodys};

    const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

    /// What a client gets of the bank when the end user agrees.
    async fn agreed(bench: &Bench, bank: &TestBank) -> Tokens {
        let engine = &bench.engine;
        let query = url::form_urlencoded::Serializer::new(String::new())
            .append_pair("response_type", "code")
            .append_pair("client_id", "riverbank")
            .append_pair("redirect_uri", &bank.addresses.redirect_uri)
            .append_pair("scope", "openid accounts")
            .append_pair("code_challenge", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM")
            .append_pair("code_challenge_method", "S256")
            .finish();
        let asked = engine.asked(bank, &Parameters::read(query.as_bytes())).await.unwrap().ok().unwrap();
        let granted = Granted {
            login: vec![("LOGIN".to_owned(), "mxuser".into()), ("PASSWORD".to_owned(), "any".into())],
            accounts: vec!["savings".to_owned(), "somebody else's".to_owned()],
        };
        let decided = engine.decide(bank, asked, Decision::Authorize, granted).await.unwrap().unwrap();
        let Decided::Return(address) = decided else { panic!("the page is shown again") };
        let returned = Parameters::read(address.split_once('?').unwrap().1.as_bytes());
        let form = url::form_urlencoded::Serializer::new(String::new())
            .append_pair("client_id", "riverbank")
            .append_pair("grant_type", "authorization_code")
            .append_pair("code", returned.get("code").unwrap())
            .append_pair("redirect_uri", &bank.addresses.redirect_uri)
            .append_pair("code_verifier", VERIFIER)
            .finish();
        let answer = engine.bank_tokens(bank, None, &Parameters::read(form.as_bytes())).await.unwrap();
        let life = SignedDuration::from_secs(answer.expires_in.into());
        Tokens {
            access: answer.access_token,
            refresh: Some(answer.refresh_token),
            expires_at: Some(engine.now().checked_add(life).unwrap()),
        }
    }

    async fn oauth_member(bench: &Bench, caller: &Caller) -> Member {
        let catalogue = bench.engine.catalogue().await.unwrap();
        let bank = catalogue.by_code("mx_bank_oauth").unwrap();
        let request = CreateMember {
            institution_guid: bank.guid.to_string(),
            is_oauth: true,
            ..CreateMember::default()
        };
        bench.engine.create_member(caller, request).await.unwrap().member
    }

    async fn revoke(bench: &Bench) {
        let caller = bench.session("acme", "u").await.caller;
        let member = oauth_member(bench, &caller).await;
        let without = bench.engine.revoke_consent(&caller.user, &member.guid).await;
        assert!(matches!(without, Err(RevokeConsentError::NoConsent)), "{without:?}");
        let nobody = bench.engine.revoke_consent(&caller.user, &nobodys()).await;
        assert!(matches!(nobody, Err(RevokeConsentError::NoSuchMember)), "{nobody:?}");

        let bank = bench.engine.test_bank("mx_bank_oauth").await.unwrap().unwrap();
        let tokens = agreed(bench, &bank).await;
        let (engine, kept, access) = (bench.engine.clone(), tokens.clone(), tokens.access);
        let keeping = bench.engine.store().write(async move |tx| {
            engine.keep_consent(tx, &member, &kept, engine.now()).await?;
            Ok::<_, Fault>(member)
        });
        let member = keeping.await.unwrap();
        let view = bench.engine.bank_consent(&bank, &access).await.unwrap().unwrap();
        assert_eq!(
            (view.subject.as_str(), view.granted.accounts.as_slice()),
            ("mxuser", &["savings".to_owned()][..])
        );
        bench.engine.revoke_consent(&caller.user, &member.guid).await.unwrap();
        assert!(bench.engine.bank_consent(&bank, &access).await.unwrap().is_none());
    }

    #[tokio::test]
    async fn a_consent_that_is_revoked_opens_nothing_any_more_on_sqlite() {
        revoke(&Bench::with_test_banks(Backend::Sqlite).await).await;
    }

    #[tokio::test]
    async fn a_consent_that_is_revoked_opens_nothing_any_more_on_postgres() {
        revoke(&Bench::with_test_banks(Backend::Postgres).await).await;
    }

    #[tokio::test]
    async fn what_banks_handed_out_is_forgotten_when_it_has_died() {
        let bench = Bench::with_test_banks(Backend::Sqlite).await;
        let bank = bench.engine.test_bank("mx_bank_oauth").await.unwrap().unwrap();
        agreed(&bench, &bank).await;
        let kept = async || {
            let reader = bench.engine.store().read().await.unwrap();
            [
                retention::oldest(&reader, &retention::BANK_TICKETS).await.unwrap().is_some(),
                retention::oldest(&reader, &retention::BANK_CONSENTS).await.unwrap().is_some(),
            ]
        };
        assert_eq!(kept().await, [true, true]);
        bench.advance(366 * 24 * 3600);
        while bench.engine.sweep().await.unwrap() > 0 {}
        assert_eq!(kept().await, [false, false]);
    }
}
