//! Repositories of rules: real git, over http, over file, in place, and folders without it.

use std::path::Path;
use std::sync::atomic::AtomicBool;

use harrier::repositories::{
    Depth, FetchOptions, Repositories, Repository, RepositoryError, Search, Source, Synced,
};
use harrier_rules::{ChangeKind, NotARule};

use crate::git_server::{GitServer, WorkTree};

const MIT: &str = "MIT License\n\nPermission is hereby granted, free of charge, to any person obtaining a copy of this software";

fn rule(id: &str, name: &str, query: &str) -> String {
    format!(
        "id: {id}\nname: {name}\ndescription: |\n  'Looks for {name}.'\nseverity: High\nkind: Scheduled\nqueryFrequency: 1h\nqueryPeriod: 1h\n\
         tactics:\n  - CredentialAccess\nrelevantTechniques:\n  - T1110.003\nquery: |\n  {query}\n"
    )
}

/// Four commits: a rule, a rename, a change, another rule.
fn rules(folder: &Path) -> Option<WorkTree> {
    let tree = WorkTree::new(&folder.join("work"))?;
    let spray = |query: &str| rule("a1", "Password spray", query);
    tree.write("LICENSE", MIT).write("README.md", "# Rules");
    tree.write("Detections/spray.yaml", spray("SigninLogs | where ResultType == '50126'"));
    tree.commit("Password spray\n\nMore words.");
    tree.git(&["mv", "Detections/spray.yaml", "spray-of-passwords.yaml"]);
    tree.commit("Rules stand in the root");
    tree.write(
        "spray-of-passwords.yaml",
        spray("SigninLogs | where ResultType in ('50126', '50053')"),
    );
    tree.commit("Locked accounts too");
    tree.write("hosts.yaml", rule("b2", "Odd hosts", "Heartbeat | where Computer has 'odd'"));
    tree.commit("Odd hosts");
    Some(tree)
}

fn options() -> FetchOptions {
    FetchOptions { now: 42, ..FetchOptions::default() }
}

fn add(
    home: &Path,
    source: &str,
    options: &FetchOptions,
) -> Result<(Repository, Synced), RepositoryError> {
    let source = Source::parse(source)?;
    Repositories::new(home).add(&source, options, &AtomicBool::new(false))
}

fn sync(
    home: &Path,
    name: &str,
    options: &FetchOptions,
) -> Result<(Repository, Synced), RepositoryError> {
    Repositories::new(home).sync(name, options, &AtomicBool::new(false))
}

fn bare(folder: &Path, tree: &WorkTree) {
    let bare = folder.join("served/rules.git");
    std::fs::create_dir_all(bare.parent().unwrap()).unwrap();
    tree.git(&["clone", "--quiet", "--bare", ".", bare.to_str().unwrap()]);
}

fn push(tree: &WorkTree) {
    tree.git(&["push", "--quiet", "--force", "../served/rules.git", "main"]);
}

/// Adding, fetching again, and the history, however it is reached.
fn whole_life(folder: &Path, tree: &WorkTree, url: &str) {
    let home = folder.join("home");
    let (repository, synced) = add(&home, url, &options()).unwrap();
    assert_eq!(
        (repository.name.as_str(), repository.rules, repository.retrieved),
        ("rules", 2, 42)
    );
    assert_eq!(synced.added, ["hosts.yaml", "spray-of-passwords.yaml"]);
    let head = tree.git(&["rev-parse", "HEAD"]);
    assert_eq!(repository.commit.as_deref(), Some(head.as_str()));
    let licence = repository.licence.clone().unwrap();
    assert_eq!((licence.id.as_deref(), licence.path.as_str()), (Some("MIT"), "LICENSE"));
    let loaded = repository.load().unwrap();
    let origin = loaded.rules[1].file.origin.clone().unwrap();
    assert_eq!(
        (origin.path.as_str(), origin.commit.as_deref()),
        ("spray-of-passwords.yaml", Some(head.as_str()))
    );
    assert_eq!(origin.changed.clone().unwrap().subject, "Locked accounts too");
    let history = repository.history("spray-of-passwords.yaml", 100).unwrap();
    assert!(!history.is_cut);
    let kinds: Vec<_> =
        history.versions.iter().map(|version| version.change.kind.clone()).collect();
    let from = String::from("Detections/spray.yaml");
    assert_eq!(kinds, [ChangeKind::Changed, ChangeKind::Renamed { from }, ChangeKind::Added]);
    let oldest = history.versions.last().unwrap();
    assert_eq!(oldest.change.path, "Detections/spray.yaml");
    // 2026-01-01
    assert_eq!(oldest.change.time, 639_028_224_000_000_000);
    let bytes = repository.file_at(&oldest.change.commit[..10], "Detections/spray.yaml").unwrap();
    assert_eq!(bytes.as_deref(), oldest.bytes.as_deref());
    assert!(matches!(repository.file_at("ffffffff", "x"), Err(RepositoryError::NoCommit { .. })));
    // What is new is fetched, and told.
    tree.write("hosts.yaml", rule("b2", "Odd hosts", "Heartbeat | where Computer has 'odder'"));
    tree.write("third.yaml", rule("c3", "Third", "Syslog"));
    std::fs::remove_file(tree.path.join("spray-of-passwords.yaml")).unwrap();
    tree.commit("More, and less");
    push(tree);
    let (repository, synced) = sync(&home, "rules", &options()).unwrap();
    assert_eq!((synced.rules, synced.added.len(), synced.changed.len()), (2, 1, 1));
    assert_eq!(synced.removed, ["spray-of-passwords.yaml"]);
    let history = repository.history("spray-of-passwords.yaml", 100).unwrap();
    assert_eq!(
        (history.versions.len(), &history.versions[0].change.kind),
        (4, &ChangeKind::Removed)
    );
    let again = sync(&home, "rules", &options()).unwrap().1;
    assert_eq!((again.before, again.added.len() + again.changed.len()), (again.after, 0));
    let repositories = Repositories::new(&home);
    repositories.remove("rules").unwrap();
    assert!(repositories.list().unwrap().is_empty());
}

#[test]
fn over_http() {
    let folder = tempfile::tempdir().unwrap();
    let Some(tree) = rules(folder.path()) else { return };
    bare(folder.path(), &tree);
    let server = GitServer::start(&folder.path().join("served"), None);
    whole_life(folder.path(), &tree, &server.url("rules.git"));
}

#[test]
fn over_file() {
    let folder = tempfile::tempdir().unwrap();
    let Some(tree) = rules(folder.path()) else { return };
    bare(folder.path(), &tree);
    let url = format!("file://{}", folder.path().join("served/rules.git").display());
    whole_life(folder.path(), &tree, &url);
}

#[test]
fn in_place() {
    let folder = tempfile::tempdir().unwrap();
    let Some(tree) = rules(folder.path()) else { return };
    let home = folder.path().join("home");
    let named = FetchOptions { name: Some(String::from("mine")), ..options() };
    let (repository, _) = add(&home, tree.path.to_str().unwrap(), &named).unwrap();
    assert_eq!((repository.name.as_str(), repository.rules), ("mine", 2));
    assert_eq!(repository.history("spray-of-passwords.yaml", 100).unwrap().versions.len(), 3);
    tree.write("third.yaml", rule("c3", "Third", "Syslog"));
    // What is not committed is not read.
    assert!(sync(&home, "mine", &options()).unwrap().1.added.is_empty());
    tree.commit("Third");
    assert_eq!(sync(&home, "mine", &options()).unwrap().1.added, ["third.yaml"]);
    Repositories::new(&home).remove("mine").unwrap();
    assert!(tree.path.join("third.yaml").exists());
}

#[test]
fn a_folder_without_git() {
    let folder = tempfile::tempdir().unwrap();
    let plain = folder.path().join("plain");
    std::fs::create_dir(&plain).unwrap();
    std::fs::write(plain.join("a.yaml"), rule("a1", "A", "Syslog")).unwrap();
    let home = folder.path().join("home");
    let (repository, _) = add(&home, plain.to_str().unwrap(), &options()).unwrap();
    assert_eq!((repository.commit.clone(), repository.rules), (None, 1));
    let loaded = repository.load().unwrap();
    assert_eq!(loaded.rules[0].file.origin.clone().unwrap().path, "a.yaml");
    assert!(matches!(repository.history("a.yaml", 10), Err(RepositoryError::NoHistory(_))));
    assert!(matches!(
        add(&home, plain.to_str().unwrap(), &options()),
        Err(RepositoryError::Exists(_))
    ));
}

#[test]
fn a_shallow_history_says_that_it_is_cut() {
    let folder = tempfile::tempdir().unwrap();
    let Some(tree) = rules(folder.path()) else { return };
    bare(folder.path(), &tree);
    let server = GitServer::start(&folder.path().join("served"), None);
    let home = folder.path().join("home");
    let shallow = FetchOptions { depth: Depth::Commits(1), ..options() };
    let (repository, _) = add(&home, &server.url("rules.git"), &shallow).unwrap();
    let history = repository.history("hosts.yaml", 100).unwrap();
    assert!(history.is_cut);
    assert_eq!(history.versions[0].change.kind, ChangeKind::AlreadyThere);
    let whole = FetchOptions { depth: Depth::Everything, ..options() };
    let (repository, _) = sync(&home, "rules", &whole).unwrap();
    let history = repository.history("spray-of-passwords.yaml", 100).unwrap();
    assert_eq!((history.is_cut, history.versions.len()), (false, 3));
}

#[test]
fn credentials_are_used_and_never_shown() {
    let folder = tempfile::tempdir().unwrap();
    let Some(tree) = rules(folder.path()) else { return };
    bare(folder.path(), &tree);
    // me:s3cret-t0ken
    let server =
        GitServer::start(&folder.path().join("served"), Some("Basic bWU6czNjcmV0LXQwa2Vu"));
    let home = folder.path().join("home");
    for wrong in ["me:wr0ng-t0ken@", ""] {
        let url = match wrong {
            "" => server.url("rules.git"),
            _ => server.url_with(wrong.trim_end_matches('@'), "rules.git"),
        };
        let error = add(&home, &url, &options()).unwrap_err();
        assert!(matches!(error, RepositoryError::Credentials { .. }), "{error:?}");
        assert!(!error.to_string().contains("t0ken"), "{error}");
    }
    // Nothing stays of what failed.
    assert_eq!(std::fs::read_dir(home.join("rules")).unwrap().count(), 0);
    let url = server.url_with("me:s3cret-t0ken", "rules.git");
    let (repository, _) = add(&home, &url, &options()).unwrap();
    assert_eq!(repository.rules, 2);
    assert!(!format!("{repository:?}").contains("s3cret"));
    sync(&home, "rules", &options()).unwrap();
    // One file holds them, and only its owner reads it.
    for entry in walk(&home) {
        let holds = std::fs::read(&entry).unwrap().windows(6).any(|six| six == b"s3cret");
        assert_eq!(holds, entry.file_name().unwrap() == "credentials", "{}", entry.display());
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode =
            std::fs::metadata(home.join("rules/rules/credentials")).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
}

fn walk(folder: &Path) -> Vec<std::path::PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap().flatten().map(|entry| entry.path());
    entries.flat_map(|path| if path.is_dir() { walk(&path) } else { vec![path] }).collect()
}

#[test]
fn what_can_not_be_fetched_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let Some(tree) = rules(folder.path()) else { return };
    bare(folder.path(), &tree);
    let server = GitServer::start(&folder.path().join("served"), None);
    let home = folder.path().join("home");
    let gone =
        add(&home, &server.url_with("me:s3cret-t0ken", "nothing.git"), &options()).unwrap_err();
    assert!(matches!(gone, RepositoryError::Fetch { .. }), "{gone:?}");
    assert!(!gone.to_string().contains("s3cret"), "{gone}");
    let branch = FetchOptions { branch: Some(String::from("nowhere")), ..options() };
    let error = add(&home, &server.url("rules.git"), &branch).unwrap_err();
    assert!(error.to_string().contains("nowhere"), "{error}");
    assert!(matches!(sync(&home, "rules", &options()), Err(RepositoryError::Unknown { .. })));
    let stopped = Repositories::new(&home).add(
        &Source::parse(&server.url("rules.git")).unwrap(),
        &options(),
        &AtomicBool::new(true),
    );
    assert!(matches!(stopped, Err(RepositoryError::Interrupted)), "{stopped:?}");
}

#[test]
fn a_hostile_repository_stays_inside() {
    let folder = tempfile::tempdir().unwrap();
    let Some(tree) = rules(folder.path()) else { return };
    #[cfg(unix)]
    std::os::unix::fs::symlink("/etc/passwd", tree.path.join("link.yaml")).unwrap();
    #[cfg(unix)]
    std::os::unix::fs::symlink("..", tree.path.join("up")).unwrap();
    tree.write("huge.yaml", vec![b'a'; 33 << 20]);
    tree.write("large.yaml", vec![b'a'; 5 << 20]);
    tree.write("latin.yaml", b"id: 9\nname: \xe4\x96\xff\nquery: print 1\n");
    tree.write("binary.yaml", b"id: \0\x01");
    tree.write(
        "<script>alert(1)</script>.yaml",
        rule("e5", "<img src=x onerror=alert(1)>", "Syslog"),
    );
    let bomb: String = (0..12)
        .map(|i| format!("a{i}: &a{i} [{}]\n", vec![format!("*a{}", i - 1); 10].join(",")))
        .collect();
    tree.write("bomb.yaml", bomb.replacen("*a-1", "x", 10));
    tree.write("deep.yaml", format!("query: {}", "[".repeat(200_000)));
    tree.write("a\\b\u{202e}.yaml", rule("f6", "turned\u{202e}", "Syslog"));
    tree.commit("Hostile");
    let home = folder.path().join("home");
    let (repository, synced) = add(&home, tree.path.to_str().unwrap(), &options()).unwrap();
    let loaded = repository.load().unwrap();
    let others: Vec<(&str, &str)> = loaded
        .others
        .iter()
        .map(|NotARule { relative, reason, .. }| (relative.as_str(), reason.as_str()))
        .collect();
    #[cfg(unix)]
    assert!(others.contains(&("link.yaml", "a link, which is not followed")), "{others:?}");
    #[cfg(unix)]
    assert!(others.contains(&("up", "a link, which is not followed")), "{others:?}");
    for name in ["huge.yaml", "large.yaml"] {
        assert!(others.contains(&(name, "a file too large to be a rule")), "{name} {others:?}");
    }
    assert!(others.contains(&("binary.yaml", "a binary file")), "{others:?}");
    assert_eq!(loaded.errors.len(), 2, "{:?}", loaded.errors);
    assert_eq!(synced.rules, 5);
    assert!(loaded.rules.iter().any(|rule| rule.name == "ä–ÿ"));
}

#[test]
fn rules_are_found_by_words() {
    let folder = tempfile::tempdir().unwrap();
    let Some(tree) = rules(folder.path()) else { return };
    let home = folder.path().join("home");
    add(&home, tree.path.to_str().unwrap(), &options()).unwrap();
    let found = |text: &str| -> Vec<String> {
        let found = Repositories::new(&home).search(&Search::parse(text)).unwrap();
        found.into_iter().map(|found| found.rule.name).collect()
    };
    assert_eq!(found("spray"), ["Password spray"]);
    assert_eq!(found("ODD"), ["Odd hosts"]);
    assert_eq!(found("table:heartbeat"), ["Odd hosts"]);
    assert_eq!(found("technique:T1110"), ["Odd hosts", "Password spray"]);
    assert_eq!(found("technique:T1110.003 50053"), ["Password spray"]);
    assert_eq!(
        found("tactic:CredentialAccess severity:high kind:scheduled repo:work"),
        ["Odd hosts", "Password spray"]
    );
    assert_eq!(found("\"looks for odd\""), ["Odd hosts"]);
    assert_eq!(found("id:a1 name:spray query:resulttype path:spray"), ["Password spray"]);
    for nothing in ["absent", "technique:T11", "table:Heart", "severity:low", "repo:other"] {
        assert_eq!(found(nothing), [""; 0], "{nothing}");
    }
}
