//! Harness, simulation, end-to-end.
