//! The options that were found: a few, in the order of the table.

use super::lookup::Found;
use super::table::OptionName;
use alloc::vec::Vec;

/// A sorted list: a tree of the library weighs 2 KB more in a compressed WebAssembly module.
#[derive(Default)]
pub(super) struct FoundOptions(Vec<(OptionName, Found)>);

impl FoundOptions {
    pub(super) fn get(&self, name: OptionName) -> Option<&Found> {
        let place = self.place(name).ok()?;
        self.0.get(place).map(|(_, found)| found)
    }

    pub(super) fn contains(&self, name: OptionName) -> bool {
        self.place(name).is_ok()
    }

    pub(super) fn insert(&mut self, name: OptionName, found: Found) {
        self.remove(name);
        let (Ok(place) | Err(place)) = self.place(name);
        self.0.insert(place, (name, found));
    }

    pub(super) fn remove(&mut self, name: OptionName) {
        self.0.retain(|(known, _)| *known != name);
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (OptionName, &Found)> {
        self.0.iter().map(|(name, found)| (*name, found))
    }

    fn place(&self, name: OptionName) -> Result<usize, usize> {
        self.0.binary_search_by_key(&name, |(known, _)| *known)
    }
}
