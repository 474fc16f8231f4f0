//! Operators: the people who log in to the console. Their times are the machine's: codes are made by clocks that no
//! sandbox moves.

mod accounts;
mod audit;
mod log_in;
mod password;
mod session;
mod totp;

pub use accounts::{AddedOperator, OperatorError};
pub use audit::{Deed, Origin};
pub use log_in::{LogIn, LogInError, OpenedOperatorSession};
pub use riverbank_store::operators::Operator;
pub use session::{OperatorSession, form_token};

/// What an operator's authenticator app shows.
#[cfg(any(test, feature = "testing"))]
impl crate::Engine {
    /// The code of an operator at a moment.
    pub async fn code_of_operator(&self, name: &str, at: jiff::Timestamp) -> String {
        let operators = self.operators().await.expect("the operators");
        let operator = operators.into_iter().find(|one| one.name == name).expect("an operator of this name");
        let place = riverbank_store::Place::OperatorSecret(name);
        totp::code(&self.unseal(&place, &operator.totp_secret).expect("a secret that opens"), at)
    }
}
