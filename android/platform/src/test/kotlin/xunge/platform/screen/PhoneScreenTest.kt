package xunge.platform.screen

import android.app.job.JobScheduler
import java.io.File
import java.util.concurrent.CountDownLatch
import java.util.concurrent.TimeUnit
import org.junit.After
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertSame
import org.junit.Assert.assertTrue
import org.junit.Before
import org.junit.Test
import org.robolectric.shadows.ShadowLooper
import xunge.core.PhotoPurpose
import xunge.platform.PhoneParts
import xunge.platform.PhoneTest
import xunge.platform.camera.CapturedPhotos
import xunge.platform.keys.FakeKeyStoreProvider
import xunge.platform.keys.FakePhoneKeys
import xunge.ui.state.EnrolState
import xunge.ui.state.Pictures

private const val WAIT_SECONDS_MAX = 30L

/** The app as it ships, but for the drawing and the library: all parts put together. */
class PhoneScreenTest : PhoneTest() {
    private val parts by lazy { PhoneParts(process, Pictures { null }, File(process.noBackupFilesDir, "blobs")) { _, _ -> process.core } }
    private val phone by lazy { PhoneScreen(process, parts) }

    @Before
    fun putIn() = FakeKeyStoreProvider.putIn()

    @After
    fun takeOut() = FakeKeyStoreProvider.takeOut()

    private fun start() {
        phone.started(screen.get())
        settle()
    }

    private fun stop() {
        phone.stopped(screen.get())
        settle()
    }

    /** Work of the core is done one after the other: what is asked last is done last. Answers may ask for more. */
    private fun settle() = repeat(4) {
        val done = CountDownLatch(1)
        parts.threads.run({ done.countDown() }) {}
        assertTrue(done.await(WAIT_SECONDS_MAX, TimeUnit.SECONDS))
        ShadowLooper.idleMainLooper()
    }

    @Test
    fun `the first start opens the store and asks who this is, with the keys of the phone`() {
        assertEquals(Shown.Opening, phone.shown)
        start()
        val field = (phone.shown as Shown.Ready).field
        assertTrue(field.page is EnrolState)
        assertEquals(setOf("xunge-device", "xunge-store"), FakePhoneKeys.entries.keys)
        assertEquals(1, process.getSystemService(JobScheduler::class.java)!!.allPendingJobs.size)
    }

    @Test
    fun `a screen that goes closes the store, and one that comes back shows the same page`() {
        start()
        val field = (phone.shown as Shown.Ready).field
        assertFalse("suspend" in process.fakeCore.asked)
        stop()
        assertEquals("suspend", process.fakeCore.asked.last())
        start()
        assertTrue("resume" in process.fakeCore.asked)
        assertSame(field, (phone.shown as Shown.Ready).field)
    }

    @Test
    fun `a key store that fails is shown in words, and the next start tries again`() {
        FakePhoneKeys.broken = true
        start()
        val problem = (phone.shown as Shown.Failed).problem
        assertEquals("device_key", problem.code)
        assertTrue(problem.zh, "密钥库" in problem.zh)
        stop()
        assertEquals("what was never opened is not closed", emptyList<String>(), process.fakeCore.asked)
        FakePhoneKeys.broken = false
        start()
        assertTrue(phone.shown is Shown.Ready)
    }

    @Test
    fun `a photo that a killed process left is a draft at the next start`() {
        CapturedPhotos(process).begin(PhotoPurpose.FOUND).writeBytes(byteArrayOf(1, 2, 3))
        start()
        assertEquals(1, process.fakeCore.drafts.size)
        assertEquals(0, File(process.noBackupFilesDir, "captures").list()!!.size)
    }
}
