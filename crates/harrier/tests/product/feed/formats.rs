//! Feeds for programs keep to their formats.

use serde_json::{Value as Json, json};

use super::{built, bundled, options};

#[test]
fn feeds_are_what_they_say() {
    let rules = bundled();
    let site = rules.path().join("site");
    let report = built(&rules.path().join("identity"), &site, &options());
    let text = |name: &str| std::fs::read_to_string(site.join(name)).unwrap();
    let feed: Json = serde_json::from_str(&text("feed.json")).unwrap();
    valid(&json_feed(), &feed);
    assert_eq!(feed["items"].as_array().unwrap().len(), report.rules);
    let layer: Json = serde_json::from_str(&text("navigator.json")).unwrap();
    valid(&navigator(), &layer);
    let lines = text("rules.ndjson");
    assert_eq!(lines.lines().count(), report.rules);
    for line in lines.lines() {
        let page: Json = serde_json::from_str(line).unwrap();
        for field in FIELDS {
            assert!(page.get(field).is_some(), "{field}");
        }
        labelled(&page["hypothesis"][0]);
        labelled(&page["confidence"]);
        labelled(&page["query"]);
    }
    let coverage: Json = serde_json::from_str(&text("coverage.json")).unwrap();
    assert_eq!(coverage["rules"].as_array().unwrap().len(), report.rules);
    atom(&text("feed.xml"), report.rules);
    let sitemap = text("sitemap.xml");
    let document = roxmltree::Document::parse(&sitemap).unwrap();
    let addresses = document.descendants().filter(|node| node.has_tag_name("loc"));
    let addresses: Vec<&str> = addresses.filter_map(|node| node.text()).collect();
    assert_eq!(addresses.len(), report.rules + 3);
    for address in addresses {
        let path = address.strip_prefix("https://rules.example/feed/").unwrap();
        assert!(path.is_empty() || site.join(path).is_file(), "{address}");
    }
}

/// The eighteen fields of a page.
const FIELDS: [&str; 18] = [
    "title",
    "badges",
    "notice",
    "links",
    "confidence",
    "hypothesis",
    "query",
    "definition",
    "data_sources",
    "attack",
    "references",
    "false_positives",
    "tuning",
    "findings",
    "record",
    "similar",
    "history",
    "source",
];

fn labelled(field: &Json) {
    assert!(field["value"] != Json::Null, "{field}");
    assert!(["source", "derived"].contains(&field["label"].as_str().unwrap()), "{field}");
    assert!(field["evidence"].is_array() && field.get("at").is_some(), "{field}");
}

fn valid(schema: &Json, value: &Json) {
    let validator = jsonschema::validator_for(schema).unwrap();
    let faults: Vec<String> = validator.iter_errors(value).map(|fault| fault.to_string()).collect();
    assert!(faults.is_empty(), "{faults:?}");
}

/// JSON Feed 1.1, as its page describes it.
fn json_feed() -> Json {
    json!({
        "type": "object",
        "required": ["version", "title", "items"],
        "properties": {
            "version": { "const": "https://jsonfeed.org/version/1.1" },
            "title": { "type": "string" },
            "home_page_url": { "type": "string", "pattern": "^https?://" },
            "feed_url": { "type": "string", "pattern": "^https?://" },
            "items": { "type": "array", "uniqueItems": true, "items": {
                "type": "object",
                "required": ["id"],
                "anyOf": [{ "required": ["content_html"] }, { "required": ["content_text"] }],
                "properties": {
                    "id": { "type": "string", "minLength": 1 },
                    "url": { "type": "string" },
                    "date_modified": { "type": "string", "pattern": "^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ$" },
                    "tags": { "type": "array", "items": { "type": "string" } },
                },
            } },
        },
    })
}

/// Layers of the ATT&CK Navigator, format 4.5, as its repository describes them.
fn navigator() -> Json {
    let pairs = json!({ "type": "array", "items": {
        "type": "object", "required": ["name", "value"],
        "properties": { "name": { "type": "string" }, "value": { "type": "string" } },
    } });
    json!({
        "type": "object",
        "required": ["name", "versions", "domain"],
        "additionalProperties": false,
        "properties": {
            "name": { "type": "string" },
            "versions": { "type": "object", "required": ["layer", "navigator"], "additionalProperties": false, "properties": {
                "attack": { "type": "string" }, "navigator": { "type": "string" }, "layer": { "const": "4.5" },
            } },
            "domain": { "enum": ["enterprise-attack", "mobile-attack", "ics-attack"] },
            "description": { "type": "string" },
            "filters": { "type": "object" },
            "sorting": { "enum": [0, 1, 2, 3] },
            "layout": { "type": "object", "additionalProperties": false, "properties": {
                "layout": { "enum": ["side", "flat", "mini"] },
                "aggregateFunction": { "enum": ["average", "min", "max", "sum"] },
                "showID": { "type": "boolean" },
                "showName": { "type": "boolean" },
                "showAggregateScores": { "type": "boolean" },
                "countUnscored": { "type": "boolean" },
                "expandedSubtechniques": { "enum": ["none", "annotated", "all"] },
            } },
            "hideDisabled": { "type": "boolean" },
            "techniques": { "type": "array", "items": {
                "type": "object",
                "required": ["techniqueID"],
                "additionalProperties": false,
                "properties": {
                    "techniqueID": { "type": "string", "pattern": "^T\\d{4}(\\.\\d{3})?$" },
                    "tactic": { "type": "string", "pattern": "^[a-z-]+$" },
                    "comment": { "type": "string" },
                    "enabled": { "type": "boolean" },
                    "score": { "type": "number" },
                    "color": { "type": "string", "pattern": "^(#[0-9a-f]{6})?$" },
                    "showSubtechniques": { "type": "boolean" },
                    "metadata": pairs, "links": { "type": "array" },
                },
            } },
            "gradient": { "type": "object", "required": ["colors", "minValue", "maxValue"], "additionalProperties": false, "properties": {
                "colors": { "type": "array", "minItems": 2, "items": { "type": "string" } },
                "minValue": { "type": "number" }, "maxValue": { "type": "number" },
            } },
            "legendItems": { "type": "array", "items": { "type": "object", "required": ["label", "color"] } },
            "metadata": pairs,
            "links": { "type": "array" },
            "showTacticRowBackground": { "type": "boolean" },
            "tacticRowBackground": { "type": "string" },
            "selectTechniquesAcrossTactics": { "type": "boolean" },
            "selectSubtechniquesWithParent": { "type": "boolean" },
            "selectVisibleTechniques": { "type": "boolean" },
        },
    })
}

/// RFC 4287: what a feed and its entries must have.
fn atom(text: &str, rules: usize) {
    let document = roxmltree::Document::parse(text).unwrap();
    let feed = document.root_element();
    let atom = "http://www.w3.org/2005/Atom";
    assert!(feed.has_tag_name((atom, "feed")));
    let has = |node: &roxmltree::Node<'_, '_>, name: &str| {
        node.children().filter(|child| child.has_tag_name((atom, name))).count()
    };
    for name in ["title", "id", "updated", "author"] {
        assert_eq!(has(&feed, name), 1, "{name}");
    }
    let entries: Vec<_> =
        feed.children().filter(|child| child.has_tag_name((atom, "entry"))).collect();
    assert_eq!(entries.len(), rules);
    let mut ids: Vec<String> = Vec::new();
    for entry in &entries {
        for name in ["title", "id", "updated", "summary"] {
            assert_eq!(has(entry, name), 1, "{name}");
        }
        let id = entry.children().find(|child| child.has_tag_name((atom, "id"))).unwrap();
        ids.push(id.text().unwrap().to_owned());
    }
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), rules);
}
