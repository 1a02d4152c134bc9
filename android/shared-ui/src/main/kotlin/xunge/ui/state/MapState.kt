package xunge.ui.state

import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.setValue
import androidx.compose.ui.semantics.getOrNull
import kotlin.math.PI
import kotlin.math.abs
import kotlin.math.cos
import xunge.core.BeatMap
import xunge.core.Bounds
import xunge.core.CaseRow
import xunge.core.Fix
import xunge.core.MapComponent
import xunge.core.Point

private const val METRES_ACROSS_MIN = 40.0
private const val METRES_ACROSS_MAX = 100_000.0

/** So wide the map is where one stands. */
private const val METRES_ACROSS_HERE = 300.0

/** What of the beat is in view: its middle, and how many metres the width of the screen is. */
data class MapView(val middle: Point, val metresAcross: Double) {
    /** The point so many metres east and north of the middle. */
    fun at(east: Double, north: Double): Point {
        val degree = 6_371_008.8 * Math.PI / 180
        return Point(
            longitudeE7 = (middle.longitudeE7 + east / (degree * cos(middle.latitudeE7 / 1e7 * Math.PI / 180)) * 1e7).toInt(),
            latitudeE7 = (middle.latitudeE7 + north / degree * 1e7).toInt(),
        )
    }

    fun zoomed(factor: Double) = copy(metresAcross = (metresAcross / factor).coerceIn(METRES_ACROSS_MIN, METRES_ACROSS_MAX))

    /** The rectangle in view, on a screen so many times as high as wide. */
    fun area(heightToWidth: Double): Bounds {
        val (east, north) = metresAcross / 2 to metresAcross * heightToWidth / 2
        return Bounds(at(-east, -north), at(east, north))
    }

    companion object {
        /** All of a rectangle, with a margin. */
        fun of(area: Bounds, heightToWidth: Double): MapView {
            val low = area.southWest
            val middle =
                Point(
                    low.longitudeE7 + (area.northEast.longitudeE7 - low.longitudeE7) / 2,
                    low.latitudeE7 + (area.northEast.latitudeE7 - low.latitudeE7) / 2,
                )
            val (east, north) = area.northEast.metresFrom(low)
            val across = maxOf(abs(east), abs(north) / heightToWidth) * 1.08
            return MapView(middle, across.coerceIn(METRES_ACROSS_MIN, METRES_ACROSS_MAX))
        }
    }
}

/** The map of the beat, from what is on this device. */
class MapState(field: FieldState) : PageState(field) {
    /** The whole beat; nothing before it was read. */
    var beat by mutableStateOf<BeatMap?>(null)
        private set

    /** What is in view; nothing while it is the whole beat. */
    var view by mutableStateOf<MapView?>(null)
        private set

    /** Where this person is. */
    var here by mutableStateOf<Fix?>(null)
        private set

    /** The case that was touched. */
    var chosen by mutableStateOf<CaseRow?>(null)
        private set

    /** Components of what is in view, where the beat has too many. */
    private var near by mutableStateOf<BeatMap?>(null)
    private var watch: Watch? = null

    /** What lies under it. */
    val ground = BaseMapLayer(field)

    val components: List<MapComponent> get() = (near ?: beat)?.components.orEmpty()

    /** How many components are in view and not drawn: one has to come closer. */
    val componentsLeftOut: Long get() = (near ?: beat)?.componentsLeftOut ?: 0

    override fun load() {
        ask({ it.map(null) }) { beat = it }
        ground.load()
        watch = watch ?: field.platform.positions.watch { here = it }
    }

    override fun leave() {
        watch?.stop()
        watch = null
        ground.leave()
    }

    /** Shows something else, and asks for its components where the beat has too many to draw. */
    fun show(view: MapView, heightToWidth: Double) {
        this.view = view
        if ((beat?.componentsLeftOut ?: 0) == 0L) return
        val area = view.area(heightToWidth)
        ask({ it.map(area) }) { found -> if (this.view == view) near = found }
    }

    /** Shows where this person stands. */
    fun showHere(heightToWidth: Double) {
        here?.let { show(MapView(it.point, METRES_ACROSS_HERE), heightToWidth) }
    }

    /** Touches a place: the nearest case within so many metres. */
    fun touch(at: Point, metres: Double) {
        val near = beat?.cases.orEmpty().mapNotNull { row -> row.point?.let { row to it.distanceMetres(at) } }
        chosen = near.filter { it.second <= metres }.minByOrNull { it.second }?.first
    }

    /** The next case, from the nearest on: for who cannot touch a point of the map. */
    fun next(heightToWidth: Double) {
        val from = here?.point ?: view?.middle
        val all = beat?.cases.orEmpty().filter { it.point != null }
        val ordered = if (from == null) all else all.sortedBy { it.point!!.distanceMetres(from) }
        val at = ordered.indexOfFirst { it.id == chosen?.id }
        val next = ordered.getOrNull(at + 1) ?: ordered.firstOrNull() ?: return
        chosen = next
        show(MapView(next.point!!, view?.metresAcross ?: METRES_ACROSS_HERE), heightToWidth)
    }

    fun open(row: CaseRow) = field.open(CasePageState(field, row.id))
}
