//! Creating a user: `POST /users` of the partner face.

use jiff::Timestamp;
use riverbank_model::guid::{ClientGuid, UserGuid};
use riverbank_model::webhook::Action;
use riverbank_store::clients;
use riverbank_store::users::{self, User};

use super::{InvalidField, Profile, record, tell};
use crate::clients::Partner;
use crate::fault::faults;
use crate::{Engine, Fault};

/// Characters of the longest id that a partner may give (MDX Real Time, users).
const LONGEST_ID: usize = 1024;

/// What a user is made of.
#[derive(Clone, Debug, Default)]
pub struct CreateUser {
    /// The partner's own id, unique within the client.
    pub id: String,
    /// What is known about the user.
    pub profile: Profile,
    /// Left out of analytics.
    pub is_excluded_from_analytics: bool,
    /// No webhook for this creation.
    pub skip_webhook: bool,
}

/// Why a user cannot be made.
#[derive(Debug, thiserror::Error)]
pub enum CreateUserError {
    /// A field does not have its form.
    #[error(transparent)]
    Invalid(#[from] InvalidField),
    /// The client has a user with this id.
    #[error("User already exists.")]
    Exists,
    /// Not the caller's doing.
    #[error(transparent)]
    Fault(Fault),
}

faults!(CreateUserError);

impl Engine {
    /// Makes a user of the partner's.
    pub async fn create_user(&self, partner: &Partner, request: CreateUser) -> Result<User, CreateUserError> {
        let CreateUser { id, profile, is_excluded_from_analytics, skip_webhook } = request;
        if !is_id(&id) {
            let rule = "must have 1 to 1024 letters, digits, dashes and underscores";
            return Err(InvalidField { field: "id", rule }.into());
        }
        let (engine, client, now) = (self.clone(), partner.guid.clone(), self.now());
        let writing = self.store().write(async move |tx| {
            let number = clients::count_child(tx, &client).await?;
            let guid: UserGuid = engine.guid(&client, number);
            let mut user = new_user(guid, client, id, now);
            user.is_excluded_from_analytics = is_excluded_from_analytics;
            profile.apply(&mut user)?;
            if !users::insert(tx, &user).await? {
                return Err(CreateUserError::Exists);
            }
            record(tx, &user, "users.create", skip_webhook, now).await?;
            tell(&engine, tx, &user, Action::Created, skip_webhook).await?;
            Ok(user)
        });
        writing.await
    }
}

/// Whether a partner may call a user or a held member so.
pub(crate) fn is_id(text: &str) -> bool {
    let lawful = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    (1..=LONGEST_ID).contains(&text.len()) && text.bytes().all(lawful)
}

/// A user of whom only the id is known.
pub(crate) fn new_user(guid: UserGuid, client_guid: ClientGuid, partner_id: String, now: Timestamp) -> User {
    User {
        guid,
        client_guid,
        partner_id,
        birthdate: None,
        credit_score: None,
        email: None,
        first_name: None,
        gender: None,
        is_disabled: false,
        is_excluded_from_analytics: false,
        last_name: None,
        logged_in_at: None,
        metadata: None,
        phone: None,
        zip_code: None,
        revision: 0,
        children_made: 0,
        created_at: now,
        updated_at: now,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Bench, on_both_engines};

    fn named(id: &str) -> CreateUser {
        CreateUser { id: id.to_owned(), ..CreateUser::default() }
    }

    on_both_engines! {
        async fn a_user_needs_an_id_only(bench: &Bench) {
            let acme = bench.partner("acme").await;
            let user = bench.engine.create_user(&acme, named("U-1_a")).await.unwrap();
            assert!(user.guid.as_str().starts_with("USR-"));
            assert_eq!(bench.engine.read_user(&acme, "U-1_a").await.unwrap(), Some(user));
        }

        async fn an_id_is_unique_within_its_client(bench: &Bench) {
            let (acme, other) = (bench.partner("acme").await, bench.partner("other").await);
            bench.engine.create_user(&acme, named("U-1")).await.unwrap();
            let again = bench.engine.create_user(&acme, named("U-1")).await.unwrap_err();
            assert!(matches!(again, CreateUserError::Exists), "{again:?}");
            assert!(bench.engine.create_user(&other, named("U-1")).await.is_ok());
        }

        async fn an_id_has_letters_digits_dashes_and_underscores(bench: &Bench) {
            let acme = bench.partner("acme").await;
            for id in ["", "a b", "a.json", "ä", "a/b", &"a".repeat(1025)] {
                let refused = bench.engine.create_user(&acme, named(id)).await.unwrap_err();
                assert!(matches!(refused, CreateUserError::Invalid(InvalidField { field: "id", .. })), "{id:?}");
            }
            assert!(bench.engine.create_user(&acme, named(&"a".repeat(1024))).await.is_ok());
        }

        async fn a_refused_user_uses_up_no_guid(bench: &Bench) {
            let (acme, twin) = (bench.partner("acme").await, Bench::on(crate::testing::Backend::Sqlite).await);
            let wrong = Profile { email: Some("no address".to_owned()), ..Profile::default() };
            let refused = CreateUser { profile: wrong, ..named("U-1") };
            bench.engine.create_user(&acme, refused).await.unwrap_err();
            let user = bench.engine.create_user(&acme, named("U-1")).await.unwrap();
            let same = twin.partner("acme").await;
            assert_eq!(twin.engine.create_user(&same, named("U-1")).await.unwrap().guid, user.guid);
        }

        async fn parallel_creations_with_one_id_give_one_user(bench: &Bench) {
            let acme = bench.partner("acme").await;
            let creations = (0..20).map(|_| bench.engine.create_user(&acme, named("U-1")));
            let made = futures_util::future::join_all(creations).await;
            assert_eq!(made.iter().filter(|result| result.is_ok()).count(), 1);
            assert!(made.iter().flatten().all(|user| user.partner_id == "U-1"));
        }
    }
}
