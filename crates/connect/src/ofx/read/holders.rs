//! Who holds an account, where the list of accounts tells it.

use riverbank_model::feed::FeedOwner;

use crate::ofx::document::Node;

/// The aggregates that stand for one holder. `HOLDERINFO` holds the others, or tells of the only holder itself.
const HOLDERS: [&str; 2] = ["PRIMARYHOLDER", "SECONDARYHOLDER"];
const OUTER: &str = "HOLDERINFO";

/// The holders that an `ACCTINFO` tells of, in its order; none at most banks.
pub(super) fn read(info: Node<'_>) -> Vec<FeedOwner> {
    let all = |is: &dyn Fn(Node<'_>) -> bool| {
        info.descendants().filter(|node| is(*node)).filter_map(holder).collect()
    };
    let holders: Vec<FeedOwner> = all(&|node| HOLDERS.iter().any(|name| node.is(name)));
    if holders.is_empty() { all(&|node| node.is(OUTER)) } else { holders }
}

/// One holder, whose values have the names that an enrolment has (`ENROLLRQ`, OFX 2.2, 8.4.2). None who tells no name.
fn holder(node: Node<'_>) -> Option<FeedOwner> {
    let joined = |names: &[&str], between: &str| {
        let parts: Vec<String> = names.iter().filter_map(|name| node.value(name)).collect();
        (!parts.is_empty()).then(|| parts.join(between))
    };
    let first_name = joined(&["FIRSTNAME", "MIDDLENAME"], " ");
    let last_name = node.value("LASTNAME");
    let of_parts: Vec<&str> = first_name.iter().chain(&last_name).map(String::as_str).collect();
    let owner_name = node.value("NAME").unwrap_or_else(|| of_parts.join(" "));
    (!owner_name.is_empty()).then_some(FeedOwner {
        owner_name: Some(owner_name),
        first_name,
        last_name,
        address: joined(&["ADDR1", "ADDR2", "ADDR3"], ", "),
        city: node.value("CITY"),
        state: node.value("STATE"),
        postal_code: node.value("POSTALCODE"),
        country: node.value("COUNTRY"),
        email: node.value("EMAIL"),
        phone: ["DAYPHONE", "EVEPHONE", "PHONE"].iter().find_map(|name| node.value(name)),
    })
}
