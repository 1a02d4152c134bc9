package xunge.platform

import android.content.Context
import androidx.compose.ui.text.font.FontFamily
import java.io.File
import xunge.core.DeviceKey
import xunge.core.FieldCore
import xunge.core.Instant
import xunge.core.KeyProblem
import xunge.core.KeyUnavailable
import xunge.core.Language
import xunge.core.StoreKey
import xunge.link.OkHttpLink
import xunge.platform.background.SyncJournal
import xunge.platform.camera.PhoneCamera
import xunge.platform.core.CoreHolders
import xunge.platform.core.FieldProcess
import xunge.platform.core.OneRoundCore
import xunge.platform.keys.PhoneKeys
import xunge.platform.network.NetworkKind
import xunge.platform.network.PhoneNetwork
import xunge.platform.network.SyncOnNetwork
import xunge.platform.patrol.Patrol
import xunge.platform.patrol.PhonePatrol
import xunge.platform.permissions.Permissions
import xunge.platform.positions.PhonePositions
import xunge.platform.screen.Front
import xunge.platform.standing.PhoneStanding
import xunge.platform.storage.PhotoRoom
import xunge.platform.threads.PhoneThreads
import xunge.platform.time.SystemPhoneClock
import xunge.platform.voice.VoiceRecorder
import xunge.ui.state.Pictures
import xunge.ui.state.Platform

/**
 * The app on this phone, put together once in the life of a process. Opening the core reads the disk and asks the key
 * store, so it is put off until somebody holds it. Decoding a picture needs Android's own Compose, so the app brings it.
 */
class PhoneParts(
    context: Context,
    override val pictures: Pictures,
    photos: File,
    open: (DeviceKey, StoreKey) -> FieldCore,
) : FieldProcess, Platform {
    private val keys = PhoneKeys(context)

    /** Fails with a [KeyProblem] where the key store does; the next call tries again. */
    override val core: FieldCore by lazy {
        try {
            OneRoundCore(open(keys.deviceKey(), keys.storeKey()))
        } catch (failure: KeyUnavailable) {
            throw KeyProblem("device_key", "${PhoneWord.NO_KEY.zh}（${failure.said}）", "${PhoneWord.NO_KEY.en} (${failure.said})")
        }
    }
    val holders = CoreHolders { core }
    override val settings = PhoneSettings(context)
    override val clock = SystemPhoneClock(context)
    override val threads = PhoneThreads(holders)
    override val link = OkHttpLink()
    override val journal = SyncJournal(context, clock)

    /** The system's own: every phone sold in China has Chinese in it. */
    override val fonts: FontFamily = FontFamily.Default
    override val language: Language get() = settings.read().language

    val front = Front()
    val permissions = Permissions(context, front, ::language)
    override val positions = PhonePositions(context, permissions, clock)
    override val camera = PhoneCamera(context, front, positions, threads, ::core, ::language)
    private val network = PhoneNetwork(context)
    val onNetwork = SyncOnNetwork(network)
    override val patrol = Patrol(positions, threads, onNetwork::watch, ::core, ::link, ::isMetered)
    override val patrolling = PhonePatrol(context, permissions, patrol)
    override val voice = VoiceRecorder(context, permissions)
    override val standing = PhoneStanding(context, front, journal, positions)
    override val photoAllowance = PhotoRoom(context, photos)

    override fun isMetered(): Boolean = network.kind() == NetworkKind.METERED

    override fun now(): Instant = clock.now()
}
