//! From a table to a drawing: which column is the axis, which are values, which names the series.

use std::cmp::Ordering;
use std::collections::{BTreeMap, HashMap};
use std::hash::{Hash, Hasher};

use arrow::array::RecordBatch;
use kql_engine::AnswerTable;
use kql_functions::physical;
use kql_semantics::bound::Render;
use kql_semantics::{Type, Value};

use super::{Axis, Chart, ChartKind, MOST_PLACES, MOST_SERIES, Series};

/// How `render` wants a table drawn; none for `table`, for what has nothing to draw, and for charts that only other tools have.
#[must_use]
pub fn chart(table: &AnswerTable) -> Option<Chart> {
    let render = table.render.as_ref()?;
    let kind = kind(&render.chart)?;
    let property = |name: &str| {
        let found = render.properties.iter().find(|(own, _)| own.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.trim_matches(['\'', '"', '(', ')']).to_owned())
    };
    let title = property("title").unwrap_or_default();
    if kind == ChartKind::Card {
        return card(table, title);
    }
    let rows = Rows::of(table);
    let x = x_column(table, render, property("xcolumn").as_deref())?;
    let is_value = |at: &usize| *at != x && is_number(table.columns.get(*at).map(|c| c.ty));
    let named: Vec<String> = property("ycolumns")
        .map(|names| names.split(',').map(|name| name.trim().to_owned()).collect())
        .unwrap_or_default();
    let is_named = |at: &usize| {
        named.is_empty()
            || table.columns.get(*at).is_some_and(|c| named.iter().any(|name| **name == *c.name))
    };
    let values: Vec<usize> = (0..table.columns.len()).filter(is_value).filter(is_named).collect();
    let series = property("series");
    let by: Vec<usize> = (0..table.columns.len())
        .filter(|at| *at != x && !values.contains(at))
        .filter(|at| {
            let column = table.columns.get(*at);
            let is_text = column.is_some_and(|column| column.ty == Type::String);
            let names_it = series.as_deref().is_none_or(|names| {
                names.split(',').any(|name| column.is_some_and(|c| *c.name == *name.trim()))
            });
            is_text && names_it
        })
        .collect();
    let (axis, series) = match series_of_arrays(&rows, table, x) {
        Some(found) => found,
        None => gathered(&rows, (x, &by, &values), table)?,
    };
    let x_title = table.columns.get(x).map(|column| column.name.to_string()).unwrap_or_default();
    Some(Chart { kind, title, x_title, x: axis, series })
}

fn kind(name: &str) -> Option<ChartKind> {
    Some(match name {
        "timechart" | "linechart" | "anomalychart" | "ladderchart" | "timepivot" => ChartKind::Line,
        "areachart" | "stackedareachart" => ChartKind::Area,
        "columnchart" => ChartKind::Column,
        "barchart" => ChartKind::Bar,
        "piechart" => ChartKind::Pie,
        "scatterchart" => ChartKind::Scatter,
        "card" => ChartKind::Card,
        _ => return None,
    })
}

const fn is_number(ty: Option<Type>) -> bool {
    matches!(ty, Some(Type::Int | Type::Long | Type::Real | Type::Decimal))
}

/// The column that the axis shows: the named one; for a time chart the first in time; else the first.
fn x_column(table: &AnswerTable, render: &Render, named: Option<&str>) -> Option<usize> {
    if let Some(name) = named
        && let Some(at) = table.columns.iter().position(|column| *column.name == *name)
    {
        return Some(at);
    }
    let in_time = table.columns.iter().position(|column| column.ty == Type::DateTime);
    let first_text = table.columns.iter().position(|column| column.ty == Type::String);
    match &*render.chart {
        "timechart" | "anomalychart" => in_time.or(Some(0)),
        "piechart" | "barchart" | "columnchart" => first_text.or(Some(0)),
        _ => Some(0),
    }
    .filter(|_| !table.columns.is_empty())
}

/// The rows of a table, cell by cell.
struct Rows<'a> {
    table: &'a AnswerTable,
}

impl<'a> Rows<'a> {
    const fn of(table: &'a AnswerTable) -> Self {
        Self { table }
    }

    fn each(&self) -> impl Iterator<Item = (&'a RecordBatch, usize)> {
        self.table
            .batches
            .iter()
            .flat_map(|batch| (0..batch.num_rows()).map(move |row| (batch, row)))
    }

    fn value(&self, (batch, row): (&RecordBatch, usize), at: usize) -> Option<Value> {
        let ty = self.table.columns.get(at)?.ty;
        Some(physical::value_at(batch.columns().get(at)?.as_ref(), row, ty))
    }
}

fn number(value: &Value) -> Option<f64> {
    #[expect(clippy::cast_precision_loss, reason = "a height in a picture")]
    match value {
        Value::Int(value) => Some(f64::from(*value)),
        Value::Long(value) => Some(*value as f64),
        Value::Real(value) => value.is_finite().then_some(*value),
        Value::Decimal(value) => value.to_string().parse().ok(),
        _ => None,
    }
}

fn words(value: &Value) -> String {
    let mut text = String::new();
    kql_engine::json::write_value(value, &mut text);
    serde_json::from_str::<String>(&text).unwrap_or(text)
}

/// A place on the axis, which orders as the axis does.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum At {
    Time(i64),
    Number(Number),
    Name(String),
}

/// A finite number that can be a key.
#[derive(Clone, Copy, Debug)]
struct Number(f64);

impl Ord for Number {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.total_cmp(&other.0)
    }
}

impl PartialOrd for Number {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Number {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Number {}

impl Hash for Number {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.to_bits().hash(state);
    }
}

/// Places and series of a table whose rows are points. Rows of one place add up.
fn gathered(
    rows: &Rows<'_>,
    (x, by, values): (usize, &[usize], &[usize]),
    table: &AnswerTable,
) -> Option<(Axis, Vec<Series>)> {
    let mut places: HashMap<At, usize> = HashMap::new();
    // Rows of groups come in no order of their own; the legend has one.
    let mut series: BTreeMap<(usize, String), HashMap<usize, f64>> = BTreeMap::new();
    for row in rows.each() {
        let Some(at) = rows.value(row, x).map(|value| place(&value)) else { continue };
        let next = places.len();
        if next == MOST_PLACES && !places.contains_key(&at) {
            continue;
        }
        let at = *places.entry(at).or_insert(next);
        let name: Vec<String> =
            by.iter().filter_map(|at| rows.value(row, *at)).map(|value| words(&value)).collect();
        for value in values {
            let Some(height) = rows.value(row, *value).and_then(|value| number(&value)) else {
                continue;
            };
            let key = (*value, name.join(", "));
            if series.len() == MOST_SERIES && !series.contains_key(&key) {
                continue;
            }
            *series.entry(key).or_default().entry(at).or_default() += height;
        }
    }
    if series.is_empty() {
        return None;
    }
    let mut ordered: Vec<(At, usize)> = places.into_iter().collect();
    // Names stay in the order of the rows.
    match ordered.iter().any(|(place, _)| matches!(place, At::Name(_))) {
        true => ordered.sort_by_key(|(_, first)| *first),
        false => ordered.sort(),
    }
    let title = |value: usize, name: &str| {
        let column = table.columns.get(value).map(|c| c.name.to_string()).unwrap_or_default();
        match (name.is_empty(), values.len()) {
            (true, _) => column,
            (false, 1) => name.to_owned(),
            (false, _) => format!("{name}: {column}"),
        }
    };
    let series = series.into_iter().map(|((value, name), heights)| Series {
        name: title(value, &name),
        values: ordered.iter().map(|(_, at)| heights.get(at).copied()).collect(),
    });
    let series = series.collect();
    Some((axis(ordered.into_iter().map(|(place, _)| place).collect()), series))
}

fn place(value: &Value) -> At {
    match (value, number(value)) {
        (Value::DateTime(ticks), _) => At::Time(*ticks),
        (_, Some(number)) => At::Number(Number(number)),
        (value, None) => At::Name(words(value)),
    }
}

/// An axis of one kind; of several kinds it is one of names.
fn axis(places: Vec<At>) -> Axis {
    let time = |place: &At| if let At::Time(ticks) = place { Some(*ticks) } else { None };
    let number = |place: &At| if let At::Number(number) = place { Some(number.0) } else { None };
    if let Some(times) = places.iter().map(time).collect() {
        return Axis::Time(times);
    }
    if let Some(numbers) = places.iter().map(number).collect() {
        return Axis::Number(numbers);
    }
    let name = |place: At| match place {
        At::Time(ticks) => kql_semantics::time::DateTimeText(ticks).to_string(),
        At::Number(number) => number.0.to_string(),
        At::Name(name) => name,
    };
    Axis::Category(places.into_iter().map(name).collect())
}

/// What `make-series` gives: arrays, the axis among them; a row is a series.
fn series_of_arrays(rows: &Rows<'_>, table: &AnswerTable, x: usize) -> Option<(Axis, Vec<Series>)> {
    let is_array = |at: usize| table.columns.get(at).is_some_and(|c| c.ty == Type::Dynamic);
    let array = |row, at: usize| -> Option<Vec<serde_json::Value>> {
        let text = words(&rows.value(row, at)?);
        serde_json::from_str(&text).ok()
    };
    let instant = |value: &serde_json::Value| kql_semantics::time::parse_datetime(value.as_str()?);
    let first = rows.each().next()?;
    let axes = (0..table.columns.len()).filter(|at| is_array(*at));
    let at = std::iter::once(x).chain(axes).find(|at| {
        let values = is_array(*at).then(|| array(first, *at)).flatten().unwrap_or_default();
        !values.is_empty() && values.iter().all(|value| instant(value).is_some())
    })?;
    let times: Vec<i64> = array(first, at)?.iter().filter_map(instant).take(MOST_PLACES).collect();
    let mut series = Vec::new();
    for row in rows.each().take(MOST_SERIES) {
        let name: Vec<String> = (0..table.columns.len())
            .filter(|at| table.columns.get(*at).is_some_and(|c| c.ty == Type::String))
            .filter_map(|at| rows.value(row, at))
            .map(|value| words(&value))
            .collect();
        for value in (0..table.columns.len()).filter(|own| *own != at && is_array(*own)) {
            let Some(values) = array(row, value) else { continue };
            let heights: Vec<Option<f64>> =
                values.iter().map(serde_json::Value::as_f64).take(times.len()).collect();
            if heights.iter().all(Option::is_none) {
                continue;
            }
            let column = table.columns.get(value).map(|c| c.name.to_string()).unwrap_or_default();
            let parts: Vec<&str> =
                name.iter().map(String::as_str).chain([column.as_str()]).collect();
            series.push(Series { name: parts.join(", "), values: heights });
        }
    }
    (!series.is_empty()).then_some((Axis::Time(times), series))
}

/// The first number of the first row, or its first value.
fn card(table: &AnswerTable, title: String) -> Option<Chart> {
    let rows = Rows::of(table);
    let row = rows.each().next()?;
    let series = table.columns.iter().enumerate().filter_map(|(at, column)| {
        let height = number(&rows.value(row, at)?)?;
        Some(Series { name: column.name.to_string(), values: vec![Some(height)] })
    });
    let series: Vec<Series> = series.take(MOST_SERIES).collect();
    let x = Axis::Category(vec![String::new()]);
    (!series.is_empty()).then_some(Chart {
        kind: ChartKind::Card,
        title,
        x_title: String::new(),
        x,
        series,
    })
}
