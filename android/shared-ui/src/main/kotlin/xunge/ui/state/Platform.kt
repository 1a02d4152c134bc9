package xunge.ui.state

import androidx.compose.ui.graphics.ImageBitmap
import androidx.compose.ui.text.font.FontFamily
import xunge.core.Fix
import xunge.core.Instant
import xunge.core.Link
import xunge.core.PhotoPurpose
import xunge.core.SettingsStore
import xunge.core.TakenPhoto

/** What the phone, or the desktop, does for the screens. */
interface Platform {
    val threads: Threads
    val camera: Camera
    val positions: Positions
    val link: Link
    val pictures: Pictures
    val settings: SettingsStore
    val fonts: FontFamily

    /** Whether the network costs by what passes. Asked before each round, off the screen's thread. */
    fun isMetered(): Boolean

    // What only a phone has: where there is nothing, screens do not offer it.
    val patrolling: Patrolling? get() = null
    val voice: Voice? get() = null
    val standing: DeviceStanding? get() = null
    val photoAllowance: PhotoAllowance? get() = null

    fun now(): Instant
}

/** Where work is done. */
interface Threads {
    /** Runs work of the core off the screen's thread, one after the other, and hands the result back on the screen's. */
    fun <Answer> run(work: () -> Answer, done: (Result<Answer>) -> Unit)

    /** The same for work that waits for the network: it holds nothing else up. */
    fun <Answer> runBeside(work: () -> Answer, done: (Result<Answer>) -> Unit)

    /** Does something on the screen's thread after so long. */
    fun later(millis: Long, work: () -> Unit)
}

fun interface Camera {
    /** Takes one photo; nothing when the person changed their mind. */
    fun take(purpose: PhotoPurpose, onTaken: (TakenPhoto?) -> Unit)
}

fun interface Positions {
    /** Hands over every fix, on the screen's thread, until the watch is stopped. */
    fun watch(onFix: (Fix) -> Unit): Watch
}

fun interface Watch {
    fun stop()
}

fun interface Pictures {
    /** Nothing, when these bytes are no picture. */
    fun decode(bytes: ByteArray): ImageBitmap?
}
