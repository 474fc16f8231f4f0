//! Changing a user: `PUT /users/{id}` of the partner face.

use riverbank_model::webhook::Action;
use riverbank_store::users::{self, User};

use super::{InvalidField, Profile, record, tell};
use crate::clients::Partner;
use crate::fault::faults;
use crate::{Engine, Fault};

/// The changes to a user.
#[derive(Clone, Debug, Default)]
pub struct UpdateUser {
    /// What is to be different.
    pub profile: Profile,
    /// No webhook for this change.
    pub skip_webhook: bool,
}

/// Why a user cannot be changed.
#[derive(Debug, thiserror::Error)]
pub enum UpdateUserError {
    /// The client has no user with this id.
    #[error("User not found.")]
    NoSuchUser,
    /// A field does not have its form.
    #[error(transparent)]
    Invalid(#[from] InvalidField),
    /// Not the caller's doing.
    #[error(transparent)]
    Fault(Fault),
}

faults!(UpdateUserError);

impl Engine {
    /// Changes the partner's user with this id. A change that changes nothing leaves `revision` as it is.
    pub async fn update_user(
        &self,
        partner: &Partner,
        id: &str,
        request: UpdateUser,
    ) -> Result<User, UpdateUserError> {
        let (engine, now) = (self.clone(), self.now());
        let (client, id) = (partner.guid.clone(), id.to_owned());
        let writing = self.store().write(async move |tx| {
            let found = users::lock_by_partner_id(tx, &client, &id).await?;
            let mut user = found.ok_or(UpdateUserError::NoSuchUser)?;
            if request.profile.apply(&mut user)? {
                user.revision += 1;
                user.updated_at = now;
                users::save(tx, &user).await?;
                record(tx, &user, "users.update", request.skip_webhook, now).await?;
                tell(&engine, tx, &user, Action::Updated, request.skip_webhook).await?;
            }
            Ok(user)
        });
        writing.await
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use riverbank_model::user::Gender;

    use super::*;
    use crate::testing::{Bench, on_both_engines};

    fn full() -> Profile {
        let text = |text: &str| Some(text.to_owned());
        Profile {
            birthdate: Some(date(1959, 7, 17)),
            credit_score: Some(718),
            email: text("fake.email@mxexample.com"),
            first_name: text("John"),
            gender: Some(Gender::Female),
            is_disabled: Some(true),
            last_name: text("Doe"),
            metadata: text("note"),
            phone: text("5055551234"),
            zip_code: text("87101"),
        }
    }

    fn change(profile: Profile) -> UpdateUser {
        UpdateUser { profile, skip_webhook: false }
    }

    on_both_engines! {
        async fn every_field_is_kept_and_absent_ones_stay(bench: &Bench) {
            let (acme, _) = bench.user("acme", "U-1").await;
            let engine = &bench.engine;
            bench.advance(60);
            let changed = engine.update_user(&acme, "U-1", change(full())).await.unwrap();
            assert_eq!(changed.phone.as_deref(), Some("(505) 555-1234"));
            assert_eq!((changed.revision, changed.updated_at), (1, engine.now()));
            assert_eq!(engine.read_user(&acme, "U-1").await.unwrap().as_ref(), Some(&changed));
            let one = Profile { first_name: Some("Jane".to_owned()), ..Profile::default() };
            let again = engine.update_user(&acme, "U-1", change(one)).await.unwrap();
            let expected = User { first_name: Some("Jane".to_owned()), revision: 2, ..changed };
            assert_eq!(again, expected);
        }

        async fn a_change_that_changes_nothing_leaves_the_revision(bench: &Bench) {
            let (acme, _) = bench.user("acme", "U-1").await;
            let once = bench.engine.update_user(&acme, "U-1", change(full())).await.unwrap();
            bench.advance(60);
            assert_eq!(bench.engine.update_user(&acme, "U-1", change(full())).await.unwrap(), once);
        }

        async fn empty_text_empties_a_field(bench: &Bench) {
            let (acme, _) = bench.user("acme", "U-1").await;
            bench.engine.update_user(&acme, "U-1", change(full())).await.unwrap();
            let empty = Profile { email: Some(String::new()), zip_code: Some(String::new()), ..Profile::default() };
            let changed = bench.engine.update_user(&acme, "U-1", change(empty)).await.unwrap();
            assert_eq!((changed.email, changed.zip_code), (None, None));
            assert_eq!(changed.last_name.as_deref(), Some("Doe"));
        }

        async fn a_refused_change_changes_nothing(bench: &Bench) {
            let (acme, user) = bench.user("acme", "U-1").await;
            for (profile, field) in [
                (Profile { email: Some("a@b".to_owned()), ..full() }, "email"),
                (Profile { zip_code: Some("SW1A 1AA".to_owned()), ..full() }, "zip_code"),
                (Profile { credit_score: Some(-1), ..full() }, "credit_score"),
            ] {
                let refused = bench.engine.update_user(&acme, "U-1", change(profile)).await.unwrap_err();
                assert!(matches!(refused, UpdateUserError::Invalid(invalid) if invalid.field == field));
            }
            assert_eq!(bench.engine.read_user(&acme, "U-1").await.unwrap(), Some(user));
        }

        async fn another_clients_user_is_not_found(bench: &Bench) {
            bench.user("acme", "U-1").await;
            let other = bench.partner("other").await;
            let refused = bench.engine.update_user(&other, "U-1", change(full())).await.unwrap_err();
            assert!(matches!(refused, UpdateUserError::NoSuchUser));
            assert_eq!(bench.engine.read_user(&other, "U-1").await.unwrap(), None);
        }
    }
}
