//! The built-in transport against servers and proxies of this machine.
//!
//! `cfg(test)` holds for the whole file; it stands on the modules so that clippy takes them for tests.
#![cfg(feature = "http")]

#[cfg(test)]
mod direct;
#[cfg(test)]
mod failures;
#[cfg(test)]
mod probe;
#[cfg(test)]
mod proxies;
#[cfg(test)]
mod proxy;
#[cfg(test)]
mod request;
#[cfg(test)]
mod server;
#[cfg(test)]
mod tls;
