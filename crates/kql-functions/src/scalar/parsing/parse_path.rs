//! `parse_path`: the parts of the path of a file.

use crate::operand::Texts;
use crate::prelude::*;

use kql_semantics::dynamic::{write_key, write_string};

pub(super) static FUNCTION: Function = Function {
    name: "parse_path",
    aliases: &[],
    help: "The parts of a path of Windows or Unix as a bag of strings: `Scheme`, `RootPath`, `DirectoryPath`, `DirectoryName`, `Filename`, `Extension`, `AlternateDataStreamName`.",
    examples: &[Example {
        query: r#"print v = parse_path(@'temp\file.txt')"#,
        answer: &[
            "v:dynamic",
            r#"{"Scheme":"","RootPath":"","DirectoryPath":"temp","DirectoryName":"temp","Filename":"file.txt","Extension":"txt","AlternateDataStreamName":""}"#,
        ],
    }],
    meaning: Meaning::Kernel(parse_path),
};

fn parse_path(arguments: &Arguments<'_>) -> Answer {
    let source = Texts::new(arguments, 0)?;
    arguments.make_dynamics(|row, text| {
        text.push('{');
        for (index, (key, value)) in NAMES.iter().zip(parts(source.at(row))).enumerate() {
            if index > 0 {
                text.push(',');
            }
            write_key(key, text);
            write_string(value, text);
        }
        text.push('}');
        true
    })
}

const NAMES: [&str; 7] = [
    "Scheme",
    "RootPath",
    "DirectoryPath",
    "DirectoryName",
    "Filename",
    "Extension",
    "AlternateDataStreamName",
];

fn parts(text: &str) -> [&str; 7] {
    let is_slash = |c: char| matches!(c, '/' | '\\');
    let (scheme, path) = text.split_once("://").unwrap_or(("", text));
    // Behind a scheme without a host (`file:///C:/`) there is one slash more.
    let drive = |path: &str| {
        let bytes = path.as_bytes();
        let has_letter = bytes.first().is_some_and(u8::is_ascii_alphabetic);
        has_letter && bytes.get(1) == Some(&b':')
    };
    let path = match path.strip_prefix('/').filter(|rest| !scheme.is_empty() && drive(rest)) {
        Some(rest) => rest,
        None => path,
    };
    // `C:\`, or `C:` where no slash follows; paths of Unix and of shares have no root.
    let root = if drive(path) { path.get(..3).unwrap_or(path) } else { "" };
    let root = if root.ends_with(is_slash) { root } else { root.get(..2).unwrap_or("") };
    let (directory, file) = match path.rfind(is_slash) {
        Some(at) => (path.get(..at).unwrap_or(""), path.get(at + 1..).unwrap_or("")),
        None => ("", path),
    };
    let (file, stream) = match file.split_once(':') {
        Some(both) if !(directory.is_empty() && drive(path)) => both,
        _ => (file, ""),
    };
    let name = directory.rsplit(is_slash).next().unwrap_or("");
    let extension = file.rsplit_once('.').map_or("", |(_, extension)| extension);
    [scheme, root, directory, name, file, extension, stream]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{check, json, text};

    #[test]
    fn answers() {
        let cases: &[(&[Value], Value)] = &[
            (
                &[text(r#"C:\temp\file.txt"#)],
                json(
                    r#"{"Scheme":"","RootPath":"C:\\","DirectoryPath":"C:\\temp","DirectoryName":"temp","Filename":"file.txt","Extension":"txt","AlternateDataStreamName":""}"#,
                ),
            ),
            (
                &[text("file://C:/temp/file.txt:some.exe")],
                json(
                    r#"{"Scheme":"file","RootPath":"C:/","DirectoryPath":"C:/temp","DirectoryName":"temp","Filename":"file.txt","Extension":"txt","AlternateDataStreamName":"some.exe"}"#,
                ),
            ),
            (
                &[text(r#"\\shared\users\temp\file.txt.gz"#)],
                json(
                    r#"{"Scheme":"","RootPath":"","DirectoryPath":"\\\\shared\\users\\temp","DirectoryName":"temp","Filename":"file.txt.gz","Extension":"gz","AlternateDataStreamName":""}"#,
                ),
            ),
            (
                &[text("/usr/lib/temp/file.txt")],
                json(
                    r#"{"Scheme":"","RootPath":"","DirectoryPath":"/usr/lib/temp","DirectoryName":"temp","Filename":"file.txt","Extension":"txt","AlternateDataStreamName":""}"#,
                ),
            ),
            (
                &[text("")],
                json(
                    r#"{"Scheme":"","RootPath":"","DirectoryPath":"","DirectoryName":"","Filename":"","Extension":"","AlternateDataStreamName":""}"#,
                ),
            ),
        ];
        check(&FUNCTION, &[Type::String], Type::Dynamic, cases);
    }
}
