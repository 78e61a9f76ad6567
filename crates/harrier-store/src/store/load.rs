//! Files as they are found to files of tables, several looked at side by side.

use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, mpsc};

use globset::{GlobBuilder, GlobMatcher};
use kql_syntax::Name;

use super::{OpenOptions, Progress, time_limit};
use crate::StoreError;
use crate::discover::{Found, WhyNot, discover};
use crate::file::{DataFile, TypeFilter};
use crate::naming::{Clues, is_list, table_of, tables_of_types};
use crate::probe::{Look, Probed, Unread, probe};
use crate::report::{Compression, FileReport, Format, Layout, Outcome};

/// A file, and the table it is of.
type Placed = (Name, Arc<DataFile>);

/// What is told to all who look at files.
struct Rules {
    patterns: Vec<(Name, GlobMatcher)>,
    limit: i64,
    cache: Option<PathBuf>,
}

/// Looks at all files.
pub(super) fn load(
    paths: &[PathBuf],
    options: &OpenOptions,
    progress: &dyn Fn(Progress),
) -> Result<(Vec<Placed>, Vec<FileReport>), StoreError> {
    let rules = Rules {
        patterns: patterns(options)?,
        limit: time_limit(options),
        cache: options.cache.clone(),
    };
    let found = discover(paths)?;
    let mut so_far = Progress {
        of_files: found.len(),
        of_bytes: found.iter().map(|file| file.bytes).sum(),
        ..Progress::default()
    };
    progress(so_far);
    let threads = options
        .threads
        .or_else(|| std::thread::available_parallelism().ok().map(usize::from))
        .unwrap_or(1)
        .clamp(1, found.len().max(1));
    let mut looked: Vec<(usize, Vec<Placed>, Vec<FileReport>)> = Vec::with_capacity(found.len());
    let next = AtomicUsize::new(0);
    let (sender, receiver) = mpsc::channel();
    std::thread::scope(|scope| {
        for _ in 0..threads {
            let (sender, next, found, rules) = (sender.clone(), &next, &found, &rules);
            scope.spawn(move || {
                while let Some((at, file)) = take(found, next) {
                    let (placed, reports) = look(at, file, rules);
                    if sender.send((at, placed, reports)).is_err() {
                        break;
                    }
                }
            });
        }
        drop(sender);
        for (at, placed, reports) in receiver {
            so_far.files += 1;
            so_far.bytes += found.get(at).map_or(0, |file| file.bytes);
            progress(so_far);
            looked.push((at, placed, reports));
        }
    });
    looked.sort_by_key(|(at, _, _)| *at);
    let mut files = Vec::new();
    let mut reports = Vec::new();
    for (_, placed, reported) in looked {
        files.extend(placed);
        reports.extend(reported);
    }
    Ok((files, reports))
}

fn take<'a>(found: &'a [Found], next: &AtomicUsize) -> Option<(usize, &'a Found)> {
    let at = next.fetch_add(1, Ordering::Relaxed);
    found.get(at).map(|file| (at, file))
}

fn patterns(options: &OpenOptions) -> Result<Vec<(Name, GlobMatcher)>, StoreError> {
    let compile = |(name, pattern): &(Name, String)| {
        let glob = GlobBuilder::new(pattern)
            .literal_separator(false)
            .build()
            .map_err(|source| StoreError::Pattern { pattern: pattern.clone(), source })?;
        Ok((name.clone(), glob.compile_matcher()))
    };
    options.tables.iter().map(compile).collect()
}

/// Looks at one file.
fn look(at: usize, found: &Found, rules: &Rules) -> (Vec<Placed>, Vec<FileReport>) {
    let mut report = FileReport {
        path: found.path.clone(),
        table: None,
        format: None,
        compression: Compression::None,
        layout: Layout::Plain,
        bytes: found.bytes,
        rows: 0,
        rows_set_aside: 0,
        set_aside: Vec::new(),
        outcome: Outcome::Read,
        notes: Vec::new(),
    };
    if let Some(why_not) = &found.why_not {
        report.outcome = passed_over(why_not);
        return (Vec::new(), vec![report]);
    }
    let given = given_table(found, rules);
    let probed = match probe(
        found,
        Look { is_given: given.is_some(), limit: rules.limit, cache: rules.cache.as_deref() },
    ) {
        Ok(probed) => probed,
        Err(unread) => {
            report.outcome = match unread {
                Unread::NotATable(why) => Outcome::NotATable(why),
                Unread::NotReadYet(why) => Outcome::NotReadYet(why),
                Unread::Failed(why) => Outcome::Unreadable(why),
            };
            return (Vec::new(), vec![report]);
        }
    };
    report.format = Some(match &probed.content {
        crate::file::Content::Parquet(_) => Format::Parquet,
        crate::file::Content::Json { format, .. } => *format,
        crate::file::Content::Csv(_) => Format::Csv,
    });
    report.compression = probed.compression;
    report.layout = probed.layout;
    report.rows_set_aside = probed.summary.rows_set_aside;
    report.set_aside.clone_from(&probed.summary.set_aside);
    report.notes = probed.summary.all_notes();
    let is_given = given.is_some();
    let placed = place(at, found, given, probed);
    if let [(table, file)] = placed.as_slice()
        && !is_given
        && is_list(&found.parts, table, &file.summary)
    {
        report.outcome = Outcome::NotATable(String::from("a list of values, for `externaldata`"));
        return (Vec::new(), vec![report]);
    }
    let reports = placed
        .iter()
        .enumerate()
        .map(|(part, (table, file))| {
            let mut report = report.clone();
            report.table = Some(table.clone());
            report.rows = file.rows;
            if part > 0 {
                // What is broken is told once.
                report.rows_set_aside = 0;
                report.set_aside.clear();
            }
            report
        })
        .collect();
    (placed, reports)
}

fn passed_over(why_not: &WhyNot) -> Outcome {
    match why_not {
        WhyNot::Link => Outcome::NotATable(String::from("a link, which is not followed")),
        WhyNot::Delta => {
            Outcome::NotReadYet(String::from("part of a Delta table, which is not read yet"))
        }
        WhyNot::Refused(why) => Outcome::Unreadable(why.clone()),
    }
}

/// The table that `--table` gives a file: by its whole path, its path from the given folder down, or its name.
fn given_table(found: &Found, rules: &Rules) -> Option<Name> {
    let below: PathBuf = found.parts.iter().skip(1).collect();
    let from_given: PathBuf = found.parts.iter().collect();
    let name = found.parts.last().map(String::as_str).unwrap_or_default();
    let matches = |glob: &GlobMatcher| {
        glob.is_match(&found.path)
            || glob.is_match(&from_given)
            || glob.is_match(&below)
            || glob.is_match(name)
    };
    rules.patterns.iter().find(|(_, glob)| matches(glob)).map(|(name, _)| name.clone())
}

/// The tables of a file's rows: one, but where a column `Type` names several.
fn place(at: usize, found: &Found, given: Option<Name>, probed: Probed) -> Vec<Placed> {
    let rank = u32::try_from(at).unwrap_or(u32::MAX);
    let summary = Arc::new(probed.summary);
    let file = |rows: u64, only_type: Option<TypeFilter>| {
        Arc::new(DataFile {
            path: found.path.clone(),
            rank,
            bytes: found.bytes,
            compression: probed.compression,
            summary: Arc::clone(&summary),
            rows,
            only_type,
            content: probed.content.clone(),
        })
    };
    if let Some(table) = given {
        return vec![(table, file(summary.rows, None))];
    }
    let types = tables_of_types(&summary);
    let main = types.iter().max_by_key(|(_, rows)| *rows).map(|(value, _)| *value);
    let Some(main) = main else {
        let clues =
            Clues { parts: &found.parts, category: probed.category.as_deref(), summary: &summary };
        return vec![(table_of(&clues), file(summary.rows, None))];
    };
    let others: Vec<String> = types
        .iter()
        .filter(|(value, _)| *value != main)
        .map(|(value, _)| (*value).to_owned())
        .collect();
    let rows_of_others: u64 =
        types.iter().filter(|(value, _)| *value != main).map(|(_, rows)| *rows).sum();
    let mut placed = Vec::new();
    for (value, rows) in &types {
        let is_main = *value == main;
        let filter = TypeFilter {
            value: (*value).to_owned(),
            takes_all_but: is_main.then(|| others.clone()),
        };
        let rows = if is_main { summary.rows - rows_of_others } else { *rows };
        placed.push((Name::new(value), file(rows, Some(filter))));
    }
    placed
}
