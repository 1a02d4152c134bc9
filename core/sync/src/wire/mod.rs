//! What travels between a device and the hub. CBOR with integer keys, described in `wire.cddl` beside this file.

mod assignment;
mod base_map;
mod blob_ranges;
mod capability;
mod carried_frame;
mod column_message;
pub mod columns;
mod comparison;
mod duty;
mod enrolment;
mod enrolment_code;
mod frame;
mod items;
mod message;
mod pack;
mod parts;
mod private;
mod receipts;
mod refused;
mod request_signature;
mod scope_pack;
mod server_pin;
mod tables;

pub use assignment::Assignment;
pub use base_map::{BASE_MAP_BYTES_MAX, BaseMapFrame, BaseMapOffer, BaseMapRequest};
pub use blob_ranges::{ByteRange, CHUNK_BYTES_MAX, missing_from, next_chunk};
pub use capability::{
    COLUMNS, COMPARISON, HOURS, PACKS, PARTS, PLAIN, SCOPES, TABLES, compares, named_at_enrolment,
    named_by_device, reads_columns, reads_hours, reads_scopes, spoken, spoken_without_comparison,
    takes_packs, takes_parts,
};
pub use carried_frame::{CarriedFrame, CarriedOutcome};
pub use column_message::{
    ColumnPush, ColumnsFrame, column_origin_message, document_digest, part_origin_message,
};
pub use comparison::{
    BUCKETS, ChangeSum, Compared, ComparedDocument, Comparison, LISTED_MAX, Sum, bucket,
    bucket_sums, differing, held_documents,
};
pub use duty::{DUTY_NOTES_MAX, DutyAnswer, DutyFrame, DutyOutcome, DutyRequest};
pub use enrolment::{EnrolRequest, EnrolledFrame};
pub use enrolment_code::{EnrolmentCode, EnrolmentCodeError};
pub use frame::{Ending, FRAME_BYTES_MAX, FrameReader, FrameWriter, Reading};
pub use items::ITEMS_MAX;
pub(crate) use items::exceed;
pub use message::{
    BlobAnswer, DocumentChanges, DocumentVerdict, DocumentsFrame, EndFrame, Frame, HeadFrame,
    OfferedTask, Origin, Push, PushedChange, PushedDocument, SupersededFrame, SyncRequest, Verdict,
    origin_message, push_digest, server_change_message,
};
pub use pack::{PackError, REQUEST_BYTES_MAX, pack, unpack};
pub use parts::{PARTS_MAX, PartError, PartPlace, PartReader, Piece, TakenParts, in_parts};
pub use private::{
    PRIVATE_BYTES_MAX, PRIVATE_RECORDS_MAX, PrivateAnswer, PrivateKeptFrame, PrivateOutcome,
    PrivateRequest,
};
pub use receipts::{AskedRecord, RECEIPTS_MAX, ReceiptsFrame, ReceiptsRequest, RecordReceipt};
pub use refused::{RefusedChanges, RefusedFrame};
pub(crate) use request_signature::signature_headers;
pub use request_signature::{
    CONTENT_DIGEST_HEADER, RequestHead, RequestName, RequestSignature, RequestSignatureError,
    SIGNATURE_HEADER, SIGNATURE_INPUT_HEADER,
};
pub use scope_pack::{
    PackChain, PackOffer, PackSegment, SEGMENT_BYTES_MAX, SegmentReading, read_segment,
    write_segment,
};
pub use server_pin::{PIN_BYTES, ServerPin};
pub use tables::{
    ExtractRow, HELD_TABLES_MAX, HeldTable, TABLE_BYTES_MAX, TABLES_BYTES_MAX, TableDelta,
    TablesFrame, TablesRequest, difference, table_digest,
};

/// Header naming the capability of a request.
pub const WIRE_HEADER: &str = "xunge-wire";
/// Header of a device session: `<installation hex>.<token hex>`.
pub const SESSION_HEADER: &str = "xunge-session";
/// Header of a request's nonce, where the body is raw bytes.
pub const NONCE_HEADER: &str = "xunge-nonce";
/// Path at which a courier hands up a piece.
pub const CARRIED_PATH: &str = "/api/sync/carried";
/// Path at which a device asks for its certificate.
pub const CERTIFICATE_PATH: &str = "/api/sync/certificate";
/// Path at which a device asks for receipts.
pub const RECEIPTS_PATH: &str = "/api/sync/receipts";
/// Path at which a device hands up personal data.
pub const PRIVATE_PATH: &str = "/api/sync/private";
/// Path at which a device asks for the city's tables.
pub const TABLES_PATH: &str = "/api/sync/tables";
/// Path at which a device hands up notes about duty.
pub const DUTY_PATH: &str = "/api/sync/duty";
/// Path at which a device asks what base map there is for its person's beats.
pub const BASE_MAP_PATH: &str = "/api/sync/base-map";
/// Path below which the files of base maps are, by their digests.
pub const BASE_MAPS_PATH: &str = "/api/sync/base-maps";
/// Content type of requests and answers.
pub const CONTENT_TYPE: &str = "application/vnd.xunge";

/// Random bytes a request carries and its answer is signed over.
pub type Nonce = [u8; 16];
/// Secret of a device session, renewed with every answer.
pub type Token = [u8; 16];
