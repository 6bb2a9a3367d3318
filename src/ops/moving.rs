//! Somebody whom the owner knows moved to another server: <https://docs.joinmastodon.org/user/moving/>.

use super::follows::{self, FollowOptions};
use crate::error::Result;
use crate::model::*;
use crate::store::{Tx, accounts, lists, relations};

/// `old` is `new` from now on; that both say so was checked. What is between the owner and them moves along: following
/// with its options and lists, a mute, the private note.
pub fn moved(tx: &Tx, me: &Instance, old: &Account, new: &Account) -> Result<()> {
    accounts::set_moved_to(tx, old.id, Some(&new.uri))?;
    let before = &old.relation;
    let after = &new.relation;
    if before.following != Follow::No {
        if after.following == Follow::No && !after.blocking() && !after.domain_blocked && !new.suspended {
            let options = FollowOptions {
                reblogs: Some(before.show_reblogs),
                notify: Some(before.notify),
                languages: Some(before.languages.clone()),
            };
            follows::follow_in(tx, me, new.id, &options)?;
            for list in lists::containing(tx, old.id)? {
                lists::add(tx, list.id, &[new.id])?;
            }
        }
        follows::end_following(tx, me, old)?;
    }
    // Whom one does not want to see does not come back under another address, unless one went there by oneself. Whom one
    // blocks is not even heard when they move.
    if before.muting_row.is_some() && after.muting_row.is_none() && after.following == Follow::No {
        relations::mute(tx, new.id, before.muting_notifications, before.muting_until)?;
    }
    if !before.comment.is_empty() && after.comment.is_empty() {
        relations::set_comment(tx, new.id, &before.comment)?;
    }
    Ok(())
}
