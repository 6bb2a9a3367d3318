//! Marker: <https://docs.joinmastodon.org/entities/Marker/>

use super::Time;
use crate::store::markers;
use serde::Serialize;

#[derive(Debug, Serialize)]
pub struct Marker<'a> {
    pub last_read_id: &'a str,
    /// A number, unlike ids (pitfall 89).
    pub version: i64,
    pub updated_at: Time,
}

pub fn marker(of: &markers::Marker) -> Marker<'_> {
    Marker { last_read_id: &of.last_read_id, version: of.version, updated_at: Time(of.updated_at) }
}
