//! What a function of the host's is given back with each call.

use std::ffi::c_void;

/// Told that `user_data` is not used any more. On any thread, under no lock of the library's.
pub type DestroyCallback = Option<unsafe extern "C" fn(user_data: *mut c_void)>;

/// The host's pointer and what ends it.
pub(crate) struct UserData {
    pointer: *mut c_void,
    destroy: DestroyCallback,
}

// SAFETY: the pointer is not looked at here. Whoever registers a callback promises, where the function
// says so, that callback and destructor may be called on any thread.
unsafe impl Send for UserData {}

// SAFETY: as above, also from several threads at once.
unsafe impl Sync for UserData {}

impl UserData {
    pub(crate) const fn new(pointer: *mut c_void, destroy: DestroyCallback) -> Self {
        Self { pointer, destroy }
    }

    pub(crate) const fn pointer(&self) -> *mut c_void {
        self.pointer
    }
}

impl Drop for UserData {
    fn drop(&mut self) {
        if let Some(destroy) = self.destroy {
            // SAFETY: the host's promise; called once, as the last use of the pointer.
            unsafe { destroy(self.pointer) }
        }
    }
}
