//! The rule that the project began with: nothing as published, half of the attacks with its join mended, all with its dash.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use harrier_detect::HuntOptions;
use harrier_detect::report::{Hits, Outcome};
use kql_semantics::time::parse_datetime;

use crate::attack::{Added, Row, SignIn, Variant, expected};
use crate::support::{Case, at, hunt_over, values};

const VARIANTS: [Variant; 3] = [Variant::Published, Variant::Inner, Variant::InnerWithDash];

/// A rule of the same shape as the one that began it.
const OWN_RULE: &str = "id: 1
name: credential added in one country, sign-in from another
query: |
  let window = 1d;
  let added = (
  CloudAppEvents
  | where Application == \"Office 365\"
  | where ActionType in (\"Add service principal credentials.\", \"Update application - Certificates and secrets management \")
  | project AddedTimestamp = Timestamp , AppName = tostring(RawEventData.Target[3].ID), CountryCode );
  EntraIdSpnSignInEvents
  | join added on $left.ServicePrincipalName == $right.AppName
  | where CountryCode != Country and AddedTimestamp + window > Timestamp
";

fn written(rule: &str, variant: Variant) -> String {
    let inner = rule.replace("| join ", "| join kind=inner ");
    match variant {
        Variant::Published => rule.to_owned(),
        Variant::Inner => inner,
        Variant::InnerWithDash => inner.replace("application - Cert", "application \u{2013} Cert"),
    }
}

fn shared() -> Option<PathBuf> {
    let given = std::env::var_os("HARRIER_SHARED").map(PathBuf::from);
    let beside = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared");
    given.or(Some(beside)).filter(|folder| folder.join("first-rule").is_dir())
}

/// The rows found, as the independent computation has them.
fn found(hits: &Hits) -> Vec<Row> {
    let column = |name: &str| values(hits, name);
    let times =
        |name: &str| column(name).iter().map(|text| parse_datetime(text).unwrap()).collect();
    let (signed, added): (Vec<i64>, Vec<i64>) = (times("Timestamp"), times("AddedTimestamp"));
    let (country, code) = (column("Country"), column("CountryCode"));
    let names = column("ServicePrincipalName").into_iter().enumerate();
    let row = |(i, name): (usize, String)| {
        (name, signed[i], country[i].clone(), added[i], code[i].clone())
    };
    let mut rows: Vec<Row> = names.map(row).collect();
    rows.sort();
    rows
}

/// Runs a rule over logs at several widths and compares with what it means.
fn check(logs: &Path, rule: &str, (added, sign_ins): (&[Added], &[SignIn]), counts: [usize; 3]) {
    for (variant, count) in VARIANTS.into_iter().zip(counts) {
        let meant = expected(added, sign_ins, variant);
        assert_eq!(meant.len(), count, "{variant:?}");
        let case = Case::new().rule("first.yaml", &written(rule, variant));
        for threads in [1, 2, 4] {
            let report = hunt_over(logs, &[case.rules()], &HuntOptions::default(), threads);
            match &report.outcomes[0].outcome {
                Outcome::Hits(hits) => {
                    assert_eq!(hits.count, count as u64, "{variant:?} on {threads} threads");
                    assert_eq!(found(hits), meant, "{variant:?} on {threads} threads");
                    assert_eq!(hits.seen.runs, 1);
                }
                Outcome::NothingFound { .. } => assert!(meant.is_empty(), "{variant:?}"),
                other => unreachable!("{variant:?}: {other:?}"),
            }
        }
    }
}

/// Six principals that sign in at home for days; credentials are added to five of them and four are used from abroad.
fn small() -> (Vec<Added>, Vec<SignIn>) {
    let (mut added, mut sign_ins) = (Vec::new(), Vec::new());
    let hour = 36_000_000_000;
    let start = at("2026-03-01T08:00:00");
    let actions = [
        "Add service principal credentials.",
        "Update application \u{2013} Certificates and secrets management ",
    ];
    for index in 0..6_i64 {
        let principal = format!("app-{index}");
        for day in 0..10 {
            let time = start + day * 24 * hour + index * 7;
            sign_ins.push(SignIn {
                principal: principal.clone(),
                time,
                country: String::from("DE"),
            });
        }
        if index == 5 {
            continue;
        }
        let time = start + (4 * 24 + index) * hour;
        let action = actions[usize::try_from(index % 2).unwrap()].to_owned();
        let (app, application) = (principal.clone(), String::from("Office 365"));
        added.push(Added { app, time, country: String::from("DE"), application, action });
        if index < 4 {
            for later in 1..=3 {
                let time = time + later * hour;
                sign_ins.push(SignIn {
                    principal: principal.clone(),
                    time,
                    country: String::from("KP"),
                });
            }
            // A day later it is no longer meant.
            let time = time + 25 * hour;
            sign_ins.push(SignIn { principal, time, country: String::from("KP") });
        }
    }
    (added, sign_ins)
}

#[test]
fn small_logs() {
    let (added, sign_ins) = small();
    let instant = |ticks: i64| kql_semantics::time::DateTimeText(ticks).to_string();
    let of_apps = added.iter().map(|one| {
        format!(
            r#"{{"Timestamp":"{}","Application":"{}","ActionType":"{}","CountryCode":"{}","RawEventData":{{"Target":[{{"ID":"a"}},{{"ID":"b"}},{{"ID":"c"}},{{"ID":"{}"}}]}}}}"#,
            instant(one.time), one.application, one.action, one.country, one.app
        )
    });
    // Several files, and not in the order of time.
    let of_sign_ins: Vec<String> = sign_ins
        .iter()
        .rev()
        .map(|one| {
            format!(
                r#"{{"Timestamp":"{}","ServicePrincipalName":"{}","Country":"{}"}}"#,
                instant(one.time),
                one.principal,
                one.country
            )
        })
        .collect();
    let (some, others) = of_sign_ins.split_at(of_sign_ins.len() / 3);
    let case = Case::new()
        .log("CloudAppEvents.ndjson", &of_apps.collect::<Vec<_>>())
        .log("EntraIdSpnSignInEvents_1.ndjson", some)
        .log("EntraIdSpnSignInEvents_2.ndjson", others);
    check(&case.logs(), OWN_RULE, (&added, &sign_ins), [0, 6, 12]);
}

#[test]
fn generated_logs() {
    let Some(shared) = shared() else { return println!("skipped: no shared folder") };
    let logs = std::env::var_os("HARRIER_BENCH_S").map_or_else(
        || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../bench-s/parquet"),
        PathBuf::from,
    );
    if !logs.is_dir() {
        return println!(
            "skipped: no generated logs (bench/gen.py --rows S) at {}",
            logs.display()
        );
    }
    let (added, sign_ins) = generated::read(&logs);
    let rule = shared.join("first-rule/AddedCredentialFromContryXAndSigninFromCountryY.yaml");
    let text = std::fs::read_to_string(rule).unwrap();
    check(&logs, &text, (&added, &sign_ins), [0, 45, 90]);
    let attacked = |variant| {
        let rows = expected(&added, &sign_ins, variant);
        rows.into_iter().map(|row| row.0).collect::<BTreeSet<_>>().len()
    };
    assert_eq!(VARIANTS.map(attacked), [0, 15, 30]);
    // The older file calls the table by its former name.
    let older = shared.join(
        "corpus/rules/azure-sentinel/Hunting Queries/Microsoft 365 Defender/Persistence/\
         AddedCredentialFromContryXAndSigninFromCountryY.yaml",
    );
    let text = std::fs::read_to_string(older).unwrap();
    assert!(text.contains("AADSpnSignInEventsBeta"));
    let case = Case::new().rule("older.yaml", &written(&text, Variant::Inner));
    let report = hunt_over(&logs, &[case.rules()], &HuntOptions::default(), 2);
    let Outcome::Hits(hits) = &report.outcomes[0].outcome else {
        unreachable!("{:?}", report.outcomes[0])
    };
    assert_eq!(found(hits), expected(&added, &sign_ins, Variant::Inner));
}

/// The generated logs, read without the engine.
mod generated {
    use std::fs::File;
    use std::path::Path;

    use arrow::array::{Array, ArrayRef, AsArray};
    use arrow::datatypes::{DataType, TimeUnit, TimestampMicrosecondType};
    use datafusion::parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
    use kql_semantics::time::UNIX_EPOCH;

    use crate::attack::{Added, SignIn};

    pub(super) fn read(logs: &Path) -> (Vec<Added>, Vec<SignIn>) {
        let mut added = Vec::new();
        let columns = ["Timestamp", "RawEventData", "CountryCode", "Application", "ActionType"];
        each(&logs.join("CloudAppEvents"), &columns, &mut |time, texts| {
            let raw: serde_json::Value = serde_json::from_str(&texts[0]).unwrap_or_default();
            let app = raw["Target"][3]["ID"].as_str().unwrap_or("").to_owned();
            let [_, country, application, action] = texts else { return };
            let (country, application, action) =
                (country.clone(), application.clone(), action.clone());
            added.push(Added { app, time, country, application, action });
        });
        let mut sign_ins = Vec::new();
        let columns = ["Timestamp", "ServicePrincipalName", "Country"];
        each(&logs.join("EntraIdSpnSignInEvents"), &columns, &mut |time, texts| {
            let [principal, country] = texts else { return };
            sign_ins.push(SignIn { principal: principal.clone(), time, country: country.clone() });
        });
        (added, sign_ins)
    }

    /// Gives the ticks of the first column and the texts of the others, row by row.
    fn each(folder: &Path, columns: &[&str], row: &mut dyn FnMut(i64, &[String])) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let file = File::open(entry.unwrap().path()).unwrap();
            let reader = ParquetRecordBatchReaderBuilder::try_new(file).unwrap().build().unwrap();
            for batch in reader {
                let batch = batch.unwrap();
                let column = |name: &&str| batch.column_by_name(name).unwrap().clone();
                let arrays: Vec<ArrayRef> = columns.iter().map(column).collect();
                let micros = DataType::Timestamp(TimeUnit::Microsecond, None);
                let times = arrow::compute::cast(&arrays[0], &micros).unwrap();
                let times = times.as_primitive::<TimestampMicrosecondType>().clone();
                let texts: Vec<ArrayRef> = arrays[1..]
                    .iter()
                    .map(|array| arrow::compute::cast(array, &DataType::Utf8).unwrap())
                    .collect();
                for index in 0..batch.num_rows() {
                    let text = |array: &ArrayRef| text_at(array, index);
                    let texts: Vec<String> = texts.iter().map(text).collect();
                    row(times.value(index) * 10 + UNIX_EPOCH, &texts);
                }
            }
        }
    }

    fn text_at(array: &ArrayRef, index: usize) -> String {
        let array = array.as_string::<i32>();
        if array.is_null(index) { String::new() } else { array.value(index).to_owned() }
    }
}
