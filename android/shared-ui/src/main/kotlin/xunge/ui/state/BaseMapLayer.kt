package xunge.ui.state

import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.setValue
import androidx.compose.ui.graphics.ImageBitmap
import xunge.core.BaseMap
import xunge.core.BaseMapTile
import xunge.core.Bounds

/** The base map under one map. It is an ornament: what of it fails is left away, and nobody is told. */
class BaseMapLayer(private val field: FieldState) {
    /** What of it is here; nothing where there is none. */
    var base by mutableStateOf<BaseMap?>(null)
        private set

    /** Whether the rest of it waits for a link that costs nothing. */
    var waits by mutableStateOf(false)
        private set

    /** Those that cover what is in view. */
    private var tiles by mutableStateOf<List<BaseMapTile>>(emptyList())

    /** Those that covered what was in view before: they stay until the others can be drawn. */
    private var before by mutableStateOf<List<BaseMapTile>>(emptyList())

    private var shown: View? = null
    private var asking = false
    private var askAgain = false

    private data class View(val area: Bounds, val pixelsAcross: Int)

    /** What can be drawn now, from the lowest to the highest. */
    val drawn: List<Pair<BaseMapTile, ImageBitmap>>
        get() {
            val pictures = this.field.tilePictures
            val all = if (tiles.all { pictures.isRead(it.name) }) tiles else before + tiles
            return all.mapNotNull { tile -> pictures.picture(tile.name)?.let { tile to it } }
        }

    /** Reads how much is here: a round of sync may have brought more, or another map. */
    fun load() {
        val platform = field.platform
        platform.threads.run({ field.core.baseMap() to platform.isMetered() }) { result ->
            val (found, metered) = result.getOrDefault(null to false)
            waits = metered
            if (found != base) {
                if (base != null) field.tilePictures.clear()
                base = found
                before = emptyList()
                ask()
            }
        }
    }

    /** Lets go of the pictures. */
    fun leave() = field.tilePictures.clear()

    /** Says what is in view. While the core looks, only the last of many views is kept: fingers are quicker. */
    fun show(area: Bounds, pixelsAcross: Int) {
        val view = View(area, pixelsAcross)
        if (view == shown) return
        shown = view
        ask()
    }

    private fun ask() {
        if (base == null) {
            tiles = emptyList()
            return
        }
        val view = shown ?: return
        if (asking) {
            askAgain = true
            return
        }
        asking = true
        field.platform.threads.run({ field.core.baseMapTiles(view.area, view.pixelsAcross) }) { result ->
            asking = false
            covered(result.getOrDefault(emptyList()))
            if (askAgain) {
                askAgain = false
                ask()
            }
        }
    }

    private fun covered(found: List<BaseMapTile>) {
        before = drawn.map { it.first }.filter { it !in found }
        tiles = found
        field.tilePictures.want(found.map { it.name })
    }
}
