//! Dynamic values to text.

use std::fmt::Write;

use super::{Dynamic, TAG};
use crate::number::RealText;
use crate::time::{DateTimeText, TimeSpanText};

pub(super) fn write(value: &Dynamic, text: &mut String) {
    match value {
        Dynamic::Null => text.push_str("null"),
        Dynamic::Bool(value) => text.push_str(if *value { "true" } else { "false" }),
        Dynamic::Long(value) => put(text, format_args!("{value}")),
        Dynamic::Real(value) if value.is_finite() => {
            put(text, format_args!("{}", RealText(*value)))
        }
        Dynamic::Real(value) => tagged(text, 'r', format_args!("{}", RealText(*value))),
        Dynamic::Decimal(value) => tagged(text, 'm', format_args!("{value}")),
        Dynamic::String(value) => write_string(value, text),
        Dynamic::DateTime(ticks) => tagged(text, 'd', format_args!("{}", DateTimeText(*ticks))),
        Dynamic::TimeSpan(ticks) => tagged(text, 't', format_args!("{}", TimeSpanText(*ticks))),
        Dynamic::Guid(value) => {
            tagged(text, 'g', format_args!("{}", crate::value::GuidText(*value)))
        }
        Dynamic::Array(values) => {
            text.push('[');
            for (index, value) in values.iter().enumerate() {
                if index > 0 {
                    text.push(',');
                }
                write(value, text);
            }
            text.push(']');
        }
        Dynamic::Bag(entries) => {
            text.push('{');
            for (index, (key, value)) in entries.iter().enumerate() {
                if index > 0 {
                    text.push(',');
                }
                write_key(key, text);
                write(value, text);
            }
            text.push('}');
        }
    }
}

fn put(text: &mut String, arguments: std::fmt::Arguments<'_>) {
    // Writing to a string can not fail.
    let _ = text.write_fmt(arguments);
}

fn tagged(text: &mut String, letter: char, arguments: std::fmt::Arguments<'_>) {
    text.push('"');
    text.push(char::from(TAG));
    text.push(letter);
    put(text, arguments);
    text.push('"');
}

/// Writes `"key":`.
pub fn write_key(key: &str, text: &mut String) {
    write_string(key, text);
    text.push(':');
}

/// Writes a JSON string: quotes around, what JSON demands escaped.
pub fn write_string(value: &str, text: &mut String) {
    text.push('"');
    let mut from = 0;
    for (at, byte) in value.bytes().enumerate() {
        let escape = match byte {
            b'"' => "\\\"",
            b'\\' => "\\\\",
            b'\n' => "\\n",
            b'\r' => "\\r",
            b'\t' => "\\t",
            0x08 => "\\b",
            0x0c => "\\f",
            0x00..=0x1f => "",
            _ => continue,
        };
        text.push_str(&value[from..at]);
        if escape.is_empty() {
            put(text, format_args!("\\u{byte:04x}"));
        } else {
            text.push_str(escape);
        }
        from = at + 1;
    }
    text.push_str(&value[from..]);
    text.push('"');
}
