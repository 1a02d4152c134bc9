package xunge.ui.screens

import androidx.compose.foundation.background
import androidx.compose.foundation.border
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.shape.CircleShape
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.setValue
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.draw.clip
import androidx.compose.ui.layout.onSizeChanged
import androidx.compose.ui.unit.IntSize
import androidx.compose.ui.unit.dp
import xunge.core.BeatMap
import xunge.core.Bounds
import xunge.ui.parts.CaseRowCard
import xunge.ui.parts.IconButton
import xunge.ui.parts.MapCanvas
import xunge.ui.parts.PageHead
import xunge.ui.parts.ProblemBanner
import xunge.ui.parts.Said
import xunge.ui.parts.SoftButton
import xunge.ui.parts.Thumb
import xunge.ui.parts.word
import xunge.ui.signs.Icon
import xunge.ui.state.MapState
import xunge.ui.state.MapView
import xunge.ui.theme.LocalPalette
import xunge.ui.theme.Texts
import xunge.ui.words.Word

/** The map of the beat: drawn from what is on this device, without tiles and without network. */
@Composable
fun MapScreen(page: MapState) {
    val beat = page.beat
    val area = beat?.area
    Column(Modifier.fillMaxSize().background(LocalPalette.current.page.ground)) {
        PageHead(word(Word.MAP_TITLE), page.field::back)
        when {
            page.problem != null ->
                Box(Modifier.padding(16.dp)) { page.problem?.let { ProblemBanner(it, page::understood) } }
            beat == null -> Box(Modifier.padding(16.dp)) { Quiet(word(Word.LOADING)) }
            area == null -> Box(Modifier.padding(16.dp)) { Quiet(word(Word.MAP_NONE)) }
            else -> Beat(page, beat, area, Modifier.weight(1f))
        }
    }
}

@Composable
private fun Beat(page: MapState, beat: BeatMap, area: Bounds, modifier: Modifier) {
    var size by remember { mutableStateOf(IntSize(1, 1)) }
    val heightToWidth = size.height.toDouble() / size.width
    val view = page.view ?: MapView.of(area, heightToWidth)
    Box(modifier.fillMaxWidth().onSizeChanged { size = it }) {
        MapCanvas(
            page,
            beat,
            view,
            Modifier.fillMaxSize(),
            onMoved = { page.show(it, heightToWidth) },
            onTouched = page::touch,
        )
        Column(Modifier.align(Alignment.BottomEnd).padding(12.dp), verticalArrangement = Arrangement.spacedBy(8.dp)) {
            MapButton(Icon.CLOSER, word(Word.MAP_CLOSER)) { page.show(view.zoomed(ZOOM), heightToWidth) }
            MapButton(Icon.FARTHER, word(Word.MAP_FARTHER)) { page.show(view.zoomed(1 / ZOOM), heightToWidth) }
            if (page.here != null) MapButton(Icon.HERE, word(Word.MAP_HERE)) { page.showHere(heightToWidth) }
        }
    }
    Thumb {
        val chosen = page.chosen
        if (chosen != null) {
            CaseRowCard(chosen, page.field.gallery, page.field.platform.now()) { page.open(chosen) }
        } else {
            Said(word(Word.MAP_TOUCH), Texts.label, LocalPalette.current.faint)
        }
        if (page.componentsLeftOut > 0) Said(word(Word.MAP_LEFT_OUT, page.componentsLeftOut), Texts.label, LocalPalette.current.faint)
        if (beat.cases.isNotEmpty()) SoftButton(word(Word.MAP_NEXT), Modifier.fillMaxWidth(), icon = Icon.NEXT) { page.next(heightToWidth) }
    }
}

/** So much closer or farther at a touch. */
private const val ZOOM = 1.6

/** A round button over the map, on a ground of its own. */
@Composable
private fun MapButton(icon: Icon, says: String, onClick: () -> Unit) {
    val palette = LocalPalette.current
    Box(Modifier.clip(CircleShape).background(palette.card.ground).border(1.dp, palette.line, CircleShape)) { IconButton(icon, says, onClick = onClick) }
}
