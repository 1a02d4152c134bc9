package xunge.desktop

import java.awt.FileDialog
import java.awt.Frame
import java.nio.file.Files
import java.nio.file.Path
import xunge.core.Fix
import xunge.core.PhotoPurpose
import xunge.core.TakenPhoto
import xunge.ui.state.Camera

/** A photo is chosen among the files of this computer. */
class PhotoFromFile(
    private val positionOf: () -> Fix?,
    private val threads: DesktopThreads,
    private val choose: () -> Path? = ::chosen,
) : Camera {
    override fun take(purpose: PhotoPurpose, onTaken: (TakenPhoto?) -> Unit) {
        // The dialog runs on the screen's thread and waits there; the file is read on another.
        val file = choose() ?: return onTaken(null)
        threads.run({ TakenPhoto(Files.readAllBytes(file), purpose, listOfNotNull(positionOf())) }) { onTaken(it.getOrNull()) }
    }
}

private fun chosen(): Path? {
    val dialog = FileDialog(null as Frame?, "照片", FileDialog.LOAD)
    dialog.setFilenameFilter { _, name -> name.lowercase().let { it.endsWith(".jpg") || it.endsWith(".jpeg") || it.endsWith(".png") } }
    dialog.isVisible = true
    return dialog.files.firstOrNull()?.toPath()
}
