//! HR410: a text compared with a number, or a number with a text.

use kql_semantics::bound::{Scalar, ScalarKind};
use kql_semantics::{Type, Value};
use kql_syntax::tree::BinaryOperator;
use kql_syntax::{Diagnostic, Edit, Severity};

use crate::lint::{BoundRule, Confidence, Lint, Persona, mended};

pub(crate) static LINT: Lint = Lint {
    code: "HR410",
    name: "number-and-text",
    level: Severity::Warning,
    persona: Persona::Regular,
    confidence: Confidence::High,
    finds: "A column of text compared with a number (`ResultType == 0`), or a column of numbers with a quoted one (`EventID == \"4625\"`).",
    why: "Kusto converts one side for every row: the index of the column is not used, and a value that is no number in full (`0 `, `0x0`) is null and meets nothing.",
    example: "SigninLogs\n| where ResultType == 50126\n",
    instead: "SigninLogs\n| where ResultType == \"50126\"\n",
    ignore: "The column's type differs between the tables that the rule reads.",
    check,
};

fn check(rule: &BoundRule<'_>, found: &mut Vec<Diagnostic>) {
    rule.facts.each_scalar(&mut |_, scalar| {
        let pairs: Vec<(&Scalar, &Scalar)> = match &scalar.kind {
            ScalarKind::Binary { operator, operands } if is_comparison(*operator) => {
                let [left, right] = &**operands;
                vec![(left, right), (right, left)]
            }
            ScalarKind::InList { value, list, .. } => {
                list.iter().map(|item| (&**value, item)).collect()
            }
            _ => return,
        };
        for (subject, literal) in pairs {
            let Some(value) = literal.as_literal() else { continue };
            let Some(column) = rule.facts.paths(subject).into_iter().next() else { continue };
            // The schema of a custom log is a guess; the name says the type.
            if ["_d", "_b", "_t"].iter().any(|ending| column.column.ends_with(ending)) {
                continue;
            }
            let (message, mend) = match (subject.ty, value) {
                (Type::String, Value::Long(number)) => (
                    format!(
                        "`{}` is a text and is compared with the number {number}",
                        column.text()
                    ),
                    format!("\"{number}\""),
                ),
                (Type::Int | Type::Long, Value::String(text)) if text.parse::<i64>().is_ok() => (
                    format!(
                        "`{}` is a number and is compared with the text `{text}`",
                        column.text()
                    ),
                    text.to_string(),
                ),
                _ => continue,
            };
            let file = rule.file(literal.span);
            let is_spelled = literal.span.text(&rule.rule.query.text).trim_matches(['"', '\''])
                == mend.trim_matches('"');
            let edit = is_spelled.then_some(()).and_then(|()| rule.replace(literal.span, &mend));
            let edit: Option<Edit> = edit.filter(|_| {
                matches!(scalar.kind, ScalarKind::InList { .. }) || is_equality(scalar)
            });
            let finding =
                LINT.at(file, "converted for every row", message).help(format!("write `{mend}`"));
            found.push(mended(finding, edit));
        }
    });
}

fn is_comparison(operator: BinaryOperator) -> bool {
    use BinaryOperator as B;
    matches!(
        operator,
        B::Equal | B::NotEqual | B::Less | B::LessOrEqual | B::Greater | B::GreaterOrEqual
    )
}

fn is_equality(scalar: &Scalar) -> bool {
    matches!(
        scalar.kind,
        ScalarKind::Binary { operator: BinaryOperator::Equal | BinaryOperator::NotEqual, .. }
    )
}
