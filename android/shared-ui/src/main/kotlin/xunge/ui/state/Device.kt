package xunge.ui.state

import xunge.core.Instant

enum class PatrolState { OFF, RUNNING, PAUSED }

/** A patrol 巡查, where the platform can go on one: the position is kept fresh, work is sent on the way, no track is kept. On the screen's thread. */
interface Patrolling {
    /** A screen that reads it is drawn anew when it changes. */
    val state: PatrolState

    /** Asks for what it needs, with the reason first; says whether it may begin. */
    fun begin(onAnswer: (Boolean) -> Unit)

    fun pause()

    fun resume()

    fun end()
}

/** A microphone, where the platform has one. One recording at a time, on the screen's thread. */
interface Voice {
    /** A recording ends by itself after so long. */
    val millisMax: Long

    /**
     * Asks for the microphone, with the reason first, and begins. `onEnd` is called once: after [stop], at the limit, or with nothing
     * where it was refused, cancelled, or too short to be anything.
     */
    fun record(onBegin: () -> Unit, onEnd: (ByteArray?) -> Unit)

    fun stop()

    fun cancel()

    /** Plays a recording; `onEnd` where it ends by itself, or cannot be played. Stopping it is not an end. */
    fun play(recording: ByteArray, onEnd: () -> Unit): Watch
}

/** One run of the system's scheduler. */
data class JobRun(
    val beganAt: Instant,
    /** Nothing: it runs, or the phone killed it. */
    val endedAt: Instant?,
    /** `done`, `later`, `stopped`, or the code of what went wrong. */
    val outcome: String?,
)

/** Whether work in the background happens on this device: many phones kill it, and the worker should know. */
sealed interface BackgroundStanding {
    data object NotScheduled : BackgroundStanding

    data class NeverRan(val scheduledAt: Instant) : BackgroundStanding

    data class Ran(val times: Int, val last: JobRun) : BackgroundStanding
}

/** What keeps good fixes from coming. */
enum class PositionStanding {
    AVAILABLE,

    /** Only within a kilometre or so: that is what was allowed. */
    ONLY_COARSE,
    NOT_ALLOWED,
    SWITCHED_OFF,
}

/** Pages of the system where a standing is mended. */
enum class SystemPage {
    /** What this app may do. */
    PERMISSIONS,

    /** Whether the device finds positions at all. */
    POSITIONING,

    /** Which apps the system lets work in the background. */
    BATTERY,
}

/** What hinders this device, where the platform can tell. On the screen's thread. */
interface DeviceStanding {
    val background: BackgroundStanding
    val position: PositionStanding

    /** Opens a page of the system; false where this device has none. */
    fun open(page: SystemPage): Boolean
}

/** How much of the device photos may take, where the platform can tell. */
fun interface PhotoAllowance {
    /** Bytes; reads the disk, so not on the screen's thread. */
    fun keepBytes(): Long
}
