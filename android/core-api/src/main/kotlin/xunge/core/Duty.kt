package xunge.core

/** Why somebody does not take a task, in the order in which they are offered. */
enum class DeclineCause {
    SICK,
    TOO_FAR,

    /** Was there already, so somebody else should look. */
    ALREADY_SEEN,

    /** Needs words. */
    OTHER,
}

/** Where something is that this person said of their own duty. */
enum class DutyDelivery {
    /** Counts once the server has it. */
    ON_DEVICE,
    RECEIVED,

    /** The server does not count it. */
    REFUSED,
}

/** That a task was declined on this device; once the server has that, the task leaves the list. */
data class Declined(
    val cause: DeclineCause,
    /** May be empty. */
    val words: String,
    val at: Instant,
    val delivery: DutyDelivery,
    /** Why the server does not count it. */
    val reason: Reason?,
)

/** 请假, as it was said on this device: no task is offered in it. */
data class Leave(
    val id: DutyNoteId,
    val from: Instant,
    /** Not included. */
    val until: Instant,
    /** May be empty. */
    val words: String,
    val saidAt: Instant,
    val delivery: DutyDelivery,
    /** Why the server does not count it. */
    val reason: Reason?,
    /** Where the word is that takes it back; nothing where nobody did. */
    val takenBack: DutyDelivery?,
)
