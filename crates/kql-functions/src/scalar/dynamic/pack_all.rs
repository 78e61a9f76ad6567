//! `pack_all`: the row as a bag

use super::pack::{Packed, pack};
use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "pack_all",
    aliases: &[],
    help: "A bag of all columns of the row, by their names; without nulls and empty strings where the \
           argument is true.",
    examples: &[Example {
        query: "print a = 1, b = '' | extend v = pack_all(true)",
        answer: &["a:long, b:string, v:dynamic", "1, , {\"a\":1}"],
    }],
    meaning: Meaning::Kernel(pack_all),
};

/// Behind the first argument come the columns, each behind its name.
fn pack_all(arguments: &Arguments<'_>) -> Answer {
    let ignored = arguments.bools(0)?;
    pack(arguments, 1, |row| match ignored.at(row) {
        Some(true) => Packed::WithoutEmpty,
        _ => Packed::All,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{check, json, text};

    #[test]
    fn packs() {
        let null = Value::Null(Type::Long);
        check(
            &FUNCTION,
            &[Type::Bool, Type::String, Type::String, Type::String, Type::Long],
            Type::Dynamic,
            &[
                (
                    &[Value::Bool(false), text("a"), text(""), text("b"), null.clone()],
                    json(r#"{"a":"","b":null}"#),
                ),
                (&[Value::Bool(true), text("a"), text(""), text("b"), null], json("{}")),
                (
                    &[Value::Bool(true), text("a"), text("x"), text("b"), Value::Long(1)],
                    json(r#"{"a":"x","b":1}"#),
                ),
            ],
        );
        check(&FUNCTION, &[Type::Bool], Type::Dynamic, &[(&[Value::Bool(false)], json("{}"))]);
    }
}
