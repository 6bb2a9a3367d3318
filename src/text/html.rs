//! The little HTML that this room reads and writes by hand: escaping, and walking markup that a
//! serializer has already written (quoted attributes, no bare `<`). Not a parser for the wild:
//! <https://html.spec.whatwg.org/multipage/parsing.html#serialising-html-fragments>

/// One step through serialised markup.
#[derive(Debug, PartialEq, Eq)]
pub enum Piece<'a> {
    /// `name`, and what stands between it and `>`.
    Start(&'a str, &'a str),
    End(&'a str),
    /// Still escaped.
    Text(&'a str),
}

/// Walks serialised markup.
pub fn pieces(markup: &str) -> impl Iterator<Item = Piece<'_>> {
    let mut rest = markup;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let Some(tag) = rest.strip_prefix('<') else {
            let (text, after) = rest.split_at(rest.find('<').unwrap_or(rest.len()));
            rest = after;
            return Some(Piece::Text(text));
        };
        let mut quoted = false;
        let end = tag.find(|c| {
            quoted ^= c == '"';
            c == '>' && !quoted
        });
        let (inside, after) = match end {
            Some(at) => (&tag[..at], &tag[at + 1..]),
            None => (tag, ""),
        };
        rest = after;
        Some(match inside.strip_prefix('/') {
            Some(name) => Piece::End(name),
            None => {
                let (name, attributes) = inside.split_once(' ').unwrap_or((inside, ""));
                Piece::Start(name, attributes)
            }
        })
    })
}

/// The decoded value of one attribute of a [`Piece::Start`].
pub fn attribute(attributes: &str, wanted: &str) -> Option<String> {
    let mut rest = attributes;
    loop {
        let (name, after) = rest.split_once("=\"")?;
        let (value, after) = after.split_once('"')?;
        if name.trim_start() == wanted {
            return Some(decode(value));
        }
        rest = after;
    }
}

/// Undoes what a serializer escapes: five names and no others.
pub fn decode(text: &str) -> String {
    const NAMES: [(&str, char); 5] =
        [("amp;", '&'), ("lt;", '<'), ("gt;", '>'), ("quot;", '"'), ("nbsp;", '\u{a0}')];
    let mut out = String::with_capacity(text.len());
    let mut parts = text.split('&');
    out.push_str(parts.next().unwrap_or_default());
    for part in parts {
        match NAMES.iter().find(|(name, _)| part.starts_with(name)) {
            Some((name, c)) => {
                out.push(*c);
                out.push_str(&part[name.len()..]);
            }
            None => {
                out.push('&');
                out.push_str(part);
            }
        }
    }
    out
}

/// Writes one character so that it is text between tags. Control characters are left out: NUL and
/// CR do not survive a parser, the others have no business in a page.
pub fn push_text(out: &mut String, c: char) {
    match c {
        '&' => out.push_str("&amp;"),
        '<' => out.push_str("&lt;"),
        '>' => out.push_str("&gt;"),
        '\n' | '\t' => out.push(c),
        c if c.is_control() => {}
        c => out.push(c),
    }
}

/// Text between tags.
pub fn text(out: &mut String, text: &str) {
    text.chars().for_each(|c| push_text(out, c));
}

/// Writes ` name="value"`.
pub fn push_attribute(out: &mut String, name: &str, value: &str) {
    out.push(' ');
    out.push_str(name);
    out.push_str("=\"");
    for c in value.chars() {
        match c {
            '"' => out.push_str("&quot;"),
            '\n' | '\t' => out.push(' '),
            c => push_text(out, c),
        }
    }
    out.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_is_walked_tag_by_tag() {
        let walked: Vec<_> = pieces("<p>a &lt; b<a href=\"x>y\" class=\"c\">z</a></p>").collect();
        assert_eq!(
            walked,
            [
                Piece::Start("p", ""),
                Piece::Text("a &lt; b"),
                Piece::Start("a", "href=\"x>y\" class=\"c\""),
                Piece::Text("z"),
                Piece::End("a"),
                Piece::End("p"),
            ]
        );
    }

    #[test]
    fn an_attribute_is_found_and_decoded() {
        let attributes = "href=\"a?b&amp;c\" class=\"\"";
        assert_eq!(attribute(attributes, "href").as_deref(), Some("a?b&c"));
        assert_eq!(attribute(attributes, "class").as_deref(), Some(""));
        assert_eq!(attribute(attributes, "ref"), None);
    }

    #[test]
    fn decoding_happens_once() {
        assert_eq!(decode("&amp;lt; &lt; &copy; & &nbsp;"), "&lt; < &copy; & \u{a0}");
    }

    #[test]
    fn a_value_cannot_leave_its_quotes() {
        let mut out = String::new();
        push_attribute(&mut out, "title", "\"><script>\0\n");
        assert_eq!(out, " title=\"&quot;&gt;&lt;script&gt; \"");
    }
}
