package xunge.platform.voice

import android.media.MediaDataSource
import android.media.MediaPlayer
import java.io.IOException
import org.junit.Assert.assertArrayEquals
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertTrue
import org.junit.Before
import org.junit.Test
import org.robolectric.annotation.Config
import org.robolectric.annotation.Implementation
import org.robolectric.annotation.Implements
import org.robolectric.shadows.ShadowMediaPlayer
import xunge.platform.PhoneTest

/** A player that reads all of its source, as a phone's does in its own process. */
@Implements(MediaPlayer::class)
class ReadingPlayer : ShadowMediaPlayer() {
    var released = false
    private var onEnd: MediaPlayer.OnCompletionListener? = null

    @Implementation
    override fun setDataSource(source: MediaDataSource) {
        last = this
        heard = ByteArray(0)
        val part = ByteArray(4)
        while (true) {
            val length = source.readAt(heard.size.toLong(), part, 1, 3)
            if (length < 0) break
            heard += part.copyOfRange(1, 1 + length)
        }
        size = source.size
        if (broken) throw IOException("no such codec")
    }

    @Implementation
    override fun setOnCompletionListener(listener: MediaPlayer.OnCompletionListener?) {
        onEnd = listener
    }

    @Implementation
    override fun prepare() = Unit

    @Implementation
    override fun start() {
        started = true
    }

    @Implementation
    fun release() {
        released = true
    }

    fun end() = onEnd!!.onCompletion(null)

    companion object {
        var last: ReadingPlayer? = null
        var heard = ByteArray(0)
        var size = 0L
        var started = false
        var broken = false
    }
}

@Config(shadows = [ReadingPlayer::class])
class VoicePlayerTest : PhoneTest() {
    private val recorder by lazy { VoiceRecorder(process, permissions) }
    private var ends = 0

    @Before
    fun begin() {
        ReadingPlayer.broken = false
        ReadingPlayer.started = false
    }

    @Test
    fun `a recording is played from memory, to its end or until it is stopped`() {
        val speech = ByteArray(10) { it.toByte() }
        val watch = recorder.play(speech) { ends += 1 }
        assertArrayEquals(speech, ReadingPlayer.heard)
        assertEquals(10L to true, ReadingPlayer.size to ReadingPlayer.started)
        ReadingPlayer.last!!.end()
        assertEquals(1, ends)
        assertFalse(ReadingPlayer.last!!.released)
        watch.stop()
        assertTrue(ReadingPlayer.last!!.released)
        assertEquals("stopping is no end", 1, ends)
    }

    @Test
    fun `one that the phone does not play has ended`() {
        ReadingPlayer.broken = true
        recorder.play(byteArrayOf(1)) { ends += 1 }
        assertEquals(1 to false, ends to ReadingPlayer.started)
    }
}
