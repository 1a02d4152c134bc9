package xunge.ui.screens

import androidx.compose.foundation.background
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.ColumnScope
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.setValue
import androidx.compose.ui.Modifier
import androidx.compose.ui.unit.IntSize
import androidx.compose.ui.unit.dp
import xunge.core.BaseMap
import xunge.core.BeatMap
import xunge.core.Bounds
import xunge.ui.parts.CaseRowCard
import xunge.ui.parts.MapContent
import xunge.ui.parts.MapFrame
import xunge.ui.parts.PageHead
import xunge.ui.parts.ProblemBanner
import xunge.ui.parts.Said
import xunge.ui.parts.SoftButton
import xunge.ui.parts.Thumb
import xunge.ui.parts.heightToWidth
import xunge.ui.parts.word
import xunge.ui.signs.Icon
import xunge.ui.state.MapState
import xunge.ui.state.MapView
import xunge.ui.state.PageState
import xunge.ui.theme.LocalPalette
import xunge.ui.theme.Texts
import xunge.ui.words.Word

/** The map of the beat: drawn from what is on this device, without network, over the base map as far as that is here. */
@Composable
fun MapScreen(page: MapState) = MapPage(Word.MAP_TITLE, page, page.beat, page.beat?.area) { beat, area -> Beat(page, beat, area, Modifier.weight(1f)) }

/** A page that is a map of this area, or says why there is none. */
@Composable
internal fun MapPage(title: Word, page: PageState, beat: BeatMap?, area: Bounds?, map: @Composable ColumnScope.(BeatMap, Bounds) -> Unit) {
    val problem = page.problem
    Column(Modifier.fillMaxSize().background(LocalPalette.current.page.ground)) {
        PageHead(word(title), page.field::back)
        when {
            problem != null -> Box(Modifier.padding(16.dp)) { ProblemBanner(problem, page::understood) }
            beat == null -> Box(Modifier.padding(16.dp)) { Quiet(word(Word.LOADING)) }
            area == null -> Box(Modifier.padding(16.dp)) { Quiet(word(Word.MAP_NONE)) }
            else -> map(beat, area)
        }
    }
}

@Composable
private fun Beat(page: MapState, beat: BeatMap, area: Bounds, modifier: Modifier) {
    var size by remember { mutableStateOf(IntSize(1, 1)) }
    val heightToWidth = size.heightToWidth()
    MapFrame(
        map = MapContent(beat, page.components, page.ground.drawn, page.here, page.chosen?.id),
        ground = page.ground,
        view = page.view ?: MapView.of(area, heightToWidth),
        size = size,
        modifier = modifier,
        onSize = { size = it },
        onMoved = { page.show(it, heightToWidth) },
        onTouched = page::touch,
        onHere = if (page.here == null) null else ({ page.showHere(heightToWidth) }),
    )
    Thumb {
        val chosen = page.chosen
        if (chosen != null) {
            CaseRowCard(chosen, page.field.gallery, page.field.platform.now()) { page.open(chosen) }
        } else {
            Said(word(Word.MAP_TOUCH), Texts.label, LocalPalette.current.faint)
        }
        if (page.componentsLeftOut > 0) Said(word(Word.MAP_LEFT_OUT, page.componentsLeftOut), Texts.label, LocalPalette.current.faint)
        page.ground.base?.takeUnless { it.complete }?.let { Said(standing(it, page.ground.waits), Texts.label, LocalPalette.current.faint) }
        if (beat.cases.isNotEmpty()) SoftButton(word(Word.MAP_NEXT), Modifier.fillMaxWidth(), icon = Icon.NEXT) { page.next(heightToWidth) }
    }
}

/** How much of the base map is here, and what the rest waits for. */
@Composable
internal fun standing(base: BaseMap, waits: Boolean): String {
    val whole = megabytes(base.bytes)
    return when {
        base.complete -> word(Word.BASE_MAP_WHOLE, whole)
        waits -> word(Word.BASE_MAP_WAITS, megabytes(base.bytesHere), whole)
        else -> word(Word.BASE_MAP_PART, megabytes(base.bytesHere), whole)
    }
}

/** In the megabytes of shops. */
private fun megabytes(bytes: Long): String = "%.1f".format(bytes / 1e6)
