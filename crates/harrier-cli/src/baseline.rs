//! A baseline: findings that were there before, and are not told again.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;

use harrier_rules::Checked;
use kql_syntax::Diagnostic;
use serde::{Deserialize, Serialize};

use crate::failure::Failure;
use crate::output::Output;

/// How much of the marked text tells a finding from others. **Unit**: characters.
const MOST: usize = 200;

/// The findings of one time. Lines are no part of it: what moves stays known.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct Baseline {
    version: u32,
    findings: Vec<Known>,
}

/// Findings that are alike.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Known {
    path: String,
    code: String,
    /// The marked text.
    text: String,
    /// How many there are.
    times: usize,
}

type Key = (String, String, String);

impl Baseline {
    /// All that is said of these files.
    pub(crate) fn of(checked: &[Checked]) -> Self {
        let mut all: BTreeMap<Key, usize> = BTreeMap::new();
        for one in checked {
            for diagnostic in one.diagnostics.iter().chain(&one.findings) {
                *all.entry(key(one, diagnostic)).or_default() += 1;
            }
        }
        let known =
            all.into_iter().map(|((path, code, text), times)| Known { path, code, text, times });
        Self { version: 1, findings: known.collect() }
    }

    pub(crate) fn read(path: &Path) -> Result<Self, Failure> {
        let text = std::fs::read_to_string(path).map_err(|error| {
            Failure::user(format!("the baseline `{}` can not be read: {error}", path.display()))
        })?;
        let baseline: Self = serde_json::from_str(&text).map_err(|error| {
            Failure::user_with(
                format!("`{}` is no baseline: {error}", path.display()),
                "write one with --write-baseline",
            )
        })?;
        Ok(baseline)
    }

    pub(crate) fn write(&self, path: &Path) -> Result<(), Failure> {
        let mut output = Output::open(Some(path))?;
        serde_json::to_writer_pretty(&mut output, self).map_err(std::io::Error::from)?;
        output.write_all(b"\n")?;
        output.finish()
    }

    /// Takes out what is known; gives how many that were.
    pub(crate) fn apply(&self, checked: &mut [Checked]) -> usize {
        let known = self
            .findings
            .iter()
            .map(|one| ((one.path.clone(), one.code.clone(), one.text.clone()), one.times));
        let mut left: BTreeMap<Key, usize> = known.collect();
        let mut taken = 0;
        for one in checked {
            let mut take = |diagnostic: &Diagnostic, own: &Checked| match left
                .get_mut(&key(own, diagnostic))
            {
                Some(times) if *times > 0 => {
                    *times -= 1;
                    taken += 1;
                    false
                }
                _ => true,
            };
            let mut diagnostics = std::mem::take(&mut one.diagnostics);
            diagnostics.retain(|diagnostic| take(diagnostic, one));
            let mut findings = std::mem::take(&mut one.findings);
            findings.retain(|finding| take(finding, one));
            (one.diagnostics, one.findings) = (diagnostics, findings);
        }
        taken
    }

    /// How many findings it holds.
    pub(crate) fn len(&self) -> usize {
        self.findings.iter().map(|one| one.times).sum()
    }
}

fn key(checked: &Checked, diagnostic: &Diagnostic) -> Key {
    let path = checked.file.path.to_string_lossy().replace('\\', "/");
    let marked = diagnostic.span().text(&checked.file.source.text);
    let text: String =
        marked.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(MOST).collect();
    (path, diagnostic.code.0.to_owned(), text)
}

/// What tells a finding from others wherever its line moves: 16 hexadecimal digits.
pub(crate) fn fingerprint(checked: &Checked, diagnostic: &Diagnostic) -> String {
    let (path, code, text) = key(checked, diagnostic);
    // FNV-1a: stable over versions and machines, and nothing here is secret.
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for byte in path.bytes().chain([0]).chain(code.bytes()).chain([0]).chain(text.bytes()) {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    format!("{hash:016x}")
}
