//! Kinds of notifications, and the channels that they are delivered over.

use std::fmt;
use std::str::FromStr;

use thiserror::Error;

use crate::account::numbered;

numbered! {
    /// What a notification is of (Nexus reference, notifications).
    NotificationType {
        1 BudgetExceeded "BUDGET_EXCEEDED";
        2 BudgetOffTarget "BUDGET_OFF_TARGET";
        3 DebtPaymentReminder "DEBT_PAYMENT_REMINDER";
        4 GuideMeStepComplete "GUIDE_ME_STEP_COMPLETE";
        5 GuideMeOffTarget "GUIDE_ME_OFF_TARGET";
        6 AccountBalanceLow "ACCOUNT_BALANCE_LOW";
        7 AccountDepositLarge "ACCOUNT_DEPOSIT_LARGE";
        8 TransactionExpenseLarge "TRANSACTION_EXPENSE_LARGE";
        9 TransactionFeeCharge "TRANSACTION_FEE_CHARGE";
        10 SystemNotification "SYSTEM_NOTIFICATION";
        11 ApiNotification "API_NOTIFICATION";
        12 UserSummary "USER_SUMMARY";
        13 Offer "OFFER";
        14 PasswordResetToken "PASSWORD_RESET_TOKEN";
        15 PasswordChanged "PASSWORD_CHANGED";
        16 EmailVerification "EMAIL_VERIFICATION";
        17 EmailVerified "EMAIL_VERIFIED";
        18 Welcome "WELCOME";
    }
}

numbered! {
    /// What a notification is delivered over. The reference has the number of the first one; the others follow the order
    /// of its names.
    Channel {
        1 Email "EMAIL";
        2 Sms "SMS";
        3 Push "PUSH";
        4 InApp "IN_APP";
    }
}

/// Some of the channels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Channels(i64);

/// What stands for no channel.
const NONE: &str = "none";

impl Channels {
    /// No channel.
    pub const NONE: Self = Self(0);

    /// Whether a channel is one of them.
    pub fn has(self, channel: Channel) -> bool {
        self.0 & 1 << channel.id() != 0
    }

    /// The channels, by their numbers.
    pub fn iter(self) -> impl Iterator<Item = Channel> {
        Channel::ALL.iter().copied().filter(move |channel| self.has(*channel))
    }

    /// One bit for each channel.
    pub fn bits(self) -> i64 {
        self.0
    }

    /// The channels of these bits.
    pub fn from_bits(bits: i64) -> Self {
        Self(bits)
    }
}

impl FromIterator<Channel> for Channels {
    fn from_iter<T: IntoIterator<Item = Channel>>(channels: T) -> Self {
        Self(channels.into_iter().fold(0, |bits, channel| bits | 1 << channel.id()))
    }
}

/// `none`, or names separated by commas.
impl fmt::Display for Channels {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if *self == Self::NONE {
            return f.write_str(NONE);
        }
        f.write_str(&self.iter().map(Channel::name).collect::<Vec<_>>().join(","))
    }
}

/// The text names no channels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("must be \"{NONE}\" or channels separated by commas: EMAIL, SMS, PUSH, IN_APP")]
pub struct NotChannels;

impl FromStr for Channels {
    type Err = NotChannels;

    fn from_str(text: &str) -> Result<Self, NotChannels> {
        if text == NONE {
            return Ok(Self::NONE);
        }
        text.split(',').map(|name| Channel::from_name(name.trim()).ok_or(NotChannels)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn channels_are_written_as_they_are_read() {
        for text in ["none", "IN_APP", "EMAIL,SMS,PUSH,IN_APP"] {
            assert_eq!(text.parse::<Channels>().unwrap().to_string(), text);
        }
        assert_eq!("PUSH, EMAIL".parse::<Channels>().unwrap().to_string(), "EMAIL,PUSH");
        for text in ["", "email", "none,EMAIL", "EMAIL,"] {
            assert_eq!(text.parse::<Channels>(), Err(NotChannels), "{text:?}");
        }
        assert_eq!(Channels::from_iter([Channel::Sms]).iter().collect::<Vec<_>>(), [Channel::Sms]);
    }
}
