package xunge.core

/** A rectangle on the map. */
data class Bounds(val southWest: Point, val northEast: Point)

/** What a map draws, from what is on this device. */
data class BeatMap(
    /** The rectangle; nothing on a device without a beat. */
    val area: Bounds?,
    /** Every unit grid of this person's beats, also those outside of the rectangle. */
    val grids: List<MapGrid>,
    /** None, where there are more than a screen has room for. */
    val components: List<MapComponent>,
    /** How many were left out for that. */
    val componentsLeftOut: Long,
    val cases: List<CaseRow>,
)

/** @property corners the outer ring, in order; the last corner joins the first. */
data class MapGrid(val code: UnitGridCode, val name: String, val corners: List<Point>)

data class MapComponent(val code: ComponentCode, val classCode: String, val name: String, val point: Point)
