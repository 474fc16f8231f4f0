//! What planned faults do to the calls that they strike.

use riverbank_connect::BankRefusal;
use riverbank_model::guid::{InstitutionGuid, MemberGuid, OauthStateGuid};
use riverbank_store::jobs::Claim;
use riverbank_store::{Tx, faults};

use super::{Call, Effect, PlannedFault};
use crate::{Engine, Fault};

/// Whose call it is. A fault counts it once, however many of its calls it strikes.
pub(crate) enum Struck<'a> {
    /// An attempt's: a job that is held, the how-manieth of its member.
    Attempt(&'a Claim, i64),
    /// That of an end user's way to the institution, which has one.
    Way(&'a OauthStateGuid),
}

impl Engine {
    /// What happens to a call, within the unit of work that counts it: delays, and what ends it at last.
    pub(crate) async fn strike(
        &self,
        tx: &Tx,
        institution: &InstitutionGuid,
        member: &MemberGuid,
        call: Call,
        whose: &Struck<'_>,
    ) -> Result<Vec<Effect>, Fault> {
        let before = match whose {
            Struck::Attempt(claim, _) => faults::struck(tx, &claim.user_guid, &claim.guid).await?,
            Struck::Way(_) => Vec::new(),
        };
        let mut effects = Vec::new();
        for row in faults::lock_of_visit(tx, institution, member).await? {
            let fault = PlannedFault::read(row)?;
            if !fault.is_for(call) {
                continue;
            }
            if !before.contains(&fault.number) {
                let strikes = match whose {
                    Struck::Attempt(_, attempt) => {
                        fault.strikes(&self.parts.seed, &[member.as_str(), &attempt.to_string()])
                    }
                    Struck::Way(way) => fault.strikes(&self.parts.seed, &[way.as_str()]),
                };
                if !strikes {
                    continue;
                }
                if let Struck::Attempt(claim, _) = whose {
                    faults::note(tx, &claim.user_guid, &claim.guid, fault.number).await?;
                }
                faults::count(tx, fault.number).await?;
            }
            effects.push(fault.effect);
            if fault.effect.refusal().is_some() {
                break;
            }
        }
        Ok(effects)
    }
}

/// Lets what is planned happen to a call.
pub(crate) async fn befall<T>(
    planned: Vec<Effect>,
    answer: impl Future<Output = Result<T, BankRefusal>>,
) -> Result<T, BankRefusal> {
    let mut end = None;
    for effect in planned {
        match effect.delay() {
            Some(delay) => tokio::time::sleep(delay).await,
            None => end = Some(effect),
        }
    }
    if let Some(refusal) = end.and_then(Effect::refusal) {
        if end == Some(Effect::HalfAnswer) {
            answer.await?;
        }
        return Err(refusal);
    }
    answer.await
}
