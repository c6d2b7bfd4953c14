//! HTTP/1.1 on a listener, within bounds.

mod connection;
mod socket;

use crate::service::Service;
use rolesanywhere_core::error::{Error, ErrorCode, Result};
use std::net::TcpListener;
use std::sync::Arc;
use std::thread::{self, JoinHandle};
use std::time::Duration;
use tokio::sync::{Semaphore, oneshot};
use tokio_rustls::TlsAcceptor;

/// As many connections at once; the others wait to be accepted.
const MAX_CONNECTIONS: usize = 512;

/// Serves until `stopped` resolves or its sender is dropped, in a new thread with its own runtime,
/// so that it can be started and dropped from inside any other runtime.
pub(crate) fn spawn(
    listener: TcpListener,
    service: Arc<Service>,
    tls: Option<TlsAcceptor>,
    stopped: oneshot::Receiver<()>,
) -> Result<JoinHandle<()>> {
    let failed = |error: std::io::Error| {
        Error::new(
            ErrorCode::Internal,
            format!("the server cannot start: {error}"),
        )
    };
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .thread_name("emulator")
        .enable_all()
        .build()
        .map_err(failed)?;
    let listener = {
        let _inside = runtime.enter();
        tokio::net::TcpListener::from_std(listener).map_err(failed)?
    };
    let serve = move || {
        runtime.block_on(async {
            tokio::select! {
                () = accept(listener, service, tls) => {}
                _ = stopped => {}
            }
        });
        // Connections that hang are left where they are.
        runtime.shutdown_timeout(Duration::from_millis(100));
    };
    thread::Builder::new()
        .name("emulator".to_owned())
        .spawn(serve)
        .map_err(failed)
}

async fn accept(
    listener: tokio::net::TcpListener,
    service: Arc<Service>,
    tls: Option<TlsAcceptor>,
) {
    let connections = Arc::new(Semaphore::new(MAX_CONNECTIONS));
    loop {
        let Ok(permit) = Arc::clone(&connections).acquire_owned().await else {
            return;
        };
        match listener.accept().await {
            Ok((stream, _)) => {
                let (service, tls) = (Arc::clone(&service), tls.clone());
                tokio::spawn(async move {
                    connection::serve(stream, tls, service).await;
                    drop(permit);
                });
            }
            // Out of file descriptors, or the client has gone: neither ends the emulator.
            Err(_) => tokio::time::sleep(Duration::from_millis(10)).await,
        }
    }
}
