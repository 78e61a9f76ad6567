//! `ipv4_netmask_suffix`: the length of a prefix.

use crate::network::Parsed;
use crate::network::v4::V4;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "ipv4_netmask_suffix",
    aliases: &[],
    help: "How many bits the prefix of an IPv4 address has; 32 where it has none. Null where it is no address.",
    examples: &[Example {
        query: "print a = ipv4_netmask_suffix('192.168.1.1/24'), b = ipv4_netmask_suffix('10.1.2.3')",
        answer: &["a:long, b:long", "24, 32"],
    }],
    meaning: Meaning::Kernel(ipv4_netmask_suffix),
};

fn ipv4_netmask_suffix(arguments: &Arguments<'_>) -> Answer {
    let ip = Parsed::new(arguments, 0, V4::parse)?;
    arguments.make_longs(|row| ip.at(row).map(|ip| i64::from(ip.prefix)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{check, text};

    #[test]
    fn answers() {
        let cases: &[(&[Value], Value)] = &[
            (&[text("127.0.0.1/16")], Value::Long(16)),
            (&[text("10.1.2.3")], Value::Long(32)),
            (&[text("1.2.3.4/33")], Value::Null(Type::Long)),
        ];
        check(&FUNCTION, &[Type::String], Type::Long, cases);
    }
}
