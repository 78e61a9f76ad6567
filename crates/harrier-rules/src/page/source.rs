//! The rule's file as it is.

use serde::Serialize;

use super::Context;
use super::document::Block;
use super::field::Field;
use crate::Encoding;

/// The file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SourceFile {
    /// Its text, as it was decoded.
    pub text: String,
    /// How it was encoded.
    pub encoding: &'static str,
    /// SHA-256 of its bytes.
    pub sha256: String,
    /// How many bytes it has.
    pub bytes: usize,
}

pub(super) fn read(context: &Context<'_>) -> Field<SourceFile> {
    let file = &context.rule.file;
    let encoding = match file.source.encoding {
        Encoding::Utf8 => "UTF-8",
        Encoding::Utf16 => "UTF-16",
        Encoding::Windows1252 => "Windows-1252",
    };
    let value = SourceFile {
        text: file.source.text.clone(),
        encoding,
        sha256: context.hash.clone(),
        bytes: file.bytes.len(),
    };
    Field::source(value, format!("path:{}", context.path()))
}

pub(super) fn blocks(source: &Field<SourceFile>, is_yaml: bool) -> Vec<Block> {
    let language = if is_yaml { "yaml" } else { "kusto" };
    vec![Block::Code { language, text: source.value.text.clone(), marks: Vec::new() }]
}
