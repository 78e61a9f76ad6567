//! Whether an answer is the expected one: columns, types, and rows within a tolerance.

use kql_semantics::time::{parse_datetime, parse_timespan_text};
use serde_json::Value as Json;

/// Differences below this never count.
const ABSOLUTE: f64 = 1e-12;

/// A value in a form that can be compared.
#[derive(Clone, Debug)]
enum Cell {
    Null,
    Bool(bool),
    Long(i64),
    Real(f64),
    Text(String),
    Json(Json),
}

/// How a case's values are compared.
#[derive(Clone, Copy)]
struct How {
    tolerance: f64,
    /// Whether the order of arrays does not matter.
    is_bag: bool,
}

/// What is wrong with an answer to a case: a kind, and what was found. None where it is right.
pub(crate) fn difference(case: &Json, answer: &Json) -> Option<(&'static str, String)> {
    let expected = &case["expected"];
    let mode = case["compare"].as_str().unwrap_or("exact");
    let (wanted, got) = (columns(expected), columns(answer));
    let names = |columns: &[(&str, &str)]| {
        columns.iter().map(|(name, _)| (*name).to_owned()).collect::<Vec<_>>()
    };
    if names(&wanted) != names(&got) {
        return Some(("names", format!("expected {:?}, got {:?}", names(&wanted), names(&got))));
    }
    for (at, ((name, ty), (_, found))) in wanted.iter().zip(&got).enumerate() {
        let others = expected["columns"][at]["alt"].as_array();
        let is_other = others.into_iter().flatten().any(|other| other == found);
        if ty != found && !is_other {
            return Some(("types", format!("column {name}: expected {ty}, got {found}")));
        }
    }
    let none = Vec::new();
    let rows = answer["rows"].as_array().unwrap_or(&none);
    let expected_rows = expected["rows"].as_array().unwrap_or(&none);
    let count = expected["row_count"].as_u64().and_then(|count| usize::try_from(count).ok());
    if mode == "types-only" {
        return count
            .filter(|count| *count != rows.len())
            .map(|count| ("count", format!("expected {count} rows, got {}", rows.len())));
    }
    let types: Vec<&str> = wanted.iter().map(|(_, ty)| *ty).collect();
    let read = |rows: &[Json]| rows.iter().map(|row| cells(row, &types)).collect::<Vec<_>>();
    let (e, a) = (read(expected_rows), read(rows));
    let how = How {
        tolerance: case["tolerance"].as_f64().unwrap_or(1e-9),
        is_bag: case["unordered_arrays"].as_bool().unwrap_or(false),
    };
    let is_prefix = mode == "prefix";
    let is_count_right = match (is_prefix, count) {
        (true, None) => a.len() >= e.len(),
        (_, count) => a.len() == count.unwrap_or(e.len()),
    };
    if !is_count_right {
        let wanted = count.unwrap_or(e.len());
        return Some((
            "count",
            format!("expected {wanted} rows, got {}: {}", a.len(), short(rows)),
        ));
    }
    if case["ordered"].as_bool().unwrap_or(false) {
        let keys: Vec<usize> = case["sort_keys"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(|key| wanted.iter().position(|(name, _)| key == name))
            .collect();
        let by_keys = !keys.is_empty() && !is_prefix;
        for (row, (e, a)) in e.iter().zip(&a).enumerate() {
            let mut places: Box<dyn Iterator<Item = usize>> =
                if by_keys { Box::new(keys.iter().copied()) } else { Box::new(0..types.len()) };
            if !places.all(|at| is_equal(&e[at], &a[at], types[at], how)) {
                let (e, a) = (&expected_rows[row], &rows[row]);
                return Some(("order", format!("row {row}: expected {e}, got {a}")));
            }
        }
        if !by_keys {
            return None;
        }
    }
    unmatched((&e, expected_rows), (&a, rows), &types, (how, is_prefix))
}

/// Rows as a multiset.
fn unmatched(
    (e, expected): (&[Vec<Cell>], &[Json]),
    (a, rows): (&[Vec<Cell>], &[Json]),
    types: &[&str],
    (how, is_prefix): (How, bool),
) -> Option<(&'static str, String)> {
    let mut rest: Vec<usize> = (0..a.len()).collect();
    let mut missing = Vec::new();
    for (at, row) in e.iter().enumerate() {
        let same = rest.iter().position(|other| {
            row.iter().zip(&a[*other]).zip(types).all(|((e, a), ty)| is_equal(e, a, ty, how))
        });
        match same {
            Some(place) => {
                rest.swap_remove(place);
            }
            None => missing.push(expected[at].clone()),
        }
    }
    if missing.is_empty() && (rest.is_empty() || is_prefix) {
        return None;
    }
    let extra: Vec<Json> = rest.into_iter().map(|at| rows[at].clone()).collect();
    Some(("rows", format!("missing {}; unexpected {}", short(&missing), short(&extra))))
}

fn columns(table: &Json) -> Vec<(&str, &str)> {
    let columns = table["columns"].as_array();
    columns
        .into_iter()
        .flatten()
        .map(|column| {
            (column["name"].as_str().unwrap_or(""), column["type"].as_str().unwrap_or(""))
        })
        .collect()
}

fn cells(row: &Json, types: &[&str]) -> Vec<Cell> {
    types.iter().enumerate().map(|(at, ty)| cell(&row[at], ty)).collect()
}

fn cell(value: &Json, ty: &str) -> Cell {
    let text = || value.as_str().map(str::to_owned);
    if value.is_null() {
        return Cell::Null;
    }
    match ty {
        "bool" => {
            Cell::Bool(value.as_bool().unwrap_or_else(|| value.as_i64().is_some_and(|v| v != 0)))
        }
        "int" | "long" => value.as_i64().map_or_else(|| Cell::Json(value.clone()), Cell::Long),
        "real" | "decimal" => {
            let number = value.as_f64().or_else(|| match value.as_str()? {
                "NaN" => Some(f64::NAN),
                "Infinity" => Some(f64::INFINITY),
                "-Infinity" => Some(f64::NEG_INFINITY),
                text => text.parse().ok(),
            });
            number.map_or_else(|| Cell::Json(value.clone()), Cell::Real)
        }
        "datetime" => text()
            .and_then(|text| parse_datetime(&text))
            .map_or_else(|| Cell::Json(value.clone()), Cell::Long),
        "timespan" => text()
            .and_then(|text| parse_timespan_text(&text))
            .map_or_else(|| Cell::Json(value.clone()), Cell::Long),
        "guid" => Cell::Text(text().unwrap_or_default().to_lowercase()),
        "string" => text().map_or_else(|| Cell::Json(value.clone()), Cell::Text),
        _ => Cell::Json(value.clone()),
    }
}

fn is_equal(e: &Cell, a: &Cell, ty: &str, how: How) -> bool {
    match (e, a) {
        (Cell::Null, Cell::Null) => true,
        (Cell::Bool(e), Cell::Bool(a)) => e == a,
        #[expect(clippy::cast_precision_loss, reason = "approximate answers are compared so")]
        (Cell::Long(e), Cell::Long(a)) => {
            let is_count = matches!(ty, "int" | "long") && how.tolerance > 1e-6;
            e == a || is_count && is_close(*e as f64, *a as f64, how.tolerance)
        }
        (Cell::Real(e), Cell::Real(a)) => is_close(*e, *a, how.tolerance),
        (Cell::Text(e), Cell::Text(a)) => e == a,
        (Cell::Json(e), Cell::Json(a)) if ty == "dynamic" => is_equal_json(e, a, how),
        _ => false,
    }
}

fn is_close(e: f64, a: f64, tolerance: f64) -> bool {
    if e == a || e.is_nan() && a.is_nan() {
        return true;
    }
    if !e.is_finite() || !a.is_finite() {
        return false;
    }
    (e - a).abs() <= (tolerance * e.abs().max(a.abs())).max(ABSOLUTE)
}

fn is_equal_json(e: &Json, a: &Json, how: How) -> bool {
    match (e, a) {
        (Json::Number(e), Json::Number(a)) => match (e.as_f64(), a.as_f64()) {
            (Some(e), Some(a)) => is_close(e, a, how.tolerance),
            _ => e == a,
        },
        (Json::Array(e), Json::Array(a)) => {
            if e.len() != a.len() {
                return false;
            }
            if e.iter().zip(a).all(|(e, a)| is_equal_json(e, a, how)) {
                return true;
            }
            let mut rest: Vec<&Json> = a.iter().collect();
            how.is_bag
                && e.iter().all(|e| {
                    let same = rest.iter().position(|a| is_equal_json(e, a, how));
                    same.map(|at| rest.swap_remove(at)).is_some()
                })
        }
        (Json::Object(e), Json::Object(a)) => {
            e.len() == a.len()
                && e.iter().all(|(key, e)| a.get(key).is_some_and(|a| is_equal_json(e, a, how)))
        }
        _ => e == a,
    }
}

fn short(rows: &[Json]) -> String {
    let text: Vec<String> = rows.iter().take(6).map(Json::to_string).collect();
    let text = text.join(" ");
    let end = text.char_indices().nth(500).map_or(text.len(), |(at, _)| at);
    text[..end].to_owned()
}
