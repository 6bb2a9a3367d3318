//! What the owner does, by the app's requests.

use super::book::Post;
use super::news::News;
use super::seen::{self, see};
use super::words::text;
use crate::harness::Taure;
use serde_json::json;
use taure::app::App;
use taure::store::statuses;

/// Posts that somebody likes, keeps or answers in spite of their age are not older, in days.
const OLDEST: usize = 60;

/// A day of the owner's: `touches` posts of others, one post, and the pictures that went by.
pub fn lives(taure: &Taure, app: &App, news: &mut News, touches: usize) {
    for _ in 0..touches {
        touches_one(taure, app, news);
    }
    let words = news.chance.between(5, 40);
    let own = taure.posts(&text(&mut news.chance, words));
    let place = news.book.add_own(own["uri"].as_str().unwrap().to_owned(), None);
    if news.book.today().is_multiple_of(60) && news.book.today() < 300 {
        taure.post(&format!("/api/v1/statuses/{}/pin", own["id"].as_str().unwrap()), json!({})).ok();
        news.book.posts[place].pinned = true;
    }
    for _ in 0..seen::A_DAY.min(news.pictures.len()) {
        let url = &news.pictures[news.chance.below(news.pictures.len())];
        see(app, url);
    }
}

fn touches_one(taure: &Taure, app: &App, news: &mut News) {
    let today = news.book.today();
    match news.chance.below(100) {
        0..42 => act(taure, app, news, "favourite", |_| true),
        42..55 => act(taure, app, news, "bookmark", |_| true),
        55..70 => act(taure, app, news, "reblog", |post| post.open),
        70..76 => act(taure, app, news, "react/%F0%9F%94%A5", |_| true),
        76..94 => {
            let Some(place) = choose(news, |_| true) else { return };
            let said = {
                let words = news.chance.between(3, 30);
                json!({"status": text(&mut news.chance, words), "in_reply_to_id": id(app, news, place)})
            };
            let answer = taure.post("/api/v1/statuses", said).ok();
            news.book.touch(place, "answer");
            news.book.add_own(answer["uri"].as_str().unwrap().to_owned(), Some(place));
        }
        _ => {
            let open = |post: &Post| post.poll_until.is_some_and(|day| day > today);
            let Some(place) = choose(news, open) else { return };
            let status = taure.status(&id(app, news, place));
            // One vote is all that the owner has, and this may be the hour of its end.
            if status["poll"]["voted"] == false && status["poll"]["expired"] == false {
                let votes = format!("/api/v1/polls/{}/votes", status["poll"]["id"].as_str().unwrap());
                taure.post(&votes, json!({"choices": [1]})).ok();
                news.book.touch(place, "vote");
            }
        }
    }
}

fn act(taure: &Taure, app: &App, news: &mut News, verb: &'static str, fits: impl Fn(&Post) -> bool) {
    let Some(place) = choose(news, fits) else { return };
    taure.post(&format!("/api/v1/statuses/{}/{verb}", id(app, news, place)), json!({})).ok();
    news.book.touch(place, verb);
}

/// Mostly of today, and sometimes of the last weeks.
fn choose(news: &mut News, fits: impl Fn(&Post) -> bool) -> Option<usize> {
    let days = if news.chance.per_mille(800) { 1 } else { OLDEST };
    let (from, to) = (news.book.since(days), news.book.posts.len());
    (0..2_000).map(|_| from + news.chance.below(to - from)).find(|&place| {
        let post = &news.book.posts[place];
        !post.deleted && !post.own && post.boosts.is_none() && fits(post)
    })
}

fn id(app: &App, news: &News, place: usize) -> String {
    let post = &news.book.posts[place];
    let found = app.store.read(|c| statuses::by_uri(c, &post.uri)).unwrap();
    found
        .unwrap_or_else(|| panic!("{post:?} is not there, and today is {}", news.book.today()))
        .id
        .to_string()
}
