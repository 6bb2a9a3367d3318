//! What goes in time, so that a personal server runs for years on a small disk: posts of others that nobody here touched,
//! and whatever they leave behind. One file an aggregate; [`BOUNDS`] says of each table why it does not grow for ever.

pub mod accounts;
pub mod apps;
pub mod cards;
pub mod hosts;
pub mod notifications;
pub mod posts;
pub mod tags;
pub mod tombstones;

/// Every table, and what keeps it small. A test compares this with the schema.
pub const BOUNDS: &[(&str, &str)] = &[
    ("account_words", "a row an account, by trigger"),
    ("accounts", "retention::accounts"),
    ("activities", "tidy: thirty days; the owner's moves stay, which are few"),
    ("actor_keys", "go with their account"),
    ("annual_reports", "a row a year"),
    ("app_calls", "two hundred an app"),
    ("approvals", "go with the owner's post"),
    ("apps", "retention::apps, and five hundred unused ones at most"),
    ("blocklist_entries", "a hundred thousand a list"),
    ("blocklists", "five, where they are made"),
    ("cards", "retention::cards"),
    ("codes", "tidy: ten minutes"),
    ("collection_items", "by the owner's own doing"),
    ("collections", "by the owner's own doing"),
    ("conversations", "go with their last letter, by trigger"),
    ("custom_emojis", "by the owner's own doing"),
    ("deliveries", "go with their activity"),
    ("domain_blocks", "two hundred thousand, where they are made"),
    ("drafts", "a hundred, where they are made"),
    ("favourites", "go with the owner's post"),
    ("featured_by_others", "go with their account"),
    ("feeds", "go with their account"),
    ("filter_keywords", "by the owner's own doing"),
    ("filter_statuses", "by the owner's own doing"),
    ("filters", "by the owner's own doing"),
    ("flags", "two hundred, where they come in"),
    ("hosts", "retention::hosts"),
    ("idempotency_keys", "tidy: an hour"),
    ("imported", "a row a post that was brought along"),
    ("imports", "the newest fifty, where they are made"),
    ("imports_waiting", "as many as a table may have rows, and go one after the other"),
    ("instance", "one row"),
    ("jobs", "given up after a week; alarms ring at their time"),
    ("keys", "a few rows"),
    ("lanes", "go with their last job"),
    ("list_accounts", "by the owner's own doing"),
    ("lists", "by the owner's own doing"),
    ("login_links", "tidy: until they expire"),
    ("markers", "a row a timeline"),
    ("media", "go with their post, and uploads that no post took after a day"),
    ("mentions", "go with their post"),
    ("move_followers", "those of the last move"),
    (
        "notifications",
        "retention::notifications; held-back ones until the owner decides, of strangers five hundred a server and five thousand in all",
    ),
    ("passkeys", "twenty, where they are made"),
    ("policies", "go with their post"),
    ("poll_votes", "go with the owner's post"),
    ("polls", "go with their post"),
    ("push_subscriptions", "one a token"),
    ("quotes", "go with their post"),
    ("reactions", "go with their post"),
    ("recovery_codes", "ten"),
    ("remote_files", "the cap of the cache: ops::budget"),
    ("reports", "a thousand, where they are made"),
    ("scheduled_statuses", "by the owner's own doing"),
    ("seen_activities", "tidy: thirty days"),
    ("sessions", "tidy: three months unused"),
    ("settings", "a few rows"),
    ("sign_ins", "the last twenty"),
    ("sources", "by the owner's own doing"),
    ("spent_tickets", "five minutes, where the next is spent"),
    ("status_edits", "go with their post"),
    ("status_tags", "go with their post"),
    ("status_words", "a row a post, by trigger"),
    ("statuses", "retention::posts; the owner's, letters, and what the owner touched or is named in stay"),
    ("subscriptions", "a few a source"),
    ("tags", "retention::tags"),
    ("tokens", "by the owner's own doing; twenty of an app alone"),
    ("tombstones", "retention::tombstones; the owner's own stay"),
    ("totp", "one, and one that waits for its first code"),
    ("webhooks", "ten, where they are made"),
    ("webmentions", "a thousand a post and ten thousand in all, where they come in"),
    ("webmentions_sent", "the newest thousand, where they are noted"),
];

#[cfg(test)]
mod tests {
    use super::super::tests::empty;
    use super::*;

    #[test]
    fn every_table_has_a_line_that_says_what_bounds_it() {
        let tables: Vec<String> = empty()
            .read(|c| {
                // Without what a full-text index keeps of itself.
                let sql = "SELECT m.name FROM sqlite_master m JOIN pragma_table_list t ON t.name = m.name AND t.schema = 'main'
                            WHERE m.type = 'table' AND t.type <> 'shadow' AND m.name NOT LIKE 'sqlite_%' ORDER BY m.name";
                crate::store::row::all(c, sql, [], |r| r.get(0))
            })
            .unwrap();
        let lines: Vec<&str> = BOUNDS.iter().map(|(table, _)| *table).collect();
        assert_eq!(tables, lines, "a table without a line, a line without a table, or not in their order");
        for (table, why) in BOUNDS {
            assert!(!why.is_empty(), "{table}");
            let Some(rest) = why.strip_prefix("retention::") else { continue };
            let name: String = rest.chars().take_while(char::is_ascii_alphabetic).collect();
            let file = format!("{}/src/store/retention/{name}.rs", env!("CARGO_MANIFEST_DIR"));
            assert!(std::path::Path::new(&file).exists(), "{table}: no {file}");
        }
    }
}
