//! IndieAuth and Micropub: the owner's address as a way to sign in, and apps that post by it.

use crate::harness::{Answer, Taure, request};
use crate::owner::{Owner, encoded};
use crate::peer::Peer;
use serde_json::{Value, json};
use url::Url;

/// RFC 7636, appendix B.
const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

fn form(taure: &Taure, path: &str, headers: &[(&str, &str)], fields: &[(&str, &str)]) -> Answer {
    let mut all = vec![("content-type", "application/x-www-form-urlencoded")];
    all.extend(headers);
    request("POST", &format!("{}{path}", taure.base), &all, Some(encoded(fields).as_bytes()))
}

struct Asked<'a> {
    client: String,
    back: String,
    scope: &'a str,
}

impl Asked<'_> {
    fn fields(&self) -> Vec<(&str, &str)> {
        vec![
            ("client_id", &self.client),
            ("redirect_uri", &self.back),
            ("response_type", "code"),
            ("scope", self.scope),
            ("state", "s&t"),
            ("code_challenge", CHALLENGE),
            ("code_challenge_method", "S256"),
        ]
    }

    /// The owner says yes, to these scopes; gives the code.
    fn allowed(&self, owner: &Owner, ticked: &[&str]) -> String {
        let names: Vec<String> = ticked.iter().map(|scope| format!("scope_{scope}")).collect();
        let mut fields = self.fields();
        fields.push(("decision", "allow"));
        fields.extend(names.iter().map(|name| (name.as_str(), "1")));
        let answer = owner.post("/indieauth/allow", &fields);
        assert_eq!(answer.status, 303, "{}", answer.text);
        let to = Url::parse(answer.header("location").unwrap()).unwrap();
        assert!(to.as_str().starts_with(&self.back));
        let pairs: std::collections::HashMap<_, _> = to.query_pairs().into_owned().collect();
        assert_eq!(pairs["state"], "s&t");
        assert!(pairs["iss"].starts_with("http://localhost"));
        pairs["code"].clone()
    }

    fn exchanges(&self, taure: &Taure, path: &str, code: &str, verifier: &str) -> Answer {
        let fields = [
            ("grant_type", "authorization_code"),
            ("code", code),
            ("client_id", &self.client),
            ("redirect_uri", &self.back),
            ("code_verifier", verifier),
        ];
        form(taure, path, &[], &fields)
    }
}

fn app<'a>(peer: &Peer, scope: &'a str) -> Asked<'a> {
    peer.page("/app", "<title>Quill &amp; ink</title>");
    Asked { client: format!("{}/app", peer.base), back: format!("{}/back", peer.base), scope }
}

/// A token with these scopes, as an app gets one.
fn token(taure: &Taure, scope: &str) -> String {
    let peer = Peer::new("app");
    let asked = app(&peer, scope);
    let scopes: Vec<&str> = scope.split(' ').collect();
    let code = asked.allowed(&Owner::of(taure), &scopes);
    let told = asked.exchanges(taure, "/indieauth/token", &code, VERIFIER).ok();
    assert_eq!(told["me"], json!(format!("{}/@alice", taure.base)));
    told["access_token"].as_str().unwrap().to_owned()
}

#[test]
fn the_owner_signs_in_elsewhere_by_address() {
    let (taure, peer) = (Taure::new(), Peer::new("app"));
    assert!(
        taure.as_stranger("/@alice").text.contains("rel=\"indieauth-metadata\" href=\"/indieauth/metadata\"")
    );
    let told = taure.as_stranger("/indieauth/metadata").ok();
    assert_eq!(told["authorization_endpoint"], json!(format!("{}/indieauth", taure.base)));
    let asked = app(&peer, "profile create fly");
    let query = format!("/indieauth?{}", encoded(&asked.fields()));
    // A visitor is asked to sign in, and nothing is fetched.
    assert!(taure.as_stranger(&query).text.contains("type=\"password\""));
    assert!(peer.heard().is_empty());

    let owner = Owner::of(&taure);
    let page = owner.get(&query);
    assert!(
        page.text.contains("Quill &amp; ink")
            && page.text.contains("name=\"scope_create\"")
            && !page.text.contains("scope_fly"),
        "{}",
        page.text
    );
    assert!(
        page.header("content-security-policy")
            .unwrap()
            .contains(&format!("form-action 'self' {}", peer.base))
    );
    let denied = owner.post("/indieauth/allow", &[asked.fields(), vec![("decision", "deny")]].concat());
    assert!(denied.header("location").unwrap().contains("error=access_denied"));
    assert_eq!(
        owner
            .post_as_given("/indieauth/allow", &[asked.fields(), vec![("decision", "allow")]].concat())
            .status,
        403
    );

    // Without a scope there is an answer to who it is, and no token.
    let code = asked.allowed(&owner, &[]);
    assert_eq!(asked.exchanges(&taure, "/indieauth/token", &code, VERIFIER).status, 400);
    let code = asked.allowed(&owner, &["profile"]);
    let told = asked.exchanges(&taure, "/indieauth", &code, VERIFIER).ok();
    assert_eq!(
        (&told["me"], &told["profile"]["name"]),
        (&json!(format!("{}/@alice", taure.base)), &json!("alice of the tests"))
    );
    assert!(told.get("access_token").is_none());
    // It works once, with the right verifier, at the right address, for the right app.
    assert_eq!(asked.exchanges(&taure, "/indieauth", &code, VERIFIER).status, 400);
    let code = asked.allowed(&owner, &["create"]);
    assert_eq!(asked.exchanges(&taure, "/indieauth/token", &code, "wrong").json["error"], "invalid_grant");
    let code = asked.allowed(&owner, &["create"]);
    let other = Asked { back: format!("{}/other", peer.base), ..app(&peer, "create") };
    assert_eq!(other.exchanges(&taure, "/indieauth/token", &code, VERIFIER).status, 400);
}

#[test]
fn an_app_is_answered_only_where_it_lives_or_says_so() {
    let (taure, peer, other) = (Taure::new(), Peer::new("app"), Peer::new("evil"));
    let owner = Owner::of(&taure);
    let mut asked = app(&peer, "create");
    let get = |asked: &Asked| owner.get(&format!("/indieauth?{}", encoded(&asked.fields())));
    for back in [
        format!("{}/back", other.base),
        "javascript:alert(1)".to_owned(),
        "app://back".to_owned(),
        String::new(),
    ] {
        asked.back = back;
        let page = get(&asked);
        assert_eq!(page.status, 400, "{}", asked.back);
        assert_eq!(
            owner.post("/indieauth/allow", &[asked.fields(), vec![("decision", "allow")]].concat()).status,
            400
        );
    }
    // Published at the address of the app, in either way.
    asked.back = "app://back".to_owned();
    peer.page("/app", "<link rel=redirect_uri href='app://back'>");
    assert_eq!(get(&asked).status, 200);
    let document =
        json!({"client_id": asked.client, "client_name": "Jason", "redirect_uris": ["app://back"]});
    peer.file("/app", "application/json", document.to_string().as_bytes());
    let page = get(&asked);
    assert!(page.status == 200 && page.text.contains("Jason"));
    peer.file("/app", "application/json", document.to_string().replace("client_id", "x").as_bytes());
    assert_eq!(get(&asked).status, 400);
    // No proof of the code, no question.
    let mut fields = app(&peer, "create")
        .fields()
        .iter()
        .map(|(a, b)| ((*a).to_owned(), (*b).to_owned()))
        .collect::<Vec<_>>();
    fields.retain(|(name, _)| name != "code_challenge");
    let fields: Vec<(&str, &str)> = fields.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
    assert_eq!(owner.get(&format!("/indieauth?{}", encoded(&fields))).status, 400);
    // An app of Mastodon's kind cannot leave its secret out here.
    let mastodons = taure
        .send("POST", "/api/v1/apps", &[], Some(json!({"client_name": "m", "redirect_uris": "app://back"})))
        .ok();
    let with = Asked {
        client: mastodons["client_id"].as_str().unwrap().to_owned(),
        back: "app://back".to_owned(),
        scope: "read",
    };
    assert_eq!(with.exchanges(&taure, "/indieauth/token", "x", VERIFIER).status, 400);
}

#[test]
fn a_token_is_told_of_listed_and_taken_back() {
    let taure = Taure::new();
    let token = token(&taure, "create profile");
    let bearer = format!("Bearer {token}");
    assert_eq!(form(&taure, "/indieauth/introspect", &[], &[("token", &token)]).status, 401);
    let told =
        form(&taure, "/indieauth/introspect", &[("authorization", &bearer)], &[("token", &token)]).ok();
    assert_eq!((&told["active"], &told["scope"]), (&json!(true), &json!("profile create")));
    let unknown =
        form(&taure, "/indieauth/introspect", &[("authorization", &bearer)], &[("token", "x")]).ok();
    assert_eq!(unknown, json!({"active": false}));
    // It opens nothing of the API but who the owner is.
    for path in ["/api/v1/timelines/home", "/api/v1/notifications"] {
        assert_eq!(taure.send("GET", path, &[("authorization", &bearer)], None).status, 403);
    }
    let page = Owner::of(&taure).get("/settings/security").text;
    assert!(page.contains("Quill &amp; ink") && page.contains("Post, favourite and boost for you"), "{page}");
    assert_eq!(form(&taure, "/indieauth/revoke", &[], &[("token", &token)]).status, 200);
    assert_eq!(form(&taure, "/indieauth/revoke", &[], &[("token", &token)]).status, 200);
    assert_eq!(taure.send("GET", "/micropub?q=config", &[("authorization", &bearer)], None).status, 401);
    // A token of another kind is not to be ended by whoever comes along.
    form(&taure, "/indieauth/revoke", &[], &[("token", &taure.token)]);
    taure.get("/api/v1/accounts/verify_credentials").ok();
}

/// Sends JSON to Micropub with a token.
fn json_to(taure: &Taure, token: &str, body: Value) -> Answer {
    taure.send("POST", "/micropub", &[("authorization", &format!("Bearer {token}"))], Some(body))
}

fn made(taure: &Taure, answer: &Answer) -> Value {
    assert_eq!(answer.status, 201, "{}", answer.text);
    taure.finds_status(answer.header("location").unwrap())
}

#[test]
fn notes_articles_and_replies_are_posted_by_form_and_by_json() {
    let taure = Taure::new();
    let token = token(&taure, "create");
    let bearer = format!("Bearer {token}");
    let answer = form(
        &taure,
        "/micropub",
        &[("authorization", &bearer)],
        &[
            ("h", "entry"),
            ("content", "Hello #bees"),
            ("category[]", "bees"),
            ("category[]", "IndieWeb"),
            ("mp-slug", "x"),
            ("visibility", "unlisted"),
        ],
    );
    let status = made(&taure, &answer);
    assert_eq!(
        (status["visibility"].as_str(), status["application"]["name"].as_str()),
        (Some("unlisted"), Some("Quill & ink"))
    );
    let names: Vec<&str> =
        status["tags"].as_array().unwrap().iter().map(|t| t["name"].as_str().unwrap()).collect();
    assert_eq!(names.len(), 2, "{status}");
    assert!(names.iter().any(|n| n.eq_ignore_ascii_case("indieweb")), "{status}");
    // The token in the body of the form.
    made(
        &taure,
        &form(
            &taure,
            "/micropub",
            &[],
            &[("h", "entry"), ("content", "In the body"), ("access_token", &token)],
        ),
    );
    assert_eq!(
        form(&taure, "/micropub", &[], &[("h", "entry"), ("content", "x"), ("access_token", "wrong")]).json["error"],
        "unauthorized"
    );
    assert_eq!(form(&taure, "/micropub", &[], &[("content", "x")]).status, 401);

    let article = json!({"type": ["h-entry"], "properties": {"name": ["On bees"],
        "content": [{"html": "<p>They <a href=\"https://b.test/dance\">dance</a><script>x</script></p>"}]}});
    let text = made(&taure, &json_to(&taure, &token, article))["content"].as_str().unwrap().to_owned();
    assert!(
        text.starts_with("<p>On bees</p>")
            && text.contains("They dance")
            && text.contains("href=\"https://b.test/dance\""),
        "{text}"
    );

    let parent = taure.posts("A question");
    let reply = json!({"type": ["h-entry"], "properties": {"content": ["An answer"], "in-reply-to": [parent["url"]]}});
    assert_eq!(made(&taure, &json_to(&taure, &token, reply))["in_reply_to_id"], parent["id"]);

    let (bob, like) = (
        Taure::named("bob"),
        |property: &str, url: &Value| json!({"type": ["h-entry"], "properties": {property: [url]}}),
    );
    let far = bob.posts("From afar");
    assert_eq!(json_to(&taure, &token, like("like-of", &far["uri"])).status, 201);
    assert_eq!(json_to(&taure, &token, like("repost-of", &far["uri"])).status, 201);
    let seen = taure.finds_status(far["uri"].as_str().unwrap());
    assert_eq!((&seen["favourited"], &seen["reblogged"]), (&json!(true), &json!(true)));
    taure.settles();
    bob.settles();
    taure.settles();

    for wrong in [
        json!({"type": ["h-event"], "properties": {"name": ["x"]}}),
        json!({"type": ["h-entry"], "properties": {}}),
        json!({"type": ["h-entry"], "properties": {"content": ["x"], "post-status": ["draft"]}}),
        json!({"type": ["h-entry"], "properties": {"content": ["x"], "visibility": ["secret"]}}),
        json!({"type": ["h-entry"], "properties": {"content": ["x"], "photo": ["nothing"]}}),
        json!({"action": "undelete", "url": parent["url"]}),
        json!({"action": "fly"}),
    ] {
        let answer = json_to(&taure, &token, wrong.clone());
        assert_eq!(
            (answer.status, answer.json["error"].as_str()),
            (400, Some("invalid_request")),
            "{wrong}: {}",
            answer.text
        );
    }
}

#[test]
fn scopes_are_what_an_app_may_do() {
    let taure = Taure::new();
    let post = taure.posts("Hello #bees");
    let (create, change) = (token(&taure, "create"), token(&taure, "update delete"));
    let entry = json!({"type": ["h-entry"], "properties": {"content": ["x"]}});
    let refused = json_to(&taure, &change, entry);
    assert_eq!(
        (refused.status, &refused.json),
        (403, &json!({"error": "insufficient_scope", "scope": "create"}))
    );
    let update = json!({"action": "update", "url": post["url"], "replace": {"content": ["Changed"]}});
    assert_eq!(json_to(&taure, &create, update.clone()).status, 403);
    let delete = json!({"action": "delete", "url": post["url"]});
    assert_eq!(json_to(&taure, &create, delete.clone()).status, 403);

    assert_eq!(json_to(&taure, &change, update).status, 204);
    assert!(taure.status(post["id"].as_str().unwrap())["content"].as_str().unwrap().contains("Changed"));
    let add = json!({"action": "update", "url": post["url"], "add": {"category": ["honey"]}});
    assert_eq!(json_to(&taure, &change, add).status, 204);
    assert!(taure.status(post["id"].as_str().unwrap())["content"].as_str().unwrap().contains("honey"));
    for wrong in [json!({"photo": ["x"]}), json!({"content": "no list"}), json!({})] {
        let update = json!({"action": "update", "url": post["url"], "replace": wrong});
        assert_eq!(json_to(&taure, &change, update).status, 400);
    }
    let bearer = format!("Bearer {change}");
    let query: String =
        url::form_urlencoded::byte_serialize(post["url"].as_str().unwrap().as_bytes()).collect();
    let source = taure
        .send("GET", &format!("/micropub?q=source&url={query}"), &[("authorization", &bearer)], None)
        .ok();
    assert_eq!(source["properties"]["content"], json!(["Changed\n\n#honey"]));
    let part = taure
        .send(
            "GET",
            &format!("/micropub?q=source&properties[]=category&url={query}"),
            &[("authorization", &bearer)],
            None,
        )
        .ok();
    assert_eq!(part, json!({"properties": {"category": ["honey"]}}));
    let config = taure.send("GET", "/micropub?q=config", &[("authorization", &bearer)], None).ok();
    assert_eq!(config["media-endpoint"], json!(format!("{}/micropub/media", taure.base)));
    assert_eq!(
        taure.send("GET", "/micropub?q=syndicate-to", &[("authorization", &bearer)], None).ok(),
        json!({"syndicate-to": []})
    );
    assert_eq!(taure.send("GET", "/micropub?q=what", &[("authorization", &bearer)], None).status, 400);
    assert_eq!(taure.as_stranger("/micropub?q=config").status, 401);

    assert_eq!(json_to(&taure, &change, delete.clone()).status, 204);
    assert_eq!(taure.get(&format!("/api/v1/statuses/{}", post["id"].as_str().unwrap())).status, 404);
    assert_eq!(json_to(&taure, &change, delete).status, 400);
    // An app of Mastodon's kind posts here by its own scopes.
    assert_eq!(
        json_to(&taure, &taure.token, json!({"type": ["h-entry"], "properties": {"content": ["by token"]}}))
            .status,
        201
    );
}

#[test]
fn pictures_come_by_the_media_endpoint_or_by_their_address() {
    let (taure, peer) = (Taure::new(), Peer::new("pictures"));
    let (create, media) = (token(&taure, "create"), token(&taure, "media"));
    let png = png();
    let mut body = b"--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"x.png\"\r\nContent-Type: image/png\r\n\r\n".to_vec();
    body.extend(&png);
    body.extend(b"\r\n--b--\r\n");
    let sends = |token: &str| {
        let headers = [("content-type", "multipart/form-data; boundary=b"), ("authorization", token)];
        request("POST", &format!("{}/micropub/media", taure.base), &headers, Some(&body))
    };
    assert_eq!(sends("Basic x").status, 401);
    let sent = sends(&format!("Bearer {media}"));
    assert_eq!(sent.status, 201, "{}", sent.text);
    let address = sent.header("location").unwrap();
    assert_eq!(request("GET", address, &[], None).status, 200);
    let far = peer.file("/far.png", "image/png", &png);
    let entry = json!({"type": ["h-entry"], "properties": {"content": ["Two"], "photo": [{"value": address, "alt": "Ours"}, far]}});
    let status = made(&taure, &json_to(&taure, &create, entry.clone()));
    assert_eq!(status["media_attachments"].as_array().unwrap().len(), 2);
    assert_eq!(status["media_attachments"][0]["description"], "Ours");
    // It belongs to a post now.
    assert_eq!(json_to(&taure, &create, entry).status, 400);
}

#[test]
fn too_much_is_refused_before_anything_is_fetched() {
    let (taure, peer) = (Taure::new(), Peer::new("pictures"));
    let create = token(&taure, "create");
    let far = peer.file("/far.png", "image/png", &png());
    let entry = |properties: Value| json!({"type": ["h-entry"], "properties": properties});
    let many = json!({"content": ["x"], "photo": [far, far, far], "video": [far], "audio": [far]});
    assert_eq!(json_to(&taure, &create, entry(many)).status, 400);
    assert!(!peer.heard().iter().any(|heard| heard.target == "/far.png"));
    let long = "a ".repeat(40_000);
    assert_eq!(json_to(&taure, &create, entry(json!({"content": [long], "category": ["x"]}))).status, 400);
    // Of a crowd of categories the first count.
    let names: Vec<String> = (0..5_000).map(|n| format!("t{n}x")).collect();
    let status = made(&taure, &json_to(&taure, &create, entry(json!({"content": ["x"], "category": names}))));
    assert_eq!(status["tags"].as_array().unwrap().len(), 50);
}

#[test]
fn who_may_only_post_reads_no_private_post() {
    let taure = Taure::new();
    let (create, change) = (token(&taure, "create"), token(&taure, "update"));
    let says = |visibility: &str| {
        let post = json!({"status": "For few eyes", "visibility": visibility});
        taure.post("/api/v1/statuses", post).ok()["url"].as_str().unwrap().to_owned()
    };
    let reads = |token: &str, url: &str| {
        let query = encoded(&[("q", "source"), ("url", url)]);
        let bearer = format!("Bearer {token}");
        taure.send("GET", &format!("/micropub?{query}"), &[("authorization", &bearer)], None).status
    };
    for visibility in ["private", "direct"] {
        let url = says(visibility);
        assert_eq!((reads(&create, &url), reads(&change, &url)), (400, 200), "{visibility}");
    }
    assert_eq!(reads(&create, &says("unlisted")), 200);
}

/// The smallest picture: one white point.
pub fn png() -> Vec<u8> {
    let base =
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==";
    use base64::Engine as _;
    base64::engine::general_purpose::STANDARD.decode(base).unwrap()
}
