package xunge.core

/** What sort of personal data a private record holds. */
enum class PrivateKind { WITNESS, RESIDENT, PHONE, ADDRESS, VOICE_NOTE }

/** Where a private record is. */
enum class PrivateDelivery {
    ON_DEVICE,

    /** The server keeps it; here it can be read no more. */
    RECEIVED,

    /** The server does not keep it. */
    REFUSED,
}

/** Personal data beside a case: never in it, encrypted under a key of the person it is about, and erased in time. */
data class PrivateRecord(
    val id: PrivateRecordId,
    val kind: PrivateKind,
    val at: Instant,
    val bytes: Long,
    val delivery: PrivateDelivery,
    /** Why the server does not keep it. */
    val reason: Reason?,
)

/** The longest recording that a private record takes. */
const val VOICE_NOTE_BYTES_MAX = 1024 * 1024
