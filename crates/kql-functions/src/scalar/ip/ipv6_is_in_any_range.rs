//! `ipv6_is_in_any_range`: whether an IP address lies in one of several ranges.

use arrow::array::BooleanArray;

use crate::network::v6::V6;
use crate::network::{Listed, Parsed};
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "ipv6_is_in_any_range",
    aliases: &[],
    help: "Whether an IPv6 or IPv4 address lies in one at least of several ranges, given one by one or as an array; what is no range is passed over. Null where the first argument is no address.",
    examples: &[Example {
        query: "print v = ipv6_is_in_any_range('a5e:f127::abcd', dynamic(['a5e:f127::/112', '10.0.0.0/8']))",
        answer: &["v:bool", "True"],
    }],
    meaning: Meaning::Kernel(ipv6_is_in_any_range),
};

fn ipv6_is_in_any_range(arguments: &Arguments<'_>) -> Answer {
    let ip = Parsed::new(arguments, 0, V6::parse)?;
    let ranges = Listed::new(arguments, ranges)?;
    let found = (0..arguments.rows()).map(|row| match ip.at(row) {
        Some(ip) => {
            let ranges = ranges.at(arguments, row)?;
            Ok(Some(ranges.iter().any(|range| ip.compare(*range, 128).is_eq())))
        }
        None => Ok(None),
    });
    let found = found.collect::<Result<BooleanArray, KernelError>>()?;
    Ok(Arc::new(found))
}

fn ranges(texts: &[String]) -> Vec<V6> {
    texts.iter().filter_map(|text| V6::parse(text)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{check, text};

    #[test]
    fn answers() {
        let cases: &[(&[Value], Value)] = &[
            (&[text("a5e:f127::abcd"), text("a5e:f127::/112")], Value::Bool(true)),
            (&[text("1.2.3.4"), text("::ffff:102:304")], Value::Bool(true)),
            (&[text("::1"), text("nope")], Value::Bool(false)),
            (&[text("nope"), text("::1")], Value::Null(Type::Bool)),
        ];
        check(&FUNCTION, &[Type::String, Type::String], Type::Bool, cases);
    }
}
