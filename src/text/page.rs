//! What a page says of itself in its head, for a preview: Open Graph (<https://ogp.me/>), the plain `meta` of
//! HTML, `fediverse:creator` (<https://docs.joinmastodon.org/entities/PreviewCard/>), and articles in JSON-LD.
//!
//! A tokenizer and no tree: it is linear in what it reads, and nothing behind the head is read.

use super::language::language;
use super::plain::line;
use super::tokenise;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};
use serde_json::Value;
use std::cell::RefCell;

/// Letters that are kept of a name, a title and a description.
const NAME: usize = 200;
const TITLE: usize = 300;
const DESCRIPTION: usize = 500;
/// Bytes of one JSON-LD text.
const JSON: usize = 64 * 1024;

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
}

/// Reads the head of a page.
pub fn page(html: &str) -> Page {
    let head = Head::default();
    let tokenizer = Tokenizer::new(head, TokenizerOpts::default());
    tokenise::feed(&tokenizer, html, |head| {
        let seen = head.0.borrow();
        (!seen.done).then_some(seen.tokens)
    });
    tokenizer.sink.0.take().page()
}

#[derive(Default)]
struct Head(RefCell<Seen>);

#[derive(Default)]
struct Seen {
    /// Names in lower case, in order; the first of a name counts.
    metas: Vec<(String, String)>,
    title: String,
    lang: String,
    article: Option<Value>,
    json: String,
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
                if is_json && self.article.is_none() {
                    self.json.clear();
                    self.inside = Inside::Json;
                }
                return TokenSinkResult::RawData(RawKind::ScriptData);
            }
            "style" | "noscript" => return TokenSinkResult::RawData(RawKind::Rawtext),
            "body" => self.done = true,
            _ => (),
        }
        TokenSinkResult::Continue
    }

    fn end(&mut self, name: &str) {
        match name {
            "script" if self.inside == Inside::Json => self.article = article(&self.json),
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

    fn page(self) -> Page {
        let said = |pointer: &str| -> &str {
            self.article.as_ref().and_then(|a| a.pointer(pointer)).and_then(Value::as_str).unwrap_or_default()
        };
        let first =
            |texts: &[&str]| texts.iter().copied().find(|t| !t.trim().is_empty()).unwrap_or("").to_owned();
        let number = |names: &[&str]| {
            self.meta(names).parse::<i64>().ok().filter(|n| (1..=20_000).contains(n)).unwrap_or(0)
        };
        let author = |key: &str| first(&[said(&format!("/author/{key}")), said(&format!("/author/0/{key}"))]);
        // Facebook's `article:author` is an address as often as a name.
        let named = self.meta(&["author", "og:author", "article:author", "og:article:author"]);
        let named = if named.contains("://") { "" } else { named };
        Page {
            title: folded(
                &first(&[self.meta(&["og:title", "twitter:title"]), said("/headline"), &self.title]),
                TITLE,
            ),
            description: folded(
                self.meta(&["og:description", "twitter:description", "description"]),
                DESCRIPTION,
            ),
            site: folded(self.meta(&["og:site_name", "application-name"]), NAME),
            author: folded(&first(&[&author("name"), named]), NAME),
            author_url: author("url"),
            creator: folded(self.meta(&["fediverse:creator"]), NAME),
            image: self
                .meta(&["og:image:secure_url", "og:image:url", "og:image", "twitter:image"])
                .to_owned(),
            image_description: folded(self.meta(&["og:image:alt", "twitter:image:alt"]), DESCRIPTION),
            width: number(&["og:image:width"]),
            height: number(&["og:image:height"]),
            published: first(&[
                self.meta(&["article:published_time", "og:article:published_time"]),
                said("/datePublished"),
            ]),
            language: language(&self.lang).or_else(|| language(self.meta(&["og:locale"]))),
        }
    }
}

/// On one line, with single blanks.
fn folded(text: &str, letters: usize) -> String {
    let words: Vec<&str> = text.split_whitespace().take(letters).collect();
    line(&words.join(" "), letters)
}

/// The article among what a JSON-LD text describes.
fn article(json: &str) -> Option<Value> {
    let value: Value = serde_json::from_str(json.trim()).ok()?;
    let list = match value {
        Value::Array(list) => list,
        Value::Object(mut map) => match map.remove("@graph") {
            Some(Value::Array(list)) => list,
            _ => vec![Value::Object(map)],
        },
        _ => return None,
    };
    let is_article = |v: &Value| {
        let kind = v.get("@type").and_then(Value::as_str).unwrap_or_default();
        kind.ends_with("Article") || kind == "BlogPosting"
    };
    list.into_iter().take(50).find(is_article)
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
}
