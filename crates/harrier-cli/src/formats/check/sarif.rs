//! SARIF 2.1.0, as code hosts and editors read it.

use std::collections::BTreeMap;
use std::io::{self, Write};

use harrier_rules::{Checked, SourceText};
use kql_syntax::{Diagnostic, Span};
use serde_json::{Value, json};

use crate::baseline::fingerprint;
use crate::checking::{level, lint_of, said};

pub(crate) fn write(checked: &[Checked], output: &mut dyn Write) -> io::Result<()> {
    let mut rules: BTreeMap<&str, Value> = BTreeMap::new();
    for one in checked {
        for diagnostic in said(one) {
            rules.entry(diagnostic.code.0).or_insert_with(|| rule(diagnostic));
        }
    }
    let places: BTreeMap<&str, usize> =
        rules.keys().enumerate().map(|(place, code)| (*code, place)).collect();
    let results: Vec<Value> = checked
        .iter()
        .flat_map(|one| {
            said(one)
                .into_iter()
                .map(|diagnostic| result(one, diagnostic, &places))
                .collect::<Vec<_>>()
        })
        .collect();
    let log = json!({
        "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "harrier",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": rules.into_values().collect::<Vec<_>>(),
            }},
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    serde_json::to_writer_pretty(&mut *output, &log).map_err(io::Error::from)?;
    output.write_all(b"\n")
}

/// A kind of finding.
fn rule(diagnostic: &Diagnostic) -> Value {
    match lint_of(diagnostic) {
        Some(lint) => json!({
            "id": lint.code,
            "name": lint.name,
            "shortDescription": { "text": lint.finds },
            "fullDescription": { "text": lint.why },
            "help": { "text": lint.page() },
            "defaultConfiguration": { "level": level(lint.level) },
            "properties": { "persona": lint.persona.name(), "confidence": lint.confidence.name() },
        }),
        None => json!({ "id": diagnostic.code.0 }),
    }
}

fn result(checked: &Checked, diagnostic: &Diagnostic, places: &BTreeMap<&str, usize>) -> Value {
    let source = &checked.file.source;
    let address = address(&checked.file.path.to_string_lossy());
    let text = match &diagnostic.help {
        Some(help) => format!("{}. {help}", diagnostic.message),
        None => diagnostic.message.clone(),
    };
    let mut result = json!({
        "ruleId": diagnostic.code.0,
        "ruleIndex": places.get(diagnostic.code.0),
        "level": level(diagnostic.severity),
        "message": { "text": text },
        "locations": [location(&address, source, diagnostic.span())],
        "partialFingerprints": { "harrier/v1": fingerprint(checked, diagnostic) },
    });
    let related: Vec<Value> = diagnostic
        .marks
        .iter()
        .skip(1)
        .map(|mark| {
            let mut place = location(&address, source, mark.span);
            if !mark.label.is_empty() {
                place["message"] = json!({ "text": mark.label });
            }
            place
        })
        .collect();
    if !related.is_empty() {
        result["relatedLocations"] = json!(related);
    }
    if !diagnostic.edits.is_empty() {
        let replacements = diagnostic.edits.iter().map(|edit| {
            json!({ "deletedRegion": region(source, edit.span), "insertedContent": { "text": edit.text } })
        });
        result["fixes"] = json!([{
            "description": { "text": diagnostic.help.as_deref().unwrap_or("mend it") },
            "artifactChanges": [{
                "artifactLocation": { "uri": address },
                "replacements": replacements.collect::<Vec<_>>(),
            }],
        }]);
    }
    result
}

fn location(address: &str, source: &SourceText, span: Span) -> Value {
    json!({ "physicalLocation": {
        "artifactLocation": { "uri": address },
        "region": region(source, span),
    }})
}

fn region(source: &SourceText, span: Span) -> Value {
    let (start, end) = source.places(span);
    json!({
        "startLine": start.line,
        "startColumn": start.column,
        "endLine": end.line,
        "endColumn": end.column,
    })
}

/// A path as the relative reference of an address.
fn address(path: &str) -> String {
    let path = path.replace('\\', "/");
    let mut address = String::new();
    for byte in path.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                address.push(char::from(byte))
            }
            _ => address.push_str(&format!("%{byte:02X}")),
        }
    }
    // A colon in the first part would be a scheme; it is escaped above.
    if address.starts_with('/') { format!("file://{address}") } else { address }
}
