//! What the background does: one variant a kind of job, kept as JSON in the jobs table.

use super::ids::{AccountId, DeliveryId, StatusId};
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
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
    /// The answers of others around a status that the owner opened.
    FillThread { status: StatusId, refresh: String },
    /// What somebody posted, whose profile the owner opened.
    FillProfile { account: AccountId, refresh: String },
    /// The preview of a status's link.
    FetchCard { status: StatusId },
    /// Uploads that were never attached, old codes, old sessions.
    TidyUp,
}

impl Job {
    /// Jobs of one lane run one after the other: per host, so that order holds and no host is hit
    /// by more than one request at a time.
    pub fn lane(&self, host: &str) -> String {
        match self {
            Job::Inbox { .. } => format!("in:{host}"),
            Job::Deliver { .. } => format!("out:{host}"),
            Job::RefreshAccount { .. }
            | Job::FetchStatus { .. }
            | Job::FillThread { .. }
            | Job::FillProfile { .. } => format!("fetch:{host}"),
            Job::FetchCard { .. } => format!("card:{host}"),
            Job::TidyUp => "tidy".to_owned(),
        }
    }
}
