//! What the server tells of itself.

use crate::harness::Taure;
use crate::peer::Peer;
use serde_json::json;

#[test]
fn pitfall_62_to_65_apps_find_what_they_read_at_their_start() {
    let taure = Taure::new();
    let v2 = taure.as_stranger("/api/v2/instance").ok();
    assert!(v2["contact"]["email"].is_string() && v2["thumbnail"]["url"].is_string());
    assert_eq!(v2["registrations"]["enabled"], false);
    let configuration = &v2["configuration"];
    for (part, keys) in [
        ("statuses", &["max_characters", "max_media_attachments", "characters_reserved_per_url"][..]),
        ("polls", &["max_options", "max_characters_per_option", "min_expiration", "max_expiration"]),
        (
            "accounts",
            &[
                "max_featured_tags",
                "max_pinned_statuses",
                "max_profile_fields",
                "profile_field_name_limit",
                "profile_field_value_limit",
                "max_avatar_description_length",
            ],
        ),
        ("media_attachments", &["image_size_limit", "image_matrix_limit", "description_limit"]),
    ] {
        for key in keys {
            assert!(configuration[part][key].is_u64(), "{part}.{key}");
        }
    }
    assert_eq!(configuration["urls"]["streaming"], taure.base.replacen("http", "ws", 1));
    assert_eq!((&v2["title"], &v2["domain"]), (&json!("alice of the tests"), &json!(taure.domain)));
    assert_eq!(configuration["statuses"]["characters_reserved_per_url"], 23);
    assert!(configuration["vapid"]["public_key"].as_str().is_some_and(|key| key.len() == 87));
    assert_eq!(configuration["translation"]["enabled"], false);
    let media = &configuration["media_attachments"];
    assert!(media["supported_mime_types"].as_array().unwrap().contains(&json!("image/png")));
    for limit in ["video_size_limit", "video_frame_rate_limit", "video_matrix_limit"] {
        assert!(media[limit].is_u64(), "{limit}");
    }
    for feed in ["live_feeds", "hashtag_feeds", "trending_link_feeds"] {
        for from in ["local", "remote"] {
            let access = configuration["timelines_access"][feed][from].as_str().unwrap();
            assert!(["public", "authenticated", "disabled"].contains(&access), "{feed} {from}");
        }
    }
    for icon in v2["icon"].as_array().unwrap() {
        let path = icon["src"].as_str().unwrap().strip_prefix(&taure.base).unwrap().to_owned();
        assert_eq!(taure.as_stranger(&path).status, 200);
        assert!(icon["size"].as_str().unwrap().contains('x'));
    }
    for address in ["about", "privacy_policy"] {
        let url = configuration["urls"][address].as_str().unwrap().strip_prefix(&taure.base).unwrap();
        assert_eq!(taure.as_stranger(url).status, 200, "{address}");
    }
    let v1 = taure.as_stranger("/api/v1/instance").ok();
    assert_eq!(v1["uri"], taure.domain);
    assert!(v1["max_toot_chars"].is_u64() && v1["rules"] == json!([]));
    assert!(v1["urls"]["streaming_api"].as_str().unwrap().starts_with("ws"));
    assert_eq!((&v1["contact_account"]["acct"], &v1["stats"]["user_count"]), (&json!("alice"), &json!(1)));
}

#[test]
fn pitfall_66_peers_are_the_servers_that_are_known_and_can_be_searched() {
    let (taure, peer) = (Taure::new(), Peer::new("bob"));
    assert_eq!(taure.as_stranger("/api/v1/instance/peers").ok(), json!([]));
    taure.finds(&peer.handle());
    taure.settles();
    let domain = peer.domain();
    assert_eq!(taure.as_stranger("/api/v1/instance/peers").ok(), json!([domain]));
    assert_eq!(taure.as_stranger("/api/v1/peers/search?q=LOCAL").ok(), json!([domain]));
    for nothing in ["", "?q=", "?q=zebra", "?q=%F4%8F%BF%BF"] {
        assert_eq!(taure.as_stranger(&format!("/api/v1/peers/search{nothing}")).ok(), json!([]), "{nothing}");
    }
    assert_eq!(taure.as_stranger("/api/v1/instance").ok()["stats"]["domain_count"], 1);
}

#[test]
fn activity_counts_what_everybody_can_count_in_strings() {
    let taure = Taure::new();
    taure.posts("one");
    taure.posts("two");
    taure.post("/api/v1/statuses", json!({"status": "few", "visibility": "private"})).ok();
    let weeks = taure.as_stranger("/api/v1/instance/activity").ok();
    let weeks = weeks.as_array().unwrap();
    assert_eq!(weeks.len(), 12);
    assert_eq!((&weeks[0]["statuses"], &weeks[0]["logins"]), (&json!("2"), &json!("1")));
    assert_eq!((&weeks[5]["statuses"], &weeks[5]["logins"]), (&json!("0"), &json!("0")));
    for week in weeks {
        let start: i64 = week["week"].as_str().unwrap().parse().unwrap();
        assert_eq!(start % (7 * 24 * 60 * 60), 0);
        assert_eq!(week["registrations"], "0");
    }
}

#[test]
fn the_small_documents_of_an_instance_are_there_or_honestly_missing() {
    let taure = Taure::new();
    for path in ["extended_description", "privacy_policy"] {
        let document = taure.as_stranger(&format!("/api/v1/instance/{path}")).ok();
        assert!(document["content"].is_string(), "{path}");
        assert!(document["updated_at"].as_str().unwrap().ends_with('Z'), "{path}");
    }
    let languages = taure.as_stranger("/api/v1/instance/languages").ok();
    assert!(languages.as_array().unwrap().contains(&json!({"code": "lv", "name": "Latvian"})));
    assert_eq!(taure.as_stranger("/api/v1/instance/rules").ok(), json!([]));
    assert_eq!(taure.as_stranger("/api/v1/instance/domain_blocks").ok(), json!([]));
    let terms = taure.as_stranger("/api/v1/instance/terms_of_service").ok();
    assert!(terms["content"].as_str().unwrap().contains("Be kind") && terms["effective"] == true);
    let campaigns = taure.get("/api/v1/donation_campaigns");
    assert_eq!((campaigns.status, campaigns.text.as_str()), (204, ""));
    assert_eq!(taure.get("/api/v1/emails/check_confirmation").ok(), json!(true));
    assert_eq!(taure.post("/api/v1/emails/confirmations", json!({})).status, 403);
    assert_eq!(taure.get("/api/v1/announcements").ok(), json!([]));
    for (method, path) in [("POST", "1/dismiss"), ("PUT", "1/reactions/x"), ("DELETE", "1/reactions/x")] {
        let answer = taure.call(method, &format!("/api/v1/announcements/{path}"), None);
        assert_eq!((answer.status, answer.json), (404, json!({"error": "Record not found"})));
    }
}

#[test]
fn pitfall_61_nodeinfo_tells_an_honest_name_and_has_a_link_for_old_readers() {
    let taure = Taure::new();
    let links = taure.as_stranger("/.well-known/nodeinfo").ok();
    let link = links["links"]
        .as_array()
        .unwrap()
        .iter()
        .find(|l| l["rel"].as_str().unwrap().ends_with("/schema/2.0"));
    let path = link.unwrap()["href"].as_str().unwrap().strip_prefix(&taure.base).unwrap();
    let info = taure.as_stranger(path).ok();
    assert_eq!((&info["version"], &info["software"]["name"]), (&json!("2.0"), &json!("taure")));
}
