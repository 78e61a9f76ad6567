//! How `parse-kv` finds keys and values in a text.

use kql_functions::KernelError;
use kql_functions::text::pattern::compile;
use regex::Regex;

/// How keys and values are told apart.
#[derive(Debug)]
pub(crate) enum Form {
    /// A key ends at `between`, a value at `behind`.
    Delimited(Delimited),
    /// A key and a value are words, and all between words is between them.
    Words(Quotes),
    /// The first two groups of an expression are a key and a value.
    Expression(Regex),
}

/// `pair_delimiter`, `kv_delimiter`, `quote`, `escape`, `greedy`
#[derive(Debug)]
pub(crate) struct Delimited {
    /// Ends a value. Empty: the text's end does.
    pub(crate) behind: String,
    /// Stands between key and value.
    pub(crate) between: String,
    /// Around values.
    pub(crate) quotes: Quotes,
    /// Whether a value goes on until the last `behind` before the next key.
    pub(crate) is_greedy: bool,
}

/// What stands around quoted values, and before a quote inside.
#[derive(Clone, Debug, Default)]
pub(crate) struct Quotes {
    /// Pairs of opening and closing ones.
    pub(crate) pairs: Vec<(char, char)>,
    /// Makes what follows plain.
    pub(crate) escape: Option<char>,
}

impl Form {
    /// By an expression.
    ///
    /// **Errors**: what is no expression, or has fewer than two groups.
    pub(crate) fn expression(pattern: &str) -> Result<Self, KernelError> {
        let expression = compile(pattern)?;
        if expression.captures_len() < 3 {
            let message =
                format!("`{pattern}` needs two groups: one for the key and one for the value");
            return Err(KernelError(message));
        }
        Ok(Self::Expression(expression))
    }

    /// Calls `found` with each key and value; they are as written, quotes taken off.
    pub(crate) fn pairs(&self, text: &str, found: &mut dyn FnMut(&str, &str)) {
        match self {
            Self::Delimited(form) => form.pairs(text, found),
            Self::Words(quotes) => quotes.words(text, found),
            Self::Expression(expression) => {
                for captures in expression.captures_iter(text) {
                    if let (Some(key), Some(value)) = (captures.get(1), captures.get(2)) {
                        found(key.as_str(), value.as_str());
                    }
                }
            }
        }
    }
}

impl Delimited {
    fn pairs(&self, text: &str, found: &mut dyn FnMut(&str, &str)) {
        let mut rest = text;
        while let Some((before, after)) = rest.split_once(&*self.between) {
            let key = self.last_word(before);
            let (value, behind) = self.value(after);
            let key = self.quotes.taken_off(key);
            found(&key, &value);
            rest = behind;
        }
    }

    /// What stands behind the last delimiter.
    fn last_word<'a>(&self, text: &'a str) -> &'a str {
        let text = text.trim();
        match self.behind.is_empty() {
            true => text,
            false => text.rsplit(&*self.behind).next().unwrap_or(text).trim(),
        }
    }

    /// The value at the start of a text, and what follows it.
    fn value<'a>(&self, text: &'a str) -> (std::borrow::Cow<'a, str>, &'a str) {
        let start = text.trim_start();
        if let Some((value, rest)) = self.quotes.quoted(start) {
            return (value.into(), rest);
        }
        let end = match self.is_greedy {
            true => self.last_end(start),
            false => self.first_end(start),
        };
        let value = start.get(..end).unwrap_or(start);
        (value.trim().into(), start.get(end..).unwrap_or(""))
    }

    fn first_end(&self, text: &str) -> usize {
        if self.behind.is_empty() {
            text.len()
        } else {
            text.find(&*self.behind).unwrap_or(text.len())
        }
    }

    /// The last delimiter before the next key.
    fn last_end(&self, text: &str) -> usize {
        match text.split_once(&*self.between) {
            Some((before, _)) if !self.behind.is_empty() => {
                // A key is the last word of what stands before its sign, spaces around it apart.
                before.trim_end().rfind(&*self.behind).unwrap_or(text.len())
            }
            _ => text.len(),
        }
    }
}

impl Quotes {
    /// A quoted value at the start of a text, and what follows it; none where there is none or it does not end.
    fn quoted<'a>(&self, text: &'a str) -> Option<(String, &'a str)> {
        let mut chars = text.char_indices();
        let (_, first) = chars.next()?;
        let (_, closing) = self.pairs.iter().find(|(opening, _)| *opening == first)?;
        let mut value = String::new();
        while let Some((at, char)) = chars.next() {
            if self.escape == Some(char) {
                value.extend(chars.next().map(|(_, plain)| plain));
            } else if char == *closing {
                return Some((value, text.get(at + char.len_utf8()..)?));
            } else {
                value.push(char);
            }
        }
        None
    }

    fn taken_off<'a>(&self, text: &'a str) -> std::borrow::Cow<'a, str> {
        match self.quoted(text) {
            Some((value, "")) => value.into(),
            _ => text.into(),
        }
    }

    /// Calls `found` with each word and the one behind it.
    fn words(&self, text: &str, found: &mut dyn FnMut(&str, &str)) {
        let mut before: Option<String> = None;
        let mut rest = text;
        while let Some(start) = rest.find(|char: char| self.begins_word(char)) {
            rest = rest.get(start..).unwrap_or("");
            let (word, behind) = match self.quoted(rest) {
                Some(quoted) => quoted,
                None => {
                    let end = rest.find(|char: char| !is_of_word(char)).unwrap_or(rest.len());
                    // An opening quote without its closing one is no word.
                    let end =
                        if end == 0 { rest.chars().next().map_or(0, char::len_utf8) } else { end };
                    (rest.get(..end).unwrap_or("").to_owned(), rest.get(end..).unwrap_or(""))
                }
            };
            if let Some(before) = &before {
                found(before, &word);
            }
            (before, rest) = (Some(word), behind);
        }
    }

    fn begins_word(&self, char: char) -> bool {
        is_of_word(char) || self.pairs.iter().any(|(opening, _)| *opening == char)
    }
}

fn is_of_word(char: char) -> bool {
    char.is_alphanumeric() || char == '_'
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(form: &Form, text: &str) -> Vec<(String, String)> {
        let mut all = Vec::new();
        form.pairs(text, &mut |key, value| all.push((key.to_owned(), value.to_owned())));
        all
    }

    fn delimited(behind: &str, between: &str, is_greedy: bool) -> Form {
        let quotes = Quotes { pairs: vec![('"', '"')], escape: Some('\\') };
        let (behind, between) = (behind.to_owned(), between.to_owned());
        Form::Delimited(Delimited { behind, between, quotes, is_greedy })
    }

    fn check(form: &Form, text: &str, wanted: &[(&str, &str)]) {
        let found = pairs(form, text);
        let found: Vec<(&str, &str)> =
            found.iter().map(|(key, value)| (&**key, &**value)).collect();
        assert_eq!(found, wanted, "{text}");
    }

    #[test]
    fn delimiters() {
        check(&delimited(";", "=", false), " k1 = 11 ; k2==2=2", &[("k1", "11"), ("k2", "=2=2")]);
        check(&delimited(" ", "=", false), "  key  =  value  ", &[("key", "value")]);
        check(&delimited(" ", "=", false), "junk a=1 b=2", &[("a", "1"), ("b", "2")]);
        check(&delimited("][", "=", false), "[k1=v1][k2=v2]", &[("[k1", "v1"), ("k2", "v2]")]);
        check(&delimited(";", "=", false), "no pairs", &[]);
        check(
            &delimited(" ", "=", true),
            "name=John Doe phone=555 5555 city=New York",
            &[("name", "John Doe"), ("phone", "555 5555"), ("city", "New York")],
        );
        check(
            &delimited(" ", "=", false),
            r#"a="x \"y\" z" b="open"#,
            &[("a", "x \"y\" z"), ("b", "\"open")],
        );
    }

    #[test]
    fn words() {
        let form = Form::Words(Quotes { pairs: vec![('\'', '\'')], escape: Some('\\') });
        check(
            &form,
            r"[INFO] Thread:45, Text: 'it \' is'",
            &[("INFO", "Thread"), ("Thread", "45"), ("45", "Text"), ("Text", "it ' is")],
        );
        check(&form, "a: 'open", &[("a", "'"), ("'", "open")]);
    }

    #[test]
    fn expressions() {
        let form = Form::expression(r#""(.*?)":"(.*?)""#).unwrap();
        check(&form, r#"{"a":"1","b":"2"}"#, &[("a", "1"), ("b", "2")]);
        assert!(Form::expression("(a)").is_err());
    }
}
