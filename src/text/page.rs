//! What a page says of itself in its head, for a preview: Open Graph (<https://ogp.me/>), Twitter's cards, the plain `meta`
//! of HTML, `fediverse:creator` (<https://docs.joinmastodon.org/entities/PreviewCard/>), articles in JSON-LD, and where its
//! oEmbed (<https://oembed.com/>) is.
//!
//! A tokenizer and no tree: it is linear in what it reads, and nothing behind the head is read.

use super::html;
use super::language::language;
use super::plain::line;
use super::tokenise;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{Tag, TagKind, Token, TokenSink, TokenSinkResult};
use serde_json::Value;
use std::cell::RefCell;

/// Letters that are kept of a name, a title and a description.
const NAME: usize = 200;
const TITLE: usize = 300;
const DESCRIPTION: usize = 500;
/// Bytes of one JSON-LD text, and things that all of a page describe. Their depth is what serde_json allows.
const JSON: usize = 64 * 1024;
const THINGS: usize = 100;

/// All in plain text; what is missing is empty. Addresses are as the page has them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Page {
    pub title: String,
    pub description: String,
    pub site: String,
    pub author: String,
    pub author_url: String,
    /// `@user@server`, who the page says wrote it; nobody has confirmed it.
    pub creator: String,
    pub image: String,
    pub image_description: String,
    pub width: i64,
    pub height: i64,
    /// As it stands there: RFC 3339, as a rule.
    pub published: String,
    pub language: Option<String>,
    /// Where the page says that its oEmbed is, as JSON.
    pub oembed: String,
}

/// Reads the head of a page.
pub fn page(html: &str) -> Page {
    let head = Head::default();
    tokenise::feed(&head, html, &|| {
        let seen = head.0.borrow();
        (!seen.done).then_some(seen.tokens)
    });
    head.0.take().page()
}

#[derive(Default)]
struct Head(RefCell<Seen>);

#[derive(Default)]
struct Seen {
    /// Names in lower case, in order; the first of a name counts.
    metas: Vec<(String, String)>,
    title: String,
    lang: String,
    /// What JSON-LD describes: of all texts together.
    things: Vec<Value>,
    json: String,
    oembed: String,
    inside: Inside,
    tokens: u64,
    done: bool,
}

#[derive(Default, PartialEq, Eq)]
enum Inside {
    #[default]
    Nothing,
    Title,
    Json,
}

/// More of these than any page has.
const METAS: usize = 200;

impl TokenSink for Head {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let mut seen = self.0.borrow_mut();
        if seen.done {
            return TokenSinkResult::Continue;
        }
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
    tag.attrs.iter().find(|a| &*a.name.local == name).map(|a| &*a.value)
}

impl Seen {
    fn start(&mut self, tag: &Tag) -> TokenSinkResult<()> {
        match &*tag.name {
            "html" => self.lang = attribute(tag, "lang").unwrap_or_default().to_owned(),
            "meta" if self.metas.len() < METAS => {
                let name = attribute(tag, "property").or(attribute(tag, "name")).unwrap_or_default();
                let content = attribute(tag, "content").unwrap_or_default().trim();
                if !name.is_empty() && !content.is_empty() {
                    self.metas.push((name.trim().to_ascii_lowercase(), content.to_owned()));
                }
            }
            "title" if self.title.is_empty() => {
                self.inside = Inside::Title;
                return TokenSinkResult::RawData(RawKind::Rcdata);
            }
            "title" => return TokenSinkResult::RawData(RawKind::Rcdata),
            "script" => {
                let is_json = attribute(tag, "type")
                    .is_some_and(|t| t.trim().eq_ignore_ascii_case("application/ld+json"));
                if is_json && self.things.len() < THINGS {
                    self.json.clear();
                    self.inside = Inside::Json;
                }
                return TokenSinkResult::RawData(RawKind::ScriptData);
            }
            "link" if self.oembed.is_empty() => self.link(tag),
            "style" | "noscript" => return TokenSinkResult::RawData(RawKind::Rawtext),
            "body" => self.done = true,
            _ => (),
        }
        TokenSinkResult::Continue
    }

    fn end(&mut self, name: &str) {
        match name {
            "script" if self.inside == Inside::Json => {
                let room = THINGS - self.things.len().min(THINGS);
                self.things.extend(things(&self.json).into_iter().take(room));
            }
            "head" => self.done = true,
            _ => (),
        }
        self.inside = Inside::Nothing;
    }

    fn text(&mut self, text: &str) {
        match self.inside {
            Inside::Title if self.title.len() < 4 * TITLE => self.title.push_str(text),
            Inside::Json if self.json.len() + text.len() <= JSON => self.json.push_str(text),
            _ => (),
        }
    }

    fn meta(&self, names: &[&str]) -> &str {
        let find = |name: &&str| self.metas.iter().find(|(n, _)| n == name).map(|(_, v)| v.as_str());
        names.iter().find_map(find).unwrap_or_default()
    }

    /// Some sites write the type as text/json+oembed.
    fn link(&mut self, tag: &Tag) {
        let is_alternate = attribute(tag, "rel")
            .is_some_and(|rel| rel.split_ascii_whitespace().any(|r| r.eq_ignore_ascii_case("alternate")));
        let kind = attribute(tag, "type").unwrap_or_default().trim().to_ascii_lowercase();
        if is_alternate && matches!(kind.as_str(), "application/json+oembed" | "text/json+oembed") {
            attribute(tag, "href").unwrap_or_default().trim().clone_into(&mut self.oembed);
        }
    }

    fn page(self) -> Page {
        let article = Article::among(&self.things);
        let first =
            |texts: &[&str]| texts.iter().copied().find(|t| !t.trim().is_empty()).unwrap_or("").to_owned();
        let number = |names: &[&str]| {
            self.meta(names).parse::<i64>().ok().filter(|n| (1..=20_000).contains(n)).unwrap_or(0)
        };
        // Facebook's `article:author` is an address as often as a name.
        let named = self.meta(&["author", "og:author", "article:author", "og:article:author"]);
        let named = if named.contains("://") { "" } else { named };
        Page {
            title: folded(
                &first(&[self.meta(&["og:title", "twitter:title"]), &article.headline, &self.title]),
                TITLE,
            ),
            description: folded(
                &first(&[
                    self.meta(&["og:description", "twitter:description"]),
                    &article.description,
                    self.meta(&["description"]),
                ]),
                DESCRIPTION,
            ),
            site: folded(
                &first(&[self.meta(&["og:site_name", "application-name"]), &article.publisher]),
                NAME,
            ),
            author: folded(&first(&[&article.author, named]), NAME),
            author_url: article.author_url.clone(),
            creator: folded(self.meta(&["fediverse:creator"]), NAME),
            image: first(&[
                self.meta(&[
                    "og:image:secure_url",
                    "og:image:url",
                    "og:image",
                    "twitter:image",
                    "twitter:image:src",
                ]),
                &article.image,
            ]),
            image_description: folded(self.meta(&["og:image:alt", "twitter:image:alt"]), DESCRIPTION),
            width: number(&["og:image:width"]),
            height: number(&["og:image:height"]),
            published: first(&[
                self.meta(&["article:published_time", "og:article:published_time"]),
                &article.published,
            ]),
            language: language(&self.lang).or_else(|| language(self.meta(&["og:locale"]))),
            oembed: self.oembed,
        }
    }
}

/// On one line, with single blanks.
fn folded(text: &str, letters: usize) -> String {
    let words: Vec<&str> = text.split_whitespace().take(letters).collect();
    line(&words.join(" "), letters)
}

/// What a JSON-LD text describes, one by one. Some sites hide it from old browsers in a CDATA section in a comment.
fn things(json: &str) -> Vec<Value> {
    let inner = json.split_once("<![CDATA[").and_then(|(_, rest)| rest.rsplit_once("]]>"));
    let json = inner.map_or(json, |(inner, _)| inner).trim().trim_start_matches("*/");
    let json = json.trim_end_matches("/*").trim_end_matches("//").trim();
    match serde_json::from_str(json) {
        Ok(Value::Array(list)) => list,
        Ok(Value::Object(mut map)) => match map.remove("@graph") {
            Some(Value::Array(list)) => list,
            _ => vec![Value::Object(map)],
        },
        _ => Vec::new(),
    }
}

/// What the JSON-LD of a page says of its article: <https://schema.org/Article>. Missing is empty.
#[derive(Default)]
struct Article {
    headline: String,
    description: String,
    image: String,
    author: String,
    author_url: String,
    publisher: String,
    published: String,
}

impl Article {
    /// An article, else the page itself.
    fn among(things: &[Value]) -> Article {
        let is = |thing: &Value, wanted: fn(&str) -> bool| match thing.get("@type") {
            Some(Value::String(kind)) => wanted(kind),
            Some(Value::Array(kinds)) => kinds.iter().filter_map(Value::as_str).any(wanted),
            _ => false,
        };
        let is_article = |kind: &str| kind.ends_with("Article") || kind == "BlogPosting" || kind == "Report";
        let of = |wanted: fn(&str) -> bool| things.iter().find(|thing| is(thing, wanted));
        let Some(found) = of(is_article).or_else(|| of(|kind| kind == "WebPage")) else {
            return Article::default();
        };
        let (author, publisher) = (whole(things, found.get("author")), whole(things, found.get("publisher")));
        let image = whole(things, found.get("image").or_else(|| found.get("thumbnailUrl")));
        Article {
            headline: said(found.get("headline")),
            description: said(found.get("description")),
            image: named(image, &["url", "contentUrl", "@id"]),
            author: named(author, &["name"]),
            author_url: author.map(|a| said(a.get("url"))).unwrap_or_default(),
            publisher: named(publisher, &["name"]),
            published: said(found.get("datePublished")),
        }
    }
}

/// The first of a list, and what stands elsewhere in the page where only its `@id` stands here.
fn whole<'v>(things: &'v [Value], value: Option<&'v Value>) -> Option<&'v Value> {
    let value = match value? {
        Value::Array(list) => list.first()?,
        one => one,
    };
    match value.as_object() {
        Some(map) if map.len() == 1 => {
            let id = map.get("@id");
            Some(things.iter().find(|thing| id.is_some() && thing.get("@id") == id).unwrap_or(value))
        }
        _ => Some(value),
    }
}

/// A text itself, or the first of these that an object says.
fn named(value: Option<&Value>, keys: &[&str]) -> String {
    match value {
        Some(Value::Object(map)) => {
            keys.iter().map(|key| said(map.get(*key))).find(|text| !text.is_empty()).unwrap_or_default()
        }
        value => said(value),
    }
}

/// Many sites escape what they write into JSON as if it were HTML.
fn said(value: Option<&Value>) -> String {
    let text = match value {
        Some(Value::Array(list)) => list.first().and_then(Value::as_str),
        value => value.and_then(Value::as_str),
    };
    html::decode(text.unwrap_or_default().trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn open_graph_wins_over_the_plain_head() {
        let read = page(
            "<!doctype html><html lang=lv><head><title>Plain &amp; <b>simple</b></title>\
             <META NAME=Description CONTENT='of the page'><meta property=og:title content=\"A &quot;title&quot;\n twice\">\
             <meta property=og:image content=/a.png><meta property=og:image:width content=1200><meta property=og:image:height content=x>\
             <meta property=og:site_name content=Avīze><meta name=fediverse:creator content=@bob@b.test>\
             <script>var x = '<meta property=og:description content=script>'</script>\
             <script type=application/ld+json>{\"@graph\":[{\"@type\":\"WebSite\"},{\"@type\":\"NewsArticle\",\"headline\":\"H\",\"datePublished\":\"2026-11-24T00:00:00Z\",\"author\":[{\"name\":\"Ann\",\"url\":\"https://b.test/ann\"}]}]}</script>\
             </head><body><meta property=og:description content=body>",
        );
        assert_eq!(read.title, "A \"title\" twice");
        assert_eq!((read.description.as_str(), read.site.as_str()), ("of the page", "Avīze"));
        assert_eq!((read.image.as_str(), read.width, read.height), ("/a.png", 1200, 0));
        assert_eq!((read.author.as_str(), read.author_url.as_str()), ("Ann", "https://b.test/ann"));
        assert_eq!((read.published.as_str(), read.creator.as_str()), ("2026-11-24T00:00:00Z", "@bob@b.test"));
        assert_eq!(read.language.as_deref(), Some("lv"));
    }

    #[test]
    fn a_title_alone_is_a_page_and_anything_is_read_to_its_end() {
        assert_eq!(page("<title>Just <i>this</i></title>").title, "Just <i>this</i>");
        assert_eq!(page("<svg><title>icon</title></svg><head><title>x").title, "icon");
        for soup in [
            "",
            "<",
            "<title",
            "<script>",
            "<!--",
            "<meta property=og:title",
            "\0",
            "<head></head><title>late</title>",
        ] {
            assert_eq!(page(soup).title, "", "{soup}");
        }
        let big =
            format!("<title>{}</title>{}", "ā".repeat(100_000), "<meta name=a content=b>".repeat(20_000));
        assert!(page(&big).title.chars().count() <= TITLE + 1);
    }

    #[test]
    fn what_open_graph_leaves_open_twitter_and_json_ld_say() {
        let read = page(
            "<meta name=twitter:title content=Tweeted><meta name=twitter:description content='In short'>\
             <meta name=twitter:image content=/t.png><meta name=twitter:player content=https://evil.test/player>\
             <title>x</title>",
        );
        assert_eq!(
            (read.title.as_str(), read.description.as_str(), read.image.as_str()),
            ("Tweeted", "In short", "/t.png")
        );
        let read = page(
            "<title>x</title><script type='application/ld+json'>not json</script>\
             <script type='application/ld+json'>[{\"@type\":\"Organization\",\"@id\":\"#o\",\"name\":\"The Hive\"}]</script>\
             <script type='application/ld+json'>/*<![CDATA[*/{\"@graph\":[{\"@type\":\"WebPage\",\"headline\":\"no\"},\
             {\"@type\":\"ImageObject\",\"@id\":\"#i\",\"url\":\"/i.png\"},\
             {\"@type\":[\"NewsArticle\",\"X\"],\"headline\":\"Bees &amp; honey\",\"description\":\"All\",\"image\":{\"@id\":\"#i\"},\
             \"author\":\"Ann\",\"publisher\":[{\"@id\":\"#o\"}],\"datePublished\":\"2026-01-02\"}]}/*]]>*/</script>",
        );
        assert_eq!((read.title.as_str(), read.description.as_str()), ("Bees & honey", "All"));
        assert_eq!((read.image.as_str(), read.author.as_str()), ("/i.png", "Ann"));
        assert_eq!((read.site.as_str(), read.published.as_str()), ("The Hive", "2026-01-02"));
        // Deep, large and odd ones are no harm.
        let deep = format!("<title>x</title><script type=application/ld+json>{}", "[".repeat(60_000));
        assert_eq!(page(&deep).title, "x");
        for odd in
            ["{}", "[]", "1", "null", "{\"@type\":\"Article\",\"author\":[],\"image\":[[]],\"headline\":{}}"]
        {
            let html = format!("<title>x</title><script type=application/ld+json>{odd}</script>");
            assert_eq!(page(&html), Page { title: "x".into(), ..Page::default() }, "{odd}");
        }
    }

    #[test]
    fn a_page_says_where_its_oembed_is() {
        let html = "<link rel=alternate type=text/xml+oembed href=/xml><link rel=stylesheet type=application/json+oembed href=/no>\
            <link type='application/json+oembed' rel='x ALTERNATE' href=' /o?url=a&amp;f=json '><title>x</title>";
        assert_eq!(page(html).oembed, "/o?url=a&f=json");
    }
}
