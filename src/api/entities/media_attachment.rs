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
    /// `None` while an upload is worked on.
    pub url: Option<Cow<'a, str>>,
    pub preview_url: Option<Cow<'a, str>>,
    pub remote_url: Option<&'a str>,
    pub preview_remote_url: Option<&'a str>,
    pub text_url: Option<&'a str>,
    pub meta: Meta<'a>,
    pub description: Option<&'a str>,
    pub blurhash: Option<&'a str>,
}

/// Without sizes the grids of Ice Cubes and Tusky jump (pitfall 77).
#[derive(Debug, Serialize)]
pub struct Meta<'a> {
    /// Of films and sounds: `0:01:28.65`, the seconds, and frames a second.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub length: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub duration: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fps: Option<i64>,
    /// Of films, once more what stands in `original`.
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    pub shape: Option<Size>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub original: Option<Original<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub small: Option<Size>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub focus: Option<Focus>,
}

/// A picture has a size; a film has one, and how it plays; a sound plays.
#[derive(Debug, Serialize)]
pub struct Original<'a> {
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    pub picture: Option<Size>,
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    pub film: Option<Sides>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub frame_rate: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub duration: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bitrate: Option<i64>,
}

#[derive(Debug, Serialize)]
pub struct Sides {
    pub width: i64,
    pub height: i64,
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
    let url = media.blob.as_ref().map(ours).or(remote.map(|url| me.shown(url)));
    if url.is_none() && media.received.is_none() {
        return None;
    }
    let preview_url = media.preview_blob.as_ref().map(ours).or(remote_preview.map(|url| me.shown(url)));
    // The picture is its own preview; a video is not (pitfall 78).
    let preview_url = preview_url.or_else(|| if media.kind == MediaKind::Image { url.clone() } else { None });
    Some(MediaAttachment {
        id: Id(media.id),
        kind: media.kind.as_str(),
        url,
        preview_url,
        remote_url: remote,
        preview_remote_url: remote_preview,
        text_url: None,
        meta: Meta {
            length: media.duration.map(length),
            duration: media.duration,
            fps: media.frame_rate.as_deref().and_then(fps),
            shape: media.duration.and_then(|_| size(media.width, media.height)),
            original: original(media),
            small: size(media.preview_width, media.preview_height),
            focus: media.focus.map(|(x, y)| Focus { x, y }),
        },
        description: media.description.as_deref(),
        blurhash: media.blurhash.as_deref(),
    })
}

fn original(media: &Media) -> Option<Original<'_>> {
    let plays = media.duration.is_some();
    let picture = size(media.width, media.height);
    (plays || picture.is_some()).then(|| Original {
        film: picture.as_ref().filter(|_| plays).map(|s| Sides { width: s.width, height: s.height }),
        picture: picture.filter(|_| !plays),
        frame_rate: media.frame_rate.as_deref(),
        duration: media.duration,
        bitrate: media.bitrate,
    })
}

/// Hours, minutes and seconds, as ffmpeg writes them.
fn length(seconds: f64) -> String {
    let hundredths = (seconds * 100.0).round() as i64;
    let (minutes, hundredths) = (hundredths / 6_000, hundredths % 6_000);
    format!("{}:{:02}:{:02}.{:02}", minutes / 60, minutes % 60, hundredths / 100, hundredths % 100)
}

fn fps(rate: &str) -> Option<i64> {
    let (frames, seconds) = rate.split_once('/')?;
    let (frames, seconds) = (frames.parse::<i64>().ok()?, seconds.parse::<i64>().ok()?);
    (seconds > 0).then(|| (frames + seconds / 2) / seconds)
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
    fn a_film_tells_how_it_plays_and_one_that_is_worked_on_has_no_address() {
        let media = Media {
            kind: MediaKind::Video,
            blob: Some("ab.mp4".into()),
            width: 1280,
            height: 720,
            duration: Some(88.654),
            frame_rate: Some("30000/1001".into()),
            bitrate: Some(1_000_000),
            ..Media::default()
        };
        let meta = &serde_json::to_value(media_attachment(&me(), &media).unwrap()).unwrap()["meta"];
        assert_eq!(
            (&meta["length"], &meta["fps"], &meta["size"]),
            (&json!("0:01:28.65"), &json!(30), &json!("1280x720"))
        );
        let original = json!({"width": 1280, "height": 720, "frame_rate": "30000/1001", "duration": 88.654, "bitrate": 1_000_000});
        assert_eq!(meta["original"], original);
        let waiting = Media { received: Some("x".into()), ..Media::default() };
        assert!(serde_json::to_value(media_attachment(&me(), &waiting).unwrap()).unwrap()["url"].is_null());
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
