//! Paths into JSON: names and numbers of entries with dots between them, such as `accounts.0.guid`.

use serde_json::Value;

/// What stands at a path. The empty path is the whole.
pub fn find<'a>(json: &'a Value, path: &str) -> Option<&'a Value> {
    let parts = path.split('.').filter(|part| !part.is_empty());
    parts.into_iter().try_fold(json, |json, part| match json {
        Value::Object(fields) => fields.get(part),
        Value::Array(entries) => entries.get(part.parse::<usize>().ok()?),
        _ => None,
    })
}

/// The path of a part of what stands at `path`.
pub fn below(path: &str, part: &str) -> String {
    if path.is_empty() { part.to_owned() } else { format!("{path}.{part}") }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_path_leads_through_objects_and_lists() {
        let json = json!({"accounts": [{"guid": "ACT-1"}, {"guid": "ACT-2"}]});
        assert_eq!(find(&json, "accounts.1.guid"), Some(&json!("ACT-2")));
        assert_eq!(find(&json, ""), Some(&json));
        for nowhere in ["accounts.2", "accounts.guid", "accounts.0.guid.0", "members"] {
            assert_eq!(find(&json, nowhere), None, "{nowhere}");
        }
    }
}
