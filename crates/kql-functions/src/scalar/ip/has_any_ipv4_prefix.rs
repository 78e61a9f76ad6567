//! `has_any_ipv4_prefix`: whether a text holds an IPv4 address with one of several beginnings.

use crate::network::search::{self, Wanted};
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "has_any_ipv4_prefix",
    aliases: &[],
    help: "Whether a text holds an IPv4 address that begins with one at least of several texts, given one by one or as an array: beginnings that end in a point (`10.1.`), or whole addresses. An address counts where it is valid and no letter or digit stands beside it.",
    examples: &[Example {
        query: "print v = has_any_ipv4_prefix('05:04:54 127.0.0.1 GET', '127.0.', '192.168.')",
        answer: &["v:bool", "True"],
    }],
    meaning: Meaning::Kernel(has_any_ipv4_prefix),
};

fn has_any_ipv4_prefix(arguments: &Arguments<'_>) -> Answer {
    search::find(arguments, Wanted::prefixes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{check, json, text};

    #[test]
    fn answers() {
        let cases: &[(&[Value], Value)] = &[
            (&[text("05:04:54 127.0.0.1 GET"), text("192."), text("127.0.")], Value::Bool(true)),
            (&[text("05:04:54 127.0.0.1 GET"), text("127.0"), text("x")], Value::Bool(false)),
            (&[text("05:04:54127.0.0.1"), text("127.0."), text("192.")], Value::Bool(false)),
        ];
        check(&FUNCTION, &[Type::String, Type::String, Type::String], Type::Bool, cases);
        let cases: &[(&[Value], Value)] =
            &[(&[text("05:04:54 127.0.0.1 GET"), json(r#"["10.","127.0."]"#)], Value::Bool(true))];
        check(&FUNCTION, &[Type::String, Type::Dynamic], Type::Bool, cases);
    }
}
