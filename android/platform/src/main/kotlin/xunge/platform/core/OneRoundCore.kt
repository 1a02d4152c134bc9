package xunge.platform.core

import java.util.concurrent.locks.ReentrantLock
import kotlin.concurrent.withLock
import xunge.core.FieldCore
import xunge.core.Link
import xunge.core.SyncOutcome
import xunge.core.SyncStatus

/** The core with one round of sync at a time: the screen, the scheduler and a patrol each start their own, on their own thread. */
class OneRoundCore(private val core: FieldCore) : FieldCore by core {
    private val round = ReentrantLock()

    override fun sync(link: Link, onProgress: (SyncStatus) -> Unit): SyncOutcome = round.withLock { core.sync(link, onProgress) }
}
