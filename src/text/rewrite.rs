//! The second pass of sanitising: writes markup that ammonia made safe anew, in tags that we keep
//! and nested so that the tree construction of any parser reads back the same tree:
//! <https://html.spec.whatwg.org/multipage/parsing.html#tree-construction>

use super::html;
use super::language::language;
use super::sanitise::{MAX_BYTES, MAX_TAGS};

/// Nested deeper than this, tags are left out and their text stays.
const MAX_DEPTH: usize = 64;
/// Bytes kept free for closing what is open: the longest end tag has 13.
const RESERVE: usize = MAX_DEPTH * 16;

/// Written as they are; the rest of what ammonia lets through is for this file to turn.
pub const KEPT: [&str; 23] = [
    "p",
    "span",
    "a",
    "abbr",
    "del",
    "s",
    "pre",
    "blockquote",
    "code",
    "b",
    "strong",
    "u",
    "sub",
    "sup",
    "i",
    "em",
    "ul",
    "ol",
    "li",
    "ruby",
    "rt",
    "rp",
    "br",
];

/// Known to the second pass, which turns them into something else.
pub const TURNED: [&str; 10] = ["h1", "h2", "h3", "h4", "h5", "h6", "img", "math", "semantics", "annotation"];

/// Boxes: their text stays, on a line of its own. Writefreely, Friendica and Lemmy send them.
pub const BOXES: [&str; 23] = [
    "div",
    "section",
    "article",
    "aside",
    "header",
    "footer",
    "main",
    "nav",
    "address",
    "figure",
    "figcaption",
    "details",
    "summary",
    "hr",
    "table",
    "caption",
    "thead",
    "tbody",
    "tfoot",
    "tr",
    "dl",
    "dt",
    "dd",
];

/// Writes the second pass.
#[derive(Default)]
pub struct Writer {
    out: String,
    /// One for each open tag of the input, innermost last.
    frames: Vec<Frame>,
    /// Tags written and not closed yet, innermost last.
    open: Vec<&'static str>,
    starts: usize,
    /// No room is left: from here on only end tags are written.
    full: bool,
    /// Something stands on the line, so that a box after it needs a break before it.
    line_begun: bool,
    break_due: bool,
    /// Directly after `<pre>`, where parsers swallow a line end.
    pre_begun: bool,
    formula: Option<Formula>,
}

/// How many tags were open before this tag of the input was written, if it was.
struct Frame(Option<usize>);

#[derive(Default)]
struct Formula {
    depth: usize,
    block: bool,
    in_tex: bool,
    tex: String,
    other: String,
}

impl Writer {
    pub fn start(&mut self, name: &str, attributes: &str) {
        if let Some(formula) = &mut self.formula {
            formula.depth += usize::from(!matches!(name, "br" | "hr" | "img"));
            formula.in_tex = name == "annotation"
                && html::attribute(attributes, "encoding").as_deref() == Some("application/x-tex");
            return;
        }
        match name {
            "br" => return self.line_break(),
            "hr" => return self.boundary(),
            "img" => return self.image(attributes),
            "math" => {
                let block = html::attribute(attributes, "display").as_deref() == Some("block");
                self.formula = Some(Formula { block, ..Formula::default() });
                return;
            }
            "td" | "th" if self.line_begun => self.text(" "),
            _ if BOXES.contains(&name) => self.boundary(),
            _ => {}
        }
        let before = self.make_room(name);
        let written = match KEPT.iter().find(|kept| **kept == name) {
            Some(kept) => {
                let attributes = self.attributes(kept, attributes);
                attributes.is_some_and(|attributes| self.open(kept, &attributes))
            }
            None if is_heading(name) => {
                self.open("p", "") && {
                    self.open("strong", "");
                    true
                }
            }
            None => false,
        };
        self.frames.push(Frame(written.then_some(before)));
    }

    pub fn end(&mut self, name: &str) {
        if let Some(formula) = &mut self.formula {
            formula.in_tex = false;
            match formula.depth.checked_sub(1) {
                Some(depth) => formula.depth = depth,
                None => self.end_formula(),
            }
            return;
        }
        match self.frames.pop() {
            // Less is open when a block closed this one already.
            Some(Frame(Some(before))) => self.close_to(before),
            _ if BOXES.contains(&name) => self.boundary(),
            _ => {}
        }
    }

    pub fn text(&mut self, text: &str) {
        if let Some(formula) = &mut self.formula {
            let into = if formula.in_tex { &mut formula.tex } else { &mut formula.other };
            return into.push_str(text);
        }
        let text = if self.pre_begun { text.trim_start_matches('\n') } else { text };
        let blank = text.trim().is_empty();
        if text.is_empty() || (blank && self.break_due) {
            return;
        }
        self.due_break();
        self.line_begun |= !blank;
        self.pre_begun = false;
        for c in text.chars() {
            if self.out.len() + RESERVE + 8 > MAX_BYTES {
                self.full = true;
            }
            if self.full {
                return;
            }
            html::push_text(&mut self.out, c);
        }
    }

    /// Closes what is open and gives what was written.
    pub fn finish(mut self) -> String {
        self.close_to(0);
        self.out
    }

    /// Closes what a parser would close by itself, or would not nest, when this tag begins.
    /// Returns how many tags are then open.
    fn make_room(&mut self, name: &str) -> usize {
        let last = |tags: &[&str]| self.open.iter().rposition(|open| tags.contains(open));
        if matches!(name, "rt" | "rp") && self.open.contains(&"ruby") {
            while matches!(self.open.last(), Some(&("p" | "li" | "rt" | "rp"))) {
                self.close_to(self.open.len() - 1);
            }
        } else if is_block(name) {
            // An item closes the one before it in the same list.
            let item = (name == "li")
                .then(|| last(&["li"]).filter(|at| last(&["ul", "ol", "blockquote", "pre"]) < Some(*at)))
                .flatten();
            if let Some(at) = item.into_iter().chain(last(&["p"])).min() {
                self.close_to(at);
            }
        }
        self.open.len()
    }

    /// Writes a start tag, if there is room for it.
    fn open(&mut self, name: &'static str, attributes: &str) -> bool {
        if !is_block(name) {
            self.due_break();
        }
        let length = name.len() + attributes.len() + 2;
        let fits = self.out.len() + length + RESERVE <= MAX_BYTES && self.starts < MAX_TAGS;
        if !fits || self.full || self.open.len() >= MAX_DEPTH {
            self.full |= !fits;
            return false;
        }
        self.starts += 1;
        if is_block(name) {
            self.block_edge();
        }
        self.pre_begun = name == "pre";
        self.out.push('<');
        self.out.push_str(name);
        self.out.push_str(attributes);
        self.out.push('>');
        if name != "br" {
            self.open.push(name);
        }
        true
    }

    fn close_to(&mut self, depth: usize) {
        while self.open.len() > depth {
            let Some(name) = self.open.pop() else { return };
            if is_block(name) {
                self.block_edge();
            }
            self.pre_begun = false;
            self.out.push_str("</");
            self.out.push_str(name);
            self.out.push('>');
        }
    }

    fn line_break(&mut self) {
        self.break_due = false;
        self.line_begun = false;
        self.open("br", "");
    }

    /// The edge of a box that is not kept.
    fn boundary(&mut self) {
        self.break_due |= self.line_begun;
    }

    fn block_edge(&mut self) {
        self.line_begun = false;
        self.break_due = false;
    }

    fn due_break(&mut self) {
        if self.break_due {
            self.line_break();
        }
    }

    /// The attributes of a kept tag, or None when the tag is not to be written.
    fn attributes(&self, name: &str, given: &str) -> Option<String> {
        let value = |wanted| html::attribute(given, wanted);
        let mut out = String::new();
        match name {
            "a" => {
                // ammonia took away addresses that may not be linked.
                let href = address(&value("href")?);
                if href.is_empty() || self.open.contains(&"a") {
                    return None;
                }
                html::push_attribute(&mut out, "href", &href);
            }
            "rt" | "rp" if !self.open.contains(&"ruby") => return None,
            "ol" => {
                push_number(&mut out, "start", value("start"));
                if value("reversed").is_some() {
                    html::push_attribute(&mut out, "reversed", "");
                }
            }
            "li" => push_number(&mut out, "value", value("value")),
            _ => {}
        }
        if let Some(title) = value("title") {
            html::push_attribute(&mut out, "title", &title);
        }
        if let Some(class) = value("class").and_then(|class| classes(&class)) {
            html::push_attribute(&mut out, "class", &class);
        }
        if name == "a" {
            let tag = value("rel").is_some_and(|rel| rel.split(' ').any(|r| r == "tag"));
            // No `me`: this page would vouch for whatever the stranger links to.
            let rel = if tag { "tag nofollow noopener noreferrer" } else { REL };
            html::push_attribute(&mut out, "target", "_blank");
            html::push_attribute(&mut out, "rel", rel);
        }
        if value("translate").as_deref() == Some("no") {
            html::push_attribute(&mut out, "translate", "no");
        }
        // Not on formatting tags, see `bounded`.
        let formatting = matches!(name, "b" | "strong" | "i" | "em" | "u" | "s" | "code");
        if let (false, Some(lang)) = (formatting, value("lang").and_then(|lang| language(&lang))) {
            html::push_attribute(&mut out, "lang", &lang);
        }
        Some(out)
    }

    /// An image becomes a link with its alternative text; inside of a link, that text alone.
    fn image(&mut self, attributes: &str) {
        let alt = html::attribute(attributes, "alt").unwrap_or_default();
        let src = address(&html::attribute(attributes, "src").unwrap_or_default());
        let link = src.starts_with("https://") || src.starts_with("http://");
        // Pleroma and Friendica send custom emoji as images.
        let emoji = alt.len() > 2 && alt.starts_with(':') && alt.ends_with(':');
        let mut href = String::new();
        html::push_attribute(&mut href, "href", &src);
        let linked = link && !emoji && !self.open.contains(&"a") && {
            self.open("a", &format!("{href} target=\"_blank\" rel=\"{REL}\""))
        };
        if !alt.trim().is_empty() {
            self.text(&alt);
        } else if linked {
            let shown = src.split_once("://").map_or("", |(_, rest)| rest);
            self.text(&shown.chars().take(30).collect::<String>());
        }
        if linked {
            self.close_to(self.open.len() - 1);
        }
    }

    /// FEP-dc88, formatting mathematics: <https://codeberg.org/fediverse/fep/src/branch/main/fep/dc88/fep-dc88.md>
    fn end_formula(&mut self) {
        let Some(formula) = self.formula.take() else {
            return;
        };
        match (formula.tex.trim(), formula.block) {
            ("", _) => self.text(&formula.other),
            (tex, true) => self.text(&format!("$${tex}$$")),
            (tex, false) => self.text(&format!("${tex}$")),
        }
    }
}

const REL: &str = "nofollow noopener noreferrer";

fn is_heading(name: &str) -> bool {
    matches!(name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6")
}

fn is_block(name: &str) -> bool {
    is_heading(name) || matches!(name, "p" | "pre" | "blockquote" | "ul" | "ol" | "li")
}

/// URL parsers skip line ends and control characters, so they may hide in an address.
fn address(value: &str) -> String {
    let clean: String = value.chars().filter(|c| !c.is_control()).collect();
    clean.trim().to_owned()
}

fn push_number(out: &mut String, name: &str, value: Option<String>) {
    if let Some(number) = value.and_then(|value| value.trim().parse::<i32>().ok()) {
        html::push_attribute(out, name, &number.to_string());
    }
}

/// Microformats, Mastodon's own classes and nothing that our style sheet could be abused through.
/// An empty list stays where it was sent: Mastodon writes `<span class="">`.
fn classes(given: &str) -> Option<String> {
    let known = |class: &&str| {
        let microformat = ["h-", "p-", "u-", "dt-", "e-"].iter().any(|prefix| class.starts_with(prefix))
            && class.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
        microformat || matches!(*class, "mention" | "hashtag" | "ellipsis" | "invisible" | "quote-inline")
    };
    let kept: Vec<_> = given.split_ascii_whitespace().filter(known).collect();
    (given.is_empty() || !kept.is_empty()).then(|| kept.join(" "))
}
