//! The owner's Markdown -> HTML, a small part of <https://spec.commonmark.org/0.31.2/>: emphasis, code, links, lists, quotes,
//! and headings as bold lines, since a post is no page. Line ends are breaks, as in plain text. Raw HTML is text.
//!
//! A text is first cut into [`Piece`]s: markup of ours, and words in which mentions, hashtags, links and emoji are found as in
//! plain text. So nothing is found in code, and what is found is what is linked.

use super::html;
use super::render::{Mention, Resolved, tidy, words};

enum Piece {
    /// Finished HTML.
    Markup(String),
    /// Still to be looked through.
    Words(String),
}

/// Lists and quotes inside of each other, and emphasis in emphasis; what is deeper is text.
const DEPTH: usize = 5;
/// Bytes within which what was opened is closed. Keeps the time linear.
const REACH: usize = 4_096;

/// As [`super::render()`], of Markdown.
pub fn markdown(
    text: &str,
    mention: &dyn Fn(&Mention) -> Option<Resolved>,
    hashtag_href: &dyn Fn(&str) -> String,
) -> String {
    let mut out = String::with_capacity(text.len() * 2);
    for piece in pieces(text) {
        match piece {
            Piece::Markup(markup) => out.push_str(&markup),
            Piece::Words(said) => words(&mut out, &said, mention, hashtag_href),
        }
    }
    out
}

/// What Markdown says outside of code and labels of links, for [`super::find`].
pub fn spoken(text: &str) -> String {
    let said = pieces(text).into_iter().filter_map(|piece| match piece {
        Piece::Words(said) => Some(said),
        Piece::Markup(_) => None,
    });
    said.collect::<Vec<_>>().join("\n")
}

fn pieces(text: &str) -> Vec<Piece> {
    let text = tidy(text);
    let lines: Vec<&str> = text.lines().collect();
    let mut out = Vec::new();
    blocks(&lines, 0, &mut out);
    out
}

fn markup(out: &mut Vec<Piece>, markup: &str) {
    out.push(Piece::Markup(markup.to_owned()));
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    html::text(&mut out, text);
    out
}

/// What a line begins.
#[derive(PartialEq, Clone, Copy)]
enum Start {
    Blank,
    Fence,
    Heading,
    Quote,
    /// Numbered or not, and the bytes of its mark.
    Item(bool, usize),
    Text,
}

fn start(line: &str) -> Start {
    let trimmed = line.trim_start();
    let hashes = trimmed.bytes().take_while(|b| *b == b'#').count();
    if trimmed.is_empty() {
        Start::Blank
    } else if trimmed.starts_with("```") {
        Start::Fence
    } else if (1..=6).contains(&hashes) && trimmed[hashes..].starts_with(' ') {
        Start::Heading
    } else if trimmed.starts_with('>') {
        Start::Quote
    } else {
        item(line).unwrap_or(Start::Text)
    }
}

fn item(line: &str) -> Option<Start> {
    let indent = line.len() - line.trim_start_matches(' ').len();
    let rest = &line[indent..];
    if ["- ", "* ", "+ "].iter().any(|mark| rest.starts_with(mark)) {
        return Some(Start::Item(false, indent + 2));
    }
    let digits = rest.bytes().take(9).take_while(u8::is_ascii_digit).count();
    let is_mark = digits > 0 && (rest[digits..].starts_with(". ") || rest[digits..].starts_with(") "));
    is_mark.then_some(Start::Item(true, indent + digits + 2))
}

fn blocks(lines: &[&str], depth: usize, out: &mut Vec<Piece>) {
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        match start(line) {
            Start::Blank => at += 1,
            Start::Fence => at += fence(&lines[at..], out),
            Start::Heading => {
                markup(out, "<p><strong>");
                inline(line.trim().trim_matches('#').trim(), 0, out);
                markup(out, "</strong></p>");
                at += 1;
            }
            Start::Quote if depth < DEPTH => {
                let quoted = lines[at..].iter().take_while(|l| start(l) == Start::Quote);
                let inside: Vec<&str> = quoted.map(|l| unmarked(l)).collect();
                at += inside.len();
                markup(out, "<blockquote>");
                blocks(&inside, depth + 1, out);
                markup(out, "</blockquote>");
            }
            Start::Item(numbered, _) if depth < DEPTH => at += list(&lines[at..], numbered, depth, out),
            _ => {
                let more = lines[at + 1..].iter().take_while(|l| start(l) == Start::Text).count();
                markup(out, "<p>");
                inline(&lines[at..=at + more].join("\n"), 0, out);
                markup(out, "</p>");
                at += 1 + more;
            }
        }
    }
}

fn unmarked(quoted: &str) -> &str {
    let inside = &quoted.trim_start()[1..];
    inside.strip_prefix(' ').unwrap_or(inside)
}

/// Gives how many lines it took, here and in [`list`].
fn fence(lines: &[&str], out: &mut Vec<Piece>) -> usize {
    let inside = lines[1..].iter().take_while(|l| !l.trim_start().starts_with("```")).count();
    let code = escaped(&lines[1..=inside].join("\n"));
    out.push(Piece::Markup(format!("<pre><code>{code}</code></pre>")));
    (inside + 2).min(lines.len())
}

fn list(lines: &[&str], numbered: bool, depth: usize, out: &mut Vec<Piece>) -> usize {
    let name = if numbered { "ol" } else { "ul" };
    out.push(Piece::Markup(format!("<{name}>")));
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        let Start::Item(same, mark) = start(line) else { break };
        if same != numbered {
            break;
        }
        let below = lines[at + 1..].iter().take_while(|l| l.starts_with("  ")).count();
        let inside: Vec<&str> = lines[at + 1..=at + below].iter().map(|l| unindented(l, mark)).collect();
        let more = inside.iter().take_while(|l| start(l) == Start::Text).count();
        let mut text = line[mark..].trim().to_owned();
        for line in &inside[..more] {
            text.push('\n');
            text.push_str(line.trim());
        }
        markup(out, "<li>");
        inline(&text, 0, out);
        blocks(&inside[more..], depth + 1, out);
        markup(out, "</li>");
        at += 1 + below;
    }
    out.push(Piece::Markup(format!("</{name}>")));
    at
}

fn unindented(line: &str, most: usize) -> &str {
    let spaces = line.len() - line.trim_start_matches(' ').len();
    &line[spaces.min(most)..]
}

fn inline(text: &str, depth: usize, out: &mut Vec<Piece>) {
    let mut said = String::new();
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let (rest, before) = (&text[at..], text[..at].chars().next_back());
        let taken = match c {
            '\\' => rest[1..].chars().next().filter(char::is_ascii_punctuation).map(|c| {
                flush(&mut said, out);
                out.push(Piece::Markup(escaped(c.encode_utf8(&mut [0; 4]))));
                2
            }),
            '\n' => {
                flush(&mut said, out);
                markup(out, "<br>");
                Some(1)
            }
            '`' => code(rest).map(|(code, taken)| {
                flush(&mut said, out);
                out.push(Piece::Markup(format!("<code>{}</code>", escaped(code))));
                taken
            }),
            '*' | '_' if depth < DEPTH => emphasis(rest, c, before).map(|(inside, marks)| {
                flush(&mut said, out);
                let tags: &[&str] = match marks {
                    1 => &["<em>", "</em>"],
                    2 => &["<strong>", "</strong>"],
                    _ => &["<strong><em>", "</em></strong>"],
                };
                markup(out, tags[0]);
                inline(inside, depth + 1, out);
                markup(out, tags[1]);
                inside.len() + 2 * marks
            }),
            '[' => link(rest).map(|(link, taken)| {
                flush(&mut said, out);
                out.push(Piece::Markup(link));
                taken
            }),
            'h' => address(rest, before).inspect(|taken| said.push_str(&rest[..*taken])),
            _ => None,
        };
        if taken.is_none() {
            said.push(c);
        }
        at += taken.unwrap_or(c.len_utf8());
    }
    flush(&mut said, out);
}

fn flush(said: &mut String, out: &mut Vec<Piece>) {
    if !said.is_empty() {
        out.push(Piece::Words(std::mem::take(said)));
    }
}

/// The next [`REACH`] bytes.
fn near(text: &str) -> &str {
    let mut end = text.len().min(REACH);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// An address has no emphasis in it.
fn address(rest: &str, before: Option<char>) -> Option<usize> {
    let is_one = rest.starts_with("https://") || rest.starts_with("http://");
    if !is_one || before.is_some_and(char::is_alphanumeric) {
        return None;
    }
    let ends = |c: char| c.is_whitespace() || matches!(c, '*' | '<' | '>' | '`');
    Some(rest.find(ends).unwrap_or(rest.len()))
}

fn code(rest: &str) -> Option<(&str, usize)> {
    let marks = rest.bytes().take(9).take_while(|b| *b == b'`').count();
    if marks > 8 {
        return None;
    }
    let mark = &rest[..marks];
    let inside = near(&rest[marks..]);
    let mut from = 0;
    while let Some(found) = inside[from..].find(mark) {
        let end = from + found;
        let run = inside[end..].len() - inside[end..].trim_start_matches('`').len();
        if run == marks {
            let code = &inside[..end];
            let bare =
                code.strip_prefix(' ').and_then(|c| c.strip_suffix(' ')).filter(|c| !c.trim().is_empty());
            return Some((bare.unwrap_or(code), 2 * marks + end));
        }
        from = end + run;
    }
    None
}

/// What stands between two equal marks, and how many each is. Underscores within a word are part of it.
fn emphasis(rest: &str, c: char, before: Option<char>) -> Option<(&str, usize)> {
    let marks = rest.chars().take(4).take_while(|mark| *mark == c).count(); // four are none
    let in_word = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || matches!(c, '@' | '/' | ':'));
    if marks > 3 || (c == '_' && in_word(before)) {
        return None;
    }
    let inside = near(&rest[marks..]);
    if inside.starts_with(char::is_whitespace) {
        return None;
    }
    let mut from = 0;
    while let Some(found) = inside[from..].find(c) {
        let end = from + found;
        let after = inside[end..].trim_start_matches(c);
        let run = inside.len() - end - after.len();
        let left = inside[..end].chars().next_back();
        let closes = left.is_some_and(|l| !l.is_whitespace() && l != '\\')
            && !(c == '_' && in_word(after.chars().next().filter(|c| *c != ':')));
        if closes && run == marks {
            return Some((&inside[..end], marks));
        }
        from = end + run;
    }
    None
}

/// `[label](https://…)`
fn link(rest: &str) -> Option<(String, usize)> {
    let inside = near(&rest[1..]);
    let (label, after) = inside.split_once("](")?;
    if label.contains(['[', ']', '\n']) {
        return None;
    }
    let mut open = 0_usize;
    let end = after.find(|c: char| {
        open += usize::from(c == '(');
        let ends = c.is_whitespace() || (c == ')' && open == 0);
        open = open.saturating_sub(usize::from(c == ')'));
        ends
    })?;
    let url = &after[..end];
    let is_web = url.starts_with("https://") || url.starts_with("http://");
    if !after[end..].starts_with(')') || !is_web || url::Url::parse(url).is_err() {
        return None;
    }
    let mut out = String::from("<a");
    html::push_attribute(&mut out, "href", url);
    out.push_str(" target=\"_blank\" rel=\"nofollow noopener\">");
    html::text(&mut out, if label.trim().is_empty() { url } else { label });
    out.push_str("</a>");
    Some((out, 1 + label.len() + 2 + end + 1))
}

#[cfg(test)]
mod tests {
    use super::super::{find, sanitise};
    use super::*;

    fn html(text: &str) -> String {
        let known = |mention: &Mention| {
            Some(Resolved {
                href: format!("https://a.example/@{}", mention.username),
                shown: mention.username.clone(),
            })
        };
        markdown(text, &known, &|tag| format!("https://home.example/tags/{tag}"))
    }

    #[test]
    fn each_mark_becomes_its_element() {
        for (text, expected) in [
            (
                "a **b** _c_ *d* ***e***",
                "<p>a <strong>b</strong> <em>c</em> <em>d</em> <strong><em>e</em></strong></p>",
            ),
            ("a\nb\n\nc", "<p>a<br>b</p><p>c</p>"),
            ("# Title #\ntext", "<p><strong>Title</strong></p><p>text</p>"),
            ("`a < b` ``c`d``", "<p><code>a &lt; b</code> <code>c`d</code></p>"),
            (
                "```rust\nlet a = \"<b>\";\n\n  x\n```\nafter",
                "<pre><code>let a = \"&lt;b&gt;\";\n\n  x</code></pre><p>after</p>",
            ),
            ("> a\n> > b\nc", "<blockquote><p>a</p><blockquote><p>b</p></blockquote></blockquote><p>c</p>"),
            (
                "- a\n- b\n  more\n  1. c\n- d",
                "<ul><li>a</li><li>b<br>more<ol><li>c</li></ol></li><li>d</li></ul>",
            ),
            ("1. a\n2) b", "<ol><li>a</li><li>b</li></ol>"),
            (
                "[the **site**](https://a.example/x_(y)?a&b)!",
                "<p><a href=\"https://a.example/x_(y)?a&amp;b\" target=\"_blank\" rel=\"nofollow noopener\">the **site**</a>!</p>",
            ),
            ("**a *b* c**", "<p><strong>a <em>b</em> c</strong></p>"),
            ("", ""),
        ] {
            assert_eq!(html(text), expected, "{text}");
        }
    }

    #[test]
    fn what_is_no_mark_stays_text() {
        for text in [
            "2 * 3 * 4",
            "snake_case_name",
            "* ",
            "a ** b",
            "#1",
            "[x](javascript:alert(1))",
            "**open",
            "`open",
            "a ]( b",
        ] {
            let shown = html(text);
            assert!(
                !shown.contains("<em>") && !shown.contains("<strong>") && !shown.contains("<code>"),
                "{shown}"
            );
            assert!(!shown.contains("href=\"javascript"), "{shown}");
        }
        assert_eq!(html("\\*a\\* \\`b\\`"), "<p>*a* `b`</p>");
        assert_eq!(html("<script>alert(1)</script>"), "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>");
        assert!(html("https://a.example/a_b_c/*").contains("href=\"https://a.example/a_b_c/\""));
    }

    #[test]
    fn people_and_topics_are_found_but_not_in_code() {
        let text = "**@bob** and #Tea, `@eve #code :x_y:`\n```\n@mallory #block\n```\n> _#Quoted_ :cat_1:\n- @some_body_here";
        let found = find(&spoken(text));
        let named: Vec<&str> = found.mentions.iter().map(|m| m.username.as_str()).collect();
        assert_eq!(named, ["bob", "some_body_here"]);
        assert_eq!(found.hashtags, ["Tea", "Quoted"]);
        assert_eq!(found.emojis, ["cat_1"]);
        let shown = html(text);
        assert!(shown.contains("<strong><span class=\"h-card\"") && shown.contains("#<span>Quoted</span>"));
        assert!(shown.contains("<code>@eve #code :x_y:</code>") && shown.contains("@mallory #block</code>"));
    }

    #[test]
    fn sanitising_what_we_wrote_changes_nothing_but_the_trust_in_links() {
        let pattern = regex::Regex::new(" (?:rel|target)=\"[^\"]*\"").unwrap();
        let apart = |html: &str| pattern.replace_all(html, "").into_owned();
        for text in [
            "# A\n\n> b **c** _d_\n\n1. e\n2. f\n   - g `h`\n\n```\n<i>\n```\n[j](https://k.example)",
            "@bob #Tea https://a.example/0123456789012345678901234567890123456789",
            "\"quotes\" & <b>\n* x\n\n***\n",
        ] {
            let once = html(text);
            assert_eq!(apart(&sanitise(&once)), apart(&once));
        }
    }

    #[test]
    fn hostile_text_takes_linear_time() {
        let begun = std::time::Instant::now();
        for part in [
            "*",
            "**a ",
            "_a",
            "`",
            "``` ",
            "[",
            "[a](",
            "> ",
            ">",
            "- ",
            "  - ",
            "\\",
            "[a](https://a.b/(",
            "***a**",
        ] {
            html(&part.repeat(20_000 / part.len()));
            html(&format!("{part}\n").repeat(10_000 / part.len()));
        }
        assert!(begun.elapsed().as_secs() < 60, "{:?}", begun.elapsed());
    }
}
