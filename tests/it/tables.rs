//! Tables that are brought along: those of Mastodon, GoToSocial, Misskey, Pleroma and Pixelfed, and such as nobody should
//! have written.

use crate::harness::{Folder, Taure, request};
use crate::owner::Owner;
use crate::peer::Peer;
use crate::pictures;
use serde_json::Value;
use taure::error::{Kind as Fault, Result};
use taure::model::{Import, ImportOptions, Tally};
use taure::ops::imports::{self, Kind};
use taure::store;

struct World {
    taure: Taure,
    bob: Peer,
    carol: Peer,
}

impl World {
    fn new() -> World {
        World { taure: Taure::new(), bob: Peer::new("bob"), carol: Peer::new("carol") }
    }

    /// A fixture, about the people who are here.
    fn fixture(&self, path: &str) -> Vec<u8> {
        let path = format!("{}/tests/fixtures/{path}", env!("CARGO_MANIFEST_DIR"));
        let text = std::fs::read_to_string(path).unwrap();
        text.replace("bob@social.example", self.bob.handle().trim_start_matches('@'))
            .replace("carol@other.example", self.carol.handle().trim_start_matches('@'))
            .replace("nobody@social.example", &format!("nobody@{}", self.taure.app().instance.domain))
            .replace("https://social.example", &self.bob.base)
            .replace("https://other.example", &self.carol.base)
            .into_bytes()
    }

    /// Brings it along as the command does, under that name, and waits for the answers of others.
    fn brings(&self, name: &str, bytes: &[u8], kind: Option<Kind>) -> Result<Import> {
        let folder = Folder::new();
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        let app = self.taure.app();
        let given = imports::open(&app, &path, kind)?;
        let plan = imports::plan(&app, &given, ImportOptions::default())?;
        let found = |totals: &taure::model::Totals| totals[given.kind.as_str()].found;
        let import = imports::begin(&app, &given, ImportOptions::default(), plan.clone(), None)?;
        let import = imports::run(&app, &given, &import, &mut |_| true)?;
        assert_eq!(found(&plan.totals), found(&import.totals), "the preview counts the same");
        self.waits(&import)
    }

    fn brings_fixture(&self, path: &str) -> Result<Import> {
        self.brings(path.split('/').next_back().unwrap(), &self.fixture(path), None)
    }

    fn waits(&self, import: &Import) -> Result<Import> {
        for _ in 0..6 {
            self.taure.settles();
            self.taure.later(3_000);
        }
        self.taure.settles();
        self.now(import)
    }

    fn now(&self, import: &Import) -> Result<Import> {
        self.taure.app().store.read(|c| store::imports::get(c, import.id))
    }

    fn relation(&self, peer: &Peer) -> Value {
        self.taure.relationship(self.taure.finds(&peer.handle())["id"].as_str().unwrap())
    }

    fn refuses(&self, name: &str, bytes: &[u8], words: &str) {
        let e = self.brings(name, bytes, None).unwrap_err();
        assert_eq!(e.kind, Fault::Invalid, "{name}: {e}");
        assert!(e.public.contains(words), "{name}: {}", e.public);
    }
}

/// Found, taken, there before, waiting, and left out.
#[track_caller]
fn tally(import: &Import, sort: &str) -> (u64, u64, u64, u64, Vec<(String, u64)>) {
    let tally: Tally = import.totals.get(sort).cloned().unwrap_or_default();
    assert!(tally.adds_up(), "{tally:?}");
    (tally.found, tally.taken, tally.there, tally.waiting, tally.left.into_iter().collect())
}

fn left(reasons: &[(&str, u64)]) -> Vec<(String, u64)> {
    reasons.iter().map(|(reason, n)| ((*reason).to_owned(), *n)).collect()
}

#[test]
fn follows_come_with_what_was_wanted_of_them() {
    let world = World::new();
    let import = world.brings_fixture("mastodon/following_accounts.csv").unwrap();
    assert_eq!(tally(&import, "follows"), (3, 2, 0, 0, left(&[("nobody", 1)])));
    assert_eq!(world.bob.received_of("Follow").len(), 1);
    let bob = world.relation(&world.bob);
    assert_eq!(bob["requested"], true);
    assert_eq!((&bob["showing_reblogs"], &bob["notifying"]), (&false.into(), &true.into()), "{bob}");
    assert_eq!(bob["languages"], serde_json::json!(["en", "lv"]));
    // A second time is nothing, and keeps what was chosen here since.
    let again = world.brings_fixture("gotosocial/following.csv").unwrap();
    assert_eq!(tally(&again, "follows"), (2, 0, 2, 0, vec![]));
    assert_eq!(world.relation(&world.bob)["showing_reblogs"], false);
    assert_eq!(world.bob.received_of("Follow").len(), 1);
}

#[test]
fn every_software_writes_its_own_list_of_follows() {
    for path in [
        "gotosocial/following.csv",
        "misskey/following-2026-01-02-03-04-05.csv",
        "pleroma/follows.csv",
        "pixelfed/pixelfed-following.json",
    ] {
        let world = World::new();
        let import = world.brings_fixture(path).unwrap();
        assert_eq!(tally(&import, "follows"), (2, 2, 0, 0, vec![]), "{path}");
        for peer in [&world.bob, &world.carol] {
            assert_eq!(world.relation(peer)["requested"], true, "{path}");
        }
    }
}

#[test]
fn lists_are_made_and_their_members_followed() {
    let world = World::new();
    let import = world.brings_fixture("mastodon/lists.csv").unwrap();
    assert_eq!(tally(&import, "lists"), (3, 3, 0, 0, vec![]));
    let import = world.brings_fixture("misskey/user-lists-2026-01-02-03-04-05.csv").unwrap();
    assert_eq!(tally(&import, "lists"), (2, 2, 0, 0, vec![]));
    let lists = world.taure.get("/api/v1/lists").ok();
    let members = |title: &str| {
        let list = lists.as_array().unwrap().iter().find(|list| list["title"] == title).unwrap();
        let id = list["id"].as_str().unwrap();
        world.taure.get(&format!("/api/v1/lists/{id}/accounts")).ok().as_array().unwrap().len()
    };
    assert_eq!(lists.as_array().unwrap().len(), 3, "{lists}");
    assert_eq!([members("Friends, \"old\" ones"), members("Work"), members("Cats, mostly")], [1, 2, 2]);
    assert_eq!(world.bob.received_of("Follow").len(), 1);
}

#[test]
fn blocks_and_mutes_are_those_that_they_were() {
    let world = World::new();
    let import = world.brings_fixture("mastodon/muted_accounts.csv").unwrap();
    assert_eq!(tally(&import, "mutes"), (2, 2, 0, 0, vec![]));
    let (bob, carol) = (world.relation(&world.bob), world.relation(&world.carol));
    assert_eq!((&bob["muting"], &bob["muting_notifications"]), (&true.into(), &false.into()));
    assert_eq!(carol["muting_notifications"], true);
    let import = world.brings_fixture("gotosocial/mutes.csv").unwrap();
    assert_eq!(tally(&import, "mutes"), (1, 0, 1, 0, vec![]));
    for (path, there) in [("mastodon/blocked_accounts.csv", 0), ("gotosocial/blocks.csv", 1)] {
        let import = world.brings_fixture(path).unwrap();
        assert_eq!(tally(&import, "blocks"), (1, 1 - there, there, 0, vec![]));
    }
    assert_eq!(world.relation(&world.bob)["blocking"], true);
    assert_eq!(world.bob.received_of("Block").len(), 1);
    // Whom one blocks is not followed by a table.
    let import = world.brings_fixture("pleroma/follows.csv").unwrap();
    assert_eq!(tally(&import, "follows"), (2, 1, 0, 0, left(&[("barred", 1)])));
}

#[test]
fn servers_bookmarks_and_filters_come_along() {
    let world = World::new();
    let import = world.brings_fixture("mastodon/blocked_domains.csv").unwrap();
    assert_eq!(tally(&import, "domains"), (2, 2, 0, 0, vec![]));
    let blocked = world.taure.get("/api/v1/domain_blocks").ok();
    assert_eq!(blocked.as_array().unwrap().len(), 2);
    let me = world.taure.app().instance.domain.clone();
    let more = format!("#domain\nEVIL.example\nžurnāls.example\n{me}\nno domain\n");
    let import = world.brings("x.csv", more.as_bytes(), None).unwrap();
    assert_eq!(tally(&import, "domains"), (4, 1, 1, 0, left(&[("unknown", 2)])));
    world.refuses("x.csv", b"#domain,#severity\nevil.example,silence\n", "with severities");

    let mut note = world.bob.note("worth keeping", &[]);
    let uri = format!("{}/statuses/1", world.bob.actor());
    note["id"] = uri.clone().into();
    world.bob.publish(&uri, note);
    let import = world.brings_fixture("mastodon/custom_filters.json").unwrap();
    assert_eq!(tally(&import, "filters"), (3, 1, 0, 0, left(&[("over", 1), ("unknown", 1)])));
    assert_eq!(tally(&import, "filtered"), (1, 0, 0, 0, left(&[("unseen", 1)])));
    let filters = world.taure.get("/api/v2/filters").ok();
    assert_eq!(filters.as_array().unwrap().len(), 1, "{filters}");
    assert_eq!(filters[0]["title"], "Sports, \"all\"");
    assert_eq!(filters[0]["filter_action"], "hide");
    assert_eq!(filters[0]["keywords"].as_array().unwrap().len(), 2);
    let import = world.brings_fixture("mastodon/bookmarks.csv").unwrap();
    assert_eq!(tally(&import, "bookmarks"), (1, 1, 0, 0, vec![]));
    assert_eq!(world.taure.get("/api/v1/bookmarks").ok()[0]["uri"], uri);
}

#[test]
fn who_does_not_answer_is_asked_again_and_then_left_out() {
    let world = World::new();
    let gone = format!("bob@localhost:{}\n", crate::harness::free_port());
    let import = world.brings("follows.csv", gone.as_bytes(), None).unwrap();
    assert_eq!(tally(&import, "follows"), (1, 0, 0, 1, vec![]));
    for hours in [1, 4, 25] {
        assert_eq!(tally(&world.now(&import).unwrap(), "follows").3, 1);
        world.taure.later(hours * 3_600_000);
        world.taure.settles();
    }
    assert_eq!(tally(&world.now(&import).unwrap(), "follows"), (1, 0, 0, 0, left(&[("silent", 1)])));
}

#[test]
fn feeds_and_opml_are_followed_too() {
    let world = World::new();
    let rss = "<rss version=\"2.0\"><channel><title>Birds</title><item><guid>1</guid><title>A wren</title></item></channel></rss>";
    let feed = world.bob.file("/feed.xml", "application/rss+xml", rss.as_bytes());
    let list = format!("{feed}\n{}\n", world.carol.handle());
    let import = world.brings("following.csv", list.as_bytes(), None).unwrap();
    assert_eq!(tally(&import, "follows"), (2, 2, 0, 0, vec![]));
    let opml = format!(
        "<?xml version=\"1.0\"?><opml version=\"2.0\"><body><outline text=\"B\" xmlUrl=\"{feed}\"/></body></opml>"
    );
    let import = world.brings("mine.opml", opml.as_bytes(), None).unwrap();
    assert_eq!(tally(&import, "follows"), (1, 0, 1, 0, vec![]));
}

#[test]
fn what_is_no_table_or_does_not_say_what_for_is_refused() {
    let world = World::new();
    let bob = world.bob.handle();
    world.refuses("followers.csv", b"Account address\nbob@social.example\n", "old account moves here");
    world.refuses("list.csv", format!("{bob}\n").as_bytes(), "does not say what it is for");
    world.refuses("list.csv", format!("Account address\n{bob}\n").as_bytes(), "does not say what it is for");
    world.refuses("list.csv", b"", "no file that Taure knows");
    world.refuses("list.csv", b"just words\nand more\n", "no file that Taure knows");
    world.refuses("following.csv", &[0, 1, 2, 0, 255], "no file that Taure knows");
    world.refuses("following.csv", &vec![b'a'; 11 << 20], "larger than 10 MiB");
    world.refuses("following.csv", "a@b.example\n".repeat(100_001).as_bytes(), "more than 100,000 rows");
    let import = world.brings("list.csv", format!("{bob}\n").as_bytes(), Some(Kind::Mutes)).unwrap();
    assert_eq!(tally(&import, "mutes"), (1, 1, 0, 0, vec![]));
}

#[test]
fn hostile_rows_are_left_out_and_the_rest_is_taken() {
    let world = World::new();
    let bob = world.bob.handle();
    let huge = "x".repeat(200_000);
    let rows = format!(
        "\u{feff}Account address,Show boosts\r\n=cmd|' /C calc'!A0,true\r\n{huge}@social.example,true\r\n@@@,\r\n\r\n\
         javascript:alert(1),true\r\n\"{bob}\",maybe\r\na b@social.example,true\r\nbob@10.0.0.1/../x,true\r\n\"open@social.example"
    );
    let import = world.brings("x.csv", rows.as_bytes(), None).unwrap();
    let (found, taken, _, waiting, left) = tally(&import, "follows");
    assert_eq!((found, taken, waiting), (8, 1, 1), "{left:?}");
    imports::forget(&world.taure.app(), import.id).unwrap();
    assert_eq!(world.relation(&world.bob)["showing_reblogs"], true);
    // Windows' letters, twice as wide.
    let wide = format!("Account address,Hide notifications\n{},true\n", world.carol.handle());
    let mut bytes = vec![0xff, 0xfe];
    bytes.extend(wide.encode_utf16().flat_map(u16::to_le_bytes));
    let import = world.brings("x.csv", &bytes, None).unwrap();
    assert_eq!(tally(&import, "mutes").1, 1);
    let latin = b"Freunde f\xfcr immer,bob@social.example\n";
    let import = world.brings("lists.csv", latin, None).unwrap();
    assert_eq!(tally(&import, "lists").0, 1);
    let title = world.taure.get("/api/v1/lists").ok()[0]["title"].as_str().unwrap().to_owned();
    assert!(title.starts_with("Freunde f"), "{title}");
    imports::forget(&world.taure.app(), import.id).unwrap();
}

#[test]
fn the_page_takes_a_table_and_asks_what_it_is_for() {
    let world = World::new();
    let owner = Owner::of(&world.taure);
    let uploads = |kind: &str, bytes: &[u8]| {
        let (form, body) =
            pictures::multipart(&[("csrf", &owner.csrf), ("kind", kind)], Some(("file", bytes)));
        let headers = [("cookie", owner.cookie.as_str()), ("content-type", form.as_str())];
        request("POST", &format!("{}/settings/import", world.taure.base), &headers, Some(&body))
    };
    let list = world.fixture("pleroma/follows.csv");
    let answer = uploads("", &list);
    assert_eq!(answer.status, 422);
    assert!(answer.text.contains("does not say what it is for"), "{}", answer.text);
    let answer = uploads("follows", &list);
    assert_eq!(answer.status, 303, "{}", answer.text);
    let page = answer.header("location").unwrap().to_owned();
    let preview = owner.get(&page).text;
    assert!(preview.contains("Follows"), "{preview}");
    assert!(world.bob.received_of("Follow").is_empty(), "nothing was changed");
    owner.post(&page, &[]);
    for _ in 0..4 {
        world.taure.later(3_000);
        world.taure.settles();
    }
    assert_eq!(world.bob.received_of("Follow").len(), 1);
    assert_eq!(world.carol.received_of("Follow").len(), 1);
    assert!(owner.get(&page).text.contains("Done"));
}
