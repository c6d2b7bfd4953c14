//! `rolesanywhere_snapshot`: what an identity callback fills in.

use crate::boundary::{ResultCode, fallible};
use crate::error::ErrorHandle;
use crate::error_code;
use crate::handle::{borrow, borrow_mut};
use crate::identity::IdentityHandle;
use crate::private_key::PrivateKeyHandle;
use rolesanywhere::Snapshot;
use rolesanywhere::core::error::{Error, ErrorCode, Result};
use std::sync::Arc;

/// The place for the identity as it is now. Borrowed, until the callback that got it returns.
#[derive(Default)]
pub struct SnapshotHandle(Option<Arc<Snapshot>>);

impl SnapshotHandle {
    /// What was put in, or the failure of which the callback said the code.
    pub(crate) fn taken(self, code: ResultCode) -> Result<Arc<Snapshot>> {
        if code != 0 {
            let known = error_code::find(code).unwrap_or(ErrorCode::FileUnreadable);
            let message = format!("the identity callback failed with {code}");
            return Err(Error::new(known, message));
        }
        self.0.ok_or_else(|| {
            let message = "the identity callback gave no identity";
            Error::new(ErrorCode::CertificateMissing, message)
        })
    }
}

/// Puts an identity and its key in. Both stay the caller's, who may free them at once: what is needed of
/// them is shared.
///
/// Fails with `null_argument`.
///
/// # Safety
/// `snapshot` is NULL or what the callback got, the handles NULL or not freed meanwhile; `error` is NULL
/// or may be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rolesanywhere_snapshot_set(
    snapshot: *mut SnapshotHandle,
    identity: *const IdentityHandle,
    private_key: *const PrivateKeyHandle,
    error: *mut *mut ErrorHandle,
) -> ResultCode {
    // SAFETY: the caller's promise above.
    unsafe {
        fallible(error, || {
            let snapshot = borrow_mut(snapshot, "snapshot")?;
            let identity = borrow(identity, "identity")?.identity().clone();
            let key = borrow(private_key, "private_key")?.share();
            snapshot.0 = Some(Arc::new(Snapshot::new(identity, key)));
            Ok(())
        })
    }
}
