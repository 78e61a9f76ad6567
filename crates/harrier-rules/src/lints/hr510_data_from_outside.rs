//! HR510: a rule that reads a list from the internet.

use kql_semantics::Value;
use kql_semantics::bound::RowsetKind;
use kql_syntax::{Diagnostic, Severity};

use crate::lint::{BoundRule, Confidence, Lint, Persona};

pub(crate) static LINT: Lint = Lint {
    code: "HR510",
    name: "data-from-outside",
    level: Severity::Information,
    persona: Persona::Pedantic,
    confidence: Confidence::High,
    finds: "`externaldata` from an address of the internet.",
    why: "What the rule finds depends on a file that somebody else can change, move or delete, and on a network that may be closed. Whoever changes the file changes what you see.",
    example: "let Bad = externaldata(Address: string)[\"https://raw.githubusercontent.com/example/lists/main/bad.csv\"] with (format=\"csv\");\nSigninLogs\n| where IPAddress in (Bad)\n",
    instead: "let Bad = (_GetWatchlist('bad-addresses') | project SearchKey);\nSigninLogs\n| where IPAddress in (Bad)\n",
    ignore: "It is a hunt, you trust the source, and you look at the list first.",
    check,
};

fn check(rule: &BoundRule<'_>, found: &mut Vec<Diagnostic>) {
    for rowset in rule.facts.own_rowsets() {
        let RowsetKind::ExternalData(source) = &rowset.kind else { continue };
        let Some((address, span)) = source.uris.iter().find_map(|uri| match uri.as_literal() {
            Some(Value::String(address)) if address.starts_with("http") => {
                Some((address.clone(), uri.span))
            }
            _ => None,
        }) else {
            continue;
        };
        let host =
            address.split('/').nth(2).unwrap_or("").split(';').next().unwrap_or("").to_owned();
        let message = format!("the rule reads a list from `{host}`");
        found.push(
            LINT.at(rule.file(span), "somebody else's file", message)
                .help("keep a copy of your own: a watchlist, or a table"),
        );
    }
}
