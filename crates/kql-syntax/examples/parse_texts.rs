//! Parses texts so that other programs can compare: reads lines of `{"id", "text"}` on stdin, writes lines of
//! `{"id", "ok", "diagnostics": [{"code", "kusto", "severity", "message", "start", "length", "help"}]}` on stdout, with
//! places in UTF-16 units as Kusto's language service gives them. `ok` says that no diagnostic is an error.
#![allow(clippy::print_stdout, reason = "stdout is what this program is for")]

use std::io::{self, BufRead, Write};

use kql_syntax::{Diagnostic, Severity, parse};
use serde_json::{Value, json};

fn main() -> io::Result<()> {
    let mut out = io::BufWriter::new(io::stdout().lock());
    for line in io::stdin().lock().lines() {
        let case: Value = serde_json::from_str(&line?)?;
        let text = case["text"].as_str().unwrap_or("");
        let parsed = parse(text);
        let diagnostics: Vec<Value> =
            parsed.diagnostics.iter().map(|it| described(text, it)).collect();
        let answer = json!({
            "id": case["id"],
            "ok": !parsed.has_errors(),
            "diagnostics": diagnostics,
        });
        writeln!(out, "{answer}")?;
    }
    Ok(())
}

fn described(text: &str, diagnostic: &Diagnostic) -> Value {
    let span = diagnostic.span();
    let units = |bytes: u32| text.get(..bytes as usize).map_or(0, |it| it.encode_utf16().count());
    let (start, end) = (units(span.start), units(span.end));
    json!({
        "code": diagnostic.code.0,
        "kusto": diagnostic.kusto,
        "severity": match diagnostic.severity {
            Severity::Error => "Error",
            Severity::Warning => "Warning",
            Severity::Information => "Information",
        },
        "message": diagnostic.message,
        "start": start,
        "length": end - start,
        "help": diagnostic.help,
    })
}
