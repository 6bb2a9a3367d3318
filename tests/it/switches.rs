//! The test switches are off unless somebody turns them on.

use crate::harness::{Taure, request};
use crate::peer::Peer;
use serde_json::json;
use std::path::Path;
use taure::config::Config;

#[test]
fn nobody_on_this_machine_or_in_its_network_is_asked_unless_the_operator_says_so() {
    let taure = Taure::closed();
    let peer = Peer::new("bob");
    for address in
        [peer.handle(), peer.actor(), "http://127.0.0.1:1/x".into(), "http://169.254.169.254/".into()]
    {
        let query: String = url::form_urlencoded::byte_serialize(address.as_bytes()).collect();
        let found = taure.get(&format!("/api/v2/search?q={query}&resolve=true")).ok();
        assert_eq!(found["accounts"], json!([]), "{address}");
        assert_eq!(found["statuses"], json!([]), "{address}");
    }
    assert!(peer.asked().is_empty(), "the peer was asked: {:?}", peer.asked());

    // Nor for the key of a signature: then nobody can be believed.
    let answer = peer.delivers(&taure, &peer.activity("Follow", json!(taure.actor())));
    assert!(matches!(answer.status, 401 | 503), "{} {}", answer.status, answer.text);
    assert!(peer.asked().is_empty());
}

#[test]
fn a_fresh_configuration_has_no_switch_on() {
    let config = Config::load(Path::new("/nonexistent"), &[]).unwrap();
    assert!(config.allow_private.is_empty() && config.extra_ca.is_none());
}

#[test]
fn with_the_switch_the_same_peer_is_found() {
    let taure = Taure::new();
    let peer = Peer::new("bob");
    assert_eq!(taure.finds(&peer.handle())["acct"], peer.handle()[1..]);
    assert!(!peer.asked().is_empty());
    assert_eq!(request("GET", &format!("{}/health", taure.base), &[], None).text, "OK");
}
