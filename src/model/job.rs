//! What the background does: one variant a kind of job, kept as JSON in the jobs table.

use super::ids::{
    AccountId, DeliveryId, MediaId, NotificationId, RowId, ScheduledId, SourceId, StatusId, SubscriptionId,
};
use serde::de::value::{MapAccessDeserializer, MapDeserializer};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Job {
    /// An activity that arrived, signature verified, not yet looked into.
    Inbox {
        /// The account whose key signed the request.
        signer: String,
        /// It came to the owner's own inbox and not to the shared one.
        personal: bool,
        /// The body as it arrived.
        body: String,
    },
    /// One activity to one inbox.
    Deliver { delivery: DeliveryId },
    /// A remote account, looked up again because it is old or somebody says that it changed.
    RefreshAccount { uri: String },
    /// A status that is named somewhere and not known here.
    FetchStatus { uri: String },
    /// One notification to one app; `None` is a test.
    Push { subscription: SubscriptionId, notification: Option<NotificationId> },
    /// What happened, for one webhook.
    Webhook { hook: RowId, about: About },
    /// The held-back notifications of an account that are left after the owner's decision, up to one of
    /// them: into the list, or away.
    HeldBack { account: AccountId, accepted: bool, up_to: NotificationId },
    /// The links of a profile, followed to see which of them link back.
    VerifyLinks { account: super::ids::AccountId },
    /// A year of the owner's posts, summed up.
    AnnualReport { year: i64 },
    /// The new totals of an own poll, for other servers.
    PollTotals { status: StatusId },
    /// The end of a poll that the owner made or voted in.
    PollEnds { status: StatusId },
    /// A status whose time has come.
    PublishScheduled { id: ScheduledId },
    /// Whether a quote is with the quoted author's leave: what it quotes is looked up, and the stamp.
    VerifyQuote { status: StatusId },
    /// The answers of others around a status that the owner opened.
    FillThread { status: StatusId, refresh: String },
    /// What somebody posted, whose profile the owner opened; or what is older than that, which the owner asked for.
    FillProfile {
        account: AccountId,
        refresh: String,
        #[serde(default)]
        older: bool,
    },
    /// An emoji of the owner's for somebody's status, in the words of their server.
    SendReaction { reaction: RowId },
    /// Followers that somebody is believed to have here, listed by their server.
    SyncFollowers { account: AccountId, url: String },
    /// New keys in the place of those that sign.
    NewKeys { asked: RowId },
    /// What the followed posted while the server was down.
    CatchUp,
    /// The doctor looks at the house from outside.
    CheckUp,
    /// The preview of a status's link.
    FetchCard { status: StatusId },
    /// What is followed for hashtags is brought in line with the followed ones.
    FollowTags,
    /// The hour of a server whose hashtag pages are read.
    ReadTags { source: SourceId },
    /// One of its pages.
    ReadTag { source: SourceId, tag: String },
    /// The next look at a followed feed.
    FetchFeed { account: AccountId },
    /// A page that says that it links to something of the owner's.
    ReceiveWebmention { source: String, target: String },
    /// A page that something of the owner's links to, or did before.
    SendWebmention { source: String, target: String },
    /// A file that no row shows any more, in the bucket or on the disk.
    RemoveFile { key: String },
    /// An upload that was received, to be made ready.
    ProcessMedia { media: MediaId },
    /// A list of blocks that the owner subscribed to.
    ReadBlocklist { list: RowId },
    /// An import that the owner began in the browser.
    Import { import: RowId },
    /// The next thing that an import has other servers asked for.
    ImportNext { import: RowId },
    /// The archive that the owner takes along.
    Export,
    /// Uploads that were never attached, old codes, old sessions.
    TidyUp,
}

/// What a webhook is told of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum About {
    Post(StatusId),
    Notification(NotificationId),
    Test,
}

/// The lane of notifications that go into the list.
pub const MERGE: &str = "tidy:merge";

impl Job {
    /// As it is kept: an object whose `kind` names it, and beside that what it has. serde could do that itself, with a
    /// reader of everything for each kind: fifty kilobytes.
    pub fn to_text(&self) -> serde_json::Result<String> {
        let mut kept = Map::new();
        match serde_json::to_value(self)? {
            Value::Object(named) => {
                for (kind, parts) in named {
                    kept.insert("kind".to_owned(), kind.into());
                    kept.extend(parts.as_object().cloned().unwrap_or_default());
                }
            }
            kind => _ = kept.insert("kind".to_owned(), kind),
        }
        serde_json::to_string(&kept)
    }

    /// Reads what `to_text` wrote.
    pub fn from_text(text: &str) -> serde_json::Result<Job> {
        let mut kept: Map<String, Value> = serde_json::from_str(text)?;
        let kind = kept.shift_remove("kind").unwrap_or_default();
        let parts = if kept.is_empty() { Value::Null } else { Value::Object(kept) };
        let named = std::iter::once((kind.as_str().unwrap_or_default(), parts));
        Job::deserialize(MapAccessDeserializer::new(MapDeserializer::new(named)))
    }

    /// Jobs of one lane run one after the other: per host, so that order holds and no host is hit
    /// by more than one request at a time.
    pub fn lane(&self, host: &str) -> String {
        match self {
            Job::Inbox { .. } => format!("in:{host}"),
            Job::Deliver { .. } => format!("out:{host}"),
            Job::RefreshAccount { .. }
            | Job::FetchStatus { .. }
            | Job::VerifyQuote { .. }
            | Job::FillThread { .. }
            | Job::FillProfile { .. }
            | Job::SendReaction { .. }
            | Job::SyncFollowers { .. }
            | Job::ReceiveWebmention { .. }
            | Job::ReadTag { .. } => format!("fetch:{host}"),
            Job::CatchUp => "fetch:catch-up".to_owned(),
            Job::CheckUp => "fetch:check-up".to_owned(),
            Job::ReadBlocklist { .. } => "fetch:blocklists".to_owned(),
            Job::FollowTags => "fetch:hashtags".to_owned(),
            Job::ReadTags { source } => format!("poll:tags:{source}"),
            Job::FetchFeed { account } => format!("poll:feed:{account}"),
            // Behind the preview of the same page, which says where to.
            Job::FetchCard { .. } | Job::SendWebmention { .. } => format!("card:{host}"),
            Job::Push { .. } | Job::Webhook { .. } => format!("push:{host}"),
            Job::HeldBack { accepted: true, .. } => MERGE.to_owned(),
            Job::ProcessMedia { .. } => "media".to_owned(),
            Job::RemoveFile { .. } => "tidy:bucket".to_owned(),
            Job::HeldBack { accepted: false, .. } => "tidy:dismiss".to_owned(),
            // One profile at a time, whatever hosts it names: nobody waits for these.
            Job::VerifyLinks { .. } => "fetch:links".to_owned(),
            Job::AnnualReport { .. } | Job::TidyUp | Job::NewKeys { .. } => "tidy".to_owned(),
            Job::Export => "tidy:export".to_owned(),
            Job::Import { import } => format!("import:work:{import}"),
            Job::ImportNext { import } => format!("import:next:{import}"),
            // One alarm each, to be found by its name: see `store::jobs::set_alarm`.
            Job::PollTotals { status } => format!("poll:totals:{status}"),
            Job::PollEnds { status } => format!("poll:end:{status}"),
            Job::PublishScheduled { id } => format!("schedule:{id}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As serde wrote them, and as they lie in files.
    #[test]
    fn jobs_are_kept_as_ever() {
        let fill = Job::FillProfile { account: AccountId(7), refresh: "r".to_owned(), older: true };
        for (job, text) in [
            (Job::TidyUp, r#"{"kind":"tidy_up"}"#),
            (Job::Deliver { delivery: DeliveryId(5) }, r#"{"kind":"deliver","delivery":5}"#),
            (
                Job::Push { subscription: SubscriptionId(1), notification: None },
                r#"{"kind":"push","subscription":1,"notification":null}"#,
            ),
            (fill, r#"{"kind":"fill_profile","account":7,"refresh":"r","older":true}"#),
        ] {
            assert_eq!(job.to_text().unwrap(), text);
            assert_eq!(Job::from_text(text).unwrap(), job);
        }
        let older = r#"{"kind":"fill_profile","account":7,"refresh":"r"}"#;
        assert!(matches!(Job::from_text(older).unwrap(), Job::FillProfile { older: false, .. }));
        for text in ["", "[]", "{}", r#"{"kind":5}"#, r#"{"kind":"fly"}"#, r#"{"kind":"deliver"}"#] {
            assert!(Job::from_text(text).is_err(), "{text}");
        }
    }
}
