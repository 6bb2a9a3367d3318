//! How the nouns of the house stand in columns.

use crate::error::Result;
use crate::model::*;
use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSql, ToSqlOutput, Value, ValueRef};
use rusqlite::vtab::array::Array;
use rusqlite::{Connection, Params, Row};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::rc::Rc;

macro_rules! number {
    ($($name:ident),* $(,)?) => {$(
        impl ToSql for $name {
            fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
                Ok(ToSqlOutput::from(self.0))
            }
        }

        impl FromSql for $name {
            fn column_result(value: ValueRef<'_>) -> FromSqlResult<$name> {
                i64::column_result(value).map($name)
            }
        }
    )*};
}

number! {
    AccountId, StatusId, MediaId, NotificationId, ReportId, ListId, TagId, CardId, RowId, AppId,
    TokenId, SessionId, SubscriptionId, JobId, DeliveryId, ActivityId, CollectionId, CollectionItemId,
    EmojiId, ScheduledId, DraftId, FilterId, FilterKeywordId, FilterStatusId, SourceId, Timestamp, Rules,
}

impl ToSql for SignedBy {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::from(*self as i64))
    }
}

impl FromSql for SignedBy {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<SignedBy> {
        match i64::column_result(value)? {
            0 => Ok(SignedBy::Owner),
            1 => Ok(SignedBy::Instance),
            2 => Ok(SignedBy::OldKey),
            other => Err(FromSqlError::OutOfRange(other)),
        }
    }
}

impl ToSql for Visibility {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::from(*self as i64))
    }
}

impl FromSql for Visibility {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Visibility> {
        let n = i64::column_result(value)?;
        let index = usize::try_from(n).map_err(|_| FromSqlError::OutOfRange(n))?;
        Visibility::ALL.get(index).copied().ok_or(FromSqlError::OutOfRange(n))
    }
}

impl ToSql for Follow {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::from(*self as i64))
    }
}

impl FromSql for Follow {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Follow> {
        match i64::column_result(value)? {
            0 => Ok(Follow::No),
            1 => Ok(Follow::Requested),
            2 => Ok(Follow::Yes),
            n => Err(FromSqlError::OutOfRange(n)),
        }
    }
}

impl ToSql for EntryState {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::from(*self as i64))
    }
}

impl FromSql for EntryState {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<EntryState> {
        let n = i64::column_result(value)?;
        let index = usize::try_from(n).map_err(|_| FromSqlError::OutOfRange(n))?;
        EntryState::ALL.get(index).copied().ok_or(FromSqlError::OutOfRange(n))
    }
}

impl ToSql for QuoteState {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::from(*self as i64))
    }
}

impl FromSql for QuoteState {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<QuoteState> {
        let n = i64::column_result(value)?;
        let index = usize::try_from(n).map_err(|_| FromSqlError::OutOfRange(n))?;
        QuoteState::ALL.get(index).copied().ok_or(FromSqlError::OutOfRange(n))
    }
}

/// A list or struct that stands as JSON in one column.
pub struct Json<T>(pub T);

impl<T: Serialize> ToSql for Json<T> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        let text =
            serde_json::to_string(&self.0).map_err(|e| rusqlite::Error::ToSqlConversionFailure(e.into()))?;
        Ok(ToSqlOutput::from(text))
    }
}

impl<T: DeserializeOwned> FromSql for Json<T> {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Json<T>> {
        let text = value.as_str()?;
        serde_json::from_str(text).map(Json).map_err(|e| FromSqlError::Other(e.into()))
    }
}

/// A list of ids, to be read with `rarray(?)`: one prepared statement for any number of them. SQLite looks
/// into it as it is, which takes half the time of a JSON array.
pub fn id_list<T: Into<i64> + Copy>(ids: impl IntoIterator<Item = T>) -> Array {
    Rc::new(ids.into_iter().map(|id| Value::Integer(id.into())).collect())
}

/// A list of texts, to be read with `rarray(?)`.
pub fn text_list<'a>(texts: impl IntoIterator<Item = &'a str>) -> Array {
    Rc::new(texts.into_iter().map(|text| Value::Text(text.to_owned())).collect())
}

macro_rules! into_i64 {
    ($($name:ident),*) => {$(
        impl From<$name> for i64 {
            fn from(id: $name) -> i64 {
                id.0
            }
        }
    )*};
}

into_i64!(AccountId, StatusId, MediaId, NotificationId, TagId, CardId, CollectionId, ScheduledId, RowId);

/// All rows of a query.
pub fn all<T>(
    c: &Connection,
    sql: &str,
    params: impl Params,
    map: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
) -> Result<Vec<T>> {
    #[cfg(test)]
    super::plans::note(sql);
    let mut statement = c.prepare_cached(sql)?;
    let rows = statement.query_map(params, map)?;
    Ok(rows.collect::<rusqlite::Result<Vec<T>>>()?)
}

/// The first row of a query, if there is one.
pub fn first<T>(
    c: &Connection,
    sql: &str,
    params: impl Params,
    map: impl FnOnce(&Row<'_>) -> rusqlite::Result<T>,
) -> Result<Option<T>> {
    use rusqlite::OptionalExtension;
    #[cfg(test)]
    super::plans::note(sql);
    let mut statement = c.prepare_cached(sql)?;
    Ok(statement.query_row(params, map).optional()?)
}
