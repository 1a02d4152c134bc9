package xunge.core

enum class TaskKind { VERIFY, CHECK }

/** What this person was sent for. */
data class Task(
    val case: DocumentId,
    val localCode: String,
    /** Empty while the case is not here yet. */
    val title: String,
    val address: String,
    val point: Point?,
    val kind: TaskKind,
    /** When it reached a device of this person: its clock runs from then. */
    val deliveredAt: Instant,
    val dueAt: Instant,
    /** The server still takes an answer until somebody else's is ruled. */
    val overdue: Boolean,
    /** Answered here; only the ruling is missing. */
    val answered: Boolean,
    /** Declined here; a refusal of that leaves the task with this person. */
    val declined: Declined? = null,
) {
    /** Whether it waits for this person: neither answered nor declined, as far as this device knows. */
    val waits: Boolean get() = !answered && (declined == null || declined.delivery == DutyDelivery.REFUSED)
}
