package xunge.core

/** What is not safe yet, in all. */
data class SyncStatus(
    val textsUnsent: Long,
    val photoFilesUnsent: Long,
    /** How many tries in a row failed. */
    val failures: Int,
    val setAside: List<SetAside>,
    /** When all of it was last compared with what the server has. */
    val comparedAt: Instant?,
    /** Whether that left a difference. */
    val differs: Boolean,
    /** Whether the server once showed a log that does not go on from what this device had seen of it. */
    val logContradicted: Boolean,
    /** How many photo files wait for a link that is not metered; those are unsent as well. */
    val photoFilesHeldBack: Long = 0,
    /** What went wrong with the base map; it is tried again by itself. */
    val baseMapProblem: Reason? = null,
) {
    val allSafe: Boolean get() = textsUnsent == 0L && photoFilesUnsent == 0L
}

/** Refused work, kept until its author acts. Nothing of it is deleted. */
data class SetAside(
    val id: EntryId,
    val document: DocumentId,
    /** What it was: report, photo, comment, claim… */
    val kind: String,
    val outcome: SetAsideOutcome,
    val at: Instant,
    val reason: Reason,
)

enum class SetAsideOutcome {
    /** Never merged: the bytes are kept. */
    QUARANTINED,

    /** Merged, but not granted. */
    DECLINED,
}

/** How a round of sync ended. */
sealed interface SyncOutcome {
    /** Nothing is left to do. */
    data object Done : SyncOutcome

    /** It did not come through; worth another try after so long. */
    data class Later(val afterMillis: Long, val why: Reason?) : SyncOutcome

    /** The server refuses this device. */
    data class Refused(val why: Reason) : SyncOutcome

    /** The device was revoked and its store is gone or sealed. */
    data object Revoked : SyncOutcome
}

/** The network, which is the platform's: it performs one request against the server and hands back whatever came. */
fun interface Link {
    fun perform(serverUrl: String, serverPin: ByteArray?, request: LinkRequest): LinkAnswer
}

class LinkRequest(val method: String, val path: String, val headers: Map<String, String>, val body: ByteArray)

sealed interface LinkAnswer {
    /** An answer, whole or cut. */
    class Answered(val status: Int, val body: ByteArray) : LinkAnswer

    data object Unreachable : LinkAnswer

    /** The server's certificate is not the pinned one. */
    data object WrongCertificate : LinkAnswer
}
