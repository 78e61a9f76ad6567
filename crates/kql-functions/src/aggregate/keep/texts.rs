//! Values as the elements of dynamic arrays, and arrays of them as text.

use std::borrow::Cow;
use std::sync::Arc;

use arrow::array::{Array, ArrayRef, AsArray, StringArray, StringBuilder};
use datafusion::common::{Result, exec_datafusion_err, resources_datafusion_err};
use kql_semantics::{Dynamic, Type};

use crate::Arguments;
use crate::convert;
use crate::prepared::Prepared;

/// Values of a type as the JSON text that a dynamic holds; null where a value is.
pub(crate) fn texts(values: &ArrayRef, ty: Type) -> Result<StringArray> {
    let prepared = Prepared::default();
    let (arrays, types) = ([values.clone()], [ty]);
    let arguments =
        Arguments::new(&arrays, &[false], &types, Type::Dynamic, values.len(), &prepared);
    let texts = convert::column(&arguments, Type::Dynamic)?;
    texts.as_string_opt().cloned().ok_or_else(|| exec_datafusion_err!("dynamics are no texts"))
}

/// Texts of one column, one after another.
#[derive(Default)]
pub(crate) struct Column {
    builder: StringBuilder,
}

impl Column {
    /// Adds a text.
    ///
    /// **Errors**: a column holds 2 GB at most.
    pub(crate) fn push(&mut self, text: &str) -> Result<()> {
        if self.builder.values_slice().len() + text.len() > i32::MAX as usize {
            return Err(resources_datafusion_err!(
                "an aggregate's answers are longer than 2 GB: group by more columns, or set a largest size"
            ));
        }
        self.builder.append_value(text);
        Ok(())
    }

    /// Adds a null.
    pub(crate) fn push_null(&mut self) {
        self.builder.append_null();
    }

    /// The column.
    pub(crate) fn finish(mut self) -> ArrayRef {
        Arc::new(self.builder.finish())
    }
}

/// Dynamic arrays of elements at `places`, of which each array has those between its offsets, but `limit` at most.
/// An element that is an array itself gives its own elements where `flattens`.
pub(crate) fn arrays(
    elements: &StringArray,
    places: &[u32],
    offsets: &[usize],
    limit: usize,
    flattens: bool,
) -> Result<ArrayRef> {
    let mut column = Column::default();
    let mut text = String::new();
    for ends in offsets.windows(2) {
        text.clear();
        text.push('[');
        let mut left = limit;
        for place in &places[ends[0]..ends[1]] {
            let place = *place as usize;
            let element = if elements.is_null(place) { "null" } else { elements.value(place) };
            let mut push = |element: &str| {
                if left > 0 {
                    left -= 1;
                    text.push_str(element);
                    text.push(',');
                }
            };
            if !(flattens && each_element(element, &mut push)) {
                push(element);
            }
            if left == 0 {
                break;
            }
        }
        if text.len() > 1 {
            text.pop();
        }
        text.push(']');
        column.push(&text)?;
    }
    Ok(column.finish())
}

/// Calls `each` with the text of every element of a JSON array; false where the text is none.
pub(crate) fn each_element(text: &str, each: &mut dyn FnMut(&str)) -> bool {
    let text = text.trim_ascii();
    let Some(inside) = text.strip_prefix('[').and_then(|text| text.strip_suffix(']')) else {
        return false;
    };
    let (mut from, mut depth, mut is_quoted, mut is_escaped) = (0, 0_usize, false, false);
    for (at, byte) in inside.bytes().enumerate() {
        if is_quoted {
            is_quoted = is_escaped || byte != b'"';
            is_escaped = !is_escaped && byte == b'\\';
            continue;
        }
        match byte {
            b'"' => is_quoted = true,
            b'[' | b'{' => depth += 1,
            b']' | b'}' => depth = depth.saturating_sub(1),
            b',' if depth == 0 => {
                each(inside[from..at].trim_ascii());
                from = at + 1;
            }
            _ => {}
        }
    }
    let last = inside[from..].trim_ascii();
    if !last.is_empty() {
        each(last);
    }
    true
}

/// A JSON text as the one that stands for all texts of the same value.
pub(crate) fn canonical(text: &str) -> Cow<'_, str> {
    let is_plain = match text.as_bytes() {
        [b'"', inside @ .., b'"'] => !inside.iter().any(|byte| matches!(byte, b'\\' | b'"')),
        b"true" | b"false" | b"null" => true,
        [b'-', digits @ ..] | digits => !digits.is_empty() && digits.iter().all(u8::is_ascii_digit),
    };
    if is_plain {
        return Cow::Borrowed(text);
    }
    match Dynamic::parse(text) {
        Ok(value) => Cow::Owned(value.to_text()),
        Err(_) => Cow::Borrowed(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_arrays_apart() {
        let elements = |text: &str| {
            let mut all = Vec::new();
            each_element(text, &mut |element| all.push(element.to_owned())).then_some(all)
        };
        assert_eq!(
            elements(r#"[1, "a,]\"", [2,{"k":[3]}] ]"#).unwrap(),
            ["1", r#""a,]\"""#, r#"[2,{"k":[3]}]"#]
        );
        assert_eq!(elements(" [ ] ").unwrap(), Vec::<String>::new());
        assert_eq!(elements("{}"), None);
    }

    #[test]
    fn one_text_a_value() {
        assert_eq!(canonical(r#"{"a" : "\u0041"}"#), r#"{"a":"A"}"#);
        assert_eq!(canonical("\"a\""), "\"a\"");
        assert_eq!(canonical("1e2"), canonical("100.0"));
    }
}
