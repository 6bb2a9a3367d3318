//! What this place says of itself: its rules, what is kept of whom, on what terms, and which crawlers may come. The
//! owner's words where there are any, else what is true of the software as it is set up here.
//!
//! Written as `text::prose` reads it, so that the page, the API and the box in which the owner changes it agree.

use crate::app::App;
use crate::error::{Error, Result};
use crate::model::{Place, Settings};
use crate::store::instance;

pub const RULES: usize = 20;
pub const RULE_LIMIT: usize = 300;
pub const TEXT_LIMIT: usize = 20_000;
const CRAWLERS: usize = 200;
const CRAWLER_LIMIT: usize = 60;

pub fn get(app: &App) -> Result<Place> {
    Ok(app.store.read(instance::settings)?.place)
}

/// Replaces all of it.
///
/// Errors: `Invalid`, with the reason, for what is too long, too much, or no name of a crawler.
pub fn set(app: &App, mut place: Place) -> Result<()> {
    let letters = |text: &str| text.chars().count();
    place.rules = tidy(place.rules);
    place.crawlers = tidy(place.crawlers);
    if place.rules.len() > RULES || place.rules.iter().any(|rule| letters(rule) > RULE_LIMIT) {
        return Err(Error::invalid(format!("At most {RULES} rules of {RULE_LIMIT} letters each fit here")));
    }
    for text in [&mut place.about, &mut place.privacy, &mut place.terms] {
        *text = text.replace("\r\n", "\n").trim().to_owned();
        if letters(text) > TEXT_LIMIT {
            return Err(Error::invalid(format!("A text has at most {TEXT_LIMIT} letters")));
        }
    }
    // A line break would be a line of its own in robots.txt.
    let is_name = |name: &String| {
        let fits = |c: char| c.is_ascii_alphanumeric() || " -_./".contains(c);
        name.len() <= CRAWLER_LIMIT && name.chars().all(fits)
    };
    if place.crawlers.len() > CRAWLERS || !place.crawlers.iter().all(is_name) {
        return Err(Error::invalid(
            "Write the name of one crawler on each line: letters, digits and -_./ only",
        ));
    }
    app.store.write_durably(|tx| {
        let settings = instance::settings(tx)?;
        // What stands there by itself is not the owner's word: it goes on changing with the software.
        if place.privacy == standard_privacy(app) {
            place.privacy.clear();
        }
        if place.terms == standard_terms(app) {
            place.terms.clear();
        }
        place.changed_at = Some(tx.now.0);
        instance::set_settings(tx, &Settings { place, ..settings })
    })
}

fn tidy(lines: Vec<String>) -> Vec<String> {
    lines.into_iter().map(|line| line.trim().to_owned()).filter(|line| !line.is_empty()).collect()
}

pub fn privacy(app: &App, place: &Place) -> String {
    if place.privacy.is_empty() { standard_privacy(app) } else { place.privacy.clone() }
}

pub fn terms(app: &App, place: &Place) -> String {
    if place.terms.is_empty() { standard_terms(app) } else { place.terms.clone() }
}

/// `@alice@example.org`, to whom one writes.
fn owner(app: &App) -> String {
    format!("@{}@{}", app.instance.username, app.instance.domain)
}

fn standard_privacy(app: &App) -> String {
    let pictures = match app.config.hotlink {
        true => "come from there, so those servers can see your address.",
        false => "come through this one, so theirs do not learn of you.",
    };
    let forgotten = match app.config.keep_posts_days {
        0 => String::new(),
        days => format!("Posts that the owner did nothing with are forgotten after {days} days. "),
    };
    let translated = match app.translator {
        Some(_) => " A post that the owner wants translated is sent to a translation service.",
        None => "",
    };
    let stored = if app.config.s3.is_some() { " Files are kept with a storage service." } else { "" };
    let owner = owner(app);
    format!(
        "This server is the home of one person, {owner}, and has no accounts of others.\n\n\
         # If you visit\n\
         You get no cookie, are not counted or tracked, and load no script of others. Which address asked for \
         which page is not recorded by this software; a proxy in front of it may keep a log of its own. \
         Pictures, films and sounds of people on other servers {pictures}\n\n\
         # If you write from another server\n\
         What your server sends is kept: your public profile and keys, the posts that come here, and that you \
         follow, like, boost, vote or report. Copies of pictures, films and sounds may be kept for a while. \
         {forgotten}What is sent to your server is logged by its name and answer, for up to 30 days.\n\n\
         Nothing is sold or shown as an advertisement. What is public here, and an answer to you, goes to other \
         servers, which keep it by rules of their own. Posts with followers or few people as their readers are \
         shown to nobody else, but they are not encrypted: the owner can read what was sent here.{translated}{stored}\n\n\
         # If you want it gone\n\
         What you delete on your server is deleted here when it says so. For anything else write to {owner}. \
         Backups may keep it a little longer."
    )
}

fn standard_terms(app: &App) -> String {
    format!(
        "This server is the home of one person, {}. Whoever reads or writes here is a guest.\n\n\
         - Be kind. No harassment, no spam, nothing illegal.\n\
         - The owner decides what stays, who is heard, and which servers are talked to.\n\
         - What you write stays yours. You let this server keep it and show it to those it was addressed to.\n\
         - What the owner writes stays the owner’s.\n\
         - There is no warranty: the server may be slow, lose things or go away, and nobody is liable for it as far \
         as the law allows.",
        owner(app)
    )
}
