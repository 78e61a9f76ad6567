//! `harrier test --new`: the beginning of tests beside a rule.

use std::path::PathBuf;

use harrier_rules::{RuleCatalog, is_test_file, load, skeleton, stored_functions, tests_beside};
use harrier_store::KnownSchemas;

use super::TestArguments;
use crate::arguments::Limits;
use crate::failure::{Exit, Failure};
use crate::{data, screen};

pub(super) fn run(arguments: &TestArguments, limits: Limits) -> Result<Exit, Failure> {
    let loaded = data::load_rules(&arguments.rules)?;
    let mut functions = loaded.functions.clone();
    functions.extend(load(&arguments.functions).functions);
    let functions = stored_functions(&functions, &KnownSchemas);
    let catalog = RuleCatalog::new(&KnownSchemas, &functions);
    let mut written: Vec<PathBuf> = Vec::new();
    for rule in &loaded.rules {
        let path = &rule.file.path;
        if is_test_file(path) || !path.is_file() {
            continue;
        }
        if let Some(beside) = tests_beside(path) {
            screen::note(&format!("{} is there already and stays as it is", beside.display()));
            continue;
        }
        let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let tests = path.with_file_name(format!("{stem}.test.yaml"));
        if written.contains(&tests) {
            screen::note(&format!("{} holds several rules: the first is begun", path.display()));
            continue;
        }
        let mut text = skeleton(rule, &catalog);
        if let Some(part) = &rule.part {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            text.push_str(&format!("rule: '{name}#{part}'\n"));
        }
        std::fs::write(&tests, text).map_err(|error| {
            Failure::user(format!("{} can not be written: {error}", tests.display()))
        })?;
        screen::note(&format!("written: {}", tests.display()));
        written.push(tests);
    }
    if written.is_empty() {
        return Err(Failure::user("no tests were begun: every rule has some"));
    }
    let mut gathered = super::gather::gather(&written, None)?;
    gathered.functions.functions.extend(loaded.functions);
    let exit = super::once_over(arguments, gathered, limits)?;
    if exit == Exit::Found {
        screen::help(
            "change the events until the first case passes: not every condition can be met by what the query says alone",
        );
    }
    // They were begun, whatever came out.
    Ok(Exit::Clean)
}
