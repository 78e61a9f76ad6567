//! `parse_ipv4`: an IPv4 address as a number.

use crate::network::Parsed;
use crate::network::v4::V4;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "parse_ipv4",
    aliases: &[],
    help: "An IPv4 address as a number, with only the bits of its prefix. Null where it is no address.",
    examples: &[Example {
        query: "print a = parse_ipv4('192.168.1.1'), b = parse_ipv4('192.168.1.1/24')",
        answer: &["a:long, b:long", "3232235777, 3232235776"],
    }],
    meaning: Meaning::Kernel(parse_ipv4),
};

fn parse_ipv4(arguments: &Arguments<'_>) -> Answer {
    let ip = Parsed::new(arguments, 0, V4::parse)?;
    arguments.make_longs(|row| ip.at(row).map(|ip| i64::from(ip.network())))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{check, text};

    #[test]
    fn answers() {
        let cases: &[(&[Value], Value)] = &[
            (&[text("255.255.255.255/31")], Value::Long(4294967294)),
            (&[text("0.0.0.0")], Value::Long(0)),
            (&[text("1.2.3")], Value::Null(Type::Long)),
        ];
        check(&FUNCTION, &[Type::String], Type::Long, cases);
    }
}
