package xunge.platform.core

import java.util.concurrent.CountDownLatch
import java.util.concurrent.atomic.AtomicInteger
import kotlin.concurrent.thread
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Test
import xunge.core.Link
import xunge.core.LinkAnswer
import xunge.core.SyncOutcome
import xunge.platform.FakeCore

class CoreTest {
    private val fake = FakeCore()
    private val nobody = Link { _, _, _ -> LinkAnswer.Unreachable }

    @Test
    fun `files are closed when the last one lets go, and opened for the next`() {
        val holders = CoreHolders { fake }
        holders.hold()
        holders.hold()
        holders.release()
        assertEquals(emptyList<String>(), fake.asked)
        holders.release()
        assertEquals(listOf("suspend"), fake.asked)
        holders.hold()
        assertEquals(listOf("suspend", "resume"), fake.asked)
        holders.release()
        assertThrows(IllegalStateException::class.java) { holders.release() }
    }

    @Test
    fun `work that fails lets go as well`() {
        val holders = CoreHolders { fake }
        assertThrows(ArithmeticException::class.java) { holders.holding { throw ArithmeticException() } }
        assertEquals(listOf("suspend"), fake.asked)
        assertEquals(5, holders.holding { 5 })
    }

    @Test
    fun `a second round waits for the first`() {
        val inside = AtomicInteger()
        val most = AtomicInteger()
        val goOn = CountDownLatch(1)
        fake.round = {
            most.accumulateAndGet(inside.incrementAndGet(), ::maxOf)
            goOn.await()
            inside.decrementAndGet()
            SyncOutcome.Done
        }
        val core = OneRoundCore(fake)
        val threads = List(2) { thread { core.sync(nobody) } }
        // Until both wait: one inside, and the other at the lock, or inside as well.
        while (threads.any { it.state != Thread.State.WAITING }) Thread.onSpinWait()
        goOn.countDown()
        threads.forEach { it.join() }
        assertEquals(1, most.get())
        assertEquals(2, fake.asked.count { it == "sync" })
    }
}
