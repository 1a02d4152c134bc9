package xunge.ui.parts

import androidx.compose.foundation.background
import androidx.compose.foundation.border
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.BoxScope
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.shape.CircleShape
import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.draw.clip
import androidx.compose.ui.layout.onSizeChanged
import androidx.compose.ui.unit.IntSize
import androidx.compose.ui.unit.dp
import xunge.core.BaseMap
import xunge.core.Point
import xunge.ui.signs.Icon
import xunge.ui.state.BaseMapLayer
import xunge.ui.state.MapView
import xunge.ui.theme.LocalPalette
import xunge.ui.theme.Texts
import xunge.ui.words.Word

/** So much closer or farther at a touch. */
private const val ZOOM = 1.6

/** A screen's room for a map, in pixels. */
fun IntSize.heightToWidth(): Double = height.toDouble() / width

/**
 * A map in its place on a page: what it draws, whose base map that is, and the buttons over it. It asks for the tiles of what
 * is in view.
 */
@Composable
fun MapFrame(
    map: MapContent,
    ground: BaseMapLayer,
    view: MapView,
    size: IntSize,
    modifier: Modifier,
    onSize: (IntSize) -> Unit,
    onMoved: (MapView) -> Unit,
    onTouched: (Point, Double) -> Unit = { _, _ -> },
    onHere: (() -> Unit)?,
    over: @Composable BoxScope.() -> Unit = {},
) {
    LaunchedEffect(view, size, ground.base) { ground.show(view.area(size.heightToWidth()), size.width) }
    Box(modifier.fillMaxWidth().onSizeChanged(onSize)) {
        MapCanvas(map, view, Modifier.fillMaxSize(), onMoved, onTouched)
        over()
        Row(Modifier.align(Alignment.BottomStart).padding(12.dp), verticalAlignment = Alignment.Bottom) {
            Box(Modifier.weight(1f).padding(end = 12.dp)) { if (map.tiles.isNotEmpty()) ground.base?.let { Attribution(it) } }
            Column(verticalArrangement = Arrangement.spacedBy(8.dp)) {
                MapButton(Icon.CLOSER, word(Word.MAP_CLOSER)) { onMoved(view.zoomed(ZOOM)) }
                MapButton(Icon.FARTHER, word(Word.MAP_FARTHER)) { onMoved(view.zoomed(1 / ZOOM)) }
                onHere?.let { MapButton(Icon.HERE, word(Word.MAP_HERE), it) }
            }
        }
    }
}

/** Whose map it is, with its review number: law and licence want it wherever the map is seen. */
@Composable
private fun Attribution(base: BaseMap) {
    val card = LocalPalette.current.card
    Said(base.attribution, Texts.label, card.ink, Modifier.clip(ROUND).background(card.ground).padding(horizontal = 10.dp, vertical = 4.dp))
}

/** A round button over the map, on a ground of its own. */
@Composable
private fun MapButton(icon: Icon, says: String, onClick: () -> Unit) {
    val palette = LocalPalette.current
    Box(Modifier.clip(CircleShape).background(palette.card.ground).border(1.dp, palette.line, CircleShape)) { IconButton(icon, says, onClick = onClick) }
}
