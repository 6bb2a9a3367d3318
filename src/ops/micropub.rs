//! Posting by apps of the IndieWeb: <https://micropub.spec.indieweb.org/>. What they send is brought into one shape here,
//! and then happens as if the owner had done it in any other way.

use super::compose::MEDIA_LIMIT;
use super::media::{self as uploads, Told};
use super::posts::typed;
use super::resolve::{self, Found};
use super::statuses::{self as ops, EditStatus, NewStatus};
use super::{boosts, favourites};
use crate::app::App;
use crate::error::{Error, Result};
use crate::http::Upload;
use crate::model::*;
use crate::store::{self, media, statuses, tags};
use crate::text;
use serde_json::{Map, Value, json};
use url::Url;

/// What an entry says; every property is a list, as in its JSON.
#[derive(Debug, Default)]
pub struct Entry {
    pub properties: Map<String, Value>,
    /// Pictures that came with it.
    pub media: Vec<MediaId>,
    pub application: Option<String>,
    pub application_id: Option<AppId>,
}

/// Categories that are read, the letters of one, and bytes of a text: each category is looked for in it.
const CATEGORIES: usize = 50;
const CATEGORY: usize = 100;
const TEXT: usize = 64 * 1024;

fn bad(words: &str) -> Error {
    Error::bad_request(words)
}

impl Entry {
    fn all(&self, name: &str) -> impl Iterator<Item = &Value> {
        self.properties.get(name).and_then(Value::as_array).into_iter().flatten()
    }

    fn first(&self, name: &str) -> Option<&str> {
        self.all(name).find_map(Value::as_str).map(str::trim).filter(|t| !t.is_empty())
    }

    /// What it says, as the owner would have typed it: the name of an article is its first line.
    ///
    /// Errors: `BadRequest` for a text that is too long for any post.
    fn text(&self) -> Result<String> {
        let content = self.all("content").next().map(content).unwrap_or_default();
        let content =
            if content.is_empty() { self.first("summary").unwrap_or_default().to_owned() } else { content };
        let mut text = match self.first("name") {
            Some(name) if !content.starts_with(name) => format!("{name}\n\n{content}").trim().to_owned(),
            _ => content,
        };
        if text.len() > TEXT {
            return Err(bad("This text is too long"));
        }
        for name in self.all("category").filter_map(Value::as_str).take(CATEGORIES) {
            add_tag(&mut text, name);
        }
        Ok(text)
    }
}

/// Text, or HTML as text: links that are hidden behind words stand below.
fn content(value: &Value) -> String {
    if let Some(text) = value.as_str().or_else(|| value["value"].as_str().filter(|_| value["html"].is_null()))
    {
        return text.trim().to_owned();
    }
    let Some(html) = value["html"].as_str() else { return String::new() };
    let safe = text::sanitise(html);
    let mut plain = text::plain(&safe).trim().to_owned();
    for link in text::links(&safe) {
        if !plain.contains(&link) {
            plain.push('\n');
            plain.push_str(&link);
        }
    }
    plain
}

/// A category as a hashtag at the end, unless it stands in the text.
fn add_tag(text: &mut String, name: &str) {
    // One that is an address is a person who was tagged.
    if name.contains("://") {
        return;
    }
    let letters = name.trim().trim_start_matches('#').chars();
    let word: String = letters.filter(|c| text::is_word(*c) || *c == '_').take(CATEGORY).collect();
    let key = text::normalise_tag(&word);
    if key.is_empty() || text::find(text).hashtags.iter().any(|tag| text::normalise_tag(tag) == key) {
        return;
    }
    let last = text.lines().last().unwrap_or_default();
    let glue = if text.is_empty() {
        ""
    } else if last.starts_with('#') {
        " "
    } else {
        "\n\n"
    };
    text.push_str(&format!("{glue}#{word}"));
}

/// Posts, favourites or boosts; gives the address of what came of it.
///
/// Errors: `BadRequest` for what is not understood; as the operation itself.
pub fn create(app: &App, entry: &Entry) -> Result<String> {
    if let Some(url) = entry.first("like-of") {
        let status = favourites::add(app, found(app, url)?.id)?;
        return Ok(address(&status));
    }
    if let Some(url) = entry.first("repost-of") {
        let original = found(app, url)?;
        boosts::add(app, original.id, None)?;
        return Ok(address(&original));
    }
    match entry.first("post-status") {
        None | Some("published") => (),
        Some("draft") => return Err(bad("Drafts are not supported here")),
        Some(_) => return Err(bad("This post-status is not known")),
    }
    let visibility = match entry.first("visibility") {
        None => None,
        Some(name) => Some(Visibility::parse(name).ok_or_else(|| bad("This visibility is not known"))?),
    };
    let pictures = || ["photo", "video", "audio"].into_iter().flat_map(|name| entry.all(name));
    // Before any of them is fetched.
    if entry.media.len() + pictures().count() > MEDIA_LIMIT {
        return Err(bad(&format!("A post has room for {MEDIA_LIMIT} pictures")));
    }
    let mut text = entry.text()?;
    let mut in_reply_to = None;
    if let Some(url) = entry.first("in-reply-to") {
        match found(app, url) {
            Ok(status) => in_reply_to = Some(status.id),
            // A page that is no post of the fediverse: its address tells it, as a webmention.
            Err(_) => text = format!("{text}\n\n{url}").trim().to_owned(),
        }
    }
    if let Some(url) = entry.first("bookmark-of").filter(|url| !text.contains(*url)) {
        text = format!("{text}\n\n{url}").trim().to_owned();
    }
    let mut media = entry.media.clone();
    for photo in pictures() {
        media.push(fetched(app, photo)?);
    }
    let status = ops::publish(
        app,
        &NewStatus {
            text,
            visibility,
            in_reply_to,
            media,
            application: entry.application.clone(),
            application_id: entry.application_id,
            ..NewStatus::default()
        },
    )?;
    Ok(address(&status))
}

fn address(status: &Status) -> String {
    status.url.clone().unwrap_or_else(|| status.uri.clone())
}

/// The post at an address, ours or another server's.
fn found(app: &App, url: &str) -> Result<Status> {
    match resolve::by_url(app, url)? {
        Found::Status(status) => Ok(status),
        Found::Account(_) => Err(bad("This is a person and no post")),
    }
}

/// A picture by its address: one that was sent to the media endpoint before, or one from elsewhere.
fn fetched(app: &App, photo: &Value) -> Result<MediaId> {
    let address =
        photo.as_str().or_else(|| photo["value"].as_str()).ok_or_else(|| bad("A picture has no address"))?;
    let alt = photo["alt"].as_str().map(str::trim).filter(|alt| !alt.is_empty());
    if let Some(key) = address.strip_prefix(&app.instance.at("/media/")) {
        let free = app.store.read(|c| media::free_by_blob(c, key))?;
        let id = free.ok_or_else(|| bad("This picture is not here, or belongs to a post"))?;
        if alt.is_some() {
            uploads::describe(app, id, &Told { description: alt, ..Told::default() })?;
        }
        return Ok(id);
    }
    let url = Url::parse(address).map_err(|_| bad("The address of a picture is none"))?;
    let path = app.config.tmp().join(format!("micropub-{}", MediaId::at(app.now())));
    let mut file = std::fs::File::create(&path)?;
    let mut upload = Upload { field: "photo".to_owned(), name: String::new(), path, bytes: 0 };
    let most = u64::from(app.config.upload_mb) << 20;
    upload.bytes = app.remote.download(&url, most, &mut file)?.bytes;
    Ok(uploads::upload_now(app, &upload, &Told { description: alt, ..Told::default() })?.id)
}

/// The owner's own post at an address of ours.
///
/// Errors: `NotFound`.
pub fn own(app: &App, url: &str) -> Result<Status> {
    if !app.instance.owns(url) {
        return Err(Error::not_found());
    }
    match resolve::by_url(app, url)? {
        Found::Status(status) if status.local => Ok(status),
        _ => Err(Error::not_found()),
    }
}

/// Changes what a post says: all of it (`replace`), or its hashtags (`add`).
///
/// Errors: `BadRequest` for what cannot be changed that way; as an edit.
pub fn update(app: &App, url: &str, request: &Value) -> Result<Status> {
    let status = own(app, url)?;
    let lists = |name: &str| request[name].as_object().cloned().unwrap_or_default();
    let (replace, add) = (lists("replace"), lists("add"));
    let is_list = |(_, value): (&String, &Value)| value.is_array();
    let known =
        |map: &Map<String, Value>, names: &[&str]| map.keys().all(|key| names.contains(&key.as_str()));
    if !request["delete"].is_null()
        || !known(&replace, &["content", "name", "category"])
        || !known(&add, &["category"])
    {
        return Err(bad("Only content, name and category can be replaced here, and only category added"));
    }
    if replace.is_empty() && add.is_empty() || !replace.iter().chain(&add).all(is_list) {
        return Err(bad("There is nothing to change; each property is a list"));
    }
    let mut text = match replace.is_empty() {
        true => typed(&status),
        false if !replace.contains_key("content") => return Err(bad("The content is missing")),
        false => Entry { properties: replace, ..Entry::default() }.text()?,
    };
    let more = add.get("category").and_then(Value::as_array).into_iter().flatten();
    for name in more.filter_map(Value::as_str).take(CATEGORIES) {
        add_tag(&mut text, name);
    }
    let media =
        app.store.read(|c| media::of_statuses(c, &[status.id]))?.remove(&status.id).unwrap_or_default();
    ops::edit(
        app,
        status.id,
        &EditStatus {
            text,
            spoiler_text: status.spoiler_text.clone(),
            sensitive: status.sensitive,
            language: status.language.clone(),
            media: media.iter().map(|m| m.id).collect(),
            ..EditStatus::default()
        },
    )
}

/// Deletes one of the owner's posts.
///
/// Errors: `NotFound`.
pub fn delete(app: &App, url: &str) -> Result<()> {
    ops::delete(app, own(app, url)?.id, true).map(drop)
}

/// What one of the owner's posts says, as the app would have sent it; `only_open`: if everybody may read it.
///
/// Errors: `NotFound`.
pub fn source(app: &App, url: &str, only_open: bool) -> Result<Map<String, Value>> {
    let status = own(app, url)?;
    if only_open && !status.visibility.is_open() {
        return Err(Error::not_found());
    }
    app.store.read(|c| {
        let media = media::of_statuses(c, &[status.id])?.remove(&status.id).unwrap_or_default();
        let named = tags::of_statuses(c, &[status.id])?.remove(&status.id).unwrap_or_default();
        let photos = media.iter().filter_map(|m| {
            let url = app.instance.at(&format!("/media/{}", m.blob.as_ref()?));
            Some(match &m.description {
                Some(alt) => json!({"value": url, "alt": alt}),
                None => json!(url),
            })
        });
        let mut all = Map::new();
        all.insert("content".to_owned(), json!([typed(&status)]));
        all.insert("published".to_owned(), json!([status.created_at.to_string()]));
        all.insert("url".to_owned(), json!([address(&status)]));
        all.insert("visibility".to_owned(), json!([status.visibility.as_str()]));
        all.insert("category".to_owned(), named.iter().map(|tag| tag.display_name.clone()).collect());
        all.insert("photo".to_owned(), photos.collect());
        if let Some(parent) = status.in_reply_to {
            let parent = statuses::many(c, &[parent])?.remove(&parent);
            all.extend(parent.map(|p| ("in-reply-to".to_owned(), json!([address(&p)]))));
        }
        all.retain(|_, value| value.as_array().is_some_and(|list| !list.is_empty()));
        Ok(all)
    })
}

/// Hashtags of the owner's that an app may offer.
pub fn categories(app: &App) -> Result<Vec<String>> {
    let used = app.store.read(|c| store::featured_tags::suggested(c, 1_000, 50))?;
    Ok(used.into_iter().map(|tag| tag.display_name).collect())
}
