//! Python's `cryptography`, and by its primitives what OpenSSL 3.0 does not write: AES-GCM, and
//! PKCS#12 with PBMAC1.

use crate::maker::{Maker, SECRET};
use rolesanywhere_conformance::oracle::Python;
use rolesanywhere_conformance::suite::Suite;
use rolesanywhere_conformance::{Result, foreign};
use std::sync::Arc;

pub(crate) fn add(suite: &mut Suite, maker: &Arc<Maker>) -> Result<()> {
    let python = match Python::find(&maker.path("python")) {
        Ok(python) => python,
        Err(reason) => {
            suite.skip("python", &reason);
            return Ok(());
        }
    };
    let script = foreign::workspace().join("conformance/python/key_files.py");
    let files = python.run(&script, &[&maker.path("")])?;
    for line in files.lines() {
        let Some((leaf, name)) = line.split_once('\t') else {
            return Err(format!("the script said: {line}").into());
        };
        let (leaf, file) = (leaf.to_owned(), name.to_owned());
        let maker = Arc::clone(maker);
        suite.add(format!("python::{leaf}::{name}"), move || {
            let content = maker.read(&file)?;
            if file.ends_with(".p12") {
                maker.check_identity(&leaf, &content, Some(SECRET), 1)
            } else {
                maker.check_key(&leaf, &content, Some(SECRET))
            }
        });
    }
    Ok(())
}
