package xunge.ui.state

import androidx.compose.runtime.mutableStateMapOf
import androidx.compose.ui.graphics.ImageBitmap
import xunge.core.PhotoHash

/** So many pictures stay decoded. */
private const val PICTURES_MAX = 48

/** Pictures by what is in them: each is read and decoded once, and the ones read first are let go. */
class Gallery(private val field: FieldState) {
    private val pictures = mutableStateMapOf<PhotoHash, ImageBitmap>()
    private val asked = LinkedHashSet<PhotoHash>()

    /** The picture, where it is here already. */
    fun picture(hash: PhotoHash): ImageBitmap? = pictures[hash]

    /** Reads it, where nobody asked for it yet. What is not on this device stays a blank. */
    fun ask(hash: PhotoHash) {
        if (!asked.add(hash)) return
        if (asked.size > PICTURES_MAX) asked.first().let { asked.remove(it); pictures.remove(it) }
        val platform = field.platform
        platform.threads.run({ platform.pictures.decode(field.core.photo(hash)) }) { result ->
            result.getOrNull()?.let { pictures[hash] = it }
        }
    }

    /** A round of sync may have brought what was missing. */
    fun askAgain() {
        asked.retainAll(pictures.keys)
    }
}
