//! What makes the rule fire without an attack, read from the shape of its query.

use kql_syntax::Span;
use serde::Serialize;

use super::Context;
use super::document::{Block, Line, Piece};
use super::field::{Evidence, Field};
use super::reading::{ConditionKind, OtherSourceKind, TestKind};
use super::words::{self, code_list, duration};
use crate::facts::keys::Uniqueness;
use crate::facts::time::{Bound, NOW, is_relative};

/// What may make the rule fire without an attack.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Advice {
    /// What in the query makes it so.
    pub shape: String,
    /// What to do about it.
    pub guidance: String,
}

struct Reader<'c, 'a> {
    context: &'c Context<'a>,
    said: Vec<Field<Advice>>,
}

pub(super) fn read(context: &Context<'_>) -> Vec<Field<Advice>> {
    let mut reader = Reader { context, said: Vec::new() };
    if context.reading.sources.is_empty() {
        return Vec::new();
    }
    reader.single_events();
    reader.joins();
    reader.countries();
    reader.principals();
    reader.accounts();
    reader.administration();
    reader.first_seen();
    reader.thresholds();
    reader.short_words();
    reader.tools();
    reader.indicators();
    reader.anomalies();
    reader.tables();
    reader.addresses();
    reader.said
}

impl Reader<'_, '_> {
    fn add(&mut self, shape: impl Into<String>, guidance: impl Into<String>, spans: Vec<Span>) {
        let evidence: Evidence =
            spans.into_iter().take(6).map(|span| self.context.places.id(span)).collect();
        let advice = Advice { shape: shape.into(), guidance: guidance.into() };
        self.said.push(Field::derived(advice, evidence));
    }

    /// Places of tests on columns of such a name.
    fn on_columns(&self, fits: impl Fn(&str) -> bool) -> Vec<Span> {
        let mut spans = Vec::new();
        for condition in &self.context.reading.conditions {
            let is_such = match &condition.kind {
                ConditionKind::Tests(tests) => tests.iter().any(|test| fits(&test.subject.column)),
                ConditionKind::Relation { left, right, .. } => {
                    fits(&left.column) || fits(&right.column)
                }
                _ => false,
            };
            if is_such {
                spans.push(condition.span);
            }
        }
        spans
    }

    fn reads(&self, fits: impl Fn(&str) -> bool) -> bool {
        self.context
            .reading
            .sources
            .iter()
            .any(|source| source.columns.iter().any(|column| fits(column)))
    }

    fn reads_table(&self, tables: &[&str]) -> bool {
        self.context.reading.sources.iter().any(|source| tables.contains(&source.table))
    }

    fn single_events(&mut self) {
        let shape = &self.context.reading.shape;
        let has_more = shape.has_threshold
            || !shape.aggregates.is_empty()
            || shape.has_exclusions
            || !shape.anomalies.is_empty()
            || !shape.sequences.is_empty()
            || !self.context.reading.joins.is_empty();
        if !has_more {
            self.add(
                "no threshold, no grouping, nothing left out",
                "every event that matches is a hit: start as a hunt, and exclude known automation first",
                Vec::new(),
            );
        }
    }

    fn joins(&mut self) {
        let joins: Vec<(Span, bool)> = self
            .context
            .reading
            .joins
            .iter()
            .filter(|join| {
                join.kind == kql_semantics::bound::JoinKind::InnerUnique
                    && join.left_rows == Uniqueness::Many
            })
            .map(|join| (join.span, join.is_compared))
            .collect();
        if joins.is_empty() {
            return;
        }
        let guidance = match joins.iter().any(|(_, is_compared)| *is_compared) {
            true => {
                "one row of the left side stands for each key before the two sides are compared: attacks are missed and the pairs that are shown are chosen by chance (HR501); `kind=inner` compares all"
            }
            false => {
                "one row of the left side stands for each key: what it shows of the others is chosen by chance (HR501)"
            }
        };
        let spans = joins.into_iter().map(|(span, _)| span).collect();
        self.add("a join without a kind, whose left rows share keys", guidance, spans);
    }

    fn countries(&mut self) {
        let is_country = |column: &str| {
            matches!(
                column,
                "Location"
                    | "Country"
                    | "CountryCode"
                    | "City"
                    | "State"
                    | "LocationDetails"
                    | "RemoteIPCountry"
                    | "SourceIPLocation"
            )
        };
        let mut spans = self.on_columns(is_country);
        let functions = &self.context.reading.shape.functions;
        let is_looked_up = functions.contains("geo_info_from_ip_address");
        if spans.is_empty()
            && !is_looked_up
            && !(self.reads(is_country) && self.has_aggregate("dcount"))
        {
            return;
        }
        let mut guidance = String::from(
            "travel, VPN and proxy exits, mobile carriers and cloud back ends change the country without an attacker; the network (ASN) or the device tells more",
        );
        let has_difference =
            self.context.reading.conditions.iter().any(|condition| match &condition.kind {
                ConditionKind::Relation { left, operator, .. } => {
                    is_country(&left.column)
                        && matches!(
                            operator,
                            kql_syntax::tree::BinaryOperator::NotEqual
                                | kql_syntax::tree::BinaryOperator::BangTilde
                        )
                }
                _ => false,
            });
        let filters_empty = self.context.reading.tests().any(|test| {
            test.kind == TestKind::Filled && !test.is_negated && is_country(&test.subject.column)
        });
        if has_difference && !filters_empty {
            guidance.push_str("; an empty country counts as different from every other: filter it out with `isnotempty`");
        }
        spans.truncate(6);
        self.add("countries or places are compared", guidance, spans);
    }

    fn has_aggregate(&self, name: &str) -> bool {
        self.context.reading.shape.aggregates.iter().any(|(own, _)| own.starts_with(name))
    }

    fn principals(&mut self) {
        let is_of_apps = self.reads_table(&[
            "AADServicePrincipalSignInLogs",
            "AADManagedIdentitySignInLogs",
            "EntraIdSpnSignInEvents",
            "AADSpnSignInEventsBeta",
            "OAuthAppInfo",
        ]) || !self
            .on_columns(|column| {
                matches!(
                    column,
                    "AppId" | "ServicePrincipalId" | "ServicePrincipalName" | "OAuthAppId"
                )
            })
            .is_empty()
            || self.context.reading.tests().any(|test| {
                test.values.iter().any(|value| value.to_lowercase().contains("service principal"))
            });
        if is_of_apps {
            self.add(
                "service principals, applications, workload identities",
                "pipelines rotate credentials, managed identities renew them and applications of vendors sign in from many places: exclude known application ids",
                Vec::new(),
            );
        }
    }

    fn accounts(&mut self) {
        let is_account = |column: &str| {
            matches!(
                column,
                "Account"
                    | "AccountName"
                    | "SubjectUserName"
                    | "TargetUserName"
                    | "InitiatingProcessAccountName"
                    | "SubjectAccount"
                    | "TargetAccount"
                    | "UserName"
            )
        };
        let reads =
            self.reads(is_account) || self.reads_table(&["SecurityEvent", "DeviceLogonEvents"]);
        let excludes = self.context.reading.tests().any(|test| {
            is_account(&test.subject.column) && test.is_negated
                || test.subject.column == "AccountType"
                || test.subject.column == "IsMachineAccount"
                || test.is_negated
                    && test.values.iter().any(|value| {
                        let value = value.to_lowercase();
                        value == "$" || value.contains("system") || value.starts_with("svc")
                    })
        });
        if reads && !excludes {
            self.add(
                "accounts are not told apart from machine and service accounts",
                "computer accounts (`$`), SYSTEM and service accounts dominate such events: exclude those that do this every day",
                Vec::new(),
            );
        }
    }

    fn administration(&mut self) {
        let is_admin = |value: &str| {
            let value = words::folded(value);
            [
                "add member to role",
                "policy",
                "add eligible member",
                "set-",
                "new-",
                "add-",
                "update ",
                "create role",
                "consent to",
                "add app role",
            ]
            .iter()
            .any(|part| value.starts_with(part) || value.contains("role") && part.contains("role"))
        };
        let mut spans: Vec<Span> = Vec::new();
        for test in self.context.reading.tests() {
            let is_operation = matches!(
                test.subject.column.as_str(),
                "OperationName"
                    | "OperationNameValue"
                    | "Operation"
                    | "ActionType"
                    | "ActivityDisplayName"
                    | "EventName"
            );
            if is_operation && !test.is_negated && test.values.iter().any(|value| is_admin(value)) {
                spans.push(test.span);
            }
        }
        if !spans.is_empty() {
            self.add(
                "administrators' operations",
                "changes in their windows, just-in-time roles (PIM) and drills of break-glass accounts look the same: compare with change tickets",
                spans,
            );
        }
    }

    fn first_seen(&mut self) {
        let spans = self.context.reading.shape.absences.clone();
        if spans.is_empty() {
            return;
        }
        let baseline = self.context.reading.sources.iter().filter_map(|source| {
            let interval = source.interval?;
            match (interval.low, interval.high) {
                (Bound::At(low), Bound::At(high))
                    if is_relative(low) && is_relative(high) && high < NOW =>
                {
                    Some(high - low)
                }
                _ => None,
            }
        });
        let length = match baseline.max() {
            Some(ticks) if ticks > 0 => format!("the baseline of {}", duration(ticks)),
            _ => String::from("the baseline"),
        };
        let period = match self.context.rule.schedule {
            Some(schedule) => format!(
                ", and the rule's period of {} cuts off what is older (HR210)",
                duration(schedule.period.ticks())
            ),
            None => String::new(),
        };
        self.add(
            "what was not seen before",
            format!("new people, new devices and whatever happens less often than {length} covers look new{period}"),
            spans,
        );
    }

    fn thresholds(&mut self) {
        let mut told: Vec<String> = Vec::new();
        let mut spans = Vec::new();
        for condition in &self.context.reading.conditions {
            if let ConditionKind::Threshold { name, operator, number, .. } = &condition.kind {
                told.push(format!("{name} {} {number}", operator.text()));
                spans.push(condition.span);
            }
        }
        if !told.is_empty() {
            self.add(
                format!("a threshold: {}", code_list(&told, 4, "and")),
                "what is much for a small organisation is little for a large one: set it from your own data's usual numbers",
                spans,
            );
        }
    }

    fn short_words(&mut self) {
        let mut short: Vec<String> = Vec::new();
        let mut spans = Vec::new();
        for test in self.context.reading.tests() {
            if test.kind != TestKind::Contains || test.is_negated {
                continue;
            }
            let own: Vec<&String> = test
                .values
                .iter()
                .filter(|value| {
                    value.chars().count() < 5 && value.chars().any(char::is_alphanumeric)
                })
                .collect();
            if !own.is_empty() {
                spans.push(test.span);
                short.extend(
                    own.into_iter()
                        .filter(|value| !short.contains(value))
                        .cloned()
                        .collect::<Vec<_>>(),
                );
            }
        }
        if !short.is_empty() {
            let listed = code_list(&short, 8, "and");
            self.add(
                "short words are looked for",
                format!("{listed} also occur inside other words and values: see what else they match before alerting"),
                spans,
            );
        }
    }

    fn tools(&mut self) {
        let mut system: Vec<String> = Vec::new();
        let mut scanners: Vec<String> = Vec::new();
        let (mut system_spans, mut scanner_spans) = (Vec::new(), Vec::new());
        for test in self.context.reading.tests() {
            if test.is_negated {
                continue;
            }
            for value in &test.values {
                if words::is_system_tool(value) && !system.contains(value) {
                    system.push(value.clone());
                    system_spans.push(test.span);
                }
                if words::is_scanner(value) && !scanners.contains(value) {
                    scanners.push(value.clone());
                    scanner_spans.push(test.span);
                }
            }
        }
        system_spans.dedup();
        scanner_spans.dedup();
        if !system.is_empty() {
            let listed = code_list(&system, 6, "and");
            self.add(
                "programs of the system",
                format!("administrators and software distribution use {listed} too: narrow by parent process, signer or path"),
                system_spans,
            );
        }
        if !scanners.is_empty() {
            let listed = code_list(&scanners, 6, "and");
            self.add(
                "tools of testers by name",
                format!("{listed} are also run with permission: exclude the machines and times of agreed tests"),
                scanner_spans,
            );
        }
    }

    fn indicators(&mut self) {
        let mut count = 0;
        let mut spans = Vec::new();
        for test in self.context.reading.tests() {
            let own = test.values.iter().filter(|value| is_indicator(value)).count();
            if own > 0 && !test.is_negated {
                count += own;
                spans.push(test.span);
            }
        }
        let external: Vec<String> = self
            .context
            .reading
            .others
            .iter()
            .filter(|other| other.kind == OtherSourceKind::External)
            .map(|other| other.name.clone())
            .collect();
        let reads_feed =
            self.reads_table(&["ThreatIntelligenceIndicator", "ThreatIntelIndicators"]);
        if count >= 3 {
            let text = words::counted(i64::try_from(count).unwrap_or(0), "indicator");
            let age = oldest_year(self.context)
                .map(|year| format!(" (the oldest date in the file is of {year})"))
                .unwrap_or_default();
            self.add(
                format!("{text} written in the query"),
                format!("indicators age{age}: addresses and domains change hands, and shared hosting hits others"),
                spans,
            );
        }
        if !external.is_empty() {
            self.add(
                format!("a list from outside: {}", code_list(&external, 2, "and")),
                "what it lists today is not what it listed yesterday: a stale or wrong entry fires, and the list may be gone (HR510)",
                Vec::new(),
            );
        }
        if reads_feed {
            self.add(
                "indicators of a feed",
                "indicators that have expired or are of low confidence fire as well: filter by `Active`, expiry and confidence",
                Vec::new(),
            );
        }
    }

    fn anomalies(&mut self) {
        let anomalies = &self.context.reading.shape.anomalies;
        if anomalies.is_empty() {
            return;
        }
        let spans = anomalies.iter().map(|(_, span)| *span).collect();
        self.add(
            "deviation from a course",
            "weekends, month ends and releases deviate too: several periods of history are needed before it can tell",
            spans,
        );
    }

    fn tables(&mut self) {
        if self.reads_table(&[
            "EmailEvents",
            "EmailAttachmentInfo",
            "EmailUrlInfo",
            "UrlClickEvents",
        ]) {
            self.add(
                "e-mail",
                "newsletters, phishing simulations and journalling send much and look alike",
                Vec::new(),
            );
        }
        let failures = self.context.reading.tests().any(|test| {
            let is_result = matches!(
                test.subject.column.as_str(),
                "ResultType" | "ErrorCode" | "ActionType" | "EventID"
            );
            is_result
                && test.values.iter().any(|value| {
                    matches!(
                        value.as_str(),
                        "50126" | "50053" | "50055" | "50057" | "LogonFailed" | "4625"
                    )
                })
                || test.subject.column == "ResultType"
                    && test.is_negated
                    && test.values.iter().any(|value| value == "0")
        });
        if failures {
            self.add(
                "failed sign-ins",
                "devices and services that still have an old password fail for days after each reset",
                Vec::new(),
            );
        }
    }

    fn addresses(&mut self) {
        let is_address = |column: &str| {
            let column = column.to_lowercase();
            column.ends_with("ip") || column.contains("ipaddress") || column.ends_with("ipaddr")
        };
        let tests = self.on_columns(is_address);
        let functions = &self.context.reading.shape.functions;
        let knows_private = functions.contains("ipv4_is_private")
            || functions.contains("ipv4_is_in_range")
            || functions.contains("ipv4_is_in_any_range")
            || self.context.reading.tests().any(|test| {
                test.subject.column == "RemoteIPType"
                    || test.values.iter().any(|value| {
                        value.starts_with("10.")
                            || value.starts_with("192.168.")
                            || value == "127.0.0.1"
                    })
            });
        let groups_by_address =
            self.reads(is_address) && !self.context.reading.shape.aggregates.is_empty();
        let is_network = self.reads_table(&[
            "DeviceNetworkEvents",
            "CommonSecurityLog",
            "VMConnection",
            "SecurityEvent",
            "W3CIISLog",
            "DnsEvents",
        ]);
        if (!tests.is_empty() || groups_by_address) && is_network && !knows_private {
            self.add(
                "addresses, private ones among them",
                "NAT, load balancers and scanners stand for many machines: exclude private ranges and known gateways",
                tests,
            );
        }
    }
}

/// A hash, an address or a domain.
fn is_indicator(value: &str) -> bool {
    let is_hash =
        matches!(value.len(), 32 | 40 | 64) && value.bytes().all(|byte| byte.is_ascii_hexdigit());
    let is_address =
        value.split('.').count() == 4 && value.split('.').all(|part| part.parse::<u8>().is_ok());
    let label = |part: &str| {
        !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    let is_file = [
        ".exe", ".dll", ".ps1", ".bat", ".vbs", ".js", ".zip", ".txt", ".sys", ".dat", ".bin",
        ".doc", ".docx", ".xml", ".log", ".tmp", ".hta", ".cmd", ".lnk",
    ]
    .iter()
    .any(|ending| value.to_lowercase().ends_with(ending));
    let is_domain = value.contains('.')
        && value.len() > 4
        && value.split('.').all(label)
        && value.rsplit('.').next().is_some_and(|end| {
            end.len() >= 2 && end.bytes().all(|byte| byte.is_ascii_alphabetic())
        })
        && !value.contains(char::is_uppercase)
        && !is_file;
    is_hash || is_address || is_domain
}

/// The earliest year that the file names as a date.
fn oldest_year(context: &Context<'_>) -> Option<u32> {
    let text = &context.rule.file.source.text;
    let mut found = None;
    for part in text.split(|c: char| !c.is_ascii_digit() && c != '-' && c != '/') {
        let mut pieces = part.split(['-', '/']);
        let (year, month) = (pieces.next()?, pieces.next());
        let is_date = year.len() == 4 && month.is_some_and(|month| month.len() == 2);
        if let (true, Ok(year)) = (is_date, year.parse::<u32>())
            && (2010..2100).contains(&year)
        {
            found = Some(found.map_or(year, |known: u32| known.min(year)));
        }
    }
    found
}

pub(super) fn blocks(advice: &[Field<Advice>]) -> Vec<Block> {
    if advice.is_empty() {
        let text = "The shape of the query tells of none: run it over a month of data and see what comes back.";
        return vec![Block::Paragraph(Line::plain(text))];
    }
    let line = |field: &Field<Advice>| {
        let mut line = Line::default();
        let mut shape = field.value.shape.clone();
        if let Some(first) = shape.get(..1) {
            shape = format!("{}{}", first.to_uppercase(), shape.get(1..).unwrap_or(""));
        }
        for piece in Line::marked(&shape).pieces {
            line = line.then(match piece {
                Piece::Text(text) => Piece::Strong(text),
                other => other,
            });
        }
        line = line.then(Piece::Text(String::from(": ")));
        line.pieces.extend(Line::marked(&field.value.guidance).pieces);
        line.from_field(field)
    };
    vec![Block::List(advice.iter().map(line).collect())]
}

#[cfg(test)]
mod tests {
    use super::is_indicator;

    #[test]
    fn indicators_are_hashes_addresses_domains() {
        for value in ["kimjoy.ddns.net", "8.8.8.8", "d41d8cd98f00b204e9800998ecf8427e"] {
            assert!(is_indicator(value), "{value}");
        }
        for value in ["cmd.exe", "Add member to role", "4688", "powershell"] {
            assert!(!is_indicator(value), "{value}");
        }
    }
}
