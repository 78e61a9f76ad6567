//! Mending a file: the edits of findings, applied to its bytes and nothing else.

use kql_syntax::{Diagnostic, Edit};

use crate::rule::RuleFile;
use crate::text::Encoding;

/// The bytes of a file with the edits of these findings, and how many findings were mended; none where nothing is to be done.
///
/// Edits that overlap an earlier one wait for the next time. A file that is not UTF-8 is left alone.
#[must_use]
pub fn mend(file: &RuleFile, findings: &[Diagnostic]) -> Option<(Vec<u8>, usize)> {
    if file.source.encoding != Encoding::Utf8 {
        return None;
    }
    let mark = if file.bytes.starts_with(&[0xEF, 0xBB, 0xBF]) { 3 } else { 0 };
    let mut groups: Vec<&[Edit]> = findings
        .iter()
        .map(|finding| finding.edits.as_slice())
        .filter(|edits| !edits.is_empty())
        .collect();
    groups.sort_by_key(|edits| edits.first().map(|edit| edit.span));
    let mut chosen: Vec<&Edit> = Vec::new();
    let mut mended = 0;
    for edits in groups {
        let is_free = edits.iter().all(|edit| {
            chosen
                .iter()
                .all(|other| edit.span.end <= other.span.start || other.span.end <= edit.span.start)
        });
        if is_free {
            chosen.extend(edits);
            mended += 1;
        }
    }
    chosen.sort_by_key(|edit| edit.span);
    let mut bytes = file.bytes.get(..mark)?.to_vec();
    let mut at = mark;
    for edit in chosen {
        let (start, end) = (mark + edit.span.start as usize, mark + edit.span.end as usize);
        bytes.extend_from_slice(file.bytes.get(at..start)?);
        bytes.extend_from_slice(edit.text.as_bytes());
        at = end;
    }
    bytes.extend_from_slice(file.bytes.get(at..)?);
    (mended > 0).then_some((bytes, mended))
}

#[cfg(test)]
mod tests {
    use kql_syntax::{Code, Span};

    use super::*;
    use crate::SourceText;

    #[test]
    fn bytes_around_an_edit_stay() {
        let bytes = "\u{feff}a: 'ä'\r\nb: x  \r\n".as_bytes();
        let file = RuleFile {
            path: "r.yaml".into(),
            relative: "r.yaml".into(),
            bytes: bytes.into(),
            source: SourceText::decode(bytes).unwrap(),
            origin: None,
        };
        let at = u32::try_from(file.source.text.find('x').unwrap()).unwrap();
        let finding = |text: &str| {
            let mut finding = Diagnostic::warning(Code("HR302"), "m");
            finding.edits.push(Edit { span: Span::new(at, at + 1), text: text.to_owned() });
            finding
        };
        let (mended, count) = mend(&file, &[finding("yy"), finding("z")]).unwrap();
        assert_eq!(
            (String::from_utf8(mended).unwrap().as_str(), count),
            ("\u{feff}a: 'ä'\r\nb: yy  \r\n", 1)
        );
        assert!(mend(&file, &[]).is_none());
    }
}
