package xunge.desktop

import java.util.concurrent.Executors
import java.util.concurrent.TimeUnit
import javax.swing.SwingUtilities
import xunge.ui.state.Threads

private const val STOP_SECONDS_MAX = 10L

/** One thread for the core, one for what waits for the network, and Swing's for the screen. */
class DesktopThreads(val onScreen: (() -> Unit) -> Unit = { SwingUtilities.invokeLater(it) }) : Threads {
    private val core = Executors.newSingleThreadExecutor()
    private val network = Executors.newSingleThreadScheduledExecutor()

    override fun <Answer> run(work: () -> Answer, done: (Result<Answer>) -> Unit) {
        core.execute { answer(work, done) }
    }

    override fun <Answer> runBeside(work: () -> Answer, done: (Result<Answer>) -> Unit) {
        network.execute { answer(work, done) }
    }

    override fun later(millis: Long, work: () -> Unit) {
        network.schedule({ onScreen(work) }, millis, TimeUnit.MILLISECONDS)
    }

    private fun <Answer> answer(work: () -> Answer, done: (Result<Answer>) -> Unit) {
        val result = runCatching(work)
        onScreen { done(result) }
    }

    /** Lets what runs come to its end; a request that hangs is not waited for. */
    fun stop() {
        network.shutdownNow()
        core.shutdown()
        core.awaitTermination(STOP_SECONDS_MAX, TimeUnit.SECONDS)
    }
}
