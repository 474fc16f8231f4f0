//! Opening pages: an address is traded for a session of theirs.

use riverbank_connect::oauth::unguessable;
use riverbank_model::SecretText;
use riverbank_model::limits::PAGE_CLIENT_LIFE;
use riverbank_store::page_addresses;
use riverbank_store::page_clients::{self, PageClient};
use riverbank_store::page_sessions::{self, PageSession};
use riverbank_store::{Tx, client_origins, clients, members, users};

use super::{Language, PageOptions};
use crate::audit::record;
use crate::{Caller, Engine, Fault, tokens};

/// What a browser tells when it opens an address.
#[derive(Clone, Debug, Default)]
pub struct Opening {
    /// The site that it comes from.
    pub origin: Option<String>,
    /// What its user speaks, if the partner did not say.
    pub language: Option<Language>,
}

impl Engine {
    /// Spends an address; the token of the session that it opens, whose hash alone is kept. None when the address is
    /// unknown, used before or too old.
    pub async fn open_page(
        &self,
        address: &SecretText,
        opening: Opening,
    ) -> Result<Option<SecretText>, Fault> {
        let token = unguessable(&*self.parts.secrets);
        let (spent, hash) = (tokens::hash(address), tokens::hash(&token));
        let engine = self.clone();
        let opened =
            self.store().write(async move |tx| engine.trade(tx, &spent, hash, opening).await).await?;
        Ok(opened.then_some(token))
    }

    async fn trade(&self, tx: &Tx, spent: &[u8], hash: Vec<u8>, opening: Opening) -> Result<bool, Fault> {
        let now = self.now();
        let found = page_addresses::find(tx, spent).await?;
        let Some(address) = found.filter(|address| now < address.expires_at) else { return Ok(false) };
        let user = address.user_guid;
        if !users::log_in(tx, &user, now).await? || !page_addresses::spend(tx, spent).await? {
            return Ok(false);
        }
        let Some(user) = users::find(tx, &user).await? else { return Ok(false) };
        let client = clients::find(tx, &user.client_guid).await?;
        let Some(client) = client.filter(|client| !client.is_disabled) else { return Ok(false) };
        let mut options: PageOptions = serde_json::from_str(&address.options).map_err(Fault::internal)?;
        options.language = options.language.or(opening.language);
        let shown_by = match options.target_origin_referrer.clone().or(opening.origin) {
            Some(origin) if self.is_origin(tx, &client.guid, &origin).await? => Some(origin),
            _ => the_only_one(client_origins::list(tx, &client.guid).await?),
        };
        let number = members::next_number(tx, &user.guid).await?;
        let number = number.ok_or_else(|| Fault::internal("a held user without a number"))?;
        let session = PageSession {
            hash,
            guid: self.guid_of(&user.guid, number),
            user_guid: user.guid.clone(),
            options: serde_json::to_string(&options).map_err(Fault::internal)?,
            shown_by,
            member_guid: None,
            created_at: now,
            used_at: now,
        };
        page_sessions::insert(tx, &session).await?;
        let expires_at = now.checked_add(PAGE_CLIENT_LIFE).map_err(Fault::internal)?;
        for hash in [spent.to_vec(), session.hash] {
            let known = PageClient { hash, client_guid: client.guid.clone(), expires_at };
            page_clients::insert(tx, &known).await?;
        }
        let caller = Caller { client: client.guid, user: user.guid, callback_payload: None };
        record(tx, &caller, "pages.open", &session.guid, false, now).await?;
        Ok(true)
    }
}

fn the_only_one(mut origins: Vec<String>) -> Option<String> {
    if origins.len() == 1 { origins.pop() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Mode;
    use crate::pages::Whose;
    use crate::testing::{Bench, on_both_engines};

    /// The secret of a fresh address of the user.
    async fn address(bench: &Bench, options: PageOptions) -> SecretText {
        let (acme, _) = bench.user("acme", "U-1").await;
        let made = bench.engine.create_page(&acme, Whose::Id("U-1".to_owned()), options).await.unwrap();
        SecretText::from(made.url.rsplit('/').next().unwrap())
    }

    async fn shown_by(bench: &Bench, options: PageOptions, origin: &str) -> Option<String> {
        let opening = Opening { origin: Some(origin.to_owned()), language: None };
        let token = bench.engine.open_page(&address(bench, options).await, opening).await.unwrap().unwrap();
        bench.engine.authenticate_page(&token).await.unwrap().unwrap().shown_by
    }

    on_both_engines! {
        async fn an_address_opens_the_pages_once_whoever_is_first(bench: &Bench) {
            let address = address(bench, PageOptions::default()).await;
            let openings = (0..20).map(|_| bench.engine.open_page(&address, Opening::default()));
            let opened = futures_util::future::join_all(openings).await;
            assert_eq!(opened.into_iter().filter(|opened| opened.as_ref().unwrap().is_some()).count(), 1);
        }

        async fn an_address_dies_after_ten_minutes(bench: &Bench) {
            let (young, old) =
                (address(bench, PageOptions::default()).await, address(bench, PageOptions::default()).await);
            bench.advance(599);
            assert!(bench.engine.open_page(&young, Opening::default()).await.unwrap().is_some());
            bench.advance(1);
            assert!(bench.engine.open_page(&old, Opening::default()).await.unwrap().is_none());
        }

        async fn an_address_of_a_disabled_client_opens_nothing(bench: &Bench) {
            let address = address(bench, PageOptions::default()).await;
            bench.clients().disable("acme").await.unwrap();
            assert!(bench.engine.open_page(&address, Opening::default()).await.unwrap().is_none());
        }

        async fn the_pages_speak_to_a_site_that_is_registered_and_to_no_other(bench: &Bench) {
            bench.partner("acme").await;
            let (one, other) = ("https://one.example", "https://other.example");
            let plain = PageOptions::default;
            assert_eq!(shown_by(bench, plain(), one).await, None);
            assert_eq!(shown_by(bench, plain(), "http://localhost:3000").await.unwrap(), "http://localhost:3000");
            bench.clients().add_origin("acme", one, Mode::Sandbox).await.unwrap();
            // A browser that does not tell where it comes from: there is but one.
            assert_eq!(shown_by(bench, plain(), "").await.unwrap(), one);
            bench.clients().add_origin("acme", other, Mode::Sandbox).await.unwrap();
            assert_eq!(shown_by(bench, plain(), other).await.unwrap(), other);
            assert_eq!(shown_by(bench, plain(), "https://evil.example").await, None);
            let told = PageOptions { target_origin_referrer: Some(one.to_owned()), ..plain() };
            assert_eq!(shown_by(bench, told, "https://evil.example").await.unwrap(), one);
        }

        async fn it_is_known_for_a_day_whose_an_address_and_its_visit_were(bench: &Bench) {
            let site = "https://one.example";
            bench.partner("acme").await;
            bench.clients().add_origin("acme", site, Mode::Sandbox).await.unwrap();
            let address = address(bench, PageOptions::default()).await;
            let token = bench.engine.open_page(&address, Opening::default()).await.unwrap().unwrap();
            let (acme, _) = bench.user("acme", "U-1").await;
            bench.engine.delete_sessions(&acme, "U-1").await.unwrap();
            for secret in [&address, &token] {
                assert_eq!(bench.engine.origins_of_page(secret).await.unwrap(), [site]);
            }
            bench.advance(25 * 60 * 60);
            bench.sweep().await;
            for secret in [&address, &token] {
                assert!(bench.engine.origins_of_page(secret).await.unwrap().is_empty());
            }
        }

        async fn the_browser_says_the_language_unless_the_partner_did(bench: &Bench) {
            let spanish = || Opening { origin: None, language: Some(Language::Spanish) };
            let french = PageOptions { language: Some(Language::CanadianFrench), ..PageOptions::default() };
            for (options, language) in
                [(PageOptions::default(), Language::Spanish), (french, Language::CanadianFrench)]
            {
                let address = address(bench, options).await;
                let token = bench.engine.open_page(&address, spanish()).await.unwrap().unwrap();
                let visit = bench.engine.authenticate_page(&token).await.unwrap().unwrap();
                assert_eq!(visit.options.language, Some(language));
            }
        }
    }
}
