//! The server's two lives: before set-up there is only the first-run wizard, after it the instance.

use super::body::Outline;
use super::pages::Pages;
use super::renewal::Renewal;
use crate::api::streaming::Hub;
use crate::app::App;
use crate::config::Config;
use crate::error::{Error, Kind, Result};
use crate::http::{Res, Router};
use crate::ops::certificates::Keeper;
use crate::store::instance;
use crate::tls::Certificates;
use crate::web::wizard::{self, Setup};
use crate::worker::{self, Worker};
use crate::{api, federation, ops, web};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::Duration;

pub enum Stage {
    /// Nobody lives here yet.
    Setup(Arc<Setup>),
    Living(Arc<App>),
}

pub struct House {
    config: Config,
    stage: RwLock<Stage>,
    worker: Mutex<Option<Worker>>,
    hub: Mutex<Option<Arc<Hub>>>,
    renewal: Mutex<Option<Renewal>>,
    pub routes: Router<App>,
    pub setup_routes: Router<Setup>,
    /// What visitors were answered of late.
    pub(super) pages: Arc<Pages>,
    certificates: Arc<Certificates>,
    stopping: AtomicBool,
}

impl House {
    /// Opens the folder; an empty one starts the wizard, whose link is in `Setup`.
    ///
    /// Errors: the folder or its file cannot be used; two routes cannot be told apart.
    pub fn open(config: Config) -> Result<Arc<House>> {
        config.make_folder()?;
        std::fs::create_dir_all(config.tmp())
            .map_err(|e| Error::invalid(format!("{} cannot be written", config.data.display())).because(e))?;
        empty(&config)?;
        let stage = match App::open(config.clone())? {
            Some(app) => Stage::Living(Arc::new(app)),
            None => Stage::Setup(Arc::new(Setup::new(config.clone())?)),
        };
        let house = Arc::new(House {
            pages: Arc::new(Pages::new(config.memory_mb)),
            certificates: Arc::default(),
            stopping: AtomicBool::new(false),
            config,
            stage: RwLock::new(stage),
            worker: Mutex::new(None),
            hub: Mutex::new(None),
            renewal: Mutex::new(None),
            routes: routes()?,
            setup_routes: Router::new(&[wizard::ROUTES])?,
        });
        house.start_worker()?;
        if let Some(tls) = &house.config.tls {
            let keeper = Keeper::new(&house.config, tls, &house.certificates);
            *house.renewal() = Some(Renewal::start(&house, keeper)?);
        }
        Ok(house)
    }

    pub fn config(&self) -> &Config {
        &self.config
    }

    /// Those with which https is spoken.
    pub fn certificates(&self) -> &Arc<Certificates> {
        &self.certificates
    }

    /// The file can be read, and somebody works through what is queued. Before set-up there is neither. Blocking.
    pub fn is_alive(&self) -> bool {
        let Some(app) = self.app() else { return true };
        self.worker().as_ref().is_some_and(Worker::is_alive) && app.store.read(instance::settings).is_ok()
    }

    /// Whether more requests may be sent here. Blocking.
    pub fn is_ready(&self) -> bool {
        !self.stopping.load(Ordering::Relaxed) && self.is_alive()
    }

    /// What comes now is the end.
    pub(super) fn stopping(&self) {
        self.stopping.store(true, Ordering::Relaxed);
    }

    pub fn stage(&self) -> Stage {
        match &*self.stage.read().unwrap_or_else(PoisonError::into_inner) {
            Stage::Setup(setup) => Stage::Setup(Arc::clone(setup)),
            Stage::Living(app) => Stage::Living(Arc::clone(app)),
        }
    }

    /// The instance, once there is one.
    pub fn app(&self) -> Option<Arc<App>> {
        match self.stage() {
            Stage::Living(app) => Some(app),
            Stage::Setup(_) => None,
        }
    }

    /// Moves in if somebody was set up meanwhile, by the wizard or by `taure init` beside us.
    pub fn move_in(&self) -> Result<Option<Arc<App>>> {
        let mut stage = self.stage.write().unwrap_or_else(PoisonError::into_inner);
        if let Stage::Living(app) = &*stage {
            return Ok(Some(Arc::clone(app)));
        }
        let Some(app) = App::open(self.config.clone())? else { return Ok(None) };
        let app = Arc::new(app);
        *stage = Stage::Living(Arc::clone(&app));
        drop(stage);
        self.start_worker()?;
        Ok(Some(app))
    }

    fn start_worker(&self) -> Result<()> {
        if let Some(app) = self.app() {
            *self.hub.lock().unwrap_or_else(PoisonError::into_inner) = Some(Arc::new(Hub::start(&app)?));
            let weak = Arc::downgrade(&app);
            app.fetches.start_with(Box::new(move || {
                let Some(app) = weak.upgrade() else { return Ok(()) };
                std::thread::Builder::new().name("fetch".into()).spawn(move || ops::proxy::work(&app))?;
                Ok(())
            }));
            app.cache.sweep()?;
            if let Err(e) = ops::budget::settle(&app) {
                tracing::warn!(error = %e, "the disk could not be looked at"); // reading goes on
            }
            if let Err(e) = ops::doctor::arrive(&app) {
                tracing::warn!(error = %e, "this run has no number"); // a full disk: reading goes on
            }
            *self.worker() = Some(worker::start(&app)?);
        }
        // Now it is known for which names.
        if let Some(renewal) = &*self.renewal() {
            renewal.wake();
        }
        Ok(())
    }

    fn renewal(&self) -> std::sync::MutexGuard<'_, Option<Renewal>> {
        self.renewal.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Where streams are joined, once there is an instance and until it closes.
    pub fn hub(&self) -> Option<Arc<Hub>> {
        self.hub.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn worker(&self) -> std::sync::MutexGuard<'_, Option<Worker>> {
        self.worker.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// How many answers are kept for visitors, and their bytes.
    pub fn kept_pages(&self) -> (usize, usize) {
        self.pages.size()
    }

    /// Looks for work now: a test has moved the clock.
    pub fn wake(&self) {
        if let Some(worker) = &*self.worker() {
            worker.wake();
        }
        if let Some(renewal) = &*self.renewal() {
            renewal.wake();
        }
    }

    /// Whether a job runs at this moment.
    pub fn is_busy(&self) -> bool {
        self.worker().as_ref().is_some_and(Worker::is_busy)
    }

    /// Ends the background life and puts the file in order. Requests have ended before.
    pub fn close(&self) {
        if let Some(renewal) = self.renewal().take() {
            renewal.stop();
        }
        if let Some(worker) = self.worker().take() {
            worker.stop(Duration::from_millis(1_200));
        }
        let hub = self.hub.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(hub) = hub {
            hub.stop();
        }
        let Some(app) = self.app() else { return };
        if let Err(e) = ops::calls::flush(&app) {
            tracing::warn!(error = %e, "what apps asked for could not be noted");
        }
        if let Err(e) = app.store.close() {
            tracing::error!(error = %e, "the database could not be put in order; it will be at the next start");
        }
    }

    /// An error as an answer: JSON for the API and for other servers, a page for people. Logged here,
    /// once. For threads that must not wait: the page reads nothing.
    pub fn refuse(&self, outline: &Outline, error: &Error) -> Res {
        self.refusal(None, outline, error)
    }

    /// The same on a thread that may wait for the file: the page has the owner's name and look.
    pub fn refuse_at_length(&self, outline: &Outline, error: &Error) -> Res {
        self.refusal(self.app().as_deref(), outline, error)
    }

    fn refusal(&self, app: Option<&App>, outline: &Outline, error: &Error) -> Res {
        log(outline, error);
        let status = error.kind.status();
        if error.kind == Kind::MethodNotAllowed {
            let text = serde_json::json!({"error": "This method is not allowed here"}).to_string();
            return Res::new(status, "application/json; charset=utf-8", text)
                .with("allow", error.public.clone());
        }
        let machine = [
            "/api/",
            "/oauth/token",
            "/oauth/revoke",
            "/oauth/userinfo",
            "/micropub",
            "/indieauth/introspect",
            "/.well-known/",
            "/nodeinfo/",
            "/users/",
            "/inbox",
            "/actor",
        ];
        if outline.wants_activity || machine.iter().any(|p| outline.path.starts_with(p)) {
            let text = serde_json::json!({"error": error.public}).to_string();
            return Res::new(status, "application/json; charset=utf-8", text);
        }
        // A page that needs the owner leads to the sign-in page, and from there back.
        if error.kind == Kind::Unauthorized && outline.method == "GET" {
            let next: String = url::form_urlencoded::byte_serialize(outline.target.as_bytes()).collect();
            return Res::see_other(format!("/auth/sign_in?next={next}"));
        }
        web::error_page(app, error)
    }
}

fn log(outline: &Outline, error: &Error) {
    let (method, path, id) = (&outline.method, without_secret(&outline.path), &outline.id);
    if matches!(error.kind, Kind::Internal | Kind::NoSpace) {
        tracing::error!(id, method, path, error = %error, "request failed");
    } else {
        tracing::debug!(id, method, path, status = error.kind.status(), error = %error, "request refused");
    }
}

/// The path as it may stand in a log: one-time links carry their secret in it.
fn without_secret(path: &str) -> &str {
    let secret = ["/setup/", "/auth/link/"].into_iter().find(|prefix| path.starts_with(prefix));
    secret.unwrap_or(path)
}

fn routes() -> Result<Router<App>> {
    let tables: Vec<_> =
        [api::ROUTES, federation::ROUTES, web::ROUTES].into_iter().flatten().copied().collect();
    Router::new(&tables)
}

/// Uploads that a crash left half done.
fn empty(config: &Config) -> Result<()> {
    for entry in std::fs::read_dir(config.tmp())?.flatten() {
        let _ = std::fs::remove_file(entry.path()); // it only costs room
    }
    Ok(())
}
