@file:OptIn(ExperimentalTextApi::class)

package xunge.ui

import androidx.compose.ui.graphics.toComposeImageBitmap
import androidx.compose.ui.text.ExperimentalTextApi
import androidx.compose.ui.text.font.FontFamily
import androidx.compose.ui.text.platform.SystemFont
import org.jetbrains.skia.Image
import xunge.core.Fix
import xunge.core.Instant
import xunge.core.Link
import xunge.core.LinkAnswer
import xunge.core.PhotoPurpose
import xunge.core.Point
import xunge.core.Settings
import xunge.core.SettingsStore
import xunge.core.TakenPhoto
import xunge.ui.state.Camera
import xunge.ui.state.PhotoAllowance
import xunge.ui.state.Pictures
import xunge.ui.state.Platform
import xunge.ui.state.Positions
import xunge.ui.state.Threads
import xunge.ui.state.Watch

/** A platform without a phone: everything happens at once, on the thread that asked. */
class FakePlatform(var kept: Settings = Settings()) : Platform {
    /** What the camera hands over next; nothing: the person changed their mind. */
    var nextPhoto: ByteArray? = Samples.photos.values.first()
    val purposes = mutableListOf<PhotoPurpose>()
    val photosTaken: Int get() = purposes.size

    /** Work that waits for the network is held back until it is let go, where this is set. */
    var heldBack: ArrayDeque<() -> Unit>? = null

    /** All other work is held back, where this is set. */
    var held: ArrayDeque<() -> Unit>? = null

    /** What was put off, and for how long. */
    val putOff = mutableListOf<Pair<Long, () -> Unit>>()
    private val watchers = mutableListOf<(Fix) -> Unit>()
    val watching: Int get() = watchers.size

    override val threads =
        object : Threads {
            override fun <Answer> run(work: () -> Answer, done: (Result<Answer>) -> Unit) {
                held?.addLast { done(runCatching(work)) } ?: done(runCatching(work))
            }

            override fun <Answer> runBeside(work: () -> Answer, done: (Result<Answer>) -> Unit) {
                heldBack?.addLast { done(runCatching(work)) } ?: done(runCatching(work))
            }

            override fun later(millis: Long, work: () -> Unit) {
                putOff += millis to work
            }
        }

    override val camera = Camera { purpose: PhotoPurpose, onTaken: (TakenPhoto?) -> Unit ->
        purposes += purpose
        onTaken(nextPhoto?.let { TakenPhoto(it, purpose) })
    }

    override val positions = Positions { onFix ->
        watchers += onFix
        Watch { watchers -= onFix }
    }

    override val link = Link { _, _, _ -> LinkAnswer.Unreachable }
    override val pictures = Pictures { bytes -> runCatching { Image.makeFromEncoded(bytes).toComposeImageBitmap() }.getOrNull() }
    override val fonts: FontFamily = FontFamily(SystemFont("Noto Sans CJK SC"))
    override val settings =
        object : SettingsStore {
            override fun read() = kept

            override fun write(settings: Settings) {
                kept = settings
            }
        }

    /** Whether the network costs. */
    var metered = false

    override fun isMetered(): Boolean = metered

    // What only a phone has; a desktop has none of it.
    override var patrolling: FakePatrol? = FakePatrol()
    override var voice: FakeVoice? = FakeVoice()
    override var standing: FakeStanding? = FakeStanding()
    override var photoAllowance: PhotoAllowance? = null
    var now = Samples.now

    override fun now(): Instant = now

    fun fix(metres: Int?) = watchers.toList().forEach { it(Fix(Point(1_137_861_000, 347_552_000), metres, "gps", Samples.now)) }
}
