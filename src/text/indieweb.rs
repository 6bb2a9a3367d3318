//! What a stranger's page says to other sites: where its feeds and its webmention endpoint are, where it links, and its
//! first h-entry. <https://www.w3.org/TR/webmention/>, <https://microformats.org/wiki/h-entry>
//!
//! A tokenizer and a small stack, no tree. Only the few properties that a mention needs are read.

use super::plain::line;
use super::tokenise;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{Tag, TagKind, Token, TokenSink, TokenSinkResult};
use std::cell::RefCell;

/// Links of a page that are looked at, its feeds, and open elements that are remembered.
const LINKS: usize = 5_000;
const FEEDS: usize = 10;
const DEPTH: usize = 200;
/// Bytes of a text that are kept.
const TEXT: usize = 4_000;

/// Addresses are as the page has them.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Site {
    /// Address and title of each feed.
    pub feeds: Vec<(String, String)>,
    /// May be empty, which means the page itself.
    pub webmention: Option<String>,
    pub links: Vec<String>,
    pub entry: Option<Entry>,
    pub title: String,
    pub base: String,
    /// Where a client of IndieAuth may be called at.
    pub redirects: Vec<String>,
}

/// An h-entry, as far as a mention needs it.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Entry {
    pub name: String,
    pub content: String,
    pub summary: String,
    pub author_name: String,
    pub author_url: String,
    pub author_photo: String,
    pub published: String,
    pub url: String,
    /// `in-reply-to`, `like-of` and their like, with what they are about.
    pub about: Vec<(&'static str, String)>,
}

const ABOUT: [&str; 4] = ["in-reply-to", "like-of", "repost-of", "bookmark-of"];

/// Reads a page.
pub fn site(html: &str) -> Site {
    let sink = Sink::default();
    tokenise::feed(&sink, html, &|| Some(sink.0.borrow().tokens));
    let mut seen = sink.0.take();
    if let Some(entry) = &mut seen.site.entry {
        for text in [&mut entry.name, &mut entry.author_name] {
            let words: Vec<&str> = text.split_whitespace().collect();
            *text = line(&words.join(" "), 200);
        }
    }
    seen.site
}

#[derive(Default)]
struct Sink(RefCell<Seen>);

#[derive(Default)]
struct Seen {
    site: Site,
    stack: Vec<Open>,
    tokens: u64,
    in_title: bool,
    /// An h-entry was read to its end; others on the page are not what it is about.
    done: bool,
}

struct Open {
    name: String,
    part: Part,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    None,
    Entry,
    Author,
    AuthorName,
    /// Somebody else's, shown inside: nothing in it is the entry's, but what it is about.
    Cite(Option<&'static str>),
    Content,
    Summary,
    Name,
}

impl TokenSink for Sink {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let mut seen = self.0.borrow_mut();
        seen.tokens += u64::from(tokenise::counts(&token));
        match token {
            Token::TagToken(tag) if tag.kind == TagKind::StartTag => return seen.start(&tag),
            Token::TagToken(tag) => seen.end(&tag.name),
            Token::CharacterTokens(text) => seen.text(&text),
            _ => (),
        }
        TokenSinkResult::Continue
    }
}

fn attribute<'a>(tag: &'a Tag, name: &str) -> Option<&'a str> {
    tag.attrs.iter().find(|a| &*a.name.local == name).map(|a| a.value.trim())
}

fn words<'a>(tag: &'a Tag, name: &str) -> impl Iterator<Item = &'a str> {
    attribute(tag, name).unwrap_or_default().split_ascii_whitespace()
}

fn add(to: &mut String, text: &str) {
    let room = TEXT.saturating_sub(to.len()).min(text.len());
    to.push_str(&text[..text.floor_char_boundary(room)]);
}

impl Seen {
    fn start(&mut self, tag: &Tag) -> TokenSinkResult<()> {
        let href = attribute(tag, "href");
        let address = href.or_else(|| attribute(tag, "src"));
        if let (Some(address), true) = (address, self.site.links.len() < LINKS) {
            self.site.links.push(address.to_owned());
        }
        if matches!(&*tag.name, "a" | "link") {
            self.relation(tag, href);
        }
        if &*tag.name == "base" && self.site.base.is_empty() {
            href.unwrap_or_default().clone_into(&mut self.site.base);
        }
        let part = self.part(tag, address);
        let void = matches!(
            &*tag.name,
            "area"
                | "base"
                | "br"
                | "col"
                | "embed"
                | "hr"
                | "img"
                | "input"
                | "link"
                | "meta"
                | "source"
                | "track"
                | "wbr"
        );
        if !void && !tag.self_closing && self.stack.len() < DEPTH {
            self.stack.push(Open { name: tag.name.to_string(), part });
        }
        if matches!(&*tag.name, "br" | "p" | "li" | "div") {
            self.text("\n");
        }
        match &*tag.name {
            "script" => TokenSinkResult::RawData(RawKind::ScriptData),
            "style" | "noscript" | "xmp" | "iframe" => TokenSinkResult::RawData(RawKind::Rawtext),
            "title" => {
                self.in_title = self.site.title.is_empty();
                TokenSinkResult::RawData(RawKind::Rcdata)
            }
            "textarea" => TokenSinkResult::RawData(RawKind::Rcdata),
            "plaintext" => TokenSinkResult::Plaintext,
            _ => TokenSinkResult::Continue,
        }
    }

    fn relation(&mut self, tag: &Tag, href: Option<&str>) {
        let Some(href) = href else { return };
        let has = |wanted: &str| words(tag, "rel").any(|rel| rel.eq_ignore_ascii_case(wanted));
        if has("webmention") && self.site.webmention.is_none() {
            self.site.webmention = Some(href.to_owned());
        }
        if has("redirect_uri") && self.site.redirects.len() < FEEDS {
            self.site.redirects.push(href.to_owned());
        }
        let kind = attribute(tag, "type").unwrap_or_default().to_ascii_lowercase();
        let is_feed = matches!(
            kind.as_str(),
            "application/rss+xml"
                | "application/atom+xml"
                | "application/feed+json"
                | "application/json"
                | "application/rdf+xml"
        );
        // WordPress offers its API as plain JSON: that is no feed.
        let is_api = kind == "application/json" && href.contains("/wp-json/");
        if &*tag.name == "link" && has("alternate") && is_feed && !is_api && self.site.feeds.len() < FEEDS {
            let title = line(attribute(tag, "title").unwrap_or_default(), 200);
            self.site.feeds.push((href.to_owned(), title));
        }
    }

    fn is_in(&self, wanted: Part) -> bool {
        self.stack.iter().any(|open| open.part == wanted)
    }

    /// The innermost thing by somebody else that is shown here.
    fn cited(&self) -> Option<Option<&'static str>> {
        self.stack.iter().rev().find_map(|open| match open.part {
            Part::Cite(about) => Some(about),
            _ => None,
        })
    }

    fn part(&mut self, tag: &Tag, address: Option<&str>) -> Part {
        let has = |wanted: &str| words(tag, "class").any(|class| class == wanted);
        if !self.is_in(Part::Entry) {
            if has("h-entry") && !self.done {
                self.site.entry = Some(Entry::default());
                return Part::Entry;
            }
            return Part::None;
        }
        let (cited, in_author) = (self.cited(), self.is_in(Part::Author));
        let Some(entry) = &mut self.site.entry else { return Part::None };
        let address = address.unwrap_or_default();
        if let Some(about) = cited {
            if let (Some(about), true) =
                (about, has("u-url") && !address.is_empty() && entry.about.len() < 50)
            {
                entry.about.push((about, address.to_owned()));
            }
            return Part::None;
        }
        if in_author {
            if has("u-url") && entry.author_url.is_empty() {
                address.clone_into(&mut entry.author_url);
            }
            if (has("u-photo") || &*tag.name == "img") && entry.author_photo.is_empty() {
                address.clone_into(&mut entry.author_photo);
            }
            if has("p-name") {
                entry.author_name.clear(); // what stands around it is more than the name
                return Part::AuthorName;
            }
            return Part::None;
        }
        for about in ABOUT {
            if words(tag, "class").any(|class| class.strip_prefix("u-") == Some(about)) {
                if !address.is_empty() && entry.about.len() < 50 {
                    entry.about.push((about, address.to_owned()));
                    return Part::Cite(None);
                }
                return Part::Cite(Some(about));
            }
        }
        if has("p-author") {
            if href_of(tag) {
                address.clone_into(&mut entry.author_url);
            }
            return Part::Author;
        }
        if words(tag, "class").any(|class| class.starts_with("h-")) {
            return Part::Cite(None);
        }
        if has("u-url") && entry.url.is_empty() {
            address.clone_into(&mut entry.url);
        }
        if has("dt-published") && entry.published.is_empty() {
            attribute(tag, "datetime").unwrap_or_default().clone_into(&mut entry.published);
        }
        if has("e-content") || has("p-content") {
            return Part::Content;
        }
        if has("p-summary") {
            return Part::Summary;
        }
        if has("p-name") { Part::Name } else { Part::None }
    }

    fn text(&mut self, text: &str) {
        if self.in_title {
            add(&mut self.site.title, text);
        }
        let Some(entry) = &mut self.site.entry else { return };
        if self.done || self.stack.last().is_some_and(|open| matches!(open.name.as_str(), "script" | "style"))
        {
            return;
        }
        let cited = self.stack.iter().any(|open| matches!(open.part, Part::Cite(_)));
        let has_name = self.stack.iter().any(|open| open.part == Part::AuthorName);
        for open in &self.stack {
            match open.part {
                Part::AuthorName => add(&mut entry.author_name, text),
                Part::Author if !has_name && entry.author_name.is_empty() && !text.trim().is_empty() => {
                    add(&mut entry.author_name, text);
                }
                Part::Content if !cited => add(&mut entry.content, text),
                Part::Summary if !cited => add(&mut entry.summary, text),
                Part::Name if !cited => add(&mut entry.name, text),
                _ => (),
            }
        }
    }

    fn end(&mut self, name: &str) {
        self.in_title = false;
        // What was left open inside is closed with it.
        let Some(at) = self.stack.iter().rposition(|open| open.name == name) else { return };
        self.done |= self.stack[at..].iter().any(|open| open.part == Part::Entry);
        self.stack.truncate(at);
    }
}

fn href_of(tag: &Tag) -> bool {
    attribute(tag, "href").is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_is_read_with_its_author_and_what_it_is_about() {
        let read = site(
            "<!doctype html><title>A page</title><link rel=alternate type=application/atom+xml href=/atom title=News>\
             <link rel=\"webmention\" href=\"/wm\"><script>'<div class=h-entry>'</script>\
             <article class='h-entry'><a class='p-author h-card' href='https://b.test/'><img src=/me.png alt=''> Bob\n Bee</a>\
             <div class='u-in-reply-to h-cite'><a class='u-url' href='https://a.test/@alice/1'>x</a><p class=e-content>no</p></div>\
             <a class='u-url' href='/1'><time class='dt-published' datetime='2026-11-24T10:00:00Z'>t</time></a>\
             <div class='e-content p-name'>Well <b>said</b><br>indeed</div></article>\
             <div class=h-entry><p class=e-content>another</p></div>",
        );
        let entry = read.entry.unwrap();
        assert_eq!(
            (entry.author_name.as_str(), entry.author_url.as_str(), entry.author_photo.as_str()),
            ("Bob Bee", "https://b.test/", "/me.png")
        );
        assert_eq!(entry.about, [("in-reply-to", "https://a.test/@alice/1".to_owned())]);
        assert_eq!(entry.content.trim(), "Well said\nindeed");
        assert_eq!((entry.url.as_str(), entry.published.as_str()), ("/1", "2026-11-24T10:00:00Z"));
        assert_eq!(read.feeds, [("/atom".to_owned(), "News".to_owned())]);
        assert_eq!((read.webmention.as_deref(), read.title.as_str()), (Some("/wm"), "A page"));
        assert!(read.links.iter().any(|l| l == "https://a.test/@alice/1"));
    }

    #[test]
    fn a_like_names_its_author_by_a_card_inside() {
        let read = site(
            "<div class=h-entry><span class='p-author h-card'><a class='u-url p-name' href=https://c.test/>Carol</a> of C</span>\
             likes <a class=u-like-of href=https://a.test/@alice/1>this</a></div>",
        );
        let entry = read.entry.unwrap();
        assert_eq!((entry.author_name.as_str(), entry.author_url.as_str()), ("Carol", "https://c.test/"));
        assert_eq!(entry.about, [("like-of", "https://a.test/@alice/1".to_owned())]);
    }

    #[test]
    fn hostile_pages_are_bounded() {
        for piece in [
            "<div class=h-entry>",
            "<a href=x rel=webmention>",
            "<b>",
            "<p class=e-content>text ",
            "</div>",
            "<link rel=alternate type=application/rss+xml href=x>",
        ] {
            let read = site(&piece.repeat(200_000 / piece.len()));
            assert!(read.links.len() <= LINKS && read.feeds.len() <= FEEDS);
        }
        assert_eq!(site(""), Site::default());
    }
}
