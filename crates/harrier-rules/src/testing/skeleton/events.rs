//! Events as a file of tests has them.

use kql_semantics::time::{TICKS_PER_DAY, TimeSpanText};
use kql_semantics::value::GuidText;
use kql_semantics::{Type, Value};

use super::places::{Place, Step};
use super::solve::{Held, Reading, Solution};
use crate::Seconds;
use crate::document::{bare, list, mapping, text};
use crate::yaml::{Node, NodeKind};

/// The events of all tables; where they are to be the wrong ones, with one literal another, or one event too few.
pub(super) fn tables(solution: &Solution, is_wrong: bool) -> Node {
    let mut tables: Vec<(&str, Vec<Node>)> = Vec::new();
    for (index, reading) in solution.readings.iter().enumerate() {
        let events = match reading.is_absent {
            true => Vec::new(),
            false => events(solution, (index, reading), is_wrong),
        };
        match tables.iter_mut().find(|(known, _)| *known == reading.table) {
            Some((_, known)) => {
                let new = events.into_iter().filter(|event| !known_already(known, event));
                let new: Vec<Node> = new.collect();
                known.extend(new);
            }
            None => tables.push((&reading.table, events)),
        }
    }
    mapping(tables.into_iter().map(|(table, events)| (table, list(events))))
}

fn known_already(known: &[Node], event: &Node) -> bool {
    known.iter().any(|other| crate::document::same(other, event))
}

fn events(solution: &Solution, (index, reading): (usize, &Reading), is_wrong: bool) -> Vec<Node> {
    let mut columns: Vec<(String, Node)> = Vec::new();
    let time = solution
        .held
        .iter()
        .find(|(place, _)| place.reading == index && place.ty == Type::DateTime);
    if time.is_none() {
        columns.push((String::from("TimeGenerated"), ago(TICKS_PER_DAY / 48)));
    }
    let own = solution.held.iter().filter(|(place, _)| place.reading == index);
    for (place, held) in own {
        let is_pivot = is_wrong && reading.repeat == 1 && solution.pivot.as_ref() == Some(place);
        let value = match is_pivot {
            true => other_than(held),
            false => value(place, held),
        };
        put(&mut columns, place, value);
    }
    let event = mapping(columns.iter().map(|(name, value)| (name.as_str(), value.clone())));
    let repeat = if is_wrong { reading.repeat.saturating_sub(1) } else { reading.repeat };
    match reading.repeat {
        1 => vec![event],
        _ => vec![mapping([("repeat", bare(repeat.to_string())), ("event", event)])],
    }
}

fn ago(ticks: i64) -> Node {
    let seconds = Seconds(ticks / (TICKS_PER_DAY / 86_400));
    let minutes = Seconds((seconds.0 / 60).max(1) * 60);
    text(format!("ago({})", minutes.short().unwrap_or_else(|| String::from("5m"))))
}

/// A value for a place.
fn value(place: &Place, held: &Held) -> Node {
    match held {
        Held::Value(value) => literal(value),
        Held::Text { start, parts, end } => {
            let between = parts.join(" ");
            let pieces = [start.as_str(), between.as_str(), end.as_str()];
            // What begins and ends stands close to the rest; parts are words.
            text(pieces.concat())
        }
        Held::Ago(ticks) => ago(*ticks),
        Held::Anything if place.ty == Type::DateTime && place.path.is_empty() => {
            ago(TICKS_PER_DAY / 48)
        }
        Held::Anything => literal(&sample(place)),
        Held::Different => match sample(place) {
            Value::String(sample) => text(format!("{sample}-${{n}}")),
            _ => text("${n}"),
        },
    }
}

fn other_than(held: &Held) -> Node {
    match held {
        Held::Value(Value::Long(number)) => bare(number.saturating_add(1_000_000).to_string()),
        Held::Value(Value::Int(number)) => {
            bare(i64::from(*number).saturating_add(1_000_000).to_string())
        }
        Held::Value(Value::Bool(value)) => bare((!value).to_string()),
        _ => text("something else"),
    }
}

fn literal(value: &Value) -> Node {
    match value {
        Value::Null(_) => bare("null"),
        Value::Bool(value) => bare(value.to_string()),
        Value::Int(value) => bare(value.to_string()),
        Value::Long(value) => bare(value.to_string()),
        Value::Real(value) => bare(value.to_string()),
        Value::String(value) => text(&**value),
        Value::TimeSpan(ticks) => text(TimeSpanText(*ticks).to_string()),
        Value::Guid(bits) => text(GuidText(*bits).to_string()),
        Value::DateTime(ticks) => text(kql_semantics::time::DateTimeText(*ticks).to_string()),
        Value::Decimal(_) => bare("1"),
        Value::Dynamic(value) => text(value.to_text()),
    }
}

/// A value that a column of this name and type may have. Addresses and names are those set apart for examples.
pub(super) fn sample(place: &Place) -> Value {
    let last = place.path.iter().rev().find_map(|step| match step {
        Step::Key(key) => Some(key.as_str()),
        Step::Index(_) => None,
    });
    let name = last.unwrap_or(&place.column).to_ascii_lowercase();
    let holds = |words: &[&str]| words.iter().any(|word| name.contains(word));
    let ty = if place.path.is_empty() { place.ty } else { Type::String };
    match ty {
        Type::Bool => Value::Bool(true),
        Type::Int | Type::Long => Value::Long(1),
        Type::Real | Type::Decimal => Value::Long(1),
        Type::TimeSpan => Value::string("00:01:00"),
        Type::Guid => Value::string("11111111-1111-1111-1111-111111111111"),
        Type::DateTime => Value::string("2026-03-02T11:00:00Z"),
        _ if holds(&["ipaddress", "clientip", "sourceip", "remoteip", "destip", "srcip"])
            || name == "ip" =>
        {
            Value::string("203.0.113.7")
        }
        _ if holds(&[
            "principalname",
            "upn",
            "userid",
            "email",
            "account",
            "username",
            "initiatedby",
            "caller",
        ]) =>
        {
            Value::string("user@example.com")
        }
        _ if holds(&["computer", "host", "device"]) => Value::string("host1"),
        _ if holds(&["url", "domain"]) => Value::string("example.com"),
        _ if holds(&["correlationid", "objectid", "sessionid", "guid"]) => {
            Value::string("11111111-1111-1111-1111-111111111111")
        }
        _ => Value::string(&format!("{}-1", name.trim_matches(['_', ' ']))),
    }
}

/// Puts a value into the columns, and into a dynamic where the place is in one.
fn put(columns: &mut Vec<(String, Node)>, place: &Place, value: Node) {
    let index = match columns.iter().position(|(known, _)| *known == place.column) {
        Some(index) => index,
        None => {
            columns.push((place.column.clone(), bare("null")));
            columns.len() - 1
        }
    };
    let Some((_, root)) = columns.get_mut(index) else { return };
    let is_empty = root.text().is_none() && matches!(root.kind, NodeKind::Scalar { .. });
    let is_inner = matches!(root.kind, NodeKind::Mapping(_) | NodeKind::Sequence(_));
    if place.path.is_empty() && (is_empty || !is_inner && place.ty != Type::Dynamic) {
        // A dynamic that is only read whole is an empty one.
        *root = if place.ty == Type::Dynamic { mapping([]) } else { value };
    } else if !place.path.is_empty() {
        within(root, &place.path, value);
    }
}

fn within(node: &mut Node, path: &[Step], value: Node) {
    let Some((step, rest)) = path.split_first() else {
        // What is deeper was put first, and says more.
        if matches!(node.kind, NodeKind::Scalar { .. }) {
            *node = value;
        }
        return;
    };
    match step {
        Step::Key(key) => {
            if !matches!(node.kind, NodeKind::Mapping(_)) {
                *node = mapping([]);
            }
            let NodeKind::Mapping(entries) = &mut node.kind else { return };
            if !entries.iter().any(|(known, _)| known.text() == Some(key)) {
                entries.push((text(key), bare("null")));
            }
            if let Some((_, inner)) =
                entries.iter_mut().find(|(known, _)| known.text() == Some(key))
            {
                within(inner, rest, value);
            }
        }
        Step::Index(index) => {
            if !matches!(node.kind, NodeKind::Sequence(_)) {
                *node = list([]);
            }
            let NodeKind::Sequence(items) = &mut node.kind else { return };
            while items.len() <= *index {
                items.push(bare("null"));
            }
            if let Some(inner) = items.get_mut(*index) {
                within(inner, rest, value);
            }
        }
    }
}
