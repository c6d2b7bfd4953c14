//! What Go programs write: its own library, the usual packages for PBES2 and for PKCS#12.

use crate::maker::{Maker, SECRET, is_there};
use rolesanywhere_conformance::suite::Suite;
use rolesanywhere_conformance::{Result, foreign};
use std::sync::Arc;

pub(crate) fn add(suite: &mut Suite, maker: &Arc<Maker>) {
    if !is_there("go") {
        suite.skip("go", "there is no go");
        return;
    }
    match write(maker) {
        Ok(files) => files.lines().for_each(|line| file(suite, maker, line)),
        Err(error) => suite.skip("go", error.message().unwrap_or_default()),
    }
}

/// The leaf and the name of each file.
fn write(maker: &Maker) -> Result<String> {
    let output = foreign::go("go")
        .args(["run", ".", &maker.path("").display().to_string()])
        .output()?;
    if output.status.success() {
        return Ok(String::from_utf8(output.stdout)?);
    }
    Err(String::from_utf8_lossy(&output.stderr).trim().into())
}

fn file(suite: &mut Suite, maker: &Arc<Maker>, line: &str) {
    let (leaf, name) = line.split_once('\t').unwrap_or((line, ""));
    let (leaf, name, maker) = (leaf.to_owned(), name.to_owned(), Arc::clone(maker));
    suite.add(format!("go::{name}"), move || {
        let content = maker.read(&name)?;
        match name.strip_suffix(".p12") {
            Some(name) if name.ends_with("passwordless") => {
                maker.check_identity(&leaf, &content, None, 1)
            }
            Some(_) => maker.check_identity(&leaf, &content, Some(SECRET), 1),
            None => maker.check_key(&leaf, &content, Some(SECRET)),
        }
    });
}
