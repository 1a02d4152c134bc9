package xunge.platform.core

import xunge.core.FieldCore

/**
 * Who needs the core open: the screen, a round of sync, a patrol. Its files are closed when the last one lets go, so that
 * the system may freeze or kill the process at any moment after, and opened again for the next one.
 *
 * Calls read the disk: not from the screen's thread.
 */
class CoreHolders(private val core: () -> FieldCore) {
    private var holders = 0
    private var closed = false

    @Synchronized
    fun hold() {
        // The first one opens it.
        val core = core()
        if (closed) core.resume()
        closed = false
        holders += 1
    }

    @Synchronized
    fun release() {
        check(holders > 0) { "released more often than held" }
        if (holders == 1) {
            core().suspend()
            closed = true
        }
        holders -= 1
    }

    fun <Answer> holding(work: () -> Answer): Answer {
        hold()
        try {
            return work()
        } finally {
            release()
        }
    }
}
