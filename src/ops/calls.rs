//! How apps get on with this server: <https://docs.joinmastodon.org/client/intro/>. What they asked for and did not get is
//! kept in few rows, without what they asked about.

use crate::app::App;
use crate::app::calls::{Call, shape};
use crate::error::Result;
use crate::http::{Method, Req};
use crate::model::{Access, AppId};
use crate::store::app_calls::{self, AppCall};
use std::collections::BTreeSet;

/// Notes how a call ended: the status of its answer. `pattern` is the route's; none: there is no such endpoint.
pub fn note(app: &App, access: &Access, method: Method, path: &str, pattern: Option<&str>, status: u16) {
    // Of apps that the owner let in: anybody can register one, and ask in its name.
    let Access::Token { app: id, .. } = access else { return };
    if status < 400 {
        return app.calls.well(*id, app.now());
    }
    let call = Call {
        app: *id,
        method: method.as_str(),
        path: pattern.map_or_else(|| shape(path), str::to_owned),
        status,
        unknown: pattern.is_none(),
    };
    app.calls.add(call, app.now());
}

/// Whether what `req` asks for is something that an app asks for.
pub fn counts(req: &Req) -> bool {
    req.path.starts_with("/api/")
}

/// Writes down what was counted.
pub fn flush(app: &App) -> Result<()> {
    let taken = app.calls.take();
    if taken.is_empty() {
        return Ok(());
    }
    app.store.write(|tx| {
        let apps: BTreeSet<AppId> = taken.keys().map(|call| call.app).collect();
        for (call, count) in &taken {
            let row = AppCall {
                app: call.app,
                method: call.method.to_owned(),
                path: call.path.clone(),
                status: call.status,
                unknown: call.unknown,
                times: count.times,
                last_at: count.last,
            };
            app_calls::add(tx, &row)?;
        }
        apps.into_iter().try_for_each(|id| app_calls::cut(tx, id))
    })
}
