//! Feeds of others, read leniently: RSS 2.0 and 1.0 (<https://www.rssboard.org/rss-specification>), Atom (RFC 4287) and
//! JSON Feed (<https://www.jsonfeed.org/version/1.1/>).

mod json;
mod xml;

use super::html;
use super::plain::line;
use crate::model::Timestamp;
use xml::{Piece, Xml, attribute, next};

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
    let mut feed = if text.starts_with('{') { json::read(text, most)? } else { Xml::read(text, most)? };
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
        let long = "x".repeat(3_000);
        let json = format!(
            "{{\"version\":\"https://jsonfeed.org/version/1.1\",\"items\":[{{\"id\":\"1\",\"title\":\"T\",\"tags\":[\"{long}\"],\
             \"attachments\":[{{\"url\":\"https://a.test/x\",\"mime_type\":\"audio/{long}\"}}]}}]}}"
        );
        let xml = format!(
            "<rss version='2.0'><channel><item><title>T</title><guid>1</guid><category>{long}</category>\
             <enclosure url='https://a.test/x' type='audio/{long}'/></item></channel></rss>"
        );
        for text in [json, xml] {
            let read = feed(&text, 9).unwrap();
            let one = &read.entries[0];
            assert!(one.files[0].mime.len() <= 200 && one.topics[0].len() <= 200, "{}", &text[..80]);
        }
    }
}
