//! Preferences: <https://docs.joinmastodon.org/entities/Preferences/>

use crate::model::Settings;
use serde::Serialize;

/// A flat map whose keys have colons (pitfall 99).
#[derive(Debug, Serialize)]
pub struct Preferences<'a> {
    #[serde(rename = "posting:default:visibility")]
    pub visibility: &'static str,
    #[serde(rename = "posting:default:sensitive")]
    pub sensitive: bool,
    #[serde(rename = "posting:default:language")]
    pub language: Option<&'a str>,
    #[serde(rename = "posting:default:quote_policy")]
    pub quote_policy: &'a str,
    #[serde(rename = "reading:expand:media")]
    pub expand_media: &'a str,
    #[serde(rename = "reading:expand:spoilers")]
    pub expand_spoilers: bool,
    #[serde(rename = "reading:autoplay:gifs")]
    pub autoplay: bool,
}

pub fn preferences(settings: &Settings) -> Preferences<'_> {
    Preferences {
        visibility: settings.default_visibility.as_str(),
        sensitive: settings.default_sensitive,
        language: settings.default_language.as_deref(),
        quote_policy: &settings.default_quote_policy,
        expand_media: &settings.expand_media,
        expand_spoilers: settings.expand_spoilers,
        autoplay: false,
    }
}
