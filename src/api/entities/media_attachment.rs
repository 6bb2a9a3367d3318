//! MediaAttachment: <https://docs.joinmastodon.org/entities/MediaAttachment/>

use super::Id;
use crate::model::{Instance, Media, MediaId, MediaKind};
use serde::Serialize;
use std::borrow::Cow;

#[derive(Debug, Serialize)]
pub struct MediaAttachment<'a> {
    pub id: Id<MediaId>,
    #[serde(rename = "type")]
    pub kind: &'static str,
    pub url: Cow<'a, str>,
    pub preview_url: Option<Cow<'a, str>>,
    pub remote_url: Option<&'a str>,
    pub preview_remote_url: Option<&'a str>,
    pub text_url: Option<&'a str>,
    pub meta: Meta,
    pub description: Option<&'a str>,
    pub blurhash: Option<&'a str>,
}

/// Without sizes the grids of Ice Cubes and Tusky jump (pitfall 77).
#[derive(Debug, Serialize)]
pub struct Meta {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub original: Option<Size>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub small: Option<Size>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub focus: Option<Focus>,
}

#[derive(Debug, Serialize)]
pub struct Size {
    pub width: i64,
    pub height: i64,
    pub size: String,
    pub aspect: f64,
}

#[derive(Debug, Serialize)]
pub struct Focus {
    pub x: f64,
    pub y: f64,
}

/// `None` for media that have no address at all: Tusky drops a whole page for one (pitfall 33).
pub fn media_attachment<'a>(me: &Instance, media: &'a Media) -> Option<MediaAttachment<'a>> {
    let ours = |key: &String| Cow::Owned(me.at(&format!("/media/{key}")));
    let remote = media.remote_url.as_deref().filter(|url| !url.is_empty());
    let remote_preview = media.remote_preview_url.as_deref().filter(|url| !url.is_empty());
    let url = media.blob.as_ref().map(ours).or(remote.map(|url| me.shown(url)))?;
    let preview_url = media.preview_blob.as_ref().map(ours).or(remote_preview.map(|url| me.shown(url)));
    // The picture is its own preview; a video is not (pitfall 78).
    let preview_url = preview_url.or_else(|| (media.kind == MediaKind::Image).then(|| url.clone()));
    Some(MediaAttachment {
        id: Id(media.id),
        kind: media.kind.as_str(),
        url,
        preview_url,
        remote_url: remote,
        preview_remote_url: remote_preview,
        text_url: None,
        meta: Meta {
            original: size(media.width, media.height),
            small: size(media.preview_width, media.preview_height),
            focus: media.focus.map(|(x, y)| Focus { x, y }),
        },
        description: media.description.as_deref(),
        blurhash: media.blurhash.as_deref(),
    })
}

fn size(width: i64, height: i64) -> Option<Size> {
    (width > 0 && height > 0).then(|| Size {
        width,
        height,
        size: format!("{width}x{height}"),
        aspect: width as f64 / height as f64,
    })
}

#[cfg(test)]
mod tests {
    use super::super::account::tests::me;
    use super::*;
    use serde_json::json;

    #[test]
    fn pitfall_33_media_without_an_address_are_left_out() {
        assert!(media_attachment(&me(), &Media::default()).is_none());
        let empty = Media { remote_url: Some(String::new()), ..Media::default() };
        assert!(media_attachment(&me(), &empty).is_none());
    }

    #[test]
    fn pitfall_77_sizes_and_focus_stand_in_meta() {
        let media = Media {
            id: MediaId(3),
            kind: MediaKind::Image,
            blob: Some("ab.png".into()),
            focus: Some((0.5, -0.25)),
            width: 64,
            height: 48,
            ..Media::default()
        };
        let written = serde_json::to_value(media_attachment(&me(), &media).unwrap()).unwrap();
        assert_eq!(written["url"], json!("https://a.test/media/ab.png"));
        assert_eq!(written["preview_url"], written["url"]);
        assert_eq!(written["meta"]["original"]["size"], json!("64x48"));
        assert_eq!(written["meta"]["focus"], json!({"x": 0.5, "y": -0.25}));
        assert!(written["remote_url"].is_null());
        assert!(written["meta"].get("small").is_none());
    }
}
