package xunge.platform.voice

import android.media.MediaDataSource
import android.media.MediaPlayer
import java.io.IOException
import xunge.ui.state.Watch

/** Plays a recording from memory: no file is made of what was said. */
internal object VoicePlayer {
    fun play(recording: ByteArray, onEnd: () -> Unit): Watch {
        val player = MediaPlayer()
        try {
            player.setDataSource(Recorded(recording))
            player.setOnCompletionListener { onEnd() }
            player.setOnErrorListener { _, _, _ ->
                onEnd()
                true
            }
            player.prepare()
            player.start()
        } catch (_: IOException) {
            // The phone does not play what it recorded: it is kept all the same.
            onEnd()
        }
        return Watch { player.release() }
    }
}

/** Bytes as the player reads them. */
private class Recorded(private val bytes: ByteArray) : MediaDataSource() {
    override fun readAt(position: Long, buffer: ByteArray, offset: Int, size: Int): Int {
        if (position !in bytes.indices) return END
        val length = minOf(size, bytes.size - position.toInt())
        bytes.copyInto(buffer, offset, position.toInt(), position.toInt() + length)
        return length
    }

    override fun getSize(): Long = bytes.size.toLong()

    override fun close() = Unit

    private companion object {
        const val END = -1
    }
}
