//! What the runs of a rule find, put together: the same row from several runs counts once.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use kql_engine::{AnswerTable, json};
use kql_functions::physical;
use kql_semantics::{Type, Value};

use super::entities::EntityColumn;
use crate::report::{Column, Entity, HitRow, Hits, Instant, Seen};

/// How many different entities are counted of a rule, and how many are told.
const MOST_COUNTED: usize = 20_000;
const MOST_TOLD: usize = 200;

/// Columns that say when a row happened, the surest first.
const TIMES: [&str; 10] = [
    "TimeGenerated",
    "Timestamp",
    "timestamp",
    "StartTime",
    "StartTimeUtc",
    "StartTimeUTC",
    "firstSeen",
    "FirstSeen",
    "EndTime",
    "EventTime",
];

/// What was found so far.
pub(super) struct Gathered {
    entity_columns: Vec<EntityColumn>,
    most_rows: usize,
    /// How often each row came in one run, by a hash of its text.
    rows: HashMap<u128, u32>,
    entities: HashMap<(String, String, String), u64>,
    hits: Hits,
}

impl Gathered {
    pub(super) fn new(entity_columns: Vec<EntityColumn>, most_rows: usize) -> Self {
        let (rows, entities) = (HashMap::new(), HashMap::new());
        Self { entity_columns, most_rows, rows, entities, hits: Hits::default() }
    }

    /// Whether anything was found.
    pub(super) fn is_empty(&self) -> bool {
        self.hits.count == 0
    }

    /// Adds what a run at `now` found.
    pub(super) fn add(&mut self, table: &AnswerTable, now: i64) {
        let places = self.places(table);
        let time = time_column(table);
        let mut of_run: HashMap<u128, u32> = HashMap::new();
        let mut text = String::new();
        for batch in &table.batches {
            for row in 0..batch.num_rows() {
                text.clear();
                json::write_row(table, batch, row, &mut text);
                let key = fingerprint(&places, &text);
                let times = of_run.entry(key).or_default();
                *times += 1;
                let known = self.rows.entry(key).or_default();
                if *times <= *known {
                    continue;
                }
                *known = *times;
                let time = time.and_then(|column| {
                    match physical::value_at(batch.column(column).as_ref(), row, Type::DateTime) {
                        Value::DateTime(ticks) => Some(ticks),
                        _ => None,
                    }
                });
                self.add_row(&text, &places, Instant(time.unwrap_or(now)));
            }
        }
    }

    /// Where the columns of a run's table stand among those of all runs.
    fn places(&mut self, table: &AnswerTable) -> Vec<usize> {
        let columns = &mut self.hits.columns;
        let mut places = Vec::with_capacity(table.columns.len());
        for column in &table.columns {
            let known = columns.iter().position(|known| known.name == *column.name);
            places.push(known.unwrap_or_else(|| {
                let ty = json::shown_type(column.ty).to_owned();
                columns.push(Column { name: column.name.to_string(), ty });
                columns.len() - 1
            }));
        }
        places
    }

    fn add_row(&mut self, text: &str, places: &[usize], time: Instant) {
        self.hits.count += 1;
        self.hits.first = Some(self.hits.first.map_or(time, |first| first.min(time)));
        self.hits.last = Some(self.hits.last.map_or(time, |last| last.max(time)));
        let Ok(given) = serde_json::from_str::<Vec<serde_json::Value>>(text) else { return };
        let mut values = vec![serde_json::Value::Null; self.hits.columns.len()];
        for (value, place) in given.into_iter().zip(places) {
            if let Some(slot) = values.get_mut(*place) {
                *slot = value;
            }
        }
        self.count_entities(&values);
        if self.hits.rows.len() < self.most_rows {
            self.hits.rows.push(HitRow { time: Some(time), values });
        }
    }

    fn count_entities(&mut self, values: &[serde_json::Value]) {
        for entity in &self.entity_columns {
            let place = self.hits.columns.iter().position(|column| column.name == entity.column);
            let Some(value) = place.and_then(|place| values.get(place)) else { continue };
            let value = match value {
                serde_json::Value::Null => continue,
                serde_json::Value::String(text) if text.is_empty() => continue,
                serde_json::Value::String(text) => text.clone(),
                other => other.to_string(),
            };
            let key = (entity.kind.clone(), entity.identifier.clone(), value);
            let is_full = self.entities.len() >= MOST_COUNTED;
            if is_full && !self.entities.contains_key(&key) {
                continue;
            }
            *self.entities.entry(key).or_default() += 1;
        }
    }

    /// All of it, in order.
    pub(super) fn finish(mut self, seen: Seen) -> Hits {
        let width = self.hits.columns.len();
        for row in &mut self.hits.rows {
            row.values.resize(width, serde_json::Value::Null);
        }
        self.hits.rows.sort_by_key(|row| row.time);
        let mut entities: Vec<Entity> = self
            .entities
            .into_iter()
            .map(|((kind, identifier, value), rows)| Entity { kind, identifier, value, rows })
            .collect();
        entities.sort_by(|a, b| {
            let key = |e: &Entity| (e.kind.clone(), e.identifier.clone(), e.value.clone());
            b.rows.cmp(&a.rows).then_with(|| key(a).cmp(&key(b)))
        });
        entities.truncate(MOST_TOLD);
        Hits { seen, entities, ..self.hits }
    }
}

/// Which column says when a row happened.
fn time_column(table: &AnswerTable) -> Option<usize> {
    let is_time = |name: &str| {
        table.columns.iter().position(|column| &*column.name == name && column.ty == Type::DateTime)
    };
    let first = || table.columns.iter().position(|column| column.ty == Type::DateTime);
    TIMES.iter().find_map(|name| is_time(name)).or_else(first)
}

/// Tells rows apart.
fn fingerprint(places: &[usize], text: &str) -> u128 {
    let half = |seed: u8| {
        let mut hasher = DefaultHasher::new();
        (seed, places, text).hash(&mut hasher);
        u128::from(hasher.finish())
    };
    half(0) << 64 | half(1)
}
