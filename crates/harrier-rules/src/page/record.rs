//! What tests and replays of this installation found.

use super::Context;
use super::document::{Block, Line};
use super::field::Field;
use super::input::Record;
use super::words::counted;

pub(super) fn read(context: &Context<'_>) -> Option<Field<Record>> {
    let record = context.input.record?;
    Some(Field { at: record.last_hit.clone(), ..Field::derived(record.clone(), "test:all") })
}

pub(super) fn blocks(record: Option<&Field<Record>>) -> Vec<Block> {
    let Some(field) = record else {
        let text = "Not tested and not replayed here.";
        return vec![Block::Paragraph(Line::plain(text))];
    };
    let record = &field.value;
    let mut points = Vec::new();
    if record.tests > 0 {
        points.push(format!("{} of {} tests passed", record.tests_passed, record.tests));
    }
    if record.days > 0.0 {
        let runs = counted(i64::try_from(record.runs).unwrap_or(i64::MAX), "run");
        let hits = counted(i64::try_from(record.hits).unwrap_or(i64::MAX), "hit");
        let daily = record.hits as f64 / record.days;
        points.push(format!("{runs} over {:.1} days: {hits}, {daily:.1} a day", record.days));
    }
    if let Some(last) = &record.last_hit {
        points.push(format!("last hit {last}"));
    }
    vec![Block::List(points.into_iter().map(|text| Line::plain(text).from_field(field)).collect())]
}
