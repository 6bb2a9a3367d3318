//! Feeds a stranger's page to a tokenizer, in pieces, and never more than it deserves.
//!
//! html5ever compares each attribute of a tag with all before it, and tells of the tag only when that ends: half a
//! megabyte of attributes in one tag is half a minute of work. So a page ends for us where a tag does not.

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{BufferQueue, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};

/// Bytes at a time; after each the tokenizer may have had enough.
const PIECE: usize = 8 * 1024;
/// Pieces without a token after which nothing more is read. A tag with a small picture in it is shorter.
const PATIENCE: u32 = 4;

/// Whoever reads, called at run time: the tokenizer is large, and one of it is enough for all.
struct Any<'a>(&'a dyn TokenSink<Handle = ()>);

impl TokenSink for Any<'_> {
    type Handle = ();

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<()> {
        self.0.process_token(token, line)
    }
}

/// Feeds `page` until it ends. `tokens` says how many came so far; `None`: no more are wanted.
pub fn feed(sink: &dyn TokenSink<Handle = ()>, page: &str, tokens: &dyn Fn() -> Option<u64>) {
    let tokenizer = Tokenizer::new(Any(sink), TokenizerOpts::default());
    let input = BufferQueue::default();
    let (mut rest, mut before, mut quiet) = (page, 0, 0);
    while let Some(now) = tokens() {
        quiet = if now == before { quiet + 1 } else { 0 };
        before = now;
        let (piece, after) = rest.split_at(rest.floor_char_boundary(PIECE));
        if piece.is_empty() || quiet > PATIENCE {
            break;
        }
        rest = after;
        input.push_back(StrTendril::from_slice(piece));
        let _ = tokenizer.feed(&input); // stops for nothing but scripts, and none is ever run
    }
    tokenizer.end();
}

/// Whether it is more than a word about what is wrong: those come inside of tags, too.
pub fn counts(token: &Token) -> bool {
    !matches!(token, Token::ParseError(_))
}

#[cfg(test)]
mod tests {
    use super::super::{page, rel_me};
    use std::time::{Duration, Instant};

    #[test]
    fn a_tag_with_a_hundred_thousand_attributes_costs_no_minute() {
        let attributes: String = (0..100_000).map(|n| format!("a{n:x}'<'=1 ")).collect();
        let hostile = format!("<title>Before</title><meta {attributes}><a rel=me href=https://a.test/>");
        let begun = Instant::now();
        assert_eq!(page::page(&hostile).title, "Before");
        assert!(rel_me(&hostile).is_empty());
        assert!(begun.elapsed() < Duration::from_secs(5), "{:?}", begun.elapsed());
    }

    #[test]
    fn what_stands_behind_a_picture_in_a_tag_and_between_two_pieces_is_read() {
        let picture = format!("<link rel=icon href='data:image/png;base64,{}'>", "A".repeat(20_000));
        let html =
            format!("{picture}<a rel=me href=https://a.test/>{picture}<a rel=me href=https://b.test/>");
        assert_eq!(rel_me(&html), ["https://a.test/", "https://b.test/"]);
        let html = format!("{}<title>T&amp;T</title>", "<meta name=a content=b>".repeat(5_000));
        assert_eq!(page::page(&html).title, "T&T");
    }
}
