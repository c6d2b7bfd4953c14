//! The module `rolesanywhere_core.wasm`: three functions and a memory, and no imports at all.
//!
//! `raw/README.md` describes it for hosts. A WebAssembly instance has one thread, and so has the state
//! in here.
#![expect(
    unsafe_code,
    reason = "the host hands over places in linear memory; each block says why it may use them"
)]

use rolesanywhere_wasm::Instance;
use std::alloc::{Layout, alloc, dealloc};
use std::cell::RefCell;

/// Longer inputs are refused before they are copied: bytes of 1 MiB in base64, with what is around them.
const LONGEST_INPUT: usize = 4 << 20;

/// 2 KB less of a compressed module than the library's own.
#[cfg(target_family = "wasm")]
#[global_allocator]
static ALLOCATOR: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();

thread_local! {
    static INSTANCE: RefCell<Instance> = RefCell::new(Instance::new());
}

/// Room for `length` bytes, which belongs to the host until [`rolesanywhere_free`]; 0 where there is
/// none, or where nobody needs so much.
#[unsafe(no_mangle)]
pub extern "C" fn rolesanywhere_alloc(length: usize) -> *mut u8 {
    match layout(length) {
        // SAFETY: the layout's size is not zero.
        Some(layout) if length <= LONGEST_INPUT => unsafe { alloc(layout) },
        _ => std::ptr::null_mut(),
    }
}

/// Wipes the room and gives it back.
///
/// # Safety
/// `pointer` and `length` are what [`rolesanywhere_alloc`] gave, or what [`rolesanywhere_call`]
/// returned, and not freed yet.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rolesanywhere_free(pointer: *mut u8, length: usize) {
    let Some(layout) = layout(length).filter(|_| !pointer.is_null()) else {
        return;
    };
    // SAFETY: the room is the caller's, of this length, and came from the same allocator.
    unsafe {
        std::ptr::write_bytes(pointer, 0, length);
        dealloc(pointer, layout);
    }
}

/// Calls an operation by its name with a JSON object and returns where its answer stands: the address
/// in the lower 32 bits, the length in the upper ones. The answer is the host's to free.
///
/// # Safety
/// Both places are readable for their lengths.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rolesanywhere_call(
    operation: *const u8,
    operation_length: usize,
    input: *const u8,
    input_length: usize,
) -> u64 {
    // SAFETY: the host vouches for both.
    let (operation, input) = unsafe {
        (
            std::slice::from_raw_parts(operation, operation_length),
            std::slice::from_raw_parts(input, input_length),
        )
    };
    // There is no operation without a name.
    let operation = std::str::from_utf8(operation).unwrap_or_default();
    let answer = INSTANCE.with(|instance| instance.borrow_mut().call(operation, input));
    let room = layout(answer.len());
    // SAFETY: an answer is never empty.
    let pointer = room.map_or(std::ptr::null_mut(), |layout| unsafe { alloc(layout) });
    if pointer.is_null() {
        return 0;
    }
    // SAFETY: the room was made for as many bytes, and nobody else knows of it.
    unsafe { std::ptr::copy_nonoverlapping(answer.as_ptr(), pointer, answer.len()) };
    packed(pointer, answer.len())
}

fn layout(length: usize) -> Option<Layout> {
    Layout::array::<u8>(length)
        .ok()
        .filter(|layout| layout.size() > 0)
}

#[expect(
    clippy::as_conversions,
    reason = "an address of linear memory is a number of 32 bits"
)]
fn packed(pointer: *mut u8, length: usize) -> u64 {
    (length as u64) << 32 | pointer as u64
}
