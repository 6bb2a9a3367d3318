//! WebFinger, by which a handle leads to an actor: <https://www.rfc-editor.org/rfc/rfc7033>, with
//! host-meta (<https://www.rfc-editor.org/rfc/rfc6415>) for those who ask that first.

use crate::ap::build::actor::instance_username;
use crate::app::App;
use crate::error::{Error, Result};
use crate::http::route::get;
use crate::http::{Auth, Req, Res, Route};
use crate::model::{Account, Instance};
use crate::ops::profile;
use crate::store::accounts;
use serde_json::{Value, json};

pub const ROUTES: &[Route<App>] = &[
    get("/.well-known/webfinger", webfinger, Auth::Public),
    get("/.well-known/host-meta", host_meta, Auth::Public),
];

/// Mastodon's three days.
const CACHED: &str = "public, max-age=259200";

const INTENT: &str = "https://w3id.org/fep/3b86/";

/// Whom a resource names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Named {
    Owner,
    Instance,
}

/// Errors: `BadRequest` without a resource, `NotFound` for one that is not ours.
fn webfinger(app: &App, req: &Req) -> Result<Res> {
    let resource = req.query_text("resource").filter(|r| !r.trim().is_empty());
    let resource = resource.ok_or_else(|| Error::bad_request("Which resource? The parameter is missing"))?;
    let me = &app.instance;
    let descriptor = match named(me, resource.trim()).ok_or_else(Error::not_found)? {
        Named::Owner => {
            let account = app.store.read(accounts::owner)?;
            owner(app, &account)?
        }
        Named::Instance => instance(me),
    };
    Ok(Res::json_as("application/jrd+json; charset=utf-8", &descriptor)?.with("cache-control", CACHED))
}

/// Reads `acct:user@domain`, the same without the scheme, and our own addresses. Where the domain is
/// split, either half names us: Mastodon asks for `user@host` first and follows the subject.
fn named(me: &Instance, resource: &str) -> Option<Named> {
    if resource.starts_with("https://") || resource.starts_with("http://") {
        return named_by_address(me, resource);
    }
    let handle = resource.strip_prefix("acct:").unwrap_or(resource);
    let (user, domain) = handle.strip_prefix('@').unwrap_or(handle).rsplit_once('@')?;
    if !is_ours(me, domain) {
        return None;
    }
    if user.eq_ignore_ascii_case(&me.username) {
        return Some(Named::Owner);
    }
    // acct:domain@domain is the server itself (FEP-d556).
    (is_ours(me, user) || user.eq_ignore_ascii_case(&instance_username(me))).then_some(Named::Instance)
}

fn named_by_address(me: &Instance, address: &str) -> Option<Named> {
    let page = me.at(&format!("/@{}", me.username));
    let trimmed = address.trim_end_matches('/');
    if trimmed.eq_ignore_ascii_case(&me.actor()) || trimmed.eq_ignore_ascii_case(&page) {
        return Some(Named::Owner);
    }
    let host = trimmed.split_once("://").map_or("", |(_, host)| host);
    (trimmed == me.instance_actor() || is_ours(me, host)).then_some(Named::Instance)
}

fn is_ours(me: &Instance, domain: &str) -> bool {
    domain.eq_ignore_ascii_case(&me.domain) || domain.eq_ignore_ascii_case(&me.host)
}

fn owner(app: &App, account: &Account) -> Result<Value> {
    let me = &app.instance;
    let page = me.at(&format!("/@{}", me.username));
    let mut links = links_to(&me.actor(), &page);
    // Where the owner, who read a page elsewhere, comes back to follow or answer.
    let template = me.at("/authorize_interaction?uri={uri}");
    links.push(json!({"rel": "http://ostatus.org/schema/1.0/subscribe", "template": template}));
    // Activity intents: <https://codeberg.org/fediverse/fep/src/branch/main/fep/3b86/fep-3b86.md>. Whatever is wanted of
    // a thing is done on its page here, where the buttons are.
    let create = me.at("/compose?text={content}");
    links.push(json!({"rel": format!("{INTENT}Create"), "template": create}));
    for wanted in ["Object", "Follow", "Like", "Announce"] {
        let template = me.at("/authorize_interaction?uri={object}");
        links.push(json!({"rel": format!("{INTENT}{wanted}"), "template": template}));
    }
    if let Some((url, mime)) = profile::picture(app, account.avatar.as_ref()) {
        links.push(json!({"rel": "http://webfinger.net/rel/avatar", "type": mime, "href": url}));
    }
    Ok(json!({
        "subject": format!("acct:{}@{}", me.username, me.domain),
        "aliases": [page, me.actor()],
        "links": links,
    }))
}

fn instance(me: &Instance) -> Value {
    json!({
        "subject": format!("acct:{}@{}", instance_username(me), me.domain),
        "aliases": [me.instance_actor()],
        "links": links_to(&me.instance_actor(), &me.at("/")),
    })
}

/// The actor first, as some take the first link that there is; in the type that everybody looks for.
fn links_to(actor: &str, page: &str) -> Vec<Value> {
    vec![
        json!({"rel": "self", "type": "application/activity+json", "href": actor}),
        json!({"rel": "http://webfinger.net/rel/profile-page", "type": "text/html", "href": page}),
    ]
}

fn host_meta(app: &App, _: &Req) -> Result<Res> {
    // The origin was checked at set-up and has no letter that XML would mind.
    let template = app.instance.at("/.well-known/webfinger?resource={uri}");
    let xml = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <XRD xmlns=\"http://docs.oasis-open.org/ns/xri/xrd-1.0\">\n  \
         <Link rel=\"lrdd\" template=\"{template}\"/>\n</XRD>\n"
    );
    Ok(Res::new(200, "application/xrd+xml; charset=utf-8", xml).with("cache-control", CACHED))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ap::build::tests::me;

    #[test]
    fn the_owner_is_found_by_every_name_that_others_use() {
        for resource in [
            "acct:alice@alice.test",
            "acct:Alice@A.TEST",
            "@alice@alice.test",
            "alice@a.test",
            "https://a.test/users/alice",
            "https://a.test/@alice",
            "https://a.test/@alice/",
        ] {
            assert_eq!(named(&me(), resource), Some(Named::Owner), "{resource}");
        }
    }

    #[test]
    fn the_server_has_a_name_of_its_own() {
        for resource in [
            "acct:alice.test@alice.test",
            "acct:a.test@a.test",
            "https://a.test/actor",
            "https://a.test/",
            "https://alice.test",
        ] {
            assert_eq!(named(&me(), resource), Some(Named::Instance), "{resource}");
        }
    }

    #[test]
    fn nobody_else_lives_here() {
        for resource in ["acct:bob@a.test", "acct:alice@b.test", "alice", "acct:", "https://a.test/@bob"] {
            assert_eq!(named(&me(), resource), None, "{resource}");
        }
    }
}
