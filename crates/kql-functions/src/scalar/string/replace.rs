//! `replace`: the older spelling of `replace_regex`.

use super::rewrite;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "replace",
    aliases: &[],
    help: "`replace_regex` with its arguments in another order: expression, rewrite, string.",
    examples: &[Example {
        query: r"print v = replace(@'is (\d+)', @'was: \1', 'Number is 1')",
        answer: &["v:string", "Number was: 1"],
    }],
    meaning: Meaning::Kernel(replace),
};

fn replace(arguments: &Arguments<'_>) -> Answer {
    rewrite::replace_regex(arguments, [2, 0, 1])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{check, text};

    #[test]
    fn replaces() {
        let cases: &[(&[Value], Value)] =
            &[(&[text(r"(\w+)@"), text(r"\1 at "), text("me@here")], text("me at here"))];
        check(&FUNCTION, &[Type::String, Type::String, Type::String], Type::String, cases);
    }
}
