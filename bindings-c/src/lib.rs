//! IAM Roles Anywhere for C. What each function does for its caller is said beside it, and cbindgen
//! carries it into `include/rolesanywhere.h`; `README.md` says how to build and link.
#![expect(
    unsafe_code,
    reason = "pointers come from C; each block says why it may use them"
)]

#[cfg(panic = "abort")]
compile_error!(
    "a panic must be caught at the boundary and not kill its host: build with unwinding"
);

/// The number of the interface, which changes when a program has to be compiled anew.
///
/// Compare it with `ROLESANYWHERE_ABI_VERSION` of the header where the library is loaded at run time.
/// Any thread; never fails.
#[unsafe(no_mangle)]
pub extern "C" fn rolesanywhere_abi_version() -> u32 {
    ABI_VERSION
}

/// The number of the interface that this header describes; the library's soname ends with it.
pub const ABI_VERSION: u32 = 0;
