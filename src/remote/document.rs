//! Fetching an ActivityPub document so that its origin is certain.
//!
//! <https://www.w3.org/TR/activitypub/#retrieving-objects>. What keeps strangers from speaking in a
//! server's name: only the two ActivityStreams media types count (a JSON file that somebody uploaded
//! there has another), and a document's `id` must be the very address that it was read from.

use super::request::nonsense;
use super::{Answer, Client, Request, Sign, links};
use crate::error::Result;
use serde_json::Value;
use url::Url;

/// ld+json first: GoToSocial and Lemmy compare the exact text.
pub const ACCEPT: &str = "application/ld+json; profile=\"https://www.w3.org/ns/activitystreams\", \
                          application/activity+json";
const ACTIVITYSTREAMS: &str = "https://www.w3.org/ns/activitystreams";
/// Values in one document. Without this, 1 MiB of zeros would become 80 MiB of `Value`.
const MAX_VALUES: usize = 100_000;

#[derive(Debug)]
pub struct Document {
    /// Where it was read from, after redirects; its `id` apart from a fragment.
    pub url: Url,
    /// Always an object with a string `id`.
    pub json: Value,
}

/// Fetches the document at `url`, or the one that the HTML page there names as its alternate.
///
/// A document that names another `id` on the same host is fetched again from there, once. Errors:
/// `NotFound` (404), `Gone` (410), `Forbidden` (401, 403), `Unavailable` (unreachable, 429, 5xx),
/// `BadGateway` (no ActivityPub, foreign or wrong `id`, address not allowed).
pub fn fetch(client: &Client, url: &Url, sign: Option<Sign<'_>>) -> Result<Document> {
    let mut answer = get(client, url, sign)?;
    if is_html(&answer) {
        let alternate = alternate(&answer).ok_or_else(not_activitypub)?;
        answer = get(client, &alternate, sign)?;
    }
    let (json, id) = read(&answer)?;
    if same_resource(&id, &answer.url) {
        let url = answer.url;
        return Ok(Document { url, json });
    }
    if !same_host(&id, &answer.url) {
        return Err(nonsense("The document belongs to another server"));
    }
    let answer = get(client, &id, sign)?;
    let (json, again) = read(&answer)?;
    if again != id || !same_resource(&id, &answer.url) {
        return Err(nonsense("The document is not found at its own id"));
    }
    let url = answer.url;
    Ok(Document { url, json })
}

/// Is this the media type of an ActivityStreams document, parameters included?
pub fn is_activity_type(value: &str) -> bool {
    let (essence, parameters) = value.split_once(';').unwrap_or((value, ""));
    match essence.trim().to_ascii_lowercase().as_str() {
        "application/activity+json" => true,
        "application/ld+json" => parameters.split(';').any(|parameter| {
            let (name, value) = parameter.split_once('=').unwrap_or((parameter, ""));
            let mut profiles = value.trim().trim_matches('"').split_ascii_whitespace();
            name.trim().eq_ignore_ascii_case("profile") && profiles.any(|p| p == ACTIVITYSTREAMS)
        }),
        _ => false,
    }
}

fn get(client: &Client, url: &Url, sign: Option<Sign<'_>>) -> Result<Answer> {
    let request = Request { accept: Some(ACCEPT), sign, ..Request::get(url) };
    client.send(&request)?.expect_ok()
}

fn is_html(answer: &Answer) -> bool {
    let media_type = answer.headers.media_type();
    ["text/html", "application/xhtml+xml"].contains(&media_type.as_str())
}

/// The document behind a page, named in its header or its head. On the same host only: elsewhere the
/// page has no say.
fn alternate(answer: &Answer) -> Option<Url> {
    let headers = answer.headers.all("link").flat_map(links::in_header);
    let page = String::from_utf8_lossy(&answer.body);
    headers
        .chain(links::in_markup(&page))
        .filter(|link| link.has_rel("alternate") && is_activity_type(&link.media_type))
        .filter_map(|link| answer.url.join(&link.href).ok())
        .find(|url| same_host(url, &answer.url))
}

/// The document and its `id`, whatever that says.
fn read(answer: &Answer) -> Result<(Value, Url)> {
    if !is_activity_type(answer.headers.get("content-type").unwrap_or_default()) {
        return Err(not_activitypub());
    }
    let json = parse(&answer.body)?;
    let id = json.get("id").and_then(Value::as_str).map(Url::parse);
    match id {
        Some(Ok(id)) => Ok((json, id)),
        _ => Err(nonsense("The document has no id")),
    }
}

/// A JSON document of bounded size and depth that reads the same with and without JSON-LD.
///
/// Errors: `BadGateway` with the reason.
pub fn parse(body: &[u8]) -> Result<Value> {
    let values = body.iter().filter(|b| b",[{".contains(b)).count();
    if values > MAX_VALUES {
        return Err(nonsense("The document has too many parts"));
    }
    // serde_json itself refuses more than 128 levels, so walking the value cannot overflow the stack.
    let json: Value =
        serde_json::from_slice(body).map_err(|e| nonsense("The document is not valid JSON").because(e))?;
    if !is_plain(&json) {
        return Err(nonsense("The document uses JSON-LD that we do not read"));
    }
    Ok(json)
}

/// No key that would make a JSON-LD reader see another document than we do.
///
/// We read plain JSON and load no contexts. Mastodon refuses the same keys.
fn is_plain(json: &Value) -> bool {
    match json {
        Value::Object(map) => {
            let foreign = ["@graph", "@included", "@reverse"].iter();
            let aliased = [("id", "@id"), ("type", "@type")].iter();
            !foreign.clone().any(|key| map.contains_key(*key))
                && !aliased.clone().any(|(key, alias)| map.contains_key(*key) && map.contains_key(*alias))
                && map.values().all(is_plain)
        }
        Value::Array(list) => list.iter().all(is_plain),
        _ => true,
    }
}

/// Equal but for the fragment, which is never sent: `.../actor#main-key` is read from `.../actor`.
fn same_resource(a: &Url, b: &Url) -> bool {
    let bare = |url: &Url| {
        let mut url = url.clone();
        url.set_fragment(None);
        url
    };
    bare(a) == bare(b)
}

fn same_host(a: &Url, b: &Url) -> bool {
    a.has_host() && a.host() == b.host() && a.port_or_known_default() == b.port_or_known_default()
}

fn not_activitypub() -> crate::error::Error {
    nonsense("There is no ActivityPub document at this address")
}

#[cfg(test)]
mod tests {
    use super::super::fake::{Fake, answer, client, json};
    use super::*;
    use crate::error::Kind;

    const AP: &str = "application/activity+json; charset=utf-8";
    const LD: &str = "application/ld+json; profile=\"https://www.w3.org/ns/activitystreams\"";

    fn note(origin: &str, path: &str) -> String {
        format!(r#"{{"@context":"x","id":"{origin}{path}","type":"Note"}}"#)
    }

    fn kind_of(answer: impl Fn(&str, &str) -> Vec<u8> + Send + Sync + 'static) -> Kind {
        let peer = Fake::start(answer);
        fetch(&client(), &peer.url("/1"), None).unwrap_err().kind
    }

    #[test]
    fn both_media_types_are_read_and_asked_for() {
        for media_type in [AP, LD, "Application/LD+JSON;profile=https://www.w3.org/ns/activitystreams"] {
            let peer = Fake::start(move |path, origin| json(media_type, &note(origin, path)));
            let document = fetch(&client(), &peer.url("/1#me"), None).unwrap();
            assert_eq!(document.url, peer.url("/1"));
            assert_eq!(document.json["type"], "Note");
            assert!(peer.seen()[0].contains(&format!("accept: {ACCEPT}\r\n")));
        }
    }

    #[test]
    fn json_of_another_media_type_is_refused_since_it_may_be_an_upload() {
        for media_type in [
            "application/json",
            "application/ld+json",
            "application/ld+json; profile=\"https://www.w3.org/ns/anno\"",
            "text/plain",
            "image/png",
            "",
        ] {
            let kind = kind_of(move |path, origin| json(media_type, &note(origin, path)));
            assert_eq!(kind, Kind::BadGateway, "{media_type}");
        }
    }

    #[test]
    fn json_that_calls_itself_html_is_refused() {
        let kind = kind_of(|path, origin| json("text/html", &note(origin, path)));
        assert_eq!(kind, Kind::BadGateway);
    }

    #[test]
    fn a_page_leads_to_its_alternate_in_head_or_header() {
        let peer = Fake::start(|path, origin| match path {
            "/@alice" => answer(
                200,
                "Content-Type: text/html; charset=utf-8",
                r#"<link rel=alternate type="application/activity+json" href="/users/alice">"#,
            ),
            "/@bob" => answer(
                200,
                &format!(
                    "Content-Type: text/html\r\nLink: <{origin}/users/bob>; rel=\"alternate\"; type=\"application/activity+json\""
                ),
                "",
            ),
            _ => json(AP, &note(origin, path)),
        });
        for name in ["alice", "bob"] {
            let page = peer.url(&format!("/@{name}"));
            let document = fetch(&client(), &page, None).unwrap();
            assert_eq!(document.url, peer.url(&format!("/users/{name}")));
        }
    }

    #[test]
    fn a_page_leads_neither_to_another_host_nor_to_another_page() {
        let link = |href: &str| {
            let tag = format!("<link rel=alternate type=application/activity+json href='{href}'>");
            answer(200, "Content-Type: text/html", tag)
        };
        assert_eq!(kind_of(move |_, _| link("http://localhost:1/1")), Kind::BadGateway);
        let peer = Fake::start(move |_, _| link("/2"));
        assert!(fetch(&client(), &peer.url("/1"), None).is_err());
        assert_eq!(peer.seen().len(), 2);
    }

    #[test]
    fn another_id_on_the_same_host_is_fetched_once_and_must_then_agree() {
        let peer = Fake::start(|path, origin| match path {
            "/@alice/1" => json(AP, &note(origin, "/notes/1")),
            "/lies" => json(AP, &note(origin, "/more-lies")),
            "/more-lies" => json(AP, &note(origin, "/lies")),
            _ => json(AP, &note(origin, path)),
        });
        let document = fetch(&client(), &peer.url("/@alice/1"), None).unwrap();
        assert_eq!(document.url, peer.url("/notes/1"));
        let e = fetch(&client(), &peer.url("/lies"), None).unwrap_err();
        assert_eq!(e.kind, Kind::BadGateway);
        assert_eq!(peer.seen().len(), 4);
    }

    #[test]
    fn a_document_of_another_host_is_refused_and_not_asked_for() {
        assert_eq!(kind_of(|_, _| json(AP, &note("https://a.example", "/1"))), Kind::BadGateway);
        assert_eq!(kind_of(|_, _| json(AP, r#"{"type":"Note"}"#)), Kind::BadGateway);
        assert_eq!(kind_of(|_, _| json(AP, r#"["id"]"#)), Kind::BadGateway);
    }

    #[test]
    fn json_ld_with_two_readings_and_endless_json_are_refused() {
        for odd in [
            r#""@graph":[]"#.to_owned(),
            r#""tag":[{"@included":{}}]"#.to_owned(),
            r#""a":{"@reverse":{}}"#.to_owned(),
            r#""@id":"https://a.example/2""#.to_owned(),
            r#""@type":"Person","type":"Note""#.to_owned(),
            format!(r#""a":{}{}"#, "[".repeat(500), "]".repeat(500)),
            format!(r#""a":[0{}]"#, ",0".repeat(150_000)),
            r#""a":"#.to_owned(),
        ] {
            let kind = kind_of(move |path, origin| json(AP, &format!(r#"{{"id":"{origin}{path}",{odd}}}"#)));
            assert_eq!(kind, Kind::BadGateway);
        }
    }

    #[test]
    fn each_status_says_what_it_means() {
        for (status, kind) in [
            (204, Kind::BadGateway),
            (400, Kind::BadGateway),
            (401, Kind::Forbidden),
            (403, Kind::Forbidden),
            (404, Kind::NotFound),
            (410, Kind::Gone),
            (429, Kind::Unavailable),
            (503, Kind::Unavailable),
        ] {
            let content_type = format!("Content-Type: {AP}");
            assert_eq!(kind_of(move |_, _| answer(status, &content_type, "{}")), kind);
        }
    }
}
