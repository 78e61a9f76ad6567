//! `strcat`: strings behind one another.

use crate::operand::Texts;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "strcat",
    aliases: &[],
    help: "The arguments behind one another, each as `tostring` writes it; null adds nothing.",
    examples: &[Example {
        query: "print v = strcat('a', '-', 1, '-', true)",
        answer: &["v:string", "a-1-True"],
    }],
    meaning: Meaning::Kernel(strcat),
};

fn strcat(arguments: &Arguments<'_>) -> Answer {
    let parts = Texts::from(arguments, 0)?;
    arguments.make_strings(|row, text| parts.iter().for_each(|part| text.push_str(part.at(row))))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{check, text};

    #[test]
    fn joins_as_tostring_writes() {
        check(
            &FUNCTION,
            &[Type::String, Type::Long, Type::Bool],
            Type::String,
            &[
                (&[text("a"), Value::Long(1), Value::Bool(true)], text("a1True")),
                (&[text(""), Value::Null(Type::Long), Value::Bool(false)], text("False")),
            ],
        );
    }
}
