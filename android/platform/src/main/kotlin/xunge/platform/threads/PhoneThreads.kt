package xunge.platform.threads

import android.os.Handler
import android.os.Looper
import java.util.concurrent.Executors
import java.util.concurrent.ScheduledExecutorService
import java.util.concurrent.TimeUnit
import xunge.platform.core.CoreHolders
import xunge.ui.state.Threads

/**
 * One thread for the core, one for what waits for the network, and the main one for the screen. Work that waits for the
 * network holds the core open until it is done: a round of sync outlives the screen that started it.
 */
class PhoneThreads(
    private val holders: CoreHolders,
    private val core: ScheduledExecutorService = Executors.newSingleThreadScheduledExecutor(),
    private val network: ScheduledExecutorService = Executors.newSingleThreadScheduledExecutor(),
) : Threads {
    private val screen = Handler(Looper.getMainLooper())

    override fun <Answer> run(work: () -> Answer, done: (Result<Answer>) -> Unit) {
        core.execute { answer(runCatching(work), done) }
    }

    override fun <Answer> runBeside(work: () -> Answer, done: (Result<Answer>) -> Unit) {
        network.execute { answer(runCatching { holders.holding(work) }, done) }
    }

    override fun later(millis: Long, work: () -> Unit) {
        network.schedule({ screen.post(work) }, millis, TimeUnit.MILLISECONDS)
    }

    private fun <Answer> answer(result: Result<Answer>, done: (Result<Answer>) -> Unit) {
        screen.post { done(result) }
    }
}
