use crate::config::Config;
use std::path::Path;

/// What the files for clients say.
pub(super) struct Client<'a> {
    pub(super) command: &'a str,
    pub(super) config: &'a Config,
    pub(super) home: &'a Path,
    /// Whether there are intermediates.
    pub(super) chain: bool,
}

impl Client<'_> {
    /// A default profile for every AWS SDK and CLI.
    pub(super) fn aws_config(&self) -> String {
        let [anchor, profile, role] = self.arns();
        let (certificate, key) = (self.path("leaf.pem"), self.path("leaf-key.pem"));
        let url = self.url();
        let mut words = vec![
            self.command,
            "credential-process",
            "--certificate",
            &certificate,
        ];
        words.extend(["--private-key", &key]);
        let chain = self.path("chain.pem");
        if self.chain {
            words.extend(["--intermediates", &chain]);
        }
        words.extend([
            "--trust-anchor-arn",
            anchor,
            "--profile-arn",
            profile,
            "--role-arn",
            role,
        ]);
        words.extend(["--endpoint", &url]);
        let words: Vec<_> = words.into_iter().map(quoted).collect();
        format!(
            "# For AWS_CONFIG_FILE. `serve` changes the port in here when it listens on another.\n\
             [default]\nregion = {}\ncredential_process = {}\nservices = emulator\n\n\
             [services emulator]\nsts =\n  endpoint_url = {url}\n",
            self.region(),
            words.join(" ")
        )
    }

    /// The same for a shell, and the options of `rolesanywhere` as variables.
    pub(super) fn env_sh(&self) -> String {
        let [anchor, profile, role] = self.arns();
        let url = self.url();
        let mut variables = vec![
            ("AWS_CONFIG_FILE", self.path("aws-config")),
            ("AWS_REGION", self.region().to_owned()),
            ("AWS_ENDPOINT_URL_ROLESANYWHERE", url.clone()),
            ("AWS_ENDPOINT_URL_STS", url),
            ("ROLESANYWHERE_TRUST_ANCHOR_ARN", anchor.to_owned()),
            ("ROLESANYWHERE_PROFILE_ARN", profile.to_owned()),
            ("ROLESANYWHERE_ROLE_ARN", role.to_owned()),
            ("ROLESANYWHERE_CERTIFICATE", self.path("leaf.pem")),
            ("ROLESANYWHERE_PRIVATE_KEY", self.path("leaf-key.pem")),
        ];
        if self.chain {
            variables.push(("ROLESANYWHERE_INTERMEDIATES", self.path("chain.pem")));
        }
        let lines = variables
            .iter()
            .map(|(name, value)| format!("export {name}='{}'\n", value.replace('\'', r"'\''")));
        let comment = "# For a shell: `. env.sh`. `serve` changes the port in here when it listens on \
                   another.\n";
        // The CA of the emulator's TLS would shut out every other server, so that it is named only then.
        let ca = self.path("ca.pem").replace('\'', r"'\''");
        let tls =
            format!("case $AWS_ENDPOINT_URL_STS in https:*) export AWS_CA_BUNDLE='{ca}' ;; esac\n");
        let lines = [comment.to_owned()].into_iter().chain(lines);
        lines.chain([tls]).collect()
    }

    fn url(&self) -> String {
        format!(
            "http://{}",
            self.config.listen.as_deref().unwrap_or_default()
        )
    }

    fn path(&self, name: &str) -> String {
        self.home.join(name).display().to_string()
    }

    fn arns(&self) -> [&str; 3] {
        let config = self.config;
        [
            config
                .trust_anchors
                .first()
                .map_or("", |anchor| &anchor.trust_anchor_arn),
            config
                .profiles
                .first()
                .map_or("", |profile| &profile.profile_arn),
            config.roles.first().map_or("", |role| &role.role_arn),
        ]
    }

    fn region(&self) -> &str {
        let [anchor, ..] = self.arns();
        anchor.split(':').nth(3).unwrap_or_default()
    }
}

/// SDKs split the command like a shell; backslashes only matter within double quotes.
fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_./:@%+=,".contains(c);
    if word.chars().all(plain) {
        return word.to_owned();
    }
    format!("\"{}\"", word.replace('\\', r"\\").replace('"', "\\\""))
}
