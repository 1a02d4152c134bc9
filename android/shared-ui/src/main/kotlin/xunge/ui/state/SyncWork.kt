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
    private var againAll = false

    /** Which try is the last that was put off: a round that ran meanwhile makes it pointless. */
    private var tries = 0

    /** Begins a round; one of `all` sends photo files too where the link is metered, because the person says so. */
    fun start(all: Boolean = false) {
        if (running) {
            again = true
            againAll = againAll || all
            return
        }
        running = true
        againAll = false
        tries += 1
        problem = null
        val work = {
            field.core.setMetered(!all && field.platform.isMetered())
            field.core.sync(field.platform.link) { left = it }
        }
        field.platform.threads.runBeside(work) { ended(it, all) }
    }

    private fun ended(result: Result<SyncOutcome>, all: Boolean) {
        running = false
        left = null
        outcome = result.getOrNull()
        problem = result.exceptionOrNull()?.let { it as? Problem ?: throw it }
        field.gallery.askAgain()
        if (outcome == SyncOutcome.Done) makeRoom()
        field.changed()
        if (again) {
            again = false
            start(againAll)
        } else {
            tryLater(all)
        }
    }

    /** A device that is short of room keeps fewer originals: the core lets go only of what is safe elsewhere. */
    private fun makeRoom() {
        val allowance = field.platform.photoAllowance ?: return
        field.platform.threads.run({ field.core.freeOriginals(allowance.keepBytes()) }) { result ->
            // The page of the settings says it when it is asked for; nobody waits for it here.
            result.exceptionOrNull()?.let { if (it !is Problem) throw it }
        }
    }

    /** A round that did not come through is tried again by itself, when the core says so; what it was to send, it still is. */
    private fun tryLater(all: Boolean) {
        val wait = (outcome as? SyncOutcome.Later)?.afterMillis ?: return
        val mine = tries
        field.platform.threads.later(wait) { if (mine == tries) start(all) }
    }
}
