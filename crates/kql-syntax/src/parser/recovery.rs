//! What the parser says and does where the text makes no sense.

use super::brackets::opener_of;
use super::cursor::Parser;
use super::expressions::text_operator;
use super::operators;
use crate::diagnostics;
use crate::keyword::Keyword;
use crate::token::TokenKind;

/// What stands behind an operator, or behind the source of a pipeline.
pub(super) enum Behind {
    /// The end of the pipeline.
    End,
    /// A bar, perhaps behind text that was skipped.
    Bar,
    /// An operator without its bar.
    Operator,
}

/// Keys of a rule's YAML, which get into its query when the indentation is wrong.
const RULE_KEYS: &[&str] = &[
    "alertDetailsOverride",
    "alertRuleTemplateName",
    "customDetails",
    "description",
    "entityMappings",
    "eventGroupingSettings",
    "fieldMappings",
    "id",
    "incidentConfiguration",
    "kind",
    "metadata",
    "name",
    "queryFrequency",
    "queryPeriod",
    "relevantTechniques",
    "requiredDataConnectors",
    "sentinelEntitiesMappings",
    "severity",
    "status",
    "suppressionDuration",
    "suppressionEnabled",
    "tactics",
    "tags",
    "techniques",
    "triggerOperator",
    "triggerThreshold",
    "version",
];

impl Parser<'_> {
    /// Looks at what stands behind a pipeline, and skips what belongs to nothing.
    pub(super) fn behind_pipeline(&mut self, has_operators: bool) -> Behind {
        let is_inside = self.open_brackets > 0;
        let is_end = match self.kind() {
            TokenKind::Comma => is_inside,
            _ => self.at_list_end(),
        };
        if is_end {
            return Behind::End;
        }
        if self.at_operator_without_bar() {
            let (at, keyword) = (self.token(0).span, self.nth_text(0));
            self.report(diagnostics::missing_bar(at, keyword));
            return Behind::Operator;
        }
        if is_inside && !has_operators {
            return Behind::End;
        }
        if !is_inside && self.at_statement_on_new_line() {
            let (behind, at) = (self.end_of_last(), self.token(0).span);
            self.report(diagnostics::missing_semicolon(behind, at, self.nth_text(0)));
            return Behind::End;
        }
        self.report_unexpected_text();
        self.skip_to_bar();
        if self.at(TokenKind::Bar) { Behind::Bar } else { Behind::End }
    }

    /// Skips to a bar, a semicolon or a closing bracket.
    pub(super) fn skip_to_bar(&mut self) {
        while !self.at_list_end() {
            self.skip_balanced();
        }
    }

    fn at_statement_on_new_line(&self) -> bool {
        self.is_first_of_line() && self.at_statement() && !self.at_rule_key()
    }

    fn at_rule_key(&self) -> bool {
        self.nth(1) == TokenKind::Colon && RULE_KEYS.contains(&self.nth_text(0))
    }

    /// Whether an operator begins here without its bar.
    fn at_operator_without_bar(&self) -> bool {
        let Some(keyword) = self.keyword().filter(|&it| operators::production(it).is_some()) else {
            return false;
        };
        let goes_on = !matches!(self.nth(1), TokenKind::Equal | TokenKind::Comma | TokenKind::Dot);
        goes_on
            && match keyword {
                // More likely the word of another language than an operator in the middle of a line.
                Keyword::As | Keyword::Count => self.is_first_of_line(),
                // On a new line these rather begin a query.
                Keyword::Find
                | Keyword::MacroExpand
                | Keyword::Print
                | Keyword::Range
                | Keyword::Search => self.open_brackets > 0 || !self.is_first_of_line(),
                _ => true,
            }
    }

    /// The same inside a list, where the word could be an element that lacks its comma.
    pub(super) fn at_forgotten_bar(&self) -> bool {
        self.is_first_of_line() && self.at_operator_without_bar()
    }

    pub(super) fn report_unexpected_text(&mut self) {
        let begins = self.kind().is_name() || self.kind().is_literal() || self.open_brackets > 0;
        let kusto = if begins { "KS005" } else { "KS198" };
        let help = self.help_with_unexpected_text();
        let (at, found) = (self.token(0).span, self.nth_text(0));
        self.report(diagnostics::unexpected_text(at, found, kusto, help));
    }

    fn help_with_unexpected_text(&self) -> Option<String> {
        let text = self.nth_text(0);
        let before = self.text.get(..self.end_of_last() as usize).unwrap_or("");
        let before = before.rsplit(|it: char| !it.is_ascii_alphanumeric() && it != '_').next();
        if before == Some("not") && self.kind().is_name() {
            return Some(format!("`not` is a function: `not({text} ...)`"));
        }
        if self.at_rule_key() {
            return Some(
                "this looks like the rule's YAML: check where the query's text ends".to_owned(),
            );
        }
        let lower = text.to_ascii_lowercase();
        if lower != text && Keyword::of(&lower).is_some() {
            return Some(format!("keywords are written in lower case: `{lower}`"));
        }
        match self.kind() {
            TokenKind::Equal => Some("write `==` to compare".to_owned()),
            TokenKind::Keyword(Keyword::By) if before == Some("count") => {
                Some("write `summarize count() by ...` to count by group".to_owned())
            }
            _ => None,
        }
    }

    /// A closing bracket that closes nothing: takes it.
    pub(super) fn unmatched_closer(&mut self) {
        let opener = opener_of(self.kind()).and_then(TokenKind::text).unwrap_or("");
        let (at, closer) = (self.token(0).span, self.nth_text(0));
        self.report(diagnostics::unmatched_closer(closer, opener, at));
        self.bump();
    }

    // Missing parts.

    pub(super) fn report_missing_expression(&mut self) {
        let help = self.help_with_missing_expression();
        let (at, found) = (self.here(), self.nth_text(0));
        self.report(diagnostics::missing_expression(at, found, help));
    }

    fn help_with_missing_expression(&self) -> Option<String> {
        let text = self.nth_text(0);
        match self.kind() {
            TokenKind::Bang => Some("negation is a function: `not(...)`".to_owned()),
            TokenKind::Star if self.is_glued(0) => {
                Some("a comment begins with `//` and ends with its line".to_owned())
            }
            TokenKind::Equal | TokenKind::EqualEqual => Some("`==` compares".to_owned()),
            TokenKind::Keyword(keyword) if self.nth(1) == TokenKind::OpenParen => {
                let operator = text_operator(keyword)?.text();
                Some(format!("`{operator}` is an operator: `text {operator} \"...\"`"))
            }
            TokenKind::Keyword(_) if !self.is_first_of_line() => {
                Some(format!("a keyword is a name in brackets: `['{text}']`"))
            }
            _ => None,
        }
    }

    /// Reports an element of a `datatable` that is no literal.
    pub(super) fn report_no_literal(&mut self) {
        let is_null = self.at_keyword(Keyword::Null);
        let help = if is_null {
            "a null value names its type: `long(null)`; text has no null, only `\"\"`"
        } else {
            "the values of a `datatable` are literals, separated by `,`"
        };
        let (at, found) = (self.here(), self.nth_text(0));
        let expected = diagnostics::expected("a literal or `]`", at, found).help(help);
        self.report(expected);
    }

    pub(super) fn report_expected_operator(&mut self) {
        let text = self.nth_text(0);
        let help = match self.kind() {
            TokenKind::Bar if self.is_glued(0) => {
                Some("write `or` for one or the other".to_owned())
            }
            TokenKind::Keyword(Keyword::Count) => {
                Some("`count` takes no argument here; write `summarize count()`".to_owned())
            }
            kind if kind.is_word() => {
                operators::nearest(text).map(|name| format!("did you mean `{name}`?"))
            }
            _ => None,
        };
        let found = if self.kind().is_word() { text } else { "" };
        self.report(diagnostics::expected_operator(self.here(), found, help));
    }
}
