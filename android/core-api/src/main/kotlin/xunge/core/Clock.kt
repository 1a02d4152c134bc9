package xunge.core

/** How a matter stands against its limit, at a glance. */
enum class Light {
    /** Time enough. */
    GREEN,

    /** Due soon. */
    YELLOW,

    /** Overdue. */
    RED,
}

enum class ClockState { RUNNING, HELD, STOPPED, FINISHED }

/** A limit of a case that runs or ran, as this device computes it without a network. */
data class CaseClock(
    /** The limit of the whole disposal; otherwise that of a stage. */
    val overall: Boolean,
    val zh: String,
    val en: String,
    /** The how many-th of its kind, from 1. */
    val turn: Int,
    /** Nothing where it cannot be computed. */
    val state: ClockState?,
    /** Since when it stands still. */
    val since: Instant?,
    val due: Instant?,
    val light: Light?,
    /** Used of allowed, in percent. */
    val usedPercent: Long?,
    /** Why it is due then, a line each. */
    val explainedZh: String,
    val explainedEn: String,
)
