package xunge.ui

import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.setValue
import xunge.ui.state.BackgroundStanding
import xunge.ui.state.DeviceStanding
import xunge.ui.state.JobRun
import xunge.ui.state.PatrolState
import xunge.ui.state.Patrolling
import xunge.ui.state.PositionStanding
import xunge.ui.state.SystemPage
import xunge.ui.state.Voice
import xunge.ui.state.Watch

/** A patrol that begins where it is allowed. */
class FakePatrol : Patrolling {
    var allowed = true
    override var state by mutableStateOf(PatrolState.OFF)
        private set

    override fun begin(onAnswer: (Boolean) -> Unit) {
        if (allowed) state = PatrolState.RUNNING
        onAnswer(allowed)
    }

    override fun pause() {
        state = PatrolState.PAUSED
    }

    override fun resume() {
        state = PatrolState.RUNNING
    }

    override fun end() {
        state = PatrolState.OFF
    }
}

/** A microphone that hears what the test says. */
class FakeVoice : Voice {
    /** Nothing: refused, or too short to be anything. */
    var speech: ByteArray? = ByteArray(150_000)
    var allowed = true
    var playing = false
        private set
    private var onEnd: ((ByteArray?) -> Unit)? = null
    private var onPlayed: (() -> Unit)? = null
    val running: Boolean get() = onEnd != null

    override val millisMax = 180_000L

    override fun record(onBegin: () -> Unit, onEnd: (ByteArray?) -> Unit) {
        if (!allowed) return onEnd(null)
        this.onEnd = onEnd
        onBegin()
    }

    override fun stop() = end(speech)

    override fun cancel() = end(null)

    private fun end(heard: ByteArray?) {
        val ended = onEnd ?: return
        onEnd = null
        ended(heard)
    }

    override fun play(recording: ByteArray, onEnd: () -> Unit): Watch {
        playing = true
        onPlayed = onEnd
        return Watch { playing = false }
    }

    fun playedToItsEnd() {
        playing = false
        onPlayed?.invoke()
    }
}

class FakeStanding : DeviceStanding {
    override var background: BackgroundStanding = BackgroundStanding.Ran(212, JobRun(Samples.before(11), Samples.before(10), "done"))
    override var position = PositionStanding.AVAILABLE
    val opened = mutableListOf<SystemPage>()
    val missing = mutableSetOf<SystemPage>()

    override fun open(page: SystemPage): Boolean {
        opened += page
        return page !in missing
    }
}
