//! A year of the owner's posts, summed up when nobody waits.

use super::Next;
use crate::app::App;
use crate::error::Result;
use crate::ops::annual_reports;

pub fn run(app: &App, year: i64) -> Result<Next> {
    annual_reports::make(app, year)?;
    Ok(Next::Done)
}
