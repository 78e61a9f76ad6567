//! `parse_ipv6`: an IP address as IPv6 text.

use crate::network::Parsed;
use crate::network::v6::V6;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "parse_ipv6",
    aliases: &[],
    help: "An IPv6 or IPv4 address as eight groups of four digits, with only the bits of its prefix. An IPv4 address is `::ffff:` and its bits, and its prefix counts these. \"\" where it is no address.",
    examples: &[Example {
        query: "print v = parse_ipv6('192.168.255.255/24')",
        answer: &["v:string", "0000:0000:0000:0000:0000:ffff:c0a8:ff00"],
    }],
    meaning: Meaning::Kernel(parse_ipv6),
};

fn parse_ipv6(arguments: &Arguments<'_>) -> Answer {
    let ip = Parsed::new(arguments, 0, V6::parse)?;
    arguments.make_strings(|row, text| {
        if let Some(ip) = ip.at(row) {
            let _ = write!(text, "{ip}");
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
            (&[text("2001:db8::10/64")], text("2001:0db8:0000:0000:0000:0000:0000:0000")),
            (&[text("::ffff:1.2.3.400")], text("")),
        ];
        check(&FUNCTION, &[Type::String], Type::String, cases);
    }
}
