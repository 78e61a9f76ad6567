//! `ipv4_range_to_cidr_list`: the networks that make up a range.

use crate::network::Parsed;
use crate::network::v4::V4;
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "ipv4_range_to_cidr_list",
    aliases: &[],
    help: "The fewest networks that together hold all IPv4 addresses from one to another, both included, as an array. Null where a string is no address, or the second comes before the first.",
    examples: &[Example {
        query: "print v = ipv4_range_to_cidr_list('1.1.128.0', '1.1.140.255')",
        answer: &["v:dynamic", r#"["1.1.128.0/21","1.1.136.0/22","1.1.140.0/24"]"#],
    }],
    meaning: Meaning::Kernel(ipv4_range_to_cidr_list),
};

fn ipv4_range_to_cidr_list(arguments: &Arguments<'_>) -> Answer {
    let (from, to) = (Parsed::new(arguments, 0, V4::parse)?, Parsed::new(arguments, 1, V4::parse)?);
    arguments.make_dynamics(|row, text| match (from.at(row), to.at(row)) {
        (Some(from), Some(to)) if from.address <= to.address => {
            write(from.address, to.address, text);
            true
        }
        _ => false,
    })
}

fn write(from: u32, to: u32, text: &mut String) {
    let (mut at, to) = (u64::from(from), u64::from(to));
    text.push('[');
    while at <= to {
        // The largest network that begins here and does not go beyond the end.
        let aligned = if at == 0 { 32 } else { at.trailing_zeros().min(32) };
        let fitting = (to - at + 1).ilog2();
        let bits = aligned.min(fitting);
        if text.len() > 1 {
            text.push(',');
        }
        let address = u32::try_from(at).unwrap_or(u32::MAX);
        let _ = write!(text, "\"{}/{}\"", V4::new(address), 32 - bits);
        at += 1 << bits;
    }
    text.push(']');
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{check, json, text};

    #[test]
    fn answers() {
        let cases: &[(&[Value], Value)] = &[
            (&[text("1.1.1.1"), text("1.1.1.1")], json(r#"["1.1.1.1/32"]"#)),
            (&[text("0.0.0.0"), text("255.255.255.255")], json(r#"["0.0.0.0/0"]"#)),
            (
                &[text("255.255.255.254"), text("255.255.255.255")],
                json(r#"["255.255.255.254/31"]"#),
            ),
            (&[text("1.1.1.2"), text("1.1.1.1")], Value::Null(Type::Dynamic)),
        ];
        check(&FUNCTION, &[Type::String, Type::String], Type::Dynamic, cases);
    }
}
