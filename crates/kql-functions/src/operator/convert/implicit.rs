//! `$convert`: a value as the type that a parameter or an operator asks for.

use crate::convert;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "$convert",
    aliases: &[],
    help: "A value turned into the type that is asked for where it stands; null where it can not be.",
    examples: &[Example { query: "print n = 1 + 2.5", answer: &["n:real", "3.5"] }],
    meaning: Meaning::Kernel(implicit),
};

fn implicit(arguments: &Arguments<'_>) -> Answer {
    convert::column(arguments, arguments.result())
}
