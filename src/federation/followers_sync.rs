//! Followers synchronisation, both ways: <https://codeberg.org/fediverse/fep/src/branch/main/fep/8fcf/fep-8fcf.md>
//!
//! A post for followers says in a header which followers its author's server believes to have at ours, as a digest. Where
//! that differs from what we know, the list is fetched. Without it, an Undo or a Reject that got lost leaves a ghost.

use super::{is_owners, signature};
use crate::app::App;
use crate::error::{Error, Result};
use crate::http::route::get;
use crate::http::{Auth, Req, Res, Route};
use crate::model::time::HOUR;
use crate::model::{Account, Job};
use crate::ops::deliver::host;
use crate::ops::followers_sync as ops;
use crate::store::{jobs, relations};
use serde_json::json;

pub const ROUTES: &[Route<App>] = &[get("/users/{name}/followers_synchronization", ours, Auth::Signed)];

/// A list of one account is fetched once in so long.
const COOL_DOWN: i64 = HOUR;

/// The followers at the asking server, for that server alone.
fn ours(app: &App, req: &Req) -> Result<Res> {
    is_owners(app, req)?;
    let asking = signature::signer(app, req)?;
    if asking.relation.blocking() || asking.relation.domain_blocked {
        return Err(Error::not_found());
    }
    let at = host(&asking.uri).ok_or_else(Error::not_found)?;
    let scheme = asking.uri.split("://").next().unwrap_or("https");
    let followers = app.store.read(|c| relations::followers_below(c, &format!("{scheme}://{at}/")))?;
    let id = format!("{}/followers_synchronization", app.instance.actor());
    let list = json!({
        "@context": "https://www.w3.org/ns/activitystreams",
        "id": id,
        "type": "OrderedCollection",
        "orderedItems": followers,
    });
    Ok(Res::json_as("application/activity+json; charset=utf-8", &list)?
        .with("cache-control", "private, no-store"))
}

/// A delivery by `signer` has arrived; if its header does not fit what is known, the list is looked up later.
pub fn compare(app: &App, req: &Req, signer: &Account) -> Result<()> {
    let Some(header) = req.header("collection-synchronization").filter(|header| header.len() <= 4096) else {
        return Ok(());
    };
    let value = |name: &str| parameter(header, name);
    let (Some(collection), Some(url), Some(digest)) = (value("collectionId"), value("url"), value("digest"))
    else {
        return Ok(());
    };
    let theirs = signer.endpoints.followers.as_deref() == Some(collection) && host(url) == host(&signer.uri);
    if !theirs || digest.eq_ignore_ascii_case(&ops::digest_of_ours(app, signer)) {
        return Ok(());
    }
    if !app.recent.take(&format!("followers {}", signer.uri), app.now(), COOL_DOWN) {
        return Ok(());
    }
    let job = Job::SyncFollowers { account: signer.id, url: url.to_owned() };
    app.store.write(|tx| jobs::push_if_room(tx, &host(url).unwrap_or_default(), &job).map(drop))
}

/// `name="value"` of a list with commas; neither ids nor digests have quotes.
fn parameter<'a>(header: &'a str, name: &str) -> Option<&'a str> {
    header.split(',').find_map(|part| {
        let value = part.trim().strip_prefix(name)?.trim_start().strip_prefix('=')?;
        value.trim().strip_prefix('"')?.strip_suffix('"')
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_come_in_any_order_and_with_spaces() {
        let header = r#"digest="ab", collectionId="https://b.test/f" ,url = "https://b.test/s""#;
        assert_eq!(parameter(header, "digest"), Some("ab"));
        assert_eq!(parameter(header, "collectionId"), Some("https://b.test/f"));
        assert_eq!(parameter(header, "url"), Some("https://b.test/s"));
        assert_eq!(parameter("digest=ab", "digest"), None);
    }
}
