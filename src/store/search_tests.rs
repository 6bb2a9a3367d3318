//! The index keeps step with what it indexes, and how fast and large it is.

use super::*;
use crate::store::tests::empty;
use crate::store::{Store, media, tags};

const NOW: Timestamp = Timestamp(1_760_000_000_000);

fn house() -> (Store, AccountId) {
    let store = empty();
    let by = store.write(|tx| person(tx, "bob", "Bob Ozoliņš", "b.test")).unwrap();
    (store, by)
}

fn person(tx: &Tx, username: &str, display_name: &str, domain: &str) -> Result<AccountId> {
    let account = Account {
        uri: format!("https://{domain}/{username}"),
        username: username.into(),
        display_name: display_name.into(),
        domain: Some(domain.into()),
        ..Account::default()
    };
    accounts::upsert_remote(tx, &account)
}

fn post(by: AccountId, n: i64, html: &str) -> Status {
    let id = StatusId::at(NOW.plus(n * 1_000));
    Status {
        id,
        uri: format!("https://b.test/{id}"),
        account_id: by,
        content: html.into(),
        created_at: id.time(),
        ..Status::default()
    }
}

fn words(text: &str) -> Term {
    Term { not: false, what: What::Words { text: text.into(), prefix: false } }
}

fn not(term: Term) -> Term {
    Term { not: true, ..term }
}

fn found(store: &Store, terms: &[Term]) -> Vec<StatusId> {
    let wanted = Wanted { terms: terms.to_vec(), ..Wanted::default() };
    let list = store.read(|c| statuses(c, &wanted, 20, 0, NOW)).unwrap();
    list.into_iter().map(|s| s.id).collect()
}

#[test]
fn words_are_found_whatever_their_case_accents_or_script() {
    let (store, by) = house();
    let texts =
        ["<p>Labrīt, Rīga!</p>", "<p>今日は猫の日です</p>", "<p>오늘은 고양이를 봤다</p>", "<p>ภาษาไทย</p>"];
    let posts: Vec<Status> = (0_i64..).zip(texts).map(|(n, text)| post(by, n, text)).collect();
    store.write(|tx| posts.iter().try_for_each(|p| super::statuses::insert(tx, p, true).map(drop))).unwrap();
    for (query, nth) in [
        ("riga", 0),
        ("RĪGA", 0),
        ("labrit", 0),
        ("猫", 1),
        ("猫の日", 1),
        ("今日", 1),
        ("고양이", 2),
        ("오늘", 2),
        ("ภาษา", 3),
    ] {
        assert_eq!(found(&store, &[words(query)]), [posts[nth].id], "{query}");
    }
    assert!(found(&store, &[words("日猫")]).is_empty(), "the order of letters counts");
    assert!(found(&store, &[words("rig")]).is_empty());
    assert_eq!(found(&store, &[words("riga"), words("labrit")]).len(), 1);
    let excluded = found(&store, &[not(words("riga"))]);
    assert_eq!(excluded, [posts[3].id, posts[2].id, posts[1].id], "only exclusions, newest first");
}

#[test]
fn the_index_follows_edits_media_tags_and_deletions_of_all_kinds() {
    let (store, by) = house();
    let (first, second) = (post(by, 1, "<p>apples</p>"), post(by, 2, "<p>apples too</p>"));
    store
        .write(|tx| {
            super::statuses::insert(tx, &first, true)?;
            super::statuses::insert(tx, &second, true)?;
            tags::set(tx, first.id, &[("fruit".into(), "Fruit".into())])?;
            let picture = Media {
                id: MediaId(7),
                status_id: Some(first.id),
                kind: MediaKind::Image,
                description: Some("a basket".into()),
                ..Media::default()
            };
            media::insert(tx, &picture, 0)
        })
        .unwrap();
    assert_eq!(found(&store, &[words("apples")]), [second.id, first.id]);
    let image = || Term { not: false, what: What::Property("image".into()) };
    for term in [words("fruit"), words("basket"), image()] {
        assert_eq!(found(&store, &[words("apples"), term]), [first.id]);
    }
    let after = Status { content: "<p>pears</p>".into(), ..first.clone() };
    store.write(|tx| super::statuses::edit(tx, &first, &after)).unwrap();
    assert_eq!(found(&store, &[words("apples")]), [second.id]);
    assert_eq!(found(&store, &[words("pears"), image()]), [first.id]);
    store.write(|tx| super::statuses::delete(tx, &second)).unwrap();
    assert!(found(&store, &[words("apples")]).is_empty());
    // The account goes, and takes its posts along by the foreign key.
    store.write(|tx| accounts::delete(tx, by)).unwrap();
    let count = |sql: &str| -> i64 { store.read(|c| Ok(c.query_row(sql, [], |r| r.get(0))?)).unwrap() };
    assert_eq!(count("SELECT count(*) FROM status_words WHERE status_words MATCH 'pears'"), 0);
    assert_eq!(count("SELECT count(*) FROM account_words WHERE account_words MATCH 'bob'"), 0);
    assert_eq!(count("SELECT uses FROM tags WHERE name = 'fruit'"), 0);
}

#[test]
fn a_failed_transaction_leaves_no_words() {
    let (store, by) = house();
    let lost = post(by, 1, "<p>ghost</p>");
    let failed: Result<()> = store.write(|tx| {
        super::statuses::insert(tx, &lost, true)?;
        Err(crate::error::Error::invalid("no"))
    });
    assert!(failed.is_err() && found(&store, &[words("ghost")]).is_empty());
}

#[test]
fn a_hostile_query_is_a_query_for_words() {
    let (store, by) = house();
    let quote = post(by, 1, "<p>say \"near\" AND text : x NOT y</p>");
    store.write(|tx| super::statuses::insert(tx, &quote, true)).unwrap();
    for text in
        ["\"", "near\" AND", "text : x", "x NOT y", "a* OR b", "^say", "NEAR(a b, 5)", "{text}", "\0", "--"]
    {
        found(&store, &[words(text)]);
    }
    assert_eq!(found(&store, &[words("near\" AND")]), [quote.id]);
}

#[test]
fn people_are_found_by_the_beginning_of_their_names_and_renamed_with_them() {
    let (store, bob) = house();
    let names = |name: &str| -> Vec<String> {
        let who = People { name, limit: 10, ..People::default() };
        store.read(|c| accounts(c, &who)).unwrap().into_iter().map(|a| a.username).collect()
    };
    let (bobby, other) = store
        .write(|tx| {
            Ok((person(tx, "bobby", "", "c.test")?, person(tx, "zane", "Bob the builder", "b.test")?))
        })
        .unwrap();
    store.write(|tx| super::super::relations::set_follower(tx, other, Follow::Yes, None)).unwrap();
    assert_eq!(names("bob"), ["bob", "zane", "bobby"], "called just so, a friend, the others");
    assert_eq!(names("ozolins"), ["bob"]);
    assert_eq!(names("@bob@b.t"), ["bob", "zane"]);
    assert_eq!(names("bob@c"), ["bobby"]);
    assert_eq!(names("bui bob"), ["zane"]);
    assert!(names("%").is_empty() && names("@").is_empty() && names("@@").is_empty());
    store.write(|tx| person(tx, "bobby", "Robert", "c.test")).unwrap();
    assert_eq!(names("robert"), ["bobby"]);
    assert!(bob.0 > 0 && bobby.0 > 0);
}

/// Not run by default: `tests/bench/search`.
#[test]
#[ignore = "takes minutes; tests/bench/search runs it"]
fn speed_and_size() {
    let posts: i64 = std::env::var("POSTS").ok().and_then(|n| n.parse().ok()).unwrap_or(300_000);
    let store = empty();
    // Words by Zipf's law, as in a language: the nth occurs as often as 1/n.
    let mut seed = 42_u64;
    let mut random = || {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) as f64 / f64::from(1_u32 << 31)
    };
    let mut people: Vec<AccountId> = Vec::new();
    for chunk in 0..100_i64 {
        let some = store.write(|tx| {
            (chunk * 1_000..(chunk + 1) * 1_000)
                .map(|n| {
                    person(tx, &format!("user{n}"), &format!("Person W{} W{}", n % 997, n % 31), "b.test")
                })
                .collect::<Result<Vec<_>>>()
        });
        people.extend(some.unwrap());
    }
    let begun = std::time::Instant::now();
    for chunk in 0..posts / 1_000 {
        store
            .write(|tx| {
                for n in 0..1_000 {
                    let text: String =
                        (0..24).map(|_| format!("w{} ", 60_000_f64.powf(random()) as u64)).collect();
                    let by = people[(random() * 3_000.0) as usize];
                    let status =
                        Status { language: Some("en".into()), ..post(by, (chunk * 1_000 + n) * 40, &text) };
                    super::statuses::insert(tx, &status, true)?;
                }
                Ok(())
            })
            .unwrap();
    }
    println!("{posts} posts in {:.1} s", begun.elapsed().as_secs_f64());
    let size = |like: &str| -> i64 {
        let sql = "SELECT coalesce(sum(length(block)), 0) FROM ".to_owned() + like;
        store.read(|c| Ok(c.query_row(&sql, [], |r| r.get(0))?)).unwrap()
    };
    let text: i64 = store
        .read(|c| Ok(c.query_row("SELECT sum(length(content)) FROM statuses", [], |r| r.get(0))?))
        .unwrap();
    println!("text {} bytes a post, index {} bytes a post", text / posts, size("status_words_data") / posts);
    println!("account index {} bytes an account", size("account_words_data") / 100_000);
    let time = |name: &str, f: &mut dyn FnMut() -> usize| {
        f();
        let begun = std::time::Instant::now();
        let mut hits = 0;
        for _ in 0..20 {
            hits = f();
        }
        println!("{:>8.2} ms  {hits:>3} hits  {name}", begun.elapsed().as_secs_f64() * 50.0);
    };
    let by = Term { not: false, what: What::By(vec![people[7]]) };
    for (name, terms) in [
        ("the commonest word", vec![words("w1")]),
        ("two common words", vec![words("w2"), words("w3")]),
        ("a rare word", vec![words("w51234")]),
        ("a common and a rare word", vec![words("w1"), words("w51234")]),
        ("two rare words that never meet", vec![words("w51234"), words("w49999")]),
        ("a phrase of common words", vec![words("w1 w2")]),
        (
            "a prefix of three letters",
            vec![Term { not: false, what: What::Words { text: "w12".into(), prefix: true } }],
        ),
        ("a common word by somebody", vec![words("w1"), by.clone()]),
        ("everything but a common word", vec![not(words("w1"))]),
        (
            "something that nothing has",
            vec![words("w1"), Term { not: false, what: What::Property("image".into()) }],
        ),
    ] {
        time(name, &mut || found(&store, &terms).len());
    }
    let library = Wanted { terms: vec![words("w1")], library: true, ..Wanted::default() };
    time("a common word, in:library that is empty", &mut || {
        store.read(|c| statuses(c, &library, 20, 0, NOW)).unwrap().len()
    });
    for name in ["user1", "u", "person", "w9 w3", "user99999"] {
        let who = People { name, limit: 10, ..People::default() };
        time(&format!("people: {name}"), &mut || store.read(|c| accounts(c, &who)).unwrap().len());
    }
}
