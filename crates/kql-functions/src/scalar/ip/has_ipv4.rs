//! `has_ipv4`: whether a text holds an IPv4 address.

use crate::network::search::{self, Wanted};
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "has_ipv4",
    aliases: &[],
    help: "Whether a text holds an IPv4 address. An address counts where it is valid and no letter or digit stands beside it.",
    examples: &[Example {
        query: "print v = has_ipv4('05:04:54 127.0.0.1 GET /favicon.ico 404', '127.0.0.1')",
        answer: &["v:bool", "True"],
    }],
    meaning: Meaning::Kernel(has_ipv4),
};

fn has_ipv4(arguments: &Arguments<'_>) -> Answer {
    search::find(arguments, Wanted::addresses)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{check, text};

    #[test]
    fn answers() {
        let cases: &[(&[Value], Value)] = &[
            (&[text("05:04:54 127.0.0.1 GET"), text("127.0.0.1")], Value::Bool(true)),
            (&[text("127.0.0.256"), text("127.0.0.256")], Value::Bool(false)),
            (&[text("127.0.0.10"), text("127.0.0.1")], Value::Bool(false)),
        ];
        check(&FUNCTION, &[Type::String, Type::String], Type::Bool, cases);
    }
}
