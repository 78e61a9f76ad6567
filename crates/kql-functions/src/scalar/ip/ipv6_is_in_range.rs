//! `ipv6_is_in_range`: whether an IP address lies in a range.

use crate::network::Parsed;
use crate::network::v6::V6;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "ipv6_is_in_range",
    aliases: &[],
    help: "Whether an IPv6 or IPv4 address lies in a range (`fe80::/10`, or one address). Null where a string is neither.",
    examples: &[Example {
        query: "print v = ipv6_is_in_range('a5e:f127::abcd', 'a5e:f127::/112')",
        answer: &["v:bool", "True"],
    }],
    meaning: Meaning::Kernel(ipv6_is_in_range),
};

fn ipv6_is_in_range(arguments: &Arguments<'_>) -> Answer {
    let (ip, range) =
        (Parsed::new(arguments, 0, V6::parse)?, Parsed::new(arguments, 1, V6::parse)?);
    arguments.make_bools(|row| Some(ip.at(row)?.compare(range.at(row)?, 128).is_eq()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{check, text};

    #[test]
    fn answers() {
        let cases: &[(&[Value], Value)] = &[
            (
                &[
                    text("a5e:f127:8a9d:146d:e102:b5d3:c755:abcd"),
                    text("0:0:0:0:0:ffff:c0a8:ac/60"),
                ],
                Value::Bool(false),
            ),
            (&[text("a5e::1"), text("a5e::/16")], Value::Bool(true)),
            (&[text("x"), text("::1")], Value::Null(Type::Bool)),
        ];
        check(&FUNCTION, &[Type::String, Type::String], Type::Bool, cases);
    }
}
