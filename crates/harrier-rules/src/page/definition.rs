//! How the rule is set up to run: as its file says, and for a query without a schedule one that is proposed.

use serde::Serialize;

use super::document::{Block, Line};
use super::field::{Evidence, Field};
use super::hypothesis;
use super::words::duration;
use super::{Context, RuleKind};

/// How the rule runs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Definition {
    /// What the file says: name and value, in its words.
    pub fields: Vec<Field<(String, String)>>,
    /// A schedule for a rule that has none.
    pub proposed: Option<Field<Proposed>>,
}

/// A schedule that is proposed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Proposed {
    /// Time between runs.
    pub query_frequency: String,
    /// How far a run looks back.
    pub query_period: String,
    /// When it fires.
    pub trigger: &'static str,
    /// Why.
    pub reason: String,
}

pub(super) fn read(context: &Context<'_>) -> Field<Definition> {
    let mut fields = Vec::new();
    let rule = context.rule;
    let mut add = |name: &str, value: String, place: &str| {
        fields.push(Field::source((name.to_owned(), value), context.yaml(place)));
    };
    if let Some(severity) = rule.severity {
        add("severity", severity.name().to_owned(), "/severity");
    }
    if let Some(schedule) = rule.schedule {
        add("frequency", duration(schedule.frequency.ticks()), "/queryFrequency");
        add("period", duration(schedule.period.ticks()), "/queryPeriod");
        let operator = match schedule.operator {
            crate::TriggerOperator::GreaterThan => "more than",
            crate::TriggerOperator::LessThan => "fewer than",
            crate::TriggerOperator::Equal => "exactly",
            crate::TriggerOperator::NotEqual => "any number but",
        };
        add("fires on", format!("{operator} {} rows", schedule.threshold), "/triggerThreshold");
    }
    for (place, mapping) in rule.entity_mappings.iter().enumerate() {
        let shown: Vec<String> = mapping
            .fields
            .iter()
            .map(|(identifier, column)| format!("{identifier} from {column}"))
            .collect();
        let about = format!("entity {}", mapping.entity_type);
        add(&about, shown.join(", "), &format!("/entityMappings/{place}"));
    }
    if let Some(version) = &rule.version {
        add("version", version.clone(), "/version");
    }
    if let Some(id) = &rule.id {
        add("id", id.clone(), "/id");
    }
    let proposed = proposed(context);
    Field::source(Definition { fields, proposed }, context.yaml("/"))
}

/// Frequency and period from the widest time that the query looks back.
fn proposed(context: &Context<'_>) -> Option<Field<Proposed>> {
    const HOUR: i64 = 36_000_000_000;
    const DAY: i64 = 24 * HOUR;
    let is_query = matches!(context.rule.kind, RuleKind::Hunting | RuleKind::Query);
    if !is_query || context.rule.schedule.is_some() || context.columns.is_empty() {
        return None;
    }
    let widest = hypothesis::widest(context);
    let (period, reason) = match widest {
        Some(widest) if widest > 14 * DAY => (
            14 * DAY,
            format!(
                "the query looks back {}, and a schedule at most 14 days: the window must be narrowed",
                duration(widest)
            ),
        ),
        Some(widest) => (widest.max(HOUR), format!("the query looks back {}", duration(widest))),
        None => (DAY, String::from("the query names no time, so the period alone bounds it")),
    };
    let frequency = if period > DAY { DAY } else { period };
    let spans = context.reading.sources.iter();
    let spans =
        spans.filter_map(|source| source.interval?.low_span).map(|span| context.places.id(span));
    let proposed = Proposed {
        query_frequency: short(frequency),
        query_period: short(period),
        trigger: "gt 0",
        reason,
    };
    Some(Field::derived(proposed, spans.collect::<Evidence>()))
}

/// As rule files write it: `1d`, `90m`.
fn short(ticks: i64) -> String {
    let minutes = (ticks + 599_999_999) / 600_000_000;
    match minutes {
        _ if minutes % 1440 == 0 => format!("{}d", minutes / 1440),
        _ if minutes % 60 == 0 => format!("{}h", minutes / 60),
        _ => format!("{minutes}m"),
    }
}

pub(super) fn blocks(definition: &Field<Definition>) -> Vec<Block> {
    let rows = definition.value.fields.iter().map(|field| {
        let (name, value) = &field.value;
        vec![Line::plain(name.clone()), Line::plain(value.clone()).from_field(field)]
    });
    let rows: Vec<_> = rows.collect();
    let mut blocks = Vec::new();
    if !rows.is_empty() {
        blocks.push(Block::Table { head: Vec::new(), rows });
    }
    if let Some(proposed) = &definition.value.proposed {
        let value = &proposed.value;
        let text = format!(
            "The file has no schedule. One that would fit: every `{}`, over the last `{}`, firing on more than 0 rows ({}).",
            value.query_frequency, value.query_period, value.reason
        );
        blocks.push(Block::Paragraph(Line::marked(&text).from_field(proposed)));
    }
    blocks
}
