//! Photos: bytes in, bytes out.
