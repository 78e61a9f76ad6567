//! One resource in the words of the repository's YAML form.

use super::{DURATIONS, OPERATORS};
use crate::Seconds;
use crate::document::{entries, list, mapping, text};
use crate::yaml::{Node, NodeKind};

/// The fields of the YAML form, in the order in which the repository writes them.
const ORDER: [&str; 24] = [
    "id",
    "name",
    "description",
    "severity",
    "status",
    "requiredDataConnectors",
    "queryFrequency",
    "queryPeriod",
    "triggerOperator",
    "triggerThreshold",
    "tactics",
    "relevantTechniques",
    "tags",
    "query",
    "entityMappings",
    "customDetails",
    "alertDetailsOverride",
    "eventGroupingSettings",
    "incidentConfiguration",
    "suppressionEnabled",
    "suppressionDuration",
    "sentinelEntitiesMappings",
    "version",
    "kind",
];

/// A saved search.
pub(super) enum SavedSearch {
    /// A query, in the words of the YAML form.
    Query(Node),
    /// A function.
    Function { name: String, parameters: String, query: Node },
}

/// The fields of an alert rule.
///
/// # Errors
/// Its kind, where that has no query.
pub(super) fn rule(resource: &Node) -> Result<Node, String> {
    let kind = resource.get("kind").and_then(Node::text).unwrap_or("Scheduled");
    let Some(properties) = resource.get("properties") else { return Err(kind.to_owned()) };
    if properties.get("query").and_then(Node::text).is_none_or(|query| query.trim().is_empty()) {
        return Err(kind.to_owned());
    }
    let mut fields: Vec<(Node, Node)> = Vec::new();
    if let Some(id) = id(resource) {
        fields.push((text("id"), id));
    }
    for (key, value) in entries(properties) {
        let is_absent = matches!(value.kind, NodeKind::Scalar { .. }) && value.text().is_none();
        let name = key.text().unwrap_or("");
        if is_absent || matches!(name, "techniques" | "subTechniques") {
            continue;
        }
        let name = match name {
            "displayName" => "name",
            "templateVersion" => "version",
            other => other,
        };
        fields.push((Node { span: key.span, ..text(name) }, field(name, value)));
    }
    if let Some(techniques) = techniques(properties) {
        fields.push((text("relevantTechniques"), techniques));
    }
    if let Some(kind) = resource.get("kind").filter(|kind| kind.text().is_some()) {
        fields.push((text("kind"), kind.clone()));
    }
    // A stable sort: what the form does not know stays in the resource's order.
    fields.sort_by_key(|(key, _)| {
        let name = key.text().unwrap_or("");
        ORDER.iter().position(|known| *known == name).unwrap_or(ORDER.len())
    });
    Ok(Node { kind: NodeKind::Mapping(fields), span: resource.span })
}

/// A value in the repository's spelling.
fn field(name: &str, value: &Node) -> Node {
    let spelt = match (name, &value.kind) {
        (_, NodeKind::Scalar { .. }) if DURATIONS.contains(&name) => {
            value.text().and_then(Seconds::parse).and_then(Seconds::short)
        }
        ("triggerOperator", NodeKind::Scalar { .. }) => {
            let long = value.text().unwrap_or("");
            let known = OPERATORS.iter().find(|(_, arm)| arm.eq_ignore_ascii_case(long));
            known.map(|(short, _)| (*short).to_owned())
        }
        (_, NodeKind::Mapping(entries)) => {
            let entries = entries
                .iter()
                .map(|(key, value)| (key.clone(), field(key.text().unwrap_or(""), value)));
            return Node { kind: NodeKind::Mapping(entries.collect()), span: value.span };
        }
        _ => None,
    };
    spelt.map_or_else(|| value.clone(), |spelt| Node { span: value.span, ..text(spelt) })
}

fn techniques(properties: &Node) -> Option<Node> {
    let (parents, subs) = (properties.get("techniques"), properties.get("subTechniques"));
    let of = |node: Option<&Node>| node.map(Node::items).unwrap_or(&[]).to_vec();
    let all: Vec<Node> = of(parents).into_iter().chain(of(subs)).collect();
    let is_list =
        |node: Option<&Node>| node.is_some_and(|n| matches!(n.kind, NodeKind::Sequence(_)));
    let span = parents.or(subs)?.span;
    (is_list(parents) || !all.is_empty()).then(|| Node { span, ..list(all) })
}

/// The rule's id: the last GUID in its name, else the name's last part.
fn id(resource: &Node) -> Option<Node> {
    let name = resource.get("name")?;
    let written = name.text()?;
    let id = match guid(written) {
        Some(guid) => guid,
        None => {
            let last =
                written.rsplit(['/', '\'']).find(|part| part.chars().any(char::is_alphanumeric))?;
            last.trim_matches([')', ']', '[', '(']).to_owned()
        }
    };
    (!id.is_empty()).then(|| Node { span: name.span, ..text(id) })
}

/// The last GUID in a text.
fn guid(written: &str) -> Option<String> {
    let is_guid = |at: usize| {
        let part = written.get(at..at + 36)?;
        let is_right = |(index, byte): (usize, u8)| match index {
            8 | 13 | 18 | 23 => byte == b'-',
            _ => byte.is_ascii_hexdigit(),
        };
        part.bytes().enumerate().all(is_right).then(|| part.to_owned())
    };
    (0..written.len().saturating_sub(35)).rev().find_map(is_guid)
}

/// What a saved search is; none where it has no query.
pub(super) fn saved_search(resource: &Node) -> Option<SavedSearch> {
    let properties = resource.get("properties")?;
    let query = properties.get("query").filter(|query| query.text().is_some())?;
    let own = |key: &str| properties.get(key).filter(|node| node.text().is_some());
    if let Some(name) = own("functionAlias").and_then(Node::text) {
        let parameters = own("functionParameters").and_then(Node::text).unwrap_or("");
        let (name, parameters) = (name.trim().to_owned(), parameters.trim().to_owned());
        return Some(SavedSearch::Function { name, parameters, query: query.clone() });
    }
    let mut fields: Vec<(&str, Node)> = Vec::new();
    let tag = |name: &str| {
        let is_it = |tag: &&Node| {
            tag.get("name").and_then(Node::text).is_some_and(|n| n.eq_ignore_ascii_case(name))
        };
        let tags = properties.get("tags").map(Node::items).unwrap_or(&[]);
        tags.iter()
            .find(is_it)
            .and_then(|tag| tag.get("value"))
            .filter(|value| value.text().is_some())
    };
    fields.extend(id(resource).map(|id| ("id", id)));
    fields.extend(own("displayName").map(|name| ("name", name.clone())));
    fields.extend(tag("description").map(|description| ("description", description.clone())));
    fields.extend(tag("tactics").map(|tactics| ("tactics", divided(tactics))));
    fields.extend(tag("techniques").map(|techniques| ("relevantTechniques", divided(techniques))));
    fields.push(("query", query.clone()));
    Some(SavedSearch::Query(Node { span: resource.span, ..mapping(fields) }))
}

/// `A,B` as a list.
fn divided(node: &Node) -> Node {
    let parts = node.text().unwrap_or("").split(',').map(str::trim).filter(|part| !part.is_empty());
    Node { span: node.span, ..list(parts.map(|part| Node { span: node.span, ..text(part) })) }
}
