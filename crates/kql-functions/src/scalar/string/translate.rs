//! `translate`: characters replaced by others.

use std::collections::HashMap;

use crate::operand::Texts;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "translate",
    aliases: &[],
    help: "A string with each character that stands in a first list replaced by the one at the same place in a second. \
           Where the second list is shorter, its last character stands for the rest; where it is empty, the characters \
           are taken out.",
    examples: &[Example {
        query: "print a = translate('krasp', 'otsku', 'spark'), b = translate('abc', 'x', 'abcd'), c = translate('abc', '', 'abd')",
        answer: &["a:string, b:string, c:string", "kusto, xxxd, d"],
    }],
    meaning: Meaning::Kernel(translate),
};

/// What becomes of the characters that change; none: they are taken out.
type Table = HashMap<char, Option<char>>;

fn table(search: &str, replacement: &str) -> Table {
    let last = replacement.chars().next_back();
    let others = replacement.chars().map(Some).chain(std::iter::repeat(last));
    let mut table = Table::new();
    for (from, to) in search.chars().zip(others) {
        table.entry(from).or_insert(to);
    }
    table
}

fn apply(table: &Table, source: &str, text: &mut String) {
    text.extend(source.chars().filter_map(|c| table.get(&c).copied().unwrap_or(Some(c))));
}

fn translate(arguments: &Arguments<'_>) -> Answer {
    let searches = Texts::new(arguments, 0)?;
    let replacements = Texts::new(arguments, 1)?;
    let source = Texts::new(arguments, 2)?;
    if let (Some(search), Some(replacement)) = (searches.constant(), replacements.constant()) {
        let table = arguments.prepared(&[0, 1], || Ok(table(search, replacement)))?;
        return arguments.make_strings(|row, text| apply(&table, source.at(row), text));
    }
    arguments.make_strings(|row, text| {
        apply(&table(searches.at(row), replacements.at(row)), source.at(row), text);
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{check, text};

    #[test]
    fn replaces_characters() {
        check(
            &FUNCTION,
            &[Type::String, Type::String, Type::String],
            Type::String,
            &[
                (&[text("krasp"), text("otsku"), text("spark")], text("kusto")),
                (&[text("abc"), text("x"), text("abcd")], text("xxxd")),
                (&[text("abc"), text(""), text("abd")], text("d")),
                (&[text("aa"), text("xy"), text("éaa")], text("éxx")),
            ],
        );
    }
}
