//! What is wrong with a text, as plain data. Only the doors turn it into words on a screen, JSON or SARIF.

use crate::Span;

/// Our name of a kind of diagnostic, in words (`unknown-column`); never renumbered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Code(pub &'static str);

/// How much a diagnostic matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Severity {
    /// The text can not be run.
    Error,
    /// The text runs, and probably not as meant.
    Warning,
    /// Worth knowing.
    Information,
}

/// A place that a diagnostic speaks of, and what it says there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// Where.
    pub span: Span,
    /// A few words under the marked text; may be empty.
    pub label: String,
}

/// A replacement that mends what is diagnosed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// What is replaced; empty to insert.
    pub span: Span,
    /// The new text.
    pub text: String,
}

/// One thing wrong with a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Our code.
    pub code: Code,
    /// The code that Kusto's language service gives to the same condition (`KS142`), where it has one.
    pub kusto: Option<&'static str>,
    /// How much it matters.
    pub severity: Severity,
    /// What is wrong: lower case, no full stop, names in backticks.
    pub message: String,
    /// Places, the primary one first.
    pub marks: Vec<Mark>,
    /// What to do about it.
    pub help: Option<String>,
    /// Edits that mend it, applied together.
    pub edits: Vec<Edit>,
}

impl Diagnostic {
    /// An error without a place yet.
    #[must_use]
    pub fn error(code: Code, message: impl Into<String>) -> Self {
        Self::new(code, Severity::Error, message)
    }

    /// A warning without a place yet.
    #[must_use]
    pub fn warning(code: Code, message: impl Into<String>) -> Self {
        Self::new(code, Severity::Warning, message)
    }

    fn new(code: Code, severity: Severity, message: impl Into<String>) -> Self {
        let message = message.into();
        Self {
            code,
            kusto: None,
            severity,
            message,
            marks: Vec::new(),
            help: None,
            edits: Vec::new(),
        }
    }

    /// With Kusto's own code.
    #[must_use]
    pub fn kusto(mut self, code: &'static str) -> Self {
        self.kusto = Some(code);
        self
    }

    /// With a place; the first one given is the primary one.
    #[must_use]
    pub fn mark(mut self, span: Span, label: impl Into<String>) -> Self {
        self.marks.push(Mark { span, label: label.into() });
        self
    }

    /// With advice.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// With advice where there is any.
    #[must_use]
    pub fn help_if(mut self, help: Option<String>) -> Self {
        self.help = help.or(self.help);
        self
    }

    /// The primary place; the start of the text where none was marked.
    #[must_use]
    pub fn span(&self) -> Span {
        self.marks.first().map(|mark| mark.span).unwrap_or_default()
    }

    /// Whether the text can not be run because of it.
    #[must_use]
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}
