//! What came out against what must come out.

use harrier_rules::{Expect, ExpectedEntity, Rule};
use kql_semantics::time::parse_datetime;
use serde_json::{Map, Value};

use crate::report::Hits;

/// How many rows are shown of what came out, and of what is missing.
const MOST_SHOWN: usize = 5;

/// What is different, in words; empty where all is as it must be.
pub(super) fn differences(rule: &Rule, expect: &Expect, hits: &Hits) -> Vec<String> {
    let mut differences = Vec::new();
    let rows: Vec<Map<String, Value>> = rows(hits);
    if let Some(count) = expect.count
        && count != hits.count
    {
        differences.push(format!("{} came out, {count} must", rows_of(hits.count)));
    }
    if let Some(wanted) = &expect.rows {
        let left = missing(wanted, &rows, hits, &mut differences);
        if left > 0 && differences.is_empty() {
            differences.push(format!("{} came out besides those that must", rows_of(left)));
        }
    }
    missing(&expect.includes, &rows, hits, &mut differences);
    for entity in &expect.entities {
        if !names(entity, hits) {
            let identifier =
                entity.identifier.as_ref().map(|one| format!(".{one}")).unwrap_or_default();
            differences
                .push(format!("no row names {}{identifier} `{}`", entity.kind, entity.value));
        }
    }
    if let Some(wanted) = expect.alert {
        let fires = match rule.schedule {
            Some(schedule) => schedule.operator.fires(hits.count, schedule.threshold),
            None => hits.count > 0,
        };
        if fires != wanted {
            let is = |fires: bool| if fires { "raises an alert" } else { "raises no alert" };
            differences.push(format!(
                "the rule {}, and it must be one that {}",
                is(fires),
                is(wanted)
            ));
        }
    }
    differences
}

fn rows_of(count: u64) -> String {
    format!("{count} {}", if count == 1 { "row" } else { "rows" })
}

/// The rows as objects.
fn rows(hits: &Hits) -> Vec<Map<String, Value>> {
    let names = || hits.columns.iter().map(|column| column.name.clone());
    hits.rows.iter().map(|row| names().zip(row.values.iter().cloned()).collect()).collect()
}

/// The first rows as JSON.
pub(super) fn shown(hits: &Hits) -> Vec<String> {
    rows(hits).into_iter().take(MOST_SHOWN).map(|row| Value::Object(row).to_string()).collect()
}

/// Tells of the wanted rows that did not come out; how many rows are left besides those that did.
fn missing(
    wanted: &[String],
    rows: &[Map<String, Value>],
    hits: &Hits,
    differences: &mut Vec<String>,
) -> u64 {
    let mut is_taken = vec![false; rows.len()];
    let mut absent = 0;
    // Those that say most are matched first, so that none takes the row of a stricter one.
    let mut parsed: Vec<(&String, Option<Map<String, Value>>)> =
        wanted.iter().map(|text| (text, serde_json::from_str(text).ok())).collect();
    parsed.sort_by_key(|(_, row)| std::cmp::Reverse(row.as_ref().map_or(0, Map::len)));
    for (text, row) in parsed {
        let Some(row) = row else {
            differences.push(format!("`{text}` is no row: write columns and their values"));
            continue;
        };
        if let Some(unknown) = row
            .keys()
            .find(|key| !hits.columns.is_empty() && !hits.columns.iter().any(|c| c.name == **key))
        {
            differences.push(format!("there is no result column `{unknown}`"));
            continue;
        }
        let found = rows.iter().zip(&mut is_taken).find(|(candidate, taken)| {
            !**taken
                && row
                    .iter()
                    .all(|(key, value)| candidate.get(key).is_some_and(|v| alike(value, v)))
        });
        match found {
            Some((_, taken)) => *taken = true,
            None => {
                absent += 1;
                if absent <= MOST_SHOWN {
                    differences.push(format!("no row is {text}"));
                }
            }
        }
    }
    if absent > MOST_SHOWN {
        differences.push(format!("and {} more rows are missing", absent - MOST_SHOWN));
    }
    let taken = is_taken.iter().filter(|taken| **taken).count();
    hits.count.saturating_sub(u64::try_from(taken).unwrap_or(u64::MAX))
}

/// Whether a value of the result is the expected one, however each is spelt.
fn alike(wanted: &Value, found: &Value) -> bool {
    match (wanted, found) {
        (Value::Null, Value::Null) => true,
        (Value::Null, Value::String(text)) => text.is_empty(),
        (Value::String(text), Value::Null) => text.is_empty(),
        (Value::Number(one), Value::Number(other)) => one.as_f64() == other.as_f64(),
        (Value::String(one), Value::String(other)) if one == other => true,
        (Value::String(one), Value::String(other)) => {
            // Instants are spelt with more or fewer digits; dynamics are texts in some answers.
            let instants = parse_datetime(one).zip(parse_datetime(other));
            instants.is_some_and(|(one, other)| one == other)
        }
        (Value::Array(_) | Value::Object(_), Value::String(text)) => {
            serde_json::from_str::<Value>(text).is_ok_and(|found| alike(wanted, &found))
        }
        (Value::Array(one), Value::Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(a, b)| alike(a, b))
        }
        (Value::Object(one), Value::Object(other)) => {
            one.len() == other.len()
                && one.iter().all(|(key, a)| other.get(key).is_some_and(|b| alike(a, b)))
        }
        (Value::String(text), other) => *text == scalar(other),
        (other, Value::String(text)) => *text == scalar(other),
        _ => wanted == found,
    }
}

fn scalar(value: &Value) -> String {
    match value {
        Value::Bool(true) => String::from("true"),
        Value::Bool(false) => String::from("false"),
        other => other.to_string(),
    }
}

fn names(wanted: &ExpectedEntity, hits: &Hits) -> bool {
    hits.entities.iter().any(|entity| {
        entity.kind.eq_ignore_ascii_case(&wanted.kind)
            && wanted
                .identifier
                .as_ref()
                .is_none_or(|one| entity.identifier.eq_ignore_ascii_case(one))
            && entity.value == wanted.value
    })
}

#[cfg(test)]
mod tests {
    use super::alike;
    use serde_json::json;

    #[test]
    fn spellings_of_one_value() {
        for (wanted, found) in [
            (json!(3), json!(3.0)),
            (json!("3"), json!(3)),
            (json!(50126), json!("50126")),
            (json!("2026-03-01T10:00:00Z"), json!("2026-03-01T10:00:00.0000000Z")),
            (json!(null), json!("")),
            (json!(true), json!(true)),
            (json!(["a", 1]), json!("[\"a\",1]")),
            (json!({"a": 1}), json!({"a": "1"})),
        ] {
            assert!(alike(&wanted, &found), "{wanted} {found}");
        }
        for (wanted, found) in
            [(json!("a"), json!("b")), (json!(["a"]), json!(["a", "b"])), (json!(1), json!(null))]
        {
            assert!(!alike(&wanted, &found), "{wanted} {found}");
        }
    }
}
