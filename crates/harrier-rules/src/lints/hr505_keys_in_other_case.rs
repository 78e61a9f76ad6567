//! HR505: a join whose keys are spelled in different case.

use kql_semantics::bound::RowsetKind;
use kql_syntax::{Diagnostic, Severity};

use crate::facts::letters::Letters;
use crate::lint::{BoundRule, Confidence, Lint, Persona};

pub(crate) static LINT: Lint = Lint {
    code: "HR505",
    name: "keys-in-other-case",
    level: Severity::Warning,
    persona: Persona::Regular,
    confidence: Confidence::High,
    finds: "A join whose key went through `tolower()` or `toupper()` on one side only.",
    why: "Joins compare keys minding case. A key in small letters meets only those of the other side that happen to be written so.",
    example: "SigninLogs\n| extend Upn = tolower(UserPrincipalName)\n| join kind=inner (IdentityInfo | project AccountUPN) on $left.Upn == $right.AccountUPN\n",
    instead: "SigninLogs\n| extend Upn = tolower(UserPrincipalName)\n| join kind=inner (IdentityInfo | project AccountUPN = tolower(AccountUPN)) on $left.Upn == $right.AccountUPN\n",
    ignore: "The other side is known to hold one case only.",
    check,
};

fn check(rule: &BoundRule<'_>, found: &mut Vec<Diagnostic>) {
    for rowset in rule.facts.own_rowsets() {
        let RowsetKind::Join(join) = &rowset.kind else { continue };
        for (left, right) in &join.keys {
            let sides = (rule.facts.letters(left), rule.facts.letters(right));
            let (side, function) = match sides {
                (Letters::Any, Letters::Lower) => ("left", "tolower"),
                (Letters::Any, Letters::Upper) => ("left", "toupper"),
                (Letters::Lower, Letters::Any) => ("right", "tolower"),
                (Letters::Upper, Letters::Any) => ("right", "toupper"),
                (Letters::Lower, Letters::Upper) | (Letters::Upper, Letters::Lower) => {
                    ("right", "the same function")
                }
                _ => continue,
            };
            // A table that the query writes itself is spelled as it is meant.
            let other = if side == "left" { left } else { right };
            if rule.facts.paths(other).is_empty() {
                continue;
            }
            let message =
                format!("one key is in one case and the other, of the {side} side, in any");
            let help = format!("apply `{function}` on the {side} side too");
            found.push(
                LINT.at(
                    rule.file(left.span.to(right.span)),
                    "meets only what is written so",
                    message,
                )
                .help(help),
            );
        }
    }
}
