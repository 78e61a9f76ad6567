//! `parse_ipv4_mask`: an IPv4 address as a number, within a prefix.

use crate::network::v4::V4;
use crate::network::{Parsed, Prefixes};
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "parse_ipv4_mask",
    aliases: &[],
    help: "An IPv4 address as a number, with only the bits of the shorter one of its own prefix and the second argument. Null where it is no address, or the prefix is not 0 to 32.",
    examples: &[Example {
        query: "print v = parse_ipv4_mask('127.0.0.1', 24)",
        answer: &["v:long", "2130706432"],
    }],
    meaning: Meaning::Kernel(parse_ipv4_mask),
};

fn parse_ipv4_mask(arguments: &Arguments<'_>) -> Answer {
    let ip = Parsed::new(arguments, 0, V4::parse)?;
    let prefixes = Prefixes::new(arguments, 1)?;
    arguments.make_longs(|row| Some(i64::from(ip.at(row)?.within(prefixes.at(row, 32)?).network())))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{check, text};

    #[test]
    fn answers() {
        let cases: &[(&[Value], Value)] = &[
            (&[text("127.0.0.1"), Value::Long(24)], Value::Long(2130706432)),
            (&[text("127.0.0.1/8"), Value::Long(24)], Value::Long(2130706432)),
            (&[text("127.0.0.1"), Value::Long(40)], Value::Null(Type::Long)),
        ];
        check(&FUNCTION, &[Type::String, Type::Long], Type::Long, cases);
    }
}
