//! From `@user@domain` to an actor: RFC 7033, and host-meta (RFC 6415) for the few who still need it.
//!
//! <https://docs.joinmastodon.org/spec/webfinger/>

use super::document::is_activity_type;
use super::request::nonsense;
use super::{Client, Request, links};
use crate::error::{Error, Kind, Result};
use serde_json::Value;
use url::Url;

const PROFILE_PAGE: &str = "http://webfinger.net/rel/profile-page";
const SUBSCRIBE: &str = "http://ostatus.org/schema/1.0/subscribe";
/// The same for anything: <https://codeberg.org/fediverse/fep/src/branch/main/fep/3b86/fep-3b86.md>
const INTENT: &str = "https://w3id.org/fep/3b86/Object";
/// Those for one thing to do, and where they have the address that it is done to.
const INTENTS: &[(&str, &str)] =
    &[("Follow", "{object}"), ("Like", "{object}"), ("Announce", "{object}"), ("Create", "{inReplyTo}")];
/// An answer is 1 KiB as a rule.
const MAX_BYTES: u64 = 64 * 1024;
const MAX_NAME_CHARS: usize = 200;

#[derive(Debug, PartialEq, Eq)]
pub struct Found {
    /// As the server writes it, which may differ in case from what was asked for.
    pub username: String,
    /// Lower case and in its ASCII form, with the port if there is one.
    pub domain: String,
    /// Not fetched yet.
    pub actor_url: Url,
    pub profile_page: Option<Url>,
    /// Where a visitor of ours can follow somebody from their own server; contains `{uri}`.
    pub subscribe_template: Option<String>,
    /// The same for one thing to do, by the type of its activity; each contains `{uri}`.
    pub intents: Vec<(&'static str, String)>,
}

/// Looks up an account; `domain` may be in Unicode and may carry a port.
///
/// A server may answer for an account on another domain (its web address and its handles differ); that
/// domain is then asked too, and both must name the same actor. Errors: `Invalid` when this cannot be
/// a handle, `NotFound`, `Gone`, `Unavailable`, and `BadGateway` when the answer makes no sense.
pub fn lookup(client: &Client, username: &str, domain: &str) -> Result<Found> {
    let invalid = || Error::invalid("This is not an account name");
    let strange = |c: char| c.is_whitespace() || c.is_control() || "@/?#:<>\"".contains(c);
    if username.is_empty() || username.chars().count() > MAX_NAME_CHARS || username.contains(strange) {
        return Err(invalid());
    }
    let domain = normalise(domain).ok_or_else(invalid)?;

    let found = ask(client, username, &domain)?;
    if found.username.eq_ignore_ascii_case(username) && found.domain == domain {
        return Ok(found);
    }
    let confirmed = ask(client, &found.username, &found.domain)?;
    let agrees = confirmed.username.eq_ignore_ascii_case(&found.username)
        && confirmed.domain == found.domain
        && confirmed.actor_url == found.actor_url;
    match agrees {
        true => Ok(confirmed),
        false => Err(nonsense(format!("{domain} and {} do not agree on who this is", found.domain))),
    }
}

/// The domain of a handle as we store it, or `None` when it is none.
pub fn normalise(domain: &str) -> Option<String> {
    let url = Url::parse(&format!("https://{domain}/")).ok()?;
    // Anything that left the place of a host would show up elsewhere.
    let bare = url.username().is_empty()
        && url.password().is_none()
        && url.path() == "/"
        && url.query().is_none()
        && url.fragment().is_none();
    bare.then(|| url.authority().to_owned())
}

fn ask(client: &Client, username: &str, domain: &str) -> Result<Found> {
    let acct = format!("acct:{username}@{domain}");
    let well_known = format!("{}://{domain}/.well-known", client.scheme_for(domain));
    let mut url = address(&format!("{well_known}/webfinger"))?;
    url.query_pairs_mut().append_pair("resource", &acct);

    let jrd = match get(client, &url, "application/jrd+json, application/json") {
        Err(e) if e.kind == Kind::NotFound => {
            let Some(url) = by_host_meta(client, &format!("{well_known}/host-meta"), &acct)? else {
                return Err(e);
            };
            get(client, &url, "application/jrd+json, application/json")?
        }
        jrd => jrd?,
    };
    read(&jrd, username, domain)
}

/// The media type is not looked at: servers send jrd+json, json, octet-stream and text.
fn get(client: &Client, url: &Url, accept: &str) -> Result<Vec<u8>> {
    let answer = client.send(&Request { accept: Some(accept), max_bytes: MAX_BYTES, ..Request::get(url) })?;
    match answer.status {
        // Misskey forks say 400 for a name that they cannot read.
        400 => Err(Error::new(Kind::NotFound, "There is no such account")),
        _ => Ok(answer.expect_ok()?.body),
    }
}

/// Where the domain says that its WebFinger is. It is asked for only after a 404: nearly all have none.
fn by_host_meta(client: &Client, url: &str, acct: &str) -> Result<Option<Url>> {
    let accept = "application/xrd+xml, application/jrd+json, application/json";
    let body = match get(client, &address(url)?, accept) {
        Err(e) if matches!(e.kind, Kind::NotFound | Kind::Gone) => return Ok(None),
        body => body?,
    };
    let template = match serde_json::from_slice::<Value>(&body) {
        Ok(json) => {
            first(&json, |link| text(link, "rel") == "lrdd").map(|link| text(link, "template").to_owned())
        }
        Err(_) => links::in_markup(&String::from_utf8_lossy(&body))
            .into_iter()
            .find(|link| link.has_rel("lrdd"))
            .map(|link| link.template),
    };
    let resource: String = url::form_urlencoded::byte_serialize(acct.as_bytes()).collect();
    match template.filter(|template| template.contains("{uri}")) {
        Some(template) => address(&template.replace("{uri}", &resource)).map(Some),
        None => Ok(None),
    }
}

fn read(jrd: &[u8], username: &str, domain: &str) -> Result<Found> {
    let jrd: Value = serde_json::from_slice(jrd)
        .map_err(|e| nonsense(format!("{domain} does not speak WebFinger")).because(e))?;
    // A subject that is no handle (an address, say) leaves us with the name that was asked for.
    let subject = text(&jrd, "subject");
    let handle = subject.strip_prefix("acct:").unwrap_or(subject);
    let named = handle.trim_start_matches('@').split_once('@');
    let named = named.and_then(|(user, domain)| Some((user.to_owned(), normalise(domain)?)));
    let (username, domain) = named.unwrap_or_else(|| (username.to_owned(), domain.to_owned()));

    let web = |link: &Value| -> Option<Url> {
        let url = Url::parse(text(link, "href")).ok()?;
        ["https", "http"].contains(&url.scheme()).then_some(url)
    };
    let actor = first(&jrd, |link| {
        text(link, "rel") == "self" && is_activity_type(text(link, "type")) && web(link).is_some()
    });
    let Some(actor_url) = actor.and_then(web) else {
        return Err(nonsense(format!("{domain} names no ActivityPub actor for this account")));
    };
    Ok(Found {
        profile_page: first(&jrd, |link| text(link, "rel") == PROFILE_PAGE).and_then(web),
        subscribe_template: template(&jrd, INTENT, "{object}").or_else(|| template(&jrd, SUBSCRIBE, "{uri}")),
        intents: intents(&jrd),
        username,
        domain,
        actor_url,
    })
}

fn intents(jrd: &Value) -> Vec<(&'static str, String)> {
    let of = |(verb, place): &(&'static str, &str)| {
        let rel = INTENT.replace("Object", verb);
        Some((*verb, template(jrd, &rel, place)?))
    };
    INTENTS.iter().filter_map(of).collect()
}

/// With `{uri}` for what its server calls `place`.
fn template(jrd: &Value, rel: &str, place: &str) -> Option<String> {
    let link = first(jrd, |link| text(link, "rel") == rel)?;
    Some(text(link, "template").replace(place, "{uri}")).filter(|template| is_subscribe_template(template))
}

/// A visitor's browser is sent there, so it must be a web address even before `{uri}` is filled in.
fn is_subscribe_template(template: &str) -> bool {
    let url = Url::parse(&template.replace("{uri}", "x"));
    template.contains("{uri}") && url.is_ok_and(|url| ["https", "http"].contains(&url.scheme()))
}

fn first(jrd: &Value, wanted: impl Fn(&Value) -> bool) -> Option<&Value> {
    jrd.get("links")?.as_array()?.iter().find(|link| wanted(link))
}

/// The text under a key; empty when there is none.
fn text<'a>(json: &'a Value, key: &str) -> &'a str {
    json.get(key).and_then(Value::as_str).unwrap_or_default()
}

fn address(text: &str) -> Result<Url> {
    Url::parse(text).map_err(|e| nonsense("This address makes no sense").because(e))
}

#[cfg(test)]
mod tests {
    use super::super::fake::{Fake, answer, client, json};
    use super::*;

    const AP: &str = "application/activity+json";

    fn jrd(subject: &str, actor: &str) -> String {
        format!(
            r#"{{"subject":"{subject}","links":[
                {{"rel":"{PROFILE_PAGE}","type":"text/html","href":"{actor}?page"}},
                {{"rel":"self","type":"text/html","href":"https://wrong.example/"}},
                {{"rel":"self","type":"{AP}","href":"{actor}"}},
                {{"rel":"{SUBSCRIBE}","template":"{actor}/follow?uri={{uri}}"}}]}}"#
        )
    }

    fn domain(peer: &Fake) -> String {
        format!("127.0.0.1:{}", peer.port)
    }

    #[test]
    fn an_account_is_found_with_its_links() {
        let peer = Fake::start(|_, origin| {
            let subject = format!("acct:Alice@{}", &origin[7..]);
            json("text/plain", &jrd(&subject, &format!("{origin}/users/alice")))
        });
        let found = lookup(&client(), "alice", &domain(&peer)).unwrap();
        assert_eq!(found.username, "Alice");
        assert_eq!(found.domain, domain(&peer));
        assert_eq!(found.actor_url, peer.url("/users/alice"));
        assert_eq!(found.profile_page, Some(peer.url("/users/alice?page")));
        let template = found.subscribe_template.unwrap();
        assert!(template.ends_with("/users/alice/follow?uri={uri}"));
        let resource = format!("resource=acct%3Aalice%40127.0.0.1%3A{}", peer.port);
        assert!(peer.seen()[0].starts_with(&format!("GET /.well-known/webfinger?{resource} HTTP")));
    }

    #[test]
    fn a_subject_on_another_domain_is_believed_only_when_that_domain_agrees() {
        // What each domain says of bob: (the subject's domain, the actor).
        let server = |agrees: bool| {
            let apex = Fake::start(move |path, origin| {
                let port = origin.rsplit_once(':').unwrap().1;
                let actor = if agrees { "right" } else { "other" };
                assert!(path.contains(port));
                let subject = format!("acct:bob@{}", &origin[7..]);
                json(AP, &jrd(&subject, &format!("https://a.example/{actor}")))
            });
            let subject = format!("acct:bob@127.0.0.1:{}", apex.port);
            let web = Fake::start(move |_, _| json(AP, &jrd(&subject, "https://a.example/right")));
            (apex, web)
        };
        let (apex, web) = server(true);
        let found = lookup(&client(), "bob", &domain(&web)).unwrap();
        assert_eq!(found.domain, domain(&apex));
        let (_apex, web) = server(false);
        let e = lookup(&client(), "bob", &domain(&web)).unwrap_err();
        assert_eq!(e.kind, Kind::BadGateway);
    }

    #[test]
    fn host_meta_is_asked_after_a_404_in_both_its_forms() {
        for xml in [true, false] {
            let peer = Fake::start(move |path, origin| match path {
                "/.well-known/host-meta" if xml => answer(
                    200,
                    "Content-Type: application/xrd+xml",
                    format!("<XRD><Link rel=\"lrdd\" template=\"{origin}/wf?x=1&amp;r={{uri}}\"/></XRD>"),
                ),
                "/.well-known/host-meta" => json(
                    "application/json",
                    &format!(r#"{{"links":[{{"rel":"lrdd","template":"{origin}/wf?x=1&r={{uri}}"}}]}}"#),
                ),
                path if path.starts_with("/wf?x=1&r=acct%3Abob%40") => {
                    json(AP, &jrd("", &format!("{origin}/bob")))
                }
                _ => answer(404, "Content-Type: text/html", "<h1>no"),
            });
            let found = lookup(&client(), "bob", &domain(&peer)).unwrap();
            assert_eq!(found.actor_url, peer.url("/bob"));
            assert_eq!(peer.seen().len(), 3);
        }
    }

    #[test]
    fn a_missing_account_is_not_found_and_nonsense_is_no_answer() {
        let kind = |status: u16, body: &'static str| {
            let peer = Fake::start(move |_, _| answer(status, "Content-Type: text/html", body));
            lookup(&client(), "bob", &domain(&peer)).unwrap_err().kind
        };
        assert_eq!(kind(404, ""), Kind::NotFound);
        assert_eq!(kind(400, ""), Kind::NotFound);
        assert_eq!(kind(410, ""), Kind::Gone);
        assert_eq!(kind(503, ""), Kind::Unavailable);
        assert_eq!(kind(200, "<html>"), Kind::BadGateway);
        assert_eq!(kind(200, r#"{"subject":"acct:bob@x","links":{}}"#), Kind::BadGateway);
    }

    #[test]
    fn a_redirect_to_another_host_is_followed_with_its_query() {
        let web = Fake::start(|_, _| json(AP, &jrd("", "https://a.example/bob")));
        let to = web.url("");
        let apex = Fake::start(move |path, _| {
            let location = format!("Location: {}{}", to.as_str().trim_end_matches('/'), path);
            answer(301, &location, "")
        });
        let found = lookup(&client(), "bob", &domain(&apex)).unwrap();
        assert_eq!(found.domain, domain(&apex));
        assert!(web.seen()[0].contains("resource=acct%3Abob%40"));
    }

    #[test]
    fn what_is_no_handle_is_not_asked_for() {
        for (username, domain) in [
            ("", "a.example"),
            ("a b", "a.example"),
            ("a@b", "a.example"),
            ("a", ""),
            ("a", "a.example/path"),
            ("a", "user@a.example"),
            ("a", "a.example?x"),
            ("a", "a.example#x"),
            ("a", "a b"),
        ] {
            let e = lookup(&client(), username, domain).unwrap_err();
            assert_eq!(e.kind, Kind::Invalid, "{username}@{domain}");
        }
        assert_eq!(normalise("Ēxample.COM").as_deref(), Some("xn--xample-o3a.com"));
    }

    #[test]
    fn a_template_that_is_no_web_address_is_dropped() {
        assert!(is_subscribe_template("https://a.example/i?uri={uri}"));
        assert!(!is_subscribe_template("javascript:alert('{uri}')"));
        assert!(!is_subscribe_template("https://a.example/i"));
    }
}
