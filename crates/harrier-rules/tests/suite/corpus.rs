//! Real rules: our verdict against the official language service's.

use std::collections::HashMap;

use harrier_rules::{
    CheckLine, RuleCatalog, check, check_error, check_function, load, stored_functions,
};
use kql_semantics::BindOptions;
use serde_json::Value as Json;

use crate::known::Known;
use crate::shared::folder;

/// 2024-01-01.
const NOW: i64 = 638_396_640_000_000_000;

/// How far two verdicts on a file agree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Agreement {
    Nothing,
    Parse,
    Bind,
    All,
}

fn judge(want: &Json, got: Option<&CheckLine>) -> (Agreement, String) {
    let Some(got) = got else {
        return (Agreement::Nothing, String::from("no line for this file"));
    };
    let wanted_ok = want["parse_ok"].as_bool() == Some(true);
    let first = got.diagnostics.iter().find(|diagnostic| diagnostic.severity == "error");
    let shown = first.map(|d| {
        let kusto = d.kusto.unwrap_or("-");
        format!("{kusto} {}:{} {}", d.line, d.column, d.message)
    });
    if got.parse_ok != wanted_ok {
        let verdict = if wanted_ok { "accepts" } else { "refuses" };
        return (Agreement::Nothing, format!("the oracle {verdict} the syntax; {shown:?}"));
    }
    let is_right = want["errors"].as_u64() == Some(0);
    if shown.is_none() != is_right {
        let wanted = want["diagnostics"].as_array().into_iter().flatten();
        let wanted = wanted
            .filter(|diagnostic| diagnostic["severity"] == "Error")
            .map(|d| format!("{} {} @{}", d["code"], d["message"], d["start"]))
            .next();
        return (Agreement::Parse, format!("ours {shown:?}, the oracle's {wanted:?}"));
    }
    if !is_right {
        return (Agreement::All, String::new());
    }
    let given = got.columns.as_deref().unwrap_or(&[]);
    let wanted = want["columns"].as_array().map_or(&[][..], Vec::as_slice);
    let is_open = want["open"].as_bool() == Some(true);
    if given.len() < wanted.len() || given.len() > wanted.len() && !is_open {
        let message = format!("{} columns wanted, {} given", wanted.len(), given.len());
        return (Agreement::Bind, message);
    }
    for (wanted, (name, ty)) in wanted.iter().zip(given) {
        let same = wanted[0] == name.as_str() && (wanted[1] == "unknown" || wanted[1] == *ty);
        if !same {
            return (Agreement::Bind, format!("{wanted} wanted, {name}:{ty} given"));
        }
    }
    (Agreement::All, String::new())
}

#[test]
fn agrees_with_the_language_service() {
    let Some(shared) = folder() else { return };
    let rules = shared.join("corpus/rules");
    let loaded = load(std::slice::from_ref(&rules));
    let known = Known::load(&shared);
    let functions = stored_functions(&loaded.functions, &known);
    let catalog = RuleCatalog::new(&known, &functions);
    let options = BindOptions { now: NOW, ..BindOptions::default() };
    // `MATCH=part-of-a-path` looks at some files only, `SHOW=n` shows more of what differs.
    let matching = std::env::var("MATCH").unwrap_or_default();
    let of_rules = loaded.rules.iter().filter(|rule| rule.file.relative.contains(&matching));
    let of_rules = of_rules.map(|rule| check(rule, &catalog, &options));
    let of_functions =
        loaded.functions.iter().filter(|file| file.file.relative.contains(&matching));
    let of_functions = of_functions.map(|file| check_function(file, &catalog, &options));
    let of_errors = loaded.errors.iter().filter_map(check_error);
    let lines: HashMap<String, CheckLine> = of_rules
        .chain(of_functions)
        .chain(of_errors)
        .map(|checked| (checked.file.relative.clone(), checked.line()))
        .collect();
    let expected = std::fs::read_to_string(shared.join("corpus/expected.jsonl")).unwrap();
    let mut counts = [0usize; 4];
    let mut failures: Vec<(Agreement, String)> = Vec::new();
    for want in expected.lines().map(|line| serde_json::from_str::<Json>(line).unwrap()) {
        let is_skipped =
            want["query"] == false || !want["yaml_error"].is_null() || want["kind"] == "template";
        if is_skipped || !want["path"].as_str().unwrap().contains(&matching) {
            continue;
        }
        let path = want["path"].as_str().unwrap();
        let (agreement, why) = judge(&want, lines.get(path));
        counts[agreement as usize] += 1;
        if agreement < Agreement::All {
            failures.push((agreement, format!("{path}: {why}")));
        }
    }
    failures.sort();
    let show = std::env::var("SHOW").ok().and_then(|show| show.parse().ok()).unwrap_or(20);
    failures.iter().take(show).for_each(|(_, failure)| println!("{failure}"));
    let total: usize = counts.iter().sum();
    let share = |least: Agreement| {
        let agreeing: usize = counts[least as usize..].iter().sum();
        let share = 100.0 * agreeing as f64 / total.max(1) as f64;
        println!("{agreeing} of {total}, {share:.2} %");
        share
    };
    let (parse, bind, all) =
        (share(Agreement::Parse), share(Agreement::Bind), share(Agreement::All));
    assert!(parse >= 99.9, "parse: {parse:.2} %");
    assert!(bind >= 99.5, "parse and bind: {bind:.2} %");
    assert!(all >= 98.3, "all three: {all:.2} %");
}

#[test]
fn every_file_is_something() {
    let Some(shared) = folder() else { return };
    let loaded = load(&[shared.join("corpus/rules")]);
    println!(
        "{} rules, {} functions, {} others, {} errors",
        loaded.rules.len(),
        loaded.functions.len(),
        loaded.others.len(),
        loaded.errors.len()
    );
    assert_eq!(loaded.file_count(), 3514);
    assert_eq!(loaded.errors.len(), 0, "{:?}", loaded.errors);
    for rule in &loaded.rules {
        // What stands at the mapped place of a character is that character.
        for (offset, character) in
            rule.query.text.char_indices().filter(|(_, c)| !c.is_whitespace())
        {
            let at = rule.query.offsets.to_file(u32::try_from(offset).unwrap()) as usize;
            let found = rule.file.source.text.get(at..).and_then(|rest| rest.chars().next());
            assert!(
                found == Some(character) || found == Some('\\'),
                "{}: {character:?} at {offset} is {found:?} at {at}",
                rule.file.relative
            );
        }
    }
}
