//! A provider through everything that goes wrong, against the emulator; the table that names these
//! tests is docs/reliability.md.
//!
//! Clocks are injected, so that hours pass at once; requests travel over real sockets.
//! `cfg(test)` holds for the whole file; it stands on the modules so that clippy takes them for tests.
#![cfg(feature = "http")]

#[cfg(test)]
mod callers;
#[cfg(test)]
mod certificate;
#[cfg(test)]
mod clock;
#[cfg(test)]
mod options;
#[cfg(test)]
mod outage;
#[cfg(test)]
mod panics;
#[cfg(test)]
mod polled;
#[cfg(test)]
mod replies;
#[cfg(test)]
mod rotation;
#[cfg(test)]
mod signers;
#[cfg(test)]
mod state;
#[cfg(test)]
mod table;
#[cfg(test)]
mod world;
