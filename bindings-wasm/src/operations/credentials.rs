//! Credentials, and the JSON that programs hand them on in.

use crate::Instance;
use crate::arguments::{Arguments, wrong};
use crate::json::{Json, Object};
use rolesanywhere_core::Credentials;
use rolesanywhere_core::error::Result;
use zeroize::Zeroizing;

/// Their members.
pub(super) fn facts(credentials: &Credentials) -> Json {
    Object::new()
        .text("access_key_id", credentials.access_key_id())
        .text("secret_access_key", credentials.secret_access_key())
        .text("session_token", credentials.session_token())
        .seconds("expiration", credentials.expiration().unix_seconds())
        .optional_text("account_id", credentials.account_id())
        .optional_text("role_arn", credentials.role_arn())
        .done()
}

/// Members in, the JSON of `form` out, as text.
pub(super) fn forms(_: &mut Instance, arguments: &Arguments) -> Result<Json> {
    let secret = |name| {
        arguments
            .text(name)
            .map(|text| Zeroizing::new(text.to_owned()))
    };
    let mut credentials = Credentials::new(
        arguments.text("access_key_id")?.to_owned(),
        secret("secret_access_key")?,
        secret("session_token")?,
        arguments.time("expiration")?,
    );
    let account_id = arguments.optional_text("account_id")?;
    if let Some(role_arn) = arguments.optional_text("role_arn")? {
        let account_id = account_id.unwrap_or_default().to_owned();
        credentials = credentials.with_role(role_arn.to_owned(), account_id);
    }
    if account_id.is_none() {
        credentials = credentials.without_account_id();
    }
    let json = match arguments.optional_text("form")? {
        None | Some("credential_process") => credentials.to_credential_process_json(),
        Some("credential_process_without_account_id") => credentials
            .without_account_id()
            .to_credential_process_json(),
        Some("container") => credentials.to_container_json(),
        Some("imds") => credentials.to_imds_json(arguments.time("last_updated")?),
        Some(_) => return Err(wrong("form", "a form's name")),
    };
    Ok(Object::new().text("json", &json).done())
}
