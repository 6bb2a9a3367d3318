//! The two actors: <https://www.w3.org/TR/activitypub/#actor-objects>, with the words that Mastodon adds:
//! <https://docs.joinmastodon.org/spec/activitypub/#profile-federation>.

use super::{context, seconds, with_context};
use crate::model::{Account, Field, Instance, Settings};
use serde_json::{Map, Value, json};

/// The owner as others see them.
#[derive(Debug)]
pub struct Profile<'a> {
    pub account: &'a Account,
    pub settings: &'a Settings,
    /// SPKI PEM.
    pub rsa_pem: String,
    /// Multibase.
    pub ed25519: String,
    /// Address and MIME type.
    pub avatar: Option<(String, String)>,
    pub header: Option<(String, String)>,
}

/// The owner's actor. Everything that it names stands on our own host, as Misskey demands.
pub fn actor(me: &Instance, profile: &Profile) -> Value {
    let (account, id) = (profile.account, me.actor());
    let mut actor = Map::new();
    let mut set = |key: &str, value: Value| actor.insert(key.to_owned(), value);
    set("id", id.as_str().into());
    set("type", account.kind.as_str().into());
    set("preferredUsername", me.username.as_str().into());
    set("webfinger", format!("{}@{}", me.username, me.domain).into());
    // Bridgy Fed ignores whoever has no name; Misskey refuses null.
    set("name", account.name().into());
    set("summary", account.note.as_str().into());
    set("url", me.at(&format!("/@{}", me.username)).into());
    for collection in ["inbox", "outbox", "followers", "following"] {
        set(collection, format!("{id}/{collection}").into());
    }
    set("featured", format!("{id}/collections/featured").into());
    set("featuredTags", format!("{id}/collections/tags").into());
    set("endpoints", json!({"sharedInbox": me.at("/inbox")}));
    set("publicKey", public_key(&id, me.main_key(), &profile.rsa_pem));
    let multikey = json!({
        "id": format!("{id}#ed25519-key"),
        "type": "Multikey",
        "controller": id,
        "publicKeyMultibase": profile.ed25519,
    });
    set("assertionMethod", json!([multikey]));
    let settings = profile.settings;
    for (key, picture, description) in [
        ("icon", &profile.avatar, &settings.avatar_description),
        ("image", &profile.header, &settings.header_description),
    ] {
        if let Some((url, mime)) = picture {
            let mut image = json!({"type": "Image", "mediaType": mime, "url": url});
            if !description.is_empty() {
                image["summary"] = description.as_str().into(); // where Mastodon 4.6 looks
            }
            set(key, image);
        }
    }
    set("tag", account.emojis.iter().map(|emoji| super::emoji(me, emoji)).collect());
    set("attachment", account.fields.iter().map(property).collect());
    set("manuallyApprovesFollowers", account.locked.into());
    set("discoverable", account.discoverable.into());
    set("indexable", account.indexable.into());
    set("published", seconds(account.created_at).into());
    set("alsoKnownAs", account.also_known_as.clone().into());
    set("attributionDomains", settings.attribution_domains.clone().into());
    set("showMedia", settings.show_media.into());
    set("showRepliesInMedia", settings.show_media_replies.into());
    set("showFeatured", settings.show_featured.into());
    if let Some(target) = &account.moved_to {
        set("movedTo", target.as_str().into());
    }
    with_context(context::of_actors(), Value::Object(actor))
}

/// The actor that signs fetches, so that a fetch does not tell who reads (FEP-d556).
pub fn instance_actor(me: &Instance, rsa_pem: &str) -> Value {
    let id = me.instance_actor();
    let actor = json!({
        "id": id,
        "type": "Application",
        "preferredUsername": instance_username(me),
        "name": me.domain,
        "summary": "",
        "url": me.at("/"),
        "inbox": me.at("/inbox"),
        // Lemmy reads no actor without an outbox.
        "outbox": format!("{id}/outbox"),
        "endpoints": {"sharedInbox": me.at("/inbox")},
        "publicKey": public_key(&id, format!("{id}#main-key"), rsa_pem),
        "manuallyApprovesFollowers": true,
        "discoverable": false,
        "indexable": false,
        "published": seconds(me.created_at),
    });
    with_context(context::of_actors(), actor)
}

/// What stands before the @ of the instance actor: the domain, as far as Mastodon takes it for a name.
pub fn instance_username(me: &Instance) -> String {
    me.domain.replace(':', "-")
}

/// Lemmy and PeerTube want exactly these three; the fragment is what Lemmy's key ids must have.
fn public_key(owner: &str, id: String, pem: &str) -> Value {
    json!({"id": id, "owner": owner, "publicKeyPem": pem})
}

fn property(field: &Field) -> Value {
    json!({"type": "PropertyValue", "name": field.name, "value": field.value})
}

#[cfg(test)]
pub mod tests {
    use super::super::tests::{NOW, assert_says, me};
    use super::*;

    pub fn account() -> Account {
        Account {
            username: "alice".to_owned(),
            note: "<p>Hi</p>".to_owned(),
            fields: vec![Field { name: "Home".to_owned(), value: "Rīga".to_owned(), ..Field::default() }],
            discoverable: true,
            created_at: NOW,
            ..Account::default()
        }
    }

    pub fn profile(account: &Account) -> Profile<'_> {
        static SETTINGS: std::sync::LazyLock<Settings> = std::sync::LazyLock::new(|| Settings {
            avatar_description: "Alice smiles".to_owned(),
            attribution_domains: vec!["news.test".to_owned()],
            ..Settings::default()
        });
        Profile {
            account,
            settings: &SETTINGS,
            rsa_pem: "-----BEGIN PUBLIC KEY-----\n".to_owned(),
            ed25519: "z6Mk".to_owned(),
            avatar: Some(("https://a.test/media/a.png".to_owned(), "image/png".to_owned())),
            header: None,
        }
    }

    #[test]
    fn the_actor_has_what_every_reader_asks_for_on_its_own_host() {
        let account = account();
        let expected = json!({
            "id": "https://a.test/users/alice",
            "type": "Person",
            "preferredUsername": "alice",
            "webfinger": "alice@alice.test",
            "name": "alice",
            "summary": "<p>Hi</p>",
            "url": "https://a.test/@alice",
            "inbox": "https://a.test/users/alice/inbox",
            "outbox": "https://a.test/users/alice/outbox",
            "followers": "https://a.test/users/alice/followers",
            "following": "https://a.test/users/alice/following",
            "featured": "https://a.test/users/alice/collections/featured",
            "featuredTags": "https://a.test/users/alice/collections/tags",
            "endpoints": {"sharedInbox": "https://a.test/inbox"},
            "publicKey": {
                "id": "https://a.test/users/alice#main-key",
                "owner": "https://a.test/users/alice",
                "publicKeyPem": "-----BEGIN PUBLIC KEY-----\n",
            },
            "assertionMethod": [{
                "id": "https://a.test/users/alice#ed25519-key",
                "type": "Multikey",
                "controller": "https://a.test/users/alice",
                "publicKeyMultibase": "z6Mk",
            }],
            "icon": {"type": "Image", "mediaType": "image/png", "url": "https://a.test/media/a.png",
                "summary": "Alice smiles"},
            "tag": [],
            "attachment": [{"type": "PropertyValue", "name": "Home", "value": "Rīga"}],
            "manuallyApprovesFollowers": false,
            "discoverable": true,
            "indexable": false,
            "published": "2026-08-22T10:00:00Z",
            "alsoKnownAs": [],
            "attributionDomains": ["news.test"],
            "showMedia": true,
            "showRepliesInMedia": true,
            "showFeatured": true,
        });
        assert_says(&actor(&me(), &profile(&account)), expected);
    }

    #[test]
    fn bridgy_finds_a_name_even_where_the_owner_gave_none() {
        let named = Account { display_name: "Alice".to_owned(), ..account() };
        assert_eq!(actor(&me(), &profile(&named))["name"], "Alice");
        assert_eq!(actor(&me(), &profile(&account()))["name"], "alice");
    }

    #[test]
    fn the_instance_actor_is_an_application_with_a_key_of_its_own() {
        let actor = instance_actor(&me(), "PEM");
        assert_eq!(actor["type"], "Application");
        assert_eq!(actor["preferredUsername"], "alice.test");
        assert_eq!(actor["publicKey"]["id"], "https://a.test/actor#main-key");
        assert_eq!(actor["outbox"], "https://a.test/actor/outbox");
    }

    #[test]
    fn mastodon_reads_the_username_of_an_instance_with_a_port() {
        let local = Instance { domain: "localhost:3000".to_owned(), ..me() };
        assert_eq!(instance_username(&local), "localhost-3000");
    }
}
