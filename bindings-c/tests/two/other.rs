//! Another library in Rust, with a standard library of its own.

/// Uses what both bring: the allocator, formatting, unwinding.
#[unsafe(no_mangle)]
pub extern "C" fn other_library(number: u32) -> u32 {
    let caught = std::panic::catch_unwind(|| format!("{number}").len());
    caught.map_or(0, |length| u32::try_from(length).unwrap_or(0))
}
