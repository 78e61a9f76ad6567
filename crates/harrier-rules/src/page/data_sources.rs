//! Which data the rule needs.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::Context;
use super::document::{Block, Line, Piece};
use super::field::{Evidence, Field};
use super::reading::{OtherSourceKind, TestKind};
use super::words::{self, code_list};
use crate::connectors::{self, data_type};

/// Which data the rule needs.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DataSources {
    /// Tables, each once, in the order of the query.
    pub tables: Vec<Field<DataSource>>,
    /// Watchlists, addresses, functions.
    pub others: Vec<Field<OtherData>>,
    /// Where the file declares other data than the query reads.
    pub differences: Vec<Field<String>>,
}

/// A table.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DataSource {
    /// Its name.
    pub table: String,
    /// What its rows are; none where that is not known.
    pub holds: Option<String>,
    /// Columns that the query names.
    pub columns: Vec<String>,
    /// Literals that its columns are compared with: column and values.
    pub literals: Vec<(String, Vec<String>)>,
    /// Ids of connectors that fill it, those most used first.
    pub connectors: Vec<String>,
    /// How many connectors fill it in all.
    pub connector_count: usize,
    /// What else to know: how it is licensed or kept, what became of it.
    pub hints: Vec<String>,
    /// Whether it may be missing.
    pub is_optional: bool,
    /// Whether it is read through a function.
    pub through_function: bool,
    /// What the data of this installation shows; none where there is no data.
    pub here: Option<Here>,
}

/// What data shows of a table.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Here {
    /// Rows.
    pub rows: u64,
    /// The newest.
    pub newest: Option<String>,
    /// Columns that the query names and that are empty in all rows.
    pub empty_columns: Vec<String>,
    /// Literals that were looked for and seen: column and value.
    pub seen: Vec<(String, String)>,
    /// Literals that were looked for and not seen.
    pub unseen: Vec<(String, String)>,
}

/// What is read beside tables.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OtherData {
    /// `watchlist`, `address`, `function`.
    pub kind: &'static str,
    /// Its name.
    pub name: String,
}

pub(super) fn read(context: &Context<'_>) -> Field<DataSources> {
    let tables = context.reading.tables().into_iter().map(|table| source(context, table)).collect();
    let others = context.reading.others.iter().filter_map(|other| {
        let kind = match other.kind {
            OtherSourceKind::Watchlist => "watchlist",
            OtherSourceKind::External => "address",
            OtherSourceKind::Function => "function",
            OtherSourceKind::Written => return None,
        };
        Some(Field::derived(
            OtherData { kind, name: other.name.clone() },
            context.places.id(other.span),
        ))
    });
    let value = DataSources { tables, others: others.collect(), differences: differences(context) };
    Field::derived(value, Evidence::none())
}

fn source(context: &Context<'_>, table: &str) -> Field<DataSource> {
    let readings: Vec<_> =
        context.reading.sources.iter().filter(|source| source.table == table).collect();
    let columns: BTreeSet<&str> =
        readings.iter().flat_map(|source| source.columns.iter().copied()).collect();
    let mut evidence: Evidence =
        readings.iter().map(|source| context.places.id(source.span)).collect();
    for column in columns.iter().take(40) {
        evidence = evidence.and(format!("schema:{table}.{column}"));
    }
    let literals = literals(context, table);
    let fillers = connectors::connectors_of(table);
    let declared: Vec<&str> = context.rule.connectors.iter().map(|one| one.id.as_str()).collect();
    let mut ids: Vec<String> = fillers.iter().map(|one| one.id.to_owned()).collect();
    ids.sort_by_key(|id| !declared.contains(&id.as_str()));
    let connector_count = ids.len();
    ids.truncate(5);
    let here = context.input.observed.map(|observed| {
        let seen = observed.tables.get(table);
        let looked = |wanted: bool| {
            let literals = literals.iter().flat_map(|(column, values)| {
                values.iter().map(move |value| (column.clone(), value.clone()))
            });
            let is_such = |pair: &(String, String)| {
                let key = (table.to_owned(), pair.0.clone(), pair.1.clone());
                observed.literals.get(&key).is_some_and(|rows| (*rows > 0) == wanted)
            };
            literals.filter(is_such).collect::<Vec<_>>()
        };
        let is_empty = |column: &&&str| {
            seen.and_then(|seen| seen.filled.get(**column)).is_some_and(|share| *share == 0.0)
        };
        Here {
            rows: seen.map_or(0, |seen| seen.rows),
            newest: seen.and_then(|seen| seen.newest.clone()),
            empty_columns: columns
                .iter()
                .filter(is_empty)
                .map(|column| (*column).to_owned())
                .collect(),
            seen: looked(true),
            unseen: looked(false),
        }
    });
    if let Some(observed) = context.input.observed {
        evidence = evidence.and(format!("data:{table}@{}", observed.snapshot));
    }
    let value = DataSource {
        table: table.to_owned(),
        holds: words::table(table).map(str::to_owned),
        columns: columns.into_iter().map(str::to_owned).collect(),
        literals,
        connectors: ids,
        connector_count,
        hints: hints(table, context.catalog_has(table)),
        is_optional: readings.iter().all(|source| source.is_optional),
        through_function: readings.iter().all(|source| source.is_inside_function),
        here,
    };
    Field::derived(value, evidence)
}

/// Literals that the columns of a table are compared with for being equal or containing them.
pub(crate) fn literals(context: &Context<'_>, table: &str) -> Vec<(String, Vec<String>)> {
    let mut found: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for test in context.reading.tests() {
        let is_looked_for = matches!(
            test.kind,
            TestKind::Is | TestKind::Contains | TestKind::Starts | TestKind::Ends
        );
        if test.subject.table != table
            || !is_looked_for
            || test.is_negated
            || test.subject.path.is_empty()
        {
            continue;
        }
        let values = found.entry(test.subject.path.clone()).or_default();
        for value in &test.values {
            if !values.contains(value) {
                values.push(value.clone());
            }
        }
    }
    found.into_iter().collect()
}

fn hints(table: &str, is_known: bool) -> Vec<String> {
    let mut hints = Vec::new();
    if let Some(rename) = connectors::rename(table) {
        let new: Vec<String> = rename.new.iter().map(|name| (*name).to_owned()).collect();
        let when = rename.when.map(|when| format!(" in {when}")).unwrap_or_default();
        match new.is_empty() {
            true => hints.push(format!(
                "can be replaced{when} by {}",
                rename.note.unwrap_or("other tables")
            )),
            false => {
                hints.push(format!("renamed or replaced{when}: {}", code_list(&new, 3, "and")))
            }
        }
    }
    let known = connectors::table(table);
    if connectors::is_native_to_defender(table) && known.is_none() {
        hints.push(String::from(
            "held by Defender XDR itself; no connector brings it to a workspace",
        ));
    } else if connectors::is_native_to_defender(table) {
        hints.push(String::from(
            "held by Defender XDR itself; in a workspace only where its connector streams it",
        ));
    }
    if table.ends_with("_CL") {
        hints.push(String::from("a custom table"));
    }
    if known.is_some_and(|known| known.can_be_basic) {
        hints.push(String::from("can be kept as a basic log, which scheduled rules can not read"));
    }
    if !is_known {
        hints.push(String::from("its schema is not known"));
    }
    hints
}

/// Where `requiredDataConnectors` and the query disagree.
fn differences(context: &Context<'_>) -> Vec<Field<String>> {
    let rule = context.rule;
    if rule.connectors.is_empty() || context.reading.sources.is_empty() {
        return Vec::new();
    }
    let mut declared: Vec<(String, &str)> = Vec::new();
    for (place, connector) in rule.connectors.iter().enumerate() {
        for written in &connector.data_types {
            declared.push((
                context.yaml(&format!("/requiredDataConnectors/{place}")),
                data_type(written).table,
            ));
        }
    }
    let bound = context.reading.tables();
    let mut said = Vec::new();
    let undeclared: Vec<String> = bound
        .iter()
        .filter(|table| !declared.iter().any(|(_, name)| name == *table))
        .map(|table| (*table).to_owned())
        .collect();
    // Where a parser is declared its tables are meant.
    let declares_parser = declared.iter().any(|(_, name)| !context.catalog_has(name));
    let reads_through_parser =
        context.reading.sources.iter().any(|source| source.is_inside_function);
    let is_meant = declares_parser && reads_through_parser;
    if !undeclared.is_empty() && !is_meant {
        let text = format!(
            "The query reads {}, which the file does not declare.",
            code_list(&undeclared, 6, "and")
        );
        let evidence = undeclared.iter().flat_map(|table| context.source_evidence(table).0);
        said.push(Field::derived(text, evidence.collect::<Evidence>()));
    }
    let mut unread: Vec<String> = Vec::new();
    let mut evidence = Evidence::none();
    for (place, name) in &declared {
        let is_read =
            bound.contains(name) || context.functions.contains(*name) || !context.catalog_has(name);
        if !is_read && !unread.contains(&(*name).to_owned()) {
            unread.push((*name).to_owned());
            evidence = evidence.and(place.clone());
        }
    }
    if !unread.is_empty() {
        let text = format!(
            "The file declares {}, which the query does not read.",
            code_list(&unread, 6, "and")
        );
        said.push(Field::derived(text, evidence));
    }
    said
}

pub(super) fn blocks(sources: &Field<DataSources>) -> Vec<Block> {
    let sources = &sources.value;
    let mut blocks = Vec::new();
    for source in &sources.tables {
        blocks.extend(table_blocks(source));
    }
    let others = sources.others.iter().map(|other| {
        let line = Line::plain(format!("{} ", other.value.kind))
            .then(Piece::Code(other.value.name.clone()));
        line.from_field(other)
    });
    let others: Vec<Line> = others.collect();
    if !others.is_empty() {
        blocks.push(Block::Paragraph(Line::plain("Beside tables:")));
        blocks.push(Block::List(others));
    }
    blocks.extend(sources.differences.iter().map(|field| Block::Note(Line::statement(field))));
    if blocks.is_empty() {
        blocks.push(Block::Paragraph(Line::plain("The query reads no table that is known.")));
    }
    blocks
}

fn table_blocks(field: &Field<DataSource>) -> Vec<Block> {
    let source = &field.value;
    let mut head = Line::default().then(Piece::Strong(source.table.clone()));
    if let Some(holds) = &source.holds {
        head = head.then(Piece::Text(format!(": {holds}")));
    }
    let mut points = Vec::new();
    let mut add = |text: String| points.push(Line::marked(&text).from_field(field));
    if source.is_optional {
        add(String::from("optional: the query also runs where it is missing"));
    }
    if source.through_function {
        add(String::from("read through a function"));
    }
    if !source.columns.is_empty() {
        add(format!("columns {}", code_list(&source.columns, 16, "and")));
    }
    for (column, values) in source.literals.iter().take(8) {
        add(format!("looks in {} for {}", words::code_text(column), code_list(values, 6, "or")));
    }
    match source.connector_count {
        0 => {}
        count => {
            let more = count.saturating_sub(source.connectors.len());
            let mut text = format!("connector {}", code_list(&source.connectors, 5, "or"));
            if more > 0 {
                text = format!("{text}, and {more} others");
            }
            add(text);
        }
    }
    source.hints.iter().for_each(|hint| add(hint.clone()));
    if let Some(here) = &source.here {
        add(told_here(here));
    }
    vec![Block::Paragraph(head), Block::List(points)]
}

fn told_here(here: &Here) -> String {
    if here.rows == 0 {
        return String::from("here: no rows");
    }
    let mut text = format!("here: {} rows", here.rows);
    if let Some(newest) = &here.newest {
        text.push_str(&format!(", the newest of {newest}"));
    }
    let named = |pairs: &[(String, String)]| {
        let values: Vec<String> = pairs.iter().map(|(_, value)| value.clone()).collect();
        code_list(&values, 6, "and")
    };
    if !here.unseen.is_empty() {
        text.push_str(&format!("; never seen: {}", named(&here.unseen)));
    }
    if !here.seen.is_empty() {
        text.push_str(&format!("; seen: {}", named(&here.seen)));
    }
    if !here.empty_columns.is_empty() {
        text.push_str(&format!(
            "; empty in all rows: {}",
            code_list(&here.empty_columns, 6, "and")
        ));
    }
    text
}
