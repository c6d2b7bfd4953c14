//! Every kind of bad input: its own code, one sentence, one hint, an exit status.

mod files;
mod identities;
mod options;
mod services;
