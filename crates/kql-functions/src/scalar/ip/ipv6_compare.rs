//! `ipv6_compare`: how two IP addresses lie to each other.

use crate::network::v6::V6;
use crate::network::{Parsed, Prefixes};
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "ipv6_compare",
    aliases: &[],
    help: "0 where two IPv6 or IPv4 addresses are the same in the bits that count, -1 where the first is less, 1 where it is greater. An IPv4 address is `::ffff:` and its bits. The bits that count are those of the shortest prefix: the addresses' own and the third argument. Null where a string is no address, or the prefix is not 0 to 128.",
    examples: &[Example {
        query: "print v = ipv6_compare('192.168.1.1/24', '::ffff:c0a8:01ff')",
        answer: &["v:long", "0"],
    }],
    meaning: Meaning::Kernel(ipv6_compare),
};

fn ipv6_compare(arguments: &Arguments<'_>) -> Answer {
    let (a, b) = (Parsed::new(arguments, 0, V6::parse)?, Parsed::new(arguments, 1, V6::parse)?);
    let prefixes = Prefixes::new(arguments, 2)?;
    arguments.make_longs(|row| Some(a.at(row)?.compare(b.at(row)?, prefixes.at(row, 128)?) as i64))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{check, text};

    #[test]
    fn answers() {
        let cases: &[(&[Value], Value)] = &[
            (&[text("fe80::7994/120"), text("fe80::7998"), Value::Long(127)], Value::Long(0)),
            (&[text("fe80::1"), text("fe80::2"), Value::Long(128)], Value::Long(-1)),
            (&[text("x"), text("::1"), Value::Long(3)], Value::Null(Type::Long)),
        ];
        check(&FUNCTION, &[Type::String, Type::String, Type::Long], Type::Long, cases);
    }
}
