use crate::arguments::Serve;
use crate::unusable;
use rolesanywhere_core::error::{Error, ErrorCode, Result};
use rolesanywhere_emulator::{Emulator, directory};
use std::io::{Write, stdout};
use std::net::SocketAddr;
use std::pin::Pin;
use tokio::runtime::Runtime;

/// Serves until it is interrupted or terminated.
pub(crate) fn serve(arguments: &Serve) -> Result<()> {
    let failed = |error| unusable(ErrorCode::Internal, &arguments.directory, error);
    let end = End::listen().map_err(failed)?;
    let emulator = start(arguments)?;
    if let Err(error) = directory::set_url(&arguments.directory, &emulator.url()) {
        eprintln!("rolesanywhere-emulator: the client files name another URL: {error}");
    }
    if let Some(path) = &arguments.url_file {
        directory::write_url(path, &emulator.url())?;
    }
    // Whoever waits for this line may be gone; the emulator serves all the same.
    let _ = writeln!(stdout(), "listening on {}", emulator.url());
    let _ = stdout().flush();
    end.wait().map_err(failed)
}

fn start(arguments: &Serve) -> Result<Emulator> {
    let config = directory::load(&arguments.directory)?;
    let configured = config
        .listen
        .as_deref()
        .map(str::parse::<SocketAddr>)
        .transpose();
    let configured = configured.map_err(|_| {
        Error::new(
            ErrorCode::OptionInvalid,
            "emulator.json's `listen` is not an address and port",
        )
    })?;
    let path = arguments.directory.join("emulator.json");
    let listen = arguments.listen.or(configured);
    let mut builder = Emulator::builder().config(config).follow(&path);
    if let Some(address) = listen {
        builder = builder.listen(address);
    }
    if let Some(origin) = &arguments.cors {
        builder = builder.cors(origin);
    }
    if arguments.tls {
        let address = listen.map(|listen| listen.ip().to_string());
        let mut names = vec!["localhost", "127.0.0.1", "::1"];
        let further = address.as_deref().filter(|name| !names.contains(name));
        names.extend(further);
        let authority = directory::tls_authority(&arguments.directory)?;
        builder = builder.tls(authority.issue_server(&names)?);
    }
    builder.start()
}

/// The wish to end. As the first process of a container the program would otherwise not end when told to.
struct End {
    runtime: Runtime,
    wished: Pin<Box<dyn Future<Output = std::io::Result<()>>>>,
}

impl End {
    /// From here on a signal is noticed, also before anybody waits for it.
    fn listen() -> std::io::Result<Self> {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()?;
        let inside = runtime.enter();
        let wished = wished()?;
        drop(inside);
        Ok(Self { runtime, wished })
    }

    fn wait(self) -> std::io::Result<()> {
        self.runtime.block_on(self.wished)
    }
}

#[cfg(unix)]
fn wished() -> std::io::Result<Pin<Box<dyn Future<Output = std::io::Result<()>>>>> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut interrupted = signal(SignalKind::interrupt())?;
    let mut terminated = signal(SignalKind::terminate())?;
    Ok(Box::pin(async move {
        tokio::select! {
            _ = interrupted.recv() => {}
            _ = terminated.recv() => {}
        }
        Ok(())
    }))
}

#[cfg(not(unix))]
fn wished() -> std::io::Result<Pin<Box<dyn Future<Output = std::io::Result<()>>>>> {
    Ok(Box::pin(tokio::signal::ctrl_c()))
}
