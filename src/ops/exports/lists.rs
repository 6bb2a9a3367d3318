//! The lists that the owner takes along, as Mastodon writes them (`app/models/export.rb` there): a row each, most of them
//! without a head.

use crate::app::App;
use crate::error::Result;
use crate::model::*;
use crate::store::{domain_blocks, filters, lists, relations, statuses, timelines};
use crate::text::csv_line;
use rusqlite::Connection;
use serde_json::{Value, json};

/// Rows that are read at once.
const ROWS: i64 = 500;

type Writer = fn(&Connection, &App, &mut String) -> Result<()>;

/// What each file is called, and what is in it.
pub const FILES: &[(&str, Writer)] = &[
    ("following_accounts.csv", following),
    ("followers.csv", followers),
    ("lists.csv", members),
    ("blocked_accounts.csv", blocked),
    ("muted_accounts.csv", muted),
    ("blocked_domains.csv", domains),
    ("bookmarks.csv", bookmarks),
    ("custom_filters.json", words),
];

/// The content of one of them; `None`: there is no such file.
pub fn list(app: &App, name: &str) -> Result<Option<String>> {
    let Some((_, write)) = FILES.iter().find(|(known, _)| *known == name) else { return Ok(None) };
    let mut text = String::new();
    app.store.read(|c| write(c, app, &mut text))?;
    Ok(Some(text))
}

/// Each row of a list that is read in pages, newest first.
pub fn each<T>(
    mut read: impl FnMut(&Page) -> Result<Vec<(i64, T)>>,
    mut row: impl FnMut(T) -> Result<()>,
) -> Result<()> {
    let mut page = Page::newest(ROWS);
    loop {
        let rows = read(&page)?;
        let Some((last, _)) = rows.last() else { return Ok(()) };
        page.max_id = Some(*last);
        rows.into_iter().try_for_each(|(_, one)| row(one))?;
    }
}

fn acct(me: &Instance, account: &Account) -> String {
    match account.domain {
        Some(_) => account.acct(),
        None => format!("{}@{}", account.username, me.domain),
    }
}

fn word(yes: bool) -> &'static str {
    if yes { "true" } else { "false" }
}

fn following(c: &Connection, app: &App, text: &mut String) -> Result<()> {
    text.push_str("Account address,Show boosts,Notify on new posts,Languages\n");
    each(
        |page| relations::list(c, relations::Relationship::FollowedPeople, page),
        |account: Account| {
            let of = &account.relation;
            let (who, languages) = (acct(&app.instance, &account), of.languages.join(", "));
            text.push_str(&csv_line(&[&who, word(of.show_reblogs), word(of.notify), &languages]));
            Ok(())
        },
    )
}

/// Mastodon has none. GoToSocial writes it like this.
fn followers(c: &Connection, app: &App, text: &mut String) -> Result<()> {
    text.push_str("Account address\n");
    accounts(c, app, relations::Relationship::Followers, text)
}

fn blocked(c: &Connection, app: &App, text: &mut String) -> Result<()> {
    accounts(c, app, relations::Relationship::Blocked, text)
}

fn accounts(c: &Connection, app: &App, which: relations::Relationship, text: &mut String) -> Result<()> {
    each(
        |page| relations::list(c, which, page),
        |account| {
            text.push_str(&csv_line(&[&acct(&app.instance, &account)]));
            Ok(())
        },
    )
}

fn members(c: &Connection, app: &App, text: &mut String) -> Result<()> {
    for list in lists::everyone(c)? {
        each(
            |page| lists::members(c, list.id, page),
            |account| {
                // Feeds are nobody else's to know.
                if !account.is_feed() {
                    text.push_str(&csv_line(&[&list.title, &acct(&app.instance, &account)]));
                }
                Ok(())
            },
        )?;
    }
    Ok(())
}

fn muted(c: &Connection, app: &App, text: &mut String) -> Result<()> {
    text.push_str("Account address,Hide notifications\n");
    each(
        |page| relations::muted(c, page, app.now()),
        |account| {
            let hide = word(account.relation.muting_notifications);
            text.push_str(&csv_line(&[&acct(&app.instance, &account), hide]));
            Ok(())
        },
    )
}

fn domains(c: &Connection, _: &App, text: &mut String) -> Result<()> {
    each(
        |page| domain_blocks::list(c, page),
        |domain: String| {
            text.push_str(&csv_line(&[&domain]));
            Ok(())
        },
    )
}

fn bookmarks(c: &Connection, _: &App, text: &mut String) -> Result<()> {
    each(
        |page| timelines::marked(c, timelines::Marked::Bookmarked, page),
        |status| {
            text.push_str(&csv_line(&[&status.uri]));
            Ok(())
        },
    )
}

fn words(c: &Connection, _: &App, text: &mut String) -> Result<()> {
    let mut all = Vec::new();
    for filter in filters::everything(c)? {
        let words: Vec<Value> = filters::keywords(c, Some(filter.id))?
            .into_iter()
            .map(|word| json!({"keyword": word.keyword, "whole_word": word.whole_word}))
            .collect();
        let ids: Vec<StatusId> = filters::statuses(c, Some(filter.id))?.iter().map(|s| s.status).collect();
        let posts: Vec<String> = statuses::many(c, &ids)?.into_values().map(|status| status.uri).collect();
        let contexts: Vec<&str> = filter.contexts.iter().map(|context| context.as_str()).collect();
        all.push(json!({
            "title": filter.title,
            "expire_at": filter.expires_at.map(|at| at.to_string()),
            "context": contexts,
            "action": filter.action.as_str(),
            "keywords_attributes": words,
            "statuses": posts,
        }));
    }
    text.push_str(&json!({"custom_filters": all}).to_string());
    Ok(())
}
