//! ScheduledStatus: <https://docs.joinmastodon.org/entities/ScheduledStatus/>

use super::media_attachment::{MediaAttachment, media_attachment};
use super::{Id, Time};
use crate::model::{AppId, Instance, Media, MediaId, NewPoll, Scheduled, ScheduledId, StatusId};
use crate::ops::statuses::NewStatus;
use serde::Serialize;

#[derive(Debug, Serialize)]
pub struct ScheduledStatus<'a> {
    pub id: Id<ScheduledId>,
    pub scheduled_at: Time,
    pub params: Params<'a>,
    pub media_attachments: Vec<MediaAttachment<'a>>,
}

/// What was asked for. Ids are strings, since a browser cannot hold them as numbers (pitfall 51).
#[derive(Debug, Serialize)]
pub struct Params<'a> {
    pub text: &'a str,
    pub poll: Option<&'a NewPoll>,
    pub media_ids: Option<Vec<Id<MediaId>>>,
    pub sensitive: Option<bool>,
    pub spoiler_text: Option<&'a str>,
    pub visibility: Option<&'static str>,
    pub language: Option<&'a str>,
    pub in_reply_to_id: Option<Id<StatusId>>,
    pub application_id: Option<Id<AppId>>,
    pub quoted_status_id: Option<Id<StatusId>>,
    pub quote_approval_policy: Option<&'a str>,
    // As in Mastodon: what has been used up.
    pub scheduled_at: Option<Time>,
    pub idempotency: Option<&'a str>,
    pub with_rate_limit: bool,
}

pub fn scheduled_status<'a>(
    me: &Instance,
    planned: &Scheduled,
    new: &'a NewStatus,
    media: &'a [Media],
) -> ScheduledStatus<'a> {
    ScheduledStatus {
        id: Id(planned.id),
        scheduled_at: Time(planned.scheduled_at),
        params: Params {
            text: &new.text,
            poll: new.poll.as_ref(),
            media_ids: (!new.media.is_empty()).then(|| new.media.iter().copied().map(Id).collect()),
            sensitive: new.sensitive,
            spoiler_text: Some(new.spoiler_text.as_str()).filter(|text| !text.is_empty()),
            visibility: new.visibility.map(|v| v.as_str()),
            language: new.language.as_deref(),
            in_reply_to_id: new.in_reply_to.map(Id),
            application_id: new.application_id.map(Id),
            quoted_status_id: new.quotes.map(Id),
            quote_approval_policy: new.quote_policy.as_deref(),
            scheduled_at: None,
            idempotency: None,
            with_rate_limit: false,
        },
        media_attachments: media.iter().filter_map(|m| media_attachment(me, m)).collect(),
    }
}
