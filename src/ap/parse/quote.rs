//! What a post quotes, and who may quote it: FEP-044f, with the older ways of Misskey, Fedibird and FEP-e232.
//!
//! <https://codeberg.org/fediverse/fep/src/branch/main/fep/044f/fep-044f.md>

use super::value::{all, first_id, id, is_public, kind, text, web};
use crate::ap::PUBLIC;
use crate::model::{Allowed, InteractionPolicy, QuotePolicy};
use serde_json::Value;

/// Addresses of one policy that are read.
const NAMED: usize = 64;
/// The word by which a Link says that it is a quote (FEP-e232).
const REL: &str = "https://misskey-hub.net/ns#_misskey_quote";

/// What a document says that it quotes. Nothing of it is verified.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Quoted {
    /// An id; of old software perhaps a page. Empty for what is `deleted`.
    pub uri: String,
    /// The address of the quoted author's authorisation.
    pub stamp: Option<String>,
    /// By software that asks nobody.
    pub legacy: bool,
    /// A Tombstone stands in its place.
    pub deleted: bool,
}

/// What a post quotes. Mastodon's order: `quote`, `_misskey_quote`, `quoteUrl`, `quoteUri`; then FEP-e232.
pub fn quoted(json: &Value) -> Option<Quoted> {
    // Also an empty `quote` says that the software knows of asking.
    let legacy = json.get("quote").is_none();
    let stamp = first_id(json, "quoteAuthorization").as_deref().and_then(web).map(str::to_owned);
    let deleted = all(json, "quote").next().is_some_and(|q| q.is_object() && kind(q) == "Tombstone");
    if deleted {
        return Some(Quoted { deleted, ..Quoted::default() });
    }
    let names = ["quote", "_misskey_quote", "quoteUrl", "quoteUri"];
    // BookWyrm's `quote` is the HTML of what a book says, and no address.
    let named = names.iter().find_map(|name| Some(web(&first_id(json, name)?)?.to_owned()));
    Some(Quoted { uri: named.or_else(|| link(json))?, stamp, legacy, deleted })
}

/// Threads, Mitra and Hollo: a Link in `tag`.
fn link(json: &Value) -> Option<String> {
    let is_activity =
        |mime: &str| mime.starts_with("application/activity+json") || mime.starts_with("application/ld+json");
    let quotes = |tag: &&Value| {
        kind(tag) == "Link"
            && all(tag, "rel").any(|rel| rel.as_str() == Some(REL))
            && text(tag, "mediaType").is_some_and(|mime| is_activity(&mime))
    };
    let tag = all(json, "tag").find(quotes)?;
    Some(web(id(tag)?)?.to_owned())
}

/// Who may quote a post, as addresses of accounts and collections; where nothing is said, nobody may.
pub fn can_quote(json: &Value) -> Allowed {
    rule(json, "canQuote").unwrap_or_default()
}

/// What others may do with a post, where its author says so. An empty rule is none.
pub fn interaction_policy(json: &Value) -> InteractionPolicy {
    let rule = |name| rule(json, name).filter(|rule| !rule.automatic.is_empty() || !rule.manual.is_empty());
    InteractionPolicy { like: rule("canLike"), reply: rule("canReply"), announce: rule("canAnnounce") }
}

/// One rule of `interactionPolicy`. GoToSocial wrote `always` and `approvalRequired` before 0.20.
fn rule(json: &Value, name: &str) -> Option<Allowed> {
    let rule = json.get("interactionPolicy")?.get(name).filter(|rule| rule.is_object())?;
    let list = |names: &[&str]| -> Vec<String> {
        let found = names.iter().flat_map(|name| all(rule, name)).filter_map(id).take(NAMED);
        found.map(|uri| if is_public(uri) { PUBLIC.to_owned() } else { uri.to_owned() }).collect()
    };
    Some(Allowed {
        automatic: list(&["automaticApproval", "always"]),
        manual: list(&["manualApproval", "approvalRequired", "withApproval"]),
    })
}

impl Allowed {
    /// As far as it can be told: everybody, the author's followers, whom the author follows; else others. The
    /// author alone is nobody.
    pub fn policy(&self, author: &str, followers: Option<&str>, following: Option<&str>) -> QuotePolicy {
        let one = |uri: &String| match uri.as_str() {
            uri if is_public(uri) => QuotePolicy::PUBLIC,
            uri if Some(uri) == followers => QuotePolicy::FOLLOWERS,
            uri if Some(uri) == following => QuotePolicy::FOLLOWING,
            uri if uri == author => 0,
            _ => QuotePolicy::OTHERS,
        };
        let sum = |list: &[String]| list.iter().map(one).fold(0, |all, bit| all | bit);
        QuotePolicy { automatic: sum(&self.automatic), manual: sum(&self.manual) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ap::parse::{Envelope, fixture, note};
    use serde_json::json;

    fn read(json: &Value) -> Quoted {
        quoted(json).unwrap_or_else(|| panic!("{json}"))
    }

    #[test]
    fn mastodons_request_carries_the_quoting_post() {
        let request = Envelope::read(fixture("mastodon/quote_request.json")).unwrap();
        assert_eq!(request.kind, "QuoteRequest");
        assert_eq!(request.object_id(), Some("https://home.example/users/owner/statuses/1"));
        let post = note(&request.json["instrument"]).unwrap();
        let quote = post.quote.unwrap();
        assert_eq!((Some(quote.uri.as_str()), quote.legacy, quote.stamp), (request.object_id(), false, None));
        let followers = "https://mastodon.example/users/alice/followers";
        let policy = post.can_quote.policy(&request.actor, Some(followers), None);
        assert_eq!((policy.automatic, policy.manual), (QuotePolicy::FOLLOWERS, 0));
    }

    #[test]
    fn the_newest_word_for_a_quote_wins() {
        let all = json!({"quote": "https://a.example/1", "_misskey_quote": "https://a.example/2",
            "quoteUrl": "https://a.example/3", "quoteUri": "https://a.example/4",
            "quoteAuthorization": {"id": "https://a.example/stamps/1", "type": "QuoteAuthorization"}});
        let found = read(&all);
        assert_eq!((found.uri.as_str(), found.legacy), ("https://a.example/1", false));
        assert_eq!(found.stamp.as_deref(), Some("https://a.example/stamps/1"));
        for (name, order) in [("_misskey_quote", 2), ("quoteUrl", 3), ("quoteUri", 4)] {
            let mut rest = all.clone();
            for newer in ["quote", "_misskey_quote", "quoteUrl"].iter().take(order - 1) {
                rest.as_object_mut().unwrap().remove(*newer);
            }
            let found = read(&rest);
            assert_eq!((found.uri, found.legacy), (format!("https://a.example/{order}"), true), "{name}");
        }
    }

    #[test]
    fn a_quote_may_stand_in_whole_as_a_tombstone_or_as_a_link() {
        let inlined = json!({"quote": {"id": "https://a.example/1", "type": "Note"}});
        assert_eq!(read(&inlined).uri, "https://a.example/1");
        let gone = read(&json!({"quote": {"type": "Tombstone"}}));
        assert!(gone.deleted && gone.uri.is_empty());
        let link = |rel: &str, mime: &str| json!({"tag": [null, {"type": "Link", "rel": rel, "mediaType": mime, "href": "https://a.example/1"}]});
        let profile = "application/ld+json; profile=\"https://www.w3.org/ns/activitystreams\"";
        assert!(read(&link(REL, profile)).legacy);
        assert_eq!(quoted(&link("license", profile)), None);
        assert_eq!(quoted(&link(REL, "text/html")), None);
    }

    #[test]
    fn what_is_no_address_is_no_quote() {
        for none in [json!({}), json!({"quote": null}), json!({"quote": "<p>Call me Ishmael</p>"})] {
            assert_eq!(quoted(&none), None, "{none}");
        }
        assert_eq!(quoted(&json!({"quoteUrl": "javascript:alert(1)"})), None);
    }

    #[test]
    fn a_policy_names_everybody_followers_or_whom_it_cannot_tell() {
        let me = "https://a.example/u/x";
        let policy = |value: Value| {
            let doc = json!({"interactionPolicy": {"canQuote": value}});
            let read = can_quote(&doc).policy(me, Some("https://a.example/f"), Some("https://a.example/g"));
            (read.automatic, read.manual)
        };
        assert_eq!(policy(json!({"automaticApproval": "as:Public"})), (QuotePolicy::PUBLIC, 0));
        let both =
            json!({"automaticApproval": ["https://a.example/f", me], "manualApproval": [crate::ap::PUBLIC]});
        assert_eq!(policy(both), (QuotePolicy::FOLLOWERS, QuotePolicy::PUBLIC));
        let old = json!({"always": ["https://a.example/g"], "approvalRequired": ["https://b.example/u"]});
        assert_eq!(policy(old), (QuotePolicy::FOLLOWING, QuotePolicy::OTHERS));
        assert_eq!(policy(json!({"automaticApproval": [me]})), (0, 0));
        assert_eq!(policy(json!(null)), (0, 0));
        assert_eq!(can_quote(&json!({"interactionPolicy": "x"})), Allowed::default());
    }
}
