//! `ipv4_is_private`: whether an IPv4 address is private.

use crate::network::Parsed;
use crate::network::v4::V4;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "ipv4_is_private",
    aliases: &[],
    help: "Whether an IPv4 address, or all of a range, lies in one of the private networks 10.0.0.0/8, 172.16.0.0/12 and 192.168.0.0/16 (RFC 1918). Null where it is neither.",
    examples: &[Example {
        query: "print a = ipv4_is_private('192.168.1.1/24'), b = ipv4_is_private('127.0.0.1')",
        answer: &["a:bool, b:bool", "True, False"],
    }],
    meaning: Meaning::Kernel(ipv4_is_private),
};

fn ipv4_is_private(arguments: &Arguments<'_>) -> Answer {
    let ip = Parsed::new(arguments, 0, V4::parse)?;
    arguments.make_bools(|row| ip.at(row).map(is_private))
}

/// The private networks.
const PRIVATE: [V4; 3] = [
    V4 { address: 0x0a00_0000, prefix: 8 },
    V4 { address: 0xac10_0000, prefix: 12 },
    V4 { address: 0xc0a8_0000, prefix: 16 },
];

fn is_private(ip: V4) -> bool {
    PRIVATE.iter().any(|range| ip.prefix >= range.prefix && ip.compare(*range, 32).is_eq())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{check, text};

    #[test]
    fn answers() {
        let cases: &[(&[Value], Value)] = &[
            (&[text("10.1.2.3")], Value::Bool(true)),
            (&[text("172.31.255.255")], Value::Bool(true)),
            (&[text("172.32.0.0")], Value::Bool(false)),
            (&[text("192.168.1.1/24")], Value::Bool(true)),
            (&[text("10.0.0.0/7")], Value::Bool(false)),
            (&[text("127.0.0.1")], Value::Bool(false)),
            (&[text("fe80::1")], Value::Null(Type::Bool)),
        ];
        check(&FUNCTION, &[Type::String], Type::Bool, cases);
    }
}
