//! Sorted lines, searched by halving.

/// Lines sorted by the bytes of their first field, fields divided by tabs, each ended by a line feed.
pub(super) struct Lines(pub(super) &'static str);

impl Lines {
    /// What stands behind the first field of the line that begins with `key`.
    pub(super) fn find(&self, key: &str) -> Option<&'static str> {
        self.line(key).map(|(_, rest)| rest)
    }

    /// The first field that is `key`.
    pub(super) fn key(&self, key: &str) -> Option<&'static str> {
        self.line(key).map(|(key, _)| key)
    }

    /// All first fields.
    pub(super) fn keys(&self) -> impl Iterator<Item = &'static str> + use<> {
        self.0.lines().map(|line| split(line).0)
    }

    fn line(&self, key: &str) -> Option<(&'static str, &'static str)> {
        let (mut low, mut high) = (0, self.0.len());
        while low < high {
            let middle = low + (high - low) / 2;
            let start = self.0.as_bytes()[low..middle]
                .iter()
                .rposition(|byte| *byte == b'\n')
                .map_or(low, |at| low + at + 1);
            // A file whose last line has no end is none that the script writes.
            let end = start + self.0[start..].find('\n')?;
            let (found, rest) = split(&self.0[start..end]);
            match found.cmp(key) {
                std::cmp::Ordering::Equal => return Some((found, rest)),
                std::cmp::Ordering::Less => low = end + 1,
                std::cmp::Ordering::Greater => high = start,
            }
        }
        None
    }
}

fn split(line: &'static str) -> (&'static str, &'static str) {
    line.split_once('\t').unwrap_or((line, ""))
}
