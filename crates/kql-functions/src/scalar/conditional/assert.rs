//! `assert`: a condition without which the query fails

use crate::prelude::*;

pub(super) static FUNCTION: Function = Function {
    name: "assert",
    aliases: &[],
    help: "True; where the condition does not hold, the query fails with the message.",
    examples: &[Example {
        query: "print v = assert(1 > 0, 'one is more than nothing')",
        answer: &["v:bool", "True"],
    }],
    meaning: Meaning::Kernel(assert),
};

fn assert(arguments: &Arguments<'_>) -> Answer {
    let (conditions, messages) = (arguments.bools(0)?, arguments.strings(1)?);
    if let Some(row) = (0..arguments.rows()).find(|row| conditions.at(*row) != Some(true)) {
        return Err(KernelError::new(format!("assertion failed: {}", messages.at(row))));
    }
    arguments.make_bools(|_| Some(true))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{check, error, text};

    #[test]
    fn fails_where_the_condition_does_not_hold() {
        let types = &[Type::Bool, Type::String];
        let yes = Value::Bool(true);
        check(&FUNCTION, types, Type::Bool, &[(&[yes.clone(), text("never")], yes)]);
        let message = error(&FUNCTION, Type::Bool, &[Value::Bool(false), text("too short")]);
        assert!(message.contains("assertion failed: too short"), "{message}");
    }
}
