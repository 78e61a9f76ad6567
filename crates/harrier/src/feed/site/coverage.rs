//! Coverage as a page shows it: cells with the rules behind them.

use std::collections::HashMap;

use harrier_rules::coverage::{Coverage, CoveredRule};
use serde::Serialize;

use super::super::entry::Entry;

/// What the page shows beside the model.
pub(in crate::feed) struct View {
    pub(in crate::feed) matrix: Vec<Column>,
    pub(in crate::feed) gaps: Vec<GapRow>,
}

#[derive(Serialize)]
pub(in crate::feed) struct Column {
    name: &'static str,
    techniques: usize,
    cells: Vec<CellView>,
}

#[derive(Serialize)]
struct CellView {
    id: String,
    name: String,
    count: usize,
    able: usize,
    /// From 1 to 4.
    heat: u8,
    /// Whether no rule that claims it is able to match.
    blind: bool,
    rules: Vec<RuleLink>,
}

#[derive(Clone, Serialize)]
struct RuleLink {
    file: String,
    path: String,
    name: String,
    reason: Option<String>,
}

#[derive(Serialize)]
pub(in crate::feed) struct GapRow {
    table: String,
    connectors: Vec<String>,
    rules: Vec<RuleLink>,
    with_others: usize,
    techniques: Vec<String>,
}

pub(in crate::feed) fn view(coverage: &Coverage, entries: &[Entry<'_>]) -> View {
    let files: HashMap<&str, &str> =
        entries.iter().map(|entry| (entry.page.path.as_str(), entry.file.as_str())).collect();
    let link = |place: &usize| {
        let rule: &CoveredRule = coverage.rules.get(*place)?;
        // Without a page of its own a rule is named by its path.
        let file = files.get(rule.path.as_str()).copied().unwrap_or("");
        Some(RuleLink {
            file: file.to_owned(),
            path: rule.path.clone(),
            name: rule.name.clone(),
            reason: rule.reason.clone(),
        })
    };
    let heat = |count: usize| match count {
        0 | 1 => 1,
        2..=4 => 2,
        5..=19 => 3,
        _ => 4,
    };
    let matrix = coverage.matrix.iter().map(|column| Column {
        name: column.name,
        techniques: column.techniques,
        cells: column
            .cells
            .iter()
            .map(|cell| CellView {
                id: cell.id.clone(),
                name: cell.name.clone(),
                count: cell.rules.len(),
                able: cell.able,
                heat: heat(if coverage.has_data { cell.able } else { cell.rules.len() }),
                blind: coverage.has_data && cell.able == 0,
                rules: cell.rules.iter().filter_map(link).collect(),
            })
            .collect(),
    });
    let gaps = coverage.gaps.iter().map(|gap| GapRow {
        table: gap.table.clone(),
        connectors: gap.connectors.clone(),
        rules: gap.gained.iter().filter_map(link).collect(),
        with_others: gap.with_others,
        techniques: gap.techniques.clone(),
    });
    View { matrix: matrix.collect(), gaps: gaps.collect() }
}
