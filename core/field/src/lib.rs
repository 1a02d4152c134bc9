//! The device facade: one verb a file.
