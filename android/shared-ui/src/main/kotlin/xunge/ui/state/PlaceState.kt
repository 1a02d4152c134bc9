package xunge.ui.state

import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.setValue
import xunge.core.BeatMap
import xunge.core.Fix
import xunge.core.Point
import xunge.core.best

/** So wide the map is at first, where something says about where it is. */
private const val METRES_ACROSS_FIRST = 200.0

/** A poor fix is shown with all of its circle, and some around it. */
private const val RADII_ACROSS = 3.0

/** The place of a report being chosen on the map: what lies under the cross in its middle. */
class PlaceState(field: FieldState, private val report: ReportState) : PageState(field) {
    /** What is drawn; nothing before it was read. */
    var beat by mutableStateOf<BeatMap?>(null)
        private set

    /** What is in view; nothing while it is the whole beat. */
    var view by mutableStateOf(first())
        private set

    val ground = BaseMapLayer(field)

    /** Where the phone thinks it is; it goes on looking meanwhile. */
    val here: Fix? get() = report.draft.fixes.best()

    override fun load() {
        ask({ it.map(null) }) { beat = it }
        ground.load()
    }

    override fun leave() = ground.leave()

    /** Shows something else. */
    fun show(view: MapView) {
        this.view = view
    }

    /** Shows where the phone is. */
    fun showHere() {
        here?.let { show(around(it)) }
    }

    /** It is here: the report takes the middle of the map, and this page is done. */
    fun choose(middle: Point) {
        report.choosePlace(middle)
        field.back()
    }

    private fun first(): MapView? = report.draft.point?.let { MapView(it, METRES_ACROSS_FIRST) } ?: here?.let(::around)

    private fun around(fix: Fix) = MapView(fix.point, maxOf(METRES_ACROSS_FIRST, (fix.accuracyMetres ?: 0) * RADII_ACROSS))
}
