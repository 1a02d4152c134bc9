package xunge.platform

import xunge.core.Fix
import xunge.core.Instant
import xunge.platform.time.PhoneClock
import xunge.platform.time.Uptime
import xunge.ui.state.Positions
import xunge.ui.state.Threads
import xunge.ui.state.Watch

/** Everything happens at once, on the thread that asked, but what waits for the network: that is let go by the test. */
class FakeThreads : Threads {
    val network = ArrayDeque<() -> Unit>()
    val putOff = ArrayDeque<Pair<Long, () -> Unit>>()

    override fun <Answer> run(work: () -> Answer, done: (Result<Answer>) -> Unit) = done(runCatching(work))

    override fun <Answer> runBeside(work: () -> Answer, done: (Result<Answer>) -> Unit) {
        network.addLast { done(runCatching(work)) }
    }

    override fun later(millis: Long, work: () -> Unit) {
        putOff.addLast(millis to work)
    }

    fun letGo() {
        while (network.isNotEmpty()) network.removeFirst()()
    }
}

/** A wall clock that is wrong, and one that goes on. */
class FakeClock(var wall: Long = 1_764_000_000_000, var upMillis: Long = 1_000_000, var boot: Int = 7) : PhoneClock {
    override fun now() = Instant(wall)

    override fun uptime() = Uptime(boot, upMillis)

    fun goOn(millis: Long) {
        wall += millis
        upMillis += millis
    }
}

class FakePositions : Positions {
    private val watchers = mutableListOf<(Fix) -> Unit>()
    val watching: Int get() = watchers.size

    override fun watch(onFix: (Fix) -> Unit): Watch {
        watchers += onFix
        return Watch { watchers -= onFix }
    }

    fun fix(fix: Fix) = watchers.toList().forEach { it(fix) }
}
