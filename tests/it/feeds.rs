//! Feeds and the sitemap: what everybody may read, in documents that strict readers take.

use crate::harness::{Answer, Taure};
use crate::peer::Peer;
use crate::pictures;
use serde_json::{Value, json};

const OWN: [&str; 3] = ["/@alice.atom", "/@alice.rss", "/@alice/feed.json"];
const TAG: [&str; 3] = ["/tags/this.atom", "/tags/this.rss", "/tags/this.json"];

#[derive(Debug)]
struct Element {
    /// `feed/entry/link`.
    path: String,
    attributes: Vec<(String, String)>,
    text: String,
}

impl Element {
    fn attribute(&self, name: &str) -> &str {
        self.attributes.iter().find(|(n, _)| n == name).map_or("", |(_, value)| value)
    }
}

/// The four entities that the server writes; anything else is a mistake.
#[track_caller]
fn decoded(text: &str) -> String {
    assert!(!text.contains(['<', '>']), "not escaped: {text}");
    let mut parts = text.split('&');
    let mut out = parts.next().unwrap().to_owned();
    for part in parts {
        let (name, rest) = part.split_once(';').expect("a bare ampersand");
        out.push(match name {
            "amp" => '&',
            "lt" => '<',
            "gt" => '>',
            "quot" => '"',
            other => panic!("unknown entity {other}"),
        });
        out.push_str(rest);
    }
    out
}

/// Every element in the order of its start, of a document that is well-formed.
#[track_caller]
fn parsed(xml: &str) -> Vec<Element> {
    let allowed = |c: char| matches!(c, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..);
    assert!(xml.chars().all(allowed), "a character that XML does not have");
    let mut rest = xml.strip_prefix("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n").unwrap();
    let (mut elements, mut open): (Vec<Element>, Vec<(String, usize)>) = (Vec::new(), Vec::new());
    while let Some(inside) = rest.strip_prefix('<') {
        let end = inside.find('>').unwrap();
        let tag = &inside[..end];
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(open.pop().unwrap().0, name);
        } else {
            let (name, mut left) = tag.split_once(' ').unwrap_or((tag, ""));
            let mut attributes = Vec::new();
            while !left.is_empty() {
                let (key, value) = left.split_once("=\"").unwrap();
                let (value, after) = value.split_once('"').unwrap();
                assert!(attributes.iter().all(|(known, _)| known != key), "{key} twice");
                attributes.push((key.to_owned(), decoded(value)));
                left = after.strip_prefix(' ').unwrap_or(after);
            }
            open.push((name.to_owned(), elements.len()));
            let path = open.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>().join("/");
            elements.push(Element { path, attributes, text: String::new() });
        }
        rest = &inside[end + 1..];
        let text = &rest[..rest.find('<').unwrap_or(rest.len())];
        rest = &rest[text.len()..];
        match open.last() {
            Some((_, at)) => elements[*at].text.push_str(&decoded(text)),
            None => assert_eq!((text.trim(), rest), ("", ""), "after the root"),
        }
    }
    assert!(open.is_empty() && rest.is_empty());
    elements
}

fn all<'a>(elements: &'a [Element], path: &str) -> Vec<&'a Element> {
    elements.iter().filter(|e| e.path == path).collect()
}

#[track_caller]
fn one<'a>(elements: &'a [Element], path: &str) -> &'a str {
    let found = all(elements, path);
    assert_eq!(found.len(), 1, "{path}");
    &found[0].text
}

fn says(taure: &Taure, status: Value) -> Value {
    taure.post("/api/v1/statuses", status).ok()
}

/// What the three feeds say alike: id and HTML of each item.
#[track_caller]
fn items(taure: &Taure, path: &str) -> Vec<(String, String)> {
    let answer = taure.as_stranger(path);
    assert_eq!(answer.status, 200, "{path}: {}", answer.text);
    if path.ends_with(".json") {
        let text = |v: &Value| v.as_str().unwrap().to_owned();
        let items = answer.json["items"].as_array().unwrap();
        return items.iter().map(|i| (text(&i["id"]), text(&i["content_html"]))).collect();
    }
    let (id, html) = match path.ends_with(".atom") {
        true => ("feed/entry/id", "feed/entry/content"),
        false => ("rss/channel/item/guid", "rss/channel/item/description"),
    };
    let document = parsed(&answer.text);
    let (ids, html) = (all(&document, id), all(&document, html));
    ids.iter().zip(html).map(|(id, html)| (id.text.clone(), html.text.clone())).collect()
}

#[test]
fn each_format_says_what_its_readers_need() {
    let taure = Taure::new();
    let id = pictures::upload(&taure, "A red \"square\"");
    let post = says(&taure, json!({"status": "Look & see #This", "media_ids": [id], "language": "en"}));
    let (uri, url) = (post["uri"].as_str().unwrap(), post["url"].as_str().unwrap());
    let (page, own) = (format!("{}/@alice", taure.base), format!("{}/media/", taure.base));

    let answer = taure.as_stranger(OWN[0]);
    assert_eq!(answer.header("content-type"), Some("application/atom+xml; charset=utf-8"));
    let atom = parsed(&answer.text);
    assert_eq!(atom[0].attribute("xmlns"), "http://www.w3.org/2005/Atom");
    assert_eq!(
        (one(&atom, "feed/title"), one(&atom, "feed/author/name")),
        ("alice of the tests", "alice of the tests")
    );
    assert!(one(&atom, "feed/icon").starts_with(&taure.base));
    let links: Vec<_> =
        all(&atom, "feed/link").iter().map(|l| (l.attribute("rel"), l.attribute("href"))).collect();
    assert_eq!(links, [("self", format!("{page}.atom").as_str()), ("alternate", page.as_str())]);
    assert_eq!((one(&atom, "feed/entry/id"), one(&atom, "feed/entry/title")), (uri, "Look & see #This"));
    assert_eq!(one(&atom, "feed/entry/published"), post["created_at"]);
    assert_eq!(one(&atom, "feed/updated"), post["created_at"]);
    let entry = all(&atom, "feed/entry")[0];
    assert_eq!(entry.attribute("xml:lang"), "en");
    let category = all(&atom, "feed/entry/category")[0];
    assert_eq!((category.attribute("term"), category.attribute("label")), ("this", "#This"));
    let (alternate, file) = (all(&atom, "feed/entry/link")[0], all(&atom, "feed/entry/link")[1]);
    assert_eq!((alternate.attribute("href"), file.attribute("rel")), (url, "enclosure"));
    assert!(file.attribute("href").starts_with(&own) && file.attribute("type").starts_with("image/"));
    assert_eq!(file.attribute("title"), "A red \"square\"");
    let served = taure.as_stranger(file.attribute("href").strip_prefix(&taure.base).unwrap());
    assert_eq!(served.header("content-length"), Some(file.attribute("length")));

    let answer = taure.as_stranger(OWN[1]);
    assert_eq!(answer.header("content-type"), Some("application/rss+xml; charset=utf-8"));
    let rss = parsed(&answer.text);
    assert_eq!((one(&rss, "rss/channel/link"), one(&rss, "rss/channel/item/link")), (page.as_str(), url));
    assert_eq!(all(&rss, "rss/channel/atom:link")[0].attribute("href"), format!("{page}.rss"));
    assert_eq!(one(&rss, "rss/channel/item/guid"), uri);
    assert!(one(&rss, "rss/channel/item/pubDate").ends_with(" GMT"));
    assert_eq!(one(&rss, "rss/channel/item/category"), "this");
    let enclosure = all(&rss, "rss/channel/item/enclosure")[0];
    assert_eq!(enclosure.attribute("url"), file.attribute("href"));
    assert_eq!(enclosure.attribute("length"), file.attribute("length"));

    let answer = taure.as_stranger(OWN[2]);
    assert_eq!(answer.header("content-type"), Some("application/feed+json; charset=utf-8"));
    let feed = answer.json;
    assert_eq!(feed["version"], "https://jsonfeed.org/version/1.1");
    assert_eq!(
        (&feed["feed_url"], &feed["home_page_url"]),
        (&json!(format!("{page}/feed.json")), &json!(page))
    );
    let item = &feed["items"][0];
    assert_eq!((&item["id"], &item["url"], &item["tags"]), (&json!(uri), &json!(url), &json!(["this"])));
    assert_eq!(item["attachments"][0]["url"], file.attribute("href"));
    assert_eq!(item["attachments"][0]["size_in_bytes"].to_string(), file.attribute("length"));

    for path in TAG {
        assert_eq!(items(&taure, path), items(&taure, OWN[0]), "{path}");
    }
}

#[test]
fn only_what_is_public_and_said_to_everybody_is_in_a_feed() {
    let (taure, peer) = (Taure::new(), Peer::new("bob"));
    let public = says(&taure, json!({"status": "Everybody #this"}));
    for visibility in ["unlisted", "private", "direct"] {
        says(&taure, json!({"status": "Few #this #hidden", "visibility": visibility}));
    }
    peer.follows(&taure);
    let note = peer.note("<p>Theirs #this</p>", &[&taure]);
    assert_eq!(peer.delivers(&taure, &peer.create(&note)).status, 202);
    taure.settles();
    let theirs = taure.finds_status(note["id"].as_str().unwrap());
    taure.post(&format!("/api/v1/statuses/{}/reblog", theirs["id"].as_str().unwrap()), json!({})).ok();
    says(&taure, json!({"status": "An answer", "in_reply_to_id": theirs["id"]}));
    let more = says(&taure, json!({"status": "My own thread", "in_reply_to_id": public["id"]}));
    taure.settles();

    let ids = |path: &str| items(&taure, path).into_iter().map(|(id, _)| json!(id)).collect::<Vec<_>>();
    for path in OWN {
        assert_eq!(ids(path), [more["uri"].clone(), public["uri"].clone()], "{path}");
    }
    for path in TAG {
        assert_eq!(ids(path), [public["uri"].clone()], "{path}");
    }
    // The owner's token and session change nothing.
    assert_eq!(taure.get(OWN[0]).text, taure.as_stranger(OWN[0]).text);
    for ending in ["atom", "rss", "json"] {
        for path in [format!("/tags/hidden.{ending}"), format!("/tags/nothing.{ending}")] {
            assert_eq!(taure.as_stranger(&path).status, 404, "{path}");
        }
    }
    for path in ["/@bob.atom", "/@bob.rss", "/@bob/feed.json", "/@alice.xml", "/@.rss"] {
        assert_eq!(taure.as_stranger(path).status, 404, "{path}");
    }
}

#[test]
fn what_is_behind_a_warning_stays_behind_it() {
    let taure = Taure::new();
    let id = pictures::upload(&taure, "secret picture");
    says(&taure, json!({"status": "The butler", "spoiler_text": "Who did <it>", "media_ids": [id]}));
    let id = pictures::upload(&taure, "another picture");
    says(&taure, json!({"status": "A text for all", "sensitive": true, "media_ids": [id]}));
    for path in OWN {
        let answer = taure.as_stranger(path);
        assert!(
            !answer.text.contains("butler") && !answer.text.contains("/media/"),
            "{path}: {}",
            answer.text
        );
        let found = items(&taure, path);
        assert!(found[0].1.contains("A text for all") && found[0].1.contains("Behind a warning"), "{path}");
        assert!(
            found[1].1.contains("Who did &lt;it&gt;") && found[1].1.contains("Behind a warning"),
            "{path}"
        );
    }
    let atom = parsed(&taure.as_stranger(OWN[0]).text);
    assert_eq!(all(&atom, "feed/entry/title")[1].text, "Who did <it>");
}

#[test]
fn hostile_text_stays_text() {
    let taure = Taure::new();
    let evil = "]]> <script>&amp; \u{0}\u{8}\u{fffe}\" 🦀 </content>";
    taure
        .call(
            "PATCH",
            "/api/v1/accounts/update_credentials",
            Some(json!({"display_name": evil, "note": evil})),
        )
        .ok();
    says(&taure, json!({"status": evil}));
    says(&taure, json!({"status": "x", "spoiler_text": evil}));
    for path in OWN {
        let found = items(&taure, path);
        assert!(
            found[1].1.contains("]]&gt; &lt;script&gt;&amp;amp;") && found[1].1.contains('🦀'),
            "{found:?}"
        );
        assert!(!found.iter().any(|(_, html)| html.contains("<script")));
    }
    let title = |path: &str, at: &str| all(&parsed(&taure.as_stranger(path).text), at)[0].text.clone();
    for title in
        [title(OWN[0], "feed/title"), title(OWN[1], "rss/channel/title"), title(OWN[0], "feed/entry/title")]
    {
        assert!(title.starts_with("]]> <script>&amp;"), "{title}");
    }
}

#[test]
fn a_feed_is_kept_for_five_minutes_and_not_sent_twice() {
    let taure = Taure::new();
    let post = says(&taure, json!({"status": "First #this"}));
    let known = |path: &str, answer: &Answer| {
        let etag = answer.header("etag").unwrap();
        taure.send("GET", path, &[("if-none-match", etag)], None).status
    };
    for path in OWN.iter().chain(&TAG).chain(&["/sitemap.xml"]) {
        let answer = taure.as_stranger(path);
        assert_eq!(answer.header("cache-control"), Some("public, max-age=300"), "{path}");
        assert_eq!(known(path, &answer), 304, "{path}");
        // Readers that take any JSON are given no actor.
        let headers = [("accept", "application/feed+json, application/json, */*")];
        assert_eq!(taure.send("GET", path, &headers, None).text, answer.text, "{path}");
    }
    let before = taure.as_stranger(OWN[0]);
    taure.later(5_000);
    let path = format!("/api/v1/statuses/{}", post["id"].as_str().unwrap());
    taure.call("PUT", &path, Some(json!({"status": "Second"}))).ok();
    assert_eq!(known(OWN[0], &before), 200);
    let atom = parsed(&taure.as_stranger(OWN[0]).text);
    assert_ne!(one(&atom, "feed/entry/updated"), one(&atom, "feed/entry/published"));
    taure.call("DELETE", &path, None).ok();
    assert_eq!(items(&taure, OWN[0]), []);
}

#[test]
fn the_pages_name_their_feeds() {
    let taure = Taure::new();
    says(&taure, json!({"status": "Labs #rīts_1"}));
    for (page, stem) in [("/@alice", "/@alice"), ("/", "/@alice"), ("/tags/r%C4%ABts_1", "/tags/r%C4%ABts_1")]
    {
        let text = taure.as_stranger(page).text;
        let mut found = 0;
        for part in text.split("<link rel=\"alternate\"").skip(1) {
            let href = part.split_once("href=\"").unwrap().1.split_once('"').unwrap().0;
            if href.starts_with(stem) {
                assert_eq!(items(&taure, href).len(), 1, "{href}");
                found += 1;
            }
        }
        assert_eq!(found, 3, "{page}");
    }
    assert!(!taure.as_stranger("/tags/nothing").text.contains(".atom"));
}

#[test]
fn the_sitemap_is_for_owners_who_want_to_be_found() {
    let taure = Taure::new();
    let robots = taure.as_stranger("/robots.txt");
    assert!(robots.text.starts_with("User-agent: *\nDisallow: /api/\n"), "{}", robots.text);
    assert!(robots.text.ends_with(&format!("\n\nSitemap: {}/sitemap.xml\n", taure.base)));
    let open = says(&taure, json!({"status": "Find this"}));
    says(&taure, json!({"status": "Not this", "visibility": "unlisted"}));
    let seen = |wanted: bool| {
        taure.call("PATCH", "/api/v1/profile", Some(json!({"discoverable": wanted}))).ok();
        let map = parsed(&taure.as_stranger("/sitemap.xml").text);
        all(&map, "urlset/url/loc").into_iter().map(|l| l.text.clone()).collect::<Vec<_>>()
    };
    let (profile, about) = (format!("{}/@alice", taure.base), format!("{}/about", taure.base));
    assert_eq!(seen(true), [&profile, &about, open["url"].as_str().unwrap()]);
    assert_eq!(seen(false), Vec::<String>::new());
}
