//! What the doctor asks of our own address, so that nobody but us can answer: a ticket goes out, and one that was made of it
//! comes back. Strangers have no ticket and learn nothing, not even that there is something.

use super::Finding;
use crate::app::App;
use crate::error::{Error, Result};
use crate::http::rate;
use crate::model::TokenId;
use crate::sig::ticket;
use crate::store::instance;
use serde_json::{Map, Value, json};
use std::net::SocketAddr;
use std::sync::atomic::Ordering;

/// Below it lie the addresses that answer the doctor.
pub const PATH: &str = "/.well-known/taure-doctor";

const ASKS: &str = "doctor asks";
/// The number of the run that was begun last on this file.
const RUN: &str = "run";
/// Where it listens: a flag or an environment of the service's, which nobody else knows.
const LISTEN: &str = "listen";

/// One more question.
pub(super) fn new(app: &App) -> Result<String> {
    ticket::issue(&app.keys.secret, ASKS, app.now())
}

/// Errors: `NotFound` without a ticket of ours; `TooManyRequests`.
pub fn admit(app: &App, ticket: &str) -> Result<()> {
    ticket::read(&app.keys.secret, ASKS, ticket, app.now()).ok_or_else(Error::not_found)?;
    match app.probes.take(TokenId(0), app.now()) {
        Some((_, true)) => Err(rate::too_many()),
        _ => Ok(()),
    }
}

/// The proof that we are who was asked, with what else is to be told.
pub fn answer(app: &App, ticket: &str, seen: Map<String, Value>) -> Result<Value> {
    let proof = ticket::issue(&app.keys.secret, &answers(ticket), app.now())?;
    Ok(json!({"proof": proof, "run": app.run.load(Ordering::Relaxed).to_string(), "seen": seen}))
}

/// Whether this answers that question. `None`: somebody else answered.
pub(super) fn run_of(app: &App, ticket: &str, answer: &Value) -> Option<i64> {
    ticket::read(&app.keys.secret, &answers(ticket), answer["proof"].as_str()?, app.now())?;
    answer["run"].as_str()?.parse().ok()
}

fn answers(ticket: &str) -> String {
    format!("doctor answers {ticket}")
}

/// A server begins: it gives its run a number and writes that down, so that two on one file notice.
///
/// Errors: nothing can be written; then the run has no number.
pub fn arrive(app: &App) -> Result<()> {
    let mut bytes = [0; 8];
    getrandom::fill(&mut bytes).map_err(Error::internal)?;
    let run = i64::from_be_bytes(bytes).saturating_abs().max(1);
    let listen: Vec<String> = app.config.listen.iter().map(ToString::to_string).collect();
    app.store.write(|tx| {
        instance::set_text(tx, LISTEN, &listen.join(" "))?;
        instance::set_number(tx, RUN, run)
    })?;
    app.run.store(run, Ordering::Relaxed);
    Ok(())
}

/// Where the server that was begun last listens.
pub(super) fn listened(app: &App) -> Vec<SocketAddr> {
    let noted = app.store.read(|c| instance::text(c, LISTEN)).ok().flatten().unwrap_or_default();
    noted.split(' ').filter_map(|at| at.parse().ok()).collect()
}

/// Says so where another server was begun on this file, or on a copy of it.
pub(super) fn another(app: &App, run: i64, at: &str) -> Option<Finding> {
    let last = app.store.read(|c| instance::number(c, RUN)).ok().flatten().unwrap_or(0);
    let differ = run != 0 && last != 0 && run != last;
    differ.then(|| super::fault("servers", "doctor-servers", "doctor-servers-fix", json!({"at": at})))
}
