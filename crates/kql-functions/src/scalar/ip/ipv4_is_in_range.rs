//! `ipv4_is_in_range`: whether an IPv4 address lies in a range.

use crate::network::Parsed;
use crate::network::v4::V4;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "ipv4_is_in_range",
    aliases: &[],
    help: "Whether an IPv4 address lies in a range (`10.0.0.0/8`, or one address). Null where a string is neither.",
    examples: &[Example {
        query: "print v = ipv4_is_in_range('192.168.1.6', '192.168.1.1/24')",
        answer: &["v:bool", "True"],
    }],
    meaning: Meaning::Kernel(ipv4_is_in_range),
};

fn ipv4_is_in_range(arguments: &Arguments<'_>) -> Answer {
    let (ip, range) =
        (Parsed::new(arguments, 0, V4::parse)?, Parsed::new(arguments, 1, V4::parse)?);
    arguments.make_bools(|row| Some(ip.at(row)?.compare(range.at(row)?, 32).is_eq()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{check, text};

    #[test]
    fn answers() {
        let cases: &[(&[Value], Value)] = &[
            (&[text("192.168.1.1"), text("192.168.1.255/24")], Value::Bool(true)),
            (&[text("1.2.3.5"), text("1.2.3.4")], Value::Bool(false)),
            (&[text("1.2.3.5"), text("")], Value::Null(Type::Bool)),
        ];
        check(&FUNCTION, &[Type::String, Type::String], Type::Bool, cases);
    }
}
