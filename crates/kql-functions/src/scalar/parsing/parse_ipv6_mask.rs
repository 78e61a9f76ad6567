//! `parse_ipv6_mask`: an IP address as IPv6 text, within a prefix.

use crate::network::v6::V6;
use crate::network::{Parsed, Prefixes};
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "parse_ipv6_mask",
    aliases: &[],
    help: "An IPv6 or IPv4 address as eight groups of four digits, with only the bits of the shorter one of its own prefix and the second argument, which counts 128 bits. \"\" where it is no address, or the prefix is not 0 to 128.",
    examples: &[Example {
        query: "print v = parse_ipv6_mask('192.168.255.255', 120)",
        answer: &["v:string", "0000:0000:0000:0000:0000:ffff:c0a8:ff00"],
    }],
    meaning: Meaning::Kernel(parse_ipv6_mask),
};

fn parse_ipv6_mask(arguments: &Arguments<'_>) -> Answer {
    let ip = Parsed::new(arguments, 0, V6::parse)?;
    let prefixes = Prefixes::new(arguments, 1)?;
    arguments.make_strings(|row, text| {
        if let (Some(ip), Some(prefix)) = (ip.at(row), prefixes.at(row, 128)) {
            let _ = write!(text, "{}", ip.within(prefix));
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{check, text};

    #[test]
    fn answers() {
        let cases: &[(&[Value], Value)] = &[
            (
                &[text("192.168.255.255/24"), Value::Long(124)],
                text("0000:0000:0000:0000:0000:ffff:c0a8:ff00"),
            ),
            (
                &[text("fe80::85d:e82c:9446:7994/120"), Value::Long(124)],
                text("fe80:0000:0000:0000:085d:e82c:9446:7900"),
            ),
            (&[text("::1"), Value::Long(129)], text("")),
        ];
        check(&FUNCTION, &[Type::String, Type::Long], Type::String, cases);
    }
}
