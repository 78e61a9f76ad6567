//! Schemas and diagnostics of the conformance cases.

use kql_semantics::bound::{BoundResult, Rowset};
use kql_semantics::{BindOptions, Bound, Type, bind};
use kql_syntax::Diagnostic;
use serde_json::Value as Json;

use crate::catalog::Memory;
use crate::shared::{Tally, folder, lines, text};

/// 2024-01-01.
const NOW: i64 = 638_396_640_000_000_000;

/// Binds a text; its syntax diagnostics come first.
pub(crate) fn check(query: &str, catalog: &Memory) -> (Bound, Vec<Diagnostic>) {
    let parsed = kql_syntax::parse(query);
    let options = BindOptions { now: NOW, ..BindOptions::default() };
    let bound = bind(&parsed.tree, catalog, &options);
    let mut diagnostics = parsed.diagnostics;
    diagnostics.extend(bound.diagnostics.iter().cloned());
    (bound, diagnostics)
}

pub(crate) fn errors(diagnostics: &[Diagnostic]) -> Vec<&Diagnostic> {
    diagnostics.iter().filter(|diagnostic| diagnostic.is_error()).collect()
}

/// A diagnostic on one line.
pub(crate) fn show(diagnostic: &Diagnostic, query: &str) -> String {
    let span = diagnostic.span();
    let at = span.text(query).chars().take(30).collect::<String>();
    let help = diagnostic.help.as_deref().unwrap_or("");
    let code = diagnostic.kusto.unwrap_or("-");
    format!("{code} {}: {} at `{at}` [{help}]", diagnostic.code.0, diagnostic.message)
}

/// The columns of a result that is a table.
pub(crate) fn columns(result: Option<&BoundResult>) -> Option<&Rowset> {
    match result {
        Some(BoundResult::Table { rowset, .. }) => Some(rowset),
        _ => None,
    }
}

fn names(rowset: &Rowset) -> String {
    let columns = rowset.columns.iter().map(|column| format!("{}:{}", column.name, column.ty));
    columns.collect::<Vec<_>>().join(", ")
}

fn compare(rowset: &Rowset, expected: &[Json]) -> Result<(), String> {
    let fits = |ty: Type, column: &Json| {
        ty == Type::Unknown
            || ty.name() == text(column, "type")
            || column["alt"]
                .as_array()
                .is_some_and(|alt| alt.iter().any(|alt| alt.as_str() == Some(ty.name())))
    };
    let same = rowset.columns.len() == expected.len()
        && rowset
            .columns
            .iter()
            .zip(expected)
            .all(|(own, column)| *own.name == *text(column, "name") && fits(own.ty, column));
    if same {
        return Ok(());
    }
    let wanted: Vec<String> = expected
        .iter()
        .map(|column| format!("{}:{}", text(column, "name"), text(column, "type")))
        .collect();
    Err(format!("wanted {}\n      given {}", wanted.join(", "), names(rowset)))
}

fn parse_bind_case(case: &Json) -> Result<(), String> {
    let query = text(case, "query");
    let (bound, diagnostics) = check(query, &Memory::of_schema(&case["schema"]));
    let found = errors(&diagnostics);
    let expect = &case["expect"];
    if expect["ok"].as_bool() == Some(true) {
        if let Some(error) = found.first() {
            return Err(format!("refused: {}\n{query}", show(error, query)));
        }
        let Some(expected) = expect["columns"].as_array() else { return Ok(()) };
        let Some(rowset) = columns(bound.query.results.last()) else {
            return Err(format!("no table\n{query}"));
        };
        return compare(rowset, expected).map_err(|why| format!("{why}\n{query}"));
    }
    let codes: Vec<&str> =
        expect["diagnostics"].as_array().into_iter().flatten().filter_map(Json::as_str).collect();
    if found.is_empty() {
        return Err(format!("accepted, wanted {codes:?}\n{query}"));
    }
    if found.iter().any(|error| error.kusto.is_some_and(|code| codes.contains(&code))) {
        return Ok(());
    }
    let given: Vec<String> = found.iter().map(|error| show(error, query)).collect();
    Err(format!("wanted {codes:?}, given {}\n{query}", given.join("; ")))
}

#[test]
fn parse_bind() {
    let Some(folder) = folder() else { return };
    let mut tally = Tally::new("parse-bind");
    for case in lines(&folder.join("conformance/parse-bind.jsonl")) {
        tally.count(text(&case, "id"), parse_bind_case(&case));
    }
    tally.finish(97.0);
}

fn emulator_case(case: &Json) -> Result<(), String> {
    let query = text(case, "query");
    let (bound, diagnostics) = check(query, &Memory::default());
    if let Some(error) = errors(&diagnostics).first() {
        return Err(format!("refused: {}\n{query}", show(error, query)));
    }
    let Some(expected) = case["expected"]["columns"].as_array() else { return Ok(()) };
    let rowset = match bound.query.results.first() {
        Some(BoundResult::Table { rowset, .. }) => rowset,
        Some(BoundResult::Tables(tables)) => match tables.first() {
            Some((_, rowset)) => rowset,
            None => return Err(format!("no table\n{query}")),
        },
        _ => return Err(format!("no table\n{query}")),
    };
    if rowset.is_open {
        return Ok(());
    }
    compare(rowset, expected).map_err(|why| format!("{why}\n{query}"))
}

#[test]
fn emulator() {
    let Some(folder) = folder() else { return };
    let mut tally = Tally::new("emulator");
    for file in ["emulator-docs", "emulator-adversarial", "emulator-asserted", "kusto-loco", "docs"]
    {
        for case in lines(&folder.join(format!("conformance/{file}.jsonl"))) {
            tally.count(text(&case, "id"), emulator_case(&case));
        }
    }
    tally.finish(98.0);
}

#[test]
fn emulator_errors() {
    let Some(folder) = folder() else { return };
    let mut tally = Tally::new("emulator-errors");
    for case in lines(&folder.join("conformance/emulator-errors.jsonl")) {
        let codes = case["expected"]["error"]["binder_codes"].as_array();
        if codes.is_none_or(Vec::is_empty) {
            continue;
        }
        let query = text(&case, "query");
        let (_, diagnostics) = check(query, &Memory::default());
        let outcome = if errors(&diagnostics).is_empty() {
            Err(format!("accepted, wanted {codes:?}\n{query}"))
        } else {
            Ok(())
        };
        tally.count(text(&case, "id"), outcome);
    }
    tally.finish(95.0);
}
