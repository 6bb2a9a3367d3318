//! StatusEdit: <https://docs.joinmastodon.org/entities/StatusEdit/>

use super::Time;
use super::account::{Account, account};
use super::emoji::{self, CustomEmoji};
use super::media_attachment::{MediaAttachment, media_attachment};
use crate::model::{self, Edit, Instance, Media, MediaId, Status};
use serde::Serialize;
use std::collections::HashMap;

#[derive(Debug, Serialize)]
pub struct StatusEdit<'a> {
    pub content: &'a str,
    pub spoiler_text: &'a str,
    pub sensitive: bool,
    pub created_at: Time,
    pub account: Account<'a>,
    pub media_attachments: Vec<MediaAttachment<'a>>,
    pub emojis: Vec<CustomEmoji<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub poll: Option<Options<'a>>,
}

/// A poll in the history of its status: what could be chosen, and no counts.
#[derive(Debug, Serialize)]
pub struct Options<'a> {
    pub options: Vec<Choice<'a>>,
}

#[derive(Debug, Serialize)]
pub struct Choice<'a> {
    pub title: &'a str,
}

/// Every version, the oldest first and the current one last: never empty (pitfall 49).
///
/// `media` holds what any version showed, as far as it still exists.
pub fn history<'a>(
    me: &Instance,
    author: &'a model::Account,
    status: &'a Status,
    current_media: &[MediaId],
    current_poll: Option<&'a model::Poll>,
    edits: &'a [Edit],
    media: &'a HashMap<MediaId, Media>,
) -> Vec<StatusEdit<'a>> {
    let attached = |ids: &[MediaId]| {
        ids.iter().filter_map(|id| media.get(id)).filter_map(|m| media_attachment(me, m)).collect()
    };
    let mut versions: Vec<StatusEdit> = edits
        .iter()
        .map(|edit| StatusEdit {
            content: &edit.content,
            spoiler_text: &edit.spoiler_text,
            sensitive: edit.sensitive,
            created_at: Time(edit.created_at),
            account: account(me, author),
            media_attachments: attached(&edit.media),
            emojis: emoji::all(me, &status.emojis),
            poll: options(edit.poll.iter().map(String::as_str)),
        })
        .collect();
    versions.push(StatusEdit {
        content: &status.content,
        spoiler_text: &status.spoiler_text,
        sensitive: status.sensitive,
        created_at: Time(status.edited_at.unwrap_or(status.created_at)),
        account: account(me, author),
        media_attachments: attached(current_media),
        emojis: emoji::all(me, &status.emojis),
        poll: current_poll.and_then(|poll| options(poll.titles())),
    });
    versions
}

fn options<'a>(titles: impl Iterator<Item = &'a str>) -> Option<Options<'a>> {
    let options: Vec<Choice<'a>> = titles.map(|title| Choice { title }).collect();
    (!options.is_empty()).then_some(Options { options })
}
