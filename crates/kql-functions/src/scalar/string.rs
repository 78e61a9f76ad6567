//! Functions of strings.

use arrow::array::{Array, StringArray};

use crate::operand::Texts;
use crate::prelude::*;

mod countof;
mod extract;
mod extract_all;
mod format_bytes;
mod has_any_index;
mod indexof;
mod indexof_regex;
mod isascii;
mod isempty;
mod isnotempty;
mod isutf8;
mod range;
mod regex_quote;
mod replace;
mod replace_regex;
mod replace_string;
mod replace_strings;
mod reverse;
mod rewrite;
mod split;
mod strcat;
mod strcat_array;
mod strcat_delim;
mod strcmp;
mod string_size;
mod strlen;
mod strrep;
mod substring;
mod tolower;
mod toupper;
mod translate;
mod trim;
mod trim_end;
mod trim_start;
mod trimming;
mod unicode_codepoints_from_string;
mod unicode_codepoints_to_string;

family![
    countof,
    extract,
    extract_all,
    format_bytes,
    has_any_index,
    indexof,
    indexof_regex,
    isascii,
    isempty,
    isnotempty,
    isutf8,
    regex_quote,
    replace,
    replace_regex,
    replace_string,
    replace_strings,
    reverse,
    split,
    strcat,
    strcat_array,
    strcat_delim,
    strcmp,
    string_size,
    strlen,
    strrep,
    substring,
    tolower,
    toupper,
    translate,
    trim,
    trim_end,
    trim_start,
    unicode_codepoints_from_string,
    unicode_codepoints_to_string,
];

/// Changes the case of the first argument's letters.
fn map_letters(
    arguments: &Arguments<'_>,
    map_ascii: fn(&mut [u8]),
    map: fn(char) -> char,
) -> Answer {
    let source = Texts::new(arguments, 0)?;
    let array = &source.array;
    let bytes = array.value_data();
    if array.len() == arguments.rows() && bytes.is_ascii() {
        // All rows at once: bytes stay in their places.
        let mut bytes = bytes.to_vec();
        map_ascii(&mut bytes);
        let (offsets, _, nulls) = array.clone().into_parts();
        let mapped = StringArray::try_new(offsets, bytes.into(), nulls);
        return mapped
            .map(|array| Arc::new(array) as ArrayRef)
            .map_err(|error| KernelError(error.to_string()));
    }
    arguments.make_strings(|row, text| text.extend(source.at(row).chars().map(map)))
}

/// The rows of the first argument that are "" or null, or those that are not.
fn empty_rows(arguments: &Arguments<'_>, are_empty: bool) -> Answer {
    if let Type::String | Type::Dynamic | Type::Unknown = arguments.ty(0) {
        let texts = arguments.strings(0)?;
        // A dynamic string keeps its quotes.
        let is_empty = |text: &str| text.is_empty() || text == "\"\"" || text == "null";
        return match arguments.ty(0) {
            Type::String => arguments.make_bools(|row| Some(texts.at(row).is_empty() == are_empty)),
            _ => arguments.make_bools(|row| Some(is_empty(texts.at(row)) == are_empty)),
        };
    }
    let array = arguments.array(0)?;
    let row_of = |row| if arguments.is_constant(0) { 0 } else { row };
    arguments.make_bools(|row| Some(array.is_null(row_of(row)) == are_empty))
}
