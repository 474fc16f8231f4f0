use serde_json::json;

use super::*;

fn contract() -> Contract {
    toml::from_str(include_str!("../../contract/operations.toml")).expect("a contract")
}

fn ours() -> BTreeSet<&'static str> {
    include_str!("../../contract/ours.txt").lines().filter(|line| !line.is_empty()).collect()
}

#[test]
fn every_built_operation_is_as_the_contract_says() {
    let contract = contract();
    let document = serde_json::to_value(crate::routes::document()).unwrap();
    let mut wrong = Vec::new();
    for (name, operation) in documented(&document) {
        match contract.operation.get(&name) {
            Some(theirs) => {
                let found = differences(&contract, theirs, &document, operation);
                wrong.extend(found.into_iter().map(|difference| format!("{name}: {difference}")));
            }
            None if ours().contains(&*name) => {}
            None => wrong.push(format!("{name}: neither in the contract nor in ours.txt")),
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn every_operation_of_the_contract_is_built() {
    let document = serde_json::to_value(crate::routes::document()).unwrap();
    let (contract, built) = (contract(), documented(&document));
    let missing: Vec<_> = contract.operation.keys().filter(|name| !built.contains_key(*name)).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn the_readme_has_each_tag_with_its_operations() {
    let document = serde_json::to_value(crate::routes::document()).unwrap();
    let mut tags = BTreeMap::<String, usize>::new();
    for operation in documented(&document).values() {
        for tag in operation["tags"].as_array().unwrap() {
            *tags.entry(tag.as_str().unwrap().to_owned()).or_default() += 1;
        }
    }
    let readme = include_str!("../../../../README.md");
    let missing = |(tag, count): &(&String, &usize)| !readme.contains(&format!("\n| {tag} | {count} | "));
    let missing: Vec<_> = tags.iter().filter(missing).collect();
    assert!(missing.is_empty(), "README.md lacks the lines of {missing:?}");
}

#[test]
fn every_operation_has_an_id_of_its_own() {
    let document = serde_json::to_value(crate::routes::document()).unwrap();
    let mut ids = BTreeMap::new();
    for (name, operation) in documented(&document) {
        if let Some(other) = ids.insert(operation["operationId"].as_str().unwrap().to_owned(), name.clone()) {
            panic!("{name} and {other} have the same id");
        }
    }
}

#[test]
fn a_day_in_a_path_is_described_as_a_day() {
    let document = serde_json::to_value(crate::routes::document()).unwrap();
    let mut days = 0;
    for (name, operation) in documented(&document) {
        for parameter in operation["parameters"].as_array().into_iter().flatten() {
            if parameter["in"] == "path" && parameter["name"].as_str().unwrap().ends_with("_date") {
                assert_eq!(parameter["schema"], json!({"type": "string", "format": "date"}), "{name}");
                days += 1;
            }
        }
    }
    assert!(days > 0, "no path holds a day");
}

#[test]
fn a_body_that_may_be_left_out_is_described_so() {
    let document = serde_json::to_value(crate::routes::document()).unwrap();
    let optional: BTreeSet<String> = documented(&document)
        .into_iter()
        .filter(|(_, operation)| operation["requestBody"]["required"] == false)
        .map(|(name, _)| name)
        .collect();
    let names = [
        "GET /members/aggregate",
        "GET /members/refresh",
        "GET /members/{member_guid}/aggregate",
        "GET /members/{member_guid}/refresh",
        "POST /members/{member_guid}/identify",
        "POST /members/{member_guid}/verify",
        "POST /sessions",
        "PUT /accounts/{account_guid}/block",
    ];
    assert_eq!(optional, names.map(str::to_owned).into());
}

#[test]
fn the_list_of_our_own_names_real_operations_once() {
    let contract = contract();
    let document = serde_json::to_value(crate::routes::document()).unwrap();
    let built = documented(&document);
    let lines = include_str!("../../contract/ours.txt").lines().count();
    assert_eq!(ours().len(), lines, "a line is empty or there twice");
    for name in ours() {
        assert!(built.contains_key(name), "{name} is not built");
        assert!(!contract.operation.contains_key(name), "{name} is in the contract");
    }
}

#[test]
fn every_type_of_the_contract_can_be_read() {
    let contract = contract();
    for operation in contract.operation.values() {
        let bodies = [operation.body.as_ref(), operation.answer.as_ref()].into_iter().flatten();
        for properties in [&operation.path, &operation.query, &operation.header].into_iter().chain(bodies) {
            shape::of_contract(&contract, properties);
        }
    }
}

const SMALL: &str = r#"
    [operation."PUT /members/{member_guid}"]
    path = { member_guid = "string" }
    query = { page = "integer", "guid[]" = "[string]" }
    header = { mx-skip-webhook = "boolean" }
    body = { member = "Change!" }
    status = [200, 202]
    answer = { members = "[Member]", extra = "any?" }

    [shape.Change]
    name = "string!"
    metadata = "string"

    [shape.Member]
    name = "string?"
    status = "integer(0|1|2)?"
    use_cases = "[string(PFM|MONEY_MOVEMENT)]"
"#;

fn small() -> Value {
    let answer =
        json!({"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Answer"}}}});
    json!({
        "paths": {"/members/{member_guid}": {"put": {
            "parameters": [
                {"in": "path", "name": "member_guid", "schema": {"type": "string"}},
                {"in": "query", "name": "page", "schema": {"type": ["integer", "null"]}},
                {"in": "query", "name": "guid[]", "schema": {"type": "array", "items": {"type": "string"}}},
                {"in": "header", "name": "MX-Skip-Webhook", "schema": {"type": "boolean"}},
            ],
            "requestBody": {"content": {"application/json": {"schema": {
                "type": "object", "required": ["member"],
                "properties": {"member": {"$ref": "#/components/schemas/Change"}},
            }}}},
            "responses": {"200": answer, "202": answer, "400": {"$ref": "#/components/responses/BadRequest"}},
        }}},
        "components": {"schemas": {
            "Answer": {"type": "object", "properties": {
                "members": {"type": "array", "items": {"$ref": "#/components/schemas/Member"}},
                "extra": {"type": "object", "properties": {"anything": {"type": "string"}}},
            }},
            "Change": {"type": "object", "required": ["name"], "properties": {
                "name": {"type": "string"},
                "metadata": {"oneOf": [{"$ref": "#/components/schemas/Text"}, {"type": "null"}]},
            }},
            "Text": {"type": "string", "maxLength": 9},
            "Member": {"allOf": [
                {"type": "object", "properties": {"name": {"type": ["string", "null"]}}},
                {"type": "object", "properties": {
                    "status": {"type": "integer", "enum": [0, 1, 2]},
                    "use_cases": {"type": "array", "items": {"type": "string", "enum": ["PFM", "MONEY_MOVEMENT"]}},
                }},
            ]},
        }},
    })
}

/// What is found after a change of the document at `pointer`.
fn found_with(pointer: &str, value: Value) -> Vec<String> {
    let contract: Contract = toml::from_str(SMALL).unwrap();
    let mut document = small();
    if !pointer.is_empty() {
        *document.pointer_mut(pointer).unwrap_or_else(|| panic!("{pointer}")) = value;
    }
    let (name, operation) = contract.operation.first_key_value().unwrap();
    differences(&contract, operation, &document, documented(&document)[name])
}

#[test]
fn what_means_the_same_is_the_same() {
    assert_eq!(found_with("", json!(null)), [""; 0]);
}

#[test]
fn every_kind_of_difference_is_found() {
    let operation = "/paths/~1members~1{member_guid}/put";
    let schemas = "/components/schemas";
    let rows = [
        (
            format!("{operation}/parameters/1/schema"),
            json!({"type": "string"}),
            "query parameter page: string, the contract has integer",
        ),
        (format!("{operation}/parameters/1/name"), json!("pages"), "query parameter page: missing"),
        (
            format!("{operation}/parameters/3/in"),
            json!("query"),
            "query parameter MX-Skip-Webhook: not in the contract",
        ),
        (format!("{operation}/requestBody"), json!(null), "body: missing"),
        (format!("{operation}/responses/202"), json!({}), "answer 202: has no JSON"),
        (format!("{operation}/responses"), json!({}), "statuses: {}, the contract has {200, 202}"),
        (
            format!("{schemas}/Change/required"),
            json!([]),
            "body member.name: required is false, in the contract true",
        ),
        (
            format!("{schemas}/Change/properties"),
            json!({"name": {"type": "string"}}),
            "body member.metadata: missing",
        ),
        (
            format!("{schemas}/Text/type"),
            json!("integer"),
            "body member.metadata: integer, the contract has string",
        ),
        (
            format!("{schemas}/Member/allOf/1/properties/status/enum"),
            json!([0, 1]),
            "answer 200 members[].status: the values {\"0\", \"1\"}, the contract has {\"0\", \"1\", \"2\"}",
        ),
        (
            format!("{schemas}/Member/allOf/1/properties/use_cases/type"),
            json!(["array", "null"]),
            "answer 200 members[].use_cases: may be null, in the contract it is not",
        ),
        (
            format!("{schemas}/Member/allOf/0/properties"),
            json!({"nom": {"type": "string"}}),
            "answer 200 members[].nom: not in the contract",
        ),
    ];
    for (pointer, value, difference) in rows {
        let found = found_with(&pointer, value);
        assert!(found.iter().any(|found| found == difference), "{pointer}: {found:#?}");
    }
}

#[test]
fn the_committed_document_is_that_of_the_routes() {
    let committed = include_str!("../../../../openapi/nexus.json");
    let made = crate::openapi::text(&crate::routes::document()).unwrap();
    assert!(committed == made, "openapi/nexus.json is out of date: run `cargo xtask openapi`");
}
