//! The owner's plain text: what it mentions, how long it is, and its HTML, written as Mastodon
//! writes it, since clients take links apart by their classes and compare addresses:
//! <https://docs.joinmastodon.org/spec/activitypub/#sanitization>

use std::collections::HashSet;

use unicode_segmentation::UnicodeSegmentation;

use super::html;
use super::tokens::{Token, normalise_tag, tokens};

/// What a text speaks of, in the order of its first appearance, each once.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Found {
    pub mentions: Vec<Mention>,
    /// Without `#`, as first written; `#Rīga` and `#rīga` are one.
    pub hashtags: Vec<String>,
    /// Shortcodes without colons; whether such an emoji exists is not known here.
    pub emojis: Vec<String>,
    pub urls: Vec<String>,
}

/// `@username` or `@username@domain`, as written (case, port, unicode or punycode).
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Mention {
    pub username: String,
    /// May end in `:port`; None where none was written.
    pub domain: Option<String>,
}

/// Where a mention leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resolved {
    /// The account's `url`, byte for byte: clients compare it with `mentions[].url`.
    pub href: String,
    /// What stands after the `@`: the username, or `user@domain` where that is needed to tell two
    /// people apart.
    pub shown: String,
}

/// Finds mentions, hashtags, emoji shortcodes and links.
pub fn find(text: &str) -> Found {
    let mut found = Found::default();
    let mut seen = HashSet::new();
    let text = tidy(text);
    for (token, as_written) in tokens(&text) {
        match token {
            Token::Text => {}
            Token::Mention { username, domain } => {
                let mention = Mention { username: username.to_owned(), domain: domain.map(str::to_owned) };
                if seen.insert(as_written.to_lowercase()) {
                    found.mentions.push(mention);
                }
            }
            Token::Hashtag(name) => {
                if seen.insert(format!("#{}", normalise_tag(name))) {
                    found.hashtags.push(name.to_owned());
                }
            }
            Token::Emoji(name) => {
                if seen.insert(format!(":{name}")) {
                    found.emojis.push(name.to_owned());
                }
            }
            Token::Url(url) => {
                if seen.insert(url.to_owned()) {
                    found.urls.push(url.to_owned());
                }
            }
        }
    }
    found
}

/// Plain text -> HTML: paragraphs, line breaks, links to people, tags and pages; all else escaped.
///
/// A mention that does not resolve stays text; so do emoji shortcodes, which clients replace.
/// `hashtag_href` gets the name as written, without `#`. A blank text gives an empty string.
pub fn render(
    text: &str,
    mention: &dyn Fn(&Mention) -> Option<Resolved>,
    hashtag_href: &dyn Fn(&str) -> String,
) -> String {
    let mut body = String::with_capacity(text.len() * 2);
    let text = tidy(text);
    for (token, as_written) in tokens(&text) {
        match token {
            Token::Text | Token::Emoji(_) => html::text(&mut body, as_written),
            Token::Url(url) => push_link(&mut body, url, "nofollow noopener"),
            Token::Hashtag(name) => {
                body.push_str("<a");
                html::push_attribute(&mut body, "href", &hashtag_href(name));
                body.push_str(" class=\"mention hashtag\" rel=\"tag\">#<span>");
                html::text(&mut body, name);
                body.push_str("</span></a>");
            }
            Token::Mention { username, domain } => {
                let named = Mention { username: username.to_owned(), domain: domain.map(str::to_owned) };
                match mention(&named) {
                    Some(resolved) => push_mention(&mut body, &resolved),
                    None => html::text(&mut body, as_written),
                }
            }
        }
    }
    paragraphs(&body)
}

/// The value of a profile field -> HTML of one line. Addresses become links that say `rel="me"`,
/// which is what other servers check to verify them; mentions and hashtags stay text.
pub fn field_value(text: &str) -> String {
    let text = tidy(text).replace('\n', " ");
    let mut out = String::new();
    for (token, as_written) in tokens(text.trim()) {
        match token {
            Token::Url(url) => push_link(&mut out, url, "me nofollow noopener"),
            _ => html::text(&mut out, as_written),
        }
    }
    out
}

/// How long Mastodon and its clients say a text is: in grapheme clusters, with each link counted
/// as 23 and `@user@domain` as `@user`.
/// <https://docs.joinmastodon.org/user/posting/#text>
pub fn length(text: &str) -> usize {
    // `characters_reserved_per_url` of the instance says the same number.
    const URL: &str = "xxxxxxxxxxxxxxxxxxxxxxx";
    let text = tidy(text);
    let mut counted = String::with_capacity(text.len());
    for (token, as_written) in tokens(&text) {
        match token {
            Token::Mention { username, .. } => push_all(&mut counted, &["@", username]),
            Token::Url(_) => counted.push_str(URL),
            _ => counted.push_str(as_written),
        }
    }
    counted.graphemes(true).count()
}

/// One kind of line end, and no control characters: browsers send CR LF.
fn tidy(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut after_return = false;
    for c in text.chars() {
        match c {
            '\r' => out.push('\n'),
            '\n' if after_return => {}
            '\n' | '\t' => out.push(c),
            c if c.is_control() => {}
            c => out.push(c),
        }
        after_return = c == '\r';
    }
    out
}

fn push_all(out: &mut String, parts: &[&str]) {
    parts.iter().for_each(|part| out.push_str(part));
}

fn push_mention(out: &mut String, to: &Resolved) {
    out.push_str("<span class=\"h-card\" translate=\"no\"><a");
    html::push_attribute(out, "href", &to.href);
    out.push_str(" class=\"u-url mention\">@<span>");
    html::text(out, &to.shown);
    out.push_str("</span></a></span>");
}

/// Scheme and tail are there for copying and hidden by style: a page shows 30 characters.
fn push_link(out: &mut String, url: &str, rel: &str) {
    let prefix = ["https://www.", "http://www.", "https://", "http://"]
        .iter()
        .find(|prefix| url.starts_with(**prefix))
        .map_or(0, |prefix| prefix.len());
    let (prefix, rest) = url.split_at(prefix);
    let cut = rest.char_indices().nth(30).map_or(rest.len(), |(at, _)| at);
    let (shown, tail) = rest.split_at(cut);
    out.push_str("<a");
    html::push_attribute(out, "href", url);
    push_all(out, &[" target=\"_blank\" rel=\"", rel, "\" translate=\"no\">"]);
    out.push_str("<span class=\"invisible\">");
    html::text(out, prefix);
    let class = if tail.is_empty() { "" } else { "ellipsis" };
    push_all(out, &["</span><span class=\"", class, "\">"]);
    html::text(out, shown);
    out.push_str("</span><span class=\"invisible\">");
    html::text(out, tail);
    out.push_str("</span></a>");
}

/// Blank lines part paragraphs, single line ends are breaks. No tag written above holds a line end.
fn paragraphs(body: &str) -> String {
    let mut out = String::with_capacity(body.len() + 16);
    for paragraph in body.split("\n\n") {
        let paragraph = paragraph.trim_matches('\n');
        if paragraph.trim().is_empty() {
            continue;
        }
        out.push_str("<p>");
        out.push_str(&paragraph.replace('\n', "<br>"));
        out.push_str("</p>");
    }
    out
}
