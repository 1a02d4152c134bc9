package xunge.ui.state

import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.setValue
import xunge.core.Problem
import xunge.core.SyncOutcome
import xunge.core.SyncStatus

/** Rounds of sync beside the pages: one at a time; one asked for meanwhile follows. */
class SyncWork(private val field: FieldState) {
    var running by mutableStateOf(false)
        private set

    /** How the last round ended. */
    var outcome by mutableStateOf<SyncOutcome?>(null)
        private set

    /** What kept the last round from running at all. */
    var problem by mutableStateOf<Problem?>(null)
        private set

    /** What was left after the last request of the round that runs. */
    var left by mutableStateOf<SyncStatus?>(null)
        private set

    private var again = false

    /** Which try is the last that was put off: a round that ran meanwhile makes it pointless. */
    private var tries = 0

    fun start() {
        if (running) {
            again = true
            return
        }
        running = true
        tries += 1
        problem = null
        field.platform.threads.runBeside({ field.core.sync(field.platform.link) { left = it } }, ::ended)
    }

    private fun ended(result: Result<SyncOutcome>) {
        running = false
        left = null
        outcome = result.getOrNull()
        problem = result.exceptionOrNull()?.let { it as? Problem ?: throw it }
        field.gallery.askAgain()
        field.changed()
        if (again) {
            again = false
            start()
        } else {
            tryLater()
        }
    }

    /** A round that did not come through is tried again by itself, when the core says so. */
    private fun tryLater() {
        val wait = (outcome as? SyncOutcome.Later)?.afterMillis ?: return
        val mine = tries
        field.platform.threads.later(wait) { if (mine == tries) start() }
    }
}
