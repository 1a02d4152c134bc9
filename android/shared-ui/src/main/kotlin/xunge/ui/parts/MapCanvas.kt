package xunge.ui.parts

import androidx.compose.foundation.Canvas
import androidx.compose.foundation.background
import androidx.compose.foundation.gestures.detectTapGestures
import androidx.compose.foundation.gestures.detectTransformGestures
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.remember
import androidx.compose.runtime.rememberUpdatedState
import androidx.compose.runtime.setValue
import androidx.compose.ui.Modifier
import androidx.compose.ui.draw.clipToBounds
import androidx.compose.ui.geometry.Offset
import androidx.compose.ui.geometry.Size
import androidx.compose.ui.graphics.ImageBitmap
import androidx.compose.ui.graphics.Path
import androidx.compose.ui.graphics.drawscope.DrawScope
import androidx.compose.ui.graphics.drawscope.Stroke
import androidx.compose.ui.graphics.drawscope.translate
import androidx.compose.ui.input.pointer.pointerInput
import androidx.compose.ui.semantics.contentDescription
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.text.TextLayoutResult
import androidx.compose.ui.text.drawText
import androidx.compose.ui.text.rememberTextMeasurer
import androidx.compose.ui.unit.dp
import xunge.core.BaseMapTile
import xunge.core.BeatMap
import xunge.core.DocumentId
import xunge.core.Fix
import xunge.core.MapComponent
import xunge.core.MapGrid
import xunge.core.Point
import xunge.ui.signs.Sign
import xunge.ui.signs.draw
import xunge.ui.signs.sign
import xunge.ui.state.MapView
import xunge.ui.theme.LocalFonts
import xunge.ui.theme.LocalPalette
import xunge.ui.theme.Palette
import xunge.ui.theme.Texts
import xunge.ui.words.Word

/** A case can be touched within so much of its mark: as large as everything that is touched. */
private val TOUCH_RADIUS = 28.dp

/** What is drawn on a map. */
class MapContent(
    val beat: BeatMap,
    val components: List<MapComponent>,
    /** What lies under it, as far as it is here. */
    val tiles: List<Pair<BaseMapTile, ImageBitmap>>,
    /** Where one stands. */
    val here: Fix?,
    /** The case that was touched. */
    val chosen: DocumentId? = null,
)

/**
 * Our own small renderer: the base map where it is here, outlines of the unit grids, components, cases by their signs, and where one stands. Drag and pinch
 * move it, a touch picks a case. Colour is never alone: each mark has its shape, and the list of cases says the same in words.
 */
@Composable
fun MapCanvas(
    map: MapContent,
    view: MapView,
    modifier: Modifier = Modifier,
    onMoved: (MapView) -> Unit,
    onTouched: (Point, Double) -> Unit = { _, _ -> },
) {
    val beat = map.beat
    val palette = LocalPalette.current
    val measurer = rememberTextMeasurer()
    val style = Texts.label.copy(color = palette.faint, fontFamily = LocalFonts.current)
    val names = remember(beat.grids, style) { beat.grids.map { measurer.measure(it.name, style) } }
    // Gestures outlive a drawing: they read what is shown now.
    val shown by rememberUpdatedState(view)
    val moved by rememberUpdatedState(onMoved)
    val touched by rememberUpdatedState(onTouched)
    val says = word(Word.MAP_SAYS, beat.grids.size, beat.cases.size, map.components.size)
    Canvas(
        modifier
            .background(palette.page.ground)
            .clipToBounds()
            .semantics { contentDescription = says }
            .pointerInput(Unit) {
                detectTransformGestures { _, pan, zoom, _ ->
                    val metres = shown.metresAcross / size.width
                    moved(MapView(shown.at(-pan.x * metres, pan.y * metres), shown.metresAcross).zoomed(zoom.toDouble()))
                }
            }
            .pointerInput(Unit) {
                detectTapGestures { at ->
                    val metres = shown.metresAcross / size.width
                    val place = shown.at((at.x - size.width / 2.0) * metres, (size.height / 2.0 - at.y) * metres)
                    touched(place, TOUCH_RADIUS.toPx() * metres)
                }
            },
    ) {
        val plan = Plan(view, size)
        val streets = map.tiles.isNotEmpty()
        if (streets) baseMap(map.tiles, plan, palette)
        beat.grids.forEachIndexed { at, grid -> outline(plan, grid, names[at], streets, palette) }
        for (component in map.components) component(plan.place(component.point), streets, palette)
        map.here?.let { here(plan, it, palette) }
        for (row in beat.cases) row.point?.let { mark(plan.place(it), row.state.sign, row.id == map.chosen, palette) }
    }
}

private fun DrawScope.outline(plan: Plan, grid: MapGrid, name: TextLayoutResult, streets: Boolean, palette: Palette) {
    val corners = grid.corners.map(plan::place)
    val first = corners.firstOrNull() ?: return
    val path = Path()
    path.moveTo(first.x, first.y)
    for (corner in corners.drop(1)) path.lineTo(corner.x, corner.y)
    path.close()
    // Over streets it is a line alone, with an edge of its own on any ground.
    if (streets) drawPath(path, palette.card.ground, style = Stroke(4.dp.toPx())) else drawPath(path, palette.card.ground)
    drawPath(path, palette.faint, style = Stroke(1.5.dp.toPx()))
    // Its name, where it has room.
    val box = path.getBounds()
    if (name.size.width < box.width * 0.9f && name.size.height < box.height * 0.5f) {
        val at = Offset(box.center.x - name.size.width / 2, box.top + 4.dp.toPx())
        val edge = 3.dp.toPx()
        if (streets) drawRect(palette.card.ground, Offset(at.x - edge, at.y), Size(name.size.width + 2 * edge, name.size.height.toFloat()))
        drawText(name, topLeft = at)
    }
}

private fun DrawScope.component(at: Offset, streets: Boolean, palette: Palette) {
    val side = 5.dp.toPx()
    val corner = Offset(at.x - side / 2, at.y - side / 2)
    if (streets) drawRect(palette.card.ground, corner, Size(side, side))
    drawRect(palette.faint, corner, Size(side, side), style = Stroke(1.dp.toPx()))
}

private fun DrawScope.mark(at: Offset, sign: Sign, chosen: Boolean, palette: Palette) {
    val colours = palette.of(sign.tone)
    val radius = (if (chosen) 17.dp else 13.dp).toPx()
    drawCircle(colours.ground, radius, at)
    drawCircle(colours.ink, radius, at, style = Stroke((if (chosen) 3.dp else 1.5.dp).toPx()))
    val side = radius * 1.1f
    translate(at.x - side / 2, at.y - side / 2) { draw(sign.shape, colours.ink, side) }
}

/** Where one stands, with the circle in which that holds. */
private fun DrawScope.here(plan: Plan, fix: Fix, palette: Palette) {
    val at = plan.place(fix.point)
    val ink = palette.soft.ink
    fix.accuracyMetres?.let { drawCircle(ink.copy(alpha = 0.15f), it * plan.pixelsPerMetre, at) }
    drawCircle(palette.card.ground, 9.dp.toPx(), at)
    drawCircle(ink, 6.dp.toPx(), at)
    drawCircle(ink, 9.dp.toPx(), at, style = Stroke(2.dp.toPx()))
}
