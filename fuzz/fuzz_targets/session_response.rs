#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| rolesanywhere_fuzz::session_response(data));
