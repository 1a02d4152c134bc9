package xunge.ui.state

import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableIntStateOf
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.setValue
import xunge.core.DocumentId
import xunge.core.Instant
import xunge.core.PrivateKind
import xunge.core.PrivateRecord

private const val TICK_MILLIS = 1_000L

/** A recording from its first word until it is kept. */
sealed interface Recording {
    data object None : Recording

    data class Running(val since: Instant) : Recording

    /** Over, and only in memory: to be heard, kept or thrown away. */
    class Made(val bytes: ByteArray, val seconds: Int) : Recording
}

/** Voice notes 语音 of a case or a draft: they are private records, so nothing of them enters the case. */
class VoiceNotes(private val page: PageState, private val case: DocumentId) {
    private val voice = page.field.platform.voice

    /** Whether this device records at all. */
    val possible: Boolean get() = voice != null
    val minutesMax: Long get() = (voice?.millisMax ?: 0) / 60_000

    var recording by mutableStateOf<Recording>(Recording.None)
        private set

    /** How long it has been running. */
    var seconds by mutableIntStateOf(0)
        private set
    var playing by mutableStateOf(false)
        private set

    /** The last one could not be made: no permission, another app has the microphone, or nothing was said. */
    var failed by mutableStateOf(false)
        private set

    /** Those kept on this device, and what became of each. */
    var kept by mutableStateOf<List<PrivateRecord>>(emptyList())
        private set

    private var played: Watch? = null
    private var turn = 0
    private var cancelled = false

    fun load() {
        page.ask({ it.privateRecords(case) }) { records -> kept = records.filter { it.kind == PrivateKind.VOICE_NOTE } }
    }

    fun begin() {
        if (recording != Recording.None) return
        failed = false
        cancelled = false
        voice?.record(::began, ::ended)
    }

    private fun began() {
        recording = Recording.Running(page.field.platform.now())
        seconds = 0
        turn += 1
        tick(turn)
    }

    private fun tick(mine: Int) {
        page.field.platform.threads.later(TICK_MILLIS) {
            if (mine == turn && recording is Recording.Running) {
                seconds = elapsed()
                tick(mine)
            }
        }
    }

    private fun elapsed(): Int =
        when (val running = recording) {
            is Recording.Running -> ((page.field.platform.now().millis - running.since.millis) / TICK_MILLIS).toInt().coerceAtLeast(0)
            Recording.None, is Recording.Made -> 0
        }

    private fun ended(bytes: ByteArray?) {
        val length = elapsed()
        failed = bytes == null && !cancelled
        recording = bytes?.let { Recording.Made(it, length) } ?: Recording.None
    }

    fun stop() {
        voice?.stop()
    }

    fun listen() {
        val made = recording as? Recording.Made ?: return
        stopListening()
        playing = true
        played = voice?.play(made.bytes) { playing = false }
    }

    fun stopListening() {
        played?.stop()
        played = null
        playing = false
    }

    /** Throws away what runs, or what was made and is not kept. */
    fun throwAway() {
        cancelled = true
        stopListening()
        if (recording is Recording.Running) voice?.cancel()
        recording = Recording.None
    }

    /** It is safe on the device once this is answered. */
    fun keep() {
        val made = recording as? Recording.Made ?: return
        stopListening()
        page.askOnce({ it.keepVoiceNote(case, made.bytes) }) {
            if (recording === made) recording = Recording.None
            load()
        }
    }

    /** The page goes: nothing is recorded that nobody sees, and what was said is not lost. */
    fun leave() {
        stop()
        stopListening()
        val made = recording as? Recording.Made ?: return
        recording = Recording.None
        page.ask({ it.keepVoiceNote(case, made.bytes) }) {}
    }

    /** Throws away one that the server does not have yet. */
    fun discard(record: PrivateRecord) {
        page.askOnce({ it.discardPrivate(record.id) }) { load() }
    }
}
