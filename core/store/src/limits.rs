//! Every bound of the store, by name. Bytes come from documents, the server and the app; none may grow without end.

/// Longest server address.
pub const SERVER_URL_BYTES_MAX: usize = 2_048;
/// Largest person record, key handle or other small opaque value of the session.
pub const SESSION_VALUE_BYTES_MAX: usize = 64 * 1024;
/// Longest key of a setting.
pub const SETTING_KEY_BYTES_MAX: usize = 128;
/// Largest setting: the grids of a whole city fit.
pub const SETTING_BYTES_MAX: usize = 16 * 1024 * 1024;
/// Largest draft: it holds text and names of photos, never pixels.
pub const DRAFT_BYTES_MAX: usize = 1024 * 1024;
/// Largest change, the same as the guard of documents allows.
pub const CHANGE_BYTES_MAX: usize = 256 * 1024;
/// Longest signature kept with a change.
pub const SIGNATURE_BYTES_MAX: usize = 256;
/// Longest actor id.
pub const ACTOR_BYTES_MAX: usize = 64;
/// Largest snapshot of one document.
pub const SNAPSHOT_BYTES_MAX: usize = 32 * 1024 * 1024;
/// Largest list of heads (1,024 hashes).
pub const HEADS_BYTES_MAX: usize = 32 * 1024;
/// Largest note of the moment of a photo.
pub const MOMENT_BYTES_MAX: usize = 16 * 1024;
/// Largest piece carried for others: what one request may carry.
pub const CARRIED_PIECE_BYTES_MAX: usize = 4 * 1024 * 1024;
/// Most bytes of all pieces that a device carries for others at a time.
pub const CARRIED_BYTES_MAX: usize = 128 * 1024 * 1024;
/// Largest record of personal data: a voice note of a megabyte and what is said of it.
pub const PRIVATE_BYTES_MAX: usize = 1024 * 1024 + 4 * 1024;
/// Largest receipt of a record with its proof and checkpoint.
pub const RECEIPT_BYTES_MAX: usize = 8 * 1024;
/// Largest content of an intent.
pub const INTENT_BYTES_MAX: usize = 256 * 1024;
/// Longest kind of an intent.
pub const INTENT_KIND_BYTES_MAX: usize = 64;
/// Longest text of a reason, each language.
pub const REASON_BYTES_MAX: usize = 4 * 1024;
/// Longest text column of a case row.
pub const CASE_TEXT_BYTES_MAX: usize = 4 * 1024;
/// Largest view of a case row.
pub const CASE_VIEW_BYTES_MAX: usize = 256 * 1024;
/// Longest text that is searched for, in characters.
pub const SEARCH_CHARACTERS_MAX: usize = 100;
/// Largest blob: the photo pipeline refuses more as well.
pub const BLOB_BYTES_MAX: usize = 40 * 1024 * 1024;
/// Largest record of acknowledged ranges of a blob.
pub const RANGES_BYTES_MAX: usize = 16 * 1024;
/// Longest scope.
pub const SCOPE_BYTES_MAX: usize = 128;
/// Most rows one call returns; a larger page is cut to this, and the next page follows.
pub const PAGE_ROWS_MAX: usize = 500;
/// Most documents one look at the pending changes walks through.
pub const PENDING_DOCUMENTS_MAX: usize = 5_000;
