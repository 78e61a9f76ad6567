//! Lines of embedded facts: fields divided by tabs, lists by commas.

/// The fields of a line, read one after the other. What is not there is empty.
pub(crate) struct Fields {
    rest: std::str::Split<'static, char>,
}

/// The lines of a text with the kind of each; comments are left out.
pub(crate) fn lines(text: &'static str) -> impl Iterator<Item = (&'static str, Fields)> {
    text.lines().filter(|line| !line.starts_with('#')).map(|line| {
        let mut rest = line.split('\t');
        (rest.next().unwrap_or_default(), Fields { rest })
    })
}

impl Fields {
    /// The next field.
    pub(crate) fn text(&mut self) -> &'static str {
        self.rest.next().unwrap_or_default()
    }

    /// The next field, none where it is empty.
    pub(crate) fn opt(&mut self) -> Option<&'static str> {
        Some(self.text()).filter(|text| !text.is_empty())
    }

    /// The next field as a number, 0 where it is none.
    pub(crate) fn number(&mut self) -> u32 {
        self.text().parse().unwrap_or_default()
    }

    /// Whether the next field says so.
    pub(crate) fn flag(&mut self) -> bool {
        self.text() == "1"
    }

    /// The elements of the next field.
    pub(crate) fn list(&mut self) -> Vec<&'static str> {
        self.text().split(',').filter(|text| !text.is_empty()).collect()
    }
}
