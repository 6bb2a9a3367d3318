//! Instance, in the forms of v2 and v1: <https://docs.joinmastodon.org/entities/Instance/>,
//! <https://docs.joinmastodon.org/entities/V1_Instance/>
//!
//! Read once at an app's start, so the documents stand here as they go out. Apps decide by what they
//! find: nothing is named that is not there.

use super::account::account;
use crate::app::App;
use crate::media::sniff::Format;
use crate::model::time::SECOND;
use crate::model::{Account, Place, Settings};
use crate::ops::compose::{MEDIA_LIMIT, MIMES, TEXT_LIMIT};
use crate::ops::featured_tags;
use crate::ops::media::{self, DESCRIPTION_LIMIT, films};
use crate::ops::polls::{LONGEST, OPTION_LIMIT, SHORTEST, TITLE_LIMIT};
use crate::ops::profile::{
    FIELD_LIMIT, FIELD_NAME_LIMIT, FIELD_VALUE_LIMIT, NAME_LIMIT, NOTE_LIMIT, PICTURE_DESCRIPTION_LIMIT,
};
use crate::ops::statuses::PIN_LIMIT;
use crate::text;
use serde_json::{Value, json};

/// Apps read features off the Mastodon number in front: Ice Cubes takes the first three characters for a
/// decimal number, Mastodon.py cuts at the space (pitfall 59).
pub const VERSION: &str = concat!("4.6.0 (compatible; Taure ", env!("CARGO_PKG_VERSION"), ")");

/// How far Mastodon's numbered API changes are done (pitfall 60): 2 grouped notifications, 3 PKCE, 4 standard
/// Web Push, 5 filters that blur, 6 endorsements, 7 quotes, 8 and 9 the profile, 10 collections and
/// `supported_types`.
const API_VERSION: u8 = 10;

/// Characters that an address counts for, however long it is; Mastodon's number.
const PER_URL: u8 = 23;

/// What the documents tell beside constants.
#[derive(Debug)]
pub struct Facts {
    pub owner: Account,
    pub settings: Settings,
    /// Servers that are known here, for the old form.
    pub domains: usize,
    /// The owner posted within the last month.
    pub active: bool,
}

pub fn v2(app: &App, facts: &Facts) -> Value {
    let me = &app.instance;
    json!({
        "domain": me.domain,
        "title": title(app, facts),
        "version": VERSION,
        "source_url": me.at("/"), // the house has no public address of its own yet
        "description": description(facts),
        "usage": {"users": {"active_month": u8::from(facts.active)}},
        "thumbnail": {
            "url": me.at("/assets/icon-512.png"), "blurhash": null, "versions": {}, "description": null,
        },
        "icon": [
            {"src": me.at("/assets/icon-192.png"), "size": "192x192"},
            {"src": me.at("/assets/icon-512.png"), "size": "512x512"},
        ],
        "languages": languages(facts),
        "configuration": configuration(app),
        "registrations": {
            "enabled": false, "approval_required": false, "reason_required": false, "message": null,
            "min_age": null, "url": null,
        },
        "api_versions": {"mastodon": API_VERSION},
        "contact": {"email": "", "account": account(me, &facts.owner)},
        "rules": rules(&facts.settings.place),
    })
}

pub fn v1(app: &App, facts: &Facts) -> Value {
    let me = &app.instance;
    json!({
        "uri": me.domain, // a bare domain (pitfall 64)
        "title": title(app, facts),
        "short_description": description(facts),
        "description": description(facts),
        "email": "",
        "version": VERSION,
        "urls": {"streaming_api": streaming(app)},
        "stats": {
            "user_count": 1,
            "status_count": facts.owner.counts.statuses,
            "domain_count": facts.domains,
        },
        "thumbnail": me.at("/assets/icon-512.png"),
        "languages": languages(facts),
        "registrations": false,
        "approval_required": false,
        "invites_enabled": false,
        "max_toot_chars": TEXT_LIMIT, // Pinafore reads this first (pitfall 64)
        "configuration": configuration(app),
        "contact_account": account(me, &facts.owner),
        "rules": rules(&facts.settings.place),
    })
}

/// They are known by their place, since that is how people cite them.
pub fn rules(said: &Place) -> Value {
    let rule = |(n, text): (usize, &String)| json!({"id": (n + 1).to_string(), "text": text, "hint": "", "translations": {}});
    said.rules.iter().enumerate().map(rule).collect()
}

/// Limits (pitfalls 62, 63).
fn configuration(app: &App) -> Value {
    let me = &app.instance;
    let pictures = media::limits(app);
    json!({
        "urls": {
            "streaming": streaming(app), "status": null, "about": me.at("/about"),
            "privacy_policy": me.at("/privacy-policy"), "terms_of_service": me.at("/terms-of-service"),
        },
        "vapid": {"public_key": app.keys.vapid.public()},
        "accounts": {
            "max_display_name_length": NAME_LIMIT,
            "max_note_length": NOTE_LIMIT,
            "max_avatar_description_length": PICTURE_DESCRIPTION_LIMIT,
            "max_header_description_length": PICTURE_DESCRIPTION_LIMIT,
            "max_featured_tags": featured_tags::LIMIT,
            "max_pinned_statuses": PIN_LIMIT,
            "max_profile_fields": FIELD_LIMIT,
            "profile_field_name_limit": FIELD_NAME_LIMIT,
            "profile_field_value_limit": FIELD_VALUE_LIMIT,
        },
        "statuses": {
            "max_characters": TEXT_LIMIT,
            "max_media_attachments": MEDIA_LIMIT,
            "characters_reserved_per_url": PER_URL,
            "supported_mime_types": MIMES, // as in glitch-soc
        },
        "media_attachments": {
            "description_limit": DESCRIPTION_LIMIT,
            "supported_mime_types": Format::ALL.map(Format::mime).into_iter().chain(films::MIMES).collect::<Vec<_>>(),
            "image_size_limit": pictures.bytes,
            // Three bytes a pixel, when it is read.
            "image_matrix_limit": pictures.pixels.min(pictures.memory / 3),
            "video_size_limit": u64::from(app.config.upload_mb) << 20,
            "video_frame_rate_limit": films::FRAME_RATE_LIMIT,
            "video_matrix_limit": films::MATRIX_LIMIT,
        },
        "polls": {
            "max_options": OPTION_LIMIT,
            "max_characters_per_option": TITLE_LIMIT,
            "min_expiration": SHORTEST / SECOND,
            "max_expiration": LONGEST / SECOND,
        },
        "translation": {"enabled": app.translator.is_some()},
        // What the owner reads is nobody's business: strangers see the owner's own posts.
        "timelines_access": {
            "live_feeds": {"local": "public", "remote": "authenticated"},
            "hashtag_feeds": {"local": "public", "remote": "authenticated"},
            "trending_link_feeds": {"local": "authenticated", "remote": "authenticated"},
        },
        "limited_federation": false,
    })
}

/// Scheme and host only: apps append the path (pitfall 65).
fn streaming(app: &App) -> String {
    app.instance.origin.replacen("http", "ws", 1)
}

fn title(app: &App, facts: &Facts) -> String {
    match facts.owner.display_name.trim() {
        "" => app.instance.domain.clone(),
        name => name.to_owned(),
    }
}

fn description(facts: &Facts) -> String {
    text::plain(&facts.owner.note)
}

fn languages(facts: &Facts) -> Vec<&str> {
    vec![facts.settings.default_language.as_deref().unwrap_or("en")]
}
