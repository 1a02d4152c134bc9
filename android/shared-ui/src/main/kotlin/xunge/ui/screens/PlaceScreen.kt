package xunge.ui.screens

import androidx.compose.foundation.Canvas
import androidx.compose.foundation.layout.BoxScope
import androidx.compose.foundation.layout.size
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.setValue
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.geometry.Offset
import androidx.compose.ui.graphics.StrokeCap
import androidx.compose.ui.semantics.CustomAccessibilityAction
import androidx.compose.ui.semantics.contentDescription
import androidx.compose.ui.semantics.customActions
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.unit.IntSize
import androidx.compose.ui.unit.dp
import xunge.core.BeatMap
import xunge.core.Bounds
import xunge.ui.parts.MapContent
import xunge.ui.parts.MapFrame
import xunge.ui.parts.Said
import xunge.ui.parts.StrongButton
import xunge.ui.parts.Thumb
import xunge.ui.parts.heightToWidth
import xunge.ui.parts.word
import xunge.ui.signs.Icon
import xunge.ui.state.MapView
import xunge.ui.state.PlaceState
import xunge.ui.theme.LocalLanguage
import xunge.ui.theme.LocalPalette
import xunge.ui.theme.Texts
import xunge.ui.theme.Tone
import xunge.ui.words.Word
import xunge.ui.words.distance

/** Choosing a place: the map moves under a cross that does not. */
@Composable
fun PlaceScreen(page: PlaceState) {
    // Without a beat there is still a place to choose, where something says about where.
    val area = page.beat?.area ?: page.view?.area(1.0)
    MapPage(Word.PLACE_TITLE, page, page.beat, area) { beat, all -> Choosing(page, beat, all, Modifier.weight(1f)) }
}

@Composable
private fun Choosing(page: PlaceState, beat: BeatMap, area: Bounds, modifier: Modifier) {
    var size by remember { mutableStateOf(IntSize(1, 1)) }
    val view = page.view ?: MapView.of(area, size.heightToWidth())
    MapFrame(
        map = MapContent(beat, beat.components, page.ground.drawn, page.here),
        ground = page.ground,
        view = view,
        size = size,
        modifier = modifier,
        onSize = { size = it },
        onMoved = page::show,
        onHere = if (page.here == null) null else page::showHere,
        over = { Cross(page, view) },
    )
    Thumb {
        Said(word(Word.PLACE_HOW), Texts.label, LocalPalette.current.faint)
        page.here?.let { here ->
            val away = distance(here.point.distanceMetres(view.middle), LocalLanguage.current)
            Said(word(Word.PLACE_AWAY, away), Texts.label, LocalPalette.current.faint)
        }
        StrongButton(word(Word.PLACE_HERE), icon = Icon.PLACE, height = 72.dp) { page.choose(view.middle) }
    }
}

/** A step of the map, for who moves it by name: so much of its width. */
private const val STEP = 0.125

/** The cross, with an edge that is seen on any ground. Who cannot drag moves the map by its actions. */
@Composable
private fun BoxScope.Cross(page: PlaceState, view: MapView) {
    val palette = LocalPalette.current
    val says = word(Word.PLACE_CROSS)
    val step = view.metresAcross * STEP
    val ways =
        listOf(Word.PLACE_NORTH to (0.0 to step), Word.PLACE_SOUTH to (0.0 to -step), Word.PLACE_EAST to (step to 0.0), Word.PLACE_WEST to (-step to 0.0))
    val actions =
        ways.map { (way, by) ->
            CustomAccessibilityAction(word(way)) {
                page.show(MapView(view.at(by.first, by.second), view.metresAcross))
                true
            }
        }
    val described = Modifier.semantics { contentDescription = says; customActions = actions }
    Canvas(Modifier.align(Alignment.Center).size(72.dp).then(described)) {
        val (arm, gap) = size.width / 2 to 7.dp.toPx()
        for ((ink, width) in listOf(palette.card.ground to 8.dp, palette.of(Tone.BAD).ink to 4.dp)) {
            for ((x, y) in listOf(1f to 0f, -1f to 0f, 0f to 1f, 0f to -1f)) {
                val (from, to) = center + Offset(x * gap, y * gap) to center + Offset(x * (arm - 4.dp.toPx()), y * (arm - 4.dp.toPx()))
                drawLine(ink, from, to, width.toPx(), StrokeCap.Round)
            }
            drawCircle(ink, width.toPx() / 2, center)
        }
    }
}
