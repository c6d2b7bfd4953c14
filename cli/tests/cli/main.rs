//! The command as its users run it: words in, output and exit status out.
//!
//! `cfg(test)` holds for the whole file; it stands on the modules so that clippy takes them for tests.

#[cfg(test)]
mod attempts;
#[cfg(test)]
mod bad_input;
#[cfg(test)]
mod config_profile;
#[cfg(test)]
mod credential_process;
#[cfg(test)]
mod debug;
#[cfg(test)]
mod doctor;
#[cfg(test)]
mod documents;
#[cfg(test)]
mod environment;
#[cfg(test)]
mod explain;
#[cfg(test)]
mod faults;
#[cfg(test)]
mod network;
#[cfg(test)]
mod output;
#[cfg(test)]
mod passphrase;
#[cfg(test)]
mod personas;
#[cfg(test)]
mod read_certificate_data;
#[cfg(test)]
mod run;
#[cfg(test)]
mod secrets;
#[cfg(test)]
mod sign_string;
#[cfg(test)]
mod terminal;
#[cfg(test)]
mod wire;
#[cfg(test)]
mod world;
