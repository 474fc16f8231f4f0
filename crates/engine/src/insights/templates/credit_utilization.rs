//! How much of the limits of all credit cards is used.

use riverbank_model::account::AccountType;
use riverbank_model::money::Money;

use super::super::{Account, Facts, Found, Looks, Relevance, Template, wording};

/// Cards that are counted, at most (Nexus reference, insights).
const CARDS: usize = 15;
/// From how many per cent on it is told (Nexus reference, insights).
const NEARING: i64 = 20;
/// From how many per cent on it is told as too much (Nexus reference, insights).
const OVER: i64 = 30;

pub(super) static TEMPLATE: Template = Template {
    name: "CreditUtilization",
    looks: Looks::InTheMorning,
    relevance: Relevance::WhileFound,
    deposit: None,
    find,
};

fn find(facts: &Facts) -> Vec<Found> {
    let cards: Vec<_> = facts.accounts.iter().filter_map(used).take(CARDS).collect();
    let used: Money = cards.iter().map(|(_, used, _)| *used).sum();
    let limit: Money = cards.iter().map(|(_, _, limit)| *limit).sum();
    let Some(share) = wording::percent(used, limit).filter(|share| *share >= NEARING) else {
        return Vec::new();
    };
    let (step, title) = match share {
        OVER.. => ("over", "Credit card use is over 30%"),
        _ => ("nearing", "Credit card use is nearing 30%"),
    };
    vec![Found {
        key: format!("{}/{step}", facts.month_before(0)),
        title: title.to_owned(),
        description: format!(
            "You use {} of the {} that your credit cards allow, {share}% of it.",
            wording::dollars(used),
            wording::dollars(limit)
        ),
        call_to_action: "View accounts",
        accounts: cards.iter().map(|(account, ..)| account.guid.clone()).collect(),
        relevant_through: Some(facts.today.last_of_month()),
        ..Found::default()
    }]
}

/// An open card with a limit, what is owed on it, and the limit.
fn used(account: &Account) -> Option<(&Account, Money, Money)> {
    let limit = account.facts.credit_limit.filter(|limit| *limit > Money::ZERO)?;
    let used = account.facts.balance?.max(Money::ZERO);
    account.is_open(&[AccountType::CreditCard]).then_some((account, used, limit))
}

#[cfg(test)]
mod tests {
    use riverbank_model::feed::AccountFacts;

    use super::super::super::facts::money;
    use super::*;

    fn card(name: &str, used: &str, limit: &str) -> AccountFacts {
        let (balance, credit_limit) = (Some(money(used)), Some(money(limit)));
        AccountFacts { balance, credit_limit, ..AccountFacts::new(AccountType::CreditCard, name.into()) }
    }

    #[test]
    fn the_share_of_all_limits_is_told_at_20_and_at_30_per_cent() {
        for (used, title) in [
            ("194", None),
            ("200", Some("Credit card use is nearing 30%")),
            ("300", Some("Credit card use is over 30%")),
        ] {
            let facts = Facts::for_tests("2026-01-15")
                .with_facts(card("One", used, "500"))
                .with_facts(card("Two", "-5", "500"))
                .with_account("Third", AccountType::CreditCard, "900");
            let told: Vec<_> = find(&facts).into_iter().map(|found| found.title).collect();
            assert_eq!(told.first().map(String::as_str), title, "{used}");
        }
        let facts = Facts::for_tests("2026-01-15").with_facts(card("One", "310", "1000"));
        assert_eq!(
            find(&facts)[0].description,
            "You use $310.00 of the $1,000.00 that your credit cards allow, 31% of it."
        );
    }
}
