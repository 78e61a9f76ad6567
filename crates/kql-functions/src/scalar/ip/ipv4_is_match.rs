//! `ipv4_is_match`: whether two IPv4 addresses are the same.

use crate::network::v4::V4;
use crate::network::{Parsed, Prefixes};
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "ipv4_is_match",
    aliases: &[],
    help: "Whether two IPv4 addresses are the same in the bits that count, as `ipv4_compare` tells. Null where a string is no address, or the prefix is not 0 to 32.",
    examples: &[Example {
        query: "print v = ipv4_is_match('192.168.1.1/24', '192.168.1.255')",
        answer: &["v:bool", "True"],
    }],
    meaning: Meaning::Kernel(ipv4_is_match),
};

fn ipv4_is_match(arguments: &Arguments<'_>) -> Answer {
    let (a, b) = (Parsed::new(arguments, 0, V4::parse)?, Parsed::new(arguments, 1, V4::parse)?);
    let prefixes = Prefixes::new(arguments, 2)?;
    arguments.make_bools(|row| Some(a.at(row)?.compare(b.at(row)?, prefixes.at(row, 32)?).is_eq()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{check, text};

    #[test]
    fn answers() {
        let cases: &[(&[Value], Value)] = &[
            (&[text("192.168.1.1/24"), text("192.168.1.255")], Value::Bool(true)),
            (&[text("1.2.3.5"), text("1.2.3.4")], Value::Bool(false)),
            (&[text("x"), text("1.2.3.4")], Value::Null(Type::Bool)),
        ];
        check(&FUNCTION, &[Type::String, Type::String], Type::Bool, cases);
    }
}
