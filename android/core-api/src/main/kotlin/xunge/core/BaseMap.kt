package xunge.core

/** The city's base map 底图, cut to this person's beats: streets and houses under our own lines and marks. */
data class BaseMap(
    val title: String,
    /** Whose map it is and its review number 审图号: shown wherever a tile of it is. */
    val attribution: String,
    val bytes: Long,
    /** So much of it is here; all of it once it is checked and can be drawn. */
    val bytesHere: Long,
    val zoomMin: Int,
    val zoomMax: Int,
) {
    val complete: Boolean get() = bytesHere == bytes
}

/** A tile of the base map, in the core's own numbers. */
data class TileName(val zoom: Int, val column: Long, val row: Long)

/** @property area where its picture lies, by the datum of all our points: to be drawn into this rectangle. */
data class BaseMapTile(val name: TileName, val area: Bounds)
