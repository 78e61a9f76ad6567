//! Short facts beside the title.

use serde::Serialize;

use super::Context;
use super::document::{Block, Line, Piece};
use super::field::{Evidence, Field};
use crate::RuleKind;
use crate::connectors;

/// A short fact.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Badge {
    /// What it is about: `kind`, `severity`, `table`, ...
    pub about: &'static str,
    /// What it says.
    pub text: String,
}

pub(super) fn read(context: &Context<'_>) -> Vec<Field<Badge>> {
    let badge = |about, text: &str| Badge { about, text: text.to_owned() };
    let rule = context.rule;
    let mut badges = vec![Field::derived(badge("language", "KQL"), "")];
    let kind = match rule.kind {
        RuleKind::Scheduled => "scheduled rule",
        RuleKind::Nrt => "near-real-time rule",
        RuleKind::Hunting => "hunting query",
        RuleKind::Exploration => "exploration query",
        RuleKind::Query => "query",
    };
    badges.push(Field::derived(badge("kind", kind), context.yaml("/kind")));
    if let Some(severity) = rule.severity {
        badges.push(Field::source(badge("severity", severity.name()), context.yaml("/severity")));
    }
    if let Some(origin) = context.origin() {
        badges.push(Field::source(badge("repository", &origin.repository), context.git(None)));
    }
    for table in context.reading.tables() {
        badges.push(Field::derived(badge("table", table), context.source_evidence(table)));
    }
    if let Some(platform) = platform(context) {
        let evidence: Evidence =
            context.reading.tables().iter().map(|table| format!("schema:{table}")).collect();
        badges.push(Field::derived(badge("platform", platform), evidence));
    }
    badges
}

/// Where the rule can run, from the tables it reads.
fn platform(context: &Context<'_>) -> Option<&'static str> {
    let tables = context.reading.tables();
    if tables.is_empty() {
        return None;
    }
    let is_native = |table: &&str| connectors::is_native_to_defender(table);
    let is_sentinel = |table: &&str| {
        connectors::table(table).is_some() || !connectors::is_native_to_defender(table)
    };
    match (tables.iter().all(is_native), tables.iter().all(is_sentinel)) {
        (true, true) => Some("Sentinel and Defender XDR"),
        (true, false) => Some("Defender XDR"),
        (false, _) => Some("Sentinel"),
    }
}

pub(super) fn blocks(badges: &[Field<Badge>]) -> Vec<Block> {
    let mut pieces = Vec::new();
    for badge in badges {
        pieces.push(Piece::Badge { about: badge.value.about, text: badge.value.text.clone() });
    }
    vec![Block::Paragraph(Line { pieces, ..Line::default() })]
}
