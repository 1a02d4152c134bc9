//! Both halves of the sync protocol as state machines.
