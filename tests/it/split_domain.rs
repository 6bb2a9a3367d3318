//! Handles on one domain, the server on another, as other software does it: the server is asked first and the domain that
//! its answer names second, and both must lead to the same actor.
//! <https://docs.joinmastodon.org/spec/webfinger/>. The owner's own split domain: `tests/peers/split.py`, over https.

use crate::harness::Taure;
use crate::peer::Peer;
use serde_json::{Value, json};

/// `bob`, whose server is at `web` and whose handle is at `apex`. `self_link` is what the apex says.
fn bob(web: &Peer, apex: &Peer, self_link: &str) {
    let jrd = |subject: &Peer, actor: &str| {
        json!({
            "subject": format!("acct:bob@{}", subject.domain()),
            "links": [{"rel": "self", "type": "application/activity+json", "href": actor}],
        })
    };
    web.publish("/.well-known/webfinger", jrd(apex, &web.actor()));
    apex.publish("/.well-known/webfinger", jrd(apex, self_link));
}

/// The account that wrote to the owner out of the blue.
fn writes(web: &Peer, taure: &Taure) -> Value {
    let note = web.note(&format!("<p>{}</p>", taure.handle()), &[taure]);
    assert_eq!(web.delivers(taure, &web.create(&note)).status, 202);
    taure.settles();
    taure.notifications("mention").pop().expect("no mention")["account"].clone()
}

fn asked(peer: &Peer) -> Vec<String> {
    peer.asked().into_iter().filter(|path| path.starts_with("/.well-known/webfinger")).collect()
}

#[test]
fn the_server_is_asked_first_and_the_domain_that_it_names_second() {
    let (taure, web, apex) = (Taure::new(), Peer::new("bob"), Peer::new("nobody"));
    bob(&web, &apex, &web.actor());
    let account = writes(&web, &taure);
    assert_eq!(account["acct"], format!("bob@{}", apex.domain()));
    assert_eq!(account["uri"], web.actor());
    let resource = |peer: &Peer| {
        let acct = format!("acct:bob@{}", peer.domain());
        format!("/.well-known/webfinger?resource={}", acct.replace(':', "%3A").replace('@', "%40"))
    };
    assert_eq!((asked(&web), asked(&apex)), (vec![resource(&web)], vec![resource(&apex)]));
    // Either name leads there, and no second account comes of it.
    for handle in [web.handle(), format!("@bob@{}", apex.domain())] {
        assert_eq!(taure.finds(&handle)["id"], account["id"]);
    }
}

#[test]
fn a_domain_that_leads_elsewhere_lends_its_name_to_nobody() {
    let (taure, web, apex) = (Taure::new(), Peer::new("bob"), Peer::new("nobody"));
    bob(&web, &apex, &apex.actor());
    let account = writes(&web, &taure);
    assert_eq!(account["acct"], format!("bob@{}", web.domain()), "the host of the id, which cannot lie");
}

#[test]
fn an_actor_that_names_its_handle_is_believed_when_that_domain_agrees() {
    for agrees in [true, false] {
        let (taure, web, apex) = (Taure::new(), Peer::new("bob"), Peer::new("nobody"));
        let other = if agrees { web.actor() } else { apex.actor() };
        bob(&web, &apex, &other);
        let mut document = web.actor_document();
        document["webfinger"] = json!(format!("bob@{}", apex.domain())); // FEP-2c59
        web.publish(&web.actor(), document);
        let expected = if agrees { &apex } else { &web };
        assert_eq!(writes(&web, &taure)["acct"], format!("bob@{}", expected.domain()));
    }
}

#[test]
fn a_domain_that_passes_the_question_on_is_followed() {
    let (taure, web, apex) = (Taure::new(), Peer::new("bob"), Peer::new("nobody"));
    bob(&web, &apex, &web.actor());
    let there = format!("{}/.well-known/webfinger?resource=acct:bob@{}", web.base, apex.domain());
    apex.answer("/.well-known/webfinger", 301, json!({"location": there}));
    let found = taure.finds(&format!("@bob@{}", apex.domain()));
    assert_eq!(
        (&found["acct"], &found["uri"]),
        (&json!(format!("bob@{}", apex.domain())), &json!(web.actor()))
    );
    taure.settles();
}
