//! `ipv4_compare`: how two IPv4 addresses lie to each other.

use crate::network::v4::V4;
use crate::network::{Parsed, Prefixes};
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "ipv4_compare",
    aliases: &[],
    help: "0 where two IPv4 addresses are the same in the bits that count, -1 where the first is less, 1 where it is greater. The bits that count are those of the shortest prefix: the addresses' own (`/24`) and the third argument. Null where a string is no address, or the prefix is not 0 to 32.",
    examples: &[Example {
        query: "print a = ipv4_compare('192.168.1.1/24', '192.168.1.255'), b = ipv4_compare('1.2.3.4', '1.2.3.5')",
        answer: &["a:long, b:long", "0, -1"],
    }],
    meaning: Meaning::Kernel(ipv4_compare),
};

fn ipv4_compare(arguments: &Arguments<'_>) -> Answer {
    let (a, b) = (Parsed::new(arguments, 0, V4::parse)?, Parsed::new(arguments, 1, V4::parse)?);
    let prefixes = Prefixes::new(arguments, 2)?;
    arguments.make_longs(|row| Some(a.at(row)?.compare(b.at(row)?, prefixes.at(row, 32)?) as i64))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{check, text};

    #[test]
    fn answers() {
        let cases: &[(&[Value], Value)] = &[
            (&[text("192.168.1.1/30"), text("192.168.1.255/24"), Value::Long(32)], Value::Long(0)),
            (&[text("1.2.3.5"), text("1.2.3.4"), Value::Long(32)], Value::Long(1)),
            (&[text("1.2.3.5"), text("1.2.3.4"), Value::Long(31)], Value::Long(0)),
            (&[text("1.2.3.5"), text("1.2.3.4"), Value::Long(33)], Value::Null(Type::Long)),
            (&[text("x"), text("1.2.3.4"), Value::Long(3)], Value::Null(Type::Long)),
        ];
        check(&FUNCTION, &[Type::String, Type::String, Type::Long], Type::Long, cases);
    }
}
