//! The SQLite store of a device.
