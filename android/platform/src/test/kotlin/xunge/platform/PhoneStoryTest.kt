package xunge.platform

import android.app.Activity
import android.app.Application
import android.app.job.JobParameters
import android.location.Location
import android.location.LocationManager
import android.os.SystemClock
import android.provider.MediaStore
import java.awt.image.BufferedImage
import java.io.ByteArrayOutputStream
import java.io.File
import java.nio.file.Files
import java.util.concurrent.CountDownLatch
import java.util.concurrent.TimeUnit
import javax.imageio.ImageIO
import org.junit.After
import org.junit.Assert.assertArrayEquals
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Before
import org.junit.Rule
import org.junit.Test
import org.junit.rules.TemporaryFolder
import org.junit.runner.RunWith
import org.robolectric.Robolectric
import org.robolectric.RobolectricTestRunner
import org.robolectric.RuntimeEnvironment
import org.robolectric.Shadows.shadowOf
import org.robolectric.annotation.Config
import org.robolectric.annotation.GraphicsMode
import org.robolectric.annotation.SQLiteMode
import org.robolectric.shadows.ShadowLooper
import org.robolectric.util.ReflectionHelpers
import xunge.bindings.BoundCore
import xunge.bindings.Hub
import xunge.core.Delivery
import xunge.core.DocumentId
import xunge.core.Draft
import xunge.core.PhotoPurpose
import xunge.platform.background.SyncJob
import xunge.platform.camera.CaptureProvider
import xunge.platform.core.FieldApplication
import xunge.platform.keys.FakeKeyStoreProvider
import xunge.platform.permissions.Permission
import xunge.ui.state.BackgroundStanding
import xunge.ui.state.Pictures

private const val WAIT_SECONDS_MAX = 60L
private const val RUNS_MAX = 5

/** The application as `app` makes it, but for decoding pictures. */
class StoryProcess : Application(), FieldApplication {
    val store get() = File(noBackupFilesDir, "store")
    override val process by lazy {
        PhoneParts(this, Pictures { null }, File(store, "blobs")) { deviceKey, storeKey -> BoundCore.open(store.toPath(), deviceKey, storeKey) }
    }
}

/** The phone's side over the real core, and a real hub beside it: key store, camera, position, network and scheduler together. */
@RunWith(RobolectricTestRunner::class)
@Config(sdk = [35], application = StoryProcess::class, manifest = Config.NONE)
@GraphicsMode(GraphicsMode.Mode.LEGACY)
@SQLiteMode(SQLiteMode.Mode.LEGACY)
class PhoneStoryTest {
    @get:Rule val folder = TemporaryFolder()

    private val application get() = RuntimeEnvironment.getApplication() as StoryProcess
    private val parts get() = application.process
    private val jpeg = picture()

    @Before
    fun putIn() = FakeKeyStoreProvider.putIn()

    @After
    fun takeOut() {
        parts.core.shutDown()
        FakeKeyStoreProvider.takeOut()
    }

    @Test
    fun `enrolled with a key of the key store, a photo taken and reported, sent by the scheduler with no screen`() {
        Hub(folder.newFolder().toPath()).use { hub ->
            parts.holders.hold()
            parts.core.enrol(hub.url, hub.enrolmentCode, parts.link)
            val me = parts.core.me()!!
            assertTrue("the store is encrypted under a key of the key store", me.encrypted && me.keyInHardware)

            val draft = taken()
            assertEquals(listOf("gps" to 8), draft.fixes.map { it.provider to it.accuracyMetres })
            val case = reported(draft)
            assertEquals("no plain photo is left", 0, File(application.noBackupFilesDir, "captures").list()!!.size)
            assertEquals(Delivery.OnDevice, parts.core.case(case).delivery)
            // The screen goes, and with it the files; the scheduler opens them again.
            parts.holders.release()

            val runs = sentByTheScheduler(case)
            parts.holders.hold()
            assertEquals("after $runs runs", Delivery.Received, parts.core.case(case).delivery)
            assertArrayEquals(jpeg, hub.photoSeenBy("clerk", sha256(jpeg)))
            parts.holders.release()
            assertTrue("nothing of it lies plain on the disk", plain().isEmpty())
        }
    }

    /** By the camera app, which writes what it took into the file that it is lent. */
    private fun taken(): Draft {
        Robolectric.buildContentProvider(CaptureProvider::class.java).create("${application.packageName}.captures")
        shadowOf(application as Application).grantPermissions(*Permission.POSITION.names.toTypedArray())
        val activity = Robolectric.buildActivity(Activity::class.java).setup().get()
        parts.front.came(activity)
        var draft: Draft? = null
        parts.camera.take(PhotoPurpose.FOUND) { photo -> parts.threads.run({ parts.core.beginDraft(photo!!) }) { draft = it.getOrThrow() } }
        val asked = shadowOf(activity).nextStartedActivityForResult
        val output = asked.intent.getParcelableExtra(MediaStore.EXTRA_OUTPUT, android.net.Uri::class.java)!!
        application.contentResolver.openOutputStream(output, "wt")!!.use { it.write(jpeg) }
        stand()
        parts.camera.ended(asked.requestCode, Activity.RESULT_OK)
        settle()
        return draft!!
    }

    /** In the beat of the demo city. */
    private fun stand() {
        val location = Location(LocationManager.GPS_PROVIDER)
        location.latitude = 34.7552
        location.longitude = 113.7861
        location.accuracy = 8f
        location.elapsedRealtimeNanos = SystemClock.elapsedRealtimeNanos()
        val manager = application.getSystemService(LocationManager::class.java)!!
        shadowOf(manager).setProviderEnabled(LocationManager.GPS_PROVIDER, true)
        shadowOf(manager).simulateLocation(location)
        ShadowLooper.idleMainLooper()
    }

    private fun reported(draft: Draft): DocumentId {
        val chosen = parts.core.classes().first()
        parts.core.saveDraft(draft.copy(classCode = chosen.code, title = chosen.zh))
        return parts.core.report(draft.id)
    }

    private fun sentByTheScheduler(case: DocumentId): Int {
        val job = Robolectric.buildService(SyncJob::class.java).create().get()
        for (run in 1..RUNS_MAX) {
            assertTrue(job.onStartJob(ReflectionHelpers.callConstructor(JobParameters::class.java)))
            settle()
            val standing = parts.journal.standing as BackgroundStanding.Ran
            assertEquals(run to "done", standing.times to standing.last.outcome)
            if (parts.holders.holding { parts.core.case(case).delivery } == Delivery.Received) return run
        }
        return RUNS_MAX
    }

    /** Work is done one after the other on each thread: what is asked last is done last. Answers may ask for more. */
    private fun settle() = repeat(4) {
        val done = CountDownLatch(2)
        parts.threads.run({ done.countDown() }) {}
        parts.threads.runBeside({ done.countDown() }) {}
        assertTrue(done.await(WAIT_SECONDS_MAX, TimeUnit.SECONDS))
        ShadowLooper.idleMainLooper()
    }

    /** Files of the app that hold a piece out of the middle of the photo. */
    private fun plain(): List<File> {
        val piece = String(jpeg, jpeg.size / 2, 64, Charsets.ISO_8859_1)
        val files = application.noBackupFilesDir.walk().filter { it.isFile }.toList()
        assertTrue("there is a store", files.any { it.length() > jpeg.size / 2 })
        return files.filter { piece in String(Files.readAllBytes(it.toPath()), Charsets.ISO_8859_1) }
    }
}

/** A real JPEG of noise. */
private fun picture(): ByteArray {
    val random = java.util.Random(7)
    val image = BufferedImage(640, 480, BufferedImage.TYPE_INT_RGB)
    for (y in 0 until image.height) for (x in 0 until image.width) image.setRGB(x, y, random.nextInt())
    return ByteArrayOutputStream().also { check(ImageIO.write(image, "jpeg", it)) { "no JPEG writer here" } }.toByteArray()
}
