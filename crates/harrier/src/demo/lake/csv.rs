//! Events as the portal exports them: CSV whose headings name a time zone and whose times are American.

use std::fmt::Write;

use kql_semantics::time::{
    TICKS_PER_DAY, TICKS_PER_HOUR, TICKS_PER_MILLISECOND, TICKS_PER_MINUTE, TICKS_PER_SECOND,
    civil_from_days,
};
use serde_json::Value as Json;

use crate::demo::event::Event;

/// A table as the portal's *Export to CSV* writes it.
pub(super) fn portal(events: &[Event]) -> Vec<u8> {
    let mut names: Vec<&str> = Vec::new();
    for (name, _) in events.iter().flat_map(|event| &event.fields) {
        if !names.contains(name) {
            names.push(name);
        }
    }
    let time_column = events.first().map_or("TimeGenerated", |event| event.table.time_column());
    let mut text = format!("\"{time_column} [UTC]\"");
    for name in &names {
        // Writing to a string can not fail.
        let _ = write!(text, ",{name}");
    }
    text.push_str("\r\n");
    for event in events {
        let _ = write!(text, "\"{}\"", american(event.time));
        for name in &names {
            text.push(',');
            let value = event.fields.iter().find(|(known, _)| known == name);
            text.push_str(&value.map(|(_, value)| cell(value)).unwrap_or_default());
        }
        text.push_str("\r\n");
    }
    text.into_bytes()
}

fn cell(value: &Json) -> String {
    let text = match value {
        Json::Null => String::new(),
        Json::String(text) => text.clone(),
        other => other.to_string(),
    };
    if text.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text
    }
}

/// `11/16/2026, 11:00:47.500 AM`
fn american(ticks: i64) -> String {
    let (year, month, day) = civil_from_days(ticks / TICKS_PER_DAY);
    let rest = ticks % TICKS_PER_DAY;
    let hour = rest / TICKS_PER_HOUR;
    let minute = rest % TICKS_PER_HOUR / TICKS_PER_MINUTE;
    let second = rest % TICKS_PER_MINUTE / TICKS_PER_SECOND;
    let millisecond = rest % TICKS_PER_SECOND / TICKS_PER_MILLISECOND;
    let half = if hour < 12 { "AM" } else { "PM" };
    let hour = if hour % 12 == 0 { 12 } else { hour % 12 };
    format!("{month}/{day}/{year}, {hour}:{minute:02}:{second:02}.{millisecond:03} {half}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo::event::{Table, at};

    #[test]
    fn times_and_quotes() {
        assert_eq!(american(at(0, 0, 5, 9)), "11/2/2026, 12:05:09.000 AM");
        assert_eq!(american(at(13, 13, 0, 0)), "11/15/2026, 1:00:00.000 PM");
        let event = Event::new(Table::AuditLogs, at(0, 0, 0, 0)).with("Result", "a \"b\", c");
        let text = String::from_utf8(portal(&[event])).unwrap();
        assert!(text.starts_with("\"TimeGenerated [UTC]\",Result\r\n"), "{text}");
        assert!(text.contains("\"a \"\"b\"\", c\""), "{text}");
    }
}
