package xunge.platform.camera

import android.content.Context
import java.io.File
import java.util.UUID
import xunge.core.PhotoPurpose

/**
 * The folder that the camera app writes into, one file a photo, with its purpose in its name: it has to be read after our
 * own process was killed behind the camera. Not in backups. The files are not encrypted, so each goes as soon as the core
 * has the photo.
 */
class CapturedPhotos(context: Context) {
    private val folder = File(context.noBackupFilesDir, "captures")

    /** A name for the next photo; the camera makes the file. */
    fun begin(purpose: PhotoPurpose): File {
        folder.mkdirs()
        return File(folder, "${UUID.randomUUID()}-${purpose.name}.jpg")
    }

    /** All that is left there, the oldest first. */
    fun left(): List<File> = folder.listFiles().orEmpty().filter { purposeOf(it) != null }.sortedBy { it.lastModified() }

    /** Nothing, when it is no name that [begin] gives. */
    fun named(name: String): File? = File(folder, name).takeIf { purposeOf(it) != null }

    companion object {
        private val NAME = Regex("[0-9a-f-]{36}-([A-Z]+)\\.jpg")

        fun purposeOf(file: File): PhotoPurpose? {
            val purpose = NAME.matchEntire(file.name)?.groupValues?.get(1) ?: return null
            return PhotoPurpose.entries.firstOrNull { it.name == purpose }
        }
    }
}
