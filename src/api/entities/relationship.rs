//! Relationship: <https://docs.joinmastodon.org/entities/Relationship/>

use super::{Id, Time};
use crate::model::{Account, AccountId, Follow, Timestamp};
use serde::Serialize;

/// Tusky reads none of the booleans as null (pitfall 34).
#[derive(Debug, Serialize)]
pub struct Relationship<'a> {
    pub id: Id<AccountId>,
    pub following: bool,
    pub showing_reblogs: bool,
    pub notifying: bool,
    pub languages: Option<&'a [String]>,
    pub followed_by: bool,
    pub blocking: bool,
    pub blocked_by: bool,
    pub muting: bool,
    pub muting_notifications: bool,
    pub muting_expires_at: Option<Time>,
    pub requested: bool,
    pub requested_by: bool,
    pub domain_blocking: bool,
    pub endorsed: bool,
    pub note: &'a str,
}

/// What is between the owner and `account` at `now`: a mute that has run out is none.
pub fn relationship(account: &Account, now: Timestamp) -> Relationship<'_> {
    let relation = &account.relation;
    let follows = relation.following != Follow::No;
    let muting = relation.muting(now);
    Relationship {
        id: Id(account.id),
        following: relation.following == Follow::Yes,
        showing_reblogs: follows && relation.show_reblogs,
        notifying: follows && relation.notify,
        languages: Some(relation.languages.as_slice()).filter(|l| follows && !l.is_empty()),
        followed_by: relation.follower == Follow::Yes,
        blocking: relation.blocking(),
        blocked_by: relation.blocked_by,
        muting,
        muting_notifications: muting && relation.muting_notifications,
        muting_expires_at: relation.muting_until.filter(|_| muting).map(Time),
        requested: relation.following == Follow::Requested,
        requested_by: relation.follower == Follow::Requested,
        domain_blocking: relation.domain_blocked,
        endorsed: relation.endorsed_row.is_some(),
        note: &relation.comment,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Relation, RowId};

    #[test]
    fn a_mute_that_has_run_out_is_none() {
        let relation = Relation {
            muting_row: Some(RowId(1)),
            muting_until: Some(Timestamp(100)),
            muting_notifications: true,
            ..Relation::default()
        };
        let account = Account { relation, ..Account::default() };
        let during = relationship(&account, Timestamp(50));
        assert!(during.muting && during.muting_notifications && during.muting_expires_at.is_some());
        let after = relationship(&account, Timestamp(200));
        assert!(!after.muting && !after.muting_notifications && after.muting_expires_at.is_none());
    }

    #[test]
    fn pitfall_34_without_any_relation_every_key_is_there() {
        let account = Account::default();
        let written = serde_json::to_value(relationship(&account, Timestamp(0))).unwrap();
        assert!(written["languages"].is_null());
        assert_eq!(written["note"], "");
        assert_eq!(written["showing_reblogs"], false);
        assert_eq!(written.as_object().unwrap().len(), 16);
    }
}
