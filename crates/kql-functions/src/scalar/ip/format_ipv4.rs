//! `format_ipv4`: an IPv4 address as text.

use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "format_ipv4",
    aliases: &[],
    help: "An IPv4 address, given as text or as a number, with only the bits of the prefix: the shorter one of its own and the second argument. \"\" where it is no address, or the prefix is not 0 to 32.",
    examples: &[Example {
        query: "print a = format_ipv4('192.168.1.1', 24), b = format_ipv4(3232236031, 24)",
        answer: &["a:string, b:string", "192.168.1.0, 192.168.1.0"],
    }],
    meaning: Meaning::Kernel(format_ipv4),
};

fn format_ipv4(arguments: &Arguments<'_>) -> Answer {
    super::addresses(arguments, |ip, text| {
        let _ = write!(text, "{ip}");
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{check, text};

    #[test]
    fn answers() {
        let cases: &[(&[Value], Value)] = &[
            (&[text("192.168.1.1"), Value::Long(24)], text("192.168.1.0")),
            (&[text("192.168.1.1/24"), Value::Long(32)], text("192.168.1.0")),
            (&[text("192.168.1.1"), Value::Long(-1)], text("")),
            (&[text("x"), Value::Long(1)], text("")),
        ];
        check(&FUNCTION, &[Type::String, Type::Long], Type::String, cases);
        let cases: &[(&[Value], Value)] = &[
            (&[Value::Long(3232236031), Value::Long(24)], text("192.168.1.0")),
            (&[Value::Long(-1), Value::Long(24)], text("")),
        ];
        check(&FUNCTION, &[Type::Long, Type::Long], Type::String, cases);
    }
}
