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
                match name {
                    "pre" => out.preformatted += 1,
                    "ul" | "ol" => out.lists += 1,
                    _ => {}
                }
                out.block(name);
                if name == "li" {
                    out.item = true;
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
            "pre" | "blockquote" => self.part(2),
            // A list in a list is one list to the reader.
            "ul" | "ol" => self.part(if self.lists > 1 { 1 } else { 2 }),
            "li" => self.part(1),
            _ => {}
        }
    }

    fn part(&mut self, lines: usize) {
        // A paragraph at the start of a list item begins on the item's own line.
        if !self.item {
            self.due = self.due.max(lines);
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

/// As [`line`], with its line ends kept (an alternative text, a note in plain text).
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
