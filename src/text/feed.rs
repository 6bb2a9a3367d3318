//! Feeds of others, read leniently: RSS 2.0 and 1.0 (<https://www.rssboard.org/rss-specification>), Atom (RFC 4287) and
//! JSON Feed (<https://www.jsonfeed.org/version/1.1/>).
//!
//! XML is walked once, piece by piece, and never built into a tree: linear in what it reads, whatever that is. A document
//! type and its entities are passed over, so nothing can blow up.

use super::html;
use super::plain::{line, plain};
use crate::model::Timestamp;
use serde_json::Value;
use std::borrow::Cow;

/// Bytes of one text that are kept; the sanitiser has a cap of its own.
const TEXT: usize = 256 * 1024;
/// Bytes of an address, letters of a title, pictures and topics of one entry.
const ADDRESS: usize = 2_048;
const TITLE: usize = 300;
const FILES: usize = 4;
const TOPICS: usize = 10;
/// Letters of a topic and of the kind of a file.
const TOPIC: usize = 100;

#[derive(Debug, Default, PartialEq, Eq)]
pub struct Feed {
    pub title: String,
    /// Where its site is, as it says.
    pub site: String,
    pub icon: String,
    pub description: String,
    /// The first ones, as they stand there.
    pub entries: Vec<Entry>,
}

#[derive(Debug, Default, PartialEq, Eq)]
pub struct Entry {
    /// What tells it from others of its feed; its address where it has no id.
    pub id: String,
    /// Plain text.
    pub title: String,
    pub link: String,
    /// HTML as it came: not safe yet.
    pub content: String,
    pub published: Option<Timestamp>,
    pub updated: Option<Timestamp>,
    pub files: Vec<File>,
    pub topics: Vec<String>,
}

/// A picture, film or sound of an entry.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct File {
    pub url: String,
    /// Its type, or the first half of one; empty where nobody says.
    pub mime: String,
    pub description: String,
}

/// Reads a feed, up to `most` entries of it. `None`: it is none.
pub fn feed(text: &str, most: usize) -> Option<Feed> {
    let text = text.trim_start_matches('\u{feff}').trim_start();
    let mut feed = if text.starts_with('{') { json(text, most)? } else { Xml::read(text, most)? };
    for entry in &mut feed.entries {
        if entry.id.is_empty() {
            let own = if entry.link.is_empty() { &entry.title } else { &entry.link };
            entry.id = own.clone();
        }
    }
    feed.entries.retain(|e| !e.id.is_empty());
    Some(feed)
}

/// The feeds that a list of them names: address, title and site. <http://opml.org/spec2.opml>
pub fn opml(text: &str, most: usize) -> Vec<(String, String, String)> {
    let (mut rest, mut found) = (text, Vec::new());
    while let Some((piece, after)) = next(rest).filter(|_| found.len() < most) {
        rest = after;
        let Some(Piece::Start(name, tag, _)) = piece else { continue };
        if name != "outline" {
            continue;
        }
        let said = |name: &str| attribute(tag, name).unwrap_or_default();
        let title = Some(said("title")).filter(|t| !t.is_empty()).unwrap_or_else(|| said("text"));
        let feed = short(&said("xmlurl"));
        if !feed.is_empty() {
            found.push((feed, heading(&title), short(&said("htmlurl"))));
        }
    }
    found
}

/// Takes the pictures out of HTML: what is left, and up to four of them. What only counts readers is no picture.
pub fn pictures(html: &str) -> (String, Vec<File>) {
    let (mut rest, mut left, mut found) = (html, String::with_capacity(html.len()), Vec::new());
    while let Some((before, after)) = rest.split_once("<img") {
        left.push_str(before);
        let (tag, behind) = after.split_once('>').unwrap_or((after, ""));
        rest = behind;
        let is_pixel = ["width", "height"].iter().any(|side| attribute(tag, side).is_some_and(|n| n == "1"));
        let url = short(&attribute(tag, "src").unwrap_or_default());
        if !is_pixel && !url.is_empty() && found.len() < FILES {
            let description = heading(&attribute(tag, "alt").unwrap_or_default());
            found.push(File { url, mime: "image".to_owned(), description });
        }
    }
    left.push_str(rest);
    (left, found)
}

fn time(text: &str) -> Option<Timestamp> {
    // Whoever writes by hand knows the date, and not always the day of the week.
    let text = text.split_once(',').map_or(text, |(_, date)| date).trim();
    let read = Timestamp::parse_rfc3339(text).or_else(|| Timestamp::parse_http_date(text));
    // Hand-written ones: a day alone, or a name of a zone that RFC 2822 calls obsolete.
    let read = read.or_else(|| Timestamp::parse_rfc3339(&format!("{text}T00:00:00Z")));
    let zone =
        || text.rsplit_once(' ').and_then(|(at, _)| Timestamp::parse_http_date(&format!("{at} +0000")));
    read.or_else(zone).filter(|at| at.0 > 0)
}

fn short(text: &str) -> String {
    let text = text.trim();
    if text.len() <= ADDRESS { text.to_owned() } else { String::new() }
}

fn heading(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    line(&words.join(" "), TITLE)
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (n, part) in text.trim().split('\n').enumerate() {
        if n > 0 {
            out.push_str("<br>");
        }
        html::text(&mut out, part);
    }
    out
}

fn json(text: &str, most: usize) -> Option<Feed> {
    let all: Value = serde_json::from_str(text).ok()?;
    if !all["version"].as_str()?.contains("jsonfeed.org/version") {
        return None;
    }
    let said = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let entries = all["items"].as_array()?.iter().take(most).map(|item| {
        let mut files = Vec::new();
        for one in item["attachments"].as_array().into_iter().flatten().take(FILES) {
            files.push(File {
                url: short(&said(&one["url"])),
                mime: line(&said(&one["mime_type"]), TOPIC),
                description: heading(&said(&one["title"])),
            });
        }
        if let (true, Some(url)) = (files.is_empty(), item["image"].as_str()) {
            files.push(File { url: short(url), mime: "image".to_owned(), ..File::default() });
        }
        let content = match item["content_html"]
            .as_str()
            .or(item["summary"].as_str().filter(|_| item["content_text"].is_null()))
        {
            Some(html) => html.to_owned(),
            None => escaped(&said(&item["content_text"])),
        };
        let topics = item["tags"].as_array().into_iter().flatten().filter_map(Value::as_str);
        Entry {
            id: short(&item["id"].as_str().map_or_else(|| item["id"].to_string(), str::to_owned)),
            title: heading(&said(&item["title"])),
            link: short(item["url"].as_str().or(item["external_url"].as_str()).unwrap_or_default()),
            content,
            published: item["date_published"].as_str().and_then(time),
            updated: item["date_modified"].as_str().and_then(time),
            files,
            topics: topics.take(TOPICS).map(|topic| line(topic, TOPIC)).collect(),
        }
    });
    Some(Feed {
        title: heading(&said(&all["title"])),
        site: short(&said(&all["home_page_url"])),
        icon: short(all["icon"].as_str().or(all["favicon"].as_str()).unwrap_or_default()),
        description: said(&all["description"]),
        entries: entries.collect(),
    })
}

/// A piece of XML, as much of it as a feed needs.
enum Piece<'a> {
    /// Name in lower case, the whole inside of the tag, and whether it is empty (`/>`).
    Start(String, &'a str, bool),
    End(String),
    Text(Cow<'a, str>),
}

/// The next piece and what follows it.
fn next(text: &str) -> Option<(Option<Piece<'_>>, &str)> {
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
fn attribute(tag: &str, wanted: &str) -> Option<String> {
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
struct Xml {
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
    fn read(text: &str, most: usize) -> Option<Feed> {
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

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::{Duration, Instant};

    #[test]
    fn rss_is_read_with_its_cdata_prefixes_and_entities() {
        let read = feed(
            "<?xml version=\"1.0\"?><!DOCTYPE rss [<!ENTITY x \"y\">]><rss version=\"2.0\"><channel><title>Bees &amp;amp; co</title>\
             <link>https://b.test/</link><atom:link href=\"https://b.test/feed\" rel=\"self\"/><image><url>https://b.test/i.png</url>\
             <title>no</title><link>https://no.test</link></image><description>About</description>\
             <item><title><![CDATA[One <b>bold</b> & more]]></title><link>https://b.test/1</link><guid isPermaLink=\"false\">g1</guid>\
             <description>short</description><content:encoded><![CDATA[<p>Whole ]] <img src=x></p>]]></content:encoded>\
             <pubDate>Tue, 24 Nov 2026 10:00:00 GMT</pubDate><category>Bees</category>\
             <enclosure url=\"https://b.test/1.mp3\" type=\"audio/mpeg\" length=\"1\"/>\
             <media:content url='https://b.test/1.jpg' medium='image'/></item>\
             <item><title>Two</title><link>https://b.test/2</link><dc:date>2026-11-25</dc:date><description>&lt;p&gt;Two&amp;#8217;s&lt;/p&gt;</description></item></channel></rss>",
            50,
        )
        .unwrap();
        assert_eq!(
            (read.title.as_str(), read.site.as_str(), read.icon.as_str()),
            ("Bees & co", "https://b.test/", "https://b.test/i.png")
        );
        let one = &read.entries[0];
        assert_eq!((one.id.as_str(), one.title.as_str()), ("g1", "One bold & more"));
        assert_eq!(one.content, "<p>Whole ]] <img src=x></p>");
        assert_eq!(one.published, Timestamp::parse_rfc3339("2026-11-24T10:00:00Z"));
        assert_eq!(one.files.len(), 2);
        assert_eq!((one.files[0].mime.as_str(), one.topics[0].as_str()), ("audio/mpeg", "Bees"));
        let two = &read.entries[1];
        assert_eq!((two.id.as_str(), two.content.as_str()), ("https://b.test/2", "<p>Two&#8217;s</p>"));
        assert_eq!(two.published, Timestamp::parse_rfc3339("2026-11-25T00:00:00Z"));
    }

    #[test]
    fn atom_is_read_whatever_its_content_is_written_in() {
        let read = feed(
            "<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>T</title><link href=\"https://c.test/\"/><link rel=\"self\" href=\"https://c.test/atom\"/>\
             <author><name>Ann</name><title>no</title></author>\
             <entry><id>urn:1</id><title type=\"html\">A &amp;lt;b</title><link rel=\"alternate\" href=\"https://c.test/1?a=1&amp;b=2\"/>\
             <source><id>urn:no</id><title>no</title></source><published>2026-11-24T10:00:00Z</published><updated>2026-11-25T10:00:00Z</updated>\
             <content type=\"xhtml\"><div>x &lt; <a href=\"https://c.test/\">y</a><br/></div></content></entry>\
             <entry><id>urn:2</id><title>1 &lt; 2</title><content>a &lt;b&gt;\nc</content><link rel=\"enclosure\" type=\"image/png\" href=\"https://c.test/p.png\"/></entry></feed>",
            50,
        )
        .unwrap();
        let (one, two) = (&read.entries[0], &read.entries[1]);
        assert_eq!(
            (one.title.as_str(), one.link.as_str(), one.id.as_str()),
            ("A <b", "https://c.test/1?a=1&b=2", "urn:1")
        );
        assert_eq!(one.content, "<div>x &lt; <a href=\"https://c.test/\">y</a><br></div>");
        assert!(one.updated > one.published);
        assert_eq!((two.content.as_str(), two.files[0].mime.as_str()), ("a &lt;b&gt;<br>c", "image/png"));
        assert_eq!(read.site, "https://c.test/");
    }

    #[test]
    fn json_feed_is_read() {
        let read = feed(
            "{\"version\":\"https://jsonfeed.org/version/1.1\",\"title\":\"J\",\"home_page_url\":\"https://d.test\",\"items\":[\
             {\"id\":7,\"url\":\"https://d.test/7\",\"content_text\":\"a<b\",\"date_published\":\"2026-11-24T10:00:00+02:00\",\
              \"attachments\":[{\"url\":\"https://d.test/7.png\",\"mime_type\":\"image/png\"}],\"tags\":[\"x\"]},{\"id\":\"8\",\"content_html\":\"<p>8</p>\"}]}",
            1,
        )
        .unwrap();
        assert_eq!(
            (read.entries.len(), read.entries[0].id.as_str(), read.entries[0].content.as_str()),
            (1, "7", "a&lt;b")
        );
        assert_eq!(feed("{\"version\":\"1\",\"items\":[]}", 9), None);
    }

    #[test]
    fn pictures_are_taken_out_of_the_text() {
        let (left, found) = pictures(
            "a<img src='x.png' alt='A &amp; B'/>b<img width=1 height=\"1\" src=\"y\">c<img src=\"z\"",
        );
        assert_eq!((left.as_str(), found.len()), ("abc", 2));
        assert_eq!((found[0].url.as_str(), found[0].description.as_str()), ("x.png", "A & B"));
    }

    #[test]
    fn hostile_feeds_end_soon_and_what_is_none_is_none() {
        let begun = Instant::now();
        for no in
            ["", "<html><rss>", "<", "<!--", "<![CDATA[", "{", "<!doctype html><title>x</title>", "plain"]
        {
            assert_eq!(feed(no, 50), None, "{no}");
        }
        for piece in [
            "<item>",
            "<entry><title>",
            "<a '",
            "<![CDATA[",
            "&#xFFFFFF;&#0;",
            "</rss>",
            "<a b=\"",
            "<!--",
            "<link href='x'/>",
            "<x ",
        ] {
            let read =
                feed(&format!("<rss><channel><item><title>{}", piece.repeat(2_000_000 / piece.len())), 50)
                    .unwrap();
            assert!(read.entries.len() <= 50, "{piece}");
        }
        let attributes: String = (0..100_000).map(|n| format!(" a{n}='1'")).collect();
        assert!(
            feed(&format!("<rss><item><link{attributes}>https://x.test</link></item></rss>"), 50).is_some()
        );
        assert!(begun.elapsed() < Duration::from_secs(20), "{:?}", begun.elapsed());
    }

    #[test]
    fn every_word_of_a_feed_has_an_end() {
        let long = "x".repeat(100_000);
        let json = format!(
            "{{\"version\":\"https://jsonfeed.org/version/1.1\",\"items\":[{{\"id\":\"1\",\"tags\":[\"{long}\"],\
             \"attachments\":[{{\"url\":\"https://a.test/x\",\"mime_type\":\"audio/{long}\"}}]}}]}}"
        );
        let xml = format!(
            "<rss version='2.0'><channel><item><category>{long}</category>\
             <enclosure url='https://a.test/x' type='audio/{long}'/></item></channel></rss>"
        );
        for text in [json, xml] {
            let read = feed(&text, 9).unwrap();
            let one = &read.entries[0];
            assert!(one.files[0].mime.len() <= 200 && one.topics[0].len() <= 200, "{}", &text[..80]);
        }
    }
}
