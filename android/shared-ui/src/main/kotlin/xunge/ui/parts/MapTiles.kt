package xunge.ui.parts

import androidx.compose.ui.geometry.Offset
import androidx.compose.ui.geometry.Size
import androidx.compose.ui.graphics.FilterQuality
import androidx.compose.ui.graphics.ImageBitmap
import androidx.compose.ui.graphics.drawscope.DrawScope
import androidx.compose.ui.unit.IntOffset
import androidx.compose.ui.unit.IntSize
import kotlin.math.roundToInt
import xunge.core.BaseMapTile
import xunge.core.Point
import xunge.ui.state.MapView
import xunge.ui.theme.Palette

/** Where points of the Earth are on the screen. */
internal class Plan(private val view: MapView, private val size: Size) {
    val pixelsPerMetre: Float = (size.width / view.metresAcross).toFloat()

    fun place(point: Point): Offset {
        val (east, north) = point.metresFrom(view.middle)
        return Offset(size.width / 2 + east.toFloat() * pixelsPerMetre, size.height / 2 - north.toFloat() * pixelsPerMetre)
    }
}

/** So much of the dark ground lies over tiles that were drawn for the day: what is ours stays the brightest. */
private const val VEIL_DARK = 0.66f

/** In the light they are only toned down, so that our lines and marks stand out. */
private const val VEIL_LIGHT = 0.25f

/** The base map, under everything else. */
internal fun DrawScope.baseMap(tiles: List<Pair<BaseMapTile, ImageBitmap>>, plan: Plan, palette: Palette) {
    for ((tile, picture) in tiles) {
        val (west, south) = plan.place(tile.area.southWest).whole()
        val (east, north) = plan.place(tile.area.northEast).whole()
        // Both edges are rounded, so that neighbours meet.
        if (east <= west || south <= north) continue
        val (at, size) = IntOffset(west, north) to IntSize(east - west, south - north)
        drawImage(picture, dstOffset = at, dstSize = size, filterQuality = FilterQuality.Medium)
    }
    drawRect(palette.page.ground, alpha = if (palette.dark) VEIL_DARK else VEIL_LIGHT)
}

private fun Offset.whole(): Pair<Int, Int> = x.roundToInt() to y.roundToInt()
