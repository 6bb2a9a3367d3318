//! A year of one owner: hundreds of followed people, hundreds of thousands of posts, every hour its tidying. What the owner
//! touched is there at the end, with its threads; what nobody touched is gone; and the folder never outgrew its disk.
//!
//! `tests/bench/year` runs it. Only the way of an activity to this house is cut short: it is handed to the inbox's work
//! without a signature. Everything else is real: jobs, look-ups, previews, deliveries, the hour's tidying by the server's
//! own clock.

mod book;
mod elsewhere;
mod figures;
mod news;
mod owner;
mod seen;
mod wire;
mod words;

use crate::harness::Taure;
use book::{Post, Verdict};
use elsewhere::{Elsewhere, Person, stranger};
use figures::{MB, Sizes, count, mb, sizes};
use news::News;
use std::collections::HashSet;
use std::time::Instant;
use taure::app::App;
use taure::model::time::HOUR;
use taure::model::{AccountId, Follow, Job};
use taure::store::{accounts, jobs, relations};

const DAYS: usize = 365;
const QUIET_DAYS: usize = 120;
const MONTH: usize = 30;
const FOLLOWED: usize = 300;
const FOLLOWERS: usize = 60;
const POSTS: usize = 400_000;
const TOUCHES: usize = 3_000;
/// The clock moves so often a day, and by so much; each time what is due is done, the tidying among it.
const STEPS: usize = 6;
const STEP: i64 = 4 * HOUR;
/// Megabytes of the disk that the owner gives.
const BUDGET: u64 = 1_024;

#[test]
#[ignore = "some minutes in release: tests/bench/year"]
fn a_year_stays_small() {
    let (posts, budget) = (setting("TAURE_YEAR_POSTS", POSTS), setting("TAURE_YEAR_MB", BUDGET));
    let mut taure = Taure::new();
    taure.may_leave_jobs = true; // alarms of polls, say
    let app = taure.app();
    let mut news = settled(&taure, &app);
    let mut highest = Sizes::default();
    let begun = Instant::now();
    println!("month   posts  statuses  accounts  file MB  cache MB  folder MB  highest MB  seconds");
    for day in 0..DAYS {
        news.book.begins_day();
        let today = posts * (day + 1) / DAYS - posts * day / DAYS;
        for step in 0..STEPS {
            taure.later(STEP);
            let many = today * (step + 1) / STEPS - today * step / STEPS;
            for n in 0..many {
                let ago = STEP - STEP * i64::try_from(n).unwrap() / i64::try_from(many).unwrap();
                news.one(&app, app.now().plus(-ago));
            }
            hour(&taure, &app);
        }
        let touches = TOUCHES * (day + 1) / DAYS - TOUCHES * day / DAYS;
        owner::lives(&taure, &app, &mut news, touches);
        (0..3).for_each(|_| news.mention(&app, app.now()));
        if day % 7 == 0 {
            news.pin(&app);
        }
        taure.settles();
        within(&app, budget, &mut highest, day);
        if (day + 1) % MONTH == 0 || day + 1 == DAYS {
            line(&app, &news, day, highest, begun);
        }
    }
    let received = news.received;
    println!(
        "{received} posts and boosts came in {:.0} s, {} touched",
        begun.elapsed().as_secs_f64(),
        news.book.touches
    );
    let year = report(&app);
    let verdict = judge(&app, &news);
    quiet(&taure, &app, budget, &mut highest);
    let after = sizes(&app);
    report(&app);
    println!(
        "the file: {} MB at its highest, {} MB after {QUIET_DAYS} quiet days ({:.0} %); the folder: {} MB at its highest",
        mb(highest.file),
        mb(after.file),
        after.file as f64 * 100.0 / highest.file as f64,
        mb(highest.folder),
    );
    println!("jobs that wait still: {}", app.store.read(jobs::count).unwrap());
    assert!(year >= received / 8, "{received} came and {year} were there");
    assert!(verdict.is_empty(), "{}", verdict.join("\n"));
    // Of a small year the log and the room for new rows, 12 MB, are most of the file.
    assert!(
        highest.file < 100 * MB || after.file * 10 < highest.file * 6,
        "{} MB became {} MB",
        mb(highest.file),
        mb(after.file)
    );
}

fn setting<T: std::str::FromStr>(name: &str, default: T) -> T {
    let text = std::env::var(name).unwrap_or_default();
    text.parse().ok().filter(|_| !text.is_empty()).unwrap_or(default)
}

/// The owner follows them, and some follow back.
fn settled(taure: &Taure, app: &App) -> News {
    let elsewhere = Elsewhere::start();
    let servers = elsewhere.servers.clone();
    let name = |n: usize| Person {
        base: servers[n * 7 % servers.len()].clone(),
        name: format!("{}_f{n}", words::word(&mut words::Chance::new(n as u64))),
    };
    let followed: Vec<Person> = (0..FOLLOWED).map(name).collect();
    app.store
        .write(|tx| {
            // One of each server is known: no day is the first of all of them.
            for n in 0..servers.len() {
                accounts::upsert_remote(tx, &stranger(&servers, n).account(&elsewhere.files))?;
            }
            for (n, who) in followed.iter().enumerate() {
                let id: AccountId = accounts::upsert_remote(tx, &who.account(&elsewhere.files))?;
                relations::request_follow(tx, id, &format!("{}#follows/{n}", taure.actor()))?;
                relations::follow_accepted(tx, id)?;
                if n < FOLLOWERS {
                    relations::set_follower(tx, id, Follow::Yes, Some(&format!("{}#follows", who.actor())))?;
                }
            }
            Ok(())
        })
        .unwrap();
    News::new((taure.actor(), taure.handle()), elsewhere, followed)
}

/// What is due is done. The server queues the tidying by its own clock, and may not have come to it yet.
fn hour(taure: &Taure, app: &App) {
    app.store.write(|tx| jobs::push(tx, "", &Job::TidyUp)).unwrap();
    taure.settles();
}

/// The evening's look at the disk.
fn within(app: &App, budget: u64, highest: &mut Sizes, day: usize) {
    let now = sizes(app);
    highest.file = highest.file.max(now.file);
    highest.cache = highest.cache.max(now.cache);
    highest.folder = highest.folder.max(now.folder);
    assert!(now.folder < budget * MB, "on day {day} the folder has {} MB", mb(now.folder));
}

fn line(app: &App, news: &News, day: usize, highest: Sizes, begun: Instant) {
    let now = sizes(app);
    println!(
        "{:5} {:7} {:9} {:9} {:>8} {:>9} {:>10} {:>11} {:8.0}",
        (day + 1).div_ceil(MONTH),
        news.received,
        count(app, "statuses"),
        count(app, "accounts"),
        mb(now.file),
        mb(now.cache),
        mb(now.folder),
        mb(highest.folder),
        begun.elapsed().as_secs_f64(),
    );
}

/// Prints the tables that are long or large; gives how many statuses there are.
fn report(app: &App) -> usize {
    let rows = figures::rows(app);
    for (name, rows) in rows.iter().filter(|(_, rows)| *rows > 10_000) {
        println!("  {rows:9} rows in {name}");
    }
    for (name, bytes) in figures::bytes(app).iter().take(25) {
        println!("  {:>9} MB in {name}", mb(bytes.unsigned_abs()));
    }
    rows.iter().find(|(name, _)| name == "statuses").map_or(0, |(_, rows)| usize::try_from(*rows).unwrap())
}

/// Compares the file with what the test remembers; gives what is wrong.
fn judge(app: &App, news: &News) -> Vec<String> {
    let there: HashSet<String> = app
        .store
        .read(|c| {
            let mut statement = c.prepare("SELECT uri FROM statuses")?;
            Ok(statement.query_map([], |r| r.get(0))?.collect::<Result<_, _>>()?)
        })
        .unwrap();
    let Verdict { kept, gone, either, missing, left } = news.book.compare(&there);
    println!(
        "{} of {kept} posts that have to be there are, {} of {gone} that have to be gone are; {either} may be either",
        kept - missing.len(),
        gone - left.len()
    );
    let some = |what: &str, posts: &[&Post]| {
        let some = posts.iter().take(20).map(|post| {
            let touched = news.book.touched_around(post).join(", ");
            format!("  {} of day {}, boosted on {}, near: {touched}", post.uri, post.day, post.boosted_on)
        });
        let lines: Vec<String> = some.collect();
        (!posts.is_empty()).then(|| format!("{} {what}:\n{}", posts.len(), lines.join("\n")))
    };
    some("are missing", &missing).into_iter().chain(some("are left", &left)).collect()
}

/// Nobody writes; the house goes on.
fn quiet(taure: &Taure, app: &App, budget: u64, highest: &mut Sizes) {
    for day in 0..QUIET_DAYS {
        for _ in 0..STEPS {
            taure.later(STEP);
            hour(taure, app);
        }
        within(app, budget, highest, DAYS + day);
    }
}
