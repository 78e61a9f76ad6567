//! `extract_all`: all that a regular expression matches.

use regex::{CaptureLocations, Regex};

use crate::operand::Texts;
use crate::prelude::*;
use crate::text::pattern::Patterns;
use kql_semantics::dynamic::write_string;

/// How many groups an expression may have.
const MOST_GROUPS: usize = 16;

pub(super) static FUNCTION: Function = Function {
    name: "extract_all",
    aliases: &["extractall"],
    help: "What the groups of a regular expression capture at all its matches: an array of strings where one group is \
           asked for, an array of arrays where more are; null without a match. The second of three arguments lists the \
           groups by number or name; without it, or where it lists none that there is, all are meant. An expression \
           without groups is an error.",
    examples: &[Example {
        query: r"print a = extract_all(@'(\d+)', '1, 23 and 4'), b = extract_all(@'(\w)(\w+)', 'ab cd'), c = extract_all(@'(\w)(\w)', dynamic([2]), 'ab cd')",
        answer: &[
            "a:dynamic, b:dynamic, c:dynamic",
            r#"["1","23","4"], [["a","b"],["c","d"]], ["b","d"]"#,
        ],
    }],
    meaning: Meaning::Kernel(extract_all),
};

fn extract_all(arguments: &Arguments<'_>) -> Answer {
    let source = Texts::new(arguments, arguments.len().saturating_sub(1))?;
    let mut patterns = Patterns::new(arguments, 0)?;
    let lists = if arguments.len() > 2 { Some(arguments.dynamics(1)?) } else { None };
    let is_constant =
        matches!(patterns, Patterns::Constant(_)) && (lists.is_none() || arguments.is_constant(1));
    let mut prepared = None;
    arguments.try_dynamics(|row, text| {
        let pattern = patterns.at(row)?;
        if !is_constant {
            prepared = None;
        }
        let (groups, locations) = match &mut prepared {
            Some(prepared) => prepared,
            None => {
                let groups = groups(pattern, lists.as_ref().and_then(|lists| lists.at(row)))?;
                prepared.insert((groups, pattern.capture_locations()))
            }
        };
        Ok(write_all(pattern, groups, locations, source.at(row), text))
    })
}

/// The numbers of the groups asked for.
fn groups(pattern: &Regex, list: Option<&str>) -> Result<Vec<usize>, KernelError> {
    let count = pattern.captures_len() - 1;
    if count == 0 || count > MOST_GROUPS {
        return Err(KernelError(format!(
            "`extract_all` needs an expression with 1 to {MOST_GROUPS} groups, and `{pattern}` has {count}"
        )));
    }
    let asked = match list.map(Dynamic::parse) {
        Some(Ok(Dynamic::Array(values))) => values,
        _ => Vec::new(),
    };
    let group = |value: &Dynamic| match value {
        Dynamic::Long(number) => usize::try_from(*number).ok().filter(|number| *number <= count),
        Dynamic::String(name) => {
            pattern.capture_names().position(|found| found == Some(name.as_ref()))
        }
        _ => None,
    };
    let groups: Vec<usize> = asked.iter().filter_map(group).collect();
    Ok(if groups.is_empty() { (1..=count).collect() } else { groups })
}

/// Writes what the groups capture at each match; gives false where there is none.
fn write_all(
    pattern: &Regex,
    groups: &[usize],
    locations: &mut CaptureLocations,
    source: &str,
    text: &mut String,
) -> bool {
    let (mut at, mut last) = (0, None);
    while let Some(found) = pattern.captures_read_at(locations, source, at) {
        // No empty match right behind another match.
        if !found.is_empty() || last != Some(found.end()) {
            text.push(if text.is_empty() { '[' } else { ',' });
            write_groups(groups, locations, source, text);
        }
        (at, last) = (found.end(), Some(found.end()));
        if found.is_empty() {
            match source.get(at..).and_then(|rest| rest.chars().next()) {
                Some(next) => at += next.len_utf8(),
                None => break,
            }
        }
    }
    if text.is_empty() {
        return false;
    }
    text.push(']');
    true
}

fn write_groups(groups: &[usize], locations: &CaptureLocations, source: &str, text: &mut String) {
    let captured = |group: usize| {
        locations.get(group).and_then(|(start, end)| source.get(start..end)).unwrap_or("")
    };
    if let [group] = groups {
        return write_string(captured(*group), text);
    }
    for (index, group) in groups.iter().enumerate() {
        text.push(if index == 0 { '[' } else { ',' });
        write_string(captured(*group), text);
    }
    text.push(']');
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{check, error, json, text};

    #[test]
    fn captures_all() {
        check(
            &FUNCTION,
            &[Type::String, Type::String],
            Type::Dynamic,
            &[
                (&[text("(a)(b)?"), text("abaa")], json(r#"[["a","b"],["a",""],["a",""]]"#)),
                (&[text(r"(\d+)"), text("2020-01")], json(r#"["2020","01"]"#)),
                (&[text(r"(\d+)"), text("nope")], Value::Null(Type::Dynamic)),
                (&[text(r"(x*)"), text("ax")], json(r#"["","x"]"#)),
            ],
        );
        let words = "(?:^| )(?P<first>[a-z])([a-z]+)";
        let three = |groups: &str| [text(words), json(groups), text(" test word")];
        let all = json(r#"[["t","est"],["w","ord"]]"#);
        check(
            &FUNCTION,
            &[Type::String, Type::Dynamic, Type::String],
            Type::Dynamic,
            &[
                (&three("[]"), all.clone()),
                (&three("[5]"), all),
                (&three("[2,1]"), json(r#"[["est","t"],["ord","w"]]"#)),
                (&three(r#"[2,"first"]"#), json(r#"[["est","t"],["ord","w"]]"#)),
                (&three("[2]"), json(r#"["est","ord"]"#)),
            ],
        );
        let wrong = error(&FUNCTION, Type::Dynamic, &[text("a"), text("a")]);
        assert!(wrong.contains("1 to 16 groups"), "{wrong}");
    }
}
