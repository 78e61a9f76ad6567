//! A rule as an ARM template.

use super::resource::{self, SavedSearch};
use super::{DURATIONS, OPERATORS, OURS, expression};
use crate::Seconds;
use crate::document::{bare, entries, list, mapping, quoted, same, text};
use crate::json::is_number;
use crate::yaml::{Node, NodeKind};

const SCHEMA: &str =
    "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#";
const RULES: &str = "Microsoft.OperationalInsights/workspaces/providers/alertRules";
const SEARCHES: &str = "Microsoft.OperationalInsights/workspaces/savedSearches";

/// Fields of the YAML form that an alert rule's properties have too.
const PROPERTIES: [&str; 21] = [
    "description",
    "severity",
    "enabled",
    "query",
    "queryFrequency",
    "queryPeriod",
    "triggerOperator",
    "triggerThreshold",
    "suppressionDuration",
    "suppressionEnabled",
    "startTimeUtc",
    "tactics",
    "entityMappings",
    "customDetails",
    "alertDetailsOverride",
    "eventGroupingSettings",
    "incidentConfiguration",
    "sentinelEntitiesMappings",
    "alertRuleTemplateName",
    "lastModifiedUtc",
    "etag",
];

/// What Azure wants and the YAML form leaves out.
const ADDED: [(&str, &str); 3] =
    [("enabled", "true"), ("suppressionDuration", "PT5H"), ("suppressionEnabled", "false")];

/// Fields that are true or false.
const TRUTHS: [&str; 4] =
    ["enabled", "suppressionEnabled", "createIncident", "reopenClosedIncident"];

/// Whether a field is one that the writer adds to every rule, with the value that it adds.
pub(super) fn is_added(name: &str, value: &Node) -> bool {
    let spelt = |added: &str| match Seconds::parse(added) {
        Some(duration) => duration.short().unwrap_or_default(),
        None => added.to_owned(),
    };
    name == "kind"
        || ADDED.iter().any(|(n, v)| *n == name && value.text() == Some(spelt(v).as_str()))
}

/// The template that deploys a rule.
pub(crate) fn template(root: &Node) -> Node {
    let is_scheduled = ["queryFrequency", "queryPeriod", "triggerOperator"]
        .iter()
        .any(|key| root.get(key).is_some())
        || root.get("kind").and_then(Node::text).is_some();
    let resource = if is_scheduled { alert_rule(root) } else { saved_search(root) };
    let read = match is_scheduled {
        true => resource::rule(&unescaped(&resource)).ok(),
        false => match resource::saved_search(&unescaped(&resource)) {
            Some(SavedSearch::Query(read)) => Some(read),
            _ => None,
        },
    };
    let mut parts = vec![("$schema", text(SCHEMA)), ("contentVersion", text("1.0.0.0"))];
    parts.extend(kept(root, read.as_ref()).map(|kept| ("metadata", mapping([(OURS, kept)]))));
    parts.push(("parameters", mapping([("workspace", mapping([("type", text("String"))]))])));
    parts.push(("resources", list([resource])));
    mapping(parts)
}

/// What reading the resource again would not give back.
fn kept(root: &Node, read: Option<&Node>) -> Option<Node> {
    let empty = mapping([]);
    let read = read.unwrap_or(&empty);
    let mut fields = Vec::new();
    for (key, value) in entries(root) {
        let name = key.text().unwrap_or("");
        let now = read.get(name);
        if now.is_some_and(|now| same(now, value)) {
            continue;
        }
        let mut field = vec![("field", text(name))];
        field.extend(now.map(|now| ("from", quoted(now))));
        field.push(("is", quoted(value)));
        fields.push(mapping(field));
    }
    let order: Vec<Node> = entries(root).iter().map(|(key, _)| quoted(key)).collect();
    let names = |node: &Node| -> Vec<String> {
        entries(node).iter().map(|(key, _)| key.text().unwrap_or("").to_owned()).collect()
    };
    let is_in_order = names(root) == names(read);
    let is_whole = fields.is_empty() && is_in_order;
    (!is_whole).then(|| mapping([("order", list(order)), ("fields", list(fields))]))
}

fn alert_rule(root: &Node) -> Node {
    let mut properties: Vec<(&str, Node)> = Vec::new();
    if let Some(name) = root.get("name") {
        properties.push(("displayName", escaped(&quoted(name))));
    }
    for name in PROPERTIES {
        if let Some(value) = root.get(name).filter(|value| !is_null(value)) {
            properties.push((name, property(name, value)));
        } else if let Some((_, added)) = ADDED.iter().find(|(added, _)| *added == name) {
            let is_text = Seconds::parse(added).is_some();
            properties.push((name, if is_text { text(*added) } else { bare(*added) }));
        }
    }
    if let Some(techniques) = root.get("relevantTechniques").filter(|list| !is_null(list)) {
        let (subs, parents): (Vec<Node>, Vec<Node>) = techniques
            .items()
            .iter()
            .filter(|one| one.text().is_some())
            .map(quoted)
            .partition(|one| one.text().is_some_and(|id| id.contains('.')));
        properties.push(("techniques", list(parents)));
        if !subs.is_empty() {
            properties.push(("subTechniques", list(subs)));
        }
    }
    if let Some(version) = root.get("version").filter(|version| !is_null(version)) {
        properties.push(("templateVersion", quoted(version)));
    }
    let kind = root.get("kind").and_then(Node::text).unwrap_or("Scheduled");
    resource(
        RULES,
        &id(root),
        "/Microsoft.SecurityInsights/",
        "2023-12-01-preview",
        (Some(kind), mapping(properties)),
    )
}

fn saved_search(root: &Node) -> Node {
    let own = |key: &str| root.get(key).filter(|node| !is_null(node));
    let mut properties = vec![("category", text("Hunting Queries"))];
    properties.extend(own("name").map(|name| ("displayName", escaped(&quoted(name)))));
    properties.extend(own("query").map(|query| ("query", escaped(&quoted(query)))));
    properties.push(("version", bare("2")));
    let tag = |name: &str, value: Node| mapping([("name", text(name)), ("value", value)]);
    let mut tags = Vec::new();
    tags.extend(own("description").map(|node| tag("description", escaped(&quoted(node)))));
    let joined = |node: &Node| text(node.texts().join(","));
    tags.extend(own("tactics").map(|node| tag("tactics", joined(node))));
    tags.extend(own("relevantTechniques").map(|node| tag("techniques", joined(node))));
    properties.push(("tags", list(tags)));
    resource(SEARCHES, &id(root), "/", "2020-08-01", (None, mapping(properties)))
}

fn resource(
    ty: &str,
    id: &str,
    between: &str,
    version: &str,
    (kind, properties): (Option<&str>, Node),
) -> Node {
    let name = format!("[concat(parameters('workspace'), '{between}{}')]", id.replace('\'', "''"));
    let mut parts = vec![("type", text(ty)), ("apiVersion", text(version)), ("name", text(name))];
    parts.extend(kind.map(|kind| ("kind", text(kind))));
    parts.push(("properties", properties));
    mapping(parts)
}

/// The rule's id; one made of its text where it has none, the same each time.
fn id(root: &Node) -> String {
    let given = root.get("id").or_else(|| root.get("Id")).and_then(Node::text).map(str::trim);
    let is_right =
        |id: &&str| !id.is_empty() && id.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    given.filter(is_right).map_or_else(|| made_id(root), str::to_owned)
}

/// A GUID from the name and the query (FNV-1a, as version 8 GUIDs leave it to us).
fn made_id(root: &Node) -> String {
    let mut hash: u128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d;
    for key in ["name", "query"] {
        for byte in root.get(key).and_then(Node::text).unwrap_or("").bytes() {
            hash =
                (hash ^ u128::from(byte)).wrapping_mul(0x0000_0000_0100_0000_0000_0000_0000_013b);
        }
    }
    let hex = format!("{hash:032x}");
    let part = |from: usize, to: usize| hex.get(from..to).unwrap_or("");
    format!("{}-{}-8{}-8{}-{}", part(0, 8), part(8, 12), part(13, 16), part(17, 20), part(20, 32))
}

fn is_null(node: &Node) -> bool {
    matches!(node.kind, NodeKind::Scalar { .. }) && node.text().is_none()
}

/// A value in ARM's spelling.
fn property(name: &str, node: &Node) -> Node {
    match &node.kind {
        NodeKind::Mapping(entries) => {
            let entry = |(key, value): &(Node, Node)| {
                (quoted(key), property(key.text().unwrap_or(""), value))
            };
            Node { kind: NodeKind::Mapping(entries.iter().map(entry).collect()), span: node.span }
        }
        NodeKind::Sequence(items) => list(items.iter().map(|item| property("", item))),
        NodeKind::Scalar { .. } => {
            let Some(value) = node.text() else { return bare("null") };
            let value = value.trim_matches(' ');
            if DURATIONS.contains(&name) {
                let iso = Seconds::parse(value).map(Seconds::iso);
                return text(iso.unwrap_or_else(|| value.to_owned()));
            }
            if name == "triggerOperator" {
                let known = OPERATORS.iter().find(|(short, _)| short.eq_ignore_ascii_case(value));
                return text(known.map_or(value, |(_, long)| long));
            }
            let is_grouping = name == "enabled" || TRUTHS.contains(&name);
            if is_grouping && matches!(value.to_ascii_lowercase().as_str(), "true" | "false") {
                return bare(value.to_ascii_lowercase());
            }
            if name == "triggerThreshold" && is_number(value) {
                return bare(value);
            }
            escaped(&quoted(node))
        }
    }
}

/// A text that is no expression, though it may look like one.
fn escaped(node: &Node) -> Node {
    match node.text() {
        Some(written) if written.starts_with('[') && written.ends_with(']') => {
            text(format!("[{written}"))
        }
        _ => node.clone(),
    }
}

/// The resource as a reader of the template sees it.
fn unescaped(node: &Node) -> Node {
    match &node.kind {
        NodeKind::Scalar { text: written, .. } => match expression::unescaped(written) {
            Some(plain) => text(plain),
            None => node.clone(),
        },
        NodeKind::Sequence(items) => list(items.iter().map(unescaped)),
        NodeKind::Mapping(entries) => {
            let entry = |(key, value): &(Node, Node)| (key.clone(), unescaped(value));
            Node { kind: NodeKind::Mapping(entries.iter().map(entry).collect()), span: node.span }
        }
    }
}
