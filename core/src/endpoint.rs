//! Which host serves a region.
