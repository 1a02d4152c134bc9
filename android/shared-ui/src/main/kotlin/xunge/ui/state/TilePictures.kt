package xunge.ui.state

import androidx.compose.runtime.mutableStateMapOf
import androidx.compose.ui.graphics.ImageBitmap
import xunge.core.TileName

/** So many tiles stay decoded, about 25 MB: those in view, and what was in view before. */
private const val PICTURES_MAX = 96

/** Pictures of tiles: read and decoded one after the other, those in view first, so that nothing else waits long for the core. */
class TilePictures(private val field: FieldState) {
    private val pictures = mutableStateMapOf<TileName, ImageBitmap>()

    /** What was asked for, the longest unused first; some of it turned out to be no picture. */
    private val asked = LinkedHashSet<TileName>()
    private var wanted: List<TileName> = emptyList()
    private var reading: TileName? = null

    /** Counts how often all were forgotten. */
    private var edition = 0

    fun picture(name: TileName): ImageBitmap? = pictures[name]

    /** Whether it is known what this tile looks like, be it nothing. */
    fun isRead(name: TileName): Boolean = name in pictures || (name in asked && name != reading)

    /** Wants these from here on, and no others. */
    fun want(names: List<TileName>) {
        wanted = names
        for (name in names) if (asked.remove(name)) asked += name
        readNext()
    }

    /** Forgets all of them. */
    fun clear() {
        edition += 1
        wanted = emptyList()
        asked.clear()
        pictures.clear()
    }

    private fun readNext() {
        if (reading != null) return
        val next = wanted.firstOrNull { it !in asked } ?: return
        reading = next
        asked += next
        if (asked.size > PICTURES_MAX) asked.first().let { asked.remove(it); pictures.remove(it) }
        val platform = field.platform
        val mine = edition
        platform.threads.run({ field.core.baseMapTile(next)?.let(platform.pictures::decode) }) { result ->
            reading = null
            // Forgotten meanwhile, it may be of another map, or out of sight.
            if (mine == edition && next in asked) result.getOrNull()?.let { pictures[next] = it }
            readNext()
        }
    }
}
