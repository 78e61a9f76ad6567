//! `gettype`: the type of a value

use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "gettype",
    aliases: &[],
    help: "The name of the value's type. What a dynamic holds counts: `array`, `dictionary`, `string`, \
           `bool`, `long`, `double`, `null`, ...",
    examples: &[Example {
        query: "print a = gettype(1), b = gettype(dynamic({})), c = gettype(dynamic(1.5))",
        answer: &["a:string, b:string, c:string", "long, dictionary, double"],
    }],
    meaning: Meaning::Kernel(gettype),
};

fn gettype(arguments: &Arguments<'_>) -> Answer {
    match arguments.ty(0) {
        Type::Dynamic | Type::Unknown => {
            let values = arguments.dynamics(0)?;
            arguments.make_strs(|row| values.at(row).map_or("null", held))
        }
        ty => arguments.make_strs(|_| ty.name()),
    }
}

/// The type of what a dynamic holds.
fn held(text: &str) -> &'static str {
    match text.trim_start().as_bytes() {
        [b'{', ..] => "dictionary",
        [b'[', ..] => "array",
        [b't' | b'f', ..] => "bool",
        [b'n', ..] => "null",
        [b'"', 1, letter, ..] => match letter {
            b'd' => "datetime",
            b't' => "timespan",
            b'g' => "guid",
            b'm' => "decimal",
            _ => "double",
        },
        [b'"', ..] => "string",
        _ if text.trim().parse::<i64>().is_ok() => "long",
        _ => "double",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{check, json, text};

    #[test]
    fn names_types() {
        let null = Value::Null;
        let types = [
            ("{}", "dictionary"),
            ("[1]", "array"),
            ("true", "bool"),
            ("1", "long"),
            ("1.0", "double"),
            ("\"a\"", "string"),
        ];
        for (value, name) in types {
            check(&FUNCTION, &[Type::Dynamic], Type::String, &[(&[json(value)], text(name))]);
        }
        check(&FUNCTION, &[Type::Dynamic], Type::String, &[(&[null(Type::Dynamic)], text("null"))]);
        check(&FUNCTION, &[Type::Int], Type::String, &[(&[null(Type::Int)], text("int"))]);
        check(&FUNCTION, &[Type::Real], Type::String, &[(&[Value::Real(f64::NAN)], text("real"))]);
    }
}
