//! Lets the symbols of Node-API be found when the module is loaded.

fn main() {
    // The types of the module are written while it is compiled, where this says.
    println!("cargo:rerun-if-env-changed=NAPI_TYPE_DEF_TMP_FOLDER");
    napi_build::setup();
}
