//! The YAML of a file of tests.

use std::path::Path;

use kql_semantics::time::{DateTimeText, parse_datetime};
use kql_syntax::{Code, Diagnostic};
use saphyr_parser::ScalarStyle;

use super::expand::{ago, filled, left_over};
use super::{Events, Expect, ExpectedEntity, TestCase, TestFile};
use crate::document::{entries, text};
use crate::json;
use crate::yaml::{self, Node, NodeKind};
use crate::{Seconds, SourceText};

/// How many cases a file may have, its parameters written out.
const MAX_CASES: usize = 10_000;
/// How many events a case may have.
const MAX_EVENTS: usize = 200_000;

const FILE_KEYS: [&str; 5] = ["rule", "as_of", "tables", "cases", "description"];
const CASE_KEYS: [&str; 6] = ["name", "as_of", "tables", "parameters", "expect", "description"];
const EXPECT_KEYS: [&str; 6] = ["count", "rows", "includes", "entities", "alert", "nothing"];
const REPEAT_KEYS: [&str; 3] = ["repeat", "every", "event"];

pub(super) fn file(path: &Path, source: SourceText) -> Result<TestFile, Vec<Diagnostic>> {
    let (root, doubled) = yaml::parse(&source.text).map_err(|fault| vec![*fault])?;
    let mut reader =
        Reader { source: &source, faults: doubled, default_tables: None, default_as_of: None };
    let cases = reader.cases(&root);
    let faults = reader.faults;
    if !faults.is_empty() {
        return Err(faults);
    }
    let rule = root.get("rule").and_then(Node::text).map(|rule| rule.trim().to_owned());
    Ok(TestFile { path: path.to_owned(), source, rule, cases })
}

struct Reader<'s> {
    source: &'s SourceText,
    faults: Vec<Diagnostic>,
    /// What every case has.
    default_tables: Option<Node>,
    default_as_of: Option<Node>,
}

impl Reader<'_> {
    fn fault(&mut self, node: &Node, message: impl Into<String>, help: &str) {
        let fault = Diagnostic::error(Code("wrong-test"), message);
        self.faults.push(fault.mark(node.span, "").help(help));
    }

    /// Keys that mean nothing would be tests that test nothing.
    fn known_keys(&mut self, node: &Node, known: &[&str]) {
        for (key, _) in entries(node) {
            let name = key.text().unwrap_or("");
            if !known.contains(&name) {
                let help = format!("the keys are {}", known.join(", "));
                self.fault(key, format!("`{name}` means nothing here"), &help);
            }
        }
    }

    fn cases(&mut self, root: &Node) -> Vec<TestCase> {
        self.known_keys(root, &FILE_KEYS);
        self.default_tables = root.get("tables").cloned();
        self.default_as_of = root.get("as_of").cloned();
        let Some(listed) = root.get("cases").filter(|cases| !cases.items().is_empty()) else {
            self.fault(
                root,
                "there is no case",
                "write `cases:` and below it `- name: …` with `expect:`",
            );
            return Vec::new();
        };
        let mut cases = Vec::new();
        for node in listed.items() {
            if !matches!(node.kind, NodeKind::Mapping(_)) {
                self.fault(node, "a case is a mapping", "it has `name`, `tables` and `expect`");
                continue;
            }
            self.known_keys(node, &CASE_KEYS);
            match node.get("parameters") {
                None => cases.extend(self.case(node, &[])),
                Some(parameters) => {
                    for set in parameters.items() {
                        cases.extend(self.case(node, entries(set)));
                        if cases.len() > MAX_CASES {
                            let message = format!("there are more than {MAX_CASES} cases");
                            self.fault(set, message, "divide them among several files");
                            return cases;
                        }
                    }
                }
            }
        }
        cases
    }

    fn case(&mut self, node: &Node, parameters: &[(Node, Node)]) -> Option<TestCase> {
        let parameters: Vec<(&str, &Node)> =
            parameters.iter().filter_map(|(key, value)| Some((key.text()?, value))).collect();
        let with = |node: &Node| filled(node, &parameters);
        let name = node.get("name").map(&with);
        let name = name.as_ref().and_then(Node::text).unwrap_or("").trim().to_owned();
        if name.is_empty() {
            self.fault(node, "a case has no name", "write `name:` and what the case shows");
        }
        let shown: Vec<String> = parameters
            .iter()
            .map(|(name, value)| format!("{name}={}", value.text().unwrap_or("…")))
            .collect();
        let name = if shown.is_empty() { name } else { format!("{name} [{}]", shown.join(", ")) };
        let as_of = node.get("as_of").or(self.default_as_of.as_ref()).map(&with);
        let as_of = as_of.and_then(|node| self.instant(&node));
        let mut tables: Vec<(String, Vec<Events>)> = Vec::new();
        let defaults = self.default_tables.as_ref().map(&with);
        let own = node.get("tables").map(&with);
        let mut left = MAX_EVENTS;
        for part in [defaults, own].into_iter().flatten() {
            for (key, value) in entries(&part) {
                let table = key.text().unwrap_or("").trim().to_owned();
                let events = self.events(value, as_of, &mut left);
                match tables.iter_mut().find(|(known, _)| *known == table) {
                    Some((_, known)) => known.extend(events),
                    None => tables.push((table, events)),
                }
            }
        }
        let Some(expect) = node.get("expect").map(&with) else {
            self.fault(
                node,
                "a case expects nothing at all",
                "write `expect:` with `count`, `rows`, `entities`, or `nothing`",
            );
            return None;
        };
        let expect = self.expect(&expect);
        let line = self.source.place(node.span.start).line;
        Some(TestCase { name, line, as_of, tables, expect })
    }

    fn instant(&mut self, node: &Node) -> Option<i64> {
        let instant = node.text().and_then(|text| parse_datetime(text.trim()));
        if instant.is_none() {
            self.fault(node, "this is no instant", "one looks like 2026-03-01T12:00:00Z");
        }
        instant
    }

    /// Events inline, a file of them, or several of either.
    fn events(&mut self, node: &Node, as_of: Option<i64>, left: &mut usize) -> Vec<Events> {
        let mut events = Vec::new();
        let mut lines = String::new();
        for item in node.items() {
            if let Some(path) = item.text() {
                events.push(Events::File(path.trim().to_owned()));
                continue;
            }
            if item.get("repeat").is_some() && item.get("event").is_some() {
                self.repeated(item, as_of, left, &mut lines);
            } else if matches!(item.kind, NodeKind::Mapping(_)) {
                self.event(item, as_of, left, &mut lines);
            } else {
                self.fault(
                    item,
                    "an event is a mapping of columns, or a file's name",
                    "write `- TimeGenerated: …`",
                );
            }
        }
        if matches!(node.kind, NodeKind::Mapping(_)) {
            self.fault(node, "a table's events are a list", "write `-` before each event");
        }
        if !lines.is_empty() {
            events.insert(0, Events::Lines(lines));
        }
        events
    }

    /// `repeat: 10`, `every: 1m`, `event: {…}`: copies, each so much later than the one before; `${n}` counts them from 0.
    fn repeated(&mut self, item: &Node, as_of: Option<i64>, left: &mut usize, lines: &mut String) {
        self.known_keys(item, &REPEAT_KEYS);
        let count = item
            .get("repeat")
            .and_then(Node::text)
            .and_then(|text| text.trim().parse::<usize>().ok());
        let Some(count) = count else {
            return self.fault(
                item,
                "`repeat` is a whole number",
                "write how many events there are",
            );
        };
        let every = match item.get("every") {
            None => Some(0),
            Some(node) => node.text().and_then(Seconds::parse).map(Seconds::ticks),
        };
        let (Some(every), Some(event)) = (every, item.get("event")) else {
            return self.fault(item, "`every` is a span of time", "one looks like 1m or 2h");
        };
        for index in 0..count {
            let number = text(index.to_string());
            let later = i64::try_from(index).unwrap_or(i64::MAX).saturating_mul(every);
            let one = moved(&filled(event, &[("n", &number)]), as_of, later);
            if !self.event(&one, as_of, left, lines) {
                return;
            }
        }
    }

    fn event(
        &mut self,
        event: &Node,
        as_of: Option<i64>,
        left: &mut usize,
        lines: &mut String,
    ) -> bool {
        let Some(fewer) = left.checked_sub(1) else {
            let message = format!("a case has more than {MAX_EVENTS} events");
            self.fault(event, message, "put them in a file");
            return false;
        };
        *left = fewer;
        if let Some((name, node)) = left_over(event) {
            let (message, node) =
                (format!("`${{{name}}}` is no parameter of this case"), node.clone());
            self.fault(&node, message, "name it below `parameters`");
            return false;
        }
        let event = moved(event, as_of, 0);
        lines.push_str(&json::compact(&event));
        lines.push('\n');
        true
    }

    fn expect(&mut self, node: &Node) -> Expect {
        if node.text().is_some_and(|text| text.trim() == "nothing") {
            return Expect { count: Some(0), ..Expect::default() };
        }
        self.known_keys(node, &EXPECT_KEYS);
        if let Some((name, at)) = left_over(node) {
            let (message, at) = (format!("`${{{name}}}` is no parameter of this case"), at.clone());
            self.fault(&at, message, "name it below `parameters`");
        }
        let truth = |key: &str| {
            node.get(key).and_then(Node::text).map(|text| text.trim().eq_ignore_ascii_case("true"))
        };
        let objects =
            |key: &str| node.get(key).map(|list| list.items().iter().map(json::compact).collect());
        let mut expect = Expect {
            rows: objects("rows"),
            includes: objects("includes").unwrap_or_default(),
            alert: truth("alert"),
            ..Expect::default()
        };
        if truth("nothing") == Some(true) {
            expect.count = Some(0);
        }
        if let Some(count) = node.get("count") {
            expect.count = count.text().and_then(|text| text.trim().parse().ok());
            if expect.count.is_none() {
                self.fault(count, "`count` is a whole number", "write how many rows come out");
            }
        }
        for entity in node.get("entities").map(Node::items).unwrap_or(&[]) {
            match expected_entity(entity) {
                Some(entity) => expect.entities.push(entity),
                None => self.fault(
                    entity,
                    "this is no entity",
                    "write `- Account: name`, or `- Account.FullName: name`",
                ),
            }
        }
        let is_empty = expect == Expect::default();
        if is_empty {
            self.fault(
                node,
                "nothing is expected here",
                "write `count`, `rows`, `includes`, `entities`, `alert`, or `nothing: true`",
            );
        }
        expect
    }
}

/// `Account: x`, `Account.FullName: x`
fn expected_entity(node: &Node) -> Option<ExpectedEntity> {
    let [(key, value)] = entries(node) else { return None };
    let (kind, identifier) = match key.text()?.split_once('.') {
        Some((kind, identifier)) => (kind, Some(identifier.to_owned())),
        None => (key.text()?, None),
    };
    Some(ExpectedEntity { kind: kind.to_owned(), identifier, value: value.text()?.to_owned() })
}

/// An event with its instants told: `ago(5m)` written out, and all of them so much later.
fn moved(event: &Node, as_of: Option<i64>, later: i64) -> Node {
    let NodeKind::Mapping(columns) = &event.kind else { return event.clone() };
    let column = |(key, value): &(Node, Node)| {
        let moved = value.text().and_then(|written| {
            if let Some(as_of) = as_of
                && let Some(told) = ago(written, as_of.saturating_add(later))
            {
                return Some(told);
            }
            let is_instant = written.len() >= 10
                && written.as_bytes().get(4) == Some(&b'-')
                && written.as_bytes().get(7) == Some(&b'-');
            let instant = parse_datetime(written).filter(|_| is_instant && later != 0)?;
            Some(DateTimeText(instant.saturating_add(later)).to_string())
        });
        let value = match moved {
            Some(told) => {
                let kind = NodeKind::Scalar { text: told, style: ScalarStyle::DoubleQuoted };
                Node { kind, span: value.span }
            }
            None => value.clone(),
        };
        (key.clone(), value)
    };
    Node { kind: NodeKind::Mapping(columns.iter().map(column).collect()), span: event.span }
}
