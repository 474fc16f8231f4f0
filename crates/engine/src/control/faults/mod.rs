//! What is planned to go wrong: `/control/faults`.
//!
//! A fault strikes attempts at an institution, or those of one member of it: the next so many, or some by chance, or all
//! until it is taken away. Whether chance has it follows from the seed, the fault, the member and the attempt alone.

mod effect;
mod plan;
mod planned;
mod remove;
mod strike;
#[cfg(test)]
mod tests;

pub(crate) use effect::too_slow;
pub use effect::{Call, Effect};
pub use plan::{FaultTarget, PlanFault, PlanFaultError};
pub use planned::{Chance, PlannedFault};
pub(crate) use strike::{Struck, befall};
