//! HR511: a watchlist or function that the rule does not bring.

use std::collections::HashSet;

use kql_semantics::Value;
use kql_semantics::bound::RowsetKind;
use kql_syntax::{Diagnostic, Severity};

use crate::lint::{BoundRule, Confidence, Lint, Persona};

pub(crate) static LINT: Lint = Lint {
    code: "HR511",
    name: "not-shipped",
    level: Severity::Information,
    persona: Persona::Pedantic,
    confidence: Confidence::High,
    finds: "A watchlist, or a function whose text is not among the files.",
    why: "The rule needs it in the workspace and does not bring it: without it, it fails, or finds nothing.",
    example: "let Vips = (_GetWatchlist('VIPUsers') | project SearchKey);\nSigninLogs\n| where UserPrincipalName in~ (Vips)\n",
    instead: "let Vips = dynamic([\"chief@contoso.example\"]);\nSigninLogs\n| where UserPrincipalName in~ (Vips)\n",
    ignore: "It is there.",
    check,
};

/// Functions that the platform has.
const BUILT_IN: &[&str] = &["FileProfile", "DeviceFromIP", "SeenBy", "AssignedIPAddresses"];

fn check(rule: &BoundRule<'_>, found: &mut Vec<Diagnostic>) {
    let mut said = HashSet::new();
    for rowset in &rule.facts.rowsets {
        let RowsetKind::Called(call) = &rowset.kind else { continue };
        let function = &*call.function;
        // What a parser asks for on the way is the parser's.
        if !rowset.span.text(&rule.rule.query.text).starts_with(function) {
            continue;
        }
        let watchlist = call.arguments.first().and_then(|argument| match argument.as_literal() {
            Some(Value::String(name)) => Some(name.clone()),
            _ => None,
        });
        let message = match (function, &watchlist) {
            ("_GetWatchlist" | "_GetWatchlistAlias", Some(name)) => {
                format!("the rule needs the watchlist `{name}`, which it does not bring")
            }
            ("_GetWatchlist", None) => {
                String::from("the rule needs a watchlist, which it does not bring")
            }
            (function, _) if BUILT_IN.contains(&function) => continue,
            (function, _) if rule.beside.set.is_none_or(|set| set.defines(function)) => continue,
            (function, _) => format!(
                "the rule needs the function `{function}`, whose text is not among the files"
            ),
        };
        if said.insert(message.clone()) {
            found.push(
                LINT.at(rule.file(rowset.span), "must be there", message)
                    .help("say so in the rule's description, or bring it"),
            );
        }
    }
}
