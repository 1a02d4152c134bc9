package xunge.platform.voice

import android.content.Context
import android.media.MediaRecorder
import android.os.Build
import java.io.File
import java.io.IOException
import java.util.UUID
import xunge.core.VOICE_NOTE_BYTES_MAX
import xunge.platform.NewerAndroid
import xunge.platform.permissions.Permission
import xunge.platform.permissions.PermissionAnswer
import xunge.platform.permissions.Permissions
import xunge.ui.state.Voice
import xunge.ui.state.Watch

private const val MILLIS_MAX = 180_000
private const val BITS_PER_SECOND = 24_000
private const val SAMPLES_PER_SECOND = 16_000

/**
 * Records speech, as AAC in MPEG-4, into a file that is not in backups, and hands it over as bytes; the file goes with that. A voice is
 * as personal as a face: it goes into a private record, never into a case. Three minutes at most, which is half of what such a record
 * takes. One recording at a time, on the screen's thread.
 */
class VoiceRecorder(private val context: Context, private val permissions: Permissions) : Voice {
    private class Running(val recorder: MediaRecorder, val file: File, val onEnd: (ByteArray?) -> Unit)

    private val folder = File(context.noBackupFilesDir, "voice")
    private var running: Running? = null
    private var asking = false

    val isRecording: Boolean get() = running != null

    override val millisMax: Long get() = MILLIS_MAX.toLong()

    override fun record(onBegin: () -> Unit, onEnd: (ByteArray?) -> Unit) {
        if (running != null || asking) return onEnd(null)
        asking = true
        permissions.ask(Permission.MICROPHONE, insisting = true) { answer ->
            asking = false
            if (answer == PermissionAnswer.GRANTED) begin(onBegin, onEnd) else onEnd(null)
        }
    }

    override fun stop() = end(keep = true)

    override fun cancel() = end(keep = false)

    override fun play(recording: ByteArray, onEnd: () -> Unit): Watch = VoicePlayer.play(recording, onEnd)

    private fun begin(onBegin: () -> Unit, onEnd: (ByteArray?) -> Unit) {
        folder.deleteRecursively()
        folder.mkdirs()
        val file = File(folder, "${UUID.randomUUID()}.m4a")
        val recorder = recorder()
        try {
            recorder.setAudioSource(MediaRecorder.AudioSource.MIC)
            recorder.setOutputFormat(MediaRecorder.OutputFormat.MPEG_4)
            recorder.setAudioEncoder(MediaRecorder.AudioEncoder.AAC)
            recorder.setAudioChannels(1)
            recorder.setAudioSamplingRate(SAMPLES_PER_SECOND)
            recorder.setAudioEncodingBitRate(BITS_PER_SECOND)
            recorder.setMaxDuration(MILLIS_MAX)
            recorder.setMaxFileSize(VOICE_NOTE_BYTES_MAX.toLong())
            recorder.setOutputFile(file.path)
            recorder.setOnInfoListener { _, what, _ -> if (what in LIMITS) stop() }
            recorder.prepare()
            recorder.start()
        } catch (_: IOException) {
            return failed(recorder, onEnd)
        } catch (_: IllegalStateException) {
            // Another app has the microphone.
            return failed(recorder, onEnd)
        }
        running = Running(recorder, file, onEnd)
        onBegin()
    }

    private fun failed(recorder: MediaRecorder, onEnd: (ByteArray?) -> Unit) {
        recorder.release()
        onEnd(null)
    }

    private fun end(keep: Boolean) {
        val ended = running ?: return
        running = null
        val whole =
            try {
                ended.recorder.stop()
                true
            } catch (_: RuntimeException) {
                // Stopped before anything was recorded: what the file holds is no recording.
                false
            } finally {
                ended.recorder.release()
            }
        val bytes = if (whole && keep && ended.file.length() in 1..VOICE_NOTE_BYTES_MAX) ended.file.readBytes() else null
        ended.file.delete()
        ended.onEnd(bytes)
    }

    @NewerAndroid
    private fun recorder(): MediaRecorder =
        if (Build.VERSION.SDK_INT >= Build.VERSION_CODES.S) {
            MediaRecorder(context)
        } else {
            @Suppress("DEPRECATION")
            MediaRecorder()
        }

    private companion object {
        val LIMITS = setOf(MediaRecorder.MEDIA_RECORDER_INFO_MAX_DURATION_REACHED, MediaRecorder.MEDIA_RECORDER_INFO_MAX_FILESIZE_REACHED)
    }
}
