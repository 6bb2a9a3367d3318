//! Everything that lives as long as the server, built once. Before set-up there is no `App`: the
//! first-run wizard has its own small state.

pub mod calls;
pub mod clocks;
pub mod crowds;
pub mod fetches;
pub mod flow;
pub mod kept;
pub mod refreshes;
pub mod room;
pub mod traffic;

use crate::config::{Config, Translation, memory};
use crate::error::{Error, Kind, Result};
use crate::http::{Rates, Throttle, rate};
use crate::media::{Blobs, Bucket, Cache};
use crate::model::{Event, Instance, Look, Proxied, Timestamp, Translated, Trends};
use crate::remote::{Client, Net, Recent, Settings};
use crate::sig::{PrivateKey, Signer, VapidKey};
use crate::store::Store;
use crate::store::{instance, remote_files};
use kept::{Kept, Shelf};
use std::collections::{BTreeMap, HashMap};
use std::sync::atomic::AtomicI64;
use std::sync::{Arc, Mutex, PoisonError, RwLock};

/// Questions of the doctor in five minutes: some ten examinations.
const PROBES: u32 = 300;

pub struct App {
    pub config: Config,
    pub instance: Instance,
    pub keys: Keys,
    pub store: Store,
    pub remote: Client,
    pub media: Blobs,
    /// Others' files.
    pub cache: Cache,
    /// Those of them that are on their way.
    pub fetches: Arc<fetches::Fetches>,
    pub events: Arc<Events>,
    /// Wrong passwords of late.
    pub throttle: Throttle,
    /// Requests of each token of late.
    pub rates: Rates,
    /// What the doctor asked of late.
    pub probes: Rates,
    /// The number of this run of the server; 0 where it is none.
    pub run: AtomicI64,
    /// What was asked of other servers of late.
    pub recent: Recent,
    /// Webmentions of late: strangers note them, so they have names of their own.
    pub mentioned: Recent,
    /// What is being fetched for the owner's eyes.
    pub refreshes: refreshes::Refreshes,
    /// Posts that sources of strangers' posts brought of late.
    pub flow: flow::Flow,
    /// Which followers are where, for their servers to compare.
    pub digests: Kept<HashMap<String, [u8; 32]>>,
    /// What other servers' clocks say about ours.
    pub clocks: clocks::Clocks,
    /// Servers that were new of late, below each domain.
    pub crowds: crowds::Crowds,
    /// The disk, and what may be written to it.
    pub room: room::Room,
    pub trends: Kept<Trends>,
    pub translator: Option<Translator>,
    /// How the pages look.
    pub look: Kept<Look>,
    /// What apps asked for since it was last written down.
    pub calls: calls::Calls,
    pub traffic: traffic::Traffic,
    pub started_at: Timestamp,
}

/// The service that translates, if the operator chose one, and what it said of late.
pub struct Translator {
    pub settings: Translation,
    /// Reaches the operator's own network, too: the address is the operator's word.
    pub client: Client,
    /// From which language into which.
    pub languages: Kept<BTreeMap<String, Vec<String>>>,
    pub done: Shelf<Translated>,
}

/// The instance's secrets, read once.
pub struct Keys {
    signing: RwLock<Arc<Signing>>,
    pub vapid: VapidKey,
    /// For what the server signs for itself.
    pub secret: String,
}

/// What signs, until the owner has new keys made.
pub struct Signing {
    /// Signs what the owner does.
    pub owner: Signer,
    /// The key before that, under the same name: it signs the news of the new one.
    pub before: Option<Signer>,
    /// Signs the activities themselves: FEP-8b32, published as FEP-521a has it.
    pub proofs: Signer,
    /// Signs fetches, so that a fetch tells nobody who reads.
    pub instance: Signer,
}

impl App {
    /// Opens the folder of an instance. `None`: nobody was set up here yet.
    ///
    /// Errors: the file cannot be opened, or belongs to a newer version.
    pub fn open(config: Config) -> Result<Option<App>> {
        config.make_folder()?;
        let events = Arc::new(Events::default());
        let open = |hub: Arc<Events>| {
            Store::open(&config.database(), config.clock.clone(), Box::new(move |events| hub.publish(events)))
        };
        let store = match open(Arc::clone(&events)) {
            // What a crash left in the log needs room to be read: the reserve is for that, too.
            Err(e) if e.kind == Kind::NoSpace && config.give_reserve() => open(Arc::clone(&events))?,
            store => store?,
        };
        store.set_page_cache(memory::pages(memory::granted(config.memory_mb)))?;
        let found = store.read(|c| {
            let Some(instance) = instance::get(c)? else { return Ok(None) };
            let keys = Keys::read(c, &instance)?;
            Ok(Some((instance, keys)))
        })?;
        let Some((mut instance, keys)) = found else { return Ok(None) };
        if !config.hotlink {
            instance.proxied = Some(Proxied::new(&keys.secret));
        }
        let remote = client(&config, &instance)?;
        let (_, used) = store.read(remote_files::total)?;
        let cache = Cache::open(config.cache(), u64::try_from(used).unwrap_or(0))?;
        let media = files(&config)?;
        // An http origin is a test's: no app of a person is held up there, and no benchmark.
        let limit = config.rate_limit.unwrap_or(if instance.is_https() { rate::LIMIT } else { 0 });
        let translator = config
            .translation
            .clone()
            .map(|settings| translator(settings, &config, &instance))
            .transpose()?;
        let started_at = config.clock.now();
        Ok(Some(App {
            config,
            instance,
            keys,
            store,
            remote,
            media,
            cache,
            fetches: Arc::default(),
            events,
            throttle: Throttle::default(),
            rates: Rates::new(limit),
            probes: Rates::new(PROBES),
            run: AtomicI64::new(0),
            recent: Recent::default(),
            mentioned: Recent::default(),
            flow: flow::Flow::default(),
            refreshes: refreshes::Refreshes::default(),
            digests: Kept::default(),
            clocks: clocks::Clocks::default(),
            crowds: crowds::Crowds::default(),
            room: room::Room::default(),
            trends: Kept::default(),
            translator,
            look: Kept::default(),
            calls: calls::Calls::default(),
            traffic: traffic::Traffic::default(),
            started_at,
        }))
    }

    pub fn now(&self) -> Timestamp {
        self.config.clock.now()
    }
}

impl Keys {
    fn read(c: &rusqlite::Connection, of: &Instance) -> Result<Keys> {
        Ok(Keys {
            signing: RwLock::new(Arc::new(Signing::read(c, of)?)),
            vapid: VapidKey::from_text(&instance::key(c, "vapid")?)?,
            secret: instance::key(c, "secret")?,
        })
    }

    pub fn signing(&self) -> Arc<Signing> {
        Arc::clone(&self.signing.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// From now on these sign.
    pub fn set_signing(&self, new: Signing) {
        *self.signing.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(new);
    }
}

impl Signing {
    pub fn read(c: &rusqlite::Connection, of: &Instance) -> Result<Signing> {
        let signer = |secret: &str, key_id: String| {
            Ok::<_, Error>(Signer { key_id, key: Arc::new(PrivateKey::from_pem(secret)?) })
        };
        let main = of.main_key();
        let before = instance::key_if_any(c, "owner-rsa-before")?;
        Ok(Signing {
            owner: signer(&instance::key(c, "owner-rsa")?, main.clone())?,
            before: before.map(|secret| signer(&secret, main)).transpose()?,
            proofs: signer(&instance::key(c, "owner-ed25519")?, format!("{}#ed25519-key", of.actor()))?,
            instance: signer(
                &instance::key(c, "instance-rsa")?,
                format!("{}#main-key", of.instance_actor()),
            )?,
        })
    }
}

/// The folder of files, and the bucket behind it if the operator chose one.
///
/// Errors: the folder cannot be made; the bucket's address is none.
pub fn files(config: &Config) -> Result<Blobs> {
    let bucket = config.s3.clone().map(|s3| Bucket::new(s3, config.extra_ca.as_deref())).transpose()?;
    Ok(Blobs::open(config.media())?.with_bucket(bucket))
}

fn translator(settings: Translation, config: &Config, instance: &Instance) -> Result<Translator> {
    let client = Client::new(Settings {
        user_agent: format!("Taure/{} (+{}/)", env!("CARGO_PKG_VERSION"), instance.origin),
        allow_private: ["0.0.0.0/0", "::/0"].iter().map(|net| Net::parse(net)).collect::<Result<_>>()?,
        extra_ca: config.extra_ca.clone(),
        speaks_http: true,
        ..Settings::default()
    })?;
    Ok(Translator { settings, client, languages: Kept::default(), done: Shelf::default() })
}

fn client(config: &Config, instance: &Instance) -> Result<Client> {
    Client::new(Settings {
        user_agent: format!("Taure/{} (+{}/)", env!("CARGO_PKG_VERSION"), instance.origin),
        allow_private: config.allow_private.iter().map(|text| Net::parse(text)).collect::<Result<_>>()?,
        extra_ca: config.extra_ca.clone(),
        speaks_http: !instance.is_https(),
        ..Settings::default()
    })
}

type Listener = Box<dyn Fn(&[Event]) + Send + Sync>;

/// Tells what was committed to whoever listens. Listeners must be quick: they run on the thread that wrote.
#[derive(Default)]
pub struct Events {
    listeners: Mutex<Vec<Listener>>,
}

impl Events {
    pub fn listen(&self, listener: Listener) {
        self.listeners.lock().unwrap_or_else(PoisonError::into_inner).push(listener);
    }

    fn publish(&self, events: &[Event]) {
        for listener in self.listeners.lock().unwrap_or_else(PoisonError::into_inner).iter() {
            listener(events);
        }
    }
}
