//! The tables that a query reads, and what else.

use std::collections::{BTreeSet, HashMap, HashSet};

use kql_semantics::Value;
use kql_semantics::bound::{ColumnId, ProjectOperator, RowsetKind};
use kql_syntax::Span;

use super::Bases;
use crate::facts::Facts;
use crate::facts::time::Interval;

/// A table where it is read.
#[derive(Clone, Debug)]
pub(crate) struct Source<'a> {
    pub(crate) table: &'a str,
    pub(crate) span: Span,
    /// Whether it is read inside a function whose text is elsewhere; the span is the call's.
    pub(crate) is_inside_function: bool,
    /// The columns that are named.
    pub(crate) columns: BTreeSet<&'a str>,
    /// Which times are asked for; none where the query does not lead to it.
    pub(crate) interval: Option<Interval>,
    /// Whether it may be missing: a leg of `union isfuzzy=true`.
    pub(crate) is_optional: bool,
}

/// What is read beside tables.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct OtherSource {
    pub(crate) kind: OtherSourceKind,
    pub(crate) name: String,
    pub(crate) span: Span,
}

/// The kinds of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum OtherSourceKind {
    Watchlist,
    External,
    Function,
    Written,
}

/// For each column of a table its source and name.
pub(super) type Places<'a> = HashMap<ColumnId, (usize, &'a str)>;

pub(super) fn read<'a>(facts: &Facts<'a>) -> (Vec<Source<'a>>, Places<'a>) {
    let mut tables: Vec<_> = facts
        .rowsets
        .iter()
        .filter_map(|rowset| match &rowset.kind {
            RowsetKind::Table(table) => Some((*rowset, table)),
            _ => None,
        })
        .collect();
    tables.sort_by_key(|(rowset, _)| rowset.span);
    let intervals: HashMap<*const _, Interval> =
        facts.scans().iter().map(|scan| (std::ptr::from_ref(scan.rowset), scan.interval)).collect();
    let is_fuzzy = |span: Span| {
        facts.rowsets.iter().any(|rowset| {
            matches!(rowset.kind, RowsetKind::Union(_))
                && facts.tree.fuzzy.iter().any(|fuzzy| contains(rowset.span, *fuzzy))
                && contains(rowset.span, span)
        })
    };
    let mut places = Places::new();
    let mut sources = Vec::new();
    for (rowset, table) in tables {
        for (column, own) in rowset.columns.iter().zip(&table.columns) {
            places.insert(column.id, (sources.len(), own.as_str()));
        }
        sources.push(Source {
            table: table.name.as_str(),
            span: rowset.span,
            is_inside_function: facts.tree.is_foreign(rowset.span),
            columns: BTreeSet::new(),
            interval: intervals.get(&std::ptr::from_ref(rowset)).copied(),
            is_optional: is_fuzzy(rowset.span),
        });
    }
    (sources, places)
}

fn contains(outer: Span, inner: Span) -> bool {
    outer.start <= inner.start && inner.end <= outer.end
}

/// Adds the columns that expressions name.
pub(super) fn with_columns<'a>(mut sources: Vec<Source<'a>>, bases: &Bases<'a>) -> Vec<Source<'a>> {
    for rowset in &bases.facts.rowsets {
        // What only stays or moves is not read.
        let is_passing = matches!(
            rowset.kind,
            RowsetKind::Project {
                operator: ProjectOperator::Away
                    | ProjectOperator::Reorder
                    | ProjectOperator::Rename
                    | ProjectOperator::Implicit,
                ..
            }
        );
        if is_passing {
            continue;
        }
        rowset.for_each_scalar(&mut |scalar| {
            for (source, column) in bases.of(scalar) {
                if let Some(source) = sources.get_mut(source) {
                    source.columns.insert(column);
                }
            }
        });
    }
    sources
}

/// Watchlists, data from outside, functions without text, tables written in the query.
pub(super) fn others(facts: &Facts<'_>) -> Vec<OtherSource> {
    let mut found = Vec::new();
    let mut seen = HashSet::new();
    for rowset in &facts.rowsets {
        let span = rowset.span;
        let mut add = |kind, name: String| {
            if seen.insert((kind, name.clone())) {
                found.push(OtherSource { kind, name, span });
            }
        };
        match &rowset.kind {
            RowsetKind::Called(call) => {
                let first = call.arguments.first().and_then(|argument| argument.as_literal());
                match (&*call.function, first) {
                    ("_GetWatchlist" | "_ASIM_GetWatchlistRaw", Some(Value::String(name))) => {
                        add(OtherSourceKind::Watchlist, name.to_string());
                    }
                    _ => add(OtherSourceKind::Function, call.function.to_string()),
                }
            }
            RowsetKind::ExternalData(source) => {
                for uri in &source.uris {
                    if let Some(Value::String(uri)) = uri.as_literal() {
                        add(OtherSourceKind::External, uri.to_string());
                    }
                }
            }
            RowsetKind::Values(rows) if rows.len() > 1 => {
                add(OtherSourceKind::Written, format!("{} rows", rows.len()));
            }
            _ => {}
        }
    }
    found.sort_by_key(|other| (other.kind, other.span));
    found
}
