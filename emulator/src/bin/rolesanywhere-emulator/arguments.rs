use crate::leaf::LeafArguments;
use clap::{Args, Parser, Subcommand};
use rolesanywhere_core::error::Result;
use rolesanywhere_emulator::directory::{InitOptions, IssueOptions};
use rolesanywhere_emulator::pki::KeyType;
use std::net::SocketAddr;
use std::path::PathBuf;

/// A local IAM Roles Anywhere and STS that verifies everything.
#[derive(Debug, Parser)]
#[command(version)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Make a CA, a leaf, emulator.json and the files for clients
    Init(Init),
    /// Issue another leaf, right or wrong
    Issue(Box<Issue>),
    /// Serve what `init` has made
    Serve(Serve),
}

#[derive(Debug, Args)]
pub(crate) struct Init {
    /// The directory to make
    pub(crate) directory: PathBuf,
    /// The leaf's key: rsa2048, rsa3072, rsa4096, p256, p384, p521, ml-dsa-44, ml-dsa-65, ml-dsa-87
    #[arg(long, default_value = "rsa2048")]
    key_type: KeyType,
    /// The CAs' key
    #[arg(long, default_value = "p256")]
    ca_key_type: KeyType,
    /// How many intermediates stand between root and leaf, 0 to 5
    #[arg(long, value_name = "N", default_value_t = 0)]
    chain: usize,
    /// The region of trust anchor and profile
    #[arg(long, default_value = "us-east-1")]
    region: String,
    /// The account, twelve digits
    #[arg(long, default_value = "111122223333")]
    account: String,
    /// Where `serve` is to listen
    #[arg(long, value_name = "ADDRESS:PORT", default_value = "127.0.0.1:9912")]
    listen: SocketAddr,
    /// The program that aws-config names: on the PATH, or a path
    #[arg(long, value_name = "PROGRAM", default_value = "rolesanywhere")]
    command: String,
    /// Replace what is there
    #[arg(long)]
    force: bool,
}

impl Init {
    pub(crate) fn options(&self) -> InitOptions {
        InitOptions::new()
            .key_type(self.key_type)
            .ca_key_type(self.ca_key_type)
            .intermediates(self.chain)
            .region(&self.region)
            .account(&self.account)
            .listen(&self.listen.to_string())
            .command(&self.command)
            .force(self.force)
    }
}

#[derive(Debug, Args)]
pub(crate) struct Issue {
    /// The directory that `init` has made
    pub(crate) directory: PathBuf,
    /// Write NAME.pem and NAME-key.pem
    #[arg(long, default_value = "issued")]
    name: String,
    #[command(flatten)]
    leaf: LeafArguments,
    /// Wrong: issued by a CA that nobody trusts
    #[arg(long)]
    other_ca: bool,
    /// Wrong: revoked, by a list that is added to the trust anchor in emulator.json
    #[arg(long, conflicts_with = "other_ca")]
    revoked: bool,
    /// Replace what is there
    #[arg(long)]
    force: bool,
}

impl Issue {
    pub(crate) fn options(&self) -> Result<IssueOptions> {
        let options = IssueOptions::new(&self.name).leaf(self.leaf.options()?);
        Ok(options
            .other_ca(self.other_ca)
            .revoked(self.revoked)
            .force(self.force))
    }
}

#[derive(Debug, Args)]
pub(crate) struct Serve {
    /// The directory that `init` has made
    pub(crate) directory: PathBuf,
    /// Where to listen instead of what emulator.json says; port 0 for a free one
    #[arg(long, value_name = "ADDRESS:PORT")]
    pub(crate) listen: Option<SocketAddr>,
    /// Speak TLS, with a certificate of the CA in DIRECTORY/ca.pem, which is made when it is not there
    #[arg(long)]
    pub(crate) tls: bool,
    /// Let the pages of an origin ask it, such as http://localhost:5173; * for all
    #[arg(long, value_name = "ORIGIN")]
    pub(crate) cors: Option<String>,
    /// Write the URL to this file once it is served
    #[arg(long, value_name = "FILE")]
    pub(crate) url_file: Option<PathBuf>,
}

#[cfg(test)]
mod tests {
    use super::Arguments;
    use clap::CommandFactory;

    #[test]
    fn the_grammar_holds_together() {
        Arguments::command().debug_assert();
    }
}
