//! A post in a frame on another site. <https://oembed.com/>

use crate::harness::{Taure, request};
use crate::peer::Peer;
use serde_json::json;

fn ask(taure: &Taure, url: &str, more: &str) -> crate::harness::Answer {
    let q: String = url::form_urlencoded::byte_serialize(url.as_bytes()).collect();
    taure.as_stranger(&format!("/api/oembed?url={q}{more}"))
}

#[test]
fn an_open_post_has_a_frame_that_any_site_may_show() {
    let alice = Taure::new();
    let post = alice.posts("A <b>post</b> & more");
    let url = post["url"].as_str().unwrap();
    for address in [url, post["uri"].as_str().unwrap(), &format!("{url}?x=1#y")] {
        let found = ask(&alice, address, "").ok();
        assert_eq!(
            (&found["type"], &found["version"], &found["width"]),
            (&json!("rich"), &json!("1.0"), &json!(400))
        );
        assert_eq!(found["author_name"], "alice of the tests");
        assert!(found["html"].as_str().unwrap().contains(&format!("src=\"{url}/embed\"")), "{found}");
    }
    assert_eq!(ask(&alice, url, "&maxwidth=300&maxheight=200").ok()["height"], 200);
    assert_eq!(ask(&alice, url, "&maxwidth=-5&maxheight=x").ok()["width"], 400);
    let frame = request("GET", &format!("{url}/embed"), &[], None);
    assert_eq!(frame.status, 200);
    assert!(frame.text.contains("A &lt;b&gt;post&lt;/b&gt; &amp; more") && !frame.text.contains("<script"));
    let policy = frame.header("content-security-policy").unwrap();
    assert!(policy.contains("default-src 'none'") && policy.contains("frame-ancestors *"));
    assert!(frame.header("x-frame-options").is_none());
    let page = request("GET", url, &[], None);
    assert!(page.text.contains("type=\"application/json+oembed\""));
    assert!(page.header("content-security-policy").unwrap().contains("frame-ancestors 'none'"));
}

#[test]
fn nothing_else_can_be_framed() {
    let (alice, bob) = (Taure::new(), Peer::new("bob"));
    let session = taure::ops::auth::start_session(&alice.app().store, "test").unwrap();
    let cookie = format!("taure={session}");
    for visibility in ["private", "direct"] {
        let post = alice.post("/api/v1/statuses", json!({"status": "secret", "visibility": visibility})).ok();
        let url = post["url"].as_str().unwrap();
        assert_eq!(ask(&alice, url, "").status, 404);
        // Not even to the owner: the frame stands on another site.
        for headers in [&[][..], &[("cookie", cookie.as_str())]] {
            let frame = request("GET", &format!("{url}/embed"), headers, None);
            assert!(frame.status == 404 && !frame.text.contains("secret"), "{visibility} {}", frame.status);
        }
        let page = request("GET", url, &[("cookie", &cookie)], None);
        assert!(page.text.contains("secret") && !page.text.contains("json+oembed"));
    }
    let note = bob.note("<p>theirs</p>", &[]);
    let theirs = alice.finds_status(note["id"].as_str().unwrap());
    assert_eq!(ask(&alice, note["id"].as_str().unwrap(), "").status, 404);
    let frame = format!("{}/@alice/{}/embed", alice.base, theirs["id"].as_str().unwrap());
    assert_eq!(request("GET", &frame, &[], None).status, 404);
    for nonsense in ["", "x", "https://elsewhere.invalid/1", "javascript:alert(1)"] {
        assert_eq!(ask(&alice, nonsense, "").status, 404, "{nonsense}");
    }
    assert_eq!(alice.as_stranger("/api/oembed").status, 404);
}
