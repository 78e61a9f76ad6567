//! `harrier bind`.

use serde_json::json;

use crate::harrier::fed;

#[test]
fn columns_or_codes() {
    let ask = |query: &str| {
        let question = json!({ "query": query, "schema": { "T": { "z": "long", "a": "string" } } });
        fed(&["bind"], &question.to_string()).ended(0).json()
    };
    let columns = json!([{ "name": "a", "type": "string" }, { "name": "Column1", "type": "long" }]);
    assert_eq!(ask("T | project a, z + 1"), json!({ "ok": true, "columns": columns }));
    assert_eq!(ask("T | where b == 1"), json!({ "diagnostics": ["KS142"] }));
    let wrong = fed(&["bind"], "what?").ended(2);
    assert!(wrong.err.contains("\"query\""), "{}", wrong.err);
}

#[test]
fn columns_keep_their_order() {
    let question = r#"{"query": "T", "schema": {"T": {"z": "long", "a": "string"}}}"#;
    assert_eq!(fed(&["bind"], question).ended(0).json()["columns"][0]["name"], "z");
}
