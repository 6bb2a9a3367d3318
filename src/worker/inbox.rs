//! Activities that arrived. (The handlers follow in the next slice; until then they wait.)

use super::Next;
use crate::app::App;
use crate::error::Result;
use crate::model::time::MINUTE;
use crate::store::jobs::Waiting;

pub fn run(app: &App, _: &Waiting, _: &str, _: bool, _: &str) -> Result<Next> {
    Ok(Next::Retry(app.now().plus(MINUTE)))
}
