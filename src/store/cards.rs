//! Previews of links; a status points at its own.

use super::Tx;
use super::domain_blocks;
use super::row::{all, first, id_list};
use crate::error::Result;
use crate::model::*;
use rusqlite::{Connection, Row, named_params};
use std::collections::HashMap;

const COLUMNS: &str = "id, url, title, description, language, author_name, author_url, author_id, provider_name, \
    provider_url, image, image_description, width, height, published_at, fetched_at, kind, html, embed_url, \
    webmention";

fn from_row(r: &Row<'_>) -> rusqlite::Result<Card> {
    Ok(Card {
        id: r.get(0)?,
        url: r.get(1)?,
        title: r.get(2)?,
        description: r.get(3)?,
        language: r.get(4)?,
        author_name: r.get(5)?,
        author_url: r.get(6)?,
        author: r.get(7)?,
        provider_name: r.get(8)?,
        provider_url: r.get(9)?,
        image: r.get(10)?,
        image_description: r.get(11)?,
        width: r.get(12)?,
        height: r.get(13)?,
        published_at: r.get(14)?,
        fetched_at: r.get(15)?,
        kind: CardKind::parse(&r.get::<_, String>(16)?),
        html: r.get(17)?,
        embed_url: r.get(18)?,
        webmention: r.get(19)?,
    })
}

pub fn by_url(c: &Connection, url: &str) -> Result<Option<Card>> {
    first(c, &format!("SELECT {COLUMNS} FROM cards WHERE url = ?1"), [url], from_row)
}

/// Those of `ids` that exist and show something, and whose site the owner wants to see.
pub fn many(c: &Connection, ids: &[CardId]) -> Result<HashMap<CardId, Card>> {
    let sql = format!("SELECT {COLUMNS} FROM cards WHERE id IN rarray(?1) AND title <> ''");
    let mut found = all(c, &sql, [id_list(ids.iter().copied())], from_row)?;
    if domain_blocks::any_without_media(c)? {
        let mut shown = Vec::with_capacity(found.len());
        for card in found {
            if !domain_blocks::gives_no_media(c, &card.url)? {
                shown.push(card);
            }
        }
        found = shown;
    }
    Ok(found.into_iter().map(|card| (card.id, card)).collect())
}

/// Stores what was fetched now. An empty card only says that it was tried: what was known before stays.
pub fn put(tx: &Tx, card: &Card) -> Result<CardId> {
    if card.is_empty()
        && let Some(known) = by_url(tx, &card.url)?
    {
        tx.run("UPDATE cards SET fetched_at = ?2 WHERE id = ?1", (known.id, tx.now))?;
        return Ok(known.id);
    }
    let mut statement = tx.prepare_cached(
        "INSERT INTO cards (id, url, title, description, language, author_name, author_url, author_id,
             provider_name, provider_url, image, image_description, width, height, published_at, fetched_at,
             kind, html, embed_url, webmention)
         VALUES (:id, :url, :title, :description, :language, :author_name, :author_url, :author,
             :provider_name, :provider_url, :image, :image_description, :width, :height, :published_at, :now,
             :kind, :html, :embed_url, :webmention)
         ON CONFLICT (url) DO UPDATE SET
             title = excluded.title, description = excluded.description, language = excluded.language,
             author_name = excluded.author_name, author_url = excluded.author_url,
             author_id = excluded.author_id, provider_name = excluded.provider_name,
             provider_url = excluded.provider_url, image = excluded.image,
             image_description = excluded.image_description, width = excluded.width,
             height = excluded.height, published_at = excluded.published_at, fetched_at = excluded.fetched_at,
             kind = excluded.kind, html = excluded.html, embed_url = excluded.embed_url,
             webmention = excluded.webmention
         RETURNING id",
    )?;
    let id = statement.query_row(
        named_params! {
            ":id": CardId::at(tx.now),
            ":url": card.url,
            ":title": card.title,
            ":description": card.description,
            ":language": card.language,
            ":author_name": card.author_name,
            ":author_url": card.author_url,
            ":author": card.author,
            ":provider_name": card.provider_name,
            ":provider_url": card.provider_url,
            ":image": card.image,
            ":image_description": card.image_description,
            ":width": card.width,
            ":height": card.height,
            ":published_at": card.published_at,
            ":now": tx.now,
            ":kind": card.kind.as_str(),
            ":html": card.html,
            ":embed_url": card.embed_url,
            ":webmention": card.webmention,
        },
        |r| r.get(0),
    )?;
    Ok(id)
}

/// Gives a status its card, or takes it away.
pub fn attach(tx: &Tx, status: StatusId, card: Option<CardId>) -> Result<Change> {
    let sql = "UPDATE statuses SET card_id = ?2 WHERE id = ?1 AND card_id IS NOT ?2";
    Ok(Change::of(tx.run(sql, (status, card))?))
}
