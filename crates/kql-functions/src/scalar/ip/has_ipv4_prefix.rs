//! `has_ipv4_prefix`: whether a text holds an IPv4 address that begins so.

use crate::network::search::{self, Wanted};
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "has_ipv4_prefix",
    aliases: &[],
    help: "Whether a text holds an IPv4 address that begins with another text: a beginning that ends in a point (`10.1.`), or a whole address. An address counts where it is valid and no letter or digit stands beside it.",
    examples: &[Example {
        query: "print a = has_ipv4_prefix('05:04:54 127.0.0.1 GET', '127.0.'), b = has_ipv4_prefix('05:04:54 127.0.0.1 GET', '127.0')",
        answer: &["a:bool, b:bool", "True, False"],
    }],
    meaning: Meaning::Kernel(has_ipv4_prefix),
};

fn has_ipv4_prefix(arguments: &Arguments<'_>) -> Answer {
    search::find(arguments, Wanted::prefixes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{check, text};

    #[test]
    fn answers() {
        let cases: &[(&[Value], Value)] = &[
            (&[text("05:04:54 127.0.0.1 GET"), text("127.0.")], Value::Bool(true)),
            (&[text("05:04:54 127.0.0.1 GET"), text("127.0.0.1")], Value::Bool(true)),
            (&[text("127.0.0.256"), text("127.0.")], Value::Bool(false)),
            (&[text("05:04:54 127.0.0.1 GET"), text("127.0")], Value::Bool(false)),
        ];
        check(&FUNCTION, &[Type::String, Type::String], Type::Bool, cases);
    }
}
