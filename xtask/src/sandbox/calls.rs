//! What the sandbox is for: credentials, and whose they are.

use super::{Sandbox, program};
use crate::shell::{self, LONG};
use serde_json::Value;
use std::fmt;
use std::process::Stdio;

/// What `sts:GetCallerIdentity` answers.
#[derive(Debug)]
pub(crate) struct CallerIdentity {
    arn: String,
    user_id: String,
    account: String,
}

impl fmt::Display for CallerIdentity {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            arn,
            user_id,
            account,
        } = self;
        write!(
            formatter,
            "Arn: {arn}\nUserId: {user_id}\nAccount: {account}"
        )
    }
}

impl Sandbox {
    /// Runs `rolesanywhere credential-process` and reads what it prints.
    pub(crate) fn credentials(&self) -> Result<Value, String> {
        let words = self.credential_process();
        let mut words = words.iter();
        let mut command = shell::command(words.next().map(String::as_str).unwrap_or_default());
        let output = command.args(words).stderr(Stdio::inherit()).output();
        let output = output.map_err(|error| error.to_string())?;
        if !output.status.success() {
            return Err(format!("credential-process ended, {}", output.status));
        }
        serde_json::from_slice(&output.stdout).map_err(|error| format!("no JSON: {error}"))
    }

    /// Asks the emulator's STS whose these credentials are; an error unless they are a session of
    /// the sandbox's role.
    pub(crate) fn caller_identity(&self, credentials: &Value) -> Result<CallerIdentity, String> {
        let mut client = shell::command(program("examples/get_caller_identity"));
        client.arg(&self.url).env("AWS_REGION", self.region());
        for (variable, member) in [
            ("AWS_ACCESS_KEY_ID", "AccessKeyId"),
            ("AWS_SECRET_ACCESS_KEY", "SecretAccessKey"),
            ("AWS_SESSION_TOKEN", "SessionToken"),
        ] {
            let value = credentials.get(member).and_then(Value::as_str);
            client.env(variable, value.unwrap_or_default());
        }
        let outcome = shell::run_or_tell(&mut client, LONG);
        let element = |name: &str| element(&outcome.output, name).map(str::to_owned);
        match (element("Arn"), element("UserId"), element("Account")) {
            (Some(arn), Some(user_id), Some(account))
                if outcome.success && arn.starts_with(&self.caller_arn_prefix()) =>
            {
                Ok(CallerIdentity {
                    arn,
                    user_id,
                    account,
                })
            }
            _ => Err(format!(
                "the caller is not a session of the role: {}",
                outcome.output
            )),
        }
    }
}

fn element<'a>(xml: &'a str, name: &str) -> Option<&'a str> {
    let (_, after) = xml.split_once(&format!("<{name}>"))?;
    after.split_once("</").map(|(text, _)| text)
}
