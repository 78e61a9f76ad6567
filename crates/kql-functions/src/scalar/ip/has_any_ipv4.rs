//! `has_any_ipv4`: whether a text holds one of several IPv4 addresses.

use crate::network::search::{self, Wanted};
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "has_any_ipv4",
    aliases: &[],
    help: "Whether a text holds one at least of several IPv4 addresses, given one by one or as an array. An address counts where it is valid and no letter or digit stands beside it.",
    examples: &[Example {
        query: "print v = has_any_ipv4('05:04:54 127.0.0.1 GET', '1.2.3.4', '127.0.0.1')",
        answer: &["v:bool", "True"],
    }],
    meaning: Meaning::Kernel(has_any_ipv4),
};

fn has_any_ipv4(arguments: &Arguments<'_>) -> Answer {
    search::find(arguments, Wanted::addresses)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{check, json, text};

    #[test]
    fn answers() {
        let cases: &[(&[Value], Value)] = &[
            (
                &[text("05:04:54 127.0.0.1 GET"), text("127.0.0.1"), text("1.1.1.1")],
                Value::Bool(true),
            ),
            (
                &[text("05:04:54127.0.0.1"), text("127.0.0.1"), text("192.168.1.1")],
                Value::Bool(false),
            ),
        ];
        check(&FUNCTION, &[Type::String, Type::String, Type::String], Type::Bool, cases);
        let cases: &[(&[Value], Value)] = &[
            (
                &[text("05:04:54 127.0.0.1 GET"), json(r#"["1.2.3.4","127.0.0.1"]"#)],
                Value::Bool(true),
            ),
            (&[text("05:04:54 127.0.0.1 GET"), json("[]")], Value::Bool(false)),
        ];
        check(&FUNCTION, &[Type::String, Type::Dynamic], Type::Bool, cases);
    }
}
