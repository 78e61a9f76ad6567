//! `harrier serve --stdio`.

use serde_json::Value as Json;

use crate::harrier::fed;

#[test]
fn a_line_in_a_line_out() {
    let input = "{\"query\": \"print a = 1\"}\n\n{\"query\": \"print b = c\"}\nwhat?\n{\"query\": \"print d = 'x'\"}";
    let ran = fed(&["serve", "--stdio"], input).ended(0);
    let lines: Vec<Json> =
        ran.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines.len(), 4);
    assert_eq!(lines[0]["ok"], true);
    assert_eq!(lines[0]["rows"], serde_json::json!([[1]]));
    assert!(lines[0]["ms"].as_f64().is_some());
    assert_eq!(lines[1]["ok"], false);
    assert!(lines[1]["error"].as_str().unwrap().contains('c'));
    assert_eq!(lines[2]["ok"], false);
    assert_eq!(lines[3]["columns"], serde_json::json!(["d"]));
    assert!(lines[3]["types"][0].is_string());
}
