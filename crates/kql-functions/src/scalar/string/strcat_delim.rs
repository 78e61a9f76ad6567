//! `strcat_delim`: strings behind one another, with something between them.

use crate::operand::Texts;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "strcat_delim",
    aliases: &[],
    help: "The arguments from the second on behind one another, each as `tostring` writes it, and the first between them.",
    examples: &[Example {
        query: "print v = strcat_delim('-', 1, '2', 'A', 1s)",
        answer: &["v:string", "1-2-A-00:00:01"],
    }],
    meaning: Meaning::Kernel(strcat_delim),
};

fn strcat_delim(arguments: &Arguments<'_>) -> Answer {
    let delimiter = Texts::new(arguments, 0)?;
    let parts = Texts::from(arguments, 1)?;
    arguments.make_strings(|row, text| {
        for (index, part) in parts.iter().enumerate() {
            if index > 0 {
                text.push_str(delimiter.at(row));
            }
            text.push_str(part.at(row));
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{check, text};

    #[test]
    fn puts_it_between() {
        check(
            &FUNCTION,
            &[Type::String, Type::String, Type::Long, Type::String],
            Type::String,
            &[
                (&[text(":"), text("Hello"), Value::Long(5), text("H")], text("Hello:5:H")),
                (
                    &[text("/"), text("onlyone"), Value::Null(Type::Long), text("")],
                    text("onlyone//"),
                ),
            ],
        );
    }
}
