//! `harrier.toml`: what a folder of rules wants to be told of, and what not.

use std::path::{Path, PathBuf};

use globset::{Glob, GlobMatcher};
use harrier_rules::{Checked, Persona};
use kql_syntax::Severity;
use serde::Deserialize;

use crate::failure::Failure;
use crate::screen;

/// The name of the file.
pub(crate) const NAME: &str = "harrier.toml";

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    check: CheckSettings,
}

/// `[check]`
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct CheckSettings {
    /// Who reads.
    pub(crate) persona: Option<String>,
    /// What ends a run with exit code 1.
    pub(crate) fail_on: Option<String>,
    /// Findings that are not told.
    #[serde(default)]
    ignore: Vec<Ignore>,
}

/// `[[check.ignore]]`
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Ignore {
    codes: Vec<String>,
    /// Files, as a glob below the folder of `harrier.toml`.
    path: Option<String>,
    /// A rule's id.
    rule: Option<String>,
    reason: Option<String>,
}

/// What `harrier.toml` says, and the folder that it says it of.
#[derive(Debug, Default)]
pub(crate) struct Settings {
    pub(crate) check: CheckSettings,
    folder: PathBuf,
    path: PathBuf,
}

impl Settings {
    /// The settings of the file that is named; else of the one in this folder, if there is one.
    pub(crate) fn load(asked: Option<&Path>) -> Result<Self, Failure> {
        let path = asked.map_or_else(|| PathBuf::from(NAME), Path::to_owned);
        if asked.is_none() && !path.is_file() {
            return Ok(Self::default());
        }
        let text = std::fs::read_to_string(&path).map_err(|error| {
            Failure::user(format!("`{}` can not be read: {error}", path.display()))
        })?;
        let file: File = toml::from_str(&text).map_err(|error| {
            Failure::user(format!("`{}` is not understood: {error}", path.display()))
        })?;
        let folder = path.parent().unwrap_or(Path::new("")).to_owned();
        Ok(Self { check: file.check, folder, path })
    }

    /// Takes out what is to be ignored; gives how many findings that were. Says what lacks a reason and what met nothing.
    pub(crate) fn apply(
        &self,
        checked: &mut [Checked],
        id_of: &dyn Fn(&Checked) -> Option<String>,
    ) -> Result<usize, Failure> {
        let mut taken = 0;
        for ignore in &self.check.ignore {
            let glob = ignore.path.as_deref().map(matcher).transpose()?;
            let codes = ignore.codes.join(", ");
            let mut met = 0;
            for one in checked.iter_mut() {
                let path = one.file.path.strip_prefix(&self.folder).unwrap_or(&one.file.path);
                let is_path = glob.as_ref().is_none_or(|glob| glob.is_match(path));
                let is_rule = ignore
                    .rule
                    .as_ref()
                    .is_none_or(|rule| id_of(one).is_some_and(|id| id.eq_ignore_ascii_case(rule)));
                if !is_path || !is_rule {
                    continue;
                }
                let before = one.findings.len();
                one.findings.retain(|finding| {
                    !ignore.codes.iter().any(|code| code.eq_ignore_ascii_case(finding.code.0))
                });
                met += before - one.findings.len();
            }
            taken += met;
            let file = self.path.display();
            if ignore.reason.as_deref().is_none_or(|reason| reason.trim().is_empty()) {
                screen::note(&format!(
                    "{file}: the suppression of {codes} does not say why (HR001)"
                ));
            }
            if met == 0 {
                screen::note(&format!("{file}: the suppression of {codes} meets nothing (HR002)"));
            }
        }
        Ok(taken)
    }

    pub(crate) fn persona(&self) -> Result<Option<Persona>, Failure> {
        let Some(text) = &self.check.persona else { return Ok(None) };
        let all = [Persona::Regular, Persona::Pedantic, Persona::Auditor];
        let found = all.into_iter().find(|persona| persona.name() == text);
        found.map(Some).ok_or_else(|| self.wrong("persona", text, "regular, pedantic or auditor"))
    }

    pub(crate) fn fail_on(&self) -> Result<Option<Severity>, Failure> {
        let Some(text) = &self.check.fail_on else { return Ok(None) };
        let all = [Severity::Error, Severity::Warning, Severity::Information];
        let found = all.into_iter().find(|severity| crate::checking::level(*severity) == text);
        found.map(Some).ok_or_else(|| self.wrong("fail-on", text, "error, warning or note"))
    }

    fn wrong(&self, name: &str, text: &str, wanted: &str) -> Failure {
        Failure::user(format!(
            "`{}`: `{text}` is no value of `{name}`: {wanted}",
            self.path.display()
        ))
    }
}

fn matcher(glob: &str) -> Result<GlobMatcher, Failure> {
    match Glob::new(glob) {
        Ok(glob) => Ok(glob.compile_matcher()),
        Err(error) => Err(Failure::user(format!("`{glob}` is no glob: {error}"))),
    }
}
