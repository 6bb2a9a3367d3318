//! What this place says of itself: its rules, what is kept of whom, on what terms, and which crawlers may come. The
//! owner's words where there are any, else what is true of the software as it is set up here.
//!
//! Written as `text::prose` reads it, so that the page, the API and the box in which the owner changes it agree.

use crate::app::App;
use crate::error::{Error, Result};
use crate::model::{Place, Settings};
use crate::store::instance;
use crate::words::{fill, say};

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
    let owner = owner(app);
    let days = i64::from(app.config.keep_posts_days);
    let pictures = match app.config.hotlink {
        true => say("policies-pictures-elsewhere"),
        false => say("policies-pictures-through-us"),
    };
    let mut write = say("policies-write-why").to_owned();
    if days > 0 {
        write = format!("{write} {}", fill("policies-forgotten", &[("days", days.into())]));
    }
    let mut shown = say("policies-shown").to_owned();
    if app.translator.is_some() {
        shown = format!("{shown} {}", say("policies-translated"));
    }
    if app.config.s3.is_some() {
        shown = format!("{shown} {}", say("policies-stored"));
    }
    format!(
        "{}\n\n# {}\n{} {pictures}\n\n# {}\n{write} {}\n\n{shown}\n\n# {}\n{}",
        fill("policies-home", &[("owner", owner.as_str().into())]),
        say("policies-visit"),
        say("policies-visit-why"),
        say("policies-write"),
        say("policies-logged"),
        say("policies-gone"),
        fill("policies-gone-why", &[("owner", owner.as_str().into())]),
    )
}

fn standard_terms(app: &App) -> String {
    let guest = fill("policies-guest", &[("owner", owner(app).into())]);
    let terms = [
        say("policies-be-kind"),
        say("policies-owner-decides"),
        say("policies-yours"),
        say("policies-owners"),
        say("policies-no-warranty"),
    ];
    format!("{guest}\n\n- {}", terms.join("\n- "))
}
