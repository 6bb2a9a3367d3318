//! RSS and Atom, walked once, piece by piece, and never built into a tree: linear in what is read, whatever that is. A
//! document type and its entities are passed over, so nothing can blow up.

use super::{Entry, FILES, Feed, File, TEXT, TOPIC, TOPICS, escaped, heading, short, time};
use crate::text::html;
use crate::text::plain::{line, plain};
use std::borrow::Cow;
/// A piece of XML, as much of it as a feed needs.
pub enum Piece<'a> {
    /// Name in lower case, the whole inside of the tag, and whether it is empty (`/>`).
    Start(String, &'a str, bool),
    End(String),
    Text(Cow<'a, str>),
}

/// The next piece and what follows it.
pub fn next(text: &str) -> Option<(Option<Piece<'_>>, &str)> {
    let until = |start: usize, end: &str| {
        text[start..]
            .find(end)
            .map_or((&text[start..], ""), |at| (&text[start..start + at], &text[start + at + end.len()..]))
    };
    if text.is_empty() {
        return None;
    }
    if !text.starts_with('<') {
        let at = text.find('<').unwrap_or(text.len());
        return Some((Some(Piece::Text(Cow::Owned(entities(&text[..at])))), &text[at..]));
    }
    if text.starts_with("<!--") {
        return Some((None, until(4, "-->").1));
    }
    if text.starts_with("<![CDATA[") {
        let (inside, rest) = until(9, "]]>");
        return Some((Some(Piece::Text(Cow::Borrowed(inside))), rest));
    }
    if text.starts_with("<?") {
        return Some((None, until(2, "?>").1));
    }
    if text.starts_with("<!") {
        // A document type may have an inside of its own, with marks of tags in it.
        let (inside, rest) = until(2, ">");
        return Some((None, if inside.contains('[') { until(2, "]>").1 } else { rest }));
    }
    let mut quote = None;
    let end = text.char_indices().skip(1).find(|(_, c)| {
        match (quote, *c) {
            (None, '"' | '\'') => quote = Some(*c),
            (Some(open), c) if open == c => quote = None,
            _ => return quote.is_none() && *c == '>',
        }
        false
    });
    let (inside, rest) = end.map_or((&text[1..], ""), |(at, _)| (&text[1..at], &text[at + 1..]));
    let empty = inside.ends_with('/');
    let inside = inside.trim_end_matches('/');
    let bare = inside.trim_start_matches('/');
    let name = bare.split(|c: char| c.is_whitespace()).next().unwrap_or_default().to_ascii_lowercase();
    let name = name.strip_prefix("atom:").map_or(name.clone(), str::to_owned);
    let piece = if inside.starts_with('/') { Piece::End(name) } else { Piece::Start(name, inside, empty) };
    Some((Some(piece), rest))
}

/// The five names of XML, numbers, and what pages write most often; other names stay as they are, for the sanitiser.
fn entities(text: &str) -> String {
    let Some((first, rest)) = text.split_once('&') else { return text.to_owned() };
    let mut out = String::with_capacity(text.len());
    out.push_str(first);
    for part in rest.split('&') {
        let name = part.split_once(';').filter(|(name, _)| name.len() <= 10);
        let decoded = name.and_then(|(name, _)| match name {
            "amp" => Some('&'),
            "lt" => Some('<'),
            "gt" => Some('>'),
            "quot" => Some('"'),
            "apos" => Some('\''),
            "nbsp" => Some('\u{a0}'),
            _ => {
                let number = name.strip_prefix('#')?;
                let code = match number.strip_prefix(['x', 'X']) {
                    Some(hex) => u32::from_str_radix(hex, 16),
                    None => number.parse(),
                };
                char::from_u32(code.ok()?).filter(|c| !c.is_control() || c.is_whitespace())
            }
        });
        match (decoded, name) {
            (Some(c), Some((_, after))) => {
                out.push(c);
                out.push_str(after);
            }
            _ => {
                out.push('&');
                out.push_str(part);
            }
        }
    }
    out
}

/// One attribute of a tag. What is wrong with a tag ends the search in it.
pub fn attribute(tag: &str, wanted: &str) -> Option<String> {
    let mut rest = tag;
    for _ in 0..30 {
        let (name, after) = rest.split_once('=')?;
        let after = after.trim_start();
        let (value, after) = match after.chars().next().filter(|c| matches!(c, '"' | '\'')) {
            Some(quote) => after[1..].split_once(quote)?,
            None => after.split_at(after.find(char::is_whitespace).unwrap_or(after.len())),
        };
        let name = name.trim().rsplit(|c: char| c.is_whitespace()).next().unwrap_or_default();
        if name.eq_ignore_ascii_case(wanted) {
            return Some(entities(value));
        }
        rest = after;
    }
    None
}

/// What is being read.
#[derive(Default)]
pub struct Xml {
    feed: Feed,
    entry: Option<Entry>,
    depth: usize,
    /// The element whose text is kept: its name, its depth, whether tags in it are part of it, whether it is plain text.
    inside: Option<(String, usize, bool, bool)>,
    kept: String,
    /// Nothing in this element is of the feed itself: what an entry was taken from, a form, a picture.
    skipped: Option<usize>,
    author: usize,
}

impl Xml {
    pub fn read(text: &str, most: usize) -> Option<Feed> {
        let mut xml = Xml::default();
        let mut rest = text;
        let mut is_feed = false;
        while let Some((piece, after)) = next(rest) {
            rest = after;
            match piece {
                Some(Piece::Start(name, tag, empty)) => {
                    if !is_feed {
                        is_feed = matches!(name.as_str(), "rss" | "feed" | "rdf:rdf");
                        if !is_feed {
                            return None;
                        }
                    }
                    xml.depth += 1;
                    xml.start(&name, tag);
                    if empty {
                        xml.end(&name, true);
                    }
                    if xml.feed.entries.len() >= most {
                        break;
                    }
                }
                Some(Piece::End(name)) => xml.end(&name, false),
                Some(Piece::Text(text)) => xml.text(&text),
                None => (),
            }
        }
        is_feed.then_some(xml.feed)
    }

    fn start(&mut self, name: &str, tag: &str) {
        if let Some((_, _, markup, _)) = &self.inside {
            if *markup && self.kept.len() + tag.len() < TEXT {
                self.kept.push('<');
                self.kept.push_str(tag);
                self.kept.push('>');
            }
            return;
        }
        if let Some(depth) = self.skipped {
            if name == "url" && self.entry.is_none() && self.depth == depth + 1 {
                self.keep(name, false, true);
            }
            return;
        }
        match name {
            "item" | "entry" => {
                self.finish();
                self.entry = Some(Entry::default());
            }
            "source" | "image" | "textinput" | "itunes:owner" => self.skipped = Some(self.depth),
            "author" | "contributor" => self.author = self.depth,
            "link" => self.link(tag),
            "enclosure" | "media:content" | "media:thumbnail" => self.file(name, tag),
            "itunes:image" if self.entry.is_none() => {
                self.feed.icon = short(&attribute(tag, "href").unwrap_or_default());
            }
            "category" => {
                if let Some(term) = attribute(tag, "term") {
                    self.topic(&term);
                } else {
                    self.keep(name, false, true);
                }
            }
            "title" | "content" | "summary" | "subtitle" => {
                let kind = attribute(tag, "type").unwrap_or_default();
                // RSS has no types, and its titles are written as HTML as often as not.
                let plain =
                    kind == "text" || (kind.is_empty() && matches!(name, "content" | "summary" | "subtitle"));
                self.keep(name, kind == "xhtml", plain);
            }
            "guid" | "id" | "description" | "content:encoded" | "pubdate" | "published" | "issued"
            | "updated" | "modified" | "dc:date" | "icon" | "logo" => self.keep(name, false, false),
            _ => (),
        }
    }

    fn keep(&mut self, name: &str, markup: bool, plain: bool) {
        if self.author == 0 {
            self.inside = Some((name.to_owned(), self.depth, markup, plain));
            self.kept.clear();
        }
    }

    fn text(&mut self, text: &str) {
        let Some((_, _, markup, _)) = &self.inside else { return };
        let room = TEXT.saturating_sub(self.kept.len());
        let text = &text[..text.floor_char_boundary(room.min(text.len()))];
        if *markup { html::text(&mut self.kept, text) } else { self.kept.push_str(text) }
    }

    fn end(&mut self, name: &str, empty: bool) {
        let depth = self.depth;
        self.depth = depth.saturating_sub(1);
        if let Some((_, of, markup, _)) = &self.inside {
            if *of < depth {
                if *markup && !empty && self.kept.len() + name.len() < TEXT {
                    self.kept.push_str("</");
                    self.kept.push_str(name);
                    self.kept.push('>');
                }
                return;
            }
            if let Some((name, _, _, plain)) = self.inside.take() {
                let kept = std::mem::take(&mut self.kept);
                self.value(&name, &kept, plain);
            }
        }
        if self.skipped == Some(depth) {
            self.skipped = None;
        }
        if self.author == depth {
            self.author = 0;
        }
        if matches!(name, "item" | "entry") {
            self.finish();
        }
    }

    fn finish(&mut self) {
        self.feed.entries.extend(self.entry.take());
    }

    fn value(&mut self, name: &str, kept: &str, is_plain: bool) {
        let title = || if is_plain { heading(kept) } else { heading(&plain(kept)) };
        let Some(entry) = &mut self.entry else {
            match name {
                "title" => self.feed.title = title(),
                "description" | "subtitle" => self.feed.description = kept.to_owned(),
                "link" if self.feed.site.is_empty() => self.feed.site = short(kept),
                "icon" | "logo" | "url" => self.feed.icon = short(kept),
                _ => (),
            }
            return;
        };
        let html = || if is_plain { escaped(kept) } else { kept.to_owned() };
        match name {
            "title" => entry.title = title(),
            "link" if entry.link.is_empty() => entry.link = short(kept),
            "guid" | "id" => entry.id = short(kept),
            "content" | "content:encoded" => entry.content = html(),
            "description" | "summary" if entry.content.is_empty() => entry.content = html(),
            "pubdate" | "published" | "issued" | "dc:date" => entry.published = time(kept),
            "updated" | "modified" => entry.updated = time(kept),
            "category" => self.topic(kept),
            _ => (),
        }
    }

    fn topic(&mut self, term: &str) {
        if let Some(entry) = &mut self.entry
            && entry.topics.len() < TOPICS
            && !term.trim().is_empty()
        {
            entry.topics.push(line(term.trim(), TOPIC));
        }
    }

    /// Atom's in attributes, RSS's as text.
    fn link(&mut self, tag: &str) {
        let Some(href) = attribute(tag, "href") else { return self.keep("link", false, true) };
        let rel = attribute(tag, "rel").unwrap_or_default();
        let place = match &mut self.entry {
            Some(entry) => &mut entry.link,
            None => &mut self.feed.site,
        };
        match rel.as_str() {
            "" | "alternate" if place.is_empty() => *place = short(&href),
            "enclosure" => self.file("enclosure", tag),
            _ => (),
        }
    }

    fn file(&mut self, name: &str, tag: &str) {
        let Some(entry) = &mut self.entry else { return };
        let url = attribute(tag, "url").or_else(|| attribute(tag, "href")).unwrap_or_default();
        let mime = attribute(tag, "type").or_else(|| attribute(tag, "medium")).unwrap_or_default();
        let mime = if name == "media:thumbnail" { "image".to_owned() } else { line(&mime, TOPIC) };
        // A thumbnail beside the thing itself is no second picture.
        let known =
            name == "media:thumbnail" && !entry.files.is_empty() || entry.files.iter().any(|f| f.url == url);
        if !url.is_empty() && !known && entry.files.len() < FILES {
            entry.files.push(File { url: short(&url), mime, description: String::new() });
        }
    }
}
