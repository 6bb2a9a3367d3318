//! What visitors and crawlers see: whole answers that are kept, and never what is not for them.

use crate::harness::{Taure, request};
use crate::pages_requests::Browser;
use serde_json::json;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use taure::model::Visibility;
use taure::ops::statuses::{NewStatus, publish};

/// Posts and gives the path of the post's page.
fn says(taure: &Taure, text: &str, visibility: Visibility) -> String {
    let new = NewStatus { text: text.to_owned(), visibility: Some(visibility), ..NewStatus::default() };
    let status = publish(&taure.app(), &new).unwrap();
    format!("/@{}/{}", taure.username, status.id)
}

/// One answer as it stands on the wire: headers in lower case, and bytes.
fn raw(taure: &Taure, method: &str, path: &str, headers: &str) -> (String, Vec<u8>) {
    let mut wire = TcpStream::connect(&taure.domain).unwrap();
    let text =
        format!("{method} {path} HTTP/1.1\r\nhost: {}\r\nconnection: close\r\n{headers}\r\n", taure.domain);
    wire.write_all(text.as_bytes()).unwrap();
    let mut answer = BufReader::new(wire);
    let (mut head, mut body) = (String::new(), Vec::new());
    while !head.ends_with("\r\n\r\n") {
        answer.read_line(&mut head).unwrap();
    }
    answer.read_to_end(&mut body).unwrap();
    (head.to_lowercase(), body)
}

#[test]
fn a_page_is_kept_until_something_changes_that_it_shows() {
    let taure = Taure::new();
    let post = says(&taure, "The first thought", Visibility::Public);
    taure.settles();
    let kept = || taure.house().kept_pages().0;
    let first = taure.as_stranger("/@alice");
    assert!(first.text.contains("The first thought"));
    assert_eq!(kept(), 1);
    assert_eq!(taure.as_stranger("/@alice").text, first.text);
    assert_eq!(kept(), 1);

    let tag = first.header("etag").unwrap();
    let again = taure.send("GET", "/@alice", &[("if-none-match", tag)], None);
    assert_eq!((again.status, again.text.as_str(), again.header("etag")), (304, "", Some(tag)));
    let (head, body) = raw(&taure, "HEAD", "/@alice", "");
    assert!(head.starts_with("http/1.1 200") && body.is_empty());
    assert!(head.contains(&format!("content-length: {}\r\n", first.text.len())), "{head}");

    says(&taure, "The second thought", Visibility::Public);
    let second = taure.send("GET", "/@alice", &[("if-none-match", tag)], None);
    assert_eq!(second.status, 200);
    assert!(second.text.contains("The second thought"));

    assert!(taure.as_stranger(&post).text.contains("The first thought"));
    let id = post.rsplit_once('/').unwrap().1;
    taure.call("PUT", &format!("/api/v1/statuses/{id}"), Some(json!({"status": "Thought again"}))).ok();
    assert!(taure.as_stranger(&post).text.contains("Thought again"));
    assert!(taure.as_stranger("/@alice.atom").text.contains("Thought again"));
    taure.call("DELETE", &format!("/api/v1/statuses/{id}"), None).ok();
    assert_eq!(taure.as_stranger(&post).status, 410);
    for page in ["/", "/@alice", "/@alice.atom", "/@alice/feed.json", "/sitemap.xml"] {
        assert!(!taure.as_stranger(page).text.contains("Thought again"), "{page}");
    }
    taure.settles();
}

#[test]
fn what_is_the_owners_never_comes_from_what_is_kept() {
    let taure = Taure::new();
    let owner = Browser::of(&taure);
    let secret = says(&taure, "Between us only", Visibility::Private);
    for _ in 0..2 {
        for page in ["/", "/@alice", secret.as_str()] {
            let mine = owner.get(page);
            assert!(mine.text.contains("Between us only") && mine.text.contains("name=\"csrf\""), "{page}");
            assert_eq!(mine.header("cache-control"), Some("private, no-store"));
            let theirs = taure.as_stranger(page);
            assert!(!theirs.text.contains("Between us only") && !theirs.text.contains("csrf"), "{page}");
            assert_eq!(theirs.header("set-cookie"), None);
        }
    }
    // A token of an app, whichever way it comes.
    let bearer = format!("Bearer {}", taure.token);
    let with_token = taure.send("GET", "/@alice", &[("authorization", &bearer)], None);
    assert!(!with_token.text.contains("Between us only"));
    assert_eq!(taure.send("GET", "/@alice", &[("authorization", "Bearer wrong")], None).status, 303);
    // The document of the same address.
    assert_eq!(taure.document("/@alice").json["type"], "Person");
    assert!(taure.as_stranger("/@alice").text.starts_with("<!DOCTYPE html>"));
    // Who locks the door afterwards is not seen from before.
    let open = says(&taure, "Seen for a while", Visibility::Public);
    assert!(taure.as_stranger(&open).text.contains("Seen for a while"));
    let id = open.rsplit_once('/').unwrap().1.parse().unwrap();
    let app = taure.app();
    app.store
        .write(|tx| tx.run("UPDATE statuses SET visibility = 2 WHERE id = ?1", [taure::model::StatusId(id)]))
        .unwrap();
    assert_eq!(taure.as_stranger(&open).status, 404);
    assert!(!taure.as_stranger("/").text.contains("Seen for a while"));
    taure.settles();
}

#[test]
fn a_hundred_addresses_of_one_page_do_not_fill_the_memory() {
    let taure = Taure::new();
    for n in 0..30 {
        says(&taure, &format!("Post {n} {}", "of some words ".repeat(20)), Visibility::Public);
    }
    taure.settles();
    for n in 0..300 {
        assert_eq!(taure.as_stranger(&format!("/@alice?page={n}")).status, 200);
    }
    let (count, bytes) = taure.house().kept_pages();
    assert!((10..=200).contains(&count) && bytes <= 2 << 20, "{count} answers of {bytes} bytes");
    // Nor long addresses, nor what is not there.
    let (before, _) = taure.house().kept_pages();
    taure.as_stranger(&format!("/@alice?x={}", "x".repeat(300)));
    taure.as_stranger("/@nobody");
    assert_eq!(taure.house().kept_pages().0, before);
}

#[test]
fn a_page_grows_old_within_a_minute() {
    let taure = Taure::new();
    says(&taure, "Just now", Visibility::Public);
    taure.settles();
    let young = taure.as_stranger("/").text;
    taure.later(50_000);
    assert_eq!(taure.as_stranger("/").text, young);
    taure.later(3_600_000);
    assert_ne!(taure.as_stranger("/").text, young);
}

#[test]
fn pages_and_files_go_out_compressed_to_who_reads_that() {
    let taure = Taure::new();
    says(&taure, &"Some words in many lines. ".repeat(30), Visibility::Public);
    taure.settles();
    let page = taure.as_stranger("/");
    let sheet = format!(
        "/assets/style.css?v={}",
        page.text.split("style.css?v=").nth(1).unwrap().split('"').next().unwrap()
    );
    for path in ["/", "/@alice.atom", &sheet] {
        let plain =
            request("GET", &format!("{}{path}", taure.base), &[("accept-encoding", "identity")], None);
        assert_eq!(plain.header("content-encoding"), None);
        let (head, bytes) = raw(&taure, "GET", path, "accept-encoding: gzip, br\r\n");
        assert!(head.contains("content-encoding: gzip\r\n"), "{path}: {head}");
        assert!(
            head.contains("accept-encoding")
                && head.contains(&format!("content-length: {}\r\n", bytes.len()))
        );
        assert!(bytes.starts_with(&[0x1f, 0x8b]) && bytes.len() * 2 < plain.text.len(), "{path}");
        let tag = head.split("etag: ").nth(1).unwrap().split("\r\n").next().unwrap().to_owned();
        assert!(tag.starts_with("w/"));
        let plain_tag = plain.header("etag").unwrap();
        let (again, nothing) =
            raw(&taure, "GET", path, &format!("accept-encoding: gzip\r\nif-none-match: {plain_tag}\r\n"));
        assert!(again.starts_with("http/1.1 304") && nothing.is_empty(), "{again}");
    }
    // The owner's pages hold a secret and are not compressed: <https://breachattack.com/>.
    assert_eq!(Browser::of(&taure).get("/").header("content-encoding"), None);
}

#[test]
fn the_first_page_is_small_and_asks_nobody_else() {
    let taure = Taure::new();
    for n in 0..25 {
        let words = "A post of the usual length says what it has to say in some two hundred letters, names a #topic or \
                     two, and leads to a page that is worth to be read, as this one at https://example.org/a/page does.";
        says(&taure, &format!("{n} {words}"), Visibility::Public);
    }
    let page = taure.as_stranger("/");
    assert_eq!(page.text.matches("<article").count(), 20);
    assert!(page.text.len() < 40_000, "{} bytes", page.text.len());
    assert_eq!(page.text.matches("rel=\"stylesheet\"").count(), 1);
    assert_eq!(page.text.matches("<script src=").count(), 1);
    assert!(page.text.contains("defer></script>") && !page.text.contains("rel=\"preload\""));
    assert_eq!(page.header("set-cookie"), None);
    // Everything that a browser fetches by itself is here.
    for (attribute, start) in
        [("src=\"", "src=\""), ("rel=\"stylesheet\" href=\"", "href=\""), ("poster=\"", "poster=\"")]
    {
        for found in page.text.split(attribute).skip(1) {
            assert!(
                found.starts_with('/') && !found.starts_with("//"),
                "{start}{}",
                &found[..found.len().min(60)]
            );
        }
    }
    for img in page.text.split("<img ").skip(1).map(|img| img.split('>').next().unwrap()) {
        assert!(img.contains(" alt=") || img.contains("alt=\""), "no text: {img}");
        assert!(
            img.contains("class=\"emoji\"") || (img.contains("width=") && img.contains("height=")),
            "no size: {img}"
        );
    }
}

#[test]
fn every_public_page_says_what_it_is() {
    let taure = Taure::new();
    let post = says(&taure, "A thought", Visibility::Public);
    for (path, canonical) in [
        ("/", "/@alice"),
        ("/@alice", "/@alice"),
        ("/@alice?tab=about", "/@alice?tab=about"),
        ("/about", "/about"),
        ("/privacy-policy", "/privacy-policy"),
        ("/terms-of-service", "/terms-of-service"),
        (post.as_str(), post.as_str()),
    ] {
        let page = taure.as_stranger(path);
        assert_eq!(page.status, 200, "{path}");
        let html = page.text;
        assert!(html.contains("<html lang=\"en\">") && html.contains("<title>"), "{path}");
        assert!(
            html.contains("<meta name=\"description\" content=\"") && !html.contains("content=\"\""),
            "{path}"
        );
        let link = format!("<link rel=\"canonical\" href=\"{}{canonical}\">", taure.base);
        assert!(html.contains(&link), "{path} has no {link}");
        assert_eq!(html.matches("<h1").count(), 1, "{path}");
    }
    let front = taure.as_stranger("/").text;
    assert!(front.contains("og:image:alt\" content=\"Avatar of alice of the tests\""));
    // An attacker's name cannot end the data block.
    taure
        .call(
            "PATCH",
            "/api/v1/accounts/update_credentials",
            Some(json!({"display_name": "</script><b>", "discoverable": true})),
        )
        .ok();
    let front = taure.as_stranger("/").text;
    let data = front.split("application/ld+json\">").nth(1).unwrap().split("</script>").next().unwrap();
    let data: serde_json::Value = serde_json::from_str(data).unwrap();
    assert_eq!(data["@type"], "ProfilePage");
    assert_eq!(data["mainEntity"]["name"], "</script><b>");
    assert_eq!(data["mainEntity"]["url"], format!("{}/@alice", taure.base));
    taure.settles();
}

#[test]
fn a_profile_has_tabs_for_what_there_is() {
    let taure = Taure::new();
    says(&taure, "About #birds only", Visibility::Public);
    says(&taure, "About #cats only", Visibility::Public);
    let page = taure.as_stranger("/@alice").text;
    for tab in ["replies", "media", "about"] {
        assert!(page.contains(&format!("href=\"/@alice?tab={tab}\"")), "{tab}");
    }
    assert!(!page.contains("tab=people") && !page.contains("class=\"chips\""));
    taure.post("/api/v1/featured_tags", json!({"name": "Birds"})).ok();
    let page = taure.as_stranger("/@alice").text;
    assert!(page.contains("href=\"/@alice?tag=birds\">#Birds</a>") || page.contains("?tag=birds"), "no chip");
    let birds = taure.as_stranger("/@alice?tag=birds").text;
    assert!(birds.contains(" only</p>") && birds.contains("birds") && !birds.contains("/tags/cats"));
    assert!(birds.contains("aria-current=\"page\">#"));
    let about = taure.as_stranger("/@alice?tab=about").text;
    assert!(about.contains("1 post") && about.contains("/@alice.atom"));

    // Those who agreed to be recommended, and nobody else.
    let bob = Taure::named("bob");
    let seen = taure.follows(&bob);
    let body = json!({"name": "Friends", "discoverable": true, "account_ids": [seen["id"]]});
    let made = taure.post("/api/v1/collections", body);
    if made.status == 200 {
        let waiting = taure.as_stranger("/@alice?tab=people").text;
        assert!(!waiting.contains(&bob.handle()));
        let app = taure.app();
        app.store.write(|tx| tx.run("UPDATE collection_items SET state = 1", [])).unwrap();
        let page = taure.as_stranger("/@alice").text;
        assert!(page.contains("tab=people"));
        let people = taure.as_stranger("/@alice?tab=people").text;
        assert!(people.contains("Friends") && people.contains(&bob.handle()));
    }
    taure.settles();
}

#[test]
fn the_owner_says_what_this_place_is() {
    let taure = Taure::new();
    let owner = Browser::of(&taure);
    let path = "/settings/policies";
    assert_eq!(taure.as_stranger(path).status, 303);
    assert!(owner.get(path).text.contains("GPTBot"));
    assert_eq!(owner.send(path, &[("about", "x")]).status, 403, "without the token of a form");
    let before = taure.as_stranger("/privacy-policy").text;
    let standard =
        taure.as_stranger("/api/v1/instance/privacy_policy").ok()["content"].as_str().unwrap().to_owned();
    assert!(before.contains(&standard), "page and API differ");

    let said = [
        ("about", "A quiet place.\n\n- for birds\n- for <cats>"),
        ("rules", "Be kind\n\nNo adverts\n"),
        ("privacy", &standard_text(&owner, "privacy")),
        ("terms", "# Terms\nMine. See https://example.org/"),
        ("crawlers", "NosyBot\n"),
    ];
    assert_eq!(owner.press(path, path, &said).status, 303);
    let about = taure.as_stranger("/about").text;
    assert!(about.contains("<p>A quiet place.</p><ul><li>for birds</li><li>for &lt;cats&gt;</li></ul>"));
    assert!(about.contains("<li dir=\"auto\">Be kind</li><li dir=\"auto\">No adverts</li>"));
    let rules = taure.as_stranger("/api/v1/instance/rules").ok();
    assert_eq!((rules[0]["id"].as_str(), rules[1]["text"].as_str()), (Some("1"), Some("No adverts")));
    assert_eq!(taure.as_stranger("/api/v2/instance").ok()["rules"], rules);
    let document = taure.as_stranger("/api/v1/instance/extended_description").ok();
    assert!(document["content"].as_str().unwrap().starts_with("<p>A quiet place."));
    let terms = taure.as_stranger("/api/v1/instance/terms_of_service").ok();
    assert!(
        terms["content"]
            .as_str()
            .unwrap()
            .starts_with("<h2>Terms</h2><p>Mine. See <a href=\"https://example.org/\"")
    );
    let dated = format!("/api/v1/instance/terms_of_service/{}", terms["effective_date"].as_str().unwrap());
    assert_eq!(taure.as_stranger(&dated).ok(), terms);
    assert_eq!(taure.as_stranger("/api/v1/instance/terms_of_service/2001-01-01").status, 404);
    assert!(taure.as_stranger("/terms-of-service").text.contains("<h2>Terms</h2>"));
    // A standard text that was sent back as it stood is not made the owner's.
    assert!(taure.app().store.read(taure::store::instance::settings).unwrap().place.privacy.is_empty());

    // What cannot be stays in the box.
    for bad in ["Nosy Bot\nAllow: /", "Spötter"] {
        let answer = owner.press(path, path, &[("about", "Kept words"), ("crawlers", bad)]);
        assert_eq!(answer.status, 422, "{bad}");
        assert!(answer.text.contains("Kept words") && answer.text.contains("role=\"alert\""));
    }
    let many = "x\n".repeat(21);
    assert_eq!(owner.press(path, path, &[("rules", &many)]).status, 422);
    assert!(taure.as_stranger("/robots.txt").text.contains("NosyBot"));
}

/// What stands in a box of the page.
fn standard_text(owner: &Browser, name: &str) -> String {
    let html = owner.get("/settings/policies").text;
    let inside = html.split(&format!("name=\"{name}\"")).nth(1).unwrap().split_once('>').unwrap().1;
    let text = inside.split("</textarea>").next().unwrap();
    text.replace("&quot;", "\"").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
}

#[test]
fn crawlers_are_told_what_is_not_for_them() {
    let taure = Taure::new();
    let owner = Browser::of(&taure);
    let post = says(&taure, "For people", Visibility::Public);
    let discoverable = |on: bool| {
        taure.call("PATCH", "/api/v1/accounts/update_credentials", Some(json!({"discoverable": on}))).ok();
    };
    discoverable(true);
    let robots = taure.as_stranger("/robots.txt").text;
    for name in ["GPTBot", "CCBot", "ClaudeBot", "Google-Extended"] {
        assert!(robots.contains(&format!("User-agent: {name}\n")), "{name}");
    }
    assert!(robots.contains("\nDisallow: /\n") && robots.contains("\nSitemap: "));
    let pages =
        ["/", "/@alice", "/@alice?tab=media", post.as_str(), "/about", "/@alice.atom", "/@alice/feed.json"];
    for page in pages {
        assert_eq!(taure.as_stranger(page).header("x-robots-tag"), Some("noai, noimageai"), "{page}");
    }
    assert!(taure.as_stranger("/").text.contains("<meta name=\"robots\" content=\"noai, noimageai\">"));
    discoverable(false);
    for page in pages {
        assert_eq!(
            taure.as_stranger(page).header("x-robots-tag"),
            Some("noindex, noai, noimageai"),
            "{page}"
        );
    }
    for page in ["/", post.as_str()] {
        assert!(taure.as_stranger(page).text.contains("<meta name=\"robots\" content=\"noindex"), "{page}");
    }
    assert!(!taure.as_stranger("/robots.txt").text.contains("Sitemap"));
    assert!(!taure.as_stranger("/sitemap.xml").text.contains("<url>"));
    discoverable(true);
    owner.press("/settings/policies", "/settings/policies", &[("crawlers", "")]);
    assert_eq!(taure.as_stranger("/").header("x-robots-tag"), None);
    assert_eq!(taure.as_stranger("/robots.txt").text.matches("User-agent").count(), 1);
    taure.settles();
}

#[test]
fn a_visitor_acts_from_their_own_server() {
    let taure = Taure::new();
    let bob = Taure::named("bob");
    let post = says(&taure, "Answer me", Visibility::Public);
    let few = says(&taure, "Not you", Visibility::Private);
    let id = post.rsplit_once('/').unwrap().1;
    let page = taure.as_stranger(&format!("/interact/{id}"));
    assert!(page.text.contains("Answer me") && page.text.contains("value=\"Announce\""));
    assert!(page.text.contains("content=\"noindex\"") && page.header("set-cookie").is_none());
    assert_eq!(taure.as_stranger(&format!("/interact/{}", few.rsplit_once('/').unwrap().1)).status, 404);
    assert!(taure.as_stranger("/interact").text.contains("name=\"acct\""));
    assert!(taure.as_stranger(&post).text.contains("name=\"act\" value=\"Like\""));

    let uri = format!("{}/statuses/{id}", taure.actor());
    let send = |acct: &str, uri: &str, origin: &str| {
        let body = url::form_urlencoded::Serializer::new(String::new())
            .extend_pairs([("acct", acct), ("uri", uri), ("act", "Announce")])
            .finish();
        let headers = [("content-type", "application/x-www-form-urlencoded"), ("origin", origin)];
        request("POST", &format!("{}/remote", taure.base), &headers, Some(body.as_bytes()))
    };
    let led = send(&bob.handle(), &uri, &taure.base);
    assert_eq!((led.status, led.header("set-cookie")), (200, None));
    assert!(led.text.contains(&format!("{}/", bob.base)), "it does not lead to bob's server");
    assert_eq!(send(&bob.handle(), &uri, "https://evil.example").status, 403);
    assert_eq!(send(&bob.handle(), "https://evil.example/1", &taure.base).status, 422);
    // What was typed is there again.
    for wrong in ["bob", &format!("@nobody@{}", bob.domain)] {
        let again = send(wrong, &uri, &taure.base);
        assert!(matches!(again.status, 404 | 422), "{wrong}: {}", again.status);
        assert!(again.text.contains(&format!("value=\"{wrong}\"")) && again.text.contains("role=\"alert\""));
        assert!(again.text.contains("Answer me"));
    }
    assert!(send("bob", &taure.actor(), &taure.base).text.contains("Follow"));
}

#[test]
fn what_is_not_there_is_said_in_the_owners_house() {
    let taure = Taure::new();
    let post = says(&taure, "Soon gone", Visibility::Public);
    let id = post.rsplit_once('/').unwrap().1;
    taure.call("DELETE", &format!("/api/v1/statuses/{id}"), None).ok();
    for (path, status, title) in [("/nowhere", 404, "Nothing here"), (post.as_str(), 410, "It was here")] {
        let page = taure.as_stranger(path);
        assert_eq!((page.status, page.header("cache-control")), (status, Some("no-store")));
        assert!(page.text.contains(&format!("<h1>{title}</h1>")) && page.text.contains("href=\"/@alice\""));
        assert!(page.text.contains("alice of the tests") && page.text.contains("href=\"/about\""));
        assert!(page.text.contains("<meta name=\"robots\" content=\"noindex\">"));
    }
    taure.settles();
}
