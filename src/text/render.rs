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
    words(&mut body, &tidy(text), mention, hashtag_href);
    paragraphs(&body)
}

/// Words -> HTML, without paragraphs: what is named is linked, all else escaped.
pub(super) fn words(
    body: &mut String,
    text: &str,
    mention: &dyn Fn(&Mention) -> Option<Resolved>,
    hashtag_href: &dyn Fn(&str) -> String,
) {
    for (token, as_written) in tokens(text) {
        match token {
            Token::Text | Token::Emoji(_) => html::text(body, as_written),
            Token::Url(url) => push_link(body, url, "nofollow noopener"),
            Token::Hashtag(name) => {
                body.push_str("<a");
                html::push_attribute(body, "href", &hashtag_href(name));
                body.push_str(" class=\"mention hashtag\" rel=\"tag\">#<span>");
                html::text(body, name);
                body.push_str("</span></a>");
            }
            Token::Mention { username, domain } => {
                let named = Mention { username: username.to_owned(), domain: domain.map(str::to_owned) };
                match mention(&named) {
                    Some(resolved) => push_mention(body, &resolved),
                    None => html::text(body, as_written),
                }
            }
        }
    }
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

/// A longer text of the owner's -> HTML: paragraphs with blank lines between, `# ` before a heading, `- ` before each
/// line of a list. Addresses become links.
pub fn prose(text: &str) -> String {
    let text = tidy(text);
    let mut out = String::new();
    let inline = |out: &mut String, line: &str| {
        for (token, as_written) in tokens(line) {
            match token {
                Token::Url(url) => push_link(out, url, "nofollow noopener"),
                _ => html::text(out, as_written),
            }
        }
    };
    for block in text.split("\n\n").map(str::trim).filter(|block| !block.is_empty()) {
        let (mut open, mut first) = ("", true);
        for line in block.lines().map(str::trim) {
            let (tag, words) = match (line.strip_prefix("- "), line.strip_prefix("# ")) {
                (Some(words), _) => ("ul", words),
                (_, Some(words)) => ("h2", words),
                _ => ("p", line),
            };
            let goes_on = open == tag && tag != "h2";
            if !goes_on {
                close(&mut out, open);
                out.push_str(&format!("<{tag}>"));
                first = true;
            }
            open = tag;
            match tag {
                "ul" => out.push_str("<li>"),
                "p" if !first => out.push_str("<br>"),
                _ => {}
            }
            inline(&mut out, words);
            if tag == "ul" {
                out.push_str("</li>");
            }
            first = false;
        }
        close(&mut out, open);
    }
    out
}

fn close(out: &mut String, tag: &str) {
    if !tag.is_empty() {
        out.push_str(&format!("</{tag}>"));
    }
}

/// HTML with the address of a quoted post in front, for readers who know no quotes; those who do hide it by its
/// class. Not where the text has that link already.
/// <https://docs.joinmastodon.org/client/quotes/#new-parameters-to-existing-endpoints>
pub fn with_quote(content: &str, url: &str) -> String {
    let mut link = String::new();
    html::push_attribute(&mut link, "href", url);
    if content.contains(&link) {
        return content.to_owned();
    }
    let mut out = String::from("<p class=\"quote-inline\">RE: ");
    push_link(&mut out, url, "nofollow noopener");
    out.push_str("</p>");
    out.push_str(content);
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
pub(super) fn tidy(text: &str) -> String {
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

#[cfg(test)]
mod tests {
    use super::super::sanitise::sanitise;
    use super::*;

    fn html(text: &str) -> String {
        let known = |mention: &Mention| {
            (mention.username != "nobody").then(|| Resolved {
                href: format!(
                    "https://{}/@{}?a&b",
                    mention.domain.as_deref().unwrap_or("home.example"),
                    mention.username
                ),
                shown: mention.username.clone(),
            })
        };
        render(text, &known, &|tag| format!("https://home.example/tags/{tag}"))
    }

    #[test]
    fn paragraphs_and_breaks_are_made_of_line_ends() {
        assert_eq!(html("a\nb\r\n\r\n\r\n\nc\r"), "<p>a<br>b</p><p>c</p>");
        assert_eq!(html(" \n\n \n"), "");
        assert_eq!(html(""), "");
    }

    #[test]
    fn everything_else_is_escaped() {
        assert_eq!(
            html("<script>alert('1') & \"2\"</script>\0"),
            "<p>&lt;script&gt;alert('1') &amp; \"2\"&lt;/script&gt;</p>"
        );
        assert!(
            html("https://a.example/'onclick='x")
                .starts_with("<p><a href=\"https://a.example/'onclick='x\" target")
        );
        assert!(html("https://a.example/?a&b").contains("href=\"https://a.example/?a&amp;b\""));
    }

    #[test]
    fn a_mention_is_written_as_mastodon_writes_it() {
        assert_eq!(
            html("@bob@a.example:3000 & @nobody@b.example"),
            "<p><span class=\"h-card\" translate=\"no\"><a href=\"https://a.example:3000/@bob?a&amp;b\" class=\"u-url mention\">@<span>bob</span></a></span> &amp; @nobody@b.example</p>"
        );
    }

    #[test]
    fn a_hashtag_is_written_as_mastodon_writes_it() {
        assert_eq!(
            html("＃Rīga"),
            "<p><a href=\"https://home.example/tags/Rīga\" class=\"mention hashtag\" rel=\"tag\">#<span>Rīga</span></a></p>"
        );
    }

    #[test]
    fn a_link_shows_thirty_characters() {
        assert_eq!(
            html("https://www.a.example/b"),
            "<p><a href=\"https://www.a.example/b\" target=\"_blank\" rel=\"nofollow noopener\" translate=\"no\"><span class=\"invisible\">https://www.</span><span class=\"\">a.example/b</span><span class=\"invisible\"></span></a></p>"
        );
        let long = html("https://a.example/0123456789012345678901234");
        assert!(long.contains("<span class=\"ellipsis\">a.example/01234567890123456789</span><span class=\"invisible\">01234</span>"));
    }

    #[test]
    fn pitfall_57_the_address_of_what_is_quoted_stands_in_front_once() {
        let url = "https://a.example/@bob/1?a&b";
        let quoting = with_quote("<p>Yes!</p>", url);
        assert!(
            quoting.starts_with("<p class=\"quote-inline\">RE: <a href=\"https://a.example/@bob/1?a&amp;b\"")
        );
        assert!(quoting.ends_with("</a></p><p>Yes!</p>"), "{quoting}");
        assert_eq!(with_quote(&quoting, url), quoting);
        assert_eq!(super::super::plain(&quoting), "Yes!");
    }

    #[test]
    fn what_is_found_is_found_once() {
        let found =
            find("@bob @Bob @bob@a.example #Rīga #RĪGA :cat: :cat: https://a.example https://a.example");
        assert_eq!(found.mentions.len(), 2);
        assert_eq!(found.mentions[1].domain.as_deref(), Some("a.example"));
        assert_eq!(found.hashtags, ["Rīga"]);
        assert_eq!(found.emojis, ["cat"]);
        assert_eq!(found.urls, ["https://a.example"]);
    }

    #[test]
    fn a_profile_field_vouches_for_its_link_and_makes_no_others() {
        assert_eq!(
            field_value(" https://a.example "),
            "<a href=\"https://a.example\" target=\"_blank\" rel=\"me nofollow noopener\" translate=\"no\"><span class=\"invisible\">https://</span><span class=\"\">a.example</span><span class=\"invisible\"></span></a>"
        );
        assert_eq!(field_value("@bob\n#tag <b> :cat:"), "@bob #tag &lt;b&gt; :cat:");
        assert_eq!(field_value("xhttps://a.example https://a.example").matches("<a ").count(), 1);
    }

    #[test]
    fn pitfall_67_length_is_counted_as_clients_count_it() {
        for (text, counted) in [
            ("", 0),
            ("Čau!", 4),
            ("👩‍👩‍👧‍👦🇱🇻e\u{301}", 3),
            ("@bob@a.example hi", 7),
            ("@bob@localhost:3000", 4),
            ("https://a.example/with/a/very/long/path/indeed x", 25),
            ("https://a.io", 23),
            ("(https://a.io).", 26),
            ("bob@a.example", 13),
            ("a\r\nb", 3),
            ("＃tag :cat:", 10),
        ] {
            assert_eq!(length(text), counted, "{text}");
        }
    }

    #[test]
    fn length_of_a_megabyte_of_one_cluster_is_counted_in_linear_time() {
        for part in ["\u{300}", "🇱", "👩‍", "क्", "ā"] {
            let begun = std::time::Instant::now();
            length(&format!("a{}", part.repeat((1 << 20) / part.len())));
            assert!(begun.elapsed().as_secs() < 10, "{part}: {:?}", begun.elapsed());
        }
    }

    /// Without `rel` and `target`: there a stranger's links are treated differently, on purpose.
    #[allow(clippy::unwrap_used)] // a test
    fn apart_from_trust(html: &str) -> String {
        let pattern = regex::Regex::new(" (?:rel|target)=\"[^\"]*\"").unwrap();
        pattern.replace_all(html, "").into_owned()
    }

    #[test]
    fn sanitising_what_we_wrote_changes_nothing_but_the_trust_in_links() {
        for text in [
            "a\nb\n\nc <b> & \"d\" 'e' \u{a0} \u{c}x",
            "@bob @nobody #Rīga (https://www.a.example/b?c=d&e=f_(g)) :cat:",
            "https://a.example/0123456789012345678901234567890123456789",
            "https://a.example/'\u{a0}x ＃日本語 @b@localhost:1",
            "  spaces  \n  kept  ",
        ] {
            let once = html(text);
            assert_eq!(apart_from_trust(&sanitise(&once)), apart_from_trust(&once));
            let field = field_value(text);
            assert_eq!(apart_from_trust(&sanitise(&field)), apart_from_trust(&field));
        }
    }
}
