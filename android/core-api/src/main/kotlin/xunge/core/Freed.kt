package xunge.core

/** Originals that were freed: only what the server acknowledged with a receipt, and what lies in a backup of it. */
data class Freed(
    val files: Long,
    val bytes: Long,
    /** Of all photo files that are still here. */
    val bytesLeft: Long,
)
