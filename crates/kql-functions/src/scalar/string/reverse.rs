//! `reverse`: a string from its end to its beginning.

use crate::operand::Texts;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "reverse",
    aliases: &[],
    help: "The code points of a value, as `tostring` writes it, from the last to the first.",
    examples: &[Example { query: "print v = reverse(123.45)", answer: &["v:string", "54.321"] }],
    meaning: Meaning::Kernel(reverse),
};

fn reverse(arguments: &Arguments<'_>) -> Answer {
    let source = Texts::new(arguments, 0)?;
    arguments.make_strings(|row, text| text.extend(source.at(row).chars().rev()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{check, text, timespan};

    #[test]
    fn turns_round() {
        let cases: &[(&[Value], Value)] =
            &[(&[text("naïveté")], text("étevïan")), (&[text("")], text(""))];
        check(&FUNCTION, &[Type::String], Type::String, cases);
        check(&FUNCTION, &[Type::TimeSpan], Type::String, &[(&[timespan("3h")], text("00:00:30"))]);
    }
}
