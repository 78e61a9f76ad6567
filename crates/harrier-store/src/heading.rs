//! Headings of exports, and the columns they mean.

/// A heading as exports write it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Heading<'a> {
    /// The column.
    pub(crate) column: &'a str,
    /// The zone of its times, where the heading carries one that is not UTC.
    pub(crate) other_zone: Option<&'a str>,
}

/// Reads a heading: the portal writes `TimeGenerated [UTC]` over times.
pub(crate) fn parse_heading(text: &str) -> Heading<'_> {
    let text = text.trim();
    let zoned = text
        .strip_suffix(']')
        .and_then(|text| text.rsplit_once(" ["))
        .filter(|(column, zone)| !column.is_empty() && !zone.is_empty());
    match zoned {
        Some((column, "UTC")) => Heading { column: column.trim_end(), other_zone: None },
        Some((column, zone)) if is_zone(zone) => {
            Heading { column: column.trim_end(), other_zone: Some(zone) }
        }
        _ => Heading { column: text, other_zone: None },
    }
}

/// Whether a text in brackets is the name of a time zone, as the portal spells them.
fn is_zone(text: &str) -> bool {
    text.contains("Time") || text.starts_with("UTC") || text.starts_with("GMT")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_zone_is_taken_off() {
        let read = |text| {
            let heading = parse_heading(text);
            (heading.column, heading.other_zone)
        };
        assert_eq!(read("TimeGenerated [UTC]"), ("TimeGenerated", None));
        assert_eq!(read("TimeGenerated [Local Time]"), ("TimeGenerated", Some("Local Time")));
        assert_eq!(
            read("TimeGenerated [Eastern Time (US and Canada)]"),
            ("TimeGenerated", Some("Eastern Time (US and Canada)"))
        );
        assert_eq!(read(" Size [MB]"), ("Size [MB]", None));
        assert_eq!(read("[UTC]"), ("[UTC]", None));
        assert_eq!(read("id.orig_h"), ("id.orig_h", None));
    }
}
