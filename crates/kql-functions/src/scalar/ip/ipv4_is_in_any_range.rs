//! `ipv4_is_in_any_range`: whether an IPv4 address lies in one of several ranges.

use arrow::array::BooleanArray;

use crate::network::v4::{Ranges, V4};
use crate::network::{Listed, Parsed};
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "ipv4_is_in_any_range",
    aliases: &[],
    help: "Whether an IPv4 address lies in one at least of several ranges, given one by one or as an array; what is no range is passed over. Null where the first argument is no address.",
    examples: &[Example {
        query: "print v = ipv4_is_in_any_range('192.168.1.6', dynamic(['192.168.1.1/24', '10.0.0.1/8']))",
        answer: &["v:bool", "True"],
    }],
    meaning: Meaning::Kernel(ipv4_is_in_any_range),
};

fn ipv4_is_in_any_range(arguments: &Arguments<'_>) -> Answer {
    let ip = Parsed::new(arguments, 0, V4::parse)?;
    let ranges = Listed::new(arguments, Ranges::new)?;
    let found = (0..arguments.rows()).map(|row| match ip.at(row) {
        Some(ip) => Ok(Some(ranges.at(arguments, row)?.hold(ip))),
        None => Ok(None),
    });
    let found = found.collect::<Result<BooleanArray, KernelError>>()?;
    Ok(Arc::new(found))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{check, json, text};

    #[test]
    fn answers() {
        let cases: &[(&[Value], Value)] = &[
            (&[text("192.168.1.6"), text("192.168.1.1/24"), text("10.0.0.1/8")], Value::Bool(true)),
            (&[text("11.0.0.1"), text("192.168.1.1/24"), text("x")], Value::Bool(false)),
            (&[text("x"), text("192.168.1.1/24"), text("x")], Value::Null(Type::Bool)),
        ];
        check(&FUNCTION, &[Type::String, Type::String, Type::String], Type::Bool, cases);
        let cases: &[(&[Value], Value)] = &[
            (&[text("127.0.0.1"), json(r#"["127.0.0.1", "192.168.1.1"]"#)], Value::Bool(true)),
            (&[text("127.0.0.1"), json("[]")], Value::Bool(false)),
        ];
        check(&FUNCTION, &[Type::String, Type::Dynamic], Type::Bool, cases);
    }
}
