package xunge.platform.patrol

import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.setValue
import xunge.core.FieldCore
import xunge.core.Link
import xunge.core.Problem
import xunge.ui.state.PatrolState
import xunge.ui.state.Positions
import xunge.ui.state.Threads
import xunge.ui.state.Watch

private const val SYNC_EVERY_MILLIS = 5 * 60 * 1000L

/**
 * A patrol: the position is kept fresh, so that a photo has a good fix at once, and work is sent on the way. No track is
 * kept, neither here nor at the hub: what was heard lies half a minute in memory, and while it is paused nothing is heard.
 * On the screen's thread.
 */
class Patrol(
    private val positions: Positions,
    private val threads: Threads,
    private val onNetwork: (sync: () -> Unit) -> Watch,
    private val core: () -> FieldCore,
    private val link: () -> Link,
    private val isMetered: () -> Boolean,
) {
    /** A screen that reads it is drawn anew when it changes. */
    var state by mutableStateOf(PatrolState.OFF)
        private set

    private var watches = emptyList<Watch>()

    /** Which stretch of walking this is: a round that an earlier one put off is not its own. */
    private var stretch = 0

    fun begin() {
        if (state == PatrolState.OFF) run()
    }

    fun pause() {
        if (state == PatrolState.RUNNING) leave(PatrolState.PAUSED)
    }

    fun resume() {
        if (state == PatrolState.PAUSED) run()
    }

    fun end() = leave(PatrolState.OFF)

    private fun run() {
        state = PatrolState.RUNNING
        stretch += 1
        watches = listOf(positions.watch {}, onNetwork(::sync))
        syncAgain(stretch)
    }

    private fun leave(state: PatrolState) {
        this.state = state
        watches.forEach { it.stop() }
        watches = emptyList()
    }

    private fun syncAgain(mine: Int) {
        if (state != PatrolState.RUNNING || mine != stretch) return
        sync()
        threads.later(SYNC_EVERY_MILLIS) { syncAgain(mine) }
    }

    private fun sync() {
        val work = {
            core().setMetered(isMetered())
            core().sync(link())
        }
        threads.runBeside(work) { result ->
            // A problem of the network or the store is shown by the next round of the screen; it ends no patrol.
            result.exceptionOrNull()?.let { if (it !is Problem) throw it }
        }
    }
}
