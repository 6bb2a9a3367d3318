//! Links that say `rel="me"`: what ties a profile and a page to each other.
//! <https://microformats.org/wiki/rel-me>, <https://docs.joinmastodon.org/user/profile/#verification>

use super::html::{self, Piece};
use super::tokenise;
use html5ever::tokenizer::states::RawKind::{Rawtext, Rcdata, ScriptData};
use html5ever::tokenizer::{StartTag, Tag, TagToken, Token, TokenSink, TokenSinkResult};
use std::cell::{Cell, RefCell};

/// Links of one page that are looked at.
const MOST: usize = 200;

/// Where the `<a>` and `<link>` of a stranger's page lead that say `rel="me"`, in their order.
///
/// Tokenised as a browser does: what stands in scripts, styles, titles and comments is no tag.
pub fn rel_me(page: &str) -> Vec<String> {
    let links = Links::default();
    tokenise::feed(&links, page, &|| Some(links.tokens.get()));
    links.found.into_inner()
}

#[derive(Default)]
struct Links {
    found: RefCell<Vec<String>>,
    tokens: Cell<u64>,
}

impl TokenSink for Links {
    type Handle = ();

    fn process_token(&self, token: Token, _: u64) -> TokenSinkResult<()> {
        self.tokens.set(self.tokens.get() + u64::from(tokenise::counts(&token)));
        let TagToken(tag) = token else { return TokenSinkResult::Continue };
        if tag.kind != StartTag {
            return TokenSinkResult::Continue;
        }
        match &*tag.name {
            "a" | "link" => self.note(&tag),
            // The tree builder would say so; there is none.
            "script" => return TokenSinkResult::RawData(ScriptData),
            "title" | "textarea" => return TokenSinkResult::RawData(Rcdata),
            "style" | "xmp" | "iframe" | "noembed" | "noframes" => return TokenSinkResult::RawData(Rawtext),
            "plaintext" => return TokenSinkResult::Plaintext,
            _ => (),
        }
        TokenSinkResult::Continue
    }
}

impl Links {
    fn note(&self, tag: &Tag) {
        let value = |name: &str| tag.attrs.iter().find(|a| &*a.name.local == name).map(|a| &*a.value);
        let is_me = value("rel")
            .is_some_and(|rel| rel.split_ascii_whitespace().any(|r| r.eq_ignore_ascii_case("me")));
        let mut found = self.found.borrow_mut();
        if let (true, Some(href)) = (is_me && found.len() < MOST, value("href")) {
            found.push(href.trim().to_owned());
        }
    }
}

/// The address of a field of a profile that is one link and nothing else. Its text must be the address
/// itself, as Mastodon demands: else a name could be shown as proven that is not what it looks like.
///
/// `markup` was sanitised.
pub fn sole_link(markup: &str) -> Option<String> {
    let mut pieces = html::pieces(markup.trim());
    let Some(Piece::Start("a", attributes)) = pieces.next() else { return None };
    let href = html::attribute(attributes, "href")?;
    let mut text = String::new();
    let mut closed = false;
    for piece in pieces {
        match piece {
            _ if closed => return None,
            Piece::End("a") => closed = true,
            Piece::Text(part) => text.push_str(&html::decode(part)),
            Piece::Start("span", _) | Piece::End("span") => (), // Mastodon hides parts of it
            _ => return None,
        }
    }
    (closed && text.trim() == href).then_some(href)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_found_as_a_browser_finds_them() {
        let page = "<!doctype html><head><LINK REL='nofollow ME' href=https://a.test/@alice>\
            <title><a rel=me href=https://title.test></title>\
            <script>'<a rel=\"me\" href=\"https://script.test\">'</script>\
            <style><a rel=me href=https://style.test></style></head>\
            <!-- <a rel=me href=https://comment.test> --><p title='<a rel=me href=https://attribute.test>'>\
            <a href=\" https://b.test/?a=1&amp;b=2 \" rel=me>x</a><a rel=menu href=https://menu.test>\
            <a rel=me>no address</a>";
        assert_eq!(rel_me(page), ["https://a.test/@alice", "https://b.test/?a=1&b=2"]);
    }

    #[test]
    fn a_hostile_page_ends_the_search_and_no_more() {
        assert_eq!(rel_me(&"<a rel=me href=x>".repeat(50_000)).len(), MOST);
        for page in
            ["", "<a rel=me href=", "<a rel='me", "<script>", "<plaintext><a rel=me href=x>", "\0<\0a\0>"]
        {
            assert!(rel_me(page).is_empty(), "{page}");
        }
    }

    #[test]
    fn a_field_is_a_link_only_when_it_is_nothing_else() {
        let mastodons = "<a href=\"https://a.test/?x=1&amp;y\" rel=\"me\"><span class=\"invisible\">https://</span>\
            <span class=\"\">a.test/?x=1&amp;y</span><span class=\"invisible\"></span></a>";
        assert_eq!(sole_link(mastodons).as_deref(), Some("https://a.test/?x=1&y"));
        for other in [
            "https://a.test/",
            "<a href=\"https://a.test/\">my bank</a>",
            "<a href=\"https://a.test/\">https://a.test/</a> and more",
            "<p><a href=\"https://a.test/\">https://a.test/</a></p>",
            "<a href=\"https://a.test/\">https://a.test/",
            "",
        ] {
            assert_eq!(sole_link(other), None, "{other}");
        }
    }
}
