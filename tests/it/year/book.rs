//! What the test itself remembers of the year, to compare with what is in the file at its end.

use std::collections::HashSet;

/// Nothing that came in goes before this, and everything untouched is gone so long after it was last of interest: ninety
/// days, the week between two rounds, and a day for the round.
pub const KEPT: usize = taure::config::KEEP_POSTS_DAYS as usize;
pub const GONE: usize = KEPT + 7 + 2;
/// What is answered, boosted, liked and changed is not older.
const RECENT: usize = 4;
const LONGEST_THREAD: usize = 40;

#[derive(Debug)]
pub struct Post {
    pub uri: String,
    /// A number of somebody who is followed; none for strangers and the owner.
    pub by: Option<usize>,
    pub own: bool,
    /// Public or unlisted.
    pub open: bool,
    /// When it came.
    pub day: usize,
    /// The first post of its thread, as a place in the book.
    pub root: usize,
    /// What it boosts.
    pub boosts: Option<usize>,
    pub boosted_on: usize,
    pub poll_until: Option<usize>,
    pub deleted: bool,
    /// Nobody may take it back: its author answered it or the owner touched it.
    pub needed: bool,
    /// Kept for itself, whatever becomes of its thread.
    pub pinned: bool,
    /// What the owner did with it.
    pub touched: Option<&'static str>,
    // Of the whole thread, at its root.
    thread_until: usize,
    thread_posts: usize,
    thread_touched: bool,
}

#[derive(Default)]
pub struct Book {
    pub posts: Vec<Post>,
    /// Where each day began.
    days: Vec<usize>,
    pub touches: usize,
}

/// What should be there at the end, and what should not.
#[derive(Debug, Default)]
pub struct Verdict<'a> {
    pub kept: usize,
    pub gone: usize,
    /// Kept too long by a few days at most, or for the sake of something else.
    pub either: usize,
    pub missing: Vec<&'a Post>,
    pub left: Vec<&'a Post>,
}

impl Book {
    pub fn begins_day(&mut self) {
        self.days.push(self.posts.len());
    }

    pub fn today(&self) -> usize {
        self.days.len() - 1
    }

    pub fn since(&self, days: usize) -> usize {
        self.days[self.today().saturating_sub(days)]
    }

    /// A post that came just now, by whoever; it answers `above`.
    pub fn add(&mut self, uri: String, by: Option<usize>, open: bool, above: Option<usize>) -> usize {
        let (place, day) = (self.posts.len(), self.today());
        let root = above.map_or(place, |above| self.posts[above].root);
        self.posts.push(Post {
            uri,
            by,
            own: false,
            open,
            day,
            root,
            boosts: None,
            boosted_on: 0,
            poll_until: None,
            deleted: false,
            needed: false,
            pinned: false,
            touched: None,
            thread_until: day,
            thread_posts: 0,
            thread_touched: false,
        });
        if let Some(above) = above {
            self.posts[above].needed = true;
        }
        let root = &mut self.posts[root];
        root.thread_until = day;
        root.thread_posts += 1;
        place
    }

    pub fn add_own(&mut self, uri: String, above: Option<usize>) -> usize {
        let place = self.add(uri, None, true, above);
        self.posts[place].own = true;
        self.touch(place, "own");
        place
    }

    pub fn add_boost(&mut self, uri: String, by: usize, of: usize) {
        let boost = self.add(uri, Some(by), false, None);
        let today = self.today();
        self.posts[boost].boosts = Some(of);
        self.posts[of].boosted_on = today;
        self.posts[of].needed = true;
    }

    pub fn touch(&mut self, place: usize, how: &'static str) {
        self.touches += 1;
        let root = self.posts[place].root;
        let post = &mut self.posts[place];
        (post.touched, post.needed) = (Some(how), true);
        self.posts[root].thread_touched = true;
    }

    /// A post that can be answered.
    pub fn is_answerable(&self, place: usize) -> bool {
        let post = &self.posts[place];
        !post.deleted && post.boosts.is_none() && self.posts[post.root].thread_posts < LONGEST_THREAD
    }

    /// A place of the last few days that `fits`, found by `chance`, if it finds one.
    pub fn recent(
        &self,
        mut chance: impl FnMut(usize) -> usize,
        fits: impl Fn(usize, &Post) -> bool,
    ) -> Option<usize> {
        let from = self.since(RECENT);
        (0..60)
            .map(|_| from + chance((self.posts.len() - from).max(1)))
            .find(|&place| self.posts.get(place).is_some_and(|post| !post.deleted && fits(place, post)))
    }

    /// What the owner did in the thread of a post.
    pub fn touched_around(&self, post: &Post) -> Vec<&'static str> {
        let of_thread = self.posts.iter().filter(|p| p.root == post.root);
        let mut all: Vec<&str> = of_thread.filter_map(|p| p.touched).collect();
        all.sort_unstable();
        all.dedup();
        all
    }

    /// Compares with the addresses that are in the file.
    pub fn compare(&self, there: &HashSet<String>) -> Verdict<'_> {
        let (mut verdict, today) = (Verdict::default(), self.today());
        for post in &self.posts {
            let root = &self.posts[post.root];
            let of_own = post.boosts.is_some_and(|of| self.posts[of].own);
            let until = root.thread_until.max(post.boosted_on);
            let is_there = there.contains(&post.uri);
            if post.deleted {
                verdict.gone += 1;
                if is_there {
                    verdict.left.push(post);
                }
            } else if root.thread_touched || post.pinned || of_own || post.day + KEPT > today + 1 {
                verdict.kept += 1;
                if !is_there {
                    verdict.missing.push(post);
                }
            } else if until + GONE < today {
                verdict.gone += 1;
                if is_there {
                    verdict.left.push(post);
                }
            } else {
                verdict.either += 1;
            }
        }
        verdict
    }
}
