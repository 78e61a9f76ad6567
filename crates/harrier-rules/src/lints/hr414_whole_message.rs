//! HR414: a vendor's message compared whole.

use kql_syntax::{Diagnostic, Severity};

use crate::facts::comparison::{Test, comparison};
use crate::facts::origin::Step;
use crate::lint::{BoundRule, Confidence, Lint, Persona};

pub(crate) static LINT: Lint = Lint {
    code: "HR414",
    name: "whole-message",
    level: Severity::Warning,
    persona: Persona::Regular,
    confidence: Confidence::Medium,
    finds: "The text of a message for people (a result's description, a rendered event) compared whole.",
    why: "Vendors reword messages without notice. A sign-in description once changed by a word, and the rules that compared it whole went silent.",
    example: "SigninLogs\n| where ResultDescription == \"Invalid username or password or Invalid on-premise username or password.\"\n",
    instead: "SigninLogs\n| where ResultType == \"50126\"\n",
    ignore: "There is no code to go by: then compare a few words of it with `has`.",
    check,
};

const MESSAGES: &[&str] = &[
    "resultdescription",
    "message",
    "description",
    "rendereddescription",
    "statusreason",
    "failurereason",
    "resultreason",
    "eventdescription",
    "syslogmessage",
    "alertdescription",
    "errormessage",
    "activity",
];

fn check(rule: &BoundRule<'_>, found: &mut Vec<Diagnostic>) {
    rule.facts.each_scalar(&mut |_, scalar| {
        let Some(comparison) = comparison(scalar).filter(|one| one.test == Test::Equal) else {
            return;
        };
        let paths = rule.facts.paths(comparison.subject);
        let is_message = paths.iter().any(|path| {
            let name = match path.steps.last() {
                Some(Step::Key(key)) => *key,
                None => path.column,
                _ => return false,
            };
            MESSAGES.contains(&name.to_ascii_lowercase().as_str())
        });
        if !is_message {
            return;
        }
        for (text, span) in &comparison.literals {
            if text.split_whitespace().count() < 5 {
                continue;
            }
            let span = rule.facts.spelled(*span, text).unwrap_or(*span);
            found.push(
                LINT.at(
                    rule.file(span),
                    "a message for people",
                    "this message is compared whole, and its vendor may reword it",
                )
                .help("compare the code that comes with it, or a few of its words with `has`"),
            );
        }
    });
}
