//! The list of accounts of a login (`ACCTINFO`, OFX 2.2, 8.5.3).

use super::account::{AccountKey, AccountKind, OfxAccount};
use super::accounts::Accounts;
use super::holders;
use super::reading::Reading;
use super::tables;
use crate::ofx::document::Node;

/// The kinds of entries that are read: the entry, the key within, and the message set.
const ENTRIES: [(&str, &str, AccountKind); 3] = [
    ("BANKACCTINFO", "BANKACCTFROM", AccountKind::Bank),
    ("CCACCTINFO", "CCACCTFROM", AccountKind::CreditCard),
    ("INVACCTINFO", "INVACCTFROM", AccountKind::Investment),
];

/// Reads one `ACCTINFO`. Entries of other services of the same account, such as bill payment, are passed over.
pub(super) fn read(reading: &mut Reading, info: Node<'_>, accounts: &mut Accounts) {
    let owners = holders::read(info);
    let mut found = false;
    for (entry_name, from_name, kind) in ENTRIES {
        for entry in info.descendants().filter(|node| node.is(entry_name)) {
            let from = entry.find(from_name).unwrap_or(entry);
            let Some(key) = AccountKey::read(kind, from) else {
                reading.remark(entry, format!("{entry_name} without ACCTID"));
                continue;
            };
            found = true;
            let mut account = OfxAccount::new(reading, from, key);
            account.account.facts.name = info.value("DESC").unwrap_or_default();
            account.account.facts.account_subtype = entry
                .value("USPRODUCTTYPE")
                .and_then(|name| tables::product_type(&name))
                .or(account.account.facts.account_subtype);
            account.can_download = Some(can_download(entry));
            account.account.owners.clone_from(&owners);
            accounts.add(account);
        }
    }
    if !found {
        let kinds: Vec<String> =
            info.children().map(Node::name).filter(|name| name.ends_with("INFO")).collect();
        reading.remark(info, format!("an account of a kind that is not read: {}", kinds.join(", ")));
    }
}

/// Whether the service is switched on and gives statements. Investment entries have no `SUPTXDL`.
fn can_download(entry: Node<'_>) -> bool {
    let says = |name: &str, no: &[&str]| {
        entry.value(name).is_none_or(|value| !no.iter().any(|no| value.eq_ignore_ascii_case(no)))
    };
    says("SUPTXDL", &["N"]) && says("SVCSTATUS", &["AVAIL", "PEND"])
}
