//! Readable text: out of HTML for notifications, titles and previews, and out of what others call
//! themselves.

use unicode_segmentation::UnicodeSegmentation;

use super::html::{self, Piece};
use super::sanitise::sanitise;

/// HTML (remote, ours, sanitised or not) -> text: a blank line between paragraphs, a line end for
/// a break, entities decoded, spaces folded. The result is text and must be escaped where it is
/// shown as HTML again.
///
/// The paragraph that repeats a quoted post's address for software without quotes
/// (`p.quote-inline`) is left out, as Mastodon does.
pub fn plain(html: &str) -> String {
    let clean = sanitise(html);
    let mut out = Text::default();
    let mut skipping = false;
    for piece in html::pieces(&clean) {
        match piece {
            Piece::Start("p", attributes) => {
                let class = html::attribute(attributes, "class").unwrap_or_default();
                skipping = class.split(' ').any(|c| c == "quote-inline");
                out.part(2);
            }
            Piece::End("p") => {
                skipping = false;
                out.part(2);
            }
            _ if skipping => {}
            Piece::Start("br", _) => out.line_break(),
            Piece::Start(name, _) => {
                out.block(name);
                match name {
                    "pre" => out.preformatted += 1,
                    "ul" | "ol" => out.lists += 1,
                    "li" => out.item = true,
                    _ => {}
                }
            }
            Piece::End(name) => {
                match name {
                    "pre" => out.preformatted = out.preformatted.saturating_sub(1),
                    "ul" | "ol" => out.lists = out.lists.saturating_sub(1),
                    _ => {}
                }
                out.block(name);
            }
            Piece::Text(text) => out.text(&html::decode(text)),
        }
    }
    out.done.trim().to_owned()
}

#[derive(Default)]
struct Text {
    done: String,
    /// Line ends due before the next word.
    due: usize,
    space: bool,
    item: bool,
    preformatted: usize,
    lists: usize,
}

impl Text {
    fn block(&mut self, name: &str) {
        match name {
            "pre" | "blockquote" | "ul" | "ol" => self.part(2),
            "li" => self.part(1),
            _ => {}
        }
    }

    fn part(&mut self, lines: usize) {
        // A paragraph at the start of a list item begins on the item's own line, and a list has no
        // blank lines inside.
        if !self.item {
            let most = if self.lists > 0 { 1 } else { 2 };
            self.due = self.due.max(lines.min(most));
        }
        self.space = false;
    }

    fn line_break(&mut self) {
        self.due += 1;
        self.space = false;
    }

    fn text(&mut self, text: &str) {
        for c in text.chars() {
            if c == '\n' && self.preformatted > 0 {
                self.line_break();
            } else if c.is_whitespace() && self.preformatted == 0 {
                self.space = true;
            } else {
                self.word(c);
            }
        }
    }

    fn word(&mut self, c: char) {
        if self.due > 0 && !self.done.is_empty() {
            // A reader needs no more than one blank line.
            self.done.push_str(&"\n\n"[..self.due.min(2)]);
        } else if self.space && self.due == 0 {
            self.done.push(' ');
        }
        if self.item {
            self.done.push_str("- ");
        }
        self.due = 0;
        self.space = false;
        self.item = false;
        self.done.push(c);
    }
}

/// One line of text from outside (a display name, a field name, a title): at most `max` grapheme
/// clusters, without control characters and without the marks that turn the direction of what
/// stands after it. Line ends become spaces. Not escaped.
pub fn line(text: &str, max: usize) -> String {
    bounded(text, max, |c| matches!(c, '\n' | '\r' | '\t' | '\u{2028}' | '\u{2029}'))
}

/// As [`line()`], with its line ends kept (an alternative text, a note in plain text).
pub fn lines(text: &str, max: usize) -> String {
    let text = text.replace("\r\n", "\n");
    bounded(&text, max, |c| matches!(c, '\r' | '\t' | '\u{2028}' | '\u{2029}'))
}

fn bounded(text: &str, max: usize, is_space: fn(char) -> bool) -> String {
    // The longest clusters in use, families of four with skin tones, have 11 characters; what is
    // longer is a pile of marks that runs over the lines above and below.
    const CLUSTER: usize = 16;
    let mut out = String::new();
    for cluster in text.trim().graphemes(true).filter(|c| !is_nothing(c)).take(max) {
        for c in cluster.chars().take(CLUSTER) {
            if is_space(c) {
                out.push(' ');
            } else if c == '\n' || !is_stripped(c) {
                out.push(c);
            }
        }
    }
    out.truncate(out.trim_end().len());
    out
}

fn is_nothing(cluster: &str) -> bool {
    cluster.chars().all(|c| c != '\n' && !c.is_whitespace() && is_stripped(c))
}

/// Controls, embeddings, overrides and isolates (UAX #9, <https://www.unicode.org/reports/tr9/>),
/// byte order marks and annotation marks. The single direction marks stay: names need them.
fn is_stripped(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn html_becomes_the_text_that_a_reader_sees() {
        for (html, text) in [
            ("<p>Sveiki,<br>pasaule</p><p>Viens &amp; divi &lt;3</p>", "Sveiki,\npasaule\n\nViens & divi <3"),
            ("<p>a</p>\n\n<p>b</p>\n", "a\n\nb"),
            ("a  b\n c&nbsp;d", "a b c d"),
            ("<ul><li>a</li><li><p>b</p><ul><li>c</li></ul></li></ul>after", "- a\n- b\n- c\n\nafter"),
            ("<pre>a\n  b</pre>c", "a\n  b\n\nc"),
            ("<h1>T</h1><blockquote>q</blockquote>", "T\n\nq"),
            ("<div>a</div><div>b</div>", "a\nb"),
            ("<br><br><p>a<br><br><br>b</p>", "a\n\nb"),
            ("<script>alert(1)</script><p>x", "x"),
            ("1 < 2 &amp;lt;", "1 < 2 &lt;"),
            (
                "<a href=\"https://a.example/b\"><span class=\"invisible\">https://</span><span class=\"\">a.example/b</span></a>",
                "https://a.example/b",
            ),
            ("<p class=\"quote-inline\">RE: <a href=\"https://a.example\">x</a></p><p>yes</p>", "yes"),
            ("<ruby>漢<rp>(</rp><rt>かん</rt><rp>)</rp></ruby>", "漢(かん)"),
            ("", ""),
        ] {
            assert_eq!(plain(html), text, "{html}");
        }
    }

    #[test]
    fn a_line_has_no_controls_and_cannot_turn_its_surroundings() {
        assert_eq!(line("  a\u{0}b\u{202e}c\u{2066}d\n e\u{feff} ", 99), "abcd  e");
        // A right-to-left mark belongs to the name.
        assert_eq!(line("שלום\u{200f}!", 99), "שלום\u{200f}!");
        assert_eq!(line("\r\n", 99), "");
    }

    #[test]
    fn a_cut_never_divides_what_looks_like_one_character() {
        assert_eq!(line("👩‍👩‍👧‍👦👍🏽é", 2), "👩‍👩‍👧‍👦👍🏽");
        assert_eq!(line("abc", 0), "");
        assert_eq!(line("ab \u{202e}c", 3), "ab");
        assert!(line(&format!("a{}", "\u{300}".repeat(100_000)), 5).chars().count() <= 16);
    }

    #[test]
    fn lines_keep_their_ends() {
        assert_eq!(lines("a\r\nb\n\nc\u{7}\n", 99), "a\nb\n\nc");
    }
}
