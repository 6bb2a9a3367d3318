//! Previews of what pages offer beyond Open Graph: oEmbed, JSON-LD, Twitter's cards, and other character sets.

use crate::harness::Taure;
use crate::peer::{Peer, Silent};
use serde_json::{Value, json};

/// The card of a post that links there.
fn card(alice: &Taure, url: &str) -> Value {
    let post = alice.posts(&format!("Look {url}"));
    alice.settles();
    alice.status(post["id"].as_str().unwrap())["card"].clone()
}

/// A page that offers `oembed`, and the card that becomes of it.
fn offers(alice: &Taure, site: &Peer, path: &str, head: &str, oembed: Value) -> Value {
    let address = format!("/oembed{path}");
    site.publish(&format!("{}{address}", site.base), oembed);
    let link =
        format!("<link rel=alternate type=application/json+oembed href='{address}?format=json&amp;url=x'>");
    let url = site.page(path, &format!("<head>{link}{head}</head>"));
    let card = card(alice, &url);
    assert!(
        site.asked().contains(&format!("{address}?format=json&url=x")),
        "{path} was not asked for its oEmbed"
    );
    card
}

#[test]
fn a_film_has_its_player_in_one_frame_and_nothing_around_it() {
    let (alice, site) = (Taure::new(), Peer::new("web"));
    let head = "<title>Bees</title><meta property=og:image content=/large.png><meta property=og:description content=Film>";
    let oembed = json!({
        "type": "video", "version": "1.0", "title": "Bees, the film", "author_name": "Ann",
        "author_url": "https://b.test/ann", "provider_name": "Tube", "width": 640, "height": "360",
        "thumbnail_url": "/small.png",
        "html": "<script src='https://evil.test/x.js'></script><p onclick=x>Watch</p>\
            <iframe src='https://player.test/e/1?a=1&amp;b=2' onload='alert(1)' srcdoc='<script>1</script>' width=1 height=1></iframe>\
            <iframe src='https://other.test'></iframe>",
    });
    let card = offers(&alice, &site, "/film", head, oembed);
    assert_eq!(
        card["html"],
        "<iframe src=\"https://player.test/e/1?a=1&amp;b=2\" width=\"640\" height=\"360\" allowfullscreen=\"true\" \
         frameborder=\"0\" scrolling=\"no\" sandbox=\"allow-scripts allow-same-origin allow-popups \
         allow-popups-to-escape-sandbox allow-forms\"></iframe>"
    );
    for (key, value) in [
        ("type", json!("video")),
        ("title", json!("Bees, the film")),
        ("description", json!("Film")),
        ("author_name", json!("Ann")),
        ("author_url", json!("https://b.test/ann")),
        ("provider_name", json!("Tube")),
        ("width", json!(640)),
        ("height", json!(360)),
        ("image", json!(alice.shown(&format!("{}/large.png", site.base)))),
        ("embed_url", json!("")),
    ] {
        assert_eq!(card[key], value, "{key}");
    }
    // Our own pages show nothing foreign.
    let page = alice.as_stranger("/@alice").text;
    assert!(page.contains("Look") && !page.contains("<iframe"));
}

#[test]
fn photos_rich_frames_and_links_are_what_they_say() {
    let (alice, site) = (Taure::new(), Peer::new("web"));
    let head = "<title>T</title>";
    let photo = json!({"type": "photo", "version": "1.0", "url": "/p.jpg", "width": 1600, "height": 1200, "title": "A bee"});
    let card = offers(&alice, &site, "/photo", head, photo);
    let picture = alice.shown(&format!("{}/p.jpg", site.base));
    assert_eq!(
        (&card["type"], &card["embed_url"], &card["image"]),
        (&json!("photo"), &json!(picture), &json!(picture))
    );
    assert_eq!((&card["title"], &card["width"], &card["html"]), (&json!("A bee"), &json!(1600), &json!("")));

    let rich = json!({"type": "rich", "html": "<iframe src='https://p.test/list' height=80></iframe>", "width": null});
    let card = offers(&alice, &site, "/rich", head, rich);
    assert_eq!((&card["type"], &card["height"], &card["width"]), (&json!("rich"), &json!(80), &json!(0)));
    assert!(card["html"].as_str().unwrap().starts_with("<iframe src=\"https://p.test/list\" height=\"80\""));

    let script = json!({"type": "rich", "html": "<blockquote>x</blockquote><script src=https://p.test/x.js></script>"});
    let card = offers(&alice, &site, "/script", head, script);
    assert_eq!((&card["type"], &card["html"], &card["title"]), (&json!("link"), &json!(""), &json!("T")));

    let link = json!({"type": "link", "title": "Not this", "author_name": "Bo", "thumbnail_url": "/t.png", "width": 5});
    let card = offers(&alice, &site, "/link", head, link);
    assert_eq!(
        (&card["type"], &card["title"], &card["author_name"]),
        (&json!("link"), &json!("T"), &json!("Bo"))
    );
    assert_eq!(
        (&card["image"], &card["width"]),
        (&json!(alice.shown(&format!("{}/t.png", site.base))), &json!(0))
    );
    // A page without a title of its own has that of its oEmbed.
    let card = offers(&alice, &site, "/bare", "", json!({"type": "link", "title": "From there"}));
    assert_eq!(card["title"], "From there");
}

#[test]
fn a_hostile_oembed_costs_the_page_nothing() {
    let (alice, site) = (Taure::new(), Peer::new("web"));
    let head = "<title>T</title>";
    let own = format!("<iframe src='{}/settings'></iframe>", alice.base.replace("http:", "https:"));
    for (path, oembed) in [
        ("/own", json!({"type": "video", "html": own})),
        ("/plain", json!({"type": "video", "html": "<iframe src='http://p.test/1'></iframe>"})),
        ("/script", json!({"type": "video", "html": "<iframe src='javascript:alert(1)'></iframe>"})),
        ("/data", json!({"type": "photo", "url": "data:image/png;base64,x"})),
        (
            "/large",
            json!({"type": "video", "html": format!("<iframe src='https://p.test'></iframe>{}", "x".repeat(70_000))}),
        ),
        ("/odd", json!([1, 2])),
        ("/untyped", json!({"html": "<iframe src='https://p.test'></iframe>"})),
    ] {
        let card = offers(&alice, &site, path, head, oembed);
        let seen = (&card["type"], &card["title"], &card["html"], &card["embed_url"], &card["width"]);
        assert_eq!(seen, (&json!("link"), &json!("T"), &json!(""), &json!(""), &json!(0)), "{path}");
    }
    // One that is not there, one that leads into the house, and one that is no address.
    for href in ["/missing", "http://192.168.1.1/oembed", "file:///etc/passwd", "http://["] {
        let link = format!("<link rel=alternate type=application/json+oembed href='{href}'><title>T</title>");
        let card = card(&alice, &site.page("/other", &link));
        assert_eq!((&card["type"], &card["title"]), (&json!("link"), &json!("T")), "{href}");
        alice.later(8 * taure::model::time::DAY);
    }
}

#[test]
fn a_page_whose_oembed_goes_becomes_a_link_again() {
    let (alice, site) = (Taure::new(), Peer::new("web"));
    let video = json!({"type": "video", "html": "<iframe src='https://p.test/1'></iframe>"});
    assert_eq!(offers(&alice, &site, "/film", "<title>T</title>", video)["type"], "video");
    alice.later(8 * taure::model::time::DAY);
    let again = card(&alice, &site.page("/film", "<title>Later</title>"));
    assert_eq!(
        (&again["type"], &again["html"], &again["title"]),
        (&json!("link"), &json!(""), &json!("Later"))
    );
}

#[test]
fn an_oembed_that_never_answers_leaves_the_page_its_preview() {
    let (mut alice, site, silent) = (Taure::new(), Peer::new("web"), Silent::new());
    alice.may_leave_jobs = true;
    let link =
        format!("<title>T</title><link rel=alternate type=application/json+oembed href='{}/o'>", silent.base);
    let post = alice.posts(&site.page("/slow", &link));
    std::thread::sleep(std::time::Duration::from_millis(300));
    silent.hangs_up();
    alice.settles();
    assert_eq!(alice.status(post["id"].as_str().unwrap())["card"]["title"], "T");
}

#[test]
fn json_ld_and_twitters_cards_fill_what_open_graph_leaves_open() {
    let (alice, site) = (Taure::new(), Peer::new("web"));
    let article = json!({"@context": "https://schema.org", "@graph": [
        {"@type": "Organization", "@id": "#hive", "name": "The Hive"},
        {"@type": "NewsArticle", "headline": "Bees &amp; honey", "description": "All about them", "image": ["/bee.png"],
         "author": [{"@type": "Person", "name": "Ann", "url": "/ann"}], "publisher": {"@id": "#hive"},
         "datePublished": "2026-01-02T03:04:05+00:00"},
    ]});
    let html = format!("<title>x</title><script type='application/ld+json'>{article}</script>");
    let card_of = card(&alice, &site.page("/ld", &html));
    for (key, value) in [
        ("title", json!("Bees & honey")),
        ("description", json!("All about them")),
        ("image", json!(alice.shown(&format!("{}/bee.png", site.base)))),
        ("author_name", json!("Ann")),
        ("author_url", json!(format!("{}/ann", site.base))),
        ("provider_name", json!("The Hive")),
        ("published_at", json!("2026-01-02T03:04:05.000Z")),
        ("type", json!("link")),
    ] {
        assert_eq!(card_of[key], value, "{key}");
    }
    let html = "<title>x</title><meta name=twitter:title content=Tweeted><meta name=twitter:image content=/t.png>\
        <meta name=twitter:description content=Short><meta name=twitter:player content=https://p.test/player>";
    let card = card(&alice, &site.page("/twitter", html));
    assert_eq!((&card["title"], &card["description"]), (&json!("Tweeted"), &json!("Short")));
    assert_eq!(
        (&card["type"], &card["html"]),
        (&json!("link"), &json!("")),
        "no provider vouches for a player there"
    );
}

#[test]
fn pages_in_other_character_sets_are_read() {
    let (alice, site) = (Taure::new(), Peer::new("web"));
    let bytes = |html: &str, letters: &[u8]| {
        let mut page = html.as_bytes().to_vec();
        page.extend(letters);
        page
    };
    let utf16: Vec<u8> = "\u{feff}<title>Medus</title>".encode_utf16().flat_map(u16::to_le_bytes).collect();
    for (path, kind, page, title) in [
        (
            "/header",
            "text/html; charset=ISO-8859-1",
            bytes("<title>", b"Caf\xE9 \x93x\x94"),
            Some("Café “x”"),
        ),
        ("/euro", "text/html;charset=\"iso-8859-15\"", bytes("<title>", b"5 \xA4"), Some("5 €")),
        ("/meta", "text/html", bytes("<meta charset='windows-1251'><title>", b"\xCC\xB8\xE4"), Some("Мёд")),
        (
            "/equiv",
            "text/html",
            bytes(
                "<meta http-equiv=content-type content='text/html; charset=koi8-r'><title>",
                b"\xED\xA3\xC4",
            ),
            Some("Мёд"),
        ),
        (
            "/baltic",
            "text/html; charset=windows-1257",
            bytes("<title>", b"Bi\xF0u l\xE2\xE8is"),
            Some("Bišu lāčis"),
        ),
        ("/japan", "text/html; charset=Shift_JIS", bytes("<title>", b"\x96I\x96\xA8"), Some("蜂蜜")),
        ("/china", "text/html", bytes("<meta charset=gbk><title>", b"\xB7\xE4\xC3\xDB"), Some("蜂蜜")),
        ("/mark", "text/html; charset=latin1", bytes("\u{feff}<title>", "Bišu".as_bytes()), Some("Bišu")),
        ("/utf-16", "text/html", utf16, Some("Medus")),
        ("/utf-8", "text/html", bytes("<title>", "Bišu".as_bytes()), Some("Bišu")),
        ("/none", "text/html", bytes("<title>", b"Caf\xE9"), None),
        ("/unknown", "text/html; charset=x-klingon", bytes("<title>", b"Caf\xE9"), None),
    ] {
        let card = card(&alice, &site.file(path, kind, &page));
        assert_eq!(card["title"].as_str(), title, "{path}");
    }
    // A description that cannot be read is left out, and the rest stays.
    let page = bytes("<title>Bees</title><meta name=description content='", b"Caf\xE9'>");
    let card = card(&alice, &site.file("/half", "text/html", &page));
    assert_eq!((&card["title"], &card["description"]), (&json!("Bees"), &json!("")));
}
