//! What everybody gets: the pages as an app, the policies.

use crate::harness::Taure;
use crate::pages_requests::Browser;
use url::form_urlencoded::Serializer;

#[test]
fn the_pages_can_be_installed_as_an_app() {
    let taure = Taure::new();
    for page in ["/", "/@alice", "/about", "/auth/sign_in", "/nowhere"] {
        let html = taure.as_stranger(page).text;
        assert!(html.contains("<link rel=\"manifest\" href=\"/manifest.webmanifest\">"), "{page}");
    }
    let answer = taure.as_stranger("/manifest.webmanifest");
    assert_eq!(answer.header("content-type"), Some("application/manifest+json"));
    assert_eq!(answer.header("set-cookie"), None);
    let manifest = answer.ok();
    assert_eq!((&manifest["name"], &manifest["short_name"]), (&"alice of the tests".into(), &"alice".into()));
    for at_home in ["id", "start_url", "scope"] {
        assert_eq!(manifest[at_home], "/", "{at_home}");
    }
    for (icon, sizes) in manifest["icons"].as_array().unwrap().iter().zip(["192x192", "512x512"]) {
        let file = taure.as_stranger(icon["src"].as_str().unwrap());
        assert_eq!((file.status, file.header("content-type")), (200, icon["type"].as_str()));
        assert_eq!(icon["sizes"], sizes);
    }
    let owner = Browser::of(&taure);
    assert!(owner.get("/").text.contains("rel=\"manifest\""));
    let shortcuts = manifest["shortcuts"].as_array().unwrap();
    assert_eq!(shortcuts.len(), 3);
    for shortcut in shortcuts {
        assert_eq!(owner.get(shortcut["url"].as_str().unwrap()).status, 200, "{shortcut}");
    }
}

#[test]
fn what_another_app_shares_stands_in_the_box() {
    let taure = Taure::new();
    let target = taure.as_stranger("/manifest.webmanifest").ok()["share_target"].clone();
    let (action, method) = (target["action"].as_str().unwrap(), target["method"].as_str().unwrap());
    assert_eq!(method, "GET");
    let address = |title: &str, text: &str, url: &str| {
        let mut query = Serializer::new(String::new());
        for (name, value) in [("title", title), ("text", text), ("url", url)] {
            query.append_pair(target["params"][name].as_str().unwrap(), value);
        }
        format!("{action}?{}", query.finish())
    };
    let owner = Browser::of(&taure);
    let shared = [
        (("Ziņas", "Look & see", "https://a.example/1"), "Ziņas\nLook &amp; see\nhttps://a.example/1"),
        (("Ziņas", "", "https://a.example/1"), "Ziņas\nhttps://a.example/1"),
        (("", "See https://a.example/1", "https://a.example/1"), "See https://a.example/1"),
        (("Ziņas", "Ziņas https://a.example/1", ""), "Ziņas https://a.example/1"),
        (("", "", "https://a.example/1"), "https://a.example/1"),
        (("", "", ""), ""),
    ];
    for ((title, text, url), wanted) in shared {
        let page = owner.get(&address(title, text, url)).text;
        let inside = page.split_once("<textarea").unwrap().1.split_once('>').unwrap().1;
        assert_eq!(inside.split_once("</textarea>").unwrap().0, wanted);
    }
    // Who has to sign in first does not lose it.
    let door = taure.as_stranger(&address("Ziņas", "Look", "https://a.example/1"));
    assert_eq!(door.status, 303);
    assert!(door.header("location").unwrap().contains("Look"));
}

#[test]
fn what_is_kept_and_on_what_terms_is_told_to_everybody() {
    let taure = Taure::new();
    let front = taure.as_stranger("/").text;
    for (path, heading) in [("/privacy-policy", "Privacy policy"), ("/terms-of-service", "Terms of service")]
    {
        let page = taure.as_stranger(path);
        assert_eq!((page.status, page.header("set-cookie")), (200, None));
        assert!(page.text.contains(&format!("<h1>{heading}</h1>")), "{path}");
        assert!(page.text.contains(&format!("@alice@{}", taure.domain)), "{path} tells whom to ask");
        assert!(front.contains(&format!("href=\"{path}\"")), "{path} is not linked");
    }
    let urls = &taure.as_stranger("/api/v2/instance").ok()["configuration"]["urls"];
    assert_eq!(urls["privacy_policy"], format!("{}/privacy-policy", taure.base));
}
