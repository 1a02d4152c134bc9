//! What stands between a socket and a handler: middleware and extractors, one each.

pub mod cookie;
pub mod envelope;
pub mod json;
pub mod limits;
pub mod range;
pub mod range_file;
pub mod refusal;
pub mod request_id;
pub mod same_origin;
pub mod security_headers;
pub mod staff;
