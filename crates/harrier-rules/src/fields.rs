//! The fields of a rule's YAML, read one by one. A wrong field is reported, and the rule is a rule still.

use std::sync::Arc;

use kql_syntax::{Code, Diagnostic};

use crate::Offsets;
use crate::duration::Seconds;
use crate::header;
use crate::markdown::Fenced;
use crate::rule::{
    Connector, EntityMapping, QueryText, Rule, RuleFile, RuleKind, Schedule, Severity,
    TriggerOperator,
};
use crate::tactic;
use crate::yaml::{Node, NodeKind};

/// The rule that a YAML document with a query describes.
pub(crate) fn rule(
    file: Arc<RuleFile>,
    root: &Node,
    query: &Node,
    mut diagnostics: Vec<Diagnostic>,
) -> Rule {
    let text = |key: &str| root.get(key).and_then(Node::text).map(|text| text.trim().to_owned());
    let first = |keys: [&str; 2]| keys.iter().find_map(|key| text(key));
    let list = |keys: [&str; 2]| {
        let lists = keys.iter().filter_map(|key| root.get(key)).map(Node::texts);
        lists.flatten().collect::<Vec<_>>()
    };
    let kind = kind_of(root);
    let mut techniques = list(["relevantTechniques", "techniques"]);
    techniques.iter_mut().for_each(|technique| technique.make_ascii_uppercase());
    Rule {
        kind,
        id: first(["id", "Id"]).map(|id| id.to_ascii_lowercase()),
        name: first(["name", "DisplayName"]).unwrap_or_else(|| stem(&file)),
        description: unwrapped(&first(["description", "Description"]).unwrap_or_default()),
        severity: severity(root, &mut diagnostics),
        tactics: list(["tactics", "Tactics"]).iter().map(|one| tactic::normal(one)).collect(),
        techniques,
        query: query_text(&file, query),
        schedule: schedule(root, kind, &mut diagnostics),
        entity_mappings: entity_mappings(root),
        connectors: connectors(root),
        version: text("version"),
        file,
        diagnostics,
        document: Some(Arc::new(root.clone())),
        part: None,
    }
}

/// A file that is a query and nothing else, but for what its comments say.
pub(crate) fn bare_query(file: Arc<RuleFile>) -> Rule {
    let query = whole_file(&file);
    let header = header::read(&query.text);
    Rule {
        id: header.id.map(|id| id.to_ascii_lowercase()),
        name: header.name.unwrap_or_else(|| stem(&file)),
        description: header.description,
        severity: header.severity.as_deref().and_then(Severity::parse),
        tactics: header.tactics.iter().map(|one| tactic::normal(one)).collect(),
        techniques: header.techniques,
        ..query_alone(file, query)
    }
}

/// A query in a Markdown file: named by its heading where the file holds several.
pub(crate) fn fenced_query(file: Arc<RuleFile>, fence: &Fenced, is_one_of_several: bool) -> Rule {
    let text = file.source.text.get(fence.range.clone()).unwrap_or("").to_owned();
    let start = u32::try_from(fence.range.start).unwrap_or(u32::MAX);
    let query = QueryText { text, offsets: Offsets::from(start) };
    let title = match fence.title.as_str() {
        "" => stem(&file),
        title => title.to_owned(),
    };
    let name = match is_one_of_several && !fence.heading.is_empty() && fence.heading != title {
        true => format!("{title}: {}", fence.heading),
        false => title,
    };
    Rule {
        name,
        description: fence.prose.trim().to_owned(),
        techniques: fence.techniques.clone(),
        ..query_alone(file, query)
    }
}

fn query_alone(file: Arc<RuleFile>, query: QueryText) -> Rule {
    Rule {
        kind: RuleKind::Query,
        id: None,
        name: String::new(),
        description: String::new(),
        severity: None,
        tactics: Vec::new(),
        techniques: Vec::new(),
        query,
        schedule: None,
        entity_mappings: Vec::new(),
        connectors: Vec::new(),
        version: None,
        file,
        diagnostics: Vec::new(),
        document: None,
        part: None,
    }
}

/// The whole text of a file as a query.
pub(crate) fn whole_file(file: &RuleFile) -> QueryText {
    QueryText { text: file.source.text.clone(), offsets: Offsets::identity() }
}

/// A scalar's value as a query.
pub(crate) fn query_text(file: &RuleFile, node: &Node) -> QueryText {
    let NodeKind::Scalar { text, style } = &node.kind else { return whole_file(file) };
    let written = node.span.text(&file.source.text);
    if written.starts_with("\"[") && !text.starts_with('[') {
        // Put together by an expression: its characters stand nowhere.
        let offsets = Offsets::at(node.span.start);
        return QueryText { text: text.clone(), offsets };
    }
    let offsets = Offsets::of_scalar(text, &file.source.text, node.span.start as usize, *style);
    QueryText { text: text.clone(), offsets }
}

/// A file's name without its ending.
pub(crate) fn stem(file: &RuleFile) -> String {
    let stem = file.path.file_stem().unwrap_or_default();
    stem.to_string_lossy().into_owned()
}

fn kind_of(root: &Node) -> RuleKind {
    let kind = root.get("kind").and_then(Node::text).unwrap_or("").trim();
    let has = |key: &str| root.get(key).is_some();
    if kind.eq_ignore_ascii_case("nrt") {
        RuleKind::Nrt
    } else if has("InputEntityType") {
        RuleKind::Exploration
    } else if kind.eq_ignore_ascii_case("scheduled") || has("queryFrequency") || has("queryPeriod")
    {
        RuleKind::Scheduled
    } else {
        RuleKind::Hunting
    }
}

/// A description without the apostrophes that many wrap it in.
fn unwrapped(text: &str) -> String {
    let text = text.trim();
    let inner = text.strip_prefix('\'').and_then(|text| text.strip_suffix('\''));
    inner.unwrap_or(text).trim().to_owned()
}

fn severity(root: &Node, diagnostics: &mut Vec<Diagnostic>) -> Option<Severity> {
    let node = root.get("severity")?;
    let text = node.text()?;
    let severity = Severity::parse(text);
    if severity.is_none() {
        let help = "one of `Informational`, `Low`, `Medium`, `High`";
        diagnostics.push(wrong_field("severity", text, node, help));
    }
    severity
}

/// What a wrong value of a field gives: the rule still runs, with the default.
fn wrong_field(field: &str, text: &str, node: &Node, help: &str) -> Diagnostic {
    let text: String = text.chars().take(60).collect();
    Diagnostic::warning(Code("wrong-field"), format!("`{text}` is no value of `{field}`"))
        .mark(node.span, "")
        .help(help)
}

fn schedule(root: &Node, kind: RuleKind, diagnostics: &mut Vec<Diagnostic>) -> Option<Schedule> {
    if kind != RuleKind::Scheduled {
        return None;
    }
    let mut duration = |field: &str| {
        let node = root.get(field)?;
        let text = node.text()?;
        let duration = Seconds::parse(text);
        if duration.is_none() {
            let help =
                "a number with `m`, `h` or `d` behind it, or an ISO 8601 duration such as `PT1H`";
            diagnostics.push(wrong_field(field, text, node, help));
        }
        duration
    };
    let (frequency, period) = (duration("queryFrequency"), duration("queryPeriod"));
    // One of them is enough to go by.
    let (frequency, period) = (frequency.or(period)?, period.or(frequency)?);
    let operator = root.get("triggerOperator").and_then(|node| {
        let operator = node.text().and_then(TriggerOperator::parse);
        if let (None, Some(text)) = (operator, node.text()) {
            let help = "one of `gt`, `lt`, `eq`, `ne`";
            diagnostics.push(wrong_field("triggerOperator", text, node, help));
        }
        operator
    });
    let threshold = root.get("triggerThreshold").and_then(|node| {
        let threshold = node.text().and_then(|text| text.trim().parse().ok());
        if let (None, Some(text)) = (threshold, node.text()) {
            diagnostics.push(wrong_field("triggerThreshold", text, node, "a whole number"));
        }
        threshold
    });
    Some(Schedule {
        frequency,
        period,
        operator: operator.unwrap_or(TriggerOperator::GreaterThan),
        threshold: threshold.unwrap_or(0),
    })
}

fn entity_mappings(root: &Node) -> Vec<EntityMapping> {
    let mappings = root.get("entityMappings").map(Node::items).unwrap_or(&[]);
    let mapping = |node: &Node| {
        let entity_type = node.get("entityType")?.texts().into_iter().next()?;
        let fields = node.get("fieldMappings").map(Node::items).unwrap_or(&[]);
        let field = |node: &Node| {
            let identifier = node.get("identifier")?.text()?.trim().to_owned();
            Some((identifier, node.get("columnName")?.text()?.trim().to_owned()))
        };
        Some(EntityMapping { entity_type, fields: fields.iter().filter_map(field).collect() })
    };
    mappings.iter().filter_map(mapping).collect()
}

fn connectors(root: &Node) -> Vec<Connector> {
    let connectors = root.get("requiredDataConnectors").map(Node::items).unwrap_or(&[]);
    let connector = |node: &Node| {
        let id = node.get("connectorId")?.text()?.trim().to_owned();
        let data_types = node.get("dataTypes").or_else(|| node.get("datatypes"));
        Some(Connector { id, data_types: data_types.map(Node::texts).unwrap_or_default() })
    };
    connectors.iter().filter_map(connector).collect()
}
