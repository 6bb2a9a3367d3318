//! What the author of a post lets others do with it:
//! <https://docs.gotosocial.org/en/latest/federation/interaction_policy/>

use super::account::Account;
use serde::{Deserialize, Serialize};

/// Who may do one thing, as addresses of accounts and collections.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Allowed {
    /// At once; collections of people count as after an Accept, since nobody else can look into them.
    pub automatic: Vec<String>,
    /// After an Accept.
    pub manual: Vec<String>,
}

/// What is not named is open to everybody. Kept as JSON in a column, hence the derives.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct InteractionPolicy {
    pub like: Option<Allowed>,
    pub reply: Option<Allowed>,
    pub announce: Option<Allowed>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Permission {
    Free,
    /// The author is asked, and others hear of it after an Accept.
    Ask,
    Never,
}

const PUBLIC: &str = "https://www.w3.org/ns/activitystreams#Public";

impl InteractionPolicy {
    /// Whether everybody may do everything.
    pub fn is_open(&self) -> bool {
        let open = |one: &Option<Allowed>| {
            one.as_ref()
                .is_none_or(|one| one.automatic.iter().any(|uri| uri == PUBLIC) && one.manual.is_empty())
        };
        open(&self.like) && open(&self.reply) && open(&self.announce)
    }
}

impl Allowed {
    /// Whether `who` may, of what `author` wrote. The more exact word counts: a person before a collection.
    pub fn permission(&self, who: &str, author: &Account) -> Permission {
        let names = |list: &[String], uri: &str| list.iter().any(|one| one == uri);
        let of_author = |list: &[String]| {
            let collections = [&author.endpoints.followers, &author.endpoints.following];
            collections.into_iter().flatten().any(|uri| names(list, uri))
        };
        if who == author.uri || names(&self.automatic, who) {
            Permission::Free
        } else if names(&self.manual, who) {
            Permission::Ask
        } else if names(&self.automatic, PUBLIC) {
            Permission::Free
        } else if names(&self.manual, PUBLIC) || of_author(&self.automatic) || of_author(&self.manual) {
            Permission::Ask
        } else {
            Permission::Never
        }
    }
}

/// How the author answered for something of the owner's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LeaveState {
    Asked = 0,
    Given = 1,
    Refused = 2,
}

/// The author's word for an own reply or boost that needs one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leave {
    pub state: LeaveState,
    /// What others look at, when it was given.
    pub uri: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_more_exact_word_counts() {
        let mut author = Account { uri: "https://a.test/u".to_owned(), ..Account::default() };
        author.endpoints.followers = Some("https://a.test/u/followers".to_owned());
        let of = |automatic: &[&str], manual: &[&str]| {
            let list = |of: &[&str]| of.iter().map(|uri| (*uri).to_owned()).collect();
            Allowed { automatic: list(automatic), manual: list(manual) }
        };
        let me = "https://me.test/u";
        let (public, followers) = (PUBLIC, "https://a.test/u/followers");
        for (allowed, permission) in [
            (of(&[public], &[]), Permission::Free),
            (of(&[], &[public]), Permission::Ask),
            (of(&[me], &[public]), Permission::Free),
            (of(&[public], &[me]), Permission::Ask),
            (of(&[followers], &[]), Permission::Ask),
            (of(&[], &[followers]), Permission::Ask),
            (of(&["https://a.test/u"], &[]), Permission::Never),
            (of(&[], &["https://other.test/u"]), Permission::Never),
        ] {
            assert_eq!(allowed.permission(me, &author), permission, "{allowed:?}");
            assert_eq!(allowed.permission("https://a.test/u", &author), Permission::Free);
        }
        assert!(InteractionPolicy { reply: Some(of(&[public], &[])), ..Default::default() }.is_open());
        assert!(!InteractionPolicy { like: Some(of(&[], &[])), ..Default::default() }.is_open());
    }
}
