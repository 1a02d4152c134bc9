//! The phone's doors into the core.
