//! `parse_command_line`: the arguments of a command line.

use std::iter::Peekable;
use std::str::Chars;

use crate::operand::Texts;
use crate::prelude::*;

use kql_semantics::dynamic::write_string;

pub(super) static FUNCTION: Function = Function {
    name: "parse_command_line",
    aliases: &[],
    help: "The arguments of a command line of Windows as an array of strings, cut as its programs cut them: at spaces outside quotes; a backslash before a quote makes it a part of the argument. The second argument must be `windows`.",
    examples: &[Example {
        query: r#"print v = parse_command_line('echo "hello world!"', 'windows')"#,
        answer: &["v:dynamic", r#"["echo","hello world!"]"#],
    }],
    meaning: Meaning::Kernel(parse_command_line),
};

fn parse_command_line(arguments: &Arguments<'_>) -> Answer {
    let source = Texts::new(arguments, 0)?;
    let parsers = Texts::new(arguments, 1)?;
    let mut argument = String::new();
    arguments.try_dynamics(|row, text| {
        let parser = parsers.at(row);
        if !parser.eq_ignore_ascii_case("windows") {
            return Err(KernelError(format!(
                "`parse_command_line` knows no command lines of `{parser}`: only those of `windows`"
            )));
        }
        let mut chars = source.at(row).chars().peekable();
        text.push('[');
        while read_argument(&mut chars, &mut argument) {
            if text.len() > 1 {
                text.push(',');
            }
            write_string(&argument, text);
        }
        text.push(']');
        Ok(true)
    })
}

/// Reads the next argument; gives false where there is none.
fn read_argument(chars: &mut Peekable<Chars<'_>>, argument: &mut String) -> bool {
    let is_space = |c: &char| matches!(c, ' ' | '\t');
    argument.clear();
    while chars.next_if(is_space).is_some() {}
    if chars.peek().is_none() {
        return false;
    }
    let mut is_quoted = false;
    while let Some(c) = chars.next_if(|c| is_quoted || !is_space(c)) {
        match c {
            '\\' => {
                let mut count = 1;
                while chars.next_if_eq(&'\\').is_some() {
                    count += 1;
                }
                // Before a quote two backslashes are one, and an odd one makes it a character.
                let before_quote = chars.peek() == Some(&'"');
                let kept = if before_quote { count / 2 } else { count };
                argument.extend(std::iter::repeat_n('\\', kept));
                if before_quote && count % 2 == 1 {
                    argument.extend(chars.next());
                }
            }
            // Two quotes within quotes are one.
            '"' if is_quoted && chars.next_if_eq(&'"').is_some() => argument.push('"'),
            '"' => is_quoted = !is_quoted,
            _ => argument.push(c),
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{check, error, json, text};

    #[test]
    fn answers() {
        let cases: &[(&[Value], Value)] = &[
            (
                &[text(r#"echo "hello world!""#), text("windows")],
                json(r#"["echo","hello world!"]"#),
            ),
            (
                &[text(r#"a\\b "c\" d" \\"e f\\" "" g""h"#), text("Windows")],
                json(r#"["a\\\\b","c\" d","\\e f\\","","gh"]"#),
            ),
            (&[text("  "), text("windows")], json(r#"[]"#)),
        ];
        check(&FUNCTION, &[Type::String, Type::String], Type::Dynamic, cases);
        assert!(error(&FUNCTION, Type::Dynamic, &[text("a"), text("linux")]).contains("`linux`"));
    }
}
