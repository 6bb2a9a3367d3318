//! Links in three clothes: the `Link` header (RFC 8288), `<link>` in HTML, `<Link>` in XRD.
//!
//! Only as much parsing as finding an address needs; whoever follows one checks what comes back.

/// How many links of one page are looked at.
const MAX_LINKS: usize = 100;

/// Attributes that are missing are empty.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Link {
    pub href: String,
    pub rel: String,
    pub media_type: String,
    pub template: String,
}

impl Link {
    /// `rel` is a list of words.
    pub fn has_rel(&self, rel: &str) -> bool {
        let mut words = self.rel.split_ascii_whitespace();
        words.any(|word| word.eq_ignore_ascii_case(rel))
    }

    fn set(&mut self, name: &str, value: String) {
        let slot = match name.to_ascii_lowercase().as_str() {
            "href" => &mut self.href,
            "rel" => &mut self.rel,
            "type" => &mut self.media_type,
            "template" => &mut self.template,
            _ => return,
        };
        // The first one counts, as in a browser.
        if slot.is_empty() {
            *slot = value;
        }
    }
}

/// `<https://a.example/1>; rel="alternate"; type="application/activity+json", <...>`
pub fn in_header(value: &str) -> Vec<Link> {
    let mut links = Vec::new();
    let mut rest = value;
    while links.len() < MAX_LINKS
        && let Some((_, after)) = rest.split_once('<')
        && let Some((href, after)) = after.split_once('>')
    {
        let mut link = Link::default();
        link.set("href", href.trim().to_owned());
        rest = after.trim_start();
        while let Some(parameter) = rest.strip_prefix(';') {
            let (name, value, after) = attribute(parameter.trim_start(), &[';', ',']);
            link.set(name, value);
            rest = after.trim_start();
        }
        links.push(link);
    }
    links
}

/// The `<link ...>` tags of an HTML head or of an XRD document, in their order.
pub fn in_markup(text: &str) -> Vec<Link> {
    // ASCII only, so that positions in both texts are the same.
    let lower = text.to_ascii_lowercase();
    // What stands in a page's body may have been written by anybody.
    let end = lower.find("<body").unwrap_or(text.len());
    let mut links = Vec::new();
    let mut at = 0;
    while links.len() < MAX_LINKS
        && let Some(found) = lower[at..end].find("<link")
    {
        at += found + "<link".len();
        let mut rest = text[at..end].trim_start_matches(blank);
        if rest.len() == end - at {
            continue; // <linkage>
        }
        let mut link = Link::default();
        while !rest.is_empty() && !rest.starts_with('>') {
            let (name, value, after) = attribute(rest, &['>', '/']);
            link.set(name, value.replace("&amp;", "&"));
            rest = after.trim_start_matches(blank);
        }
        at = end - rest.len();
        links.push(link);
    }
    links
}

/// Blanks, and the slash of `<link/>`.
fn blank(c: char) -> bool {
    c.is_ascii_whitespace() || c == '/'
}

/// Reads `name`, `name=value` or `name="value"`; returns what follows, which is always shorter.
fn attribute<'a>(text: &'a str, ends: &[char]) -> (&'a str, String, &'a str) {
    let stop = |c: char| c == '=' || c.is_ascii_whitespace() || ends.contains(&c);
    let (name, rest) = text.split_at(text.find(stop).unwrap_or(text.len()));
    let Some(rest) = rest.trim_start().strip_prefix('=') else {
        // An end that stands where a name should be is swallowed, or the caller would never move on.
        let rest = match name {
            "" => text.get(1..).unwrap_or_default(),
            _ => rest,
        };
        return (name, String::new(), rest);
    };
    let rest = rest.trim_start();
    for quote in ['"', '\''] {
        if let Some(quoted) = rest.strip_prefix(quote) {
            let (value, rest) = quoted.split_once(quote).unwrap_or((quoted, ""));
            return (name, value.trim().to_owned(), rest);
        }
    }
    // An unquoted address contains slashes, so only a blank or the true end ends it.
    let stop = |c: char| c.is_ascii_whitespace() || (c != '/' && ends.contains(&c));
    let (value, rest) = rest.split_at(rest.find(stop).unwrap_or(rest.len()));
    (name, value.to_owned(), rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn link(href: &str, rel: &str, media_type: &str) -> Link {
        Link { href: href.into(), rel: rel.into(), media_type: media_type.into(), template: String::new() }
    }

    #[test]
    fn a_link_header_may_hold_several_links_with_commas_inside() {
        let value = "<https://a.example/?x=1,2>; rel=preload; as=style,\
                     <https://a.example/1> ; title=\"a, b; c\"; rel=\"alternate me\"; type='x/y'";
        let links = in_header(value);
        assert_eq!(links[0], link("https://a.example/?x=1,2", "preload", ""));
        assert_eq!(links[1], link("https://a.example/1", "alternate me", "x/y"));
        assert!(links[1].has_rel("ALTERNATE") && !links[1].has_rel("alter"));
    }

    #[test]
    fn link_tags_are_found_in_any_case_quoting_and_order() {
        let html = "<html><head><linkage href=no><LINK REL=alternate HREF=/a?b=1&amp;c=2 />\
                    <link\ntype='x/y' href=\"https://a.example/é\" rel = \"me\"></head>\
                    <body><link rel=alternate href=evil>";
        assert_eq!(
            in_markup(html),
            [link("/a?b=1&c=2", "alternate", ""), link("https://a.example/é", "me", "x/y")]
        );
    }

    #[test]
    fn broken_markup_ends_the_search_and_no_more() {
        for text in
            ["<link", "<link ", "<link rel", "<link rel=", "<link rel='", "<link =", "<link ==>", "<link /"]
        {
            assert!(in_markup(text).len() <= 1, "{text}");
        }
        for text in ["<", "<>", "<a>;", "<a>;;;=", "<a>;rel=\"", "<a>;,", "<a>,,<b"] {
            assert!(in_header(text).len() <= 1, "{text}");
        }
    }
}
