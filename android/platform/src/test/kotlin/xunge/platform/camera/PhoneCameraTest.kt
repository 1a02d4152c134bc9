package xunge.platform.camera

import android.app.Activity
import android.content.Intent
import android.location.Location
import android.location.LocationManager
import android.net.Uri
import android.provider.MediaStore
import android.provider.OpenableColumns
import java.io.File
import java.io.FileNotFoundException
import org.junit.Assert.assertArrayEquals
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertNull
import org.junit.Assert.assertThrows
import org.junit.Assert.assertTrue
import org.junit.Before
import org.junit.Test
import org.robolectric.Robolectric
import org.robolectric.Shadows.shadowOf
import org.robolectric.shadows.ShadowLooper
import org.robolectric.shadows.ShadowToast
import xunge.core.Language
import xunge.core.PhotoProblem
import xunge.core.PhotoPurpose
import xunge.core.StoreProblem
import xunge.core.TakenPhoto
import xunge.platform.PhoneTest
import xunge.platform.PhoneWord
import xunge.platform.permissions.Permission
import xunge.platform.positions.PhonePositions

private val JPEG = ByteArray(5_000) { (it * 31).toByte() }

class PhoneCameraTest : PhoneTest() {
    private val positions by lazy { PhonePositions(process, permissions, process.clock) }
    private var camera = lazy(::camera)
    private val taken = mutableListOf<TakenPhoto?>()
    private val folder get() = File(process.noBackupFilesDir, "captures")

    @Before
    fun lend() {
        Robolectric.buildContentProvider(CaptureProvider::class.java).create("${process.packageName}.captures")
    }

    private fun camera() = PhoneCamera(process, front, positions, process.threads, { process.core }, { Language.CHINESE })

    /** The camera app comes up; answers what it was asked. */
    private fun shutter(purpose: PhotoPurpose = PhotoPurpose.FOUND, onTaken: (TakenPhoto?) -> Unit = { taken += it }): Intent {
        screen
        camera.value.take(purpose, onTaken)
        return shadowOf(screen.get()).nextStartedActivityForResult.intent
    }

    private fun Intent.output(): Uri = getParcelableExtra(MediaStore.EXTRA_OUTPUT, Uri::class.java)!!

    private fun writtenBy(intent: Intent, bytes: ByteArray = JPEG) =
        process.contentResolver.openOutputStream(intent.output(), "wt")!!.use { it.write(bytes) }

    private fun ends(resultCode: Int = Activity.RESULT_OK) = camera.value.ended(200, resultCode)

    @Test
    fun `the camera app is lent one file, and what it wrote is the photo`() {
        val intent = shutter(PhotoPurpose.AFTER)
        assertEquals(MediaStore.ACTION_IMAGE_CAPTURE, intent.action)
        assertEquals("content", intent.output().scheme)
        assertEquals(intent.output(), intent.clipData!!.getItemAt(0).uri)
        assertTrue(intent.flags and Intent.FLAG_GRANT_WRITE_URI_PERMISSION != 0)
        writtenBy(intent)
        ends()
        assertArrayEquals(JPEG, taken.single()!!.jpeg)
        assertEquals(PhotoPurpose.AFTER, taken.single()!!.purpose)
    }

    @Test
    fun `the plain file goes as soon as the core has the photo, and not before`() {
        writtenBy(shutter())
        ends()
        assertEquals("nobody gave it to the core", 1, folder.list()!!.size)
        val other = JPEG.reversedArray()
        writtenBy(shutter { process.fakeCore.keep(it!!) }, other)
        ends()
        val left = folder.listFiles()!!.single()
        assertArrayEquals(JPEG, left.readBytes())
    }

    @Test
    fun `the fixes of the last half minute go with the photo`() {
        allow(Permission.POSITION)
        val manager = process.getSystemService(LocationManager::class.java)!!
        shadowOf(manager).setProviderEnabled(LocationManager.GPS_PROVIDER, true)
        writtenBy(shutter())
        val location = Location(LocationManager.GPS_PROVIDER)
        location.latitude = 34.7552
        location.longitude = 113.7861
        location.accuracy = 9f
        location.elapsedRealtimeNanos = process.clock.upMillis * 1_000_000
        shadowOf(manager).simulateLocation(location)
        ShadowLooper.idleMainLooper()
        ends()
        assertEquals(listOf("gps" to 9), taken.single()!!.fixes.map { it.provider to it.accuracyMetres })
        assertEquals("nobody listens any more", 0, shadowOf(manager).locationUpdateListeners.size)
    }

    @Test
    fun `a person who goes back has taken nothing`() {
        val intent = shutter()
        writtenBy(intent)
        ends(Activity.RESULT_CANCELED)
        assertNull(taken.single())
        assertEquals(0, folder.list()!!.size)
        shutter()
        ends()
        assertEquals("an empty file is no photo", listOf(null, null), taken)
        assertEquals(PhoneWord.NO_PHOTO.zh, ShadowToast.getTextOfLatestToast())
    }

    @Test
    fun `another result, or a second one, is not the camera's`() {
        writtenBy(shutter())
        camera.value.ended(100, Activity.RESULT_OK)
        assertTrue(taken.isEmpty())
        ends()
        ends()
        assertEquals(1, taken.size)
    }

    @Test
    fun `one photo at a time, none without a screen, and none where no camera app is`() {
        camera.value.take(PhotoPurpose.FOUND) { taken += it }
        assertEquals(listOf(null), taken)
        shutter()
        camera.value.take(PhotoPurpose.FOUND) { taken += it }
        assertEquals(listOf(null, null), taken)
        ends(Activity.RESULT_CANCELED)
        shadowOf(process).checkActivities(true)
        camera.value.take(PhotoPurpose.FOUND) { taken += it }
        assertEquals(PhoneWord.NO_CAMERA.zh, ShadowToast.getTextOfLatestToast())
        assertEquals(4, taken.size)
    }

    @Test
    fun `a process killed behind the camera makes a draft of the photo, once`() {
        writtenBy(shutter(PhotoPurpose.VERIFY))
        // The new process knows nothing of the question.
        camera = lazy(::camera)
        ends()
        assertTrue(taken.isEmpty())
        assertEquals(1, camera.value.recover())
        assertArrayEquals(JPEG, process.fakeCore.drafts.single().jpeg)
        assertEquals(PhotoPurpose.VERIFY, process.fakeCore.drafts.single().purpose)
        assertEquals(0, camera.value.recover())
        assertEquals(1, process.fakeCore.drafts.size)
    }

    @Test
    fun `a photo that the core had before the kill makes no second draft`() {
        writtenBy(shutter())
        process.fakeCore.keep(TakenPhoto(JPEG, PhotoPurpose.FOUND))
        camera = lazy(::camera)
        assertEquals(0, camera.value.recover())
        assertTrue(process.fakeCore.drafts.isEmpty())
        assertEquals(0, folder.list()!!.size)
    }

    @Test
    fun `a photo stays while the core has no room for it, and what is no picture does not`() {
        writtenBy(shutter())
        camera = lazy(::camera)
        process.fakeCore.draftFails = StoreProblem("store_full", "存储空间不足", "no space left")
        assertEquals(0, camera.value.recover())
        assertEquals(1, folder.list()!!.size)
        process.fakeCore.draftFails = PhotoProblem("photo_unreadable", "不是照片", "no picture")
        camera.value.recover()
        assertEquals(0, folder.list()!!.size)
    }

    @Test
    fun `the provider lends nothing but photos that were asked for`() {
        File(process.noBackupFilesDir, "secret").writeText("secret")
        val authority = "content://${process.packageName}.captures"
        for (path in listOf("..%2Fsecret", "secret", "captures/x.jpg", "", "00000000-0000-0000-0000-000000000000-SECRET.jpg")) {
            val uri = Uri.parse("$authority/$path")
            assertThrows(path, FileNotFoundException::class.java) { process.contentResolver.openInputStream(uri) }
        }
        val uri = shutter().also { writtenBy(it) }.output()
        process.contentResolver.query(uri, null, null, null, null)!!.use {
            it.moveToFirst()
            assertEquals(JPEG.size.toLong(), it.getLong(it.getColumnIndexOrThrow(OpenableColumns.SIZE)))
        }
        assertThrows(UnsupportedOperationException::class.java) { process.contentResolver.delete(uri, null, null) }
        assertFalse(CapturedPhotos(process).left().isEmpty())
    }
}
