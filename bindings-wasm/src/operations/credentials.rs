//! Credentials, and the JSON that programs hand them on in.

use crate::Instance;
use crate::arguments::Arguments;
use crate::json::Object;
use rolesanywhere_core::Credentials;
use rolesanywhere_core::error::Result;
use zeroize::Zeroizing;

/// Their members.
pub(super) fn facts(facts: &mut Object, credentials: &Credentials) {
    facts
        .text("access_key_id", credentials.access_key_id())
        .text("secret_access_key", credentials.secret_access_key())
        .text("session_token", credentials.session_token())
        .seconds("expiration", credentials.expiration().unix_seconds())
        .optional_text("account_id", credentials.account_id())
        .optional_text("role_arn", credentials.role_arn());
}

/// From the members that a host gives.
pub(super) fn given(given: Arguments<'_>) -> Credentials {
    let secret = |name| Zeroizing::new(given.text(name).to_owned());
    Credentials::new(
        given.text("access_key_id").to_owned(),
        secret("secret_access_key"),
        secret("session_token"),
        given.time("expiration"),
    )
}

/// Members in, the JSON of `form` out, as text.
pub(super) fn forms(_: &mut Instance, given: Arguments<'_>, answer: &mut Object) -> Result<()> {
    let mut credentials = self::given(given);
    let account_id = given.optional_text("account_id");
    if let Some(role_arn) = given.optional_text("role_arn") {
        let account_id = account_id.unwrap_or_default().to_owned();
        credentials = credentials.with_role(role_arn.to_owned(), account_id);
    }
    let form = given.optional_text("form").unwrap_or("credential_process");
    let shown = form.strip_suffix("_without_account_id");
    if account_id.is_none() || shown.is_some() {
        credentials = credentials.without_account_id();
    }
    let json = match shown.unwrap_or(form) {
        "credential_process" => credentials.to_credential_process_json(),
        "container" => credentials.to_container_json(),
        "imds" => credentials.to_imds_json(given.time("last_updated")),
        _ => {
            given.wrong("form", "a form's name");
            return Ok(());
        }
    };
    answer.text("json", &json);
    Ok(())
}
