//! From a table to a drawing: which column is the axis, which are values, which names the series.

use std::collections::BTreeMap;

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
#[derive(Clone, Debug, PartialEq, PartialOrd)]
enum At {
    Time(i64),
    Number(f64),
    Name(String),
}

/// Places and series of a table whose rows are points.
fn gathered(
    rows: &Rows<'_>,
    (x, by, values): (usize, &[usize], &[usize]),
    table: &AnswerTable,
) -> Option<(Axis, Vec<Series>)> {
    let mut places: Vec<At> = Vec::new();
    let mut points: BTreeMap<(usize, String), Vec<(At, f64)>> = BTreeMap::new();
    let mut order: Vec<(usize, String)> = Vec::new();
    for row in rows.each() {
        let Some(at) = rows.value(row, x).and_then(|value| place(&value)) else { continue };
        let name: Vec<String> =
            by.iter().filter_map(|at| rows.value(row, *at)).map(|value| words(&value)).collect();
        for value in values {
            let Some(height) = rows.value(row, *value).and_then(|value| number(&value)) else {
                continue;
            };
            let key = (*value, name.join(", "));
            if !points.contains_key(&key) {
                if order.len() == MOST_SERIES {
                    continue;
                }
                order.push(key.clone());
            }
            points.entry(key).or_default().push((at.clone(), height));
        }
        if places.len() < MOST_PLACES && places.last() != Some(&at) {
            places.push(at);
        }
    }
    if order.is_empty() {
        return None;
    }
    // Rows of groups come in no order of their own; the legend has one.
    order.sort();
    // Names stay in the order of the rows.
    if !places.iter().any(|place| matches!(place, At::Name(_))) {
        places.sort_by(|one, other| one.partial_cmp(other).unwrap_or(std::cmp::Ordering::Equal));
    }
    let mut seen: Vec<At> = Vec::with_capacity(places.len());
    let mut known = std::collections::HashSet::new();
    for place in places {
        if known.insert(format!("{place:?}")) {
            seen.push(place);
        }
    }
    let index: std::collections::HashMap<String, usize> =
        seen.iter().enumerate().map(|(at, place)| (format!("{place:?}"), at)).collect();
    let title = |value: usize, name: &str| {
        let column = table.columns.get(value).map(|c| c.name.to_string()).unwrap_or_default();
        match (name.is_empty(), values.len()) {
            (true, _) => column,
            (false, 1) => name.to_owned(),
            (false, _) => format!("{name}: {column}"),
        }
    };
    let series = order.into_iter().map(|key| {
        let mut heights = vec![None; seen.len()];
        for (place, height) in points.get(&key).into_iter().flatten() {
            if let Some(slot) = index.get(&format!("{place:?}")).and_then(|at| heights.get_mut(*at))
            {
                // Rows of one place add up.
                *slot = Some(slot.unwrap_or(0.0) + height);
            }
        }
        Series { name: title(key.0, &key.1), values: heights }
    });
    let series = series.collect();
    Some((axis(seen), series))
}

fn place(value: &Value) -> Option<At> {
    match value {
        Value::DateTime(ticks) => Some(At::Time(*ticks)),
        value => number(value).map(At::Number).or_else(|| Some(At::Name(words(value)))),
    }
}

fn axis(places: Vec<At>) -> Axis {
    if places.iter().all(|place| matches!(place, At::Time(_))) {
        return Axis::Time(
            places
                .into_iter()
                .filter_map(|p| if let At::Time(t) = p { Some(t) } else { None })
                .collect(),
        );
    }
    if places.iter().all(|place| matches!(place, At::Number(_))) {
        return Axis::Number(
            places
                .into_iter()
                .filter_map(|p| if let At::Number(n) = p { Some(n) } else { None })
                .collect(),
        );
    }
    let name = |place: At| match place {
        At::Time(ticks) => kql_semantics::time::DateTimeText(ticks).to_string(),
        At::Number(number) => number.to_string(),
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
