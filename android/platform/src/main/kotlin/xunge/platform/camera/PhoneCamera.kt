package xunge.platform.camera

import android.app.Activity
import android.content.ActivityNotFoundException
import android.content.ClipData
import android.content.Context
import android.content.Intent
import android.provider.MediaStore
import android.widget.Toast
import java.io.File
import java.security.MessageDigest
import xunge.core.FieldCore
import xunge.core.Language
import xunge.core.PhotoHash
import xunge.core.PhotoProblem
import xunge.core.PhotoPurpose
import xunge.core.Problem
import xunge.core.TakenPhoto
import xunge.platform.PhoneWord
import xunge.platform.positions.PhonePositions
import xunge.platform.screen.Front
import xunge.ui.state.Camera
import xunge.ui.state.Threads
import xunge.ui.state.Watch

private const val CODE = 200

/** More than the core takes; it is not even read. */
private const val PHOTO_BYTES_MAX = 64L * 1024 * 1024

/**
 * Photos by the phone's own camera app: it knows its lenses and its light, and no permission is asked for (one that is only
 * declared would have to be granted, so it is not declared either). Since Android 11 only the camera app that came with
 * the phone answers.
 *
 * The phone may kill this process while the camera is open. The photo is then in the captures folder, and [recover] makes a
 * draft of it.
 */
class PhoneCamera(
    private val context: Context,
    private val front: Front,
    private val positions: PhonePositions,
    private val threads: Threads,
    private val core: () -> FieldCore,
    private val language: () -> Language,
) : Camera {
    private class Asked(val file: File, val watch: Watch?, val onTaken: (TakenPhoto?) -> Unit)

    private val photos = CapturedPhotos(context)

    /** Read on the core's thread as well. */
    @Volatile private var asked: Asked? = null

    override fun take(purpose: PhotoPurpose, onTaken: (TakenPhoto?) -> Unit) {
        val activity = front.activity
        if (activity == null || asked != null) return onTaken(null)
        val file = photos.begin(purpose)
        val uri = CaptureProvider.uriOf(context, file)
        val intent = Intent(MediaStore.ACTION_IMAGE_CAPTURE).putExtra(MediaStore.EXTRA_OUTPUT, uri)
        intent.addFlags(Intent.FLAG_GRANT_WRITE_URI_PERMISSION or Intent.FLAG_GRANT_READ_URI_PERMISSION)
        // The right goes to the receiver with the clip; with the extra alone it does not.
        intent.clipData = ClipData.newRawUri(null, uri)
        try {
            activity.startActivityForResult(intent, CODE)
            asked = Asked(file, positions.watchIfAllowed {}, onTaken)
        } catch (_: ActivityNotFoundException) {
            say(PhoneWord.NO_CAMERA)
            onTaken(null)
        }
    }

    /** What the activity was told. After a kill nobody here knows of a question any more: [recover] looks after the photo. */
    fun ended(requestCode: Int, resultCode: Int) {
        if (requestCode != CODE) return
        val ended = asked ?: return
        asked = null
        val fixes = positions.recent()
        ended.watch?.stop()
        if (resultCode != Activity.RESULT_OK) {
            ended.file.delete()
            return ended.onTaken(null)
        }
        threads.run({ read(ended.file)?.let { TakenPhoto(it, checkNotNull(CapturedPhotos.purposeOf(ended.file)), fixes) } }) { read ->
            val photo = read.getOrNull()
            if (photo == null) say(PhoneWord.NO_PHOTO)
            ended.onTaken(photo)
            // Work goes one after the other: whoever takes the photo hands it to the core before this runs.
            threads.run({ letGoIfSafe(ended.file) }) { it.getOrThrow() }
        }
    }

    /**
     * Makes drafts of photos that never came back to who asked for them. Answers how many. Reads the disk; call it when the
     * screen comes up, before anything is asked of the camera.
     */
    fun recover(): Int = photos.left().count { file -> file != asked?.file && recovered(file) }

    private fun recovered(file: File): Boolean {
        if (letGoIfSafe(file)) return false
        val bytes = read(file)
        if (bytes == null) {
            // The camera was left without a photo.
            file.delete()
            return false
        }
        return try {
            core().beginDraft(TakenPhoto(bytes, checkNotNull(CapturedPhotos.purposeOf(file))))
            file.delete()
            true
        } catch (_: PhotoProblem) {
            file.delete()
            false
        } catch (_: Problem) {
            // No room, no key, nobody enrolled: the file stays for the next time.
            false
        }
    }

    /** Deletes the file if the core has the photo; answers whether. */
    private fun letGoIfSafe(file: File): Boolean {
        val bytes = read(file) ?: return false
        val hash = MessageDigest.getInstance("SHA-256").digest(bytes).joinToString("") { "%02x".format(it) }
        try {
            core().photo(PhotoHash(hash))
        } catch (_: Problem) {
            // Not there, or it cannot be said now.
            return false
        }
        return file.delete()
    }

    private fun read(file: File): ByteArray? = if (file.length() in 1..PHOTO_BYTES_MAX) file.readBytes() else null

    private fun say(word: PhoneWord) = Toast.makeText(context, word.inLanguage(language()), Toast.LENGTH_LONG).show()
}
