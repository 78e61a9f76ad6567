//! Custom detections of Defender XDR, as Microsoft Graph has them (`detectionRule`), in the words of the repository's YAML form.

use crate::Seconds;
use crate::document::{entries, list, mapping, text};
use crate::yaml::{Node, NodeKind};

/// How far a rule of an older period looks back.
const PERIODS: [(&str, &str, &str); 4] =
    [("1H", "1h", "4h"), ("3H", "3h", "12h"), ("12H", "12h", "48h"), ("24H", "24h", "30d")];

/// Kinds of asset of the older form, the entity each is, and the identifier by which Defender's columns name it.
const ASSETS: [(&str, &str); 3] = [
    ("impactedDeviceAsset", "Host"),
    ("impactedUserAsset", "Account"),
    ("impactedMailboxAsset", "Mailbox"),
];

/// The rules of a document: one, or the list that the service answers with. Empty where it holds none.
pub(crate) fn all(root: &Node) -> Vec<Node> {
    let listed = root.get("value").map(Node::items).unwrap_or(&[]);
    let items = match &root.kind {
        NodeKind::Sequence(items) => items.as_slice(),
        _ => listed,
    };
    std::iter::once(root).chain(items).filter_map(rule).collect()
}

fn rule(node: &Node) -> Option<Node> {
    let query = node.get("queryCondition")?.get("queryText")?;
    query.text()?;
    let action = node.get("detectionAction");
    let template = action.and_then(|action| action.get("alertTemplate"));
    let of = |node: Option<&Node>, key: &str| {
        node.and_then(|node| node.get(key)).filter(|value| !is_null(value)).cloned()
    };
    let own = |key: &str| of(Some(node), key);
    let told = |key: &str| of(template, key);
    let mut fields: Vec<(&str, Node)> = Vec::new();
    let mut put = |key: &'static str, value: Option<Node>| {
        fields.extend(value.map(|value| (key, value)));
    };
    put("id", own("id").or_else(|| own("detectorId")));
    put("name", own("displayName").or_else(|| told("title")));
    put("description", told("description"));
    put("severity", told("severity"));
    let schedule = schedule(node.get("schedule"));
    put("queryFrequency", schedule.as_ref().map(|(frequency, _)| frequency.clone()));
    put("queryPeriod", schedule.as_ref().map(|(_, period)| period.clone()));
    put("tactics", tactics(template));
    put("relevantTechniques", techniques(template));
    put("query", Some(query.clone()));
    put("entityMappings", entity_mappings(template));
    put("customDetails", told("customDetails"));
    put("kind", Some(text(if schedule.is_some() { "Scheduled" } else { "NRT" })));
    put("enabled", own("isEnabled"));
    // Responses have no place in the form. They are kept, and never run.
    put("detectionAction", of(Some(node), "detectionAction"));
    put("schedule", own("schedule"));
    let known = ["id", "displayName", "isEnabled", "queryCondition", "detectionAction", "schedule"];
    let mut root = Node { span: node.span, ..mapping(fields) };
    if let NodeKind::Mapping(all) = &mut root.kind {
        let others = entries(node).iter().filter(|(key, _)| {
            key.text().is_some_and(|key| !known.contains(&key) && !key.starts_with('@'))
        });
        let others = others.filter(|(_, value)| !is_null(value)).cloned();
        all.extend(others.collect::<Vec<_>>());
    }
    Some(root)
}

fn is_null(node: &Node) -> bool {
    matches!(node.kind, NodeKind::Scalar { .. }) && node.text().is_none()
}

/// How often it runs and how far it looks back; none where it runs all the time.
fn schedule(schedule: Option<&Node>) -> Option<(Node, Node)> {
    let schedule = schedule?;
    let own = |key: &str| schedule.get(key).filter(|node| node.text().is_some());
    if let Some(frequency) = own("frequency") {
        let seconds = Seconds::parse(frequency.text()?)?;
        let day = 86_400;
        let derived = if seconds.0 >= day { 30 * day } else { seconds.0.saturating_mul(4) };
        let period = own("lookback")
            .cloned()
            .unwrap_or_else(|| Node { span: frequency.span, ..text(Seconds(derived).iso()) });
        return Some((frequency.clone(), period));
    }
    let period = own("period")?;
    let written = period.text()?.trim().to_ascii_uppercase();
    let (_, frequency, back) = PERIODS.iter().find(|(known, ..)| *known == written)?;
    let spelt = |value: &str| Node { span: period.span, ..text(value) };
    Some((spelt(frequency), spelt(back)))
}

fn tactics(template: Option<&Node>) -> Option<Node> {
    let template = template?;
    let listed = template.get("tactics").map(Node::items).unwrap_or(&[]);
    let listed: Vec<Node> = listed
        .iter()
        .filter_map(|one| one.get("tactic").or(Some(one)).filter(|t| t.text().is_some()))
        .cloned()
        .collect();
    if !listed.is_empty() {
        return Some(list(listed));
    }
    template
        .get("category")
        .filter(|category| category.text().is_some())
        .map(|one| list([one.clone()]))
}

fn techniques(template: Option<&Node>) -> Option<Node> {
    let template = template?;
    let listed = template.get("tactics").map(Node::items).unwrap_or(&[]);
    let newer = listed.iter().filter_map(|one| one.get("techniques")).flat_map(Node::items);
    let older = template.get("mitreTechniques").map(Node::items).unwrap_or(&[]);
    let all: Vec<Node> = newer.chain(older).filter(|one| one.text().is_some()).cloned().collect();
    (!all.is_empty()).then(|| list(all))
}

/// The mappings of the newer form as they stand; those of the older one in the form's words.
fn entity_mappings(template: Option<&Node>) -> Option<Node> {
    let template = template?;
    if let Some(mappings) = template.get("entityMappings").filter(|list| !list.items().is_empty()) {
        return Some(mappings.clone());
    }
    let assets = template.get("impactedAssets")?.items();
    let mapping_of = |asset: &Node| {
        let ty = asset.get("@odata.type")?.text()?;
        let (_, entity) = ASSETS.iter().find(|(kind, _)| ty.ends_with(kind))?;
        let column = asset.get("identifier")?;
        let field = mapping([
            ("identifier", text(identifier(entity, column.text()?))),
            ("columnName", Node { span: column.span, ..text(capitalised(column.text()?)) }),
        ]);
        Some(mapping([("entityType", text(*entity)), ("fieldMappings", list([field]))]))
    };
    let mappings: Vec<Node> = assets.iter().filter_map(mapping_of).collect();
    (!mappings.is_empty()).then(|| list(mappings))
}

/// What of an entity the column of an asset holds.
fn identifier(entity: &str, column: &str) -> &'static str {
    let column = column.to_ascii_lowercase();
    match entity {
        "Host" if column.ends_with("deviceid") => "AzureID",
        "Host" => "FullName",
        "Mailbox" => "MailboxPrimaryAddress",
        _ if column.ends_with("sid") => "Sid",
        _ if column.ends_with("objectid") => "AadUserId",
        _ => "FullName",
    }
}

/// Graph writes the columns of assets as it writes its own fields: `deviceId` is the column `DeviceId`.
fn capitalised(column: &str) -> String {
    let mut characters = column.chars();
    match characters.next() {
        Some(first) => first.to_uppercase().chain(characters).collect(),
        None => String::new(),
    }
}
