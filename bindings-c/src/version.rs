//! Which library this is.

use crate::slice::Text;

/// The number of the interface that this header describes. It changes when programs have to be
/// compiled anew, and the library's soname ends with it.
pub const ROLESANYWHERE_ABI_VERSION: u32 = 0;

/// The `ROLESANYWHERE_ABI_VERSION` that the library was built with, to be compared with the header's
/// where the library is loaded at run time. Any thread; never fails.
#[unsafe(no_mangle)]
pub extern "C" fn rolesanywhere_abi_version() -> u32 {
    ROLESANYWHERE_ABI_VERSION
}

/// The library's version, such as `0.1.0`. The text lives as long as the library is loaded. Any
/// thread; never fails.
#[unsafe(no_mangle)]
pub extern "C" fn rolesanywhere_version() -> Text {
    const VERSION: &str = concat!(env!("CARGO_PKG_VERSION"), "\0");
    Text::of_terminated(VERSION)
}
