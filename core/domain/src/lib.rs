//! The rules of the product: pure, no clock, no I/O.
