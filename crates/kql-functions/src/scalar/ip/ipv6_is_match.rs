//! `ipv6_is_match`: whether two IP addresses are the same.

use crate::network::v6::V6;
use crate::network::{Parsed, Prefixes};
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "ipv6_is_match",
    aliases: &[],
    help: "Whether two IPv6 or IPv4 addresses are the same in the bits that count, as `ipv6_compare` tells. Null where a string is no address, or the prefix is not 0 to 128.",
    examples: &[Example {
        query: "print v = ipv6_is_match('192.168.1.1', '::ffff:c0a8:0101')",
        answer: &["v:bool", "True"],
    }],
    meaning: Meaning::Kernel(ipv6_is_match),
};

fn ipv6_is_match(arguments: &Arguments<'_>) -> Answer {
    let (a, b) = (Parsed::new(arguments, 0, V6::parse)?, Parsed::new(arguments, 1, V6::parse)?);
    let prefixes = Prefixes::new(arguments, 2)?;
    arguments.make_bools(|row| Some(a.at(row)?.compare(b.at(row)?, prefixes.at(row, 128)?).is_eq()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{check, text};

    #[test]
    fn answers() {
        let cases: &[(&[Value], Value)] = &[
            (&[text("::192.168.1.1/30"), text("192.168.1.255/24")], Value::Bool(true)),
            (&[text("::1"), text("::2")], Value::Bool(false)),
            (&[text("::1"), text("")], Value::Null(Type::Bool)),
        ];
        check(&FUNCTION, &[Type::String, Type::String], Type::Bool, cases);
    }
}
