//! Ids: a prefix and a UUID, one type for each kind of thing.

use std::fmt;

use sha2::{Digest, Sha256};
use thiserror::Error;
use uuid::Uuid;

/// What every typed id can do.
pub trait Guid: Sized + AsRef<str> {
    /// The letters before the first dash, such as `MBR`.
    const PREFIX: &'static str;
    /// What stands between the letters and the UUID.
    const SEPARATOR: char = '-';
    /// Takes text that is known to be an id of this kind, such as a column of the database.
    fn trusted(text: String) -> Self;
}

/// The text is no id of the asked kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("not an id of the form {0}{1}...")]
pub struct NotAGuid(&'static str, char);

/// Characters of the longest id that is taken from outside. A prefix and a UUID have 40.
const LONGEST: usize = 64;

fn parse<G: Guid>(text: &str) -> Result<G, NotAGuid> {
    let tail = text.strip_prefix(G::PREFIX).and_then(|rest| rest.strip_prefix(G::SEPARATOR));
    let lawful = |tail: &str| {
        !tail.is_empty() && tail.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    match tail {
        Some(tail) if text.len() <= LONGEST && lawful(tail) => Ok(G::trusted(text.to_owned())),
        _ => Err(NotAGuid(G::PREFIX, G::SEPARATOR)),
    }
}

macro_rules! guids {
    ($($(#[$doc:meta])* $name:ident = $prefix:literal $($separator:literal)?;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        #[serde(transparent)]
        pub struct $name(String);

        impl Guid for $name {
            const PREFIX: &'static str = $prefix;
            $(const SEPARATOR: char = $separator;)?
            fn trusted(text: String) -> Self {
                Self(text)
            }
        }

        impl $name {
            /// The id as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl std::str::FromStr for $name {
            type Err = NotAGuid;
            fn from_str(text: &str) -> Result<Self, NotAGuid> {
                parse(text)
            }
        }
    )*};
}

guids! {
    /// A client: a partner of this server.
    ClientGuid = "CLT";
    /// An end user of a client.
    UserGuid = "USR";
    /// A user's connection to an institution.
    MemberGuid = "MBR";
    /// A financial institution.
    InstitutionGuid = "INS";
    /// A credential field of an institution, or a challenge.
    CredentialGuid = "CRD";
    /// A stored credential of a member.
    MemberCredentialGuid = "MCR";
    /// A choice of an OPTIONS or IMAGE_OPTIONS challenge.
    OptionGuid = "OPT";
    /// One run against an institution.
    JobGuid = "JOB";
    /// An account at an institution.
    AccountGuid = "ACT";
    /// The numbers of an account.
    AccountNumberGuid = "ACN";
    /// An owner of an account.
    AccountOwnerGuid = "ACO";
    /// A transaction of an account.
    TransactionGuid = "TRN";
    /// A position of an investment account.
    HoldingGuid = "HOL";
    /// A category of transactions.
    CategoryGuid = "CAT";
    /// A monthly limit of a user for a category.
    BudgetGuid = "BGT";
    /// What a user saves for, or a debt that it pays off.
    GoalGuid = "GOL";
    /// What a user sets aside each month.
    MonthlyCashFlowProfileGuid = "MCF";
    /// A payment that a user expects, made or predicted.
    ScheduledPaymentGuid = "SCH";
    /// A card made of what a user's money does; once called a beat.
    InsightGuid = "BET";
    /// Something that a user is told.
    NotificationGuid = "NTF";
    /// What a user is told over one channel.
    DeliverableGuid = "DNF";
    /// What a user means to spend, month by month.
    SpendingPlanGuid = "SPL";
    /// An account that feeds a spending plan.
    SpendingPlanAccountGuid = "SPA";
    /// A month of a spending plan.
    SpendingPlanIterationGuid = "SPI";
    /// What is planned of a month.
    SpendingPlanItemGuid = "SII";
    /// A tag of a user.
    TagGuid = "TAG";
    /// A tag on a transaction.
    TaggingGuid = "TGN";
    /// A merchant.
    MerchantGuid = "MCH";
    /// A place of a merchant.
    MerchantLocationGuid = "MCL";
    /// One way of an end user to an institution's own page and back.
    OauthStateGuid = "OAS";
    /// One visit of an end user to the pages of Connect.
    PageSessionGuid = "ANS";
    /// A rule of a user for transactions.
    TransactionRuleGuid = "TXR";
    /// The verification of an account by two small deposits.
    MicroDepositGuid = "MIC";
    /// A partner's address that is told of events.
    WebhookEndpointGuid = "WHE";
    /// A message to an endpoint, in the form that the Standard Webhooks specification shows.
    WebhookMessageGuid = "msg" '_';
}

/// The maker of ids.
///
/// In a sandbox an id is derived from the seed, its parent's id and the parent's own counter of children ever
/// made, so that the same calls give the same ids. Elsewhere it is a random UUID.
#[derive(Clone, Debug)]
pub enum Guids {
    /// Random ids, from a function that makes version 4 UUIDs.
    Random(fn() -> Uuid),
    /// Ids derived from this seed.
    Derived(String),
}

impl Guids {
    /// The id of the `n`-th child (of whatever kind) that `parent` ever had. `parent` is an id, or empty at the top.
    pub fn make<G: Guid>(&self, parent: &str, n: i64) -> G {
        let uuid = match self {
            Self::Random(make) => make(),
            Self::Derived(seed) => derived_uuid(&[seed, parent, G::PREFIX, &n.to_string()]),
        };
        G::trusted(format!("{}{}{uuid}", G::PREFIX, G::SEPARATOR))
    }

    /// The same for what belongs to an owner, at whatever depth: the first eight digits are those of the owner's id, so that
    /// [`owners_of`] leads to it, and nothing needs an index by id alone.
    pub fn make_of<G: Guid>(&self, owner: &impl Guid, parent: &str, n: i64) -> G {
        let guid: G = self.make(parent, n);
        match (beginning(owner.as_ref()), beginning(guid.as_ref())) {
            (Some(begins), Some(own)) => G::trusted(guid.as_ref().replacen(own, begins, 1)),
            _ => guid,
        }
    }
}

/// Digits before the first dash of a UUID.
const BEGINNING: usize = 8;

/// The first eight digits of an id's UUID; none where no UUID begins so.
fn beginning(guid: &str) -> Option<&str> {
    let begins = guid.split_once(['-', '_'])?.1.get(..BEGINNING)?;
    begins.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f')).then_some(begins)
}

/// The least and the greatest id that the owner of what has this id can have, which is hardly ever that of another one; none
/// where no owner's id begins so.
pub fn owners_of<O: Guid>(guid: &str) -> Option<[O; 2]> {
    let begins = beginning(guid)?;
    let owner = |digit: &str| {
        let [short, long] = [4, 12].map(|digits| digit.repeat(digits));
        O::trusted(format!("{}{}{begins}-{short}-{short}-{short}-{long}", O::PREFIX, O::SEPARATOR))
    };
    Some([owner("0"), owner("f")])
}

/// An id that follows from what it names, in every mode: the credential `field_name` of an institution, the
/// stored credential of a member.
pub fn fixed<G: Guid>(parts: &[&str]) -> G {
    let mut named = vec![G::PREFIX];
    named.extend_from_slice(parts);
    G::trusted(format!("{}{}{}", G::PREFIX, G::SEPARATOR, derived_uuid(&named)))
}

/// A version 8 UUID from the hash of `parts`, each with its length before it.
fn derived_uuid(parts: &[&str]) -> Uuid {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part.as_bytes());
    }
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&hash.finalize()[..16]);
    uuid::Builder::from_custom_bytes(bytes).into_uuid()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_of_another_kind_is_refused() {
        assert_eq!("ACT-1".parse::<MemberGuid>(), Err(NotAGuid("MBR", '-')));
        assert!("MBR-7c6f361b-e582-15b6-60c0-358f12466b4b".parse::<MemberGuid>().is_ok());
        for text in ["", "MBR", "MBR-", "MBR-a b", "MBR-\0", "mbr-1", &format!("MBR-{}", "a".repeat(61))] {
            assert!(text.parse::<MemberGuid>().is_err(), "{text:?}");
        }
    }

    #[test]
    fn the_id_of_a_message_is_set_apart_by_an_underscore() {
        let id: WebhookMessageGuid = Guids::Derived("seed".into()).make("WHE-1", 1);
        assert!(id.as_str().starts_with("msg_"));
        assert_eq!(id.as_str().parse(), Ok(id.clone()));
        assert!("msg-1".parse::<WebhookMessageGuid>().is_err());
    }

    #[test]
    fn derived_ids_repeat_and_differ_by_seed_parent_kind_and_number() {
        let guids = Guids::Derived("seed".into());
        let first: MemberGuid = guids.make("USR-1", 1);
        assert_eq!(first, guids.make::<MemberGuid>("USR-1", 1));
        let others = [
            Guids::Derived("other".into()).make::<MemberGuid>("USR-1", 1),
            guids.make("USR-2", 1),
            guids.make("USR-1", 2),
        ];
        assert!(others.iter().all(|other| *other != first));
        assert_ne!(guids.make::<JobGuid>("USR-1", 1).as_str()[4..], first.as_str()[4..]);
        let owner: UserGuid = guids.make("CLT-1", 1);
        let [one, two] = [1, 2].map(|n| guids.make_of::<TransactionGuid>(&owner, "ACT-1", n));
        assert_ne!(one, two);
    }

    #[test]
    fn an_id_that_begins_as_its_owners_leads_to_it() {
        for guids in [Guids::Derived("seed".into()), Guids::Random(Uuid::max)] {
            let user: UserGuid = guids.make("CLT-1", 1);
            let made: TransactionGuid = guids.make_of(&user, "ACT-1", 1);
            let [least, greatest] = owners_of::<UserGuid>(made.as_str()).unwrap();
            assert!(least <= user && user <= greatest);
            let other: UserGuid = fixed(&["other"]);
            assert!(other < least || greatest < other);
        }
        for text in ["", "TRN", "TRN-1", "TRN-7c6f361", "TRN-abcdefgh-1"] {
            assert_eq!(owners_of::<UserGuid>(text), None, "{text}");
        }
    }

    #[test]
    fn lengths_keep_parts_apart() {
        assert_ne!(fixed::<CredentialGuid>(&["ab", "c"]), fixed::<CredentialGuid>(&["a", "bc"]));
    }
}
