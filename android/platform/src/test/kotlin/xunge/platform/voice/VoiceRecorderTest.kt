package xunge.platform.voice

import android.media.MediaRecorder
import java.io.File
import org.junit.Assert.assertArrayEquals
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertNull
import org.junit.Assert.assertTrue
import org.junit.Before
import org.junit.Test
import org.robolectric.annotation.Config
import org.robolectric.annotation.Implementation
import org.robolectric.annotation.Implements
import org.robolectric.shadows.ShadowAlertDialog
import org.robolectric.shadows.ShadowLooper
import org.robolectric.shadows.ShadowMediaRecorder
import android.content.DialogInterface
import xunge.platform.PhoneTest
import xunge.platform.permissions.Permission

/** A recorder that writes what the test says when it is stopped. */
@Implements(MediaRecorder::class)
class WritingRecorder : ShadowMediaRecorder() {
    @Implementation
    override fun stop() {
        last = this
        val recorded = speech ?: throw RuntimeException("stop failed: -1007")
        File(outputPath).writeBytes(recorded)
        super.stop()
    }

    companion object {
        /** Nothing: too short to be anything. */
        var speech: ByteArray? = null
        var last: WritingRecorder? = null
    }
}

@Config(shadows = [WritingRecorder::class])
class VoiceRecorderTest : PhoneTest() {
    private val recorder by lazy { VoiceRecorder(process, permissions) }
    private val notes = mutableListOf<ByteArray?>()
    private var begun = 0
    private val folder get() = File(process.noBackupFilesDir, "voice")

    @Before
    fun speak() {
        WritingRecorder.speech = byteArrayOf(1, 2, 3)
        WritingRecorder.last = null
    }

    private fun begin() {
        allow(Permission.MICROPHONE)
        recorder.record({ begun += 1 }) { notes += it }
    }

    @Test
    fun `what was said comes back as bytes, and the file is gone`() {
        begin()
        assertTrue(recorder.isRecording && begun == 1 && notes.isEmpty())
        recorder.stop()
        assertArrayEquals(byteArrayOf(1, 2, 3), notes.single()!!)
        assertEquals(emptyList<String>(), folder.list()!!.toList())
        assertFalse(recorder.isRecording)
        recorder.stop()
        assertEquals("an end that was there already is none", 1, notes.size)
    }

    @Test
    fun `speech of one channel in MPEG-4, ended by the phone at what a private record takes`() {
        begin()
        recorder.stop()
        val made = WritingRecorder.last!!
        assertEquals(MediaRecorder.OutputFormat.MPEG_4 to MediaRecorder.AudioEncoder.AAC, made.outputFormat to made.audioEncoder)
        assertEquals(1 to 1024L * 1024, made.audioChannels to made.maxFileSize)
        assertEquals("as the screen says", recorder.millisMax, made.maxDuration.toLong())
        assertTrue("three minutes fit", 24_000L / 8 * made.maxDuration / 1000 < made.maxFileSize)
    }

    @Test
    fun `a cancelled one leaves nothing, nor does one that is too short or too long`() {
        begin()
        recorder.cancel()
        WritingRecorder.speech = null
        begin()
        recorder.stop()
        WritingRecorder.speech = ByteArray(1024 * 1024 + 1)
        begin()
        recorder.stop()
        assertEquals(listOf(null, null, null), notes)
        assertEquals(emptyList<String>(), folder.list()!!.toList())
        WritingRecorder.speech = ByteArray(1024 * 1024)
        begin()
        recorder.stop()
        assertEquals(1024 * 1024, notes.last()!!.size)
    }

    @Test
    fun `one recording at a time`() {
        begin()
        recorder.record({ begun += 1 }) { notes += it }
        assertEquals(listOf(null), notes)
        assertTrue(recorder.isRecording)
    }

    @Test
    fun `a refused microphone records nothing`() {
        screen
        recorder.record({ begun += 1 }) { notes += it }
        ShadowAlertDialog.getLatestAlertDialog().getButton(DialogInterface.BUTTON_NEGATIVE).performClick()
        ShadowLooper.idleMainLooper()
        assertNull(notes.single())
        assertFalse(recorder.isRecording || folder.exists() || begun > 0)
    }

    @Test
    fun `what a killed process left is gone with the next recording`() {
        folder.mkdirs()
        File(folder, "left.m4a").writeText("speech")
        begin()
        recorder.cancel()
        assertEquals(emptyList<String>(), folder.list()!!.toList())
    }
}
