//! Several posts at once, each an answer to the one before.
//!
//! What is still to be posted stands in the drafts, and shrinks in the transaction of each post. So whatever crashes, nothing is
//! posted twice and nothing is lost.

use super::compose::{self, Draft};
use super::drafts::{self, Content};
use super::statuses::{self, NewStatus};
use crate::app::App;
use crate::error::{Error, Result};
use crate::model::*;
use crate::store;
use std::hash::{DefaultHasher, Hash, Hasher};

/// Posts of one thread.
pub const LIMIT: usize = 30;

/// The posts that a text holds: a line of three hyphens parts them.
pub fn parts(text: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    for line in text.lines() {
        if line.trim() == "---" {
            parts.push(String::new());
        } else if let Some(part) = parts.last_mut() {
            part.push_str(line);
            part.push('\n');
        }
    }
    parts.retain(|part| !part.trim().is_empty());
    parts.iter().map(|part| part.trim_matches('\n').to_owned()).collect()
}

/// Publishes the posts in order; gives the first. Pictures, poll and quote are those of the first.
///
/// Errors: as [`statuses::publish`]; for a part that breaks a limit before anything is posted.
pub fn publish(app: &App, new: &NewStatus) -> Result<Status> {
    let parts = parts(&new.text);
    if parts.len() < 2 {
        let text = parts.into_iter().next().unwrap_or_default();
        return statuses::publish(app, &NewStatus { text, ..new.clone() });
    }
    if parts.len() > LIMIT {
        return Err(Error::invalid(format!("A thread has room for {LIMIT} posts")));
    }
    for (n, part) in parts.iter().enumerate() {
        compose::check(&Draft {
            text: part,
            markdown: false,
            spoiler_text: &new.spoiler_text,
            media: if n == 0 { &new.media } else { &[] },
            in_reply_to: None,
            visibility: Visibility::Direct,
            quotes: false,
            options: &[],
        })?;
    }
    let mut post = NewStatus { text: String::new(), ..new.clone() };
    let mut first = None;
    for (n, part) in parts.iter().enumerate() {
        post.text.clone_from(part);
        // The same words at the same place are the same post.
        let key = new.idempotency_key.as_deref().unwrap_or("");
        let mut hash = DefaultHasher::new();
        (part, key).hash(&mut hash);
        let left = parts.len() - n;
        post.idempotency_key = Some(format!("{key}/{left}/{:x}", hash.finish()));
        let rest = &parts[n + 1..];
        let posted = statuses::publish_after(
            app,
            &post,
            |_| Ok(()),
            |tx, id| {
                if rest.is_empty() {
                    // A box that saves itself late is not a draft again.
                    store::statuses::remember_idempotency(tx, key, id)?;
                    return store::drafts::done(tx, key);
                }
                let text = rest.join("\n\n---\n\n");
                let idempotency_key = new.idempotency_key.clone();
                let left = NewStatus { text, idempotency_key, ..follow_up(&post, id) };
                drafts::keep_rest(tx, &Content { new: left, thread: true, at: None })
            },
        )?;
        post = follow_up(&post, posted.id);
        first.get_or_insert(posted);
    }
    first.ok_or_else(Error::not_found)
}

/// What is the same for the post after `post`.
fn follow_up(post: &NewStatus, id: StatusId) -> NewStatus {
    NewStatus { in_reply_to: Some(id), media: Vec::new(), poll: None, quotes: None, ..post.clone() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_of_hyphens_parts_a_text() {
        assert_eq!(parts("a\r\nb\n---\n\n c\n --- \n\n---\nd --- e\n----"), ["a\nb", " c", "d --- e\n----"]);
        assert!(parts("---\n \n").is_empty());
    }
}
