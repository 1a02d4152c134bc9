package xunge.platform.threads

import android.os.Looper
import java.time.Duration
import java.util.concurrent.CountDownLatch
import java.util.concurrent.Executors
import java.util.concurrent.TimeUnit
import org.junit.Assert.assertEquals
import org.junit.Assert.assertNotEquals
import org.junit.Assert.assertTrue
import org.junit.Test
import org.robolectric.Shadows.shadowOf
import org.robolectric.shadows.ShadowLooper
import xunge.platform.PhoneTest
import xunge.platform.core.CoreHolders

private const val WAIT_SECONDS_MAX = 30L

class PhoneThreadsTest : PhoneTest() {
    private val core = Executors.newSingleThreadScheduledExecutor()
    private val network = Executors.newSingleThreadScheduledExecutor()
    private val threads by lazy { PhoneThreads(CoreHolders { process.core }, core, network) }

    private fun finish() {
        for (executor in listOf(core, network)) {
            executor.shutdown()
            assertTrue(executor.awaitTermination(WAIT_SECONDS_MAX, TimeUnit.SECONDS))
        }
        ShadowLooper.idleMainLooper()
    }

    @Test
    fun `work is done off the screen's thread, in order, and answered on it`() {
        val said = mutableListOf<String>()
        threads.run({ Thread.currentThread() }) { result ->
            assertNotEquals(Looper.getMainLooper().thread, result.getOrThrow())
            assertEquals(Looper.getMainLooper().thread, Thread.currentThread())
            said += "first"
        }
        threads.run({ error("no") }) { said += "second ${it.exceptionOrNull()!!.message}" }
        finish()
        assertEquals(listOf("first", "second no"), said)
    }

    @Test
    fun `a round holds the core open for as long as it runs, and holds no photo up`() {
        val photo = CountDownLatch(1)
        threads.runBeside({ assertTrue(photo.await(WAIT_SECONDS_MAX, TimeUnit.SECONDS)); process.fakeCore.asked.toList() }) {
            assertEquals("nothing was closed under it", emptyList<String>(), it.getOrThrow())
        }
        threads.run({ photo.countDown() }) {}
        finish()
        assertEquals(listOf("suspend"), process.fakeCore.asked)
    }

    @Test
    fun `what is put off is done on the screen's thread`() {
        val done = CountDownLatch(1)
        threads.later(1) { done.countDown() }
        finish()
        shadowOf(Looper.getMainLooper()).idleFor(Duration.ofSeconds(1))
        assertEquals(0, done.count)
    }
}
