//! HR404: names that come in any case, compared minding case.

use kql_semantics::Type;
use kql_semantics::bound::{Scalar, ScalarKind};
use kql_syntax::tree::BinaryOperator;
use kql_syntax::{Diagnostic, Severity};

use crate::facts::comparison::{Test, comparison};
use crate::facts::origin::{Path, Step};
use crate::lint::{BoundRule, Confidence, Lint, Persona, with_level};

pub(crate) static LINT: Lint = Lint {
    code: "HR404",
    name: "minds-case",
    level: Severity::Warning,
    persona: Persona::Regular,
    confidence: Confidence::Medium,
    finds: "`==`, `!=`, `in` or `!in` over a column whose values come in any case: names of files, processes, accounts, devices, addresses of the web. And, as a note, two such columns that are compared by `!=`.",
    why: "Windows does not mind case, so logs hold `PowerShell.exe`, `powershell.exe` and `POWERSHELL.EXE`. A comparison that minds case misses all but one of them, and an attacker chooses which.",
    example: "DeviceProcessEvents\n| where FileName == \"powershell.exe\"\n",
    instead: "DeviceProcessEvents\n| where FileName =~ \"powershell.exe\"\n",
    ignore: "The source writes the column in one case always.",
    check,
};

/// Columns whose values come in any case.
const MIXED: &[&str] = &[
    "FileName",
    "PreviousFileName",
    "FolderPath",
    "InitiatingProcessFileName",
    "InitiatingProcessFolderPath",
    "InitiatingProcessParentFileName",
    "InitiatingProcessAccountName",
    "InitiatingProcessAccountUpn",
    "InitiatingProcessAccountDomain",
    "InitiatingProcessCommandLine",
    "ProcessCommandLine",
    "AccountName",
    "AccountDomain",
    "AccountUpn",
    "DeviceName",
    "RemoteUrl",
    "RemoteDeviceName",
    "UserPrincipalName",
    "Process",
    "NewProcessName",
    "ParentProcessName",
    "ProcessName",
    "CommandLine",
    "Account",
    "TargetUserName",
    "SubjectUserName",
    "TargetAccount",
    "SubjectAccount",
    "Computer",
    "UserId",
    "Url",
    "SenderFromAddress",
    "SenderMailFromAddress",
    "SenderFromDomain",
    "SenderMailFromDomain",
    "RecipientEmailAddress",
    "RegistryKey",
    "RegistryValueName",
    "ServiceFileName",
    "ProcessVersionInfoOriginalFileName",
    "InitiatingProcessVersionInfoOriginalFileName",
];

fn check(rule: &BoundRule<'_>, found: &mut Vec<Diagnostic>) {
    rule.facts.each_scalar(&mut |_, scalar| {
        if let Some(finding) = between_columns(rule, scalar) {
            found.push(finding);
            return;
        }
        let Some(comparison) = comparison(scalar) else { return };
        if comparison.test != Test::Equal || !comparison.minds_case {
            return;
        }
        let has_letters = |text: &str| text.chars().any(char::is_alphabetic);
        let Some((first, _)) = comparison.literals.iter().find(|(text, _)| has_letters(text))
        else {
            return;
        };
        let paths = rule.facts.paths(comparison.subject);
        let Some(path) = paths.iter().find(|path| is_mixed(path)) else { return };
        let loose = match comparison.operator {
            "==" => "=~",
            "!=" => "!~",
            "in" => "in~",
            _ => "!in~",
        };
        let message =
            format!("`{}` comes in any case and `{}` minds case", path.text(), comparison.operator);
        let others = if comparison.literals.len() > 1 { " and the others" } else { "" };
        let label = format!("meets `{first}`{others} in this very case only");
        found
            .push(LINT.at(rule.file(scalar.span), label, message).help(format!("write `{loose}`")));
    });
}

fn is_mixed(path: &Path<'_>) -> bool {
    match path.steps.last() {
        None => MIXED.contains(&path.column),
        Some(Step::Key(key)) => matches!(*key, "userPrincipalName" | "UserPrincipalName"),
        Some(Step::Index(_) | Step::Any) => false,
    }
}

/// `CountryCode != Country`: what is empty on one side differs from everything.
fn between_columns(rule: &BoundRule<'_>, scalar: &Scalar) -> Option<Diagnostic> {
    let ScalarKind::Binary { operator: BinaryOperator::NotEqual, operands } = &scalar.kind else {
        return None;
    };
    let [left, right] = &**operands;
    let column = |side: &Scalar| match side.kind {
        ScalarKind::Column(id) if side.ty == Type::String => Some(rule.facts.name(id)),
        _ => None,
    };
    let (left, right) = (column(left)?, column(right)?);
    let message = format!(
        "`{left} != {right}` minds case, and is true wherever one of them is empty: an empty text differs from every other"
    );
    let finding = LINT
        .at(rule.file(scalar.span), "also true for an empty value", message)
        .help(format!("add `isnotempty({left}) and isnotempty({right})`, and write `!~`"));
    Some(with_level(finding, Severity::Information))
}
