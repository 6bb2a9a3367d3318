//! What went wrong, in the reader's language. An error carries the English sentence that the API gives, too, so its
//! words are found by that sentence: exactly, or with something in the place of each `{ $name }`.

use super::{Arg, Language, Part, spoken, write_parts};

/// The beginning of what Mastodon's API says of a field; a page shows the field itself.
const OF_THE_API: &str = "Validation failed: ";

/// A whole sentence for `public`, which is what an error tells: translated where there are words for it.
pub fn fault(public: &str) -> String {
    let mut told = reason(public);
    if !told.ends_with(['.', '!', '?', '。', '！', '？']) {
        told.push_str(if spoken().code() == "ja" { "。" } else { "." });
    }
    told
}

/// The same inside of a sentence: without a full stop.
pub fn reason(public: &str) -> String {
    let english = public.strip_prefix(OF_THE_API).unwrap_or(public).trim_end_matches('.');
    translated(english).unwrap_or_else(|| english.to_owned())
}

fn translated(english: &str) -> Option<String> {
    if spoken() == Language::default() {
        return None;
    }
    let all = Language::default().catalogue();
    // The longest pattern that fits says most.
    let found = all
        .starting("fault-")
        .filter_map(|(key, parts)| Some((key, matched(parts, english)?, literal(parts))))
        .max_by_key(|(key, _, letters)| (*letters, std::cmp::Reverse(*key)))?;
    let mut out = String::new();
    write_parts(spoken(), spoken().catalogue().get(found.0)?, &found.1, &mut |piece, _| out.push_str(piece));
    Some(out)
}

fn literal(parts: &[Part]) -> usize {
    parts.iter().map(|part| if let Part::Text(text) = part { text.len() } else { 0 }).sum()
}

/// What stands in the place of each name, if `text` is of this pattern.
fn matched<'a>(parts: &'a [Part], text: &str) -> Option<Vec<(&'a str, Arg)>> {
    let mut rest = text;
    let mut found = Vec::new();
    let mut parts = parts.iter().peekable();
    while let Some(part) = parts.next() {
        match part {
            Part::Text(literal) => rest = rest.strip_prefix(literal.as_str())?,
            Part::Slot(name) => {
                let end = match parts.peek() {
                    Some(Part::Text(next)) => rest.find(next.as_str())?,
                    _ => rest.len(),
                };
                found.push((name.as_str(), Arg::Text(rest[..end].to_owned())));
                rest = &rest[end..];
            }
            Part::Choice(..) => return None,
        }
    }
    rest.is_empty().then_some(found)
}
