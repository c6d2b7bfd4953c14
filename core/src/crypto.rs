//! The backends. Each is a type that the caller names; features only make a type exist.
