//! What arrives: activities as Mastodon writes them, handed to the inbox's work as they are after their signature was
//! verified.

use super::book::Book;
use super::elsewhere::{Elsewhere, Person, stranger, strangers_post};
use super::words::{Chance, text, word};
use crate::peer::{AS, PUBLIC};
use serde_json::{Value, json};
use std::collections::VecDeque;
use taure::app::App;
use taure::federation::dispatch;
use taure::federation::handlers::Outcome;
use taure::model::Timestamp;

/// The newest pictures that are remembered, for the owner to look at.
const PICTURES: usize = 1_000;

pub struct News {
    pub elsewhere: Elsewhere,
    pub followed: Vec<Person>,
    pub chance: Chance,
    pub book: Book,
    pub pictures: VecDeque<String>,
    /// Creates and Announces that came.
    pub received: usize,
    /// The owner's id and handle.
    owner: (String, String),
    next: u64,
}

/// A post that is being written.
struct Draft {
    by: usize,
    uri: String,
    at: Timestamp,
    above: Option<usize>,
    to_owner: bool,
}

impl News {
    pub fn new(owner: (String, String), elsewhere: Elsewhere, followed: Vec<Person>) -> News {
        News {
            elsewhere,
            followed,
            chance: Chance::new(1),
            book: Book::default(),
            pictures: VecDeque::new(),
            received: 0,
            owner,
            next: 114_000_000_000_000_000,
        }
    }

    /// One post or boost arrives, and now and then something besides.
    pub fn one(&mut self, app: &App, at: Timestamp) {
        match self.chance.below(1_000) {
            0..600 => self.post(app, at, None),
            600..800 => {
                let (book, chance) = (&self.book, &mut self.chance);
                let above = book.recent(|n| chance.below(n), |place, _| book.is_answerable(place));
                self.post(app, at, above);
            }
            800..830 => self.answer_to_strangers(app, at),
            830..950 => {
                let (book, chance) = (&self.book, &mut self.chance);
                match book.recent(|n| chance.below(n), |_, post| post.open && post.boosts.is_none()) {
                    Some(of) => self.boost(app, at, of),
                    None => self.post(app, at, None),
                }
            }
            _ => self.boost_of_stranger(app, at),
        }
        self.received += 1;
        if self.chance.per_mille(30) {
            self.edit(app, at);
        }
        if self.chance.per_mille(10) {
            self.delete(app);
        }
        if self.chance.per_mille(5) {
            self.like(app);
        }
    }

    /// Somebody writes to the owner.
    pub fn mention(&mut self, app: &App, at: Timestamp) {
        let draft = Draft { to_owner: true, ..self.draft(at, None) };
        let place = self.create(app, &draft);
        self.book.touch(place, "mention");
        self.received += 1;
    }

    /// The author puts one of the last days' posts on top of their profile.
    pub fn pin(&mut self, app: &App) {
        let (book, chance) = (&self.book, &mut self.chance);
        let found = book
            .recent(|n| chance.below(n), |_, post| post.open && post.by.is_some() && post.boosts.is_none());
        let Some(place) = found else { return };
        let actor = self.followed[self.book.posts[place].by.unwrap()].actor();
        let add = json!({"@context": AS, "id": format!("{actor}#add/{place}"), "type": "Add", "actor": actor,
            "object": self.book.posts[place].uri, "target": format!("{actor}/collections/featured")});
        self.arrives(app, &actor, &add);
        (self.book.posts[place].pinned, self.book.posts[place].needed) = (true, true);
    }

    fn arrives(&self, app: &App, signer: &str, activity: &Value) {
        let outcome = dispatch::receive(app, signer, false, &activity.to_string());
        assert_eq!(outcome.ok(), Some(Outcome::Done), "{activity}");
    }

    fn id(&mut self) -> u64 {
        self.next += self.chance.between(1, 1_000_000) as u64;
        self.next
    }

    fn draft(&mut self, at: Timestamp, above: Option<usize>) -> Draft {
        let by = self.chance.seldom(self.followed.len());
        let uri = format!("{}/statuses/{}", self.followed[by].actor(), self.id());
        Draft { by, uri, at, above, to_owner: false }
    }

    fn post(&mut self, app: &App, at: Timestamp, above: Option<usize>) {
        let draft = self.draft(at, above);
        self.create(app, &draft);
    }

    fn create(&mut self, app: &App, draft: &Draft) -> usize {
        let (note, poll) = self.note(draft);
        let actor = self.followed[draft.by].actor();
        let create = json!({"@context": AS, "id": format!("{}/activity", draft.uri), "type": "Create", "actor": actor,
            "published": draft.at.to_string(), "to": note["to"], "cc": note["cc"], "object": note});
        self.arrives(app, &actor, &create);
        let open = note["to"] == json!([PUBLIC]) || note["cc"][0] == PUBLIC;
        let place = self.book.add(draft.uri.clone(), Some(draft.by), open, draft.above);
        self.book.posts[place].poll_until = poll;
        if draft.above.is_some_and(|above| self.book.posts[above].own) {
            self.book.touch(place, "answer to the owner");
        }
        place
    }

    /// The object, and the day on which its poll ends.
    fn note(&mut self, draft: &Draft) -> (Value, Option<usize>) {
        let who = self.followed[draft.by].clone();
        let (actor, followers) = (who.actor(), format!("{}/followers", who.actor()));
        let audience = if draft.above.is_some() || draft.to_owner { 0 } else { self.chance.below(100) };
        let (to, mut cc) = match audience {
            0..72 => (vec![json!(PUBLIC)], vec![json!(followers)]),
            72..92 => (vec![json!(followers)], vec![json!(PUBLIC)]),
            _ => (vec![json!(followers)], vec![]),
        };
        let (mut tags, mut extra) = (Vec::new(), String::new());
        for (href, name) in self.named(draft) {
            extra.push_str(&format!(
                "<span class=\"h-card\" translate=\"no\"><a href=\"{href}\" class=\"u-url mention\">{name}</a></span> "
            ));
            cc.push(json!(href));
            tags.push(json!({"type": "Mention", "href": href, "name": name}));
        }
        self.hashtags(&who, &mut tags, &mut extra);
        self.emojis(&who, &mut tags, &mut extra);
        if self.chance.per_mille(80) {
            let page = self.elsewhere.page(&mut self.chance);
            extra.push_str(&format!(
                "<a href=\"{page}\" rel=\"nofollow noopener\" target=\"_blank\">{page}</a>"
            ));
        }
        let words =
            if self.chance.per_mille(150) { self.chance.between(50, 90) } else { self.chance.between(3, 45) };
        let above = draft.above.map(|above| self.book.posts[above].uri.clone());
        let mut note = json!({
            "id": draft.uri, "type": "Note", "summary": null, "inReplyTo": above, "published": draft.at.to_string(),
            "url": format!("{}/@{}/{}", who.base, who.name, draft.uri.rsplit('/').next().unwrap()),
            "attributedTo": actor, "to": to, "cc": cc, "sensitive": false,
            "conversation": format!("tag:{},2026-01-01:objectId={}:objectType=Conversation", who.base, self.next),
            "content": format!("<p>{}</p><p>{extra}</p>", text(&mut self.chance, words)),
            "contentMap": {"en": ""}, "attachment": self.attachments(), "tag": tags,
        });
        note["contentMap"]["en"] = note["content"].clone();
        if draft.above.is_none() && self.chance.per_mille(10) {
            let days = self.chance.between(1, 3);
            let ends = draft.at.plus(days as i64 * taure::model::time::DAY);
            let option = |name: &str| json!({"type": "Note", "name": name, "replies": {"type": "Collection", "totalItems": 3}});
            note["type"] = json!("Question");
            note["endTime"] = json!(ends.to_string());
            note["oneOf"] = (0..4).map(|_| option(&text(&mut self.chance, 3))).collect();
            return (note, Some(self.book.today() + days));
        }
        (note, None)
    }

    /// Who is named: the author of what is answered, and now and then somebody else.
    fn named(&mut self, draft: &Draft) -> Vec<(String, String)> {
        let mut named = Vec::new();
        let answers_owner = draft.above.is_some_and(|above| self.book.posts[above].own);
        if draft.to_owner || answers_owner {
            named.push(self.owner.clone());
        } else if let Some(by) = draft.above.and_then(|above| self.book.posts[above].by) {
            named.push((self.followed[by].actor(), self.followed[by].handle()));
        }
        let somebody = match self.chance.below(1_000) {
            0..40 => Some(self.chance.of_list(&self.followed).clone()),
            40..55 => Some(self.stranger()),
            _ => None,
        };
        named.extend(somebody.map(|who| (who.actor(), who.handle())));
        named
    }

    fn stranger(&mut self) -> Person {
        stranger(&self.elsewhere.servers, self.chance.seldom(super::elsewhere::STRANGERS))
    }

    /// Of many well-known ones and a few that somebody invented.
    fn hashtags(&mut self, who: &Person, tags: &mut Vec<Value>, html: &mut String) {
        if !self.chance.per_mille(180) {
            return;
        }
        for _ in 0..self.chance.between(1, 4) {
            let name = if self.chance.per_mille(850) {
                let number = self.chance.seldom(3_000) as u64;
                format!("{}Tag{number}", word(&mut Chance::new(number + 50)))
            } else {
                let end = self.chance.below(100_000);
                format!("{}{}{end}", word(&mut self.chance), word(&mut self.chance))
            };
            let href = format!("{}/tags/{}", who.base, name.to_lowercase());
            html.push_str(&format!(
                "<a href=\"{href}\" class=\"mention hashtag\" rel=\"tag\">#<span>{name}</span></a> "
            ));
            tags.push(json!({"type": "Hashtag", "href": href, "name": format!("#{}", name.to_lowercase())}));
        }
    }

    fn emojis(&mut self, who: &Person, tags: &mut Vec<Value>, html: &mut String) {
        if !self.chance.per_mille(100) {
            return;
        }
        for _ in 0..self.chance.between(1, 2) {
            let number = self.chance.below(300) as u64;
            let name = format!(":{}{number}:", word(&mut Chance::new(number)));
            let url = self.elsewhere.files.picture(&mut Chance::new(number + 10_000));
            html.push_str(&name);
            tags.push(json!({"id": format!("{}/emojis/{number}", who.base), "type": "Emoji", "name": name,
                "updated": "2024-05-01T00:00:00Z", "icon": {"type": "Image", "mediaType": "image/png", "url": url}}));
        }
    }

    /// A third of the posts has a picture or two.
    fn attachments(&mut self) -> Vec<Value> {
        let many = match self.chance.below(100) {
            0..24 => 1,
            24..33 => 2,
            _ => 0,
        };
        let mut all = Vec::new();
        for _ in 0..many {
            let url = self.elsewhere.files.picture(&mut self.chance);
            let words = if self.chance.per_mille(600) { self.chance.between(5, 40) } else { 0 };
            let name = if words > 0 { json!(text(&mut self.chance, words)) } else { Value::Null };
            all.push(json!({"type": "Document", "mediaType": "image/jpeg", "url": url, "name": name,
                "blurhash": "UBL_:rOpGG-;_Nof%gs:0JRj%MWB~qt7M{Rj", "focalPoint": [0.0, 0.0],
                "width": self.chance.between(600, 3_000), "height": self.chance.between(600, 3_000)}));
            self.pictures.push_back(url);
        }
        while self.pictures.len() > PICTURES {
            self.pictures.pop_front();
        }
        all
    }

    /// A thread of strangers that somebody who is followed joins: what is above is fetched by a job.
    fn answer_to_strangers(&mut self, app: &App, at: Timestamp) {
        let (thread, depth) = (self.id(), self.chance.below(3) as u64);
        let mut above = None;
        for d in 0..=depth {
            let uri = strangers_post(&self.elsewhere.servers, thread, d).1;
            let place = self.book.add(uri, None, true, above);
            self.book.posts[place].needed = true;
            above = Some(place);
        }
        self.post(app, at, above);
    }

    fn boost(&mut self, app: &App, at: Timestamp, of: usize) {
        let by = self.chance.seldom(self.followed.len());
        let actor = self.followed[by].actor();
        let id = format!("{actor}/statuses/{}/activity", self.id());
        let announce = json!({"@context": AS, "id": id, "type": "Announce", "actor": actor,
            "published": at.to_string(), "to": [PUBLIC], "cc": [format!("{actor}/followers")],
            "object": self.book.posts[of].uri});
        self.arrives(app, &actor, &announce);
        self.book.add_boost(id, by, of);
    }

    fn boost_of_stranger(&mut self, app: &App, at: Timestamp) {
        let thread = self.id();
        let uri = strangers_post(&self.elsewhere.servers, thread, 0).1;
        let of = self.book.add(uri, None, true, None);
        self.boost(app, at, of);
    }

    fn edit(&mut self, app: &App, at: Timestamp) {
        let (book, chance) = (&self.book, &mut self.chance);
        let plain = |_: usize, post: &super::book::Post| {
            let plain = post.boosts.is_none() && post.poll_until.is_none() && post.touched.is_none();
            plain && post.by.is_some() && post.open
        };
        let Some(place) = book.recent(|n| chance.below(n), plain) else { return };
        let post = &self.book.posts[place];
        let (by, uri) = (post.by.unwrap(), post.uri.clone());
        let draft = Draft { by, uri: uri.clone(), at, above: None, to_owner: false };
        let (mut note, _) = self.note(&draft);
        (note["type"], note["updated"]) = (json!("Note"), json!(at.to_string()));
        let actor = self.followed[by].actor();
        let update = json!({"@context": AS, "id": format!("{uri}#updates/{}", at.0), "type": "Update", "actor": actor,
            "to": [PUBLIC], "object": note});
        self.arrives(app, &actor, &update);
    }

    /// One that nobody did anything with.
    fn delete(&mut self, app: &App) {
        let (book, chance) = (&self.book, &mut self.chance);
        let found = book.recent(
            |n| chance.below(n),
            |_, post| post.by.is_some() && !post.needed && post.poll_until.is_none() && post.boosts.is_none(),
        );
        let Some(place) = found else { return };
        let post = &self.book.posts[place];
        let actor = self.followed[post.by.unwrap()].actor();
        let delete = json!({"@context": AS, "id": format!("{}#delete", post.uri), "type": "Delete", "actor": actor,
            "to": [PUBLIC], "object": {"id": post.uri, "type": "Tombstone", "atomUri": post.uri}});
        self.arrives(app, &actor, &delete);
        self.book.posts[place].deleted = true;
    }

    fn like(&mut self, app: &App) {
        let (book, chance) = (&self.book, &mut self.chance);
        let Some(place) = book.recent(|n| chance.below(n), |_, post| post.own) else { return };
        let actor = self.chance.of_list(&self.followed).actor();
        let id = format!("{actor}#likes/{}", self.id());
        let like = json!({"@context": AS, "id": id, "type": "Like", "actor": actor, "object": self.book.posts[place].uri});
        self.arrives(app, &actor, &like);
    }
}
