//! What a page offers to be shown in others: <https://oembed.com/>. Found by its `<link>` only; there is no list of
//! providers.

use super::picture;
use crate::app::App;
use crate::error::{Kind, Result};
use crate::model::{Card, CardKind};
use crate::ops::deliver::host;
use crate::remote::Request;
use crate::store::domain_blocks;
use crate::text;
use serde::Deserialize;
use serde_json::Value;
use url::Url;

/// Bytes of an answer.
const ANSWER: u64 = 64 * 1024;
/// Letters that are kept of a name and of a title, as of a page's own.
const NAME: usize = 200;
const TITLE: usize = 300;

/// As providers send it: numbers are texts in some, and anything may be null.
#[derive(Deserialize)]
struct Wire {
    #[serde(rename = "type")]
    kind: String,
    #[serde(default)]
    title: Value,
    #[serde(default)]
    author_name: Value,
    #[serde(default)]
    author_url: Value,
    #[serde(default)]
    provider_name: Value,
    #[serde(default)]
    thumbnail_url: Value,
    #[serde(default)]
    url: Value,
    #[serde(default)]
    html: Value,
    #[serde(default)]
    width: Value,
    #[serde(default)]
    height: Value,
}

/// What of it is shown. Missing texts are empty, sizes 0.
#[derive(Default)]
pub struct Offered {
    kind: CardKind,
    pub title: String,
    author_name: String,
    author_url: String,
    provider_name: String,
    image: Option<String>,
    html: String,
    embed_url: String,
    width: i64,
    height: i64,
}

/// Asks for it at `href`, as the page at `page` has it. `None`: there is nothing of use.
///
/// Errors: our own.
pub fn look(app: &App, page: &Url, href: &str) -> Result<Option<Offered>> {
    let Some(address) = picture(page, href).and_then(|address| Url::parse(&address).ok()) else {
        return Ok(None);
    };
    if app.store.read(|c| domain_blocks::gives_no_media(c, address.as_str()))? {
        return Ok(None);
    }
    let request = Request { accept: Some("application/json"), max_bytes: ANSWER, ..Request::get(&address) };
    let answer = match app.remote.send(&request).and_then(|answer| answer.expect_ok()) {
        Ok(answer) => answer,
        Err(e) if matches!(e.kind, Kind::Internal | Kind::NoSpace) => return Err(e),
        Err(e) => {
            tracing::debug!(url = %address, error = %e, "a page's oEmbed cannot be had");
            return Ok(None);
        }
    };
    let Ok(wire) = serde_json::from_slice::<Wire>(&answer.body) else { return Ok(None) };
    let ours = |src: &Url| {
        app.instance.owns(src.as_str()) || host(src.as_str()).as_deref() == Some(&app.instance.host)
    };
    Ok(Some(read(&wire, &answer.url, ours)))
}

/// `ours`: an address of this house, which a frame with scripts must not show.
fn read(wire: &Wire, from: &Url, ours: impl Fn(&Url) -> bool) -> Offered {
    let string = |value: &Value| value.as_str().unwrap_or_default().trim().to_owned();
    let name = |value: &Value, letters: usize| text::line(&string(value), letters);
    let size = |value: &Value| match value {
        Value::Number(number) => text::pixels(&number.to_string()),
        value => text::pixels(&string(value)),
    };
    let offered = Offered {
        title: name(&wire.title, TITLE),
        author_name: name(&wire.author_name, NAME),
        author_url: picture(from, &string(&wire.author_url)).unwrap_or_default(),
        provider_name: name(&wire.provider_name, NAME),
        image: picture(from, &string(&wire.thumbnail_url)),
        width: size(&wire.width),
        height: size(&wire.height),
        ..Offered::default()
    };
    match CardKind::parse(&wire.kind) {
        CardKind::Link => Offered { width: 0, height: 0, ..offered },
        CardKind::Photo => match picture(from, &string(&wire.url)) {
            Some(photo) => {
                Offered { kind: CardKind::Photo, image: Some(photo.clone()), embed_url: photo, ..offered }
            }
            None => Offered { width: 0, height: 0, ..offered },
        },
        kind @ (CardKind::Video | CardKind::Rich) => match frame(&string(&wire.html), from, ours) {
            Some(frame) => {
                let width = if offered.width > 0 { offered.width } else { frame.width };
                let height = if offered.height > 0 { offered.height } else { frame.height };
                let html = text::player(&text::Frame { src: frame.src, width, height });
                Offered { kind, html, width, height, ..offered }
            }
            // Scripts around a quotation, as a rule: a link, then.
            None => Offered { width: 0, height: 0, ..offered },
        },
    }
}

/// The first frame that leads somewhere else by https.
fn frame(html: &str, from: &Url, ours: impl Fn(&Url) -> bool) -> Option<text::Frame> {
    text::frames(html).into_iter().find_map(|frame| {
        let src = Url::parse(&picture(from, &frame.src)?).ok()?;
        let is_open = src.scheme() == "https" && src.username().is_empty() && src.password().is_none();
        (is_open && !ours(&src)).then(|| text::Frame { src: src.into(), ..frame })
    })
}

impl Offered {
    /// What the page says of itself stays, but for what is shown in its place.
    pub fn onto(self, card: Card) -> Card {
        let or = |page: String, offered: String| if page.is_empty() { offered } else { page };
        let shows = self.kind != CardKind::Link;
        // A photo is the picture itself; a page's own picture is larger than a thumbnail, as a rule.
        let image = if self.kind == CardKind::Photo { self.image } else { card.image.clone().or(self.image) };
        let described = image == card.image;
        Card {
            kind: self.kind,
            title: if shows { or(self.title, card.title) } else { card.title },
            author_name: or(card.author_name, self.author_name),
            author_url: or(card.author_url, self.author_url),
            provider_name: or(card.provider_name, self.provider_name),
            width: if shows { self.width } else { card.width },
            height: if shows { self.height } else { card.height },
            image_description: if described { card.image_description } else { String::new() },
            image,
            html: self.html,
            embed_url: self.embed_url,
            ..card
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn offered(json: &Value) -> Offered {
        let from = Url::parse("https://site.test/oembed").unwrap();
        let wire = serde_json::from_value(json.clone()).unwrap();
        read(&wire, &from, |src| src.host_str() == Some("a.test"))
    }

    #[test]
    fn only_a_frame_that_leads_elsewhere_by_https_is_a_player() {
        for (src, kept) in [
            ("https://p.test/1", true),
            ("//p.test/1", true),
            ("/1", true),
            ("http://p.test/1", false),
            ("javascript:alert(1)", false),
            ("data:text/html,x", false),
            ("https://a.test/settings", false),
            ("https://u:p@p.test/", false),
            ("", false),
        ] {
            let html = format!("<iframe src=\"{src}\"></iframe>");
            let found = offered(&json!({"type": "video", "html": html, "width": 640, "height": "360"}));
            assert_eq!(found.kind == CardKind::Video, kept, "{src}");
            assert_eq!(!found.html.is_empty(), kept, "{src}");
            assert_eq!((found.width, found.height), if kept { (640, 360) } else { (0, 0) }, "{src}");
        }
        let rich =
            offered(&json!({"type": "rich", "html": "<blockquote>x</blockquote><script src=//s></script>"}));
        assert!(rich.kind == CardKind::Link && rich.html.is_empty());
    }

    #[test]
    fn odd_answers_are_links() {
        for odd in [
            json!({"type": "photo"}),
            json!({"type": "photo", "url": "javascript:1", "width": "100%"}),
            json!({"type": "video", "html": 5, "title": null, "width": -1, "height": 1e99}),
            json!({"type": "novel", "url": "/x"}),
        ] {
            let found = offered(&odd);
            assert!(found.kind == CardKind::Link && found.embed_url.is_empty() && found.width == 0, "{odd}");
        }
        let photo = offered(&json!({"type": "photo", "url": "/p.jpg", "width": 4000.0, "height": 3000}));
        assert_eq!((photo.embed_url.as_str(), photo.width), ("https://site.test/p.jpg", 4000));
    }
}
