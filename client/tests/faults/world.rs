//! A CA, a service, a directory with an identity, and two clocks that move when told to.

use rolesanywhere::core::error::{Error, ErrorCode, Result};
use rolesanywhere::core::refresh::Now;
use rolesanywhere::core::session::{CreateSession, CreateSessionOptions};
use rolesanywhere::core::{Credentials, HttpRequest};
use rolesanywhere::provider::{ProviderBuilder, ProviderEvent};
use rolesanywhere::{HttpOptions, HttpResponse, HttpTransport, IdentityFiles, IdentitySources};
use rolesanywhere::{Provider, Source, Transport};
use rolesanywhere_emulator::pki::{Authority, IssuedLeaf, KeyType, LeafOptions};
use rolesanywhere_emulator::{Clock, Config, Emulator, Fault, ManualClock};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::atomic::{AtomicI64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// 2026-11-21T05:53:20Z
pub(crate) const START: i64 = 1_795_240_400;

pub(crate) struct World {
    pub(crate) root: Authority,
    pub(crate) directory: PathBuf,
    pub(crate) time: Time,
    pub(crate) transport: Arc<Counting>,
    pub(crate) config: Config,
    address: SocketAddr,
    emulator: Option<Emulator>,
    events: Arc<Mutex<Vec<ProviderEvent>>>,
}

/// The true time, and how far this machine's wall clock is off.
#[derive(Clone)]
pub(crate) struct Time {
    service: ManualClock,
    wall_offset: Arc<AtomicI64>,
}

impl Time {
    pub(crate) fn pass(&self, seconds: i64) {
        self.service.advance(seconds);
    }

    pub(crate) fn set_wall_offset(&self, seconds: i64) {
        self.wall_offset.store(seconds, Ordering::SeqCst);
    }

    pub(crate) fn now(&self) -> Now {
        let seconds = Clock::from(self.service.clone()).now();
        let wall = seconds + self.wall_offset.load(Ordering::SeqCst);
        Now {
            unix_millis: u64::try_from(wall * 1000).unwrap_or(0),
            monotonic_millis: u64::try_from((seconds - START) * 1000).unwrap(),
        }
    }
}

/// The built-in transport, with a count of what was sent.
#[derive(Debug)]
pub(crate) struct Counting {
    http: HttpTransport,
    sent: AtomicUsize,
}

impl Counting {
    fn new(options: HttpOptions) -> Arc<Self> {
        Arc::new(Self {
            http: HttpTransport::new(options, &|_| None).unwrap(),
            sent: AtomicUsize::new(0),
        })
    }
}

impl Transport for Counting {
    fn send(&self, request: &HttpRequest) -> Result<HttpResponse> {
        self.sent.fetch_add(1, Ordering::SeqCst);
        self.http.send(request)
    }

    fn send_within(&self, request: &HttpRequest, time_limit: Duration) -> Result<HttpResponse> {
        self.sent.fetch_add(1, Ordering::SeqCst);
        self.http.send_within(request, time_limit)
    }
}

impl Drop for World {
    fn drop(&mut self) {
        // What is left over is under target/.
        let _ = std::fs::remove_dir_all(&self.directory);
    }
}

impl World {
    /// With a P-256 leaf in its directory. `name` is the test's.
    pub(crate) fn new(name: &str) -> Self {
        let root = Authority::generate_at(KeyType::P256, START).unwrap();
        let config = Config::example("eu-west-1", "111122223333", &root.certificate_pem()).unwrap();
        let directory = PathBuf::from(env!("CARGO_TARGET_TMPDIR"))
            .join(format!("faults-{name}-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&directory);
        std::fs::create_dir_all(&directory).unwrap();
        let time = Time {
            service: ManualClock::new(START),
            wall_offset: Arc::default(),
        };
        let mut world = Self {
            root,
            directory,
            time,
            transport: Counting::new(HttpOptions::default()),
            config,
            address: SocketAddr::from(([127, 0, 0, 1], 0)),
            emulator: None,
            events: Arc::default(),
        };
        world.start();
        world.put(&world.leaf(KeyType::P256));
        world
    }

    /// The same with a transport that gives up after so many milliseconds.
    pub(crate) fn with_time_limit(mut self, milliseconds: u64) -> Self {
        let limit = Duration::from_millis(milliseconds);
        self.transport = Counting::new(HttpOptions::default().with_total_timeout(limit));
        self
    }

    /// The service goes away.
    pub(crate) fn stop(&mut self) {
        self.emulator = None;
    }

    /// The service comes up, after the first time where it was before.
    pub(crate) fn start(&mut self) {
        let emulator = Emulator::builder()
            .config(self.config.clone())
            .clock(self.time.service.clone())
            .listen(self.address)
            .start()
            .unwrap();
        self.address = emulator.address();
        self.emulator = Some(emulator);
    }

    pub(crate) fn fault(&self, json: &str) {
        let fault = Fault::from_json(json).unwrap();
        self.emulator.as_ref().unwrap().fault(fault);
    }

    pub(crate) fn leaf(&self, key_type: KeyType) -> IssuedLeaf {
        let options = LeafOptions::new().issued_at(START).key_type(key_type);
        self.root.issue(&options).unwrap()
    }

    /// Puts the leaf and its key where the provider looks.
    pub(crate) fn put(&self, leaf: &IssuedLeaf) {
        self.write("tls.key", &leaf.private_key_pem().unwrap());
        self.write("tls.crt", &leaf.certificate_pem());
    }

    pub(crate) fn write(&self, name: &str, text: &str) {
        std::fs::write(self.directory.join(name), text).unwrap();
    }

    pub(crate) fn sources(&self) -> IdentitySources {
        let source = |name: &str| {
            let path = self.directory.join(name);
            Source::parse(path.to_str().unwrap(), name.to_owned()).unwrap()
        };
        IdentitySources::new(source("tls.crt")).with_private_key(source("tls.key"))
    }

    pub(crate) fn create(&self) -> CreateSession {
        self.create_as(&self.config.roles[0].role_arn)
    }

    /// Another role's.
    pub(crate) fn create_as(&self, role_arn: &str) -> CreateSession {
        CreateSession::new(&CreateSessionOptions {
            trust_anchor_arn: &self.config.trust_anchors[0].trust_anchor_arn,
            profile_arn: &self.config.profiles[0].profile_arn,
            role_arn,
            endpoint: Some(&format!("http://{}", self.address)),
            ..CreateSessionOptions::default()
        })
        .unwrap()
    }

    /// Files, clocks and events of this world; back-offs of no length.
    pub(crate) fn builder(&self) -> ProviderBuilder {
        let identity = Arc::new(IdentityFiles::new(self.sources()));
        let builder = Provider::builder(self.create(), identity, self.transport.clone());
        self.furnish(builder)
    }

    /// This world's clocks and events.
    pub(crate) fn furnish(&self, builder: ProviderBuilder) -> ProviderBuilder {
        let (time, events) = (self.time.clone(), Arc::clone(&self.events));
        builder
            .clock(move || time.now())
            .jitter(|| 0.0)
            .on_event(move |event| events.lock().unwrap().push(event.clone()))
    }

    pub(crate) fn provider(&self) -> Provider {
        self.builder().build()
    }

    /// Requests sent since this was last asked.
    pub(crate) fn sent(&self) -> usize {
        self.transport.sent.swap(0, Ordering::SeqCst)
    }

    /// The same, without forgetting them.
    pub(crate) fn sent_so_far(&self) -> usize {
        self.transport.sent.load(Ordering::SeqCst)
    }

    /// The events since this was last asked.
    pub(crate) fn take_events(&self) -> Vec<ProviderEvent> {
        std::mem::take(&mut self.events.lock().unwrap())
    }

    /// The names of the events since this was last asked.
    pub(crate) fn events(&self) -> Vec<&'static str> {
        self.take_events().iter().map(ProviderEvent::name).collect()
    }

    /// Requests that the service has answered since it came up.
    pub(crate) fn answered(&self) -> usize {
        self.emulator.as_ref().unwrap().requests().len()
    }

    /// What the last request was signed with.
    pub(crate) fn last_algorithm(&self) -> String {
        let records = self.emulator.as_ref().unwrap().requests();
        let string_to_sign = records.last().unwrap().string_to_sign.clone().unwrap();
        string_to_sign.lines().next().unwrap().to_owned()
    }
}

/// What identifies a session.
pub(crate) fn id(result: Result<Arc<Credentials>>) -> String {
    result.unwrap().access_key_id().to_owned()
}

#[track_caller]
pub(crate) fn refused(result: Result<Arc<Credentials>>, code: ErrorCode) -> Error {
    let error = result.unwrap_err();
    assert_eq!(error.code(), code, "{error:?}");
    error
}
