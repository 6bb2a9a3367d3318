//! The player that a page offers by oEmbed (<https://oembed.com/>): of all its HTML one frame, and nothing around it, as
//! Mastodon's sanitiser leaves it.

use super::html;
use super::tokenise;
use html5ever::tokenizer::states::RawKind::ScriptData;
use html5ever::tokenizer::{StartTag, Tag, TagToken, Token, TokenSink, TokenSinkResult};
use std::cell::{Cell, RefCell};

/// What a frame may do: run its player, and open what the visitor presses.
const SANDBOX: &str =
    "allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox allow-forms";
/// Frames that are looked at.
const MOST: usize = 10;

/// A frame as it stands in a stranger's HTML. Sizes are 0 where they are no number of pixels.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Frame {
    pub src: String,
    pub width: i64,
    pub height: i64,
}

/// The frames in a piece of HTML, in their order.
pub fn frames(html: &str) -> Vec<Frame> {
    let frames = Frames::default();
    tokenise::feed(&frames, html, &|| Some(frames.tokens.get()));
    frames.found.into_inner()
}

/// The one frame that may be shown. `src` must be an https address by now.
pub fn player(frame: &Frame) -> String {
    let mut out = String::from("<iframe");
    html::push_attribute(&mut out, "src", &frame.src);
    for (name, size) in [("width", frame.width), ("height", frame.height)] {
        if size > 0 {
            html::push_attribute(&mut out, name, &size.to_string());
        }
    }
    for (name, value) in
        [("allowfullscreen", "true"), ("frameborder", "0"), ("scrolling", "no"), ("sandbox", SANDBOX)]
    {
        html::push_attribute(&mut out, name, value);
    }
    out.push_str("></iframe>");
    out
}

/// Pixels, as many as a screen may have; else 0.
pub fn pixels(text: &str) -> i64 {
    let number = text.trim().trim_end_matches("px");
    number.parse::<f64>().map(|n| n as i64).ok().filter(|n| (1..=20_000).contains(n)).unwrap_or(0)
}

#[derive(Default)]
struct Frames {
    found: RefCell<Vec<Frame>>,
    tokens: Cell<u64>,
}

impl TokenSink for Frames {
    type Handle = ();

    fn process_token(&self, token: Token, _: u64) -> TokenSinkResult<()> {
        self.tokens.set(self.tokens.get() + u64::from(tokenise::counts(&token)));
        let TagToken(tag) = token else { return TokenSinkResult::Continue };
        match &*tag.name {
            "script" if tag.kind == StartTag => return TokenSinkResult::RawData(ScriptData),
            "iframe" if tag.kind == StartTag => self.note(&tag),
            _ => (),
        }
        TokenSinkResult::Continue
    }
}

impl Frames {
    fn note(&self, tag: &Tag) {
        let value = |name: &str| {
            tag.attrs.iter().find(|a| &*a.name.local == name).map_or("", |a| a.value.trim()).to_owned()
        };
        let mut found = self.found.borrow_mut();
        if found.len() < MOST {
            let (width, height) = (pixels(&value("width")), pixels(&value("height")));
            found.push(Frame { src: value("src"), width, height });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_any_html_only_a_frame_is_left() {
        let hostile = "<script>document.write('<iframe src=https://evil.test>')</script>\
            <div onclick=x><IFRAME SRC=' https://p.test/1?a=1&amp;b=\"2' width=640 height=\"360px\" onload=alert(1)\
            srcdoc='<script>1</script>' style=position:fixed></IFRAME>text<iframe src=https://p.test/2 width=100%>";
        let found = frames(hostile);
        assert_eq!(found.len(), 2);
        assert_eq!((found[0].width, found[0].height, found[1].width), (640, 360, 0));
        assert_eq!(
            player(&found[0]),
            "<iframe src=\"https://p.test/1?a=1&amp;b=&quot;2\" width=\"640\" height=\"360\" allowfullscreen=\"true\" \
             frameborder=\"0\" scrolling=\"no\" sandbox=\"allow-scripts allow-same-origin allow-popups \
             allow-popups-to-escape-sandbox allow-forms\"></iframe>"
        );
        for none in
            ["", "<", "<iframe", "<!-- <iframe src=https://a.test> -->", "&lt;iframe&gt;", "<blockquote>x"]
        {
            assert!(frames(none).is_empty(), "{none}");
        }
        for (text, wanted) in [("100%", 0), ("-1", 0), ("1e9", 0), ("NaN", 0), ("640.5", 640), (" 12px", 12)]
        {
            assert_eq!(pixels(text), wanted, "{text}");
        }
    }
}
