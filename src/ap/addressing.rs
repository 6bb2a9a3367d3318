//! Who an object is for: <https://www.w3.org/TR/activitypub/#delivery>, spelt as Mastodon spells its four
//! visibilities.

use crate::model::{Instance, Visibility};
use serde_json::{Map, Value};

/// Everybody. Always written in full: PeerTube and Lemmy refuse `as:Public`.
pub const PUBLIC: &str = "https://www.w3.org/ns/activitystreams#Public";

/// `to` and `cc`, the same on an activity and on its object.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Addressing {
    pub to: Vec<String>,
    pub cc: Vec<String>,
}

impl Addressing {
    /// Of something of the owner's that is `visible` and that concerns `people`.
    pub fn of<'a>(
        me: &Instance,
        visible: Visibility,
        people: impl IntoIterator<Item = &'a str>,
    ) -> Addressing {
        let (to, cc) = match visible {
            Visibility::Public => (Some(PUBLIC.to_owned()), Some(me.followers())),
            Visibility::Unlisted => (Some(me.followers()), Some(PUBLIC.to_owned())),
            Visibility::Private => (Some(me.followers()), None),
            Visibility::Direct => (None, None),
        };
        let mut addressing = Addressing { to: to.into_iter().collect(), cc: cc.into_iter().collect() };
        for person in people {
            // Pixelfed takes for a direct message what has one `to` and no `cc`.
            let list = if visible == Visibility::Direct { &mut addressing.to } else { &mut addressing.cc };
            if !list.iter().any(|known| known == person) {
                list.push(person.to_owned());
            }
        }
        addressing
    }

    /// For one account and nobody else.
    pub fn only(person: &str) -> Addressing {
        Addressing { to: vec![person.to_owned()], cc: Vec::new() }
    }

    pub fn everybody() -> Addressing {
        Addressing::only(PUBLIC)
    }

    /// For everybody, and for the followers in particular.
    pub fn followers_and_everybody(me: &Instance) -> Addressing {
        Addressing::of(me, Visibility::Public, [])
    }

    /// Both keys, always as arrays: PeerTube, Lemmy and Akkoma want no scalar and no `null`.
    pub fn write(&self, object: &mut Map<String, Value>) {
        object.insert("to".to_owned(), self.to.clone().into());
        object.insert("cc".to_owned(), self.cc.clone().into());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ap::build::tests::me;

    fn of(visible: Visibility) -> (Vec<String>, Vec<String>) {
        let bob = "https://b.test/bob";
        let addressing = Addressing::of(&me(), visible, [bob, bob]);
        (addressing.to, addressing.cc)
    }

    #[test]
    fn each_visibility_is_spelt_as_mastodon_spells_it() {
        let (all, bob) = (PUBLIC.to_owned(), "https://b.test/bob".to_owned());
        let followers = "https://a.test/users/alice/followers".to_owned();
        assert_eq!(of(Visibility::Public), (vec![all.clone()], vec![followers.clone(), bob.clone()]));
        assert_eq!(of(Visibility::Unlisted), (vec![followers.clone()], vec![all, bob.clone()]));
        assert_eq!(of(Visibility::Private), (vec![followers], vec![bob.clone()]));
        assert_eq!(of(Visibility::Direct), (vec![bob], vec![]));
    }
}
